import { defineRule } from '../../define-rule.ts';
import { fieldsOfBody, type FieldState, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${state.spec} for ${fieldsOfBody(state)}, the code takes ${state.code} only: a client that stays within the spec is refused.`;

export const requestLimits = defineRule({
  id: 'http/request-limits',
  title: 'The code takes less of a field of the request body than the spec allows',
  docs: `Lengths, ranges, patterns and numbers of items: a client that stays within those of the spec is refused by the code's
validator.

Where only the code has a limit it is \`info\`: the contract is silent about it. Claimed only with a value that the spec
allows and the code refuses; patterns of which none is found keep it silent.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, ...pair }) {
    yield* tellDifferences(pair, refused, {
      kinds: ['limits'],
      at: 'code',
      severity: ({ isStated }) => (isStated ? undefined : 'info'),
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'the code is wider',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer, minimum: 1, maximum: 100 }`,
      code: `
seats: z.number().int().min(0).max(500),`,
    }),
    requestExample({
      name: 'whole numbers above zero',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer, minimum: 1 }`,
      code: `
seats: z.number().int().positive(),`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'a smaller range',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer, minimum: 1, maximum: 500 }`,
      code: `
seats: z.number().int().min(1).max(100),
     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/request-limits`,
    }),
    requestExample({
      name: 'a shorter text',
      schema: `
type: object
required: [code]
properties:
  code: { type: string, maxLength: 20 }`,
      code: `
code: z.string().max(6),
    //^^^^^^^^^^^^^^^^^ http/request-limits`,
    }),
  ],
});
