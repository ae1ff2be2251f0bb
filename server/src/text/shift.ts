/** Places of one text in a later one. */

export interface Shift {
  /** Where the part that changed begins in both texts, and where it ends in each. */
  readonly changed: { readonly start: number; readonly before: number; readonly after: number };
  /** Where an offset of the earlier text is in the later one. What stood in the part that changed is at its edge. */
  forward(offset: number): number;
  /** Where an offset of the later text was in the earlier one. */
  back(offset: number): number;
}

/** Two parts of texts are compared much quicker than their signs one by one, and long parts than many short ones. */
const blocks = [65_536, 1_024, 1] as const;

/** Takes what lies between the common beginning and the common end of both texts for what changed. */
export function shiftBetween(before: string, after: string): Shift {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  for (const block of blocks)
    while (
      start + block <= shortest &&
      before.slice(start, start + block) === after.slice(start, start + block)
    )
      start += block;
  let end = 0;
  const fromEnd = (text: string, block: number): string =>
    text.slice(text.length - end - block, text.length - end);
  for (const block of blocks)
    while (end + block <= shortest - start && fromEnd(before, block) === fromEnd(after, block)) end += block;
  const changed = { start, before: before.length - end, after: after.length - end };
  return {
    changed,
    forward: moved(start, changed.before, changed.after),
    back: moved(start, changed.after, changed.before),
  };
}

/** `from` and `to` are where the changed part, which begins at `start` in both, ends in each. */
function moved(start: number, from: number, to: number): (offset: number) => number {
  return (offset) => {
    if (offset <= start) return offset;
    return offset >= from ? offset + to - from : Math.min(offset, to);
  };
}
