/** Row 316: specifications that stand in comments of the code, as swagger-jsdoc gathers them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpecContract } from '../../server/src/contract/operation.ts';
import { formatPath } from '../../server/src/contract/path.ts';
import { readAnnotations } from '../../server/src/text/annotations.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { check } from '../support/check.ts';
import { parseFixture } from '../support/fixture.ts';
import { snapshotOf } from '../support/pipeline.ts';

/** `GET /users src/users.js:3`: where each operation is written. */
function operationsOf(source: string): readonly string[] {
  const { files } = parseFixture(source);
  const { specs, problems } = snapshotOf(files);
  const lineOf = (file: string, offset: number): number =>
    (files.get(file) ?? '').slice(0, offset).split('\n').length;
  return [
    ...specs.flatMap((spec) => [
      summaryOf(spec),
      ...spec.operations.items.map(
        ({ key, at }) => `${key.method} ${formatPath(key.path)} ${at.file}:${lineOf(at.file, at.start)}`,
      ),
    ]),
    ...problems.map(({ code, at }) => `${code} ${at.file}:${lineOf(at.file, at.start)}`),
  ];
}

function summaryOf({ file, title, version, bases, operations, files }: SpecContract): string {
  const whole = operations.complete ? '' : ' open';
  return `${file} "${title}" ${version} ${bases.map(formatPath).join(' ')}${whole} <- ${files.join(' ')}`;
}

test('a definition and the comments of files that patterns name are one specification', () => {
  const source = `
//- package.json
{ "name": "zoo", "dependencies": { "express": "^4.0.0", "swagger-jsdoc": "^6.0.0" } }
//- src/app.js
const express = require('express');
const app = express();
app.use('/v1/animals', require('./routes/animals'));
app.use('/docs', require('./docs'));
app.listen(3000);
//- src/docs.js
const swaggerJsdoc = require('swagger-jsdoc');
const swaggerUi = require('swagger-ui-express');
const definition = require('./definition');
const specs = swaggerJsdoc({ definition, apis: ['./src/routes/*.js', \`\${__dirname}/components.yaml\`] });
module.exports = [swaggerUi.serve, swaggerUi.setup(specs)];
//- src/definition.js
const { version } = require('../package.json');
const config = require('./config');
module.exports = {
  openapi: '3.0.3',
  info: { title: 'Zoo', version },
  servers: [{ url: \`http://localhost:\${config.port}/v1\` }],
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
};
//- src/config.js
module.exports = { port: process.env.PORT };
//- src/components.yaml
components:
  schemas:
    Animal: { type: object, required: [name], properties: { name: { type: string } } }
//- src/routes/animals.js
const express = require('express');
const router = express.Router();

/**
 * Lists them.
 *
 * @openapi
 * tags: { name: animals }
 * /animals:
 *   get:
 *     parameters:
 *       - { name: kind, in: query, schema: { type: string } }
 *     responses:
 *       200:
 *         description: all
 *         content:
 *           application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Animal' } } }
 * @see nothing
 */
router.get('/', (req, res) => { res.json(list(req.query.kind)); });

/**
 * @swagger
 * /animals:
 *   post:
 *     requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } }
 *     responses:
 *       200: { description: added }
 */
router.post('/', (req, res) => { res.status(201).json({ name: req.body.name }); });
                                          //^^^ http/success-status
router.delete('/:id', (req, res) => { res.status(204).end(); });
     //^^^^^^ http/undocumented-operation
module.exports = router;
`;
  assert.deepEqual(operationsOf(source), [
    'src/docs.js "Zoo" 3.0 /v1 / <- src/docs.js src/routes/animals.js src/components.yaml src/definition.js',
    'GET /animals src/routes/animals.js:10',
    'POST /animals src/routes/animals.js:25',
  ]);
  check(source);
});

test('the older way: paths at the top of comments, definitions beside them, no version', () => {
  const source = `
//- server.js
const app = require('express')();
require('swagger-jsdoc')({
  swaggerDefinition: { info: { title: 'Old', version: '1' }, basePath: '/api' },
  apis: ['./server.js', './models.js'],
});
/**
 * @swagger
 * /pets/{id}:
 *   get:
 *     produces: [application/json]
 *     parameters: [{ name: id, in: path, required: true, type: string }]
 *     responses: { 200: { description: one, schema: { $ref: '#/definitions/Pet' } } }
 */
app.get('/api/pets/:id', (req, res) => res.json({}));
/**
 * @swagger
 * /pets/{id}:
 *   delete:
 *     parameters: [{ name: id, in: path, required: true, type: string }]
 *     responses: { 204: { description: gone } }
 */
app.delete('/api/pets/:id', (req, res) => res.sendStatus(204));
app.listen(3000);
//- models.js
/**
 * @swagger
 * definitions:
 *   Pet: { type: object }
 */
module.exports = {};
`;
  assert.deepEqual(operationsOf(source), [
    'server.js "Old" 2.0 /api / <- server.js models.js',
    'GET /pets/{id} server.js:9',
    'DELETE /pets/{id} server.js:18',
  ]);
});

