import { defineRule } from '../../define-rule.ts';
import { fieldOfBody, type FieldState, isAnswer, tellDifferences } from '../../http/differences.ts';
import { responseExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the code may send null for ${fieldOfBody(state)}, the spec has ${state.spec}: a client that follows the spec fails on null.`;

export const responseNull = defineRule({
  id: 'http/response-null',
  title: 'The code sends null where the spec does not allow it',
  docs: `A client generated from the spec reads the field without looking and fails on \`null\`.

\`nullable: true\`, \`type: [string, "null"]\` and \`oneOf\` with \`null\` are the same; a field that is \`undefined\` in
code is absent and never null.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    yield* tellDifferences(pair, sent.filter(isAnswer), { kinds: ['null'], at: 'code' });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    responseExample({
      name: 'null in the spec',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: [string, 'null'] }`,
      code: `
const flight: { gate: string | null } = await load();
res.json({ gate: flight.gate });`,
    }),
    responseExample({
      name: 'undefined is not null',
      schema: `
type: object
properties:
  gate: { type: string }`,
      code: `
const flight: { gate?: string } = await load();
res.json({ gate: flight.gate });`,
    }),
  ],
  invalid: [
    responseExample({
      name: 'a type with null',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: string }`,
      code: `
const flight: { gate: string | null } = await load();
                                            //^^^^ http/response-null
res.json({ gate: flight.gate });`,
    }),
    responseExample({
      name: 'null itself',
      schema: `
type: object
required: [gate]
properties:
  gate: { type: string }`,
      code: `
res.json({ gate: null });
        //^^^^ http/response-null`,
    }),
  ],
});
