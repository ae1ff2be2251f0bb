import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { asksForSilence, coveringRule } from '../../http/near.ts';
import { label, listed, operationName, pileAt } from '../../http/names.ts';

interface State {
  readonly spec: OperationName;
  readonly code: OperationName;
  readonly suggestion: string;
}

export const pathTypo = defineRule({
  id: 'http/path-typo',
  title: 'Spec and code spell the path of one operation differently',
  docs: `The spec promises an operation without a route, the server has a route without an operation, and the two differ
by a letter, a plural, a hyphen, the order of segments, or by a parameter written in the syntax of a template
(\`\${id}\`, \`:id\`). Every client that follows the spec gets 404, although the code is there.

It stands for both facts: \`http/unimplemented-operation\` and \`http/undocumented-operation\` still list the two, as
\`info\` and marked as covered. Reported even where other routes could not be read, then as \`info\`.`,
  severity: 'error',
  axis: { subject: 'path', drift: 'different' },
  on: 'spec-only',
  *detect({ spec, near, doubt }) {
    const [miss] = near;
    if (!miss || coveringRule(spec.key.method, miss) !== 'http/path-typo') return;
    if (asksForSilence(spec)) return;
    const operation = operationName(spec);
    const state: State = {
      spec: operation,
      code: operationName(miss.operation),
      suggestion: miss.suggestion,
    };
    yield {
      at: spec.origin.pathAt,
      state,
      operation,
      related: [
        { at: miss.operation.at, note: 'the route in code' },
        { at: spec.at, note: 'the operation that is meant' },
      ],
      ...((doubt ?? miss.operation.origin.unknownPrefix) && { evidence: 'guessed' as const }),
      pile: pileAt(spec.origin.pathAt, `${miss.operation.key.method === spec.key.method} ${miss.suggestion}`),
    };
  },
  message: ({ spec, code, suggestion }: State) =>
    `No route is called ${label(spec)}, but the code has ${label(code)}: write ${suggestion} in the spec, or rename the route.`,
  messageOfMany: (_, states) => {
    const [first] = states;
    const methods = states.map(({ spec }) => spec.method);
    return first
      ? `No route is called ${first.spec.path} (${listed(methods)}), but the code has ${first.code.path}: write ${first.suggestion} in the spec, or rename the routes.`
      : '';
  },
  valid: [
    {
      name: 'two similar paths that both exist',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flight:
    get:
      responses: { '200': { description: the next flight } }
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flight', (req, res) => { res.json({}); });
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'letter case and a trailing slash',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /boardingPasses/:
    get:
      responses: { '200': { description: all passes } }
//- app.ts
import express from 'express';
const app = express();
app.get('/boardingpasses', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'singular and plural',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
  /airport/{code}:
 #^^^^^^^^^^^^^^^ http/path-typo
    get:
   #^^^ http/unimplemented-operation
      responses: { '200': { description: one airport } }
    put:
   #^^^ http/unimplemented-operation
      responses: { '200': { description: one airport } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.get('/airports/:code', (req, res) => { res.json({ code: req.params.code }); });
  //^^^ http/undocumented-operation
app.put('/airports/:code', (req, res) => { res.json({ code: req.params.code }); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
    {
      name: 'the same segments in another order',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/seats/{id}:
 #^^^^^^^^^^^^^^^^^^^ http/path-typo
    get:
   #^^^ http/unimplemented-operation
      responses: { '200': { description: the seats of a flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id/seats', (req, res) => { res.json([req.params.id]); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
  ],
});
