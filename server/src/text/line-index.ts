/** From offsets to lines, for people who read reports. */

import { firstIndex } from './halving.ts';

export interface Position {
  /** 0-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly column: number;
}

export interface LineIndex {
  /** Offsets outside the text give its first or last position. */
  position(offset: number): Position;
  /** The offset of a place; beyond a line's end it is that end. Both 0-based, `column` in UTF-16 units. */
  offset(line: number, column: number): number;
}

/** A line ends with `\n`, `\r\n` or a lone `\r`, as in the language server protocol. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  return {
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
