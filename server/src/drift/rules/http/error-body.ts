import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { isAnswer, tellDifferences } from '../../http/differences.ts';
import { label, labels, listed, operationName, pileAt, plural } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly status: string;
  /** Fields in which the two differ; empty for bodies that differ as a whole. */
  readonly fields: readonly string[];
}

const differing = ({ fields }: State): string => (fields.length > 0 ? ` in ${listed(fields)}` : '');

const message = (state: State): string =>
  `${label(state.operation)}: the body of ${state.status} is not what the spec promises${differing(state)}: a client that reads errors by the spec cannot rely on ${state.fields.length > 1 ? 'them' : 'it'}.`;

export const errorBody = defineRule({
  id: 'http/error-body',
  title: 'The body of an error is another one in the code than in the spec',
  docs: `A client that shows what went wrong looks for a message where there is none.

One finding a status: errors are mostly made in one place for many operations, and what differs there differs in one go.
Extra fields do not count. Errors that a framework makes by itself are compared as far as their bodies are known.`,
  severity: 'info',
  axis: { subject: 'body', drift: 'different' },
  on: 'compared',
  *detect({ sent, ...pair }) {
    const operation = operationName(pair.spec);
    const byStatus = new Map<string, typeof sent>();
    for (const one of sent)
      if (!isAnswer(one) && one.breaks && one.status !== undefined)
        byStatus.set(one.status, [...(byStatus.get(one.status) ?? []), one]);
    for (const [status, differences] of byStatus) {
      const kinds = [...new Set(differences.map(({ kind }) => kind))];
      const told = [...tellDifferences(pair, differences, { kinds, at: 'code' })];
      const [first] = told;
      if (!first) continue;
      const fields = [...new Set(told.flatMap(({ state }) => state.names))].filter((name) => name !== '');
      yield {
        at: first.at,
        state: { operation, status, fields },
        operation,
        related: told.flatMap(({ related }) => related ?? []),
        ...(first.evidence && { evidence: first.evidence }),
        pile: pileAt(first.at, `${status} ${fields.join()}`),
      };
    }
  },
  message,
  messageOfMany: (_, states) => {
    const [first] = states;
    const operations = labels(states.map(({ operation }) => operation));
    return first
      ? `${plural(operations.length, 'operation')} (${listed(operations)}): the body of ${first.status} is not what the spec promises${differing(first)}.`
      : '';
  },
  valid: [
    {
      name: 'a field more',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all }
        '404':
          description: none
          content:
            application/json:
              schema: { type: object, required: [message], properties: { message: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (isLate()) { res.status(404).json({ message: 'none', code: 7 }); return; }
  res.sendStatus(200);
});
app.listen(3000);
`,
    },
    {
      name: 'described by default',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all }
        default:
          description: errors
          content:
            application/json:
              schema: { type: object, required: [message], properties: { message: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (isLate()) { res.status(404).json({ message: 'none' }); return; }
  res.sendStatus(200);
});
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'another name',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all }
        '404':
          description: none
          content:
            application/json:
              schema: { type: object, required: [message], properties: { message: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (isLate()) { res.status(404).json({ error: 'none' }); return; }
                           //^^^ http/error-body
  res.sendStatus(200);
});
app.listen(3000);
`,
    },
    {
      name: 'a text for an object',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all }
        default:
          description: errors
          content:
            application/json:
              schema: { type: object, required: [message], properties: { message: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (isLate()) { res.status(404).json('none'); return; }
                           //^^^ http/error-body
  res.sendStatus(200);
});
app.listen(3000);
`,
    },
  ],
});
