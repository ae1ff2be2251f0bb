import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { label, operationName } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
}

export const undocumentedDeprecation = defineRule({
  id: 'http/undocumented-deprecation',
  title: 'The code marks an operation as deprecated, and the spec does not',
  docs: `Who reads the spec does not learn that the operation is about to go, and generated clients warn nobody.

The code says so with \`@ApiOperation({ deprecated: true })\`, with tsoa's \`@Deprecated()\`, or with \`@deprecated\` in the
comment above the registration or the handler. The reverse is no drift: nobody has to mark code, so an operation that
only the spec calls deprecated is in order.`,
  severity: 'info',
  axis: { subject: 'operation', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    const { deprecated } = code;
    if (!deprecated.known || !deprecated.value || !spec.deprecated.known || spec.deprecated.value) return;
    const operation = operationName(spec);
    yield {
      at: deprecated.at,
      state: { operation },
      operation,
      related: [{ at: spec.at, note: 'the operation in the spec' }],
      evidence: deprecated.evidence,
    };
  },
  message: ({ operation }: State) =>
    `${label(operation)} is deprecated in the code; the spec does not say so.`,
  valid: [
    {
      name: 'on both sides',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      deprecated: true
      responses: { '204': { description: none } }
//- app.ts
import express from 'express';
const app = express();
/** @deprecated */
app.get('/flights', (req, res) => { res.status(204).end(); });
app.listen(3000);
`,
    },
    {
      name: 'in the spec only',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      deprecated: true
      responses: { '204': { description: none } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.status(204).end(); });
app.listen(3000);
`,
    },
    {
      name: 'something else that is deprecated, and a comment that speaks of the word',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '204': { description: none } }
//- app.ts
import express from 'express';
const app = express();
/** @deprecated use the list */
const legacy = 3;
/** Replaces what was marked as @deprecated last year. */
app.get('/flights', (req, res) => { res.status(204).end(); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a comment above the handler',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '204': { description: none } }
//- app.ts
import express from 'express';
const app = express();
/**
 * All flights of the day.
 *
 * @deprecated since there is the board
 //^^^^^^^^^^^ http/undocumented-deprecation
 */
async function flights(req: express.Request, res: express.Response) {
  res.status(204).end();
}
app.get('/flights', flights);
app.listen(3000);
`,
    },
    {
      name: 'a decorator',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses: { '200': { description: none } }
//- main.ts
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiOperation } from '@nestjs/swagger';
@Controller('flights')
class FlightsController {
  @ApiOperation({ deprecated: true })
 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/undocumented-deprecation
  @Get() list(): void {}
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
