import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import type { Input } from '../../../contract/operation.ts';
import { defineRule } from '../../define-rule.ts';
import { parameterExample } from '../../http/examples.ts';
import { label, operationName } from '../../http/names.ts';
import { parameterKey } from '../../http/parameters.ts';

interface State {
  readonly operation: OperationName;
  readonly name: string;
  readonly spec: 'commas' | 'repeated';
  readonly isRefused?: true;
}

/** A validator that takes nothing but lists refuses the one text with commas. */
function listOf({ list, enforced, shape }: Input): Input['list'] {
  return list ?? (enforced && shape.kind === 'array' ? 'repeated' : undefined);
}

function sent(name: string, how: State['spec']): string {
  return how === 'commas' ? `${name}=a,b` : `${name}=a&${name}=b`;
}

export const parameterList = defineRule({
  id: 'http/parameter-list',
  title: 'Spec and code write several values of a query parameter differently',
  docs: `By \`explode: true\`, which is the default in a query, a client sends \`ids=a&ids=b\`, and the server gets a list;
by \`explode: false\` (or \`collectionFormat: csv\`, the default of OpenAPI 2.0) it sends \`ids=a,b\`, and the server gets one
text. Code that takes the other one fails, or takes all values for one.

The code says it where it calls \`split(',')\` on the parameter or a method that only lists have, and where a validator
takes nothing but lists. Code that asks what it was given (\`Array.isArray\`, \`typeof\`, \`String()\`) takes both.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    const operation = operationName(spec);
    for (const promised of spec.inputs.items) {
      // \`ids[]\` is a list to every parser of queries.
      if (promised.in !== 'query' || !promised.list || promised.name.includes('[')) continue;
      const read = code.inputs.items.find((input) => parameterKey(input) === parameterKey(promised));
      const taken = read && !read.accepted ? listOf(read) : undefined;
      if (!read || !taken || taken === promised.list) continue;
      yield {
        at: read.at,
        state: {
          operation,
          name: promised.name,
          spec: promised.list,
          ...(read.enforced && { isRefused: true as const }),
        },
        operation,
        related: [{ at: promised.at, note: 'in the spec' }],
        evidence: weakest(promised.evidence, read.evidence),
      };
    }
  },
  message: ({ operation, name, spec, isRefused }: State) =>
    `${label(operation)}: a client that follows the spec sends ${sent(name, spec)}; the code ${
      isRefused
        ? 'refuses everything but a list'
        : `takes ${sent(name, spec === 'commas' ? 'repeated' : 'commas')}`
    }.`,
  valid: [
    {
      name: 'one text in the spec, which is taken apart',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: gates, explode: false, schema: { type: array, items: { type: string } } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  search((req.query.gates as string)?.split(','));
  res.status(204).end();
});
app.listen(3000);
`,
    },
    {
      name: 'both are taken',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: gates, schema: { type: array, items: { type: string } } }
        - { in: query, name: days, schema: { type: array, items: { type: string } } }
        - { in: query, name: lines, schema: { type: array, items: { type: string } } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const { gates, days, lines } = req.query;
  const all = Array.isArray(gates) ? gates : gates.split(',');
  const some = typeof days === 'string' ? days.split(',') : days;
  search(all, some, String(lines).split(','));
  res.status(204).end();
});
app.listen(3000);
`,
    },
    parameterExample({
      name: 'lists on both sides',
      parameter: `
name: gates
schema: { type: array, items: { type: string } }`,
      code: `
gates: z.array(z.string()).optional(),`,
    }),
  ],
  invalid: [
    {
      name: 'repeated in the spec, taken apart in the code',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: gates, schema: { type: array, items: { type: string } } }
        - { in: query, name: days, schema: { type: array, items: { type: string } } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const gates = (req.query.gates as string | undefined)?.split(',') ?? [];
                         //^^^^^ http/parameter-list
  const { days } = req.query;
        //^^^^ http/parameter-list
  if (days) search(gates, days.split(', '));
  res.status(204).end();
});
app.listen(3000);
`,
    },
    {
      name: 'one text in the spec, a list in the code',
      files: `
//- openapi.yaml
swagger: '2.0'
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: gates, type: array, items: { type: string } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  search(req.query.gates.map((gate) => gate.trim()));
                 //^^^^^ http/parameter-list
  res.status(204).end();
});
app.listen(3000);
`,
    },
    parameterExample({
      name: 'a validator that takes lists',
      parameter: `
name: gates
explode: false
schema: { type: array, items: { type: string } }`,
      code: `
gates: z.array(z.string()).optional(),
     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-list`,
    }),
  ],
});
