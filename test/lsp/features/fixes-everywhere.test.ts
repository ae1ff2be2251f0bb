/**
 * Every fix that mends, on every example of every rule and on the example workspace: afterwards its finding is gone,
 * nothing that weighs as much came, every file can be read and compiles as before, and the fix is not offered again.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../../server/src/drift/registry.ts';
import { mendsOf, fixesAt } from '../../../server/src/lsp/features/fixes/fixes.ts';
import { exampleFolder } from '../../support/cli.ts';
import { parseFixture } from '../../support/fixture.ts';
import { applied } from './support/apply.ts';
import { faultsOfFix, type Files } from './support/check-fix.ts';
import { indexOf } from './support/scene.ts';

function check(files: Files): { readonly fixes: number; readonly faults: readonly string[] } {
  const index = indexOf(files);
  const all = index.ready.findings.flatMap((finding) =>
    mendsOf(index, finding).map((fix) => ({ finding, fix })),
  );
  return {
    fixes: all.length,
    faults: all.flatMap(({ finding, fix }) => faultsOfFix(files, index, finding, fix, indexOf)),
  };
}

for (const { id, invalid } of rules)
  test(`${id}: fixes of its examples`, () => {
    for (const { name, files } of invalid) {
      const result = check(parseFixture(files).files);
      assert.deepEqual(result.faults, [], name);
    }
  });

function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  const files = names.filter((name) => /\.(?:ts|ya?ml|json)$/.test(name));
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('fixes of the example workspace', () => {
  const { fixes, faults: found } = check(filesOf(exampleFolder));
  assert.ok(fixes >= 10, `${fixes} fixes`);
  assert.deepEqual(found, []);
});

test('fix after fix there is nothing left to mend', () => {
  let files = filesOf(exampleFolder);
  for (let count = 0; ; count += 1) {
    assert.ok(count < 60, 'it does not end');
    const index = indexOf(files);
    const [fix] = index.ready.findings.flatMap((finding) => mendsOf(index, finding));
    if (!fix) break;
    files = applied(files, fix.edits);
  }
  const index = indexOf(files);
  assert.deepEqual(
    index.ready.findings.flatMap(({ at }) => fixesAt(index, at)).filter(({ fix }) => fix.preferred),
    [],
  );
});
