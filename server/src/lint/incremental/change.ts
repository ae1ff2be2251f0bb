/** What is different between two versions of a text: one stretch, because editors change one at a time. */

export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Characters that are compared at once. */
const BLOCK = 16_384;

/** Undefined for equal texts. */
export function changeBetween(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + BLOCK <= most && before.slice(start, start + BLOCK) === after.slice(start, start + BLOCK))
    start += BLOCK;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  const left = most - start;
  const isSame = (count: number): boolean =>
    before.slice(before.length - same - count, before.length - same) ===
    after.slice(after.length - same - count, after.length - same);
  while (same + BLOCK <= left && isSame(BLOCK)) same += BLOCK;
  while (same < left && isSame(1)) same += 1;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}