test('a definition can be a document, a type of program, or compiled; folders of output mean their sources', () => {
  const source = `
//- package.json
{ "name": "ts", "dependencies": { "express": "^4.0.0" } }
//- src/docs.ts
import fs from 'fs';
import path from 'path';
import YAML from 'yaml';
import swaggerJSDoc, { Options } from 'swagger-jsdoc';
const options: Options = {
  definition: YAML.parse(fs.readFileSync(path.join(__dirname, 'base.yaml'), 'utf8')),
  apis: [path.join(process.cwd(), 'dist', 'api/**/*.js'), './dist/models/*.js'],
};
export const document = swaggerJSDoc(options);
//- src/base.yaml
openapi: 3.0.0
info: { title: Typed, version: '1' }
servers: [{ url: /v2 }]
//- src/api/users.ts
import { Router } from 'express';
import { document } from '../docs.js';
export const users = Router();
/**
 * @openapi
 * paths:
 *   /users:
 *     get: { responses: { '200': { description: all } } }
 */
users.get('/v2/users', (req, res) => { res.json(document); });
`;
  assert.deepEqual(operationsOf(source), [
    'src/docs.ts "Typed" 3.0 /v2 / <- src/docs.ts src/api/users.ts src/base.yaml',
    'GET /users src/api/users.ts:8',
  ]);
});

test('where it cannot be told which comments are gathered, all of the package may be', () => {
  const source = `
//- package.json
{ "name": "some", "dependencies": { "express": "^4.0.0" } }
//- server.js
const app = require('express')();
const { globs, security } = require('elsewhere');
const docs = require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: {}, ...security }, apis: globs() });
/**
 * @openapi
 * /seen: { get: { responses: { 200: { $ref: '#/components/responses/Fine' } } } }
 */
app.get('/api/seen', (req, res) => res.json({}));
app.get('/api/unseen', (req, res) => res.json({}));
app.listen(3000);
`;
  assert.deepEqual(operationsOf(source), [
    'server.js "server.js" 3.0 / open <- server.js',
    'GET /seen server.js:6',
  ]);
  check(source);
});

test('comments that nothing was seen to gather are a specification of which little is known', () => {
  const source = `
//- package.json
{ "name": "cli", "scripts": { "docs": "swagger-jsdoc -d definition.js server.js" } }
//- server.js
const app = require('express')();
/**
 * @openapi
 * /seen: { get: { responses: { 200: { description: fine } } } }
 * /kept: { get: { responses: { 200: { description: fine } } } }
 * /gone: { get: { responses: { 200: { description: fine } } } }
           #^^^ http/unimplemented-operation
 */
app.get('/api/seen', (req, res) => res.json({}));
app.get('/api/kept', (req, res) => res.json({}));
app.get('/api/unseen', (req, res) => res.json({}));
app.listen(3000);
`;
  assert.deepEqual(operationsOf(source), [
    'server.js "server.js" 3.0 / open <- server.js',
    'GET /seen server.js:4',
    'GET /kept server.js:5',
    'GET /gone server.js:6',
  ]);
  check(source);
});

test('a fault in one comment is one problem with a place, and the others are kept', () => {
  const source = `
//- app.js
const app = require('express')();
require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: { title: 'Broken' } }, apis: ['app.js'] });
/**
 * @openapi
 * /good: { get: { responses: { 200: { description: fine } } } }
 */
/**
 * @openapi
 * /bad:
 *   get:
 *     summary: this: is: wrong
 *       and: [this too
 *     responses: { 200: { description: fine } }
 */
/**
 * @openapi
 * prose that means nothing
 */
`;
  const found = operationsOf(source);
  assert.ok(
    found.some((line) => line.startsWith('GET /good app.js:5')),
    found.join('\n'),
  );
  assert.equal(
    found.filter((line) => /^document\/.* app\.js:1[0-3]$/.test(line)).length,
    1,
    found.join('\n'),
  );
});

test('a committed output of the same comments is a copy of them', () => {
  const source = `
//- app.js
const app = require('express')();
const specs = require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: { title: 'Twice' } }, apis: ['app.js'] });
specs.servers = [{ url: 'https://once.example/v3' }];
require('fs').writeFileSync('swagger.json', JSON.stringify(specs));
/**
 * @openapi
 * /once: { get: { responses: { 200: { description: fine } } } }
 */
app.get('/v3/once', (req, res) => res.json({}));
//- swagger.json
{ "openapi": "3.0.0", "info": { "title": "Twice" }, "servers": [{ "url": "/v3" }], "paths": { "/once": { "get": { "responses": { "200": { "description": "fine" } } } } } }
`;
  const { specs, skipped } = snapshotOf(parseFixture(source).files);
  assert.deepEqual(
    [specs.map(({ file }) => file), skipped.map(({ file }) => file)],
    [['app.js'], ['swagger.json']],
  );
});

