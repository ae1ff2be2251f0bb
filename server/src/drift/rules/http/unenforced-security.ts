import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import { defineRule } from '../../define-rule.ts';
import { label, listed, operationName, pileOf, plural } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly schemes: readonly string[];
}

export const unenforcedSecurity = defineRule({
  id: 'http/unenforced-security',
  title: 'The spec requires a credential that the code does not ask for',
  docs: `Whoever reads the spec believes that the operation is protected, and it is open.

Claimed only if everything in front of the operation was read and nothing there can refuse an anonymous caller: a
middleware that cannot be followed keeps it silent. A gateway in front of the server may still do the work; then turn
the rule off, or say \`security: []\` in the spec of the service.`,
  severity: 'warning',
  axis: { subject: 'security', drift: 'unimplemented' },
  on: 'matched',
  *detect({ spec, code }) {
    const promised = spec.security.required;
    const enforced = code.security.required;
    if (!promised.known || !promised.value || !enforced.known || enforced.value) return;
    const operation = operationName(spec);
    yield {
      at: code.at,
      state: { operation, schemes: spec.security.schemes.items.map(({ name }) => name) },
      operation,
      related: [{ at: spec.origin.securityAt ?? spec.at, note: 'required here' }],
      evidence: weakest(enforced.evidence, promised.evidence),
      pile: pileOf(code.origin.group, 'security'),
    };
  },
  message: ({ operation, schemes }: State) =>
    `${label(operation)} lets anyone in; the spec requires ${schemes.length > 0 ? listed(schemes) : 'a credential'}.`,
  messageOfMany: ({ title }, states) =>
    `${plural(states.length, 'operation')} of ${title} let anyone in; the spec requires a credential: ${listed(states.map(({ operation }) => label(operation)))}.`,
  valid: [
    {
      name: 'a middleware that cannot be followed',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
security: [{ token: [] }]
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
import { gatekeeper } from 'house-rules';
const app = express();
app.use(gatekeeper());
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'a credential is optional',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      security: [{}, { token: [] }]
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'nothing stands in front',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
security: [{ token: [] }]
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
  //^^^ http/unenforced-security
app.listen(3000);
`,
    },
    {
      name: 'a guard on the neighbour only',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
security: [{ token: [] }]
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
    delete:
      responses: { '204': { description: all gone } }
//- app.ts
import express from 'express';
import passport from 'passport';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
  //^^^ http/unenforced-security
app.delete('/flights', passport.authenticate('jwt'), (req, res) => { res.sendStatus(204); });
app.listen(3000);
`,
    },
  ],
});
