/** Refactorings of ten specifications, at every head of an object: what is promised stays the same. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refactoring } from '../../server/src/authoring/refactor/refactoring.ts';
import { refactorings } from '../../server/src/authoring/refactor/refactorings.ts';
import { buildSymbols } from '../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { promisesOf } from './support/promises.ts';
import { applied, sourcesOf, type Files } from './support/sources.ts';
import { tenSpecs } from './support/ten-specs.ts';

/** Those that change what is promised, or what others refer to, on purpose. */
const changing: ReadonlySet<string> = new Set(['infer', 'one of', 'remove', 'operation ids', 'convert']);

/** Every kind of refactoring is tried this many times for a document at the most: they take a while. */
const mostOfAKind = 12;

function sceneOf(files: Files, root: string) {
  const sources = { ...sourcesOf(files), roots: [fileId(root)] };
  const symbols = buildSymbols(sources);
  return { sources, symbols };
}

for (const { name, root, files } of tenSpecs)
  test(`${name}: no refactoring changes what is promised`, () => {
    const { sources, symbols } = sceneOf(files, root);
    const before = promisesOf(files, root);
    assert.deepEqual(before.errors, []);
    const counts = new Map<string, number>();
    for (const { objects } of symbols.collected)
      for (const { file, entry, node } of objects) {
        const offset = entry?.keyStart ?? node.start;
        const scene = { sources, file, offset, symbols: () => symbols, isQuick: true };
        for (const offer of refactorings(scene)) check(offer, `${file} at ${offset}`);
      }
    assert.ok(counts.size > 3, [...counts.keys()].join(', '));

    function check(offer: Refactoring, where: string): void {
      const kind = offer.id.replace(/^(use|move to) .*/, '$1');
      const count = counts.get(kind) ?? 0;
      if (changing.has(kind) || offer.disabled !== undefined || count >= mostOfAKind) return;
      const made = offer.edits();
      if ('refused' in made) return;
      counts.set(kind, count + 1);
      const after = promisesOf(applied(files, made.edits), root);
      assert.deepEqual(after.errors, [], `${offer.title}, ${where}`);
      assert.deepEqual(after.contract, before.contract, `${offer.title}, ${where}`);
    }
  });

function done(files: Files, root: string, id: string): Files | undefined {
  const { sources, symbols } = sceneOf(files, root);
  const offset = (files[root] ?? '').search(/openapi|swagger/);
  const scene = { sources, file: fileId(root), offset, symbols: () => symbols, isQuick: true };
  const made = refactorings(scene)
    .find((each) => each.id === id)
    ?.edits();
  assert.ok(!made || 'edits' in made, JSON.stringify(made));
  return made && 'edits' in made ? applied(files, made.edits) : undefined;
}

for (const { name, root, files } of tenSpecs)
  test(`${name}: split and bundled again, it is the same text`, () => {
    // What lies in many files is brought into one first.
    const whole = done(files, root, 'bundle') ?? files;
    const one = { [root]: whole[root] ?? '' };
    const parts = done(one, root, 'split');
    assert.ok(parts && Object.keys(parts).length > 2);
    assert.deepEqual(promisesOf(parts, root), promisesOf(one, root));
    const again = done(parts, root, 'bundle');
    assert.equal(again?.[root], one[root]);
  });
