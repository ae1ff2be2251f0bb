/** What an earlier run assembled, for hosts that can tell whether it still holds. */

import type { FileId } from '../contract/span.ts';
import type { WorkItem } from './work.ts';

export type Assembling = 'spec' | 'code';

export interface Kept {
  /**
   * What was kept of this side, if everything that it was made from is the same: the settings, the files that there
   * are, and the result of each piece of work that was done for it. Undefined otherwise.
   */
  recall(side: Assembling): unknown;
  /** `documents` are those that code was assembled from; what a spec consists of is known by the work for it. */
  keep(side: Assembling, made: object, documents: readonly FileId[]): void;
}

/** Recalls what `assemble` would make, else makes and keeps it. What still owes work is not worth keeping. */
export function throughKept<T extends { readonly owed: readonly WorkItem[] }>(
  kept: Kept | undefined,
  side: Assembling,
  assemble: () => T,
  documents: () => readonly FileId[] = () => [],
): T {
  const before = kept?.recall(side);
  if (before !== undefined) return before as T;
  const made = assemble();
  if (made.owed.length === 0) kept?.keep(side, made, documents());
  return made;
}
