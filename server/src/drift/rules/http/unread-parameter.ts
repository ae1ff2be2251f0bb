import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { movedParameters } from '../../http/moved.ts';
import { label, operationName } from '../../http/names.ts';
import { isStub } from '../../http/statuses.ts';
import { isListed, keysOfReading, parameterKey } from '../../http/parameters.ts';

interface State {
  readonly operation: OperationName;
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
}

export const unreadParameter = defineRule({
  id: 'http/unread-parameter',
  title: 'The spec lists a parameter that the code never reads',
  docs: `A client sets it and nothing happens: a filter that does not filter is worse than one that does not exist.
Either the code lost it, or it has a new name there (\`http/undocumented-parameter\` then shows that).

Claimed only if everything that touches the request was read: a handler that passes \`req.query\` on as a whole to code
that cannot be followed keeps it silent.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'unimplemented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!code.inputs.complete || isStub(code)) return;
    const read = new Set(
      [...code.inputs.items, ...movedParameters(spec, code).map((moved) => moved.spec)].map(parameterKey),
    );
    for (const input of spec.inputs.items) {
      if (!isListed(input) || keysOfReading(input).some((key) => read.has(key))) continue;
      const operation = operationName(spec);
      const required = input.required.known && input.required.value;
      yield {
        at: input.at,
        state: { operation, in: input.in, name: input.name, required },
        operation,
        related: [{ at: code.origin.handler?.at ?? code.at, note: 'the handler' }],
        evidence: input.evidence,
      };
    }
  },
  message: ({ operation, in: place, name, required }: State) =>
    `${label(operation)} never reads the ${required ? 'required ' : ''}${place} parameter ${name}.`,
  valid: [
    {
      name: 'read by destructuring',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const { from } = req.query;
  res.json([from]);
});
app.listen(3000);
`,
    },
    {
      name: 'the whole query goes to code that cannot be followed',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
import { search } from 'flight-search';
const app = express();
app.get('/flights', (req, res) => { res.json(search(req.query)); });
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
    get:
      parameters:
        - { name: from, in: query, schema: { type: string } }
                 #^^^^ http/unread-parameter
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'it has another name in code',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: requestedBy, in: query, schema: { type: string } }
                 #^^^^^^^^^^^ http/unread-parameter
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  res.json([req.query.createdBy]);
                    //^^^^^^^^^ http/undocumented-parameter
});
app.listen(3000);
`,
    },
  ],
});
