import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { movedParameters } from '../../http/moved.ts';
import { label, listed, operationName, pileAt } from '../../http/names.ts';
import { isListed, keysOfReading, parameterKey } from '../../http/parameters.ts';

interface State {
  readonly operation: OperationName;
  readonly in: string;
  readonly name: string;
}

export const undocumentedParameter = defineRule({
  id: 'http/undocumented-parameter',
  title: 'The code reads a parameter that the spec does not list',
  docs: `A client that works from the spec cannot use it, and a gateway or validator that enforces the spec strips or
rejects it: then the code never sees a value.

Looks at query parameters, headers and cookies. Silent about headers of HTTP itself (\`Accept\`, \`If-None-Match\`,
\`X-Forwarded-For\`, …) and about credentials, which security schemes describe. Needs the spec's parameters to be
complete, so a dangling \`$ref\` among them keeps it silent. What a schema lets in and no handler reads is no parameter,
and neither is what a handler asks for only to refuse requests that have it.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!spec.inputs.complete) return;
    const documented = new Set(spec.inputs.items.flatMap(keysOfReading));
    const told = new Set(movedParameters(spec, code).map((moved) => parameterKey(moved.code)));
    for (const input of code.inputs.items) {
      const key = parameterKey(input);
      if (input.accepted || !isListed(input) || documented.has(key) || told.has(key)) continue;
      told.add(key);
      const operation = operationName(spec);
      yield {
        at: input.at,
        state: { operation, in: input.in, name: input.name },
        operation,
        related: [
          { at: code.at, note: 'the route that reads it' },
          { at: spec.at, note: 'documented here without it' },
        ],
        evidence: input.evidence,
        pile: pileAt(input.at, key),
      };
    }
  },
  message: ({ operation, in: place, name }: State) =>
    `${label(operation)} reads the ${place} parameter ${name}, which the spec does not list.`,
  messageOfMany: (_, states) =>
    `${states.length} operations read the ${states[0]?.in ?? ''} parameter ${states[0]?.name ?? ''}, which the spec does not list for them: ${listed(states.map(({ operation }) => label(operation)))}.`,
  valid: [
    {
      name: 'what is refused where it is there',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: flights }, '400': { description: refused } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (req.query.page) return res.status(400).json({ error: 'Pages are gone.' });
  if ('limit' in req.query) return res.status(400).json({ error: 'So are limits.' });
  res.json([req.query.from]);
});
app.listen(3000);
`,
    },
    {
      name: 'one schema for two operations, each of which takes its own part',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /departures:
    get:
      parameters: [{ name: gate, in: query, schema: { type: string } }]
      responses: { '200': { description: flights } }
  /arrivals:
    get:
      parameters: [{ name: belt, in: query, schema: { type: string } }]
      responses: { '200': { description: flights } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const filters = z.object({ gate: z.string().optional(), belt: z.string().optional() });
const app = express();
app.get('/departures', (req, res) => { const { gate } = filters.parse(req.query); res.json([gate]); });
app.get('/arrivals', (req, res) => { const { belt } = filters.parse(req.query); res.json([belt]); });
app.listen(3000);
`,
    },
    {
      name: 'a header that stands in for a parameter that the path has',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{number}:
    get:
      parameters: [{ name: number, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: a flight } }
//- app.ts
import express from 'express';
const app = express();
const numberOf = (req: express.Request) => (req.params as Record<string, string>)['number'] || req.headers['flight'];
app.get('/flights/:number', (req, res) => { res.json({ number: numberOf(req) }); });
app.listen(3000);
`,
    },
    {
      name: 'listed at the path, and a header of HTTP',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    parameters:
      - { name: from, in: query, schema: { type: string } }
    get:
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([req.query.from, req.headers['user-agent']]); });
app.listen(3000);
`,
    },
    {
      name: 'what a proxy in front says of the client, and what a handler puts into the query for those behind it',
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
app.use((req, res, next) => {
  req.query.seenFrom = req.get('CF-Connecting-IP') ?? req.ip;
  next();
});
app.get('/flights', (req, res) => { res.json([req.query.seenFrom]); });
app.listen(3000);
`,
    },
    {
      name: 'a whole of which the spec lists the parts',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: time.from, in: query, schema: { type: string } }
        - { name: time.to, in: query, schema: { type: string } }
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([req.query.time]); });
app.listen(3000);
`,
    },
    {
      name: 'fields of an object, which a query has one by one',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: paging, in: query, schema: { $ref: '#/components/schemas/Paging' } }
        - { name: filter, in: query, schema: { type: object, properties: { from: { type: string } } } }
      responses: { '200': { description: all flights } }
components:
  schemas:
    Paging: { type: object, properties: { page: { type: integer }, limit: { type: integer } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([req.query.page, req.query.limit, req.query.filter]); });
app.listen(3000);
`,
    },
    {
      name: 'the same array in two notations',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: 'codes[]', in: query, schema: { type: array, items: { type: string } } }
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([req.query.codes]); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a field of an object that is sent as one',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: paging, in: query, style: deepObject, schema: { type: object, properties: { page: { type: integer } } } }
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  res.json([req.query.paging, req.query.page]);
                                      //^^^^ http/undocumented-parameter
});
app.listen(3000);
`,
    },
    {
      name: 'parameters that change what is answered',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: flights }, '400': { description: refused } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if ('count' in req.query) return res.json(3);
     //^^^^^^^ http/undocumented-parameter
  if (req.query.page) return res.status(400).json({ error: req.query.page });
              //^^^^ http/undocumented-parameter
  res.json([]);
});
app.listen(3000);
`,
    },
    {
      name: 'a query parameter',
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
app.get('/flights', (req, res) => {
  res.json([req.query.limit]);
                    //^^^^^ http/undocumented-parameter
});
app.listen(3000);
`,
    },
    {
      name: 'a query parameter of a controller',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: all flights } }
//- main.ts
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get() all(@Query('from') from: string, @Query('to') to: string) { return [from, to]; }
                                                //^^^^ http/undocumented-parameter
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
