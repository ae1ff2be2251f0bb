import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { fieldsOf } from '../../http/fields.ts';
import { label, labels, listed, operationName, pileAt } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  readonly fields: readonly string[];
}

/** A body of theirs has no meaning (RFC 9110 section 9.3.1), so code that looks at one does so for other methods. */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export const undocumentedBody = defineRule({
  id: 'http/undocumented-body',
  title: 'The code reads a request body that the spec does not have',
  docs: `A client generated from the spec cannot send it, so whatever the code does with the body never happens, or the
request is refused for a reason that the contract does not know.

Silent about \`GET\` and \`HEAD\`, whose bodies mean nothing. Needs the spec's operation to be read completely; a body behind a dangling \`$ref\` keeps it silent.`,
  severity: 'warning',
  axis: { subject: 'body', drift: 'undocumented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!spec.bodies.complete || spec.bodies.items.length > 0 || bodiless.has(spec.key.method)) return;
    const [first] = code.bodies.items;
    if (!first) return;
    const operation = operationName(spec);
    yield {
      at: first.at,
      state: {
        operation,
        fields: [...new Set(code.bodies.items.flatMap(({ shape }) => Object.keys(fieldsOf(shape) ?? {})))],
      },
      operation,
      related: [
        { at: spec.at, note: 'documented here without a request body' },
        { at: code.at, note: 'the route that reads it' },
      ],
      evidence: first.evidence,
      pile: pileAt(first.at, 'request body'),
    };
  },
  message: ({ operation, fields }: State) =>
    `${label(operation)} reads a request body${fields.length > 0 ? ` (${listed(fields)})` : ''}, which the spec does not have.`,
  messageOfMany: (_, states) =>
    `${states.length} operations read a request body here, which the spec does not have for them: ${listed(labels(states.map(({ operation }) => operation)))}.`,
  valid: [
    {
      name: 'a documented body',
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
app.post('/flights', (req, res) => { res.status(201).json({ code: req.body.code }); });
app.listen(3000);
`,
    },
    {
      name: 'a body parser alone reads nothing',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    delete:
      responses: { '204': { description: all gone } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.delete('/flights', (req, res) => { res.sendStatus(204); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'properties of a body',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights/{id}:
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: changed } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.put('/flights/:id', (req, res) => {
  res.json({ gate: req.body.gate });
                     //^^^^ http/undocumented-body
});
app.listen(3000);
`,
    },
    {
      name: 'a decorated parameter',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    delete:
      responses: { '200': { description: all gone } }
//- main.ts
import { Body, Controller, Delete, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
class Removal { keepSeats!: boolean; }
@Controller('flights')
class FlightsController {
  @Delete() clear(@Body() removal: Removal) { return removal; }
                 //^^^^^^ http/undocumented-body
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
  ],
});
