/** What an earlier run assembled, for hosts that can tell whether it still holds. */

import type { WorkItem } from './work.ts';

export type Assembling = 'spec' | 'code';

export interface Kept {
  /**
   * What was kept of this side, if everything that it was made from is the same: the settings, the files that there
   * are, and the result of each piece of work that was done for it. Undefined otherwise.
   */
  recall(side: Assembling): unknown;
  keep(side: Assembling, made: object): void;
}

/** Recalls what `assemble` would make, else makes and keeps it. What still owes work is not worth keeping. */
export function throughKept<T extends { readonly owed: readonly WorkItem[] }>(
  kept: Kept | undefined,
  side: Assembling,
  assemble: () => T,
): T {
  const before = kept?.recall(side);
  if (before !== undefined) return before as T;
  const made = assemble();
  if (made.owed.length === 0) kept?.keep(side, made);
  return made;
}
