import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { isAnswer, isRenamed, tellDifferences } from '../../http/differences.ts';
import { requestExample, responseExample } from '../../http/examples.ts';
import { label, labels, listed, plural } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  /** Undefined for the request. */
  readonly status?: string;
  readonly field: string;
  readonly spec: string;
  readonly code: string;
}

const body = ({ status }: State): string =>
  status === undefined ? 'the request body' : `the ${status} response`;

/** Names that only differ in what nobody sees are shown with it. */
const named = ({ spec, code }: State): string =>
  spec.trim() === code.trim() ? `${JSON.stringify(code)} and not ${JSON.stringify(spec)}` : code;

const message = (state: State): string =>
  `${label(state.operation)}: ${state.field} in ${body(state)} is called ${named(state)} in the code: ${
    state.status === undefined
      ? 'what a client sends under the name of the spec is not seen'
      : 'a client that follows the spec finds nothing'
  }.`;

export const renamedField = defineRule({
  id: 'http/renamed-field',
  title: 'A field of a body has another name in the code than in the spec',
  docs: `One field is missing and one is too many, and they are most likely the same: their names are alike, or they are the
only two that differ and have the same type. A client that follows the spec sends a name that nobody reads, or reads one
that nobody sends.

This is one finding in place of a missing and an undocumented field.`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'different' },
  on: 'compared',
  *detect({ refused, sent, ...pair }) {
    const renamed = [...refused, ...sent.filter(isAnswer)].filter(isRenamed);
    for (const { state, ...detection } of tellDifferences(pair, renamed, {
      kinds: ['renamed'],
      at: 'code',
    })) {
      const { operation, status, field, spec, code } = state;
      yield {
        ...detection,
        state: { operation, ...(status !== undefined && { status }), field, spec, code },
      };
    }
  },
  message,
  messageOfMany: (_, states) => {
    const [first] = states;
    const operations = labels(states.map(({ operation }) => operation));
    return first
      ? `${plural(operations.length, 'operation')} (${listed(operations)}): ${first.spec} in ${body(first)} is called ${first.code} in the code.`
      : '';
  },
  valid: [
    requestExample({
      name: 'the same names',
      schema: `
type: object
required: [seatCount]
properties:
  seatCount: { type: integer }`,
      code: 'seatCount: z.number(),',
    }),
    responseExample({
      name: 'one field more, and one that may be left out',
      schema: `
type: object
properties:
  id: { type: string }
  gate: { type: string }`,
      code: "res.json({ id: 'a', gate: 'A1' });",
    }),
  ],
  invalid: [
    requestExample({
      name: 'another spelling',
      schema: `
type: object
required: [code, seatCount]
properties:
  code: { type: string }
  seatCount: { type: integer }`,
      code: `
code: z.string(),
seat_count: z.number(),
          //^^^^^^^^^^ http/renamed-field`,
    }),
    responseExample({
      name: 'all else is the same',
      schema: `
type: object
required: [id, gate]
properties:
  id: { type: string }
  gate: { type: string }`,
      code: `
res.json({ id: 'a', exit: 'A1' });
                        //^^^^ http/renamed-field`,
    }),
  ],
});
