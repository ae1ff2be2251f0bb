/** Renaming across the boundary: what code is tied to goes along, and what cannot be proven is refused. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renameableAt, renameSymbol } from '../../../server/src/authoring/rename/rename.ts';
import type { SpecSources } from '../../../server/src/authoring/sources.ts';
import { buildSymbols } from '../../../server/src/authoring/symbols/build.ts';
import { symbolInCode, tiedNames } from '../../../server/src/lsp/features/rename/code-names.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { applied, changedLines, type Files } from '../../authoring/support/sources.ts';
import { parseFixture } from '../../support/fixture.ts';
import { sceneAt } from './support/scene.ts';

function renamed(source: string, file: string, place: string, to: string): readonly string[] | string {
  const { index, file: at, offset } = sceneAt(source, file, place);
  const files: Files = Object.fromEntries(parseFixture(source).files);
  const sources: SpecSources = {
    roots: index.ready.snapshot.specs.map((spec) => spec.file),
    document: (name) => (files[name] === undefined ? undefined : readDocument(name, files[name])),
    text: (name) => files[name],
  };
  const symbols = buildSymbols(sources);
  const found = renameableAt(symbols, at, offset) ?? symbolInCode(index, symbols, at, offset);
  if (!found) return 'nothing to rename';
  const tied = tiedNames(index, symbols, found.symbol, to);
  if ('refused' in tied) return tied.refused;
  const edits = [...tied.edits];
  for (const symbol of tied.symbols) {
    const made = renameSymbol(symbols, sources, symbol, to);
    if ('refused' in made) return made.refused;
    edits.push(...made.edits);
  }
  return changedLines(files, applied(files, edits));
}

const express = `
//- package.json
{ "dependencies": { "express": "4.18.2" } }
//- openapi.yaml
openapi: 3.0.0
info: { title: Users, version: '1' }
servers: [{ url: /api }]
paths:
  /users:
    get: { responses: { '200': { description: all } } }
  /users/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get: { responses: { '200': { description: one } } }
    delete: { responses: { '204': { description: gone } } }
  /users/{id}/orders/{orderId}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: orderId, in: path, required: true, schema: { type: string } }
    get: { responses: { '200': { description: order } } }
  /teams/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: team } }
  /pots/{pot}:
    get:
      parameters: [{ name: pot, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: pot } }
  /cups/{cup}:
    get:
      parameters: [{ name: cup, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: cup } }
//- app.js
const express = require('express');
const { send } = require('elsewhere');
const app = express();
const users = express.Router();
const orders = express.Router({ mergeParams: true });
app.use('/api', users);
users.get('/users', (req, res) => res.json([]));
users
  .route('/users/:id')
  .get((req, res) => {
    const { id } = req.params;
    res.json({ id, again: req.params.id });
  })
  .delete((req, res) => {
    const { id: key } = req.params;
    remove(key, req.params['id']);
    res.sendStatus(204);
  });
users.use('/users/:id/orders', orders);
orders.get('/:orderId', (req, res) => res.json(find(req.params.id, req.params.orderId)));
users.get('/teams/:id', (req, res) => res.json(req.params.id));
users.get('/pots/:pot', (req, res) => res.json(send(req.params)));
users.get('/cups/:key', (req, res) => res.json(req.params.key));
app.listen(80);
`;

test('a parameter is renamed in the path, in its declaration, in the route and wherever it is read', () =>
  assert.deepEqual(renamed(express, 'openapi.yaml', '  /users/{i$0d}:', 'userId'), [
    'openapi.yaml: /users/{userId}:',
    'openapi.yaml: - { name: userId, in: path, required: true, schema: { type: string } }',
    "app.js: .route('/users/:userId')",
    'app.js: const { userId: id } = req.params;',
    'app.js: res.json({ id, again: req.params.userId });',
    'app.js: const { userId: key } = req.params;',
    "app.js: remove(key, req.params['userId']);",
  ]));

test('a parameter of a mount is renamed in the mount', () =>
  assert.deepEqual(renamed(express, 'openapi.yaml', '/users/{i$0d}/orders', 'user'), [
    'openapi.yaml: /users/{user}/orders/{orderId}:',
    'openapi.yaml: - { name: id, in: path, required: true, schema: { type: string } }'.replace('id', 'user'),
    "app.js: users.use('/users/:user/orders', orders);",
    "app.js: orders.get('/:orderId', (req, res) => res.json(find(req.params.user, req.params.orderId)));",
  ]));

test('a segment is renamed in every path that begins alike, and in all of their routes', () =>
  assert.deepEqual(renamed(express, 'openapi.yaml', '  /us$0ers:', 'people'), [
    'openapi.yaml: /people:',
    'openapi.yaml: /people/{id}:',
    'openapi.yaml: /people/{id}/orders/{orderId}:',
    "app.js: users.get('/people', (req, res) => res.json([]));",
    "app.js: .route('/people/:id')",
    "app.js: users.use('/people/:id/orders', orders);",
  ]));

test('from the code, too', () => {
  assert.deepEqual(renamed(express, 'app.js', "'/teams/:i$0d'", 'teamId'), [
    'openapi.yaml: /teams/{teamId}:',
    'openapi.yaml: parameters: [{ name: teamId, in: path, required: true, schema: { type: string } }]',
    "app.js: users.get('/teams/:teamId', (req, res) => res.json(req.params.teamId));",
  ]);
  assert.deepEqual(renamed(express, 'app.js', "get('/te$0ams/:id'", 'groups'), [
    'openapi.yaml: /groups/{id}:',
    "app.js: users.get('/groups/:id', (req, res) => res.json(req.params.id));",
  ]);
});

test('parameters that are handed on as a whole are refused, by name of the route', () =>
  assert.match(String(renamed(express, 'openapi.yaml', '/pots/{p$0ot}', 'can')), /cannot be told of .*pots/));

test('where the two sides have names of their own, only the spec changes', () =>
  assert.deepEqual(renamed(express, 'openapi.yaml', '/cups/{c$0up}', 'cupId'), [
    'openapi.yaml: /cups/{cupId}:',
    'openapi.yaml: parameters: [{ name: cupId, in: path, required: true, schema: { type: string } }]',
  ]));

test('what no route can have as a name is refused', () =>
  assert.match(
    String(renamed(express, 'openapi.yaml', '  /teams/{i$0d}:', 'team-id')),
    /no name that a route/,
  ));

const typed = (handler: string): string => `
//- package.json
{ "dependencies": { "express": "4.18.2" } }
//- openapi.yaml
openapi: 3.0.0
info: { title: Users, version: '1' }
paths:
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: one } }
//- app.ts
import express, { type Request } from 'express';
const app = express();
${handler}
app.listen(80);
`;

for (const [what, handler] of [
  [
    'a type of the request',
    "app.get('/users/:id', (req: Request<{ id: string }>, res) => res.json(req.params.id));",
  ],
  [
    'a type that is asserted',
    "app.get('/users/:id', (req, res) => { const { id } = req.params as { id: string }; res.json(id); });",
  ],
] as const)
  test(`${what} names the parameter: refused`, () =>
    assert.match(String(renamed(typed(handler), 'openapi.yaml', '/users/{i$0d}', 'key')), /a type/));

const nest = `
//- package.json
{ "dependencies": { "@nestjs/common": "10.0.0", "@nestjs/core": "10.0.0" } }
//- openapi.yaml
openapi: 3.0.0
info: { title: Users, version: '1' }
paths:
  /users/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: one } } }
    delete: { responses: { '200': { description: gone } } }
//- main.ts
import { NestFactory } from '@nestjs/core';
import { Controller, Delete, Get, Module, Param, ParseUUIDPipe } from '@nestjs/common';
@Controller('users')
class UsersController {
  @Get(':id')
  find(@Param('id', ParseUUIDPipe) id: string) { return id; }

  @Delete(':id')
  remove(@Param('id') key: string) { return key; }
}
@Module({ controllers: [UsersController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(80));
`;

test('Nest: the decorators of routes and of parameters', () => {
  assert.deepEqual(renamed(nest, 'openapi.yaml', '/users/{i$0d}', 'userId'), [
    'openapi.yaml: /users/{userId}:',
    'openapi.yaml: parameters: [{ name: userId, in: path, required: true, schema: { type: string } }]',
    "main.ts: @Get(':userId')",
    "main.ts: find(@Param('userId', ParseUUIDPipe) id: string) { return id; }",
    "main.ts: @Delete(':userId')",
    "main.ts: remove(@Param('userId') key: string) { return key; }",
  ]);
  assert.deepEqual(renamed(nest, 'openapi.yaml', '/us$0ers/{id}', 'people'), [
    'openapi.yaml: /people/{id}:',
    "main.ts: @Controller('people')",
  ]);
});

test('the id of an operation may name a handler where the server is built from the specification', () => {
  const spec = `
//- package.json
{ "dependencies": { "express": "4.18.2", "express-openapi": "12.0.0" } }
//- ships.yaml
openapi: 3.0.0
info: { title: Ships, version: '1' }
paths:
  /ships: { get: { operationId: listShips, responses: { '200': { description: ok } } } }
  /docks: { get: { operationId: listDocks, responses: { '200': { description: ok } } } }
//- app.js
const express = require('express');
const app = express();
`;
  const built = `${spec}
require('express-openapi').initialize({
  app,
  apiDoc: require('fs').readFileSync(__dirname + '/ships.yaml', 'utf8'),
  operations: { listShips: (req, res) => res.json([]), listDocks: (req, res) => res.json([]) },
});
app.listen(1);
`;
  const place = 'operationId: list$0Ships';
  assert.match(renamed(built, 'ships.yaml', place, 'allShips').toString(), /built from the specification/);
  const written = `${spec}
app.get('/ships', (req, res) => res.json([]));
app.get('/docks', (req, res) => res.json([]));
app.listen(1);
`;
  assert.equal(renamed(written, 'ships.yaml', place, 'allShips').length, 1);
});

const decorated = `
//- package.json
{ "dependencies": { "@nestjs/common": "10.0.0", "@nestjs/core": "10.0.0", "@nestjs/swagger": "7.0.0" } }
//- openapi.yaml
openapi: 3.0.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get: { operationId: listTeas, responses: { '200': { description: all } } }
    post: { operationId: addTea, responses: { '201': { description: one } } }
//- src/main.ts
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
async function main() {
  const app = await NestFactory.create(AppModule);
  await app.listen(80);
}
main();
//- src/app.module.ts
import { Module } from '@nestjs/common';
import { TeasController } from './teas.controller';
@Module({ controllers: [TeasController] })
export class AppModule {}
//- src/teas.controller.ts
import { Controller, Get, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
@Controller('teas')
export class TeasController {
  @Get()
  @ApiOperation({ summary: 'All', operationId: 'listTeas' })
  list() {
    return [];
  }
  @Post()
  @ApiOperation({ operationId: "createTea" })
  add() {
    return { name: '' };
  }
}
`;

test('the id of an operation is renamed in the decorator that says it, from either side', () => {
  const lines = [
    "openapi.yaml: get: { operationId: allTeas, responses: { '200': { description: all } } }",
    "src/teas.controller.ts: @ApiOperation({ summary: 'All', operationId: 'allTeas' })",
  ];
  assert.deepEqual(renamed(decorated, 'openapi.yaml', 'operationId: list$0Teas', 'allTeas'), lines);
  assert.deepEqual(
    renamed(decorated, 'src/teas.controller.ts', "operationId: 'list$0Teas'", 'allTeas'),
    lines,
  );
});

test('where a decorator says another id, only the spec changes', () =>
  assert.deepEqual(renamed(decorated, 'openapi.yaml', 'operationId: add$0Tea', 'newTea'), [
    "openapi.yaml: post: { operationId: newTea, responses: { '201': { description: one } } }",
  ]));

const tsoa = `
//- package.json
{ "dependencies": { "tsoa": "6.0.0", "express": "4.18.2" } }
//- tsoa.json
{ "entryFile": "src/app.ts", "routes": { "routesDir": "src" } }
//- openapi.yaml
openapi: 3.0.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get: { operationId: listTeas, responses: { '200': { description: all } } }
//- src/teas.ts
import { Controller, Get, OperationId, Route } from 'tsoa';
@Route('teas')
export class TeasController extends Controller {
  @OperationId('listTeas')
  @Get()
  public list(): string[] {
    return [];
  }
}
//- src/app.ts
import express from 'express';
import { RegisterRoutes } from './routes';
const app = express();
RegisterRoutes(app);
app.listen(80);
`;

test('what tsoa says is an id is one', () =>
  assert.deepEqual(renamed(tsoa, 'src/teas.ts', "@OperationId('list$0Teas')", 'allTeas'), [
    "openapi.yaml: get: { operationId: allTeas, responses: { '200': { description: all } } }",
    "src/teas.ts: @OperationId('allTeas')",
  ]));
