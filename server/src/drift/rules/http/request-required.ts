import { defineRule } from '../../define-rule.ts';
import { fieldsOfBody, type FieldState, ofRefusal, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  state.isReversed
    ? `${label(state.operation)}: the spec requires ${fieldsOfBody(state)}, which the code can do without.`
    : `${label(state.operation)}: the code requires ${fieldsOfBody(state)}, which the spec leaves optional: a client that follows the spec is refused.`;

export const requestRequired = defineRule({
  id: 'http/request-required',
  title: 'The code requires a field of the request body that the spec leaves optional',
  docs: `A client that leaves out what the spec lets it leave out is refused.

The reverse, a field that the spec requires and the code can do without, is \`info\`: nobody is refused, and the contract
asks for more than is needed. A field that the spec does not have at all is \`http/undocumented-field\`.`,
  severity: 'error',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, accepted, ...pair }) {
    yield* tellDifferences(pair, refused, { kinds: ['optional'], at: 'code', severity: ofRefusal });
    const spare = accepted.filter(({ evidence }) => evidence === 'declared');
    yield* tellDifferences(pair, spare, {
      kinds: ['optional'],
      at: 'code',
      severity: () => 'info',
      reversed: true,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'required on both sides',
      schema: `
type: object
required: [code]
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
code: z.string(),
gate: z.string().optional(),`,
    }),
    requestExample({
      name: 'a default makes it optional',
      schema: `
type: object
required: [code]
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
code: z.string(),
gate: z.string().default('A1'),`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'optional in the spec',
      schema: `
type: object
required: [code]
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
code: z.string(),
gate: z.string(),
    //^^^^^^^^^^ http/request-required`,
    }),
    requestExample({
      name: 'required in the spec only',
      schema: `
type: object
required: [code, gate]
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
code: z.string(),
gate: z.string().optional(),
    //^^^^^^^^^^ http/request-required`,
    }),
  ],
});
