/** Examples of rules about bodies: one operation, its schema and its code. */

import type { Example } from '../define-rule.ts';

/** Lines of a schema and of code, with the markers between them. */
export interface BodyExample {
  readonly name: string;
  /** Lines of YAML under `schema:`. */
  readonly schema: string;
  readonly code: string;
  /** A line of markers below that in which the body is read. */
  readonly read?: string;
}

function indented(text: string, spaces: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? line : ' '.repeat(spaces) + line))
    .join('\n');
}

/** A `POST /flights` whose body a zod object checks: `code` are the lines of the object. */
export function requestExample({ name, schema, code, read = '' }: BodyExample): Example {
  return {
    name,
    files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
${indented(schema, 14)}
      responses: { '204': { description: added } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const Flight = z.object({
${indented(code, 2)}
});
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  save(Flight.parse(req.body));
${read === '' ? '' : `${read.replace(/^\n/, '')}\n`}  res.status(204).end();
});
app.listen(3000);
`,
  };
}

/** A `GET` whose 200 has `beside` beside its description; `code` are the lines of the handler. */
function answerExample(
  name: string,
  { path, described, beside }: { readonly path: string; readonly described: string; readonly beside: string },
  handler: string,
  code: string,
): Example {
  return {
    name,
    files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  ${path}:
    get:
      responses:
        '200':
          description: ${described}
${beside}
//- app.ts
import express from 'express';
const app = express();
app.get('${path}', ${handler} => {
${indented(code, 2)}
});
app.listen(3000);
`,
  };
}

/** A `GET /flight` that answers with what `code` hands to \`res.json\`: its lines are the handler. */
export function responseExample({ name, schema, code }: BodyExample): Example {
  const content = `
content:
  application/json:
    schema:
${indented(schema, 6)}`;
  const answer = { path: '/flight', described: 'the next flight', beside: indented(content, 10) };
  return answerExample(name, answer, 'async (req, res)', code);
}

/** Headers of the 200 of `GET /flights`. */
export interface HeaderExample {
  readonly name: string;
  /** Lines of YAML: `headers:` and what is in it. */
  readonly headers: string;
  readonly code: string;
}

export function headerExample({ name, headers, code }: HeaderExample): Example {
  const answer = { path: '/flights', described: 'all flights', beside: indented(headers, 10) };
  return answerExample(name, answer, '(req, res)', code);
}

/** A parameter of `GET /flights` in the spec, and a zod object that checks the query. */
export interface ParameterExample {
  readonly name: string;
  /** Lines of YAML: the parameter object. */
  readonly parameter: string;
  readonly code: string;
}

export function parameterExample({ name, parameter, code }: ParameterExample): Example {
  return {
    name,
    files: `
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters:
        - in: query
${indented(parameter, 10)}
      responses: { '204': { description: found } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const Query = z.object({
${indented(code, 2)}
});
const app = express();
app.get('/flights', (req, res) => {
  search(Query.parse(req.query));
  res.status(204).end();
});
app.listen(3000);
`,
  };
}
