/** What of a document can be folded: everything with more than one line, lists that stand under their key included. */

import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import type { FeatureIndex } from './feature-index.ts';
import { partsInPlace } from './visible-values.ts';

export interface FoldingRange {
  /** From the line of the first offset to the line of the last one, which stays hidden. */
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment';
}

/**
 * The outermost come first, so that a limit leaves out what is deep inside. Undefined for a file of no specification:
 * an editor has ways of its own then.
 *
 * @param limit how many are wanted
 */
export function foldingRanges(
  index: FeatureIndex,
  file: FileId,
  limit: number,
): readonly FoldingRange[] | undefined {
  const top = index.document(file);
  const text = index.ready.textOf(file);
  if (!top || text === undefined) return undefined;
  const ranges: FoldingRange[] = [...commentRanges(text)];
  const waiting: DocNode[] = [top.node];
  for (let next = 0; next < waiting.length && ranges.length < limit; next += 1) {
    const node = waiting[next];
    for (const part of node ? partsInPlace(node) : []) {
      const range = rangeOf(text, part.start, part.node);
      if (!range) continue;
      ranges.push(range);
      waiting.push(part.node);
    }
  }
  return ranges.slice(0, limit);
}

function rangeOf(text: string, start: number, node: DocNode): FoldingRange | undefined {
  let end = Math.min(node.end, text.length);
  // The line of a closing bracket stays in view.
  if (/[{[]/.test(text[node.start] ?? '') && node.kind !== 'scalar') {
    const lineStart = text.lastIndexOf('\n', end - 1);
    if (lineStart >= 0 && /^[\s\]}]*$/.test(text.slice(lineStart, end))) end = lineStart;
  }
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end).includes('\n') ? { start, end } : undefined;
}

/** Comments on several lines, one below the other. */
function* commentRanges(text: string): Iterable<FoldingRange> {
  if (/^\uFEFF?\s*[{[]/.test(text)) return;
  for (const { index, 0: lines } of text.matchAll(/^[ \t]*#.*(?:\r?\n[ \t]*#.*)+/gm))
    yield { start: index, end: index + lines.length, kind: 'comment' };
}
