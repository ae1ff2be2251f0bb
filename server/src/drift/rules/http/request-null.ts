import { defineRule } from '../../define-rule.ts';
import { fieldOfBody, type FieldState, ofRefusal, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  state.isReversed
    ? `${label(state.operation)}: the code takes null for ${fieldOfBody(state)}, of which the spec does not know.`
    : `${label(state.operation)}: the spec allows null for ${fieldOfBody(state)}, the code takes ${state.code}: a client that sends null is refused.`;

export const requestNull = defineRule({
  id: 'http/request-null',
  title: 'The code refuses null where the spec allows it',
  docs: `A client that clears a field by sending \`null\`, as the spec says it may, is refused.

The reverse, a validator that takes a null of which the spec does not know, is \`info\`, and nothing is said of fields
that may be left out as well: many validators treat the two alike. \`nullable: true\`,
\`type: [string, "null"]\` and \`oneOf\` with \`null\` are the same.`,
  severity: 'error',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, accepted, ...pair }) {
    yield* tellDifferences(pair, refused, { kinds: ['null'], at: 'code', severity: ofRefusal });
    const more = accepted.filter(({ evidence, isOptional }) => evidence === 'declared' && !isOptional);
    yield* tellDifferences(pair, more, {
      kinds: ['null'],
      at: 'code',
      severity: () => 'info',
      reversed: true,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'null on both sides',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: [string, 'null'] }`,
      code: `
gate: z.string().nullable(),`,
    }),
    requestExample({
      name: 'null in an alternative',
      schema: `
type: object
required: [gate]
properties:
  gate: { oneOf: [{ type: string }, { type: 'null' }] }`,
      code: `
gate: z.string().nullish(),
    //^^^^^^^^^^ http/request-required`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'null in the spec only',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: [string, 'null'] }`,
      code: `
gate: z.string(),
    //^^^^^^^^^^ http/request-null`,
    }),
    requestExample({
      name: 'null in the code only',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: string }`,
      code: `
gate: z.string().nullable(),
    //^^^^^^^^^^ http/request-null`,
    }),
  ],
});
