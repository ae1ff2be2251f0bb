import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import { defineRule } from '../../define-rule.ts';
import { movedParameters } from '../../http/moved.ts';
import { label, operationName, pileAt } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly name: string;
  readonly spec: string;
  readonly code: string;
}

export const parameterLocation = defineRule({
  id: 'http/parameter-location',
  title: 'A parameter is read from another part of the request than the spec says',
  docs: `A client puts it where the spec says, and the code looks elsewhere: it never sees a value.

This is one finding in place of \`http/unread-parameter\` and \`http/undocumented-parameter\`. Names of headers may have an
\`X-\` in front. Needs the spec's parameters to be complete; a code that reads the parameter in both places keeps it
silent.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    for (const { spec: promised, code: read } of movedParameters(spec, code)) {
      const operation = operationName(spec);
      yield {
        at: read.at,
        state: { operation, name: promised.name, spec: promised.in, code: read.in },
        operation,
        related: [
          { at: promised.at, note: 'in the spec' },
          { at: code.at, note: 'the route that reads it' },
        ],
        evidence: weakest(promised.evidence, read.evidence),
        pile: pileAt(read.at, `${promised.in} ${read.in} ${promised.name}`),
      };
    }
  },
  message: ({ operation, name, spec, code }: State) =>
    `${label(operation)}: ${name} is a ${spec} parameter in the spec, the code reads it as a ${code} parameter: what a client sends is not seen.`,
  messageOfMany: (_, states) =>
    `${states.length} operations read ${states[0]?.name ?? ''} as a ${states[0]?.code ?? ''} parameter, which is a ${states[0]?.spec ?? ''} parameter in the spec.`,
  valid: [
    {
      name: 'read where the spec says',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: tenant, in: header, schema: { type: string } }]
      responses: { '200': { description: all } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json(find(req.headers.tenant)); });
app.listen(3000);
`,
    },
    {
      name: 'read in both places',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: tenant, in: header, schema: { type: string } }
        - { name: tenant, in: query, schema: { type: string } }
      responses: { '200': { description: all } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json(find(req.headers.tenant ?? req.query.tenant)); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a header that is looked for in the query',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: tenant, in: header, schema: { type: string } }]
      responses: { '200': { description: all } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json(find(req.query.tenant)); });
                                                          //^^^^^^ http/parameter-location
app.listen(3000);
`,
    },
    {
      name: 'a query parameter that is looked for among the headers',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses: { '200': { description: all } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json(find(req.get('X-Page'))); });
                                                    //^^^ http/parameter-location
app.listen(3000);
`,
    },
  ],
});
