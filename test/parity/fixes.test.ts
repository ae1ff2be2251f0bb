/**
 * Fixes that are offered for drifts that were seeded into the parity API: afterwards the finding is gone, nothing that
 * weighs as much came, every file can be read and compiles as before. A few of each kind are looked at in each
 * implementation, or all with `EVERY=1`.
 */

import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import type { Finding } from '../../server/src/contract/finding.ts';
import type { FeatureIndex } from '../../server/src/lsp/features/feature-index.ts';
import type { Fix } from '../../server/src/lsp/features/fixes/fix.ts';
import { mendsOf } from '../../server/src/lsp/features/fixes/fixes.ts';
import { applied } from '../lsp/features/support/apply.ts';
import { faultsOfFix } from '../lsp/features/support/check-fix.ts';
import { codeMutations } from './code/index.ts';
import { contractMutations } from './contract/index.ts';
import { openLaboratory } from './laboratory.ts';
import { applyEdit, type Mutation } from './mutation.ts';
import type { Files } from './workspace.ts';

const enough = process.env['EVERY'] === '1' ? Infinity : 2;

interface Offered {
  readonly finding: Finding;
  readonly fix: Fix;
}

function offeredIn(index: FeatureIndex): readonly Offered[] {
  return index.ready.findings
    .filter(({ coveredBy }) => coveredBy === undefined)
    .flatMap((finding) => mendsOf(index, finding).map((fix) => ({ finding, fix })));
}

/** `http/unread-field Add … server/src/inputs.ts`: its rule, what it does and to which kinds of files. */
function kindOf({ finding, fix }: Offered): string {
  const endings = new Set(fix.edits.map(({ file }) => file.split('.').at(-1)));
  return [finding.rule, fix.title.split(' ')[0], ...endings].join(' ');
}

for (const [implementation, mutations] of Object.entries(codeMutations)) {
  test(`fixes of drifts seeded into ${implementation}`, () => {
    const laboratory = openLaboratory(implementation);
    const seen = new Map<string, number>();
    const wrong: string[] = [];
    for (const { name, edits } of [...mutations, ...contractMutations]) {
      const files = laboratory.filesWith(edits);
      const index = laboratory.look(files);
      for (const offered of offeredIn(index)) {
        const count = seen.get(kindOf(offered)) ?? 0;
        seen.set(kindOf(offered), count + 1);
        if (count >= enough) continue;
        const faults = faultsOfFix(files, index, offered.finding, offered.fix, laboratory.look);
        wrong.push(...faults.map((fault) => `${name}: ${fault}`));
      }
    }
    assert.ok(seen.size >= 10, `${seen.size} kinds of fixes`);
    assert.deepEqual(wrong, []);
  });

  test(`fix after fix, ${implementation} has nothing left to mend`, () => {
    const laboratory = openLaboratory(implementation);
    let files = togetherIn(laboratory.filesWith([]), [...mutations, ...contractMutations]);
    const before = laboratory.look(files).ready;
    for (let count = 0; ; count += 1) {
      assert.ok(count < 200, 'it does not end');
      const [offered] = offeredIn(laboratory.look(files));
      if (!offered) break;
      const after = applied(files, offered.fix.edits);
      assert.notDeepEqual(after, files, `${offered.fix.title} changes nothing`);
      files = after;
    }
    const { findings, snapshot } = laboratory.look(files).ready;
    assert.ok(findings.length < before.findings.length);
    assert.ok(snapshot.problems.length <= before.snapshot.problems.length);
  });
}

/** The texts with every seventh of the drifts, as far as one leaves the place of another as it is. */
function togetherIn(original: Files, mutations: readonly Mutation[]): Files {
  return mutations
    .filter((_, index) => index % 7 === 0)
    .reduce((files, { edits }) => {
      try {
        const next = new Map(files);
        for (const edit of edits) next.set(edit.file, applyEdit(next.get(edit.file) ?? '', edit));
        return next;
      } catch {
        return files;
      }
    }, original);
}
