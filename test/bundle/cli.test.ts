/** The built program, run as users run it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exampleFolder, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const dist = fileURLToPath(new URL('../../server/dist/', import.meta.url));

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const clean = { ...process.env, ...env };
  // What the runner tells its children is not for them to tell theirs.
  delete clean['NODE_OPTIONS'];
  delete clean['FORCE_COLOR'];
  return spawnSync(process.execPath, [join(dist, 'cli.cjs'), ...args], {
    encoding: 'utf8',
    env: { ...clean, ...env },
    maxBuffer: 1 << 28,
  });
}

test('the bundle reports what the sources report', (context) => {
  const caches = folderOf(context, {});
  const expected = runCli(['check', exampleFolder, '--format', 'json']).out;
  // The second run loads the compiled form that the first one kept.
  for (let time = 1; time <= 2; time++) {
    const { stdout, stderr, status } = run(['check', exampleFolder, '--format', 'json'], {
      XDG_CACHE_HOME: caches,
    });
    assert.equal(stdout, expected);
    assert.deepEqual([status, stderr], [1, '']);
  }
});

test('a cache folder that cannot be written is no error', () => {
  const { status, stderr } = run(['routes', exampleFolder], { XDG_CACHE_HOME: '/dev/null/nowhere' });
  assert.deepEqual([status, stderr], [0, '']);
});

test('colours only where they are wanted', () => {
  const escape = '\u001b[';
  assert.ok(!run(['check', exampleFolder]).stdout.includes(escape));
  assert.ok(run(['check', exampleFolder], { FORCE_COLOR: '1' }).stdout.includes(escape));
  assert.ok(!run(['check', exampleFolder], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout.includes(escape));
});

test('a command that needs no parser does not load it', () => {
  const { status, stdout } = run(['explain', 'http/path-typo']);
  assert.equal(status, 0);
  assert.match(stdout, /http\/path-typo/);
});

test('bundles are self-contained and of the expected size', () => {
  const limits: Readonly<Record<string, number>> = {
    'cli.cjs': 20_000,
    'main.cjs': 1_100_000,
    'analysis.cjs': 8_000_000,
  };
  for (const [name, limit] of Object.entries(limits)) {
    assert.ok(statSync(join(dist, name)).size < limit, name);
    const text = readFileSync(join(dist, name), 'utf8');
    const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, specifier = '']) =>
      specifier.replace(/^node:/, ''),
    );
    // TypeScript asks for these at run time if it finds them, and works without.
    const optional = ['source-map-support', '@microsoft/typescript-etw', 'inspector'];
    assert.deepEqual(
      required.filter((each) => !builtinModules.includes(each) && !optional.includes(each)),
      [],
      name,
    );
  }
});
