/** A specification with a fault of syntax: where it says what the server does, nothing is found, wherever the fault is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { findingsOf } from '../support/check.ts';

const paths = `/teas/{id}:
  parameters:
    - { name: id, in: path, required: true, schema: { type: string } }
  get:
    summary: 'one tea'
    parameters:
      - name: cup
        in: query
        schema: { type: string }
    responses:
      '200':
        description: it's here
        content:
          application/json:
            schema: { $ref: 'openapi.yaml#/components/schemas/Tea' }
      '404': { description: 'none' }
  put:
    requestBody:
      content:
        application/json:
          schema: { $ref: 'openapi.yaml#/components/schemas/Tea' }
    responses:
      '204': { description: "done" }
      '400': { $ref: 'openapi.yaml#/components/responses/Bad' }
/cups:
  get:
    responses:
      '200': { description: cups }
`;

const head = `openapi: 3.0.3
info: { title: teas, version: '1' }
`;

const components = `components:
  responses:
    Bad: { description: 'no' }
  schemas:
    Tea:
      type: object
      properties:
        name:
          type: string
        size: { type: integer }
`;

const app = `import express from 'express';
const app = express();
app.use(express.json());
app.get('/teas/:id', (req, res) => {
  if (req.query.cup === undefined) return res.status(404).json();
  res.json({ name: 'a', size: 1 });
});
app.put('/teas/:id', (req, res) => {
  const { name, size } = req.body;
  if (name === size) return res.status(400).json();
  res.status(204).end();
});
app.get('/cups', (req, res) => res.json([]));
app.listen(80);
`;

const whole = `${head}paths:\n${paths.replace(/^(?=.)/gm, '  ')}${components}`;
const base = { 'package.json': '{ "dependencies": { "express": "4.21.0" } }', 'app.ts': app };

type Files = Readonly<Record<string, string>>;

function found(files: Files): readonly string[] {
  const texts = Object.entries({ ...base, ...files }).map(([name, text]) => [fileId(name), text] as const);
  return findingsOf({ files: new Map(texts), expected: [] }).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

function hasFault(name: string, text: string): boolean {
  const { problems } = readDocument(fileId(name), text);
  return problems.some(({ code }) => /-syntax$|complex-key$/.test(code));
}

/** Every text gives nothing, as far as there is a fault in it; and many of them have one. */
function check(name: string, texts: Iterable<string>, beside: Files = {}): void {
  assert.deepEqual(found({ ...beside, [name]: [...texts][0] ?? '' }), [], 'nothing is wrong without a fault');
  let faults = 0;
  for (const text of texts) {
    if (!hasFault(name, text)) continue;
    faults += 1;
    assert.deepEqual(found({ ...beside, [name]: text }), [], text);
  }
  assert.ok(faults > 40, String(faults));
}

const typed = [`x-note: 'half`, 'x-note: "', 'tags: [a, b', 'x-note: { a', 'ge', "- 'a", 'x: y: z'];

/** Unfinished lines above each line, indented as that and as the one before; and the beginnings of each line itself. */
function* broken(text: string): Generator<string> {
  yield text;
  const lines = text.split('\n');
  const indents = lines.map((line) => /^ */.exec(line)?.[0] ?? '');
  for (const [at, line] of lines.entries()) {
    const before = lines.slice(0, at);
    for (const indent of new Set([indents[at - 1] ?? '', indents[at] ?? '']))
      for (const each of typed) yield [...before, indent + each, ...lines.slice(at)].join('\n');
    for (let end = line.length - 1; end > 0; end -= 7)
      yield [...before, line.slice(0, end), ...lines.slice(at + 1)].join('\n');
  }
}

test('an unfinished line in YAML', () => check('openapi.yaml', [...broken(whole)]));

test('an unfinished line in a file of its own', () => {
  check('paths.yaml', [...broken(paths)], {
    'openapi.yaml': `${head}paths: { $ref: paths.yaml }\n${components}`,
  });
});

test('an unfinished text, and a bracket too few or too many, in JSON', () => {
  const text = JSON.stringify(parse(whole.replaceAll('openapi.yaml#', '#')), null, 1);
  const texts = [text];
  for (const { index } of text.matchAll(/[{}[\]",:]/g))
    texts.push(text.slice(0, index) + text.slice(index + 1), text.slice(0, index + 1) + text.slice(index));
  check('openapi.json', texts);
});
