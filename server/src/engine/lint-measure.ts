/** How many operations of the documents that were linted are without fault. */

import type { Finding } from '../contract/finding.ts';
import type { SpecContract, SpecOperation } from '../contract/operation.ts';
import type { FileId } from '../contract/span.ts';
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
  const faults = [...linted.values()].flat().filter(({ severity }) => severity !== 'info');
  // Parts that a document refers to are linted with it.
  const measured = specs.flatMap(({ file, operations }) =>
    operations.items.filter(({ at }) => linted.has(file) || linted.has(at.file)),
  );
  const clean = measured.filter((operation) => {
    const { file, start, end } = operation.at;
    const last = Math.max(end, endOf(operation) ?? end);
    return !faults.some(({ at }) => at.file === file && start <= at.start && at.start < last);
  });
  return { operations: measured.length, clean: clean.length };
}
