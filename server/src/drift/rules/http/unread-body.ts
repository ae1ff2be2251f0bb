import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { label, operationName } from '../../http/names.ts';
import { isStub } from '../../http/statuses.ts';

interface State {
  readonly operation: OperationName;
  readonly required: boolean;
}

export const unreadBody = defineRule({
  id: 'http/unread-body',
  title: 'The spec describes a request body that the code never reads',
  docs: `A client goes to the trouble of sending it and nothing happens with it. Often the code takes the values from the
query instead, which \`http/undocumented-parameter\` then shows.

Claimed only if everything that touches the request was read.`,
  severity: 'warning',
  axis: { subject: 'body', drift: 'unimplemented' },
  on: 'matched',
  *detect({ spec, code }) {
    const [first] = spec.bodies.items;
    if (!first || !code.bodies.complete || code.bodies.items.length > 0 || isStub(code)) return;
    const operation = operationName(spec);
    const required = first.required.known && first.required.value;
    yield {
      at: first.at,
      state: { operation, required },
      operation,
      related: [{ at: code.origin.handler?.at ?? code.at, note: 'the handler' }],
      evidence: first.evidence,
      ...(!required && { severity: 'info' as const }),
    };
  },
  message: ({ operation, required }: State) =>
    `${label(operation)} never reads its ${required ? 'required ' : ''}request body.`,
  valid: [
    {
      name: 'read as a whole',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { save } from 'flight-store';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  save(req.body);
  res.status(201).json({});
});
app.listen(3000);
`,
    },
    {
      name: 'the request itself goes to code that cannot be followed',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { save } from 'flight-store';
const app = express();
app.post('/flights', (req, res) => {
  save(req);
  res.status(201).json({});
});
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'nobody reads it',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        required: true
        content:
          application/json:
         #^^^^^^^^^^^^^^^^ http/unread-body
            schema: { type: object, properties: { code: { type: string } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.post('/flights', (req, res) => { res.status(201).json({}); });
app.listen(3000);
`,
    },
    {
      name: 'read from the query instead',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        required: true
        content:
          application/json:
         #^^^^^^^^^^^^^^^^ http/unread-body
            schema: { type: object, properties: { code: { type: string } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.post('/flights', (req, res) => {
  res.status(201).json({ code: req.query.code });
                                       //^^^^ http/undocumented-parameter
});
app.listen(3000);
`,
    },
  ],
});
