import { defineRule } from '../../define-rule.ts';
import { listed } from '../../http/names.ts';

interface State {
  readonly about: 'findings' | 'internal';
  /** Rules that have nothing to say here; empty for all of them. */
  readonly idle: readonly string[];
  readonly unknown?: string;
  readonly suggestion?: string;
}

export const unused = defineRule({
  id: 'ignore/unused',
  title: 'Something is ignored that is not there any more',
  docs: `An ignore without a finding hides the next one that comes to this place, and tells readers of a fault that was
mended. Take it away, or correct the name of the rule.

Findings are ignored by a comment in code (\`// backend-contract-ignore <rule> -- reason\`, at the end of the line or on
the line above; \`// backend-contract-ignore-file <rule>\` for a file), and by the key \`x-backend-contract-ignore\` in
a spec: on an operation, a path item, a parameter, a response or a schema. \`// backend-contract-internal -- reason\`
marks a route that no contract has to know.

Silent where anything that the rule looks at could not be read: the finding may only be out of sight. Silent too about
rules that are turned off.`,
  severity: 'warning',
  axis: { subject: 'ignore', drift: 'different' },
  on: 'unused-ignore',
  *detect({ ignore, idle, unknown, suggestion }) {
    yield {
      at: ignore.at,
      state: {
        about: ignore.about,
        idle: idle ?? [],
        ...(unknown !== undefined && { unknown }),
        ...(suggestion !== undefined && { suggestion }),
      },
    };
  },
  message: ({ about, idle, unknown, suggestion }: State) => {
    if (unknown !== undefined)
      return `There is no rule ${unknown}${suggestion === undefined ? '' : `; ${suggestion} is one`}.`;
    if (about === 'internal') return 'Marks no route: nothing is registered here.';
    return `${idle.length === 0 ? 'Nothing is' : `No finding of ${listed(idle)} is`} left here to be ignored.`;
  },
  valid: [
    {
      name: 'a comment that silences something',
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
// backend-contract-ignore http/undocumented-operation -- for the gateway only
app.get('/gates', (req, res) => { res.json([]); });
app.get('/seats', (req, res) => { res.json([]); }); // backend-contract-ignore http/undocumented-operation
// backend-contract-internal -- not for clients
app.get('/crews', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'a finding that cannot be told at the moment',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      x-backend-contract-ignore: { http/unsent-status: sent by the gateway }
      responses: { '200': { description: all flights }, '409': { description: taken } }
//- app.ts
import express from 'express';
import { answer } from 'elsewhere';
const app = express();
app.get('/flights', (req, res) => answer(res));
app.listen(3000);
`,
    },
    {
      name: 'a key in the spec, for the operation and for one of its responses',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200': { description: all flights }
        '409': { $ref: '#/components/responses/Taken' }
  /gates:
    get:
      x-backend-contract-ignore: [http/unimplemented-operation: comes in spring]
      responses: { '200': { description: all gates } }
components:
  responses:
    Taken:
      x-backend-contract-ignore: { http/unsent-status: sent by the gateway }
      description: taken
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
      name: 'the finding was mended',
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
// backend-contract-ignore http/undocumented-operation -- to be documented
//^^^ ignore/unused
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'no such rule',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      x-backend-contract-ignore: [undocumented-status]
     #^^^^^^^^^^^^^^^^^^^^^^^^^ ignore/unused
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
  ],
});
