/** What is offered while somebody types, and what a document is after one of it was taken. `$0` is the caret. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completions } from '../../../server/src/lsp/features/completion/complete.ts';
import { codeCompletions } from '../../../server/src/lsp/features/completion/in-code.ts';
import { withoutStops, type Completion } from '../../../server/src/lsp/features/completion/item.ts';
import { scene } from './support/scene.ts';

interface Typing {
  readonly text: string;
  readonly items: readonly Completion[];
}

function typing(source: string): Typing {
  const { index, file, offset } = scene(source);
  const text = index.ready.textOf(file) ?? '';
  const found = completions(index, { file, text, offset, before: offset }) ?? [];
  return { text, items: [...found].sort((a, b) => a.rank - b.rank) };
}

function labels(source: string, kind?: Completion['kind']): readonly string[] {
  return typing(source)
    .items.filter((item) => kind === undefined || item.kind === kind)
    .map(({ label }) => label);
}

function codeLabels(source: string): readonly string[] {
  const { index, file, offset } = scene(source);
  const text = index.ready.textOf(file) ?? '';
  const found = codeCompletions(index, { file, text, offset, before: offset }) ?? [];
  return [...found].sort((a, b) => a.rank - b.rank).map(({ label }) => label);
}

/** The text of the caret's file with an item taken. */
function taken(source: string, label: string): string {
  const { text, items } = typing(source);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `${label} is not offered, but ${items.map((each) => each.label).join(', ')}`);
  const edits = [{ start: item.start, end: item.end, text: withoutStops(item.insert) }, ...item.also];
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, text: written }) => result.slice(0, start) + written + result.slice(end),
      text,
    );
}

const head = `//- openapi.yaml
openapi: 3.1.0
info: { title: T, version: '1' }
`;

const operation = (inside: string): string => `${head}paths:
  /teas/{teaId}:
    get:
${inside.replace(/^(?=.)/gm, '      ')}
`;

test('keys that are required come first, those that are there are left out', () => {
  const found = labels('//- openapi.yaml\nopenapi: 3.1.0\n$0\n', 'key');
  assert.equal(found[0], 'info');
  assert.ok(found.includes('webhooks'));
  assert.ok(!found.includes('openapi') && !found.includes('swagger'));
});

test('versions have the keys that they have', () => {
  const inRoot = (first: string): readonly string[] => labels(`//- a.yaml\n${first}\ninfo: {}\n$0\n`, 'key');
  assert.ok(inRoot("swagger: '2.0'").includes('definitions'));
  assert.ok(!inRoot('openapi: 3.0.3').includes('webhooks'));
  assert.ok(inRoot('openapi: 3.2.0').includes('$self'));
  assert.ok(!inRoot('openapi: 3.1.0').includes('$self'));
});

test('a key brings what is written behind it, in the right place', () => {
  assert.match(
    taken(operation('res$0'), 'responses'),
    /\n {6}responses:\n {8}'200':\n {10}description: OK\n {10}content:\n {12}application\/json:\n {14}schema:\n {16}type: object\n/,
  );
});

test('a caret in the wrong column writes into the right one', () => {
  assert.match(
    taken(`${head}paths:\n  /a:\n    get:\n      summary: x\n     $0\n`, 'operationId'),
    /\n {6}summary: x\n {6}operationId: \n/,
  );
});

test('the value of a key with a few values', () => {
  assert.deepEqual(labels(operation('parameters:\n  - name: a\n    in: $0')), [
    'query',
    'path',
    'header',
    'cookie',
  ]);
  assert.deepEqual(labels(operation('deprecated: $0')), ['true', 'false']);
  assert.deepEqual(
    labels(`${head}components:\n  schemas:\n    A:\n      type: integer\n      format: $0\n`),
    ['int32', 'int64'],
  );
});

test('keywords of schemas fit their type', () => {
  const found = labels(`${head}components:\n  schemas:\n    A:\n      type: string\n      $0\n`, 'key');
  assert.ok(found.includes('minLength') && !found.includes('minItems') && !found.includes('properties'));
});

test('a security scheme needs what its type needs', () => {
  const found = labels(
    `${head}components:\n  securitySchemes:\n    A:\n      type: apiKey\n      $0\n`,
    'key',
  );
  assert.deepEqual(found.slice(0, 2), ['name', 'in']);
  assert.ok(!found.includes('flows'));
});

