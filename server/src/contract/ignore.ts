/** What an author asks to be left alone about: comments in code, keys in a spec. */

import type { Span } from './span.ts';

export interface Ignore {
  /** `internal` marks routes that no contract has to know; `findings` asks for silence. */
  readonly about: 'findings' | 'internal';
  /** Ids of the rules that are to be silent; empty for all of them. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** Where it is written: the comment, the key. */
  readonly at: Span;
  /** What begins in one of these is meant. */
  readonly covers: readonly Span[];
  /** JSON pointer (RFC 6901) of what is meant, in the file of `at`; undefined in code. */
  readonly pointer?: string;
}

/** Words that look like ids of rules: `http/undocumented-operation`. */
export function isRuleId(word: string): boolean {
  return /^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(word);
}

export function isCovered({ covers }: Ignore, at: Span): boolean {
  return covers.some(({ file, start, end }) => file === at.file && start <= at.start && at.start < end);
}
