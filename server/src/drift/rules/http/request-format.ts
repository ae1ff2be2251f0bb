import { defineRule } from '../../define-rule.ts';
import { fieldOfBody, type FieldState, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the spec has ${state.spec} for ${fieldOfBody(state)}, the code takes ${state.code} only: a client that follows the spec is refused or misunderstood.`;

export const requestFormat = defineRule({
  id: 'http/request-format',
  title: 'A text of the request body has another format in the spec than in the code',
  docs: `A client that follows the spec sends a text that the code's validator refuses: a date for a date with a time, any text
for a UUID.

A comment that tsoa reads (\`@format\`) refuses nothing: it counts where the spec has another format.

Where only the code asks for a format it is \`info\`: the contract is silent, and most clients send the right thing
anyway.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, ...pair }) {
    yield* tellDifferences(pair, refused, {
      kinds: ['format'],
      at: 'code',
      severity: ({ isStated }) => (isStated ? undefined : 'info'),
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'the same format',
      schema: `
type: object
required: [id]
properties:
  id: { type: string, format: uuid }`,
      code: `
id: z.string().uuid(),`,
    }),
    requestExample({
      name: 'the code takes any text',
      schema: `
type: object
required: [id]
properties:
  id: { type: string, format: uuid }`,
      code: `
id: z.string(),`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'a date for a time',
      schema: `
type: object
required: [day]
properties:
  day: { type: string, format: date }`,
      code: `
day: z.string().datetime(),
   //^^^^^^^^^^^^^^^^^^^^^ http/request-format`,
    }),
    requestExample({
      name: 'the spec knows no format',
      schema: `
type: object
required: [id]
properties:
  id: { type: string }`,
      code: `
id: z.string().uuid(),
  //^^^^^^^^^^^^^^^^^ http/request-format`,
    }),
  ],
});
