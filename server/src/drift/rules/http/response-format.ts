import { defineRule } from '../../define-rule.ts';
import {
  codeSends,
  fieldsOfBody,
  type FieldState,
  isAnswer,
  tellDifferences,
} from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${state.spec} for ${fieldsOfBody(state)}, ${codeSends(state)} ${state.code}: a client that follows the spec cannot read it.`;

export const responseFormat = defineRule({
  id: 'http/response-format',
  title: 'The code sends values that the spec rules out by their format or limits',
  docs: `A client that parses what the spec promises fails: a date with a time is no \`date\`.

Claimed only where the code says what it sends: a \`Date\`, a literal, a validator's format. A text of which nothing is
known may have any format.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    yield* tellDifferences(pair, sent.filter(isAnswer), { kinds: ['format', 'limits'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'any text may be a date',
      schema: `
type: object
required: [day]
properties:
  day: { type: string, format: date }`,
      code: `
const flight: { day: string } = await load();
res.json({ day: flight.day });`,
    }),
    responseExample({
      name: 'a date with a time',
      schema: `
type: object
required: [start]
properties:
  start: { type: string, format: date-time }`,
      code: `
res.json({ start: new Date() });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'a date with a time for a date',
      schema: `
type: object
required: [day]
properties:
  day: { type: string, format: date }`,
      code: `
res.json({ day: new Date() });
              //^^^^^^^^^^ http/response-format`,
    }),
    responseExample({
      name: 'a text that is too long',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: string, maxLength: 3 }`,
      code: `
res.json({ gate: 'none yet' });
               //^^^^^^^^^^ http/response-format`,
    }),
  ],
});
