/** How many operations of the documents that were linted are without fault. */

import type { Finding } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import type { LintMeasure } from '../../engine/kpis.ts';
import { lintMeasure as measure } from '../../engine/lint-measure.ts';
import { lookUp, parsePointer, type EntryTables } from '../../text/document-node.ts';
import type { FeatureIndex } from './feature-index.ts';

/** `linted`: what linting found, by the document that was linted. */
export function lintMeasure(
  index: FeatureIndex,
  linted: ReadonlyMap<FileId, readonly Finding[]>,
): LintMeasure {
  const tables: EntryTables = new Map();
  return measure(index.ready.snapshot.specs, linted, ({ at, origin }) => {
    const pointer = parsePointer(origin.pointer);
    return pointer && lookUp(index.reader.document(at.file)?.node, pointer, tables)?.end;
  });
}
