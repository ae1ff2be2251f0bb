/** What has to be true of every fix: its finding is gone, nothing that weighs as much came, and all files can be read. */

import type { Finding } from '../../../../server/src/contract/finding.ts';
import type { FeatureIndex } from '../../../../server/src/lsp/features/feature-index.ts';
import type { Fix } from '../../../../server/src/lsp/features/fixes/fix.ts';
import { faultsOf } from '../../../support/compile.ts';
import { applied } from './apply.ts';

export type Files = ReadonlyMap<string, string>;

const weights = { info: 0, warning: 1, error: 2 } as const;

function printsOf({ ready }: FeatureIndex): ReadonlySet<string> {
  return new Set(ready.findings.flatMap(({ fingerprints = [] }) => fingerprints));
}

/** What is wrong with a fix, as sentences. `look` analyses what the workspace is afterwards. */
export function faultsOfFix(
  files: Files,
  index: FeatureIndex,
  finding: Finding,
  fix: Fix,
  look: (files: Files) => FeatureIndex,
): readonly string[] {
  const after = applied(files, fix.edits);
  const next = look(after);
  const [known, left] = [index, next].map(printsOf);
  const came = next.ready.findings.filter(
    (one) =>
      weights[one.severity] >= Math.max(1, weights[finding.severity]) &&
      one.fingerprints?.some((print) => known?.has(print) !== true),
  );
  const problems = next.ready.snapshot.problems.slice(index.ready.snapshot.problems.length);
  const editsCode = fix.edits.some(({ file }) => /\.[jt]s$/.test(file));
  const before = new Set(editsCode ? faultsOf(files) : []);
  const told = [
    ...(finding.fingerprints?.some((print) => left?.has(print)) ? ['it is still there'] : []),
    ...came.map(({ rule, message }) => `came: ${rule} ${message}`),
    ...problems.map(({ message }) => `problem: ${message}`),
    ...(editsCode ? faultsOf(after).filter((fault) => !before.has(fault)) : []),
  ];
  return told.map((fault) => `${finding.rule}: ${fix.title}: ${fault}`);
}
