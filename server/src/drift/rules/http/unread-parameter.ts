import type { OperationName } from '../../../contract/finding.ts';
import { defineRule } from '../../define-rule.ts';
import { movedParameters } from '../../http/moved.ts';
import { label, operationName } from '../../http/names.ts';
import { isStub } from '../../http/statuses.ts';
import { isListed, keysOfReading, parameterKey } from '../../http/parameters.ts';

interface State {
  readonly operation: OperationName;
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  /** It is declared, and a validator takes it away. */
  readonly dropped: boolean;
}

export const unreadParameter = defineRule({
  id: 'http/unread-parameter',
  title: 'The spec lists a parameter that the code never reads',
  docs: `A client sets it and nothing happens: a filter that does not filter is worse than one that does not exist.
Either the code lost it, or it has a new name there (\`http/undocumented-parameter\` then shows that).

Claimed only if everything that touches the request was read: a handler that passes \`req.query\` on as a whole to code
that cannot be followed keeps it silent.

A \`ValidationPipe\` with \`whitelist\` takes properties away that have no decorator of class-validator, also where a class
declares them and the handler reads them: then the message says so.`,
  severity: 'warning',
  axis: { subject: 'parameter', drift: 'unimplemented' },
  on: 'matched',
  *detect({ spec, code }) {
    if (!code.inputs.complete || isStub(code)) return;
    const read = new Set(
      [...code.inputs.items, ...movedParameters(spec, code).map((moved) => moved.spec)].map(parameterKey),
    );
    for (const input of spec.inputs.items) {
      if (!isListed(input) || keysOfReading(input).some((key) => read.has(key))) continue;
      const operation = operationName(spec);
      const required = input.required.known && input.required.value;
      const dropped = code.dropped?.find((one) => parameterKey(one) === parameterKey(input));
      yield {
        at: input.at,
        state: { operation, in: input.in, name: input.name, required, dropped: dropped !== undefined },
        operation,
        related: [
          ...(dropped ? [{ at: dropped.at, note: 'no rule of the validation is on this property' }] : []),
          { at: code.origin.handler?.at ?? code.at, note: 'the handler' },
        ],
        evidence: input.evidence,
      };
    }
  },
  message: ({ operation, in: place, name, required, dropped }: State) => {
    const parameter = `the ${required ? 'required ' : ''}${place} parameter ${name}`;
    return dropped
      ? `${label(operation)} never sees ${parameter}: the validation takes it away, because its property has no rule.`
      : `${label(operation)} never reads ${parameter}.`;
  },
  valid: [
    {
      name: 'read by destructuring',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  const { from } = req.query;
  res.json([from]);
});
app.listen(3000);
`,
    },
    {
      name: 'the whole query goes to code that cannot be followed',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: from, in: query, schema: { type: string } }]
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
import { search } from 'flight-search';
const app = express();
app.get('/flights', (req, res) => { res.json(search(req.query)); });
app.listen(3000);
`,
    },
  ],
  invalid: [
    {
      name: 'a validation with a whitelist takes it away',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: from, in: query, schema: { type: string } }
        - { name: to, in: query, schema: { type: string } }
                 #^^ http/unread-parameter
      responses: { '200': { description: all flights } }
//- main.ts
import { Controller, Get, Module, Query, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsOptional, IsString } from 'class-validator';
class Search {
  @IsOptional() @IsString() from?: string;
  to?: string;
}
@Controller('flights')
class FlightsController {
  @Get() search(@Query() { from, to }: Search) { return [from, to]; }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  await app.listen(3000);
}
bootstrap();
`,
    },
    {
      name: 'nobody reads it',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: from, in: query, schema: { type: string } }
                 #^^^^ http/unread-parameter
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json([]); });
app.listen(3000);
`,
    },
    {
      name: 'it has another name in code',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - { name: requestedBy, in: query, schema: { type: string } }
                 #^^^^^^^^^^^ http/unread-parameter
      responses: { '200': { description: all flights } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  res.json([req.query.createdBy]);
                    //^^^^^^^^^ http/undocumented-parameter
});
app.listen(3000);
`,
    },
  ],
});
