import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileId } from '../../server/src/contract/span.ts';
import { createBundleLoader } from '../../server/src/host/code-cache.ts';
import { openCache } from '../../server/src/host/facts-cache.ts';
import { folderOf } from '../support/folder.ts';

const file = fileId('a.ts');

test('facts are found again for the same file, bytes and build, and only then', (context) => {
  const path = join(folderOf(context, {}), 'deep/facts.bin');
  const first = openCache(path, 'one');
  assert.deepEqual(
    first.through('module', file, { hash: 'h1' }, () => ({ made: 1 })),
    { made: 1 },
  );
  first.save();

  const again = openCache(path, 'one');
  assert.deepEqual(
    again.through('module', file, { hash: 'h1' }, () => assert.fail('made again')),
    { made: 1 },
  );
  assert.equal(
    again.through('module', file, { hash: 'h2' }, () => 'other bytes'),
    'other bytes',
  );
  assert.equal(
    again.through('module', fileId('b.ts'), { hash: 'h1' }, () => 'other file'),
    'other file',
  );
  assert.equal(
    again.through('scan', file, { hash: 'h1' }, () => 'other kind'),
    'other kind',
  );
  assert.equal(
    openCache(path, 'two').through('module', file, { hash: 'h1' }, () => 'other build'),
    'other build',
  );
});

test('what a run does not use is forgotten', (context) => {
  const path = join(folderOf(context, {}), 'facts.bin');
  const first = openCache(path, 'one');
  first.through('module', file, { hash: 'h1' }, () => 'old');
  first.save();
  const second = openCache(path, 'one');
  second.through('module', file, { hash: 'h2' }, () => 'new');
  second.save();
  assert.equal(
    openCache(path, 'one').through('module', file, { hash: 'h1' }, () => 'made again'),
    'made again',
  );
});

test('a damaged cache is an empty one', (context) => {
  const path = join(folderOf(context, {}), 'facts.bin');
  const first = openCache(path, 'one');
  first.through('module', file, { hash: 'h1' }, () => 'kept');
  first.save();
  const bytes = readFileSync(path);
  for (const damage of [bytes.subarray(0, bytes.length >> 1), Buffer.from('no cache'), Buffer.alloc(0)]) {
    writeFileSync(path, damage);
    assert.equal(
      openCache(path, 'one').through('module', file, { hash: 'h1' }, () => 'made'),
      'made',
    );
  }
  const blocked = openCache(join(path, 'a file is no folder/facts.bin'), 'one');
  assert.equal(
    blocked.through('module', file, { hash: 'h1' }, () => 'made'),
    'made',
  );
  blocked.save();
});

test('a bundle loads the same with and without its compiled form, and with a damaged one', (context) => {
  const folder = folderOf(context, {
    'bundle.cjs': `exports.add = (a, b) => a + b; exports.here = __filename; exports.os = require('node:os').EOL;`,
  });
  const path = join(folder, 'bundle.cjs');
  const caches = join(folder, 'caches');
  const load = () => {
    const loader = createBundleLoader(caches);
    const loaded = loader.load(path) as { add(a: number, b: number): number; here: string; os: string };
    assert.equal(loaded.add(1, 2), 3);
    assert.equal(loaded.here, path);
    assert.equal(loader.load(path), loaded);
    loader.keep();
  };
  load();
  load();
  for (const name of readdirSync(caches, { recursive: true }).map(String)) {
    if (name.endsWith('.bin')) writeFileSync(join(caches, name), 'damaged');
  }
  load();
});
