import { defineRule } from '../../define-rule.ts';
import { parameterExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';
import {
  ofRefusal,
  parameterOf,
  type ParameterState,
  tellParameters,
} from '../../http/parameter-differences.ts';

const message = (state: ParameterState): string =>
  state.isReversed
    ? `${label(state.operation)}: the spec requires ${parameterOf(state)}, which the code can do without.`
    : `${label(state.operation)}: the code requires ${parameterOf(state)}, which the spec leaves optional: a client that follows the spec is refused.`;

export const parameterRequired = defineRule({
  id: 'http/parameter-required',
  title: 'The code requires a parameter that the spec leaves optional',
  docs: `A client that leaves it out, as the spec says it may, is refused.

The reverse, a parameter that the spec requires and the code can do without, is \`info\`. Path parameters are always
required.`,
  severity: 'error',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'compared',
  *detect(pair) {
    yield* tellParameters(pair, ['required'], ofRefusal);
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    parameterExample({
      name: 'optional on both sides',
      parameter: `
name: from
schema: { type: string }`,
      code: `
from: z.string().optional(),`,
    }),
    parameterExample({
      name: 'a default',
      parameter: `
name: from
schema: { type: string, default: now }`,
      code: `
from: z.string().default('now'),`,
    }),
  ],
  invalid: [
    {
      name: 'an option of routing-controllers, which refuses for it',
      files: `
//- package.json
{ "dependencies": { "express": "4", "routing-controllers": "0.10" } }
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: from, in: query, schema: { type: string } }
        - { name: to, in: query, schema: { type: string } }
      responses: { '200': { description: all flights } }
//- main.ts
import { createExpressServer, Get, JsonController, QueryParam } from 'routing-controllers';
@JsonController('/flights')
class FlightsController {
  @Get()
  all(@QueryParam('from', { required: true }) from: string, @QueryParam('to') to: string) {
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-required
    return [from, to];
  }
}
createExpressServer({ controllers: [FlightsController] }).listen(3000);
`,
    },
    parameterExample({
      name: 'optional in the spec',
      parameter: `
name: from
schema: { type: string }`,
      code: `
from: z.string(),
    //^^^^^^^^^^ http/parameter-required`,
    }),
    parameterExample({
      name: 'required in the spec only',
      parameter: `
name: from
required: true
schema: { type: string }`,
      code: `
from: z.string().optional(),
    //^^^^^^^^^^ http/parameter-required`,
    }),
  ],
});
