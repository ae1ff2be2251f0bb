import { defineRule } from '../../define-rule.ts';
import { type FieldState, fieldOfBody, isWhole, ofRefusal, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${state.spec} for ${fieldOfBody(state)}, the code takes ${state.code}: a client that follows the spec is refused or misunderstood.`;

export const requestType = defineRule({
  id: 'http/request-type',
  title: 'A field of the request body has another type in the spec than in the code',
  docs: `A client generated from the spec sends what the spec says. A validator refuses it; without one the code works with
a text where it expects a number, or with one object where it expects a list.

Looks at fields at any depth, at items of lists and at alternatives. What the code takes is what its validator or its
written type says; a field that is merely read has no type. \`number\` in code takes whole numbers, so \`integer\` in the
spec is no difference.`,
  severity: 'error',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, ...pair }) {
    const own = refused.filter((one) => !isWhole(one));
    yield* tellDifferences(pair, own, {
      kinds: ['type', 'container', 'fields', 'alternatives'],
      at: 'code',
      severity: ofRefusal,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'a number takes whole numbers',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer }`,
      code: 'seats: z.number(),',
    }),
    requestExample({
      name: 'whatever is converted',
      schema: `
type: object
properties:
  seats: { type: string }`,
      code: 'seats: z.any().transform(Number),',
    }),
  ],
  invalid: [
    requestExample({
      name: 'a text for a number',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: string }`,
      code: `
seats: z.number(),
     //^^^^^^^^^^ http/request-type`,
    }),
    requestExample({
      name: 'one for many',
      schema: `
type: object
required: [crew]
properties:
  crew:
    type: array
    items: { type: string }`,
      code: `
crew: z.object({ name: z.string() }),
    //^^^^^^^^ http/request-type`,
    }),
  ],
});
