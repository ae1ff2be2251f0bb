import { formatPath } from '../../../contract/path.ts';
import { defineRule } from '../../define-rule.ts';

interface State {
  readonly mount: string;
  readonly matched: number;
}

export const basePath = defineRule({
  id: 'http/base-path',
  title: 'The server mounts its routes below a prefix that the spec does not have',
  docs: `Every address in the spec is wrong by the same prefix: a client that takes \`servers\` at its word gets 404 from
everything. Add the prefix to \`servers\` (or \`basePath\`).

Reported once, where the operations of the spec match the routes of the server only without that prefix. All other
findings name addresses as the spec does.`,
  severity: 'warning',
  axis: { subject: 'path', drift: 'undocumented' },
  on: 'link',
  *detect({ specs, alignments, pairs }) {
    for (const { spec, mount, matched, poor } of alignments) {
      if (mount.length === 0 || poor || specs.some(({ file, openBase }) => file === spec && openBase))
        continue;
      const pair = pairs.find((one) => one.state === 'matched' && one.spec.origin.spec === spec);
      if (pair?.state !== 'matched') continue;
      yield {
        at: pair.spec.origin.pathAt,
        state: { mount: formatPath(mount), matched },
        related: [{ at: pair.code.at, note: `served below ${formatPath(mount)}` }],
      };
    }
  },
  identity: ({ mount }) => ({ mount }),
  message: ({ mount, matched }: State) =>
    `The server has ${matched} operations of this spec below ${mount}, which neither \`servers\` nor the paths of the spec name.`,
  valid: [
    {
      name: 'the prefix stands in servers',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
servers: [{ url: 'https://flights.example/api' }]
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
const api = express.Router();
api.get('/flights', (req, res) => { res.json([]); });
app.use('/api', api);
app.listen(3000);
`,
    },
    {
      name: 'the prefix stands in the paths',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /api/flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
const api = express.Router();
api.get('/flights', (req, res) => { res.json([]); });
app.use('/api', api);
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a mount that the spec does not know',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
 #^^^^^^^^ http/base-path
    get:
      responses: { '200': { description: all flights } }
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight } }
//- app.ts
import express from 'express';
const app = express();
const api = express.Router();
api.get('/flights', (req, res) => { res.json([]); });
api.get('/flights/:id', (req, res) => { res.json({ id: req.params.id }); });
app.use('/api', api);
app.listen(3000);
`,
    },
    {
      name: 'a global prefix that the spec does not know',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
servers: [{ url: 'https://flights.example' }]
paths:
  /flights:
 #^^^^^^^^ http/base-path
    get:
      responses: { '200': { description: all flights } }
    post:
      responses: { '201': { description: added } }
//- main.ts
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get() all() { return []; }
  @Post() add() { return {}; }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
async function main() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('v1');
  await app.listen(3000);
}
main();
`,
    },
  ],
});
