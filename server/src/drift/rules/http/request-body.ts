import { defineRule } from '../../define-rule.ts';
import { type FieldState, isWhole, ofRefusal, tellDifferences } from '../../http/differences.ts';
import { requestExample } from '../../http/examples.ts';
import { label, ofMany } from '../../http/names.ts';

const message = (state: FieldState): string =>
  `${label(state.operation)}: the request body is ${state.spec} in the spec and ${state.code} in the code: a client that follows the spec is refused or misunderstood.`;

export const requestBody = defineRule({
  id: 'http/request-body',
  title: 'Spec and code speak of different request bodies',
  docs: `A list for an object, a text for an object, an object that has none of the fields: a client that follows the spec is
refused or misunderstood as a whole, and to name single fields would say nothing.`,
  severity: 'error',
  axis: { subject: 'body', drift: 'different' },
  on: 'compared',
  *detect({ refused, ...pair }) {
    const whole = refused.filter(isWhole);
    yield* tellDifferences(pair, whole, {
      kinds: ['type', 'container', 'fields', 'alternatives'],
      at: 'code',
      severity: ofRefusal,
    });
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    requestExample({
      name: 'a field less is no other body',
      schema: `
type: object
required: [code]
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
code: z.string(),
gate: z.string().optional(),
seats: z.number().optional(),
     //^^^^^^^^^^ http/undocumented-field`,
    }),
    requestExample({
      name: 'a free-form object says nothing',
      schema: `
type: object`,
      code: `
code: z.string(),`,
    }),
  ],
  invalid: [
    requestExample({
      name: 'a list in the spec',
      read: `
                      //^^^^ http/request-body`,
      schema: `
type: array
items: { type: object, properties: { code: { type: string } } }`,
      code: `
code: z.string(),`,
    }),
    requestExample({
      name: 'nothing in common',
      read: `
                      //^^^^ http/request-body`,
      schema: `
type: object
properties:
  code: { type: string }
  gate: { type: string }`,
      code: `
id: z.number(),
seats: z.number(),`,
    }),
  ],
});
