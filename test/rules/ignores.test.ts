/** Comments and keys that ask for silence: what each of them means, and what it does not. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSnapshot } from '../../server/src/engine/snapshot.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { parseFixture } from '../support/fixture.ts';
import { snapshotOf } from '../support/pipeline.ts';

/** What is told, as `rule METHOD /path`, and how much is ignored. */
function told(source: string, settings: Partial<EngineSettings> = {}): readonly string[] {
  const all = { bindings: [], rules: { severities: {} }, ...settings };
  const { findings, ignored } = judgeSnapshot(snapshotOf(parseFixture(source).files, all), all);
  const lines = findings.map(({ rule, operation, operations, at }) => {
    const names = operations ?? (operation ? [operation] : []);
    const about = names.map(({ method, path }) => `${method} ${path}`).join(', ');
    return `${rule} ${about === '' ? `${at.file}` : about}`;
  });
  return [...lines, `${ignored} ignored`];
}

const spec = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get: { responses: { '200': { description: all } } }
`;

function server(routes: string): string {
  return `${spec}//- app.ts
import express from 'express';
const app = express();
app.get('/teas', (req, res) => { res.json([]); });
${routes}
app.listen(1);
`;
}

const route = "app.get('/cups', (req, res) => { res.json([]); });";
const rule = 'http/undocumented-operation';
const loud = [`${rule} GET /cups`, '0 ignored'];
const quiet = ['1 ignored'];

test('without a comment it is told', () => assert.deepEqual(told(server(route)), loud));

for (const [name, routes] of [
  ['on the line', `${route} // backend-contract-ignore ${rule} -- later`],
  ['on the line above', `// backend-contract-ignore ${rule} -- later\n${route}`],
  ['above further comments and empty lines', `// backend-contract-ignore ${rule}\n\n// Cups.\n${route}`],
  ['between slashes and asterisks', `/* backend-contract-ignore ${rule} -- later */\n${route}`],
  ['one of several rules', `// backend-contract-ignore http/unread-body, ${rule}\n${route}`],
  ['all rules', `// backend-contract-ignore -- a sandbox\n${route}`],
  [
    'above a chain of calls',
    `// backend-contract-ignore ${rule}\napp\n  .route('/cups')\n  .get((req, res) => { res.json([]); });`,
  ],
] as const) {
  test(`a comment ${name} silences`, () => {
    const [first = '', ...rest] = told(server(routes)).filter((line) => !line.startsWith('ignore/unused'));
    assert.deepEqual([first, ...rest], quiet);
  });
}

for (const [name, routes] of [
  ['of another rule', `// backend-contract-ignore http/unread-body\n${route}`],
  ['two lines above', `// backend-contract-ignore ${rule}\nconst cups = [];\n${route}`],
  ['in a text', `const a = "// backend-contract-ignore ${rule}"; ${route}`],
  ['in a template', `const a = \`\n// backend-contract-ignore ${rule}\n\`; ${route}`],
] as const) {
  test(`a comment ${name} silences nothing`, () => {
    const lines = told(server(routes)).filter((line) => !line.startsWith('ignore/unused'));
    assert.deepEqual(lines, loud);
  });
}

test('a comment at a router silences all of its routes, before they are piled', () => {
  const routes = `// backend-contract-ignore ${rule} -- the shop
const shop = express.Router();
shop.get('/a', (req, res) => { res.json([]); });
shop.get('/b', (req, res) => { res.json([]); });
shop.get('/c', (req, res) => { res.json([]); });
app.use('/shop', shop);`;
  assert.deepEqual(told(server(routes)), ['3 ignored']);
});

test('a file form silences the file and no other', () => {
  const shop = `//- shop.ts
import { Router } from 'express';
/* backend-contract-ignore-file ${rule} -- the shop */
export const shop = Router();
shop.get('/a', (req, res) => { res.json([]); });
`;
  const source = `${shop}${server(`import { shop } from './shop';\napp.use('/shop', shop);\n${route}`)}`;
  assert.deepEqual(told(source), [`${rule} GET /cups`, '1 ignored']);
});

test('a comment above decorators means the method', () => {
  const source = `${spec}//- teas.controller.ts
import { Controller, Get, Header } from '@nestjs/common';
@Controller()
export class TeasController {
  @Get('teas') all() { return []; }
  // backend-contract-ignore ${rule} -- later
  @Header('x-cups', 'all')
  @Get('cups')
  cups() { return []; }
}
//- main.ts
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TeasController } from './teas.controller';
@Module({ controllers: [TeasController] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000));
`;
  assert.deepEqual(told(source), quiet);
});

