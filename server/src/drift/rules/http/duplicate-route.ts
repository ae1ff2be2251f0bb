import type { OperationName } from '../../../contract/finding.ts';
import type { CodeOperation } from '../../../contract/operation.ts';
import { shapeKey } from '../../../contract/path.ts';
import { defineRule } from '../../define-rule.ts';
import { label, operationName } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly group: string;
}

/** Does the operation answer whatever comes? One that may call `next()` without answering has gaps or no answers. */
function answers(code: CodeOperation): boolean {
  return code.outputs.items.length > 0 && code.outputs.complete;
}

export const duplicateRoute = defineRule({
  id: 'http/duplicate-route',
  title: 'Two routes of one router have the same method and path',
  docs: `The first one answers; the second is dead code that looks alive, and which of the two the spec describes is
anybody's guess.

Reported within one router or controller, where the first route is known to answer: a middleware with a path, a route
that hands on to the next, a route registered under a condition and a second application are left alone.`,
  severity: 'warning',
  axis: { subject: 'operation', drift: 'different' },
  on: 'link',
  *detect({ codes }) {
    for (const { operations } of codes) {
      const firsts = new Map<string, CodeOperation>();
      for (const code of operations.items) {
        if (code.origin.conditional || code.origin.unknownPrefix) continue;
        const key = `${code.origin.group.id} ${code.key.method} ${shapeKey(code.key.path)}`;
        const first = firsts.get(key);
        if (!first) {
          if (answers(code)) firsts.set(key, code);
          continue;
        }
        // A router that is mounted twice at one address says the same place twice.
        if (first.at.file === code.at.file && first.at.start === code.at.start) continue;
        const operation = operationName(code);
        yield {
          at: code.at,
          state: { operation, group: code.origin.group.title },
          operation,
          related: [{ at: first.at, note: 'this one answers' }],
        };
      }
    }
  },
  message: ({ operation, group }: State) =>
    `${label(operation)} is registered twice in ${group}; only the first is ever reached.`,
  valid: [
    {
      name: 'a chain of handlers by next()',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res, next) => { next(); });
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'the same path with another method',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
    delete:
      responses: { '204': { description: all gone } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.delete('/flights', (req, res) => { res.sendStatus(204); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'twice the same path',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.get('/flights', (req, res) => { res.json({}); });
  //^^^ http/duplicate-route
app.listen(3000);
`,
    },
    {
      name: 'the same path but for the name of a parameter',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{code}:
    get:
      parameters: [{ name: code, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
  //^^^ http/parameter-name
app.get('/flights/:code', (req, res) => { res.json({ code: req.params.code }); });
  //^^^ http/duplicate-route
app.listen(3000);
`,
    },
  ],
});