const components = `components:
  schemas:
    Tea: { type: object, properties: { name: { type: string }, origin: { type: string } } }
    Pot~Lid/2: { type: string }
  parameters:
    TeaId: { name: teaId, in: path, required: true, schema: { type: string } }
  responses:
    NotFound: { description: none }
  securitySchemes:
    token: { type: oauth2, flows: { clientCredentials: { tokenUrl: /t, scopes: { 'read:tea': Reads, 'write:tea': Writes } } } }
tags:
  - name: teas
`;

test('references lead to components of the right kind', () => {
  const at = (place: string): readonly string[] => labels(`${operation(place)}${components}`, 'reference');
  assert.deepEqual(
    at(
      `responses:\n  '200':\n    description: x\n    content:\n      application/json:\n        schema:\n          $ref: '$0'`,
    ),
    ['#/components/schemas/Tea', '#/components/schemas/Pot~0Lid~12'],
  );
  assert.deepEqual(at(`responses:\n  '404':\n    $ref: '$0'`), ['#/components/responses/NotFound']);
  assert.deepEqual(at(`parameters:\n  - $ref: $0`), ['#/components/parameters/TeaId']);
});

test('a reference is quoted as it has to be', () => {
  assert.match(
    taken(`${operation('parameters:\n  - $ref: $0')}${components}`, '#/components/parameters/TeaId'),
    /\$ref: ['"]#\/components\/parameters\/TeaId['"]\n/,
  );
  assert.match(
    taken(`${operation(`parameters:\n  - $ref: '#/c$0'`)}${components}`, '#/components/parameters/TeaId'),
    /\$ref: '#\/components\/parameters\/TeaId'\n/,
  );
});

test('a component by its name is a whole reference', () => {
  assert.match(
    taken(`${operation('parameters:\n  - Te$0')}${components}`, 'TeaId'),
    /- \$ref: ["']#\/components\/parameters\/TeaId["']\n/,
  );
});

test('tags, security schemes, scopes', () => {
  assert.deepEqual(labels(`${operation('tags:\n  - $0')}${components}`), ['teas']);
  assert.deepEqual(labels(`${operation('tags: [$0]')}${components}`), ['teas']);
  assert.deepEqual(labels(`${operation('security:\n  - $0')}${components}`), ['token']);
  assert.deepEqual(labels(`${operation('security:\n  - token: [read:tea, $0]')}${components}`), [
    'write:tea',
  ]);
});

test('statuses with what they mean', () => {
  const source = operation(`responses:\n  '200': { description: x }\n  $0`);
  const found = labels(source);
  assert.ok(
    found.includes('404') && found.includes('4XX') && found.includes('default') && !found.includes('200'),
  );
  assert.match(taken(source, '404'), /\n {8}["']404["']:\n {10}description: Not Found\n {10}content:\n/);
  assert.match(taken(source, '204'), /\n {8}["']204["']:\n {10}description: No Content\n/);
});

test('media types', () => {
  assert.ok(labels(operation(`requestBody:\n  content:\n    $0`)).includes('multipart/form-data'));
});

test('names of properties that may be required', () => {
  const source = `${head}components:\n  schemas:\n    A:\n      type: object\n      required: [b, $0]\n      properties:\n        a: { type: string }\n        b: { type: string }\n`;
  assert.deepEqual(labels(source), ['a']);
});

test('names of properties of alternatives, for a discriminator', () => {
  const source = `${head}components:\n  schemas:\n    A:\n      oneOf:\n        - $ref: '#/components/schemas/Tea'\n      discriminator:\n        propertyName: $0\n    Tea: { properties: { kind: { type: string } } }\n`;
  assert.deepEqual(labels(source), ['kind']);
});

test('parameters of the path that are not declared', () => {
  assert.deepEqual(labels(operation('parameters:\n  - $0'), 'route'), ['teaId']);
  assert.match(
    taken(operation('parameters:\n  - $0'), 'teaId'),
    /- name: teaId\n {10}in: path\n {10}required: true\n {10}schema:\n {12}type: string\n/,
  );
  assert.deepEqual(labels(operation('parameters:\n  - { name: teaId, in: path }\n  - $0'), 'route'), []);
  assert.deepEqual(labels(operation('parameters:\n  - in: path\n    name: $0')), ['teaId']);
});

test('fragments are what their referrers take them for', () => {
  const files = `//- openapi.yaml
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a: { $ref: 'paths/a.yaml' }
components:
  schemas:
    Tea: { $ref: 'schemas.yaml#/Tea' }
//- paths/a.yaml
get:
  responses:
    '200':
      description: x
      content:
        application/json:
          schema: { $ref: '../schemas.yaml#/Pot' }
//- schemas.yaml
Tea:
  type: object
Pot:
  type: string
`;
  assert.ok(labels(files.replace('get:\n  resp', 'get:\n  $0\n  resp'), 'key').includes('operationId'));
  assert.ok(labels(files.replace('  type: string\n', '  type: string\n  $0\n'), 'key').includes('maxLength'));
  assert.ok(labels(`${files}Cup:\n  $0\n`, 'key').includes('allOf'));
  assert.deepEqual(labels(files.replace('../schemas.yaml#/Pot', '$0'), 'reference'), [
    '../openapi.yaml#/components/schemas/Tea',
    '../schemas.yaml#/Tea',
    '../schemas.yaml#/Pot',
  ]);
});

const server = `//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.get('/teas/:teaId', function findTea(req, res) {
  if (!req.query.milk) { res.status(418).end(); return; }
  res.json({ id: req.params.teaId });
});
app.post('/teas', function makeTea(req, res) {
  const name: string = req.body.name;
  res.status(201).json({ name });
});
app.delete('/teas/:teaId', function dropTea(req, res) { res.status(204).end(); });
app.listen(3000);
`;

test('paths that only the code has, with all that it says', () => {
  const source = `${head}paths:\n  /teas/{teaId}:\n    get:\n      responses: { '200': { description: x } }\n  $0\n${server}`;
  assert.deepEqual(labels(source, 'route'), ['/teas']);
  assert.match(
    taken(source, '/teas'),
    /\n {2}\/teas:\n {4}post:\n {6}requestBody:\n[^]*application\/json:\n[^]*name:[^]*'201':\n {10}description: Created/,
  );
});

test('methods that only the code has', () => {
  const source = `${head}paths:\n  /teas/{teaId}:\n    get:\n      responses: { '200': { description: x } }\n    $0\n  /teas:\n    post:\n      responses: {}\n${server}`;
  assert.equal(labels(source, 'route')[0], 'delete');
  assert.match(taken(source, 'delete'), /\n {4}delete:\n[^]*name: teaId\n {10}in: path[^]*'204':\n/);
});

test('all that the handler of an operation takes and answers, beside what is there', () => {
  const source = (inside: string): string =>
    `${head}paths:\n  /teas:\n    post:\n      ${inside}\n  /teas/{teaId}:\n    get:\n      responses: {}\n    delete:\n      $1\ncomponents:\n  schemas:\n    Tea: { type: object, required: [name], properties: { name: { type: string } } }\n${server}`;
  assert.deepEqual(labels(source('$0'), 'route'), ['makeTea …']);
  assert.match(
    taken(source('$0'), 'makeTea …'),
    /\n {4}post:\n {6}requestBody:\n {8}content:\n[^]*\n {6}responses:\n {8}'201':\n {10}description: Created\n/,
  );
  const beside = taken(source('operationId: brew\n      $0'), 'makeTea …');
  assert.match(beside, /post:\n {6}operationId: brew\n {6}requestBody:\n/);
  assert.deepEqual(labels(source('responses: {}\n      $0'), 'route'), []);
});

test('a reference to a file that is called as those beside it, and is not there yet', () => {
  const source = `${head}paths:
  /teas:
    $ref: './paths/teas.yaml'
  /tea-pots/{id}:
    $ref: '$0'
components:
  schemas:
    Tea: { $ref: schemas/Tea.yaml }
    Pot: { $ref: $1 }
//- paths/teas.yaml
get: { responses: { '200': { description: teas } } }
//- schemas/Tea.yaml
type: object
`;
  const at = (mark: number): string =>
    source
      .replace(`$${mark}`, '$here')
      .replace(/\$[01]/, '')
      .replace('$here', '$0');
  assert.deepEqual(labels(at(0), 'reference').slice(0, 1), ['./paths/tea-pots-id.yaml']);
  assert.deepEqual(labels(at(1), 'reference').slice(0, 1), ['schemas/Pot.yaml']);
});

test('answers and parameters that the handler has', () => {
  const source = (place: string): string =>
    `${operation(place)}  /teas:\n    post:\n      responses: {}\n${server}`;
  assert.deepEqual(labels(source(`responses:\n  '200': { description: x }\n  $0`)).slice(0, 1), ['418']);
  assert.deepEqual(labels(source('parameters:\n  - $0\nresponses: {}'), 'route'), ['teaId', 'milk']);
  assert.deepEqual(labels(source('operationId: $0\nresponses: {}')), ['findTea', 'getTea']);
});

test('properties that the code has', () => {
  const source = `${head}paths:\n  /teas:\n    post:\n      requestBody:\n        content:\n          application/json:\n            schema:\n              type: object\n              properties:\n                $0\n      responses: {}\n${server}`;
  assert.deepEqual(labels(source), ['name']);
});

test('JSON: keys, commas and values', () => {
  const source = (inside: string): string =>
    `//- openapi.json\n{\n  "openapi": "3.0.3",\n  "info": { "title": "T", "version": "1" }${inside}\n}\n`;
  assert.ok(labels(source(',\n  "$0"'), 'key').includes('paths'));
  assert.match(taken(source('\n  "$0"'), 'paths'), /"version": "1" \},\n {2}"paths": \{\n {4}\n {2}\}/);
  assert.match(taken(source(',\n  "pa$0": {}'), 'paths'), /\n {2}"paths": \{\}\n/);
  assert.deepEqual(labels(source(',\n  "paths": { "/a": { "get": { "deprecated": $0 } } }')), [
    'true',
    'false',
  ]);
  assert.match(
    taken(
      source(',\n  "paths": {\n    "/a": {\n      "get": {\n        "res$0"\n      }\n    }\n  }'),
      'responses',
    ),
    /\n {8}"responses": \{\n {10}"200": \{\n {12}"description": /,
  );
});

const unserved = `//- openapi.yaml
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /api/teas:
    get: { responses: { '200': { description: x }, '418': { description: y } } }
  /api/teas/{teaId}:
    get: { summary: One tea, responses: { '200': { description: x } } }
    delete: { responses: { '204': { description: x } } }
  /health:
    get: { responses: { '200': { description: x } } }
`;

test('in code: paths of operations that nothing serves yet, as the router sees them', () => {
  const files = (typed: string): string => `${unserved}//- app.js
import express from 'express';
const app = express();
const teas = express.Router();
app.use('/api', teas);
teas.get('/teas', (req, res) => { res.json([]); });
${typed}
app.listen(3000);
`;
  assert.deepEqual(codeLabels(files(`teas.get('$0')`)), ['/teas/:teaId']);
  assert.deepEqual(codeLabels(files(`teas.delete('/te$0')`)), ['/teas/:teaId']);
  assert.deepEqual(codeLabels(files(`teas.post('$0')`)), []);
  assert.deepEqual(codeLabels(files(`console.log('$0')`)), []);
});

test('in code: statuses that the contract has for the handler', () => {
  const files = (typed: string): string => `${unserved}//- app.js
import express from 'express';
const app = express();
app.get('/api/teas', (req, res) => { if (req.query.a) return res.status(${typed}).end(); res.json([]); });
app.listen(3000);
`;
  assert.deepEqual(codeLabels(files('4$0')), ['418', '200']);
});

test('a document that is begun', () => {
  assert.deepEqual(labels('//- openapi.yaml\n$0'), [
    'OpenAPI 3.1',
    'OpenAPI 3.2',
    'OpenAPI 3.0',
    'OpenAPI 2.0',
  ]);
  assert.deepEqual(labels('//- other.yaml\n$0'), []);
  assert.deepEqual(labels('//- other.yaml\nope$0').length, 4);
  assert.deepEqual(labels('//- other.yaml\nname: $0'), []);
});

test('nothing in comments, block scalars and free texts', () => {
  assert.deepEqual(labels(operation('# $0')), []);
  assert.deepEqual(labels(operation('description: |\n  a\n  $0')), []);
  assert.deepEqual(labels(operation('summary: $0')), []);
});
