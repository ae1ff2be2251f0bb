import { defineRule } from '../../define-rule.ts';
import { fieldsOfBody, type FieldState, isAnswer, tellDifferences } from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the code ${state.isOptional ? 'may send' : 'sends'} ${fieldsOfBody(state)}, which the spec does not have: a client that works from the spec cannot use it.`;

export const undocumentedResponseField = defineRule({
  id: 'http/undocumented-response-field',
  title: 'The code sends a field that the spec does not have',
  docs: `A client that works from the spec cannot use it, a strict one refuses it, and it may be something that was never meant to
leave the server.

Needs the spec's schema to list properties: an object without any and a free-form map say nothing. A field under another
name is \`http/renamed-field\`; where nothing is in common it is \`http/response-body\`.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'undocumented' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    yield* tellDifferences(pair, sent.filter(isAnswer), { kinds: ['extra'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'in one of the alternatives',
      schema: `
type: array
items:
  anyOf:
    - { type: object, properties: { id: { type: string }, gate: { type: object, required: [name], properties: { name: { type: string } } } } }
    - { type: object, properties: { id: { type: string }, crew: { type: number } } }`,
      code: `
res.json([{ id: 'a', gate: await load() }]);`,
    }),
    responseExample({
      name: 'a map of names',
      schema: `
type: object
additionalProperties: { type: string }`,
      code: `
res.json({ gate: 'A1' });`,
    }),
    responseExample({
      name: 'in one of two parts',
      schema: `
allOf:
  - { type: object, properties: { id: { type: string } } }
  - { type: object, properties: { gate: { type: string } } }`,
      code: `
res.json({ id: 'a', gate: 'A1' });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'a field more',
      schema: `
type: object
required: [id]
properties:
  id: { type: string }`,
      code: `
res.json({ id: 'a', gate: 'A1' });
                        //^^^^ http/undocumented-response-field`,
    }),
    responseExample({
      name: 'a field of an item',
      schema: `
type: array
items: { type: object, properties: { id: { type: string } } }`,
      code: `
const flights: { id: string; gate: string }[] = await load();
                           //^^^^ http/undocumented-response-field
res.json(flights);`,
    }),
  ],
});
