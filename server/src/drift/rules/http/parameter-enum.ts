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
    ? `${label(state.operation)}: the code takes ${state.detail ?? ''} for ${parameterOf(state)}, which the spec does not list.`
    : `${label(state.operation)}: the spec allows ${state.detail ?? 'any value'} for ${parameterOf(state)}, the code takes ${state.code}: a client that follows the spec is refused.`;

export const parameterEnum = defineRule({
  id: 'http/parameter-enum',
  title: 'The code takes other values for a parameter than the spec lists',
  docs: `A client that sends a value which the spec lists is refused, or one that reads the spec never learns of a value. A value
that only the code knows is \`info\`.`,
  severity: 'error',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'compared',
  *detect(pair) {
    yield* tellParameters(pair, ['values'], ofRefusal);
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    parameterExample({
      name: 'the same values',
      parameter: `
name: sort
schema: { type: string, enum: [time, gate] }`,
      code: `
sort: z.enum(['gate', 'time']).optional(),`,
    }),
    parameterExample({
      name: 'the code takes any text',
      parameter: `
name: sort
schema: { type: string, enum: [time, gate] }`,
      code: `
sort: z.string().optional(),`,
    }),
  ],
  invalid: [
    parameterExample({
      name: 'a value less in the code',
      parameter: `
name: sort
schema: { type: string, enum: [time, gate] }`,
      code: `
sort: z.enum(['time']).optional(),
    //^^^^^^^^^^^^^^^^ http/parameter-enum`,
    }),
    parameterExample({
      name: 'a value more in the code',
      parameter: `
name: sort
schema: { type: string, enum: [time] }`,
      code: `
sort: z.enum(['gate', 'time']).optional(),
    //^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-enum`,
    }),
  ],
});
