import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { label, labels, listed, operationName, pileOf, plural } from '../../http/names.ts';
import { isCode, isInfrastructure, isStub, isSuccess } from '../../http/statuses.ts';
import { wrongSuccess } from '../../http/success.ts';

interface State {
  readonly operation: OperationName;
  readonly status: string;
}

export const unsentStatus = defineRule({
  id: 'http/unsent-status',
  title: 'The spec documents a status that the code never sends',
  docs: `A client handles a case that cannot happen, or waits for it: a documented 404 that the code answers as 200 with an
empty object hides that nothing was found.

Claimed only if everything that may answer was read. Silent about statuses that something in front of the operation
sends (401, 403, 413, 429, 5XX, …), about ranges and \`default\`, and about handlers that
only say that they are not written yet (501).`,
  severity: 'info',
  axis: { subject: 'status', drift: 'unimplemented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!code.outputs.complete || code.outputs.items.length === 0 || isStub(code)) return;
    const sent = new Set(code.outputs.items.map(({ status }) => status));
    const wrong = wrongSuccess(spec, code) !== undefined;
    for (const output of spec.outputs.items) {
      const { status } = output;
      if (!isCode(status) || isInfrastructure(status) || sent.has(status) || (wrong && isSuccess(status)))
        continue;
      const operation = operationName(spec);
      yield {
        at: output.at,
        state: { operation, status },
        operation,
        related: [{ at: code.origin.handler?.at ?? code.at, note: 'the handler' }],
        evidence: output.evidence,
        pile: pileOf(code.origin.group, status, output.at),
      };
    }
  },
  message: ({ operation, status }: State) => `${label(operation)} never sends the documented ${status}.`,
  messageOfMany: ({ title }, states) => {
    const operations = labels(states.map(({ operation }) => operation));
    return `${plural(operations.length, 'operation')} of ${title} never send the documented ${states[0]?.status ?? ''}: ${listed(operations)}.`;
  },
  valid: [
    {
      name: 'sent on one of two ways',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight }, '404': { description: no such flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id', (req, res) => {
  if (req.params.id === '0') { res.sendStatus(404); return; }
  res.json({});
});
app.listen(3000);
`,
    },
    {
      name: 'what stands in front may send it',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights }, '429': { description: too many }, '503': { description: later } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'a handler that is not written yet',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight }, '404': { description: no such flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id', (req, res) => { res.sendStatus(501); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'nothing is ever not found',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: one flight }
        '404': { description: no such flight }
       #^^^^^ http/unsent-status
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
app.listen(3000);
`,
    },
    {
      name: 'a second success that never comes',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all flights }
        '204': { description: no flights }
       #^^^^^ http/unsent-status
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
  ],
});
