/** From offsets to lines, for people who read reports. */

import { firstIndex } from './halving.ts';
import { shiftBetween } from './shift.ts';

export interface Position {
  /** 0-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly column: number;
}

export interface LineIndex {
  /** Offsets at which lines begin. */
  readonly starts: ArrayLike<number>;
  /** Offsets outside the text give its first or last position. */
  position(offset: number): Position;
  /** The offset of a place; beyond a line's end it is that end. Both 0-based, `column` in UTF-16 units. */
  offset(line: number, column: number): number;
}

/** A line ends with `\n`, `\r\n` or a lone `\r`, as in the language server protocol. */
export function createLineIndex(text: string): LineIndex {
  return indexOf(text, lineStarts(text));
}

/** The index of a text that came of an earlier one: only what changed is searched for ends of lines. */
export function nextLineIndex(
  text: string,
  earlier: { readonly text: string; readonly lines: LineIndex },
): LineIndex {
  const { changed } = shiftBetween(earlier.text, text);
  const { starts } = earlier.lines;
  const before = Math.max(1, startsUntil(starts, changed.start));
  // An end of two signs may have been parted or joined where the change ends.
  const behind = startsUntil(starts, changed.before + 2);
  const added = changed.after - changed.before;
  const from = starts[before - 1] ?? 0;
  const next = starts[behind];
  const until = next === undefined ? text.length + 1 : next + added;
  const between = lineStarts(text.slice(from, until))
    .slice(1)
    .map((start) => start + from)
    .filter((start) => start < until);
  const made = new Uint32Array(before + between.length + starts.length - behind);
  for (let line = 0; line < before; line += 1) made[line] = starts[line] ?? 0;
  made.set(between, before);
  for (let line = behind, to = before + between.length; line < starts.length; line += 1, to += 1)
    made[to] = (starts[line] ?? 0) + added;
  return indexOf(text, made);
}

/** How many lines begin before the offset. */
function startsUntil(starts: ArrayLike<number>, offset: number): number {
  return firstIndex(starts.length, (number) => (starts[number] ?? 0) >= offset);
}

function indexOf(text: string, starts: ArrayLike<number>): LineIndex {
  return {
    starts,
    position(offset) {
      const target = Math.min(Math.max(offset, 0), text.length);
      const line = firstIndex(starts.length, (number) => (starts[number] ?? 0) > target) - 1;
      return { line, column: target - (starts[line] ?? 0) };
    },
    offset(line, column) {
      if (line >= starts.length) return text.length;
      const start = starts[Math.max(line, 0)] ?? 0;
      const next = starts[line + 1] ?? text.length + 1;
      return Math.min(start + Math.max(column, 0), Math.max(start, next - 1));
    },
  };
}

/** Searching for one sign is much quicker than looking at each. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  let cr = text.indexOf('\r');
  for (let lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', lf + 1)) {
    for (; cr >= 0 && cr < lf; cr = text.indexOf('\r', cr + 1)) if (cr + 1 !== lf) starts.push(cr + 1);
    starts.push(lf + 1);
  }
  for (; cr >= 0; cr = text.indexOf('\r', cr + 1)) starts.push(cr + 1);
  return starts;
}
