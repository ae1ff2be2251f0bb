/** Fixtures with mutations: whatever stands in the files of a workspace, checking it neither fails nor hangs. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { runRules } from '../../server/src/drift/run.ts';
import { parseFixture } from '../support/fixture.ts';
import { assertSound, timed } from './assert-sound.ts';
import { mutation } from './mutate.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

const frameworks = ['express', 'nest'].flatMap((name) => {
  const folder = join(fixtures, 'frameworks', name);
  return readdirSync(folder)
    .sort()
    .map((file) => new Map(parseFixture(readFileSync(join(folder, file), 'utf8')).files));
});

const workspaces = [...frameworks, readWorkspace(join(fixtures, 'workspaces', 'example'))];
const donors = workspaces.flatMap((files) => [...files.values()]);

/** A workspace of which a few texts are mutated, and the names of those files. */
const mutated = fc
  .tuple(
    fc.constantFrom(...workspaces),
    fc.array(fc.tuple(fc.nat(), mutation(donors)), { minLength: 1, maxLength: 6 }),
  )
  .map(([files, mutations]) => {
    const result = new Map(files);
    const names = [...files.keys()].filter((name) => name !== 'expect');
    result.delete('expect');
    for (const [pick, mutate] of mutations) {
      const name = names[pick % names.length];
      if (name !== undefined) result.set(name, mutate(result.get(name) ?? ''));
    }
    return result;
  });

test('mutated workspaces', (context) => {
  const seed = Number(process.env['FUZZ_SEED'] ?? 20);
  context.diagnostic(`seed ${seed}`);
  fc.assert(
    fc.property(mutated, (files) => {
      const snapshot = timed(files);
      assertSound(files, snapshot);
      for (const finding of runRules(snapshot.links, { severities: {} }))
        assert.ok(finding.at.start <= finding.at.end);
    }),
    {
      seed,
      numRuns: Number(process.env['FUZZ_RUNS'] ?? 300),
      interruptAfterTimeLimit: 12_000,
      markInterruptAsFailure: false,
    },
  );
});

function readWorkspace(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}
