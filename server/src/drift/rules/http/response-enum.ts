import { defineRule } from '../../define-rule.ts';
import { fieldOfBody, type FieldState, isAnswer, tellDifferences } from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the code may send ${state.detail ?? ''} for ${fieldOfBody(state)}, the spec has ${state.spec}: a client that follows the spec has no case for it.`;

export const responseEnum = defineRule({
  id: 'http/response-enum',
  title: 'The code sends a value that the spec does not list',
  docs: `A client that decides by the values which the spec lists meets one for which it has no case.

Claimed for values that the code writes down: literals, members of enums, unions of literals. A text of which nothing is
known may be one of the listed.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    yield* tellDifferences(pair, sent.filter(isAnswer), { kinds: ['values'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'fewer values than listed',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
res.json({ class: 'first' });`,
    }),
    responseExample({
      name: 'any text',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
const flight: { class: string } = await load();
res.json({ class: flight.class });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'a literal',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
res.json({ class: 'business' });
                //^^^^^^^^^^ http/response-enum`,
    }),
    responseExample({
      name: 'a union of literals',
      schema: `
type: object
required: [class]
properties:
  class: { type: string, enum: [first, economy] }`,
      code: `
const flight: { class: 'first' | 'business' } = await load();
                                                    //^^^^ http/response-enum
res.json({ class: flight.class });`,
    }),
  ],
});
