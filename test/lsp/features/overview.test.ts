/** What shows many operations at once: lenses, symbols, links, hints, the tree and the report. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../../server/src/contract/span.ts';
import { codeLenses } from '../../../server/src/lsp/features/code-lens.ts';
import { contractTree, type Tree } from '../../../server/src/lsp/features/contract-tree.ts';
import { documentLinks, linkTarget } from '../../../server/src/lsp/features/document-links.ts';
import { explainRule } from '../../../server/src/lsp/features/explain.ts';
import { inlayHints } from '../../../server/src/lsp/features/inlay-hints.ts';
import { figuresOf } from '../../../server/src/lsp/features/status.ts';
import {
  documentSymbols,
  type OutlineSymbol,
  workspaceSymbols,
} from '../../../server/src/lsp/features/symbols.ts';
import { same, scene } from './support/scene.ts';
import { guests, orders } from './support/tea-house.ts';

function lenses(source: string, file: string): string {
  const { index, show } = scene(source);
  return codeLenses(index, fileId(file))
    .map(({ at, title, targets }) => [show(at), title, ...targets.map(show)].join(' | '))
    .join('\n');
}

test('above routes: the contract; above operations: the handler', () => {
  same(
    lenses(orders, 'api.ts'),
    `
    api.ts:6‹get('/teas/:id'› | GET /api/v1/teas/{teaId} · documented · 3 drifts | openapi.yaml:7‹get›
    api.ts:7‹put('/teas/:id'› | PUT /api/v1/teas/{teaId} · documented | openapi.yaml:22‹put›
    api.ts:8‹post('/teas'› | POST /api/v1/teas · not documented`,
  );
  same(
    lenses(orders, 'openapi.yaml'),
    `
    openapi.yaml:7‹get› | served by find · 3 drifts | teas.ts:1‹find›
    openapi.yaml:22‹put› | served by replace | teas.ts:5‹replace›
    openapi.yaml:32‹get› | not served by the code`,
  );
  same(
    lenses(guests, 'spec/paths/guests.json'),
    'spec/paths/guests.json:2‹"post"› | served by GuestsController.create | src/guests.controller.ts:9‹create›',
  );
});

test('a lens is there whatever was found: drift that comes changes its text and moves nothing', () => {
  const places = (source: string): readonly number[] =>
    codeLenses(scene(source).index, fileId('api.ts')).map(({ at }) => at.start);
  const undocumented = orders.replace('/api/v1/teas/{teaId}', '/elsewhere/{teaId}');
  assert.notEqual(lenses(undocumented, 'api.ts'), lenses(orders, 'api.ts'));
  assert.deepEqual(places(undocumented), places(orders));
  assert.deepEqual(places(orders.replace(/\/\/- openapi\.yaml[^]*?(?=\/\/- schemas)/, '')), places(orders));
});

test('many routes of one registration share a lens', () => {
  const source = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /green: { get: { responses: { '200': { description: green } } } }
//- app.ts
import express from 'express';
const app = express();
for (const kind of ['green', 'black', 'white', 'oolong']) {
  app.get('/' + kind, (req, res) => { res.json([]); });
}
app.listen(3000);
`;
  same(lenses(source, 'app.ts'), "app.ts:4‹get('/' + kind› | 4 routes | openapi.yaml:4‹get›");
});

function outline(symbols: readonly OutlineSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ name, detail, kind, deprecated, children }) => [
    `${'  '.repeat(depth)}${kind} ${name}${detail === '' ? '' : ` (${detail})`}${deprecated ? ' deprecated' : ''}`,
    ...outline(children, depth + 1),
  ]);
}

test('the outline of a spec, of a part of it, and of the routes in a file', () => {
  const { index } = scene(orders);
  same(
    outline(documentSymbols(index, fileId('openapi.yaml'))).join('\n'),
    `
    path /api/v1/teas/{teaId}
      operation GET /api/v1/teas/{teaId} (One *tea* | by id) deprecated
      operation PUT /api/v1/teas/{teaId} (putTea)
    path /api/v1/pots
      operation GET /api/v1/pots
    group parameters
      component TeaId
    group schemas
      schema NewTea (object)`,
  );
  same(
    outline(documentSymbols(index, fileId('schemas.yaml'))).join('\n'),
    'schema Tea\nschema Origin (string)',
  );
  same(
    outline(documentSymbols(index, fileId('api.ts'))).join('\n'),
    `
    group router /api/v1
      operation GET /api/v1/teas/{teaId} (find)
      operation PUT /api/v1/teas/{teaId} (replace)
      operation POST /api/v1/teas (a handler in api.ts)`,
  );
  assert.deepEqual(documentSymbols(index, fileId('app.ts')), []);
});

test('every range of a symbol holds its selection and its children', () => {
  for (const [source, file] of [
    [orders, 'openapi.yaml'],
    [orders, 'api.ts'],
    [guests, 'spec/openapi.json'],
    [guests, 'src/guests.controller.ts'],
  ] as const) {
    const check = ({ at, whole, children }: OutlineSymbol): void => {
      assert.ok(whole.start <= at.start && at.end <= whole.end);
      for (const child of children) {
        assert.ok(whole.start <= child.whole.start && child.whole.end <= whole.end, `${file} ${child.name}`);
        check(child);
      }
    };
    const symbols = documentSymbols(scene(source).index, fileId(file));
    assert.ok(symbols.length > 0);
    symbols.forEach(check);
  }
});

test('an operation is found by its name or a part of it, on both sides', () => {
  const { index, show } = scene(orders);
  const find = (query: string): readonly string[] =>
    workspaceSymbols(index, query).map(({ name, container, at }) => `${name} | ${container} | ${show(at)}`);
  assert.deepEqual(find('PUT /api/v1/teas/{teaId}'), [
    'PUT /api/v1/teas/{teaId} | replace | teas.ts:5‹replace›',
    'PUT /api/v1/teas/{teaId} | putTea | openapi.yaml:22‹put›',
  ]);
  assert.equal(find('gettea').length > 0, true);
  assert.deepEqual(find('coffee'), []);
});

test('every $ref is a link to its target', () => {
  const { index, show } = scene(guests);
  const [link, ...more] = documentLinks(index, fileId('spec/paths/guests.json'));
  assert.ok(link);
  assert.deepEqual(more, []);
  assert.equal(show(link.at), 'spec/paths/guests.json:5‹../openapi.json#/components/schemas/CreateGuest›');
  assert.equal(show(linkTarget(index, link)), 'spec/openapi.json:15‹"CreateGuest"›');
  const broken = scene(guests.replace('schemas/CreateGuest"', 'schemas/Nobody"'));
  const [lost] = documentLinks(broken.index, fileId('spec/paths/guests.json'));
  assert.equal(lost && broken.show(linkTarget(broken.index, lost)), 'spec/openapi.json:1‹›');
});

test('a hint says what could not be told, and only where something could not', () => {
  const source = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas: { get: { responses: { '200': { description: teas } } } }
//- app.ts
import express from 'express';
import { brew } from 'somewhere-else';
const app = express();
app.get('/teas', brew);
app.get('/pots', (req, res) => { res.json([]); });
app.listen(3000);
`;
  const { index, show } = scene(source);
  const hints = inlayHints(index, { file: fileId('app.ts'), start: 0, end: 1000 });
  assert.deepEqual(
    hints.map(({ at, label, tooltip }) => `${show(at)} ${label} | ${tooltip.split('\n')[0] ?? ''}`),
    [
      "app.ts:4‹get('/teas'› parameters, body, responses, security: cannot tell | parameters: somewhere-else#brew could not be found",
    ],
  );
  assert.deepEqual(inlayHints(index, { file: fileId('app.ts'), start: 0, end: 20 }), []);
});

function print(groups: Tree['specs']): string {
  return groups
    .flatMap(({ title, detail, operations }) => [
      `${title} (${detail})`,
      ...operations.map(
        ({ method, path, state, handler }) =>
          `  ${method} ${path} ${state}${handler === undefined ? '' : ` ${handler}`}`,
      ),
    ])
    .join('\n');
}

test('the tree by spec and by router', () => {
  const tree = contractTree(scene(orders).index);
  same(
    print(tree.specs),
    `
    Orders (OpenAPI 3.1 · openapi.yaml)
      GET /api/v1/pots unimplemented
      GET /api/v1/teas/{teaId} drift find
      PUT /api/v1/teas/{teaId} matched replace
    In no spec (routes)
      POST /api/v1/teas undocumented a handler in api.ts`,
  );
  same(
    print(tree.controllers),
    `
    router /api/v1 (api.ts)
      POST /api/v1/teas undocumented a handler in api.ts
      GET /api/v1/teas/{teaId} drift find
      PUT /api/v1/teas/{teaId} matched replace
    Not in the code (operations)
      GET /api/v1/pots unimplemented`,
  );
});

test('the ids of the tree survive an edit that moves everything', () => {
  const ids = (source: string): readonly string[] => {
    const { specs, controllers } = contractTree(scene(source).index);
    return [...specs, ...controllers].flatMap(({ id, operations }) => [
      id,
      ...operations.map((one) => `${id} ${one.id}`),
    ]);
  };
  const moved = orders.replace('import { Router }', '// Routes of the tea house.\nimport { Router }');
  assert.deepEqual(ids(moved), ids(orders));
  assert.equal(new Set(ids(orders)).size, ids(orders).length);
});

test('a spec without a server, and a server without a spec, are not compared', () => {
  const specOnly = scene(orders.slice(0, orders.indexOf('//- app.ts')));
  assert.deepEqual(
    [
      ...new Set(
        contractTree(specOnly.index).specs.flatMap(({ operations }) => operations.map(({ state }) => state)),
      ),
    ],
    ['aside'],
  );
  const codeOnly = scene(orders.slice(orders.indexOf('//- app.ts') - 1));
  const [routes] = contractTree(codeOnly.index).controllers;
  assert.equal(routes?.operations.length, 3);
  assert.equal(routes.operations[0]?.reason, 'no spec describes this server');
});

test('the figures are those of the tree', () => {
  const one = scene(orders).index;
  const two = scene(guests).index;
  const { states, specs, operations, routes, errors, warnings } = figuresOf([one, two]);
  assert.deepEqual(states, { matched: 3, drift: 1, undocumented: 1, unimplemented: 1, unknown: 0, aside: 0 });
  assert.deepEqual(
    { specs, operations, routes, errors, warnings },
    { specs: 2, operations: 5, routes: 5, errors: 1, warnings: 4 },
  );
});

test('a rule is explained by its page; what is no rule is not', () => {
  assert.match(explainRule('http/undocumented-status')?.markdown ?? '', /^# http\/undocumented-status\n/);
  assert.equal(explainRule('http/nothing'), undefined);
});
