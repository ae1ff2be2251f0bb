import type { OperationName } from '../../../contract/finding.ts';
import type { Collection } from '../../../contract/knowledge.ts';
import type { Body } from '../../../contract/operation.ts';
import { defineRule } from '../../define-rule.ts';
import { documentsType, isKnownType } from '../../http/media-types.ts';
import { label, labels, listed, operationName, pileAt } from '../../http/names.ts';

interface State {
  readonly operation: OperationName;
  /** Undefined for the request. */
  readonly status?: string;
  readonly code: readonly string[];
  readonly spec: readonly string[];
}

/** The code's bodies whose media types have no place in the spec; empty if one side does not know its types. */
function strangers(spec: Collection<Body>, code: Collection<Body>): readonly Body[] {
  if (!spec.complete || spec.items.length === 0 || !spec.items.every(isKnownType)) return [];
  return code.items.filter(
    (body) =>
      isKnownType(body) &&
      ![body.mediaType, ...(body.alike ?? [])].some((type) =>
        spec.items.some(({ mediaType }) => documentsType(mediaType, type)),
      ),
  );
}

function types(bodies: readonly Body[]): readonly string[] {
  return [...new Set(bodies.map(({ mediaType }) => mediaType))];
}

export const mediaType = defineRule({
  id: 'http/media-type',
  title: 'Spec and code speak of different media types',
  docs: `A client that was promised JSON parses what it gets as JSON. It fails on a stream, a page or a plain "Not Found";
and a server that parses forms only finds nothing in a JSON body.

Types that document each other (\`application/problem+json\` and \`application/json\`, ranges such as \`text/*\`) agree.
Where the code does not say which type it sends, nothing is claimed. Bodies of errors are \`info\`.`,
  severity: 'warning',
  axis: { subject: 'media-type', drift: 'different' },
  on: 'matched',
  *detect({ spec, code }) {
    const operation = operationName(spec);
    // Who may take other types too does not refuse what the spec promises.
    const asked = code.bodies.complete ? strangers(spec.bodies, code.bodies) : [];
    const [body] = asked;
    // A server that takes more than it promises refuses nobody.
    if (body && asked.length === code.bodies.items.length) {
      yield {
        at: body.at,
        state: { operation, code: types(asked), spec: types(spec.bodies.items) },
        operation,
        related: [{ at: spec.bodies.items[0]?.at ?? spec.at, note: 'the request body in the spec' }],
        evidence: body.evidence,
        pile: pileAt(body.at, `request ${types(asked).join()}`),
      };
    }
    for (const output of code.outputs.items) {
      const documented = spec.outputs.items.find(({ status }) => status === output.status);
      const sent = documented ? strangers(documented.bodies, output.bodies) : [];
      const [first] = sent;
      if (!documented || !first) continue;
      yield {
        at: first.at,
        state: { operation, status: output.status, code: types(sent), spec: types(documented.bodies.items) },
        operation,
        related: [{ at: documented.at, note: 'the response in the spec' }],
        evidence: first.evidence,
        pile: pileAt(first.at, `${output.status} ${types(sent).join()}`),
        ...(/^[45]/.test(output.status) && { severity: 'info' as const }),
      };
    }
  },
  message: ({ operation, status, code, spec }: State) =>
    status === undefined
      ? `${label(operation)} expects ${listed(code)} in the request; the spec has ${listed(spec)}.`
      : `${label(operation)} sends ${listed(code)} with ${status}; the spec has ${listed(spec)}.`,
  messageOfMany: (_, states) => {
    const [first] = states;
    const what = first?.status === undefined ? 'expect' : 'send';
    return `${states.length} operations ${what} ${listed(first?.code ?? [])} here; the spec has ${listed(first?.spec ?? [])}: ${listed(labels(states.map(({ operation }) => operation)))}.`;
  },
  valid: [
    {
      name: 'a form, which Nest parses like JSON',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [gate], properties: { gate: { type: string } } }
      responses: { '201': { description: added } }
//- main.ts
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller('flights')
class FlightsController {
  @Post() add(@Body('gate') gate: string) { void gate; }
}
@Module({ controllers: [FlightsController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
    },
    {
      name: 'a form, beside what another parser takes',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded: { schema: { type: object, properties: { gate: { type: string } } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { readForm } from 'some-forms';
const app = express();
app.use(express.json());
app.use(readForm());
app.post('/flights', (req, res) => { res.status(201).json({ gate: req.body.gate }); });
app.listen(3000);
`,
    },
    {
      name: 'JSON of another name',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200':
          description: all flights
          content: { application/hal+json: { schema: { type: object } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.json({}); });
app.listen(3000);
`,
    },
    {
      name: 'a range',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200':
          description: all flights
          content: { 'text/*': { schema: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => { res.type('text/csv').send('LH400'); });
app.listen(3000);
`,
    },
    {
      name: 'a form with files, of which JSON has the same fields',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /board:
    put:
      requestBody:
        content:
          application/json: { schema: { type: object, properties: { url: { type: string } } } }
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
  ],
  invalid: [
    {
      name: 'a form, where only JSON is parsed',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded: { schema: { type: object, properties: { gate: { type: string } } } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => { res.status(201).json({ gate: req.body.gate }); });
                                                                    //^^^^ http/media-type
app.listen(3000);
`,
    },
    {
      name: 'a file that the spec sends as JSON',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /board:
    put:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: shown } }
//- app.ts
import express from 'express';
import multer from 'multer';
const app = express();
app.put('/board', multer().single('board'), (req, res) => { keep(req.file.buffer); res.status(204).end(); });
                //^^^^^^^^^^^^^^^^^^^^^^^ http/media-type
app.listen(3000);
`,
    },
    {
      name: 'a table instead of JSON',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      responses:
        '200':
          description: all flights
          content: { application/json: { schema: { type: array, items: {} } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  res.type('text/csv').send('LH400');
                     //^^^^ http/media-type
});
app.listen(3000);
`,
    },
    {
      name: 'JSON instead of a page',
      files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /board:
    get:
      responses:
        '200':
          description: the board
          content: { text/html: { schema: { type: string } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/board', (req, res) => {
  res.json({ arrivals: [] });
    //^^^^ http/media-type
});
app.listen(3000);
`,
    },
  ],
});
