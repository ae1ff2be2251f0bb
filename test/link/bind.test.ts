import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../server/src/contract/span.ts';
import { type Binding, bindSpecs } from '../../server/src/link/bind.ts';
import { code, promised, spec } from '../support/build.ts';

function told(bindings: readonly Binding[]): readonly string[] {
  return bindings.map(
    ({ specs, codes }) =>
      `${specs.map(({ file }) => file).join('+')} | ${codes.map(({ root }) => root).join('+')}`,
  );
}

const all = ['GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e', 'GET /f'];

test('one spec, one server', () => {
  assert.deepEqual(told(bindSpecs([spec(all)], [code(all)], [])), ['openapi.yaml | .']);
});

test('servers that implement the same are compared one by one, an abandoned one not at all', () => {
  const servers = [
    code(all, { root: 'apps/one' }),
    code(all, { root: 'apps/two' }),
    code(all.slice(0, 2), { root: 'apps/old' }),
  ];
  assert.deepEqual(told(bindSpecs([spec(all)], servers, [])), [
    'openapi.yaml | apps/one',
    'openapi.yaml | apps/two',
    ' | apps/old',
  ]);
});

test('servers that implement parts are one whole', () => {
  const servers = [code(all.slice(0, 3), { root: 'left' }), code(all.slice(3), { root: 'right' })];
  assert.deepEqual(told(bindSpecs([spec(all)], servers, [])), ['openapi.yaml | left+right']);
});

test('a spec belongs to the root that holds it, however alike others are', () => {
  const servers = [code(all, { root: 'one' }), code(all, { root: 'two' })];
  const specs = [spec(all, { file: 'one/api.yaml' }), spec(all, { file: 'two/api.yaml' })];
  assert.deepEqual(told(bindSpecs(specs, servers, [])), ['one/api.yaml | one', 'two/api.yaml | two']);
});

test('a spec beside a server that was not understood is not of another that happens to share an address', () => {
  const servers = [code([], { root: 'player' }), code(['GET /a', 'GET /x', 'GET /y'], { root: 'store' })];
  const specs = [
    spec(['GET /a', 'GET /b', 'GET /c', 'GET /d'], { file: 'player/api.yaml' }),
    spec(['GET /a', 'GET /x'], { file: 'store/api.yaml' }),
  ];
  assert.deepEqual(told(bindSpecs(specs, servers, [])), [
    'player/api.yaml | player',
    'store/api.yaml | store',
  ]);
});

test('a spec in the folder of a server that only shows it belongs to the one that implements it', () => {
  const servers = [code(['GET /docs'], { root: 'docs' }), code(all, { root: 'server' })];
  assert.deepEqual(told(bindSpecs([spec(all, { file: 'docs/api.yaml' })], servers, [])), [
    ' | docs',
    'docs/api.yaml | server',
  ]);
});

test('a spec that wires its handlers belongs where it lies', () => {
  const wired = spec([promised('GET /a', { origin: { wired: 'x-eov-operation-handler' } }, 'one/api.yaml')], {
    file: 'one/api.yaml',
  });
  assert.deepEqual(told(bindSpecs([wired], [code([], { root: 'one' }), code(all, { root: 'two' })], [])), [
    'one/api.yaml | one',
    ' | two',
  ]);
});

test('two specs of one server stand together', () => {
  const specs = [
    spec(['GET /a'], { file: 'v1.yaml', bases: ['/v1'] }),
    spec(['GET /a'], { file: 'v2.yaml', bases: ['/v2'] }),
  ];
  assert.deepEqual(told(bindSpecs(specs, [code(['GET /v1/a', 'GET /v2/a'])], [])), ['v1.yaml+v2.yaml | .']);
});

test('a spec of something else and a server without a spec stay alone', () => {
  const servers = [code(all, { root: 'one' }), code(['GET /x', 'GET /y'], { root: 'two' })];
  assert.deepEqual(told(bindSpecs([spec(['GET /p', 'GET /q'])], servers, [])), [
    ' | one',
    ' | two',
    'openapi.yaml | ',
  ]);
});

test('what the user says wins', () => {
  const servers = [code(all, { root: 'one' }), code(['GET /v9/a'], { root: 'two' })];
  const override = { spec: fileId('openapi.yaml'), roots: ['two'], base: '/v9' };
  const bindings = bindSpecs([spec(all, { bases: ['/v1'] })], servers, [override]);
  assert.deepEqual(told(bindings), [' | one', 'openapi.yaml | two'].sort());
  assert.deepEqual(bindings.find(({ specs }) => specs.length > 0)?.specs[0]?.bases, [
    [{ parts: [{ text: 'v9' }] }],
  ]);
});
