/** How many operations of the documents that were linted are without fault. */

import type { Finding } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import type { LintMeasure } from '../../engine/kpis.ts';
import type { FeatureIndex } from './feature-index.ts';
import { operationAt } from './fixes/fix.ts';

/** `linted`: what linting found, by the document that was linted. */
export function lintMeasure(
  index: FeatureIndex,
  linted: ReadonlyMap<FileId, readonly Finding[]>,
): LintMeasure {
  const faults = [...linted.values()].flat().filter(({ severity }) => severity !== 'info');
  const measured = index.ready.snapshot.specs
    .filter(({ files }) => files.some((file) => linted.has(file)))
    .flatMap(({ operations }) => operations.items)
    .filter(({ at }) => linted.has(at.file));
  const clean = measured.filter((operation) => {
    const node = operationAt(index, operation)?.node;
    const { file, start, end } = operation.at;
    const last = Math.max(end, node?.end ?? end);
    return !faults.some(({ at }) => at.file === file && start <= at.start && at.start < last);
  });
  return { operations: measured.length, clean: clean.length };
}
