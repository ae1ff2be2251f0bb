import type { OperationName } from '../../../contract/finding.ts';
import type { Body } from '../../../contract/operation.ts';
import { defineRule } from '../../define-rule.ts';
import { isRenamed, isWhole } from '../../http/differences.ts';
import { fieldsOf } from '../../http/fields.ts';
import { documentsType } from '../../http/media-types.ts';
import { label, labels, listed, operationName, pileAt, plural } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly fields: readonly string[];
}

/** What a spec says of a body: of its media type where that is the only one in which the code takes it. */
function promisesFor(body: Body, described: readonly Body[], isOnly: boolean): readonly Body[] {
  if (body.mediaType === '*') return described;
  const types = [body.mediaType, ...(body.alike ?? [])];
  const meant = described.filter(({ mediaType }) => types.some((type) => documentsType(mediaType, type)));
  // The same fields may come in another type too.
  if (!isOnly) return meant.length > 0 ? described : [];
  const exact = meant.filter(({ mediaType }) => mediaType === body.mediaType);
  return exact.length > 0 && !body.alike ? exact : meant;
}

export const undocumentedField = defineRule({
  id: 'http/undocumented-field',
  title: 'The code reads a field of the request body that the spec does not have',
  docs: `A client generated from the spec has no such field, so the code always finds it empty; a validator that enforces
the spec strips or rejects it.

Needs the spec's schema to list its properties (an object without any, a free-form map or a schema that could not be
resolved says nothing). Only the outermost fields are compared. Where the code takes the body in one media type only,
what the spec says of others does not count. Silent about properties that are hidden on purpose (\`@ApiHideProperty()\`).`,
  severity: 'warning',
  axis: { subject: 'field', drift: 'undocumented' },
  on: 'compared',
  *detect({ spec, code, refused }) {
    if (refused.some(isWhole)) return;
    const renamed = new Set(refused.filter(isRenamed).map((one) => one.code.name));
    if (!spec.bodies.complete || spec.bodies.items.length === 0) return;
    for (const body of code.bodies.items) {
      const read = fieldsOf(body.shape);
      const described = promisesFor(body, spec.bodies.items, code.bodies.complete).map(({ shape }) =>
        fieldsOf(shape),
      );
      if (!read || described.length === 0) continue;
      const documented = new Set<string>();
      for (const fields of described) for (const name of Object.keys(fields ?? {})) documented.add(name);
      if (described.some((fields) => !fields || Object.keys(fields).length === 0)) continue;
      const extra = Object.entries(read).filter(
        ([name, { accepted }]) => !accepted && !documented.has(name) && !renamed.has(name),
      );
      const [first] = extra;
      if (!first) continue;
      const operation = operationName(spec);
      yield {
        at: first[1].at,
        state: { operation, fields: extra.map(([name]) => name) },
        operation,
        related: [
          ...extra.slice(1).map(([name, { at }]) => ({ at, note: `${name} here` })),
          { at: spec.bodies.items[0]?.at ?? spec.at, note: 'the request body in the spec' },
          { at: code.at, note: 'the route that reads it' },
        ],
        evidence: body.evidence,
        pile: pileAt(first[1].at, extra.map(([name]) => name).join(' ')),
      };
      return;
    }
  },
  message: ({ operation, fields }: State) =>
    `${label(operation)} reads ${listed(fields, 8)} from the request body, which the spec does not have.`,
  messageOfMany: (_, states) => {
    const operations = labels(states.map(({ operation }) => operation));
    return `${plural(operations.length, 'operation')} read ${listed(states[0]?.fields ?? [], 8)} from the request body here, which the spec does not have for them: ${listed(operations)}.`;
  },
  valid: [
    {
      name: 'fields that must not be there',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { code: { type: string } } } } } }
      responses: { '200': { description: a flight } }
//- app.ts
import express from 'express';
const app = express();
const fixed = ['id', 'added'];
const refuseFixed = (body: object) => {
  for (const name of fixed) if (name in body) throw new Error(name);
};
app.post('/flights', (req, res) => {
  refuseFixed(req.body);
  res.json({ code: req.body.code });
});
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
      parameters:
        - { name: page, in: query, schema: { type: string } }
      responses: { '200': { description: found } }
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { code: { type: string } } }
      responses: { '201': { description: added } }
//- main.ts
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiHideProperty } from '@nestjs/swagger';
class Caller {
  @ApiHideProperty()
  sub?: string;
}
class Flight extends Caller {
  code?: string;
}
class Search extends Caller {
  page?: string;
}
@Controller('flights')
class FlightsController {
  @Get()
  find(@Query() search: Search): void {}
  @Post()
  add(@Body() flight: Flight): void {}
}
@Module({ controllers: [FlightsController] })
class AppModule {}
void NestFactory.create(AppModule);
`,
    },
    {
      name: 'every field is documented',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - { type: object, properties: { code: { type: string } } }
                - { type: object, properties: { gate: { type: string } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  const { code, gate } = req.body;
  res.status(201).json({ code, gate });
});
app.listen(3000);
`,
    },
    {
      name: 'JSON beside a form with files',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /board:
    put:
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, properties: { board: { type: string, format: binary } } }
          application/json:
            schema: { type: object, properties: { url: { type: string } } }
      responses: { '204': { description: shown } }
//- app.ts
import express from 'express';
import multer from 'multer';
const app = express();
app.use(express.json());
app.put('/board', multer().single('board'), (req, res) => {
  show(req.file?.path ?? req.body.url);
  res.status(204).end();
});
app.listen(3000);
`,
    },
    {
      name: 'a free-form object says nothing about fields',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => { res.status(201).json({ code: req.body.code }); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a field that only another media type has',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { code: { type: string } } }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { code: { type: string }, gate: { type: string } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  const code = req.body.code;
  const gate = req.body.gate;
                      //^^^^ http/undocumented-field
  res.status(201).json({ code, gate });
});
app.listen(3000);
`,
    },
    {
      name: 'a field more',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { code: { type: string } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  const code = req.body.code;
  const gate = req.body.gate;
                      //^^^^ http/undocumented-field
  res.status(201).json({ code, gate });
});
app.listen(3000);
`,
    },
    {
      name: 'a field more, by destructuring',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    put:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { code: { type: string } } }
      responses: { '200': { description: changed } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.put('/flights', (req, res) => {
  const { code, sender } = req.body;
              //^^^^^^ http/undocumented-field
  res.json({ code, sender });
});
app.listen(3000);
`,
    },
  ],
});