test('a comment at what is said elsewhere silences there', () => {
  const routes = `app.get('/pots', (req, res) => {
  // backend-contract-ignore http/undocumented-status -- a proxy answers this
  if (Math.random() > 0.5) { res.sendStatus(418); return; }
  if (Math.random() > 0.9) { res.sendStatus(409); return; }
  res.json([]);
});`;
  const source = server(routes).replace(
    '//- app.ts',
    "  /pots:\n    get: { responses: { '200': { description: all } } }\n//- app.ts",
  );
  assert.deepEqual(told(source), ['http/undocumented-status GET /pots', '1 ignored']);
});

const operations = (more: string): string => `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
${more}
//- app.ts
import express from 'express';
const app = express();
app.use(express.json());
app.post('/teas', (req, res) => { res.status(201).json({ name: req.body.name, leaf: req.body.leaf }); });
app.listen(1);
`;

const body = (schema: string): string =>
  `      requestBody: { content: { application/json: { schema: ${schema} } } }`;
const named = '{ type: object, properties: { name: { type: string } } }';

for (const [name, paths, key] of [
  [
    'an operation',
    `  /teas:\n    post:\n      KEY\n${body(named)}\n      responses: { '201': { description: made } }`,
    'x-backend-contract-ignore: { http/undocumented-field: later }',
  ],
  [
    'a path item',
    `  /teas:\n    KEY\n    post:\n${body(named)}\n      responses: { '201': { description: made } }`,
    'x-backend-contract-ignore: [http/undocumented-field]',
  ],
  [
    'a schema that is referred to',
    `  /teas:\n    post:\n${body("{ $ref: '#/components/schemas/Tea' }")}\n      responses: { '201': { description: made } }\ncomponents:\n  schemas:\n    Tea:\n      KEY\n      type: object\n      properties: { name: { type: string } }`,
    'x-backend-contract-ignore: [http/undocumented-field: later]',
  ],
] as const) {
  test(`a key on ${name} silences, and says what it silences`, () => {
    assert.deepEqual(told(operations(paths.replace('KEY', 'x-a: 1'))), [
      'http/undocumented-field POST /teas',
      '0 ignored',
    ]);
    assert.deepEqual(told(operations(paths.replace('KEY', key))), quiet);
  });
}

for (const [name, part] of [
  [
    'a parameter',
    "parameters: [{ name: size, in: query, schema: { type: string }, KEY }]\n      responses: { '201': { description: made } }",
  ],
  [
    'a parameter that is referred to',
    "parameters: [{ $ref: '#/components/parameters/Size' }]\n      responses: { '201': { description: made } }\ncomponents:\n  parameters:\n    Size: { name: size, in: query, schema: { type: string }, KEY }",
  ],
] as const) {
  test(`a key on ${name} silences what is said of it`, () => {
    const paths = `  /teas:\n    post:\n${body('{ type: object }')}\n      ${part}`;
    const all = (key: string): readonly string[] => told(operations(paths.replace('KEY', key)));
    assert.deepEqual(all('x-a: 1'), ['http/unread-parameter POST /teas', '0 ignored']);
    assert.deepEqual(all('x-backend-contract-ignore: { http/unread-parameter: of the gateway }'), quiet);
  });
}

test('true and a reason silence every rule of what they stand in', () => {
  for (const value of ['true', 'the gateway adds the rest']) {
    const paths = `  /teas:\n    post:\n      x-backend-contract-ignore: ${value}\n${body(named)}\n      responses: { '201': { description: made }, '409': { description: there } }`;
    assert.deepEqual(told(operations(paths)), ['2 ignored']);
  }
});

test('an internal route is no part of any contract', () => {
  const marked = server(`// backend-contract-internal -- the shop window\n${route}`);
  assert.deepEqual(told(marked), ['0 ignored']);
  for (const pattern of ['/cups', 'GET /c*', '/**'])
    assert.deepEqual(told(server(route), { internal: [pattern] }), ['0 ignored'], pattern);
  for (const pattern of ['/cups/*', 'POST /cups', '/'])
    assert.deepEqual(told(server(route), { internal: [pattern] }), loud, pattern);
});

test('a comment that marks nothing, or ignores what is not there, is told of', () => {
  const stale = server(`// backend-contract-internal -- gone\nconst cups = 1;`);
  assert.deepEqual(told(stale), ['ignore/unused app.ts', '0 ignored']);
  const unread = server(`// backend-contract-ignore http/unread-parameter\nconst cups = 1;`);
  assert.deepEqual(told(unread), ['ignore/unused app.ts', '0 ignored']);
});

test('where something cannot be read, or the rule is off, nothing is called unused', () => {
  const routes = `// backend-contract-ignore ${rule} -- later\nconst cups = 1;`;
  const opaque = server(`app.get(process.argv[2], (req, res) => { res.json([]); });\n${routes}`);
  assert.deepEqual(told(opaque), ['0 ignored']);
  assert.deepEqual(told(server(routes), { rules: { severities: { [rule]: 'off' } } }), ['0 ignored']);
});
