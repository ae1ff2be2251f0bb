import { defineRule } from '../../define-rule.ts';
import { fieldOfBody, type FieldState, ofRefusal, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  state.isReversed
    ? `${label(state.operation)}: the code takes ${state.detail ?? ''} for ${fieldOfBody(state)}, which the spec does not list.`
    : `${label(state.operation)}: the spec allows ${state.detail ?? 'any value'} for ${fieldOfBody(state)}, the code takes ${state.code}: a client that follows the spec is refused.`;

export const requestEnum = defineRule({
  id: 'http/request-enum',
  title: 'The code takes other values for a field of the request body than the spec lists',
  docs: `A client that sends a value which the spec lists is refused, or one that reads the spec never learns of a value.

A value that only the code knows is \`info\`.`,
  severity: 'error',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, accepted, ...pair }) {
    yield* tellDifferences(pair, refused, { kinds: ['values'], at: 'code', severity: ofRefusal });
    const told = new Set(refused.filter(({ kind }) => kind === 'values').map(({ path }) => path));
    const more = accepted.filter(({ path }) => !told.has(path));
    yield* tellDifferences(pair, more, {
      kinds: ['values'],
      at: 'code',
      severity: () => 'info',
      reversed: true,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'the same values in another order',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
class: z.enum(['economy', 'first']),`,
    }),
    requestExample({
      name: 'the code takes any text',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
class: z.string(),`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'a value less in the code',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, business, economy] }`,
      code: `
class: z.enum(['first', 'economy']),
     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/request-enum`,
    }),
    requestExample({
      name: 'a value more in the code',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
class: z.enum(['first', 'business', 'economy']),
     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/request-enum`,
    }),
  ],
});
