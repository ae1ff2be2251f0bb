import type { OperationName } from '../../../contract/finding.ts';
import { weakest } from '../../../contract/knowledge.ts';
import type { Scalar } from '../../../contract/shape.ts';
import { defineRule } from '../../define-rule.ts';
import { parameterExample } from '../../http/examples.ts';
import { label, ofMany, operationName, pileAt } from '../../http/names.ts';
import { parameterKey } from '../../http/parameters.ts';

interface State {
  readonly operation: OperationName;
  readonly in: string;
  readonly name: string;
  readonly spec: Scalar;
  readonly code: Scalar;
}

/** As texts of a query: `20` and `"20"` are the same, and who takes `ASC` for `asc` takes both. */
function isSame(spec: Scalar, code: Scalar): boolean {
  const [a, b] = [String(spec).toLowerCase(), String(code).toLowerCase()];
  return a === b || (a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b));
}

const message = ({ operation, in: place, name, spec, code }: State): string =>
  `${label(operation)}: without the ${place} parameter ${name} the code takes ${JSON.stringify(code)}; the spec says ${JSON.stringify(spec)}.`;

export const parameterDefault = defineRule({
  id: 'http/parameter-default',
  title: 'Spec and code have different defaults for a parameter',
  docs: `A client that leaves the parameter out gets something else than the spec says: other pages, another order.

Defaults of the code are those of schemas (\`z.number().default(20)\`, \`Joi.number().default(20)\`), of
\`DefaultValuePipe\`, of parameters of a method, and what stands behind \`??\`, \`||\` or \`=\` wherever the parameter is
read. Where it is read in different ways, where the query goes on as a whole, or where one side has no default, nothing
is claimed.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    const operation = operationName(spec);
    for (const promised of spec.inputs.items) {
      const read = code.inputs.items.find((input) => parameterKey(input) === parameterKey(promised));
      if (!read || read.accepted || read.default === undefined || promised.default === undefined) continue;
      if (isSame(promised.default, read.default)) continue;
      const { in: place, name } = promised;
      yield {
        at: read.at,
        state: { operation, in: place, name, spec: promised.default, code: read.default },
        operation,
        related: [{ at: promised.at, note: 'in the spec' }],
        evidence: weakest(promised.evidence, read.evidence),
        pile: pileAt(read.at, `default ${name} ${String(promised.default)}`),
        // A schema declares its default; what a handler puts in the place of nothing is what it makes of it.
        ...(read.enforced || read.evidence === 'declared' ? {} : { severity: 'info' as const }),
      };
    }
  },
  message,
  messageOfMany: (_, states) => ofMany(states, message),
  valid: [
    parameterExample({
      name: 'the same default',
      parameter: `
name: limit
schema: { type: integer, default: 20 }`,
      code: `
limit: z.coerce.number().int().default(20),`,
    }),
    parameterExample({
      name: 'a default that the spec does not name',
      parameter: `
name: limit
schema: { type: integer }`,
      code: `
limit: z.coerce.number().int().default(20),`,
    }),
    {
      name: 'read in several ways, and nothing in its place',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: limit, schema: { type: integer, default: 50 } }
        - { in: query, name: from, schema: { type: string, default: FRA } }
        - { in: query, name: page, schema: { type: integer, default: 1 } }
        - { in: query, name: order, schema: { type: string, default: asc } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const limit = req.query.from ? req.query.limit ?? 1000 : req.query.limit ?? 50;
  const from = req.query.from || '';
  const page = Number(req.query.page) ?? 7;
  const order = (req.query.order || 'ASC').toLowerCase();
  search(limit, from, page, order);
  res.status(204).end();
});
app.listen(3000);
`,
    },
    {
      name: 'the query goes on as a whole',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: limit, schema: { type: integer, default: 50 } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
import { search } from 'flights';
const app = express();
app.get('/flights', (req, res) => {
  log(req.query.limit || 100);
  search(req.query);
  res.status(204).end();
});
app.listen(3000);
`,
    },
  ],
  invalid: [
    parameterExample({
      name: 'the default of a schema',
      parameter: `
name: limit
schema: { type: integer, default: 50 }`,
      code: `
limit: z.coerce.number().int().default(20),
     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-default`,
    }),
    {
      name: 'what stands behind operators',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: limit, schema: { type: integer, default: 50 } }
        - { in: query, name: page, schema: { type: integer, default: 1 } }
        - { in: query, name: order, schema: { type: string, default: asc } }
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const { order = 'desc' } = req.query;
        //^^^^^ http/parameter-default
  const limit = parseInt(req.query.limit as string, 10) || 100;
                                 //^^^^^ http/parameter-default
  const page = req.query.page ?? 2;
                       //^^^^ http/parameter-default
  search(limit, page, order);
  res.status(204).end();
});
app.listen(3000);
`,
    },
    {
      name: 'a pipe, and a parameter of a method',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { in: query, name: limit, schema: { type: integer, default: 50 } }
        - { in: query, name: order, schema: { type: string, default: asc } }
      responses: { '200': { description: found } }
//- main.ts
import { Controller, DefaultValuePipe, Get, Module, ParseIntPipe, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Get() list(
    @Query('limit', new DefaultValuePipe(20), ParseIntPipe) limit: number,
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-default
    @Query('order') order: string = 'desc',
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/parameter-default
  ): void { void limit; void order; }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
