/** When two names of fields may mean the same thing. */

import { editDistance } from '../../contract/edit-distance.ts';

/** `userName`, `user_name` and `UserName` are the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Alike, or but a third of the letters off: enough where nothing else has changed. */
export function isNear(a: string, b: string): boolean {
  return isAlike(a, b) || 3 * editDistance(a, b) <= Math.max(a.length, b.length);
}

/** The same words, a letter or two off, or all the words of the one among those of the other. */
export function isAlike(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const [x, y] = [first.join(''), second.join('')];
  if (x === y) return true;
  const shorter = Math.min(x.length, y.length);
  if (shorter >= 4 && editDistance(x, y) <= (shorter >= 8 ? 2 : 1)) return true;
  const [few, many] = first.length <= second.length ? [first, second] : [second, first];
  return few.length > 0 && few.every((word) => many.includes(word));
}
