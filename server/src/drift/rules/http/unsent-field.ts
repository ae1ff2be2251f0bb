import { defineRule } from '../../define-rule.ts';
import { fieldsOfBody, type FieldState, isAnswer, tellDifferences } from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string => {
  const { operation, isReversed, isTyped } = state;
  const lacking = isTyped
    ? 'which the type of what the code sends does not have'
    : 'which the code never sends';
  // A value may have more than its type lists: only what is seen whole fails clients for certain.
  const harm = isReversed || isTyped ? '' : ': a client that relies on it fails';
  return `${label(operation)}: the spec ${isReversed ? 'has' : 'promises'} ${fieldsOfBody(state)}, ${lacking}${harm}.`;
};

export const unsentField = defineRule({
  id: 'http/unsent-field',
  title: 'The spec promises a field of a response that the code never sends',
  docs: `A client generated from the spec takes a required field for granted and fails where it is missing.

Claimed where the code's answer is known as a whole: an object with spread parts, a record of a database mapper and a
free-form map may have more than is seen. Where a type says what the answer is, the finding says so: TypeScript lets a value
have fields that its type does not list. A field that the spec leaves optional is \`info\`; one that the code sends under
another name is \`http/renamed-field\`, and one that only some of the answers lack is \`http/response-required\`.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'unimplemented' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    const own = sent.filter(isAnswer);
    yield* tellDifferences(pair, own, { kinds: ['missing'], at: 'code' });
    yield* tellDifferences(pair, own, {
      kinds: ['absent'],
      at: 'spec',
      severity: () => 'info',
      reversed: true,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'of one answer among several',
      schema: `
type: object
required: [id]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
if (Math.random() > 0.5) { res.json({ id: 'a' }); return; }
res.json({ id: 'a', gate: 'A1' });`,
    }),
    responseExample({
      name: 'more than what is seen',
      schema: `
type: object
required: [id, gate]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
res.json({ id: 'a', ...(await load()) });`,
    }),
    responseExample({
      name: 'of a request only',
      schema: `
type: object
required: [id, secret]
properties:
  id: { type: string }
  secret: { type: string, writeOnly: true }`,
      code: `
res.json({ id: 'a' });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'in none of the answers',
      schema: `
type: object
required: [id, gate]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
if (Math.random() > 0.5) { res.json({ id: 'a' }); return; }
                             //^^^^ http/unsent-field
res.json({ id: 'b' });`,
    }),
    responseExample({
      name: 'a required field',
      schema: `
type: object
required: [id, gate, crew]
properties:
  id: { type: string }
  gate: { type: string }
  crew: { type: array, items: { type: string } }`,
      code: `
res.json({ id: 'a' });
  //^^^^ http/unsent-field`,
    }),
    responseExample({
      name: 'a field of a written type',
      schema: `
type: object
required: [id, gate, crew]
properties:
  id: { type: string }
  gate: { type: string }
  crew: { type: number }`,
      code: `
const flight: { id: string } = await load();
res.json(flight);
  //^^^^ http/unsent-field`,
    }),
    responseExample({
      name: 'inside of what wraps it somewhere else',
      schema: `
type: object
required: [data]
properties:
  data: { type: object, required: [id, gate], properties: { id: { type: string }, gate: { type: string } } }`,
      code: `
const wrap = (data: unknown) => ({ data });
res.json(wrap({ id: 'a' }));
                  //^^^ http/unsent-field`,
    }),
  ],
});
