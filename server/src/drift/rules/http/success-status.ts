import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import { defineRule } from '../../define-rule.ts';
import { label, listed, operationName } from '../../http/names.ts';
import { wrongSuccess } from '../../http/success.ts';

interface State {
  readonly operation: OperationName;
  readonly sent: readonly string[];
  readonly promised: readonly string[];
}

export const successStatus = defineRule({
  id: 'http/success-status',
  title: 'The code succeeds with another status than the spec promises',
  docs: `Generated clients branch on the status: one that was promised 204 does not read the body of a 200, one that was
promised 201 takes a 200 for a failure.

Reported where the two sides have no success status in common. A further success status beside a promised one, or beside
one that the handler may send where nobody can read it, is \`http/undocumented-status\`.`,
  severity: 'warning',
  axis: { subject: 'status', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    const wrong = spec.outputs.complete ? wrongSuccess(spec, code) : undefined;
    const [first, ...others] = wrong?.sent ?? [];
    if (!wrong || !first) return;
    const operation = operationName(spec);
    const unique = (statuses: readonly string[]): readonly string[] => [...new Set(statuses)];
    yield {
      at: first.at,
      state: {
        operation,
        sent: unique(wrong.sent.map(({ status }) => status)),
        promised: unique(wrong.promised.map(({ status }) => status)),
      },
      operation,
      related: [
        ...others.map(({ at, status }) => ({ at, note: `${status} here` })),
        ...wrong.promised.map(({ at, status }) => ({ at, note: `${status} in the spec` })),
      ],
      // What may be missing from the code's list may be the very status that was promised.
      evidence: weakest(code.outputs.complete ? 'declared' : 'inferred', first.evidence),
    };
  },
  message: ({ operation, sent, promised }: State) =>
    `${label(operation)} succeeds with ${listed(sent)}; the spec promises ${listed(promised)}.`,
  valid: [
    {
      name: 'answered by somebody else too',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { finish } from 'flight-tools';
const app = express();
app.post('/flights', (req, res) => {
  if (isKnown()) res.json({ id: 'a' });
                   //^^^^ http/undocumented-status
  else finish(req, res);
});
app.listen(3000);
`,
    },
    {
      name: 'a redirect whose status the method names',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /board:
    get:
      responses: { '307': { description: elsewhere } }
//- main.ts
import { Controller, Get, HttpStatus, Module, Redirect } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('board')
class BoardController {
  @Get() @Redirect() show() {
    return { url: 'https://board.example', statusCode: HttpStatus.TEMPORARY_REDIRECT };
  }
}
@Module({ controllers: [BoardController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
    {
      name: 'one of two promised',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '200': { description: was there }, '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.post('/flights', (req, res) => {
  if (Math.random() > 0.5) { res.status(200).json({}); return; }
  res.status(201).json({});
});
app.listen(3000);
`,
    },
    {
      name: 'the defaults of a framework, and a range',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '201': { description: added } }
    get:
      responses: { 2XX: { description: all flights } }
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
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
  invalid: [
    {
      name: '200 instead of 204',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: gone } }
//- app.ts
import express from 'express';
const app = express();
app.delete('/flights/:id', (req, res) => {
  res.json({});
    //^^^^ http/success-status
});
app.listen(3000);
`,
    },
    {
      name: 'a decorator changes the default',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      responses: { '201': { description: added } }
//- main.ts
import { Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Post()
  @HttpCode(202)
          //^^^ http/success-status
  add() { return {}; }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
