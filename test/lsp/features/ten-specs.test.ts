/** Every feature at prefixes of ten specifications: nothing is thrown, and no edit breaks what was typed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refactorings } from '../../../server/src/authoring/refactor/refactorings.ts';
import { buildSymbols } from '../../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../../server/src/contract/span.ts';
import { completions } from '../../../server/src/lsp/features/completion/complete.ts';
import { withoutStops } from '../../../server/src/lsp/features/completion/item.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { applied, sourcesOf, type Files } from '../../authoring/support/sources.ts';
import { tenSpecs } from '../../authoring/support/ten-specs.ts';
import { askFile, askPlace, existsIn } from './support/ask.ts';
import { indexOf } from './support/scene.ts';

/** Between prefixes, prime; `PREFIX_STEP=1` tries each. */
const step = Number(process.env['PREFIX_STEP'] ?? '137');

/** Characters around the caret at which is asked. */
const near = [0, 1, 2, 3, 5, 8, 13];

function faults(files: Files): number {
  return Object.entries(files).reduce(
    (sum, [name, text]) => sum + readDocument(fileId(name), text).problems.length,
    0,
  );
}

/** A key that is being typed is forgiven at the end of a text, and not once something stands below it. */
function faultsOfTyped(files: Files, root: string): number {
  return Math.max(faults(files), faults({ ...files, [root]: `${files[root] ?? ''}\nmore: 0\n` }));
}

for (const { name, root, files } of tenSpecs)
  test(`${name}: at every prefix`, () => {
    const whole = files[root] ?? '';
    for (let at = 0; at <= whole.length; at += step) {
      // Nobody stands within a line break.
      const length = whole[at - 1] === '\r' ? at + 1 : at;
      const typed: Files = { ...files, [root]: whole.slice(0, length) };
      const world = new Map(Object.entries(typed));
      const index = indexOf(world);
      const file = fileId(root);
      const exists = existsIn(world);
      askFile(index, file, exists);
      const offsets = near.map((back) => length - back).filter((offset) => offset >= 0);
      for (const offset of offsets) askPlace(index, file, offset, exists);
      checkCompletions(index, typed, root, length);
      checkRefactorings(typed, root, offsets);
    }
  });

function checkCompletions(
  index: ReturnType<typeof indexOf>,
  files: Files,
  root: string,
  offset: number,
): void {
  const text = files[root] ?? '';
  const before = faults(files);
  const place = { file: fileId(root), text, offset, before: offset };
  // Of many alike the first ones say enough.
  for (const { label, start, end, insert, also } of (completions(index, place) ?? []).slice(0, 25)) {
    const edits = [{ start, end, text: withoutStops(insert) }, ...also].map((edit) => ({
      file: fileId(root),
      ...edit,
    }));
    const after = faults(applied(files, edits));
    assert.ok(after <= before + 1, `${label} at ${offset}: ${after} faults after ${before}`);
  }
}

function checkRefactorings(files: Files, root: string, offsets: readonly number[]): void {
  const sources = { ...sourcesOf(files), roots: [fileId(root)] };
  const symbols = buildSymbols(sources);
  const before = faultsOfTyped(files, root);
  for (const offset of offsets)
    for (const offer of refactorings({
      sources,
      file: fileId(root),
      offset,
      symbols: () => symbols,
      isQuick: true,
    })) {
      const made = offer.edits();
      if ('refused' in made) continue;
      const after = faults(applied(files, made.edits));
      assert.ok(after <= before, `${offer.title} at ${offset}: ${after} faults after ${before}`);
    }
}
