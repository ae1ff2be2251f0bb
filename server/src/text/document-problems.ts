/** Collects the problems of one document. */

import type { Problem } from '../contract/finding.ts';
import type { FileId, TextRange } from '../contract/span.ts';
import { MAX_PROBLEMS } from './limits.ts';

export interface ProblemSink {
  add(code: string, message: string, start: number, end: number, severity?: Problem['severity']): void;
  /** As `add`, but at most once for each code: for faults that tend to come in hundreds. */
  addOnce(code: string, message: string, start: number, end: number, severity?: Problem['severity']): void;
  /** True when further problems are dropped, so that there is no use in working out their messages. */
  isFull(): boolean;
  readonly list: readonly Problem[];
}

export function createProblemSink(file: FileId): ProblemSink {
  const list: Problem[] = [];
  const codes = new Set<string>();
  const places = new Set<string>();
  const add: ProblemSink['add'] = (code, message, start, end, severity = 'error') => {
    codes.add(code);
    const place = `${code}:${start}`;
    if (list.length >= MAX_PROBLEMS || places.has(place)) return;
    places.add(place);
    list.push({ code, severity, message, at: { file, start, end: Math.max(start, end) } });
  };
  return {
    add,
    addOnce: (code, message, start, end, severity) => {
      if (!codes.has(code)) add(code, message, start, end, severity);
    },
    isFull: () => list.length >= MAX_PROBLEMS,
    list,
  };
}

/** Reports a key that stands twice in one mapping, at the later one. */
export function reportDuplicateKey(
  sink: ProblemSink,
  text: string,
  key: string,
  first: { readonly start: number },
  again: TextRange,
): void {
  if (sink.isFull()) return;
  sink.add(
    'document/duplicate-key',
    `The key "${key}" is already on line ${lineOf(text, first.start)} of the same mapping.`,
    again.start,
    again.end,
  );
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
