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
  `${label(state.operation)}: ${parameterOf(state)} is ${state.spec} in the spec, the code takes ${state.code}: a client that follows the spec is refused or misunderstood.`;

export const parameterType = defineRule({
  id: 'http/parameter-type',
  title: 'A parameter has another type in the spec than in the code',
  docs: `A client generated from the spec sends a text that the code cannot read: a word for a number, one value for a list.

On the wire every parameter is text, so a number in the spec is a text to the code that takes any; what a conversion makes
of it does not count.`,
  severity: 'error',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'compared',
  *detect(pair) {
    yield* tellParameters(pair, ['type', 'container'], ofRefusal);
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    parameterExample({
      name: 'text that becomes a number',
      parameter: `
name: page
schema: { type: integer }`,
      code: `
page: z.coerce.number().optional(),`,
    }),
    parameterExample({
      name: 'text for a number',
      parameter: `
name: page
schema: { type: integer }`,
      code: `
page: z.string().optional(),`,
    }),
  ],
  invalid: [
    {
      name: 'a number for an id that none is written as',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: one flight } }
//- main.ts
import { Controller, Get, Module, Param, ParseUUIDPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get(':id') one(@Param('id', ParseUUIDPipe) id: string) { return { id }; }
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-type
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
    parameterExample({
      name: 'a word for a number',
      parameter: `
name: from
schema: { type: string }`,
      code: `
from: z.number().optional(),
    //^^^^^^^^^^ http/parameter-type`,
    }),
    parameterExample({
      name: 'one for many',
      parameter: `
name: gate
schema: { type: string }`,
      code: `
gate: z.array(z.string()).optional(),
    //^^^^^^^^^^^^^^^^^^^ http/parameter-type`,
    }),
  ],
});
