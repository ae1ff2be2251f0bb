import { formatPath } from '../../../contract/path.ts';
import { defineRule } from '../../define-rule.ts';
import { asksForSilence, coveringRule } from '../../http/near.ts';
import { operationName } from '../../http/names.ts';

interface State {
  readonly path: string;
  readonly spec: string;
  readonly code: string;
}

export const methodMismatch = defineRule({
  id: 'http/method-mismatch',
  title: 'Spec and code name different methods for one path',
  docs: `At this path the spec has one operation left over and the code one route, and they differ in the method. A client
that follows the spec gets 404 or 405.

It stands for both facts, as \`http/path-typo\` does. Silent where several methods are left over on either side: then
nothing tells which one is meant for which. Silent too about methods that nobody confuses (\`GET\` and \`DELETE\`): there
two different operations are each missing on one side.`,
  severity: 'error',
  axis: { subject: 'operation', drift: 'different' },
  on: 'spec-only',
  *detect({ spec, near, doubt }) {
    const [miss] = near;
    if (!miss || coveringRule(spec.key.method, miss) !== 'http/method-mismatch') return;
    if (asksForSilence(spec)) return;
    const code = miss.operation.key.method;
    const state: State = { path: formatPath(spec.key.path), spec: spec.key.method, code };
    yield {
      at: spec.at,
      state,
      operation: operationName(spec),
      related: [{ at: miss.operation.at, note: `${code} in code` }],
      ...((doubt ?? miss.operation.origin.unknownPrefix) && { evidence: 'guessed' as const }),
    };
  },
  message: ({ path, spec, code }: State) => `The spec has ${spec} ${path}; the code has ${code} there.`,
  valid: [
    {
      name: 'each method on both sides',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    put:
      responses: { '200': { description: replaced } }
    patch:
      responses: { '200': { description: changed } }
//- app.ts
import express from 'express';
const app = express();
app.route('/flights/:id')
  .put((req, res) => { res.json({ id: req.params.id }); })
  .patch((req, res) => { res.json({ id: req.params.id }); });
app.listen(3000);
`,
    },
    {
      name: 'a route for every method',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    patch:
      responses: { '200': { description: changed } }
//- app.ts
import express from 'express';
const app = express();
app.all('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'PATCH promised, PUT implemented',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    patch:
   #^^^^^ http/method-mismatch
   #^^^^^ http/unimplemented-operation
      responses: { '200': { description: changed } }
//- app.ts
import express from 'express';
const app = express();
app.put('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
    {
      name: 'one of two methods differs',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
    put:
   #^^^ http/method-mismatch
   #^^^ http/unimplemented-operation
      responses: { '200': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.post('/flights', (req, res) => { res.json({}); });
  //^^^^ http/undocumented-operation
app.listen(3000);
`,
    },
  ],
});
