import { defineRule } from '../../define-rule.ts';
import { fieldsOfBody, type FieldState, isAnswer, tellDifferences } from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the code may leave out ${fieldsOfBody(state)}, which the spec requires: a client that relies on it fails.`;

export const responseRequired = defineRule({
  id: 'http/response-required',
  title: 'The code may leave out a field of a response that the spec requires',
  docs: `A client generated from the spec takes the field for granted and fails where it is missing.

Claimed where the code says that the value may be missing: an optional property, \`undefined\` in a union, a field that
only one of several ways sets.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    yield* tellDifferences(pair, sent.filter(isAnswer), { kinds: ['optional'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'optional on both sides',
      schema: `
type: object
required: [id]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
const flight: { id: string; gate?: string } = await load();
res.json({ id: flight.id, gate: flight.gate });`,
    }),
    responseExample({
      name: 'set before it is sent',
      schema: `
type: object
required: [id, gate]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
const flight: { id: string; gate?: string } = await load();
flight.gate = await assign(flight.id);
res.json(flight);`,
    }),
    responseExample({
      name: 'present though it may be null',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: [string, 'null'] }`,
      code: `
const flight: { gate: string | null } = await load();
res.json({ gate: flight.gate });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'an optional property',
      schema: `
type: object
required: [id, gate]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
const flight: { id: string; gate?: string } = await load();
                                                  //^^^^ http/response-required
res.json({ id: flight.id, gate: flight.gate });`,
    }),
    responseExample({
      name: 'undefined in a union',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: string }`,
      code: `
const flight: { gate: string | undefined } = await load();
                                                 //^^^^ http/response-required
res.json({ gate: flight.gate });`,
    }),
  ],
});