test('a specification that is an object of the program is one like any other', () => {
  const source = `
//- package.json
{ "name": "objects", "dependencies": { "express": "^4.0.0" } }
//- app.js
const app = require('express')();
const ui = require('swagger-ui-express');
const { users } = require('./docs/users');
const document = { openapi: '3.0.1', info: { title: 'Object' }, servers: [{ url: '/api' }], paths: { ...users } };
app.use('/docs', ui.serve, ui.setup(document));
app.get('/api/users', (req, res) => res.json([]));
app.get('/api/more', (req, res) => res.json([]));
   //^^^^^^ http/undocumented-operation
app.listen(3000);
//- docs/users.js
const responses = { 200: { description: 'fine' } };
exports.users = {
  '/users': { get: { responses } },
  '/gone': { get: { responses } },
                //^ http/unimplemented-operation
};
//- loaded.js
const app = require('express')();
const ui = require('swagger-ui-express');
app.use('/docs', ui.serve, ui.setup(require('./loaded.json')));
//- loaded.json
{ "openapi": "3.0.0", "info": { "title": "Loaded" }, "paths": {} }
`;
  assert.deepEqual(operationsOf(source), [
    'app.js "Object" 3.0 /api / <- app.js docs/users.js',
    'GET /users docs/users.js:3',
    'GET /gone docs/users.js:4',
    'loaded.json "Loaded" 3.0 / <- loaded.json',
  ]);
  check(source);
});

test('what files of express-openapi say of their handlers is one specification with its document', () => {
  const source = `
//- package.json
{ "name": "zoo", "dependencies": { "express": "^4.0.0", "express-openapi": "^12.0.0" } }
//- src/app.ts
import express from 'express';
import path from 'path';
import swaggerUi from 'swagger-ui-express';
import { initialize } from 'express-openapi';
import { rootDoc } from './root-doc';
const app = express();
const framework = initialize({ app, apiDoc: { ...rootDoc, 'x-strict': true }, paths: path.resolve(__dirname, 'paths') });
app.use('/docs', swaggerUi.serve, swaggerUi.setup(framework.apiDoc));
app.listen(3000);
//- src/root-doc.ts
export const rootDoc = {
  openapi: '3.0.0', info: { title: 'Zoo', version: '1' }, servers: [{ url: 'http://localhost/api' }],
  paths: {},
};
//- src/paths/animals/{id}.ts
import { Operation } from 'express-openapi';
export const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
export const GET: Operation = [allowed(), read()];
GET.apiDoc = {
  responses: { 200: { description: 'an animal' } },
};
export const DELETE = (req, res) => res.status(204).end();
DELETE.apiDoc = { responses: { 204: { description: 'gone' } } };
export const PUT = (req, res) => res.status(200).end();
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http/undocumented-operation
function allowed() { return (req, res, next) => next(); }
function read() { return (req, res) => res.status(200).json([req.query.wild]); }
                                                                     //^^^^ http/undocumented-parameter
`;
  assert.deepEqual(operationsOf(source), [
    'src/app.ts "Zoo" 3.0 /api / <- src/app.ts src/root-doc.ts src/paths/animals/{id}.ts',
    'GET /animals/{id} src/paths/animals/{id}.ts:4',
    'DELETE /animals/{id} src/paths/animals/{id}.ts:8',
  ]);
  check(source);
});

test('what only looks like such comments says nothing', () => {
  const texts = [
    'const glob = "src/**/*.js"; /* @openapi\n/a: {} */',
    '// @openapi\n// /a: { get: {} }\n',
    '/** @openapitools */ /** mail@openapi.example */',
    '/** @swaggerish\n * /a: { get: {} } */',
  ];
  for (const text of texts) assert.deepEqual(readAnnotations(fileId('a.js'), text).blocks, []);
});

test('offsets are those of the file, whatever stands in front of lines and ends them', () => {
  const texts = [
    'x;\n  /**\n   * @openapi\n   * /a:\n   *   get: {}\n   */\n',
    'x;\r\n/**\r\n\t* @openapi\r\n\t* /a:\r\n\t*   get: {}\r\n\t*/\r\n',
    '/**\n@openapi\n/a:\n  get: {}\n*/',
    '/** @openapi /a:\n  *   get: {} */',
    "const files = ['src/**/*.js'];\n/**\n * Text\n * @swagger\n *\n * /a:\n *   get: {}\n * @other\n * /b: {}\n */",
  ];
  for (const text of texts) {
    const { blocks, problems } = readAnnotations(fileId('a.js'), text);
    assert.deepEqual(problems, [], text);
    const [top] = blocks;
    assert.ok(top?.kind === 'map' && top.entries.length === 1, text);
    const [entry] = top.entries;
    assert.equal(text.slice(entry?.keyStart, entry?.keyEnd), '/a', text);
    const get = entry?.value.kind === 'map' ? entry.value.entries[0] : undefined;
    assert.equal(text.slice(get?.keyStart, get?.keyEnd), 'get', text);
    assert.equal(text.slice(get?.value.start, get?.value.end), '{}', text);
  }
});
