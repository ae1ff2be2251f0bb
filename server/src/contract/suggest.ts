/** "Did you mean …?" */

import { editDistance } from './edit-distance.ts';

/** The candidate that is at most a third of its letters away from `text`; undefined where none is. */
export function suggest(text: string, candidates: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of candidates) {
    const distance = editDistance(text.toLowerCase(), name.toLowerCase());
    if (distance <= Math.max(1, name.length / 3) && (!best || distance < best.distance))
      best = { name, distance };
  }
  return best?.name;
}
