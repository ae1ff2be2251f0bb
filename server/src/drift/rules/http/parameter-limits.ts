import { defineRule } from '../../define-rule.ts';
import { parameterExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';
import { parameterOf, type ParameterState, tellParameters } from '../../http/parameter-differences.ts';

const message = (state: ParameterState): string =>
  `${label(state.operation)}: ${parameterOf(state)} is ${state.spec} in the spec, the code takes ${state.code} only: a client that stays within the spec is refused.`;

export const parameterLimits = defineRule({
  id: 'http/parameter-limits',
  title: 'The code takes less of a parameter than the spec allows',
  docs: `Formats, lengths, ranges and patterns: a client that stays within those of the spec is refused by the code's validator.

Where only the code has a limit it is \`info\`: the contract is silent about it.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'compared',
  *detect(pair) {
    yield* tellParameters(pair, ['limits', 'format'], ({ isStated }) => (isStated ? undefined : 'info'));
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    parameterExample({
      name: 'the code is wider',
      parameter: `
name: limit
schema: { type: integer, minimum: 1, maximum: 50 }`,
      code: `
limit: z.coerce.number().min(0).max(100).optional(),`,
    }),
    parameterExample({
      name: 'a limit of the spec alone',
      parameter: `
name: gate
schema: { type: string, maxLength: 3 }`,
      code: `
gate: z.string().optional(),`,
    }),
  ],
  invalid: [
    parameterExample({
      name: 'a smaller range',
      parameter: `
name: limit
schema: { type: integer, minimum: 1, maximum: 500 }`,
      code: `
limit: z.coerce.number().int().min(1).max(100).optional(),
     //^^^^^^^^^^^^^^^^^^^ http/parameter-limits`,
    }),
    parameterExample({
      name: 'a shorter text',
      parameter: `
name: gate
schema: { type: string, maxLength: 20 }`,
      code: `
gate: z.string().max(3).optional(),
    //^^^^^^^^^^^^^^^^^ http/parameter-limits`,
    }),
  ],
});
