/** What could not be told of a route, at the end of its registration. Off unless the user asks for it. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { CodeOperation } from '../../contract/operation.ts';
import { reasonText } from '../../contract/reasons.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { FeatureIndex } from './feature-index.ts';

export interface InlayHint {
  /** The hint stands at the end of this place. */
  readonly at: Span;
  /** `responses: cannot tell`. */
  readonly label: string;
  /** The reasons, one a line. */
  readonly tooltip: string;
}

/** Hints inside of a range of a file, top to bottom: one a registration. */
export function inlayHints(index: FeatureIndex, { file, start, end }: Span): readonly InlayHint[] {
  const hints = new Map<number, InlayHint>();
  for (const { code } of index.entriesIn(file)) {
    if (code?.at.file !== file || code.at.end < start || code.at.start > end || hints.has(code.at.start))
      continue;
    const hint = hintOf(code, file);
    if (hint) hints.set(code.at.start, hint);
  }
  return [...hints.values()].sort((a, b) => a.at.start - b.at.start);
}

const shownReasons = 5;

function hintOf(code: CodeOperation, file: FileId): InlayHint | undefined {
  const { unknownPrefix } = code.origin;
  const parts: readonly (readonly [string, readonly UnknownReason[]])[] = [
    ['path', unknownPrefix ? [unknownPrefix] : []],
    ['parameters', code.inputs.gaps],
    ['body', code.bodies.gaps],
    ['responses', code.outputs.gaps],
    ['security', code.security.required.known ? [] : [code.security.required.reason]],
  ];
  const unknown = parts.filter(([, gaps]) => gaps.length > 0);
  if (unknown.length === 0) return undefined;
  const lines = unknown.flatMap(([name, gaps]) => [
    ...new Set(gaps.map((gap) => `${name}: ${reasonText(gap)}`)),
  ]);
  const more = lines.length - shownReasons;
  return {
    at: { file, start: code.at.start, end: code.at.end },
    label: `${unknown.map(([name]) => name).join(', ')}: cannot tell`,
    tooltip: [...lines.slice(0, shownReasons), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
  };
}
