import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findServerRoots, rootOf } from '../../server/src/code/roots.ts';
import { fileId } from '../../server/src/contract/span.ts';

function roots(apps: readonly string[], configs: Readonly<Record<string, unknown>>): readonly string[] {
  const texts = new Map(
    Object.entries(configs).map(([file, value]) => [fileId(file), JSON.stringify(value)]),
  );
  return findServerRoots({ apps: apps.map(fileId), configs: texts }).map((root) =>
    root.package === undefined ? root.dir : `${root.dir} (${root.package})`,
  );
}

test('A root is the nearest package of an application', () => {
  assert.deepEqual(roots(['src/app.ts', 'src/metrics.ts'], { 'package.json': { name: 'hangar' } }), [
    '. (hangar)',
  ]);
  assert.deepEqual(
    roots(['apps/api/src/main.ts', 'apps/jobs/src/main.ts', 'tools/mock.ts'], {
      'package.json': { name: 'fleet', workspaces: ['apps/*'] },
      'apps/api/package.json': { name: 'api' },
      'apps/jobs/package.json': { name: 'jobs' },
    }),
    ['. (fleet)', 'apps/api (api)', 'apps/jobs (jobs)'],
  );
});

test('Without a package the workspace is the root', () => {
  assert.deepEqual(roots(['server.js'], {}), ['.']);
  assert.deepEqual(roots(['server.js'], { 'package.json': 7 }), ['.']);
});

test('A package.json that only says how files are loaded is no package', () => {
  assert.deepEqual(
    roots(['src/app.js'], { 'package.json': { name: 'hangar' }, 'src/package.json': { type: 'commonjs' } }),
    ['. (hangar)'],
  );
});

test('Projects of one package are roots where there are several', () => {
  const nx = { 'package.json': { name: 'fleet' }, 'apps/api/project.json': {}, 'apps/jobs/project.json': {} };
  assert.deepEqual(roots(['apps/api/src/main.ts'], nx), ['. (fleet)']);
  assert.deepEqual(roots(['apps/api/src/main.ts', 'apps/jobs/src/main.ts'], nx), [
    'apps/api (fleet)',
    'apps/jobs (fleet)',
  ]);
  assert.deepEqual(
    roots(['servers/a/main.ts', 'servers/b/main.ts'], {
      'package.json': { name: 'fleet' },
      'nest-cli.json': { projects: { a: { root: 'servers/a' }, b: { root: 'servers/b' } } },
    }),
    ['servers/a (fleet)', 'servers/b (fleet)'],
  );
  assert.deepEqual(roots(['apps/a/main.ts', 'apps/b/main.ts'], { 'package.json': { name: 'fleet' } }), [
    'apps/a (fleet)',
    'apps/b (fleet)',
  ]);
});

test('Examples and tests are roots of their own', () => {
  assert.deepEqual(
    roots(['src/app.ts', 'examples/basic/src/app.js', 'examples/full/app.js'], {
      'package.json': { name: 'lib' },
    }),
    ['. (lib)', 'examples/basic (lib)', 'examples/full (lib)'],
  );
  assert.deepEqual(roots(['test/common/app.ts'], { 'package.json': { name: 'lib' } }), ['test (lib)']);
  assert.deepEqual(roots(['examples/app.js'], { 'package.json': { name: 'lib' } }), ['examples (lib)']);
});

test('A file belongs to the innermost root', () => {
  const all = [{ dir: '.' }, { dir: 'apps/api' }, { dir: 'a' }];
  assert.equal(rootOf(fileId('apps/api/src/x.ts'), all)?.dir, 'apps/api');
  assert.equal(rootOf(fileId('apps/apiary/x.ts'), all)?.dir, '.');
  assert.equal(rootOf(fileId('a/x.ts'), all)?.dir, 'a');
  assert.equal(rootOf(fileId('../x.ts'), all), undefined);
});
