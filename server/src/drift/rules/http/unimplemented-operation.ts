import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { asksForSilence, coveringRule, nearestOf } from '../../http/near.ts';
import { label, operationName } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly near?: string;
  readonly reaches?: string;
}

export const unimplementedOperation = defineRule({
  id: 'http/unimplemented-operation',
  title: 'The spec promises an operation that no route implements',
  docs: `A client generated from the spec has a method for this operation, and calling it gives 404.

Claimed only if every route of the server could be read. Silent where something unread may serve the address (a proxy,
a mount by unknown code, a wildcard, a generic \`/:kind/:id\` route that the spec does not list by itself), where the
spec wires the handler (\`x-eov-operation-handler\`), and where the spec hardly matches the server at all.`,
  severity: 'error',
  axis: { subject: 'operation', drift: 'unimplemented' },
  on: 'spec-only',
  *detect({ spec, near, doubt, reaches }) {
    const [miss] = near;
    const covered = asksForSilence(spec) ? undefined : coveringRule(spec.key.method, miss);
    // The other half of a misspelt path is known, so what else could not be read makes no difference to this one.
    if (doubt && covered !== 'http/path-typo') return;
    const operation = operationName(spec);
    const state: State = {
      operation,
      ...nearestOf(miss),
      ...(reaches && { reaches: label(operationName(reaches)) }),
    };
    yield {
      at: spec.at,
      state,
      operation,
      related: [
        ...(reaches ? [{ at: reaches.at, note: 'requests to it end up here' }] : []),
        ...(miss ? [{ at: miss.operation.at, note: 'the nearest that the server has' }] : []),
      ],
      // A handler may tell the word from an id at run time; that it does not is an assumption.
      ...(reaches && { evidence: 'guessed' as const }),
      ...(covered !== undefined && { coveredBy: covered }),
    };
  },
  message: ({ operation, near, reaches }: State) => {
    if (reaches !== undefined)
      return `${label(operation)} has no route of its own; requests to it reach ${reaches}.`;
    return `${label(operation)} is not implemented${near === undefined ? '' : `; the nearest route is ${near}`}.`;
  },
  valid: [
    {
      name: 'HEAD is served by GET, and a trailing slash makes no difference',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/:
    head:
      responses: { '200': { description: how many there are } }
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/Flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'a wildcard below the same prefix may serve it',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Boards, version: '1' }
paths:
  /boards:
    get:
      responses: { '200': { description: all boards } }
  /boards/hall/arrivals:
    get:
      responses: { '200': { description: the board } }
//- app.ts
import express from 'express';
import { show } from './boards';
const app = express();
app.get('/boards', (req, res) => { res.json([]); });
app.all('/boards/*path', (req, res) => { res.json(show(req.path)); });
  //^^^ http/undocumented-operation
app.listen(3000);
//- boards.ts
export function show(path: string) { return [path]; }
`,
    },
  ],
  invalid: [
    {
      name: 'a promise without a route',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
  /flights/{id}/seats:
    get:
   #^^^ http/unimplemented-operation
      responses: { '200': { description: the seats } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'commented-out code implements nothing',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
    delete:
   #^^^^^^ http/unimplemented-operation
      responses: { '204': { description: all gone } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
// app.delete('/flights', (req, res) => { res.sendStatus(204); });
app.listen(3000);
`,
    },
  ],
});
