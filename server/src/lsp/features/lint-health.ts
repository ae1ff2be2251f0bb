/** How many operations of the documents that were linted are without fault. */

import type { Finding } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import type { LintMeasure } from '../../engine/kpis.ts';
import { lintMeasure as measure } from '../../engine/lint-measure.ts';
import type { FeatureIndex } from './feature-index.ts';
import { operationAt } from './fixes/fix.ts';

/** `linted`: what linting found, by the document that was linted. */
export function lintMeasure(
  index: FeatureIndex,
  linted: ReadonlyMap<FileId, readonly Finding[]>,
): LintMeasure {
  return measure(index.ready.snapshot.specs, linted, (operation) => operationAt(index, operation)?.node.end);
}
