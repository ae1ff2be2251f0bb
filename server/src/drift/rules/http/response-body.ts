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
  `${label(state.operation)}: ${fieldOfBody(state)} is ${state.spec} in the spec, ${codeSends(state)} ${state.code}: a client that follows the spec cannot read it.`;

export const responseBody = defineRule({
  id: 'http/response-body',
  title: 'The code answers with another body than the spec promises',
  docs: `A list for an object, an envelope around what was promised, an object with none of the fields: a client generated from
the spec finds nothing of what it looks for, and to name single fields would say nothing.`,
  severity: 'error',
  axis: { subject: 'body', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    const whole = sent.filter((one) => isAnswer(one) && isWhole(one));
    yield* tellDifferences(pair, whole, {
      kinds: ['type', 'container', 'fields', 'alternatives'],
      at: 'code',
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'a list of what is listed',
      schema: `
type: array
items: { type: object, properties: { id: { type: string } } }`,
      code: `
res.json([{ id: 'a' }]);`,
    }),
    responseExample({
      name: 'a helper whose type takes one or many says nothing of which it is',
      schema: `
type: array
items: { type: object, properties: { id: { type: string } } }`,
      code: `
type Row = { [key: string]: any };
const renamed = (rows: Row | Row[]): Row | Row[] => convert(rows);
res.json(renamed([{ id: 'a' }]));`,
    }),
    responseExample({
      name: 'a free-form object says nothing',
      schema: `
type: object`,
      code: `
res.json({ id: 'a' });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'an envelope',
      schema: `
type: array
items: { type: object, properties: { id: { type: string } } }`,
      code: `
res.json({ total: 1, flights: [{ id: 'a' }] });
  //^^^^ http/response-body`,
    }),
    responseExample({
      name: 'nothing in common',
      schema: `
type: object
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
res.json({ data: { id: 'a', gate: 'A1' } });
  //^^^^ http/response-body`,
    }),
  ],
});
