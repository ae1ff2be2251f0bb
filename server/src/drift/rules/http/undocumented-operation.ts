import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { coveringRule, nearestOf } from '../../http/near.ts';
import { label, labels, listed, operationName, pileOf, plural } from '../../http/names.ts';
import { isOperational } from '../../http/operational.ts';

interface State {
  readonly operation: OperationName;
  readonly near?: string;
  /** What the specs speak of, where the route is outside of it. */
  readonly outside?: readonly string[];
}

export const undocumentedOperation = defineRule({
  id: 'http/undocumented-operation',
  title: 'The server has a route that no spec documents',
  docs: `Nobody who works from the spec knows that this address exists: no generated client calls it, no gateway
lets it through, no review of the contract ever saw it. Document it, or mark it as hidden on purpose.

A route with optional segments is named by its longest form. Routes of one router that are all missing are told in
one finding. Silent about routes that are hidden on purpose (\`@ApiExcludeEndpoint()\`), about routes whose full address
cannot be read, and where a part of the spec that may hold them could not be read. A \`HEAD\` beside a documented
\`GET\` needs no documentation.

Only a note where it rather belongs elsewhere: outside of what stands in front of every operation of the spec (a page
at \`/login\` beside a spec of \`/api/v1\`), and probes, metrics, documentation pages and files like \`robots.txt\`.`,
  severity: 'warning',
  axis: { subject: 'operation', drift: 'undocumented' },
  on: 'code-only',
  *detect({ code, near, doubt, outside }) {
    if (doubt) return;
    const operation = operationName(code);
    const [miss] = near;
    const covered = coveringRule(code.key.method, miss);
    const quiet =
      code.key.method === 'OPTIONS' ||
      code.key.method === 'HEAD' ||
      code.origin.conditional !== undefined ||
      outside !== undefined ||
      isOperational(code);
    const state: State = { operation, ...nearestOf(miss), ...(outside && { outside }) };
    yield {
      at: code.at,
      state,
      operation,
      related: miss ? [{ at: miss.operation.origin.pathAt, note: 'the nearest that the spec has' }] : [],
      ...(code.origin.unknownPrefix && { evidence: 'guessed' as const }),
      ...(quiet && { severity: 'info' as const }),
      ...(covered === undefined
        ? { pile: pileOf(code.origin.group, outside?.join(' ')) }
        : { coveredBy: covered }),
    };
  },
  message: ({ operation, near, outside }: State) =>
    `${label(operation)} is not in the spec${
      outside
        ? `, which speaks of what is below ${listed(outside)}`
        : near === undefined
          ? ''
          : `; the nearest there is ${near}`
    }.`,
  messageOfMany: ({ title }, states) => {
    const routes = labels(states.map(({ operation }) => operation));
    const outside = states[0]?.outside;
    const where = outside ? `, which speaks of what is below ${listed(outside)}` : '';
    return `${plural(routes.length, 'route')} of ${title} ${routes.length === 1 ? 'is' : 'are'} not in the spec${where}: ${listed(routes)}.`;
  },
  valid: [
    {
      name: 'parameters match by position, whatever their names',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id/', (req, res) => { res.json({ id: req.params.id }); });
app.listen(3000);
`,
    },
    {
      name: 'hidden on purpose',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- flights.controller.ts
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
@Controller('flights')
export class FlightsController {
  @Get() all() { return []; }
  @ApiExcludeEndpoint()
  @Get('debug') debug() { return {}; }
}
//- main.ts
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FlightsController } from './flights.controller';
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
  invalid: [
    {
      name: 'a route that the spec forgot',
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
app.get('/airports', (req, res) => { res.json([]); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
    {
      name: 'the longer form of an optional segment',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    get:
      responses: { '200': { description: one flight } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights/:id{/:leg}', (req, res) => { res.json({ id: req.params.id, leg: req.params.leg }); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
    {
      name: 'outside of what the spec speaks of',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
servers: [{ url: /api/v1 }]
paths:
  /flights:
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
const api = express.Router();
api.get('/flights', (req, res) => { res.json([]); });
app.use('/api/v1', api);
app.get('/login', (req, res) => { res.json({}); });
  //^^^ http/undocumented-operation
app.listen(3000);
`,
    },
  ],
});
