import { defineRule } from '../../define-rule.ts';
import {
  codeSends,
  fieldOfBody,
  type FieldState,
  isAnswer,
  isWhole,
  tellDifferences,
} from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${state.spec} for ${fieldOfBody(state)}, ${codeSends(state)} ${state.code}: a client that follows the spec cannot read it.`;

export const responseType = defineRule({
  id: 'http/response-type',
  title: 'A field of a response has another type in the code than in the spec',
  docs: `A client generated from the spec fails to parse the answer, or works with a text where it expects a number.

Looks at fields at any depth, at items of lists and at alternatives, of answers that are no errors. \`number\` in code may
well be a whole number, so \`integer\` in the spec is no difference.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    const own = sent.filter((one) => isAnswer(one) && !isWhole(one));
    yield* tellDifferences(pair, own, { kinds: ['type', 'container', 'fields', 'alternatives'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'a date is a text',
      schema: `
type: object
required: [start]
properties:
  start: { type: string, format: date-time }`,
      code: `
res.json({ start: new Date() });`,
    }),
    responseExample({
      name: 'a number may be whole',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer }`,
      code: `
const flight: { seats: number } = await load();
res.json({ seats: flight.seats });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'a text for a number',
      schema: `
type: object
required: [seats]
properties:
  seats: { type: integer }`,
      code: `
res.json({ seats: '12' });
                //^^^^ http/response-type`,
    }),
    responseExample({
      name: 'one for many',
      schema: `
type: object
required: [crew]
properties:
  crew: { type: array, items: { type: string } }`,
      code: `
const flight: { crew: { name: string } } = await load();
                                               //^^^^ http/response-type
res.json({ crew: flight.crew });`,
    }),
  ],
});
