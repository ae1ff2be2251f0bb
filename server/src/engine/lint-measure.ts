/** How many operations of the documents that were linted are without fault. */

import type { Finding } from '../contract/finding.ts';
import type { SpecContract, SpecOperation } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
import { firstIndex } from '../text/halving.ts';
import type { LintMeasure } from './kpis.ts';

/**
 * @param linted what linting found, by the document that was linted
 * @param endOf where the operation's own mapping ends; undefined where it is not known
 */
export function lintMeasure(
  specs: readonly SpecContract[],
  linted: ReadonlyMap<FileId, readonly Finding[]>,
  endOf: (operation: SpecOperation) => number | undefined,
): LintMeasure {
  const faults = startsOfFaults(linted);
  // Parts that a document refers to are linted with it.
  const measured = specs.flatMap(({ file, operations }) =>
    operations.items.filter(({ at }) => linted.has(file) || linted.has(at.file)),
  );
  const clean = measured.filter((operation) => {
    const { file, start, end } = operation.at;
    const starts = faults.get(file) ?? [];
    const next = starts[firstIndex(starts.length, (index) => (starts[index] ?? 0) >= start)];
    return next === undefined || next >= Math.max(end, endOf(operation) ?? end);
  });
  return { operations: measured.length, clean: clean.length };
}

/** In order, by file. */
function startsOfFaults(
  linted: ReadonlyMap<FileId, readonly Finding[]>,
): ReadonlyMap<FileId, readonly number[]> {
  const starts = new Map<FileId, number[]>();
  for (const { severity, at } of [...linted.values()].flat()) {
    if (severity === 'info') continue;
    const known = starts.get(at.file);
    if (known) known.push(at.start);
    else starts.set(at.file, [at.start]);
  }
  for (const each of starts.values()) each.sort((a, b) => a - b);
  return starts;
}
