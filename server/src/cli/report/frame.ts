/** A code frame: the line that is spoken of, with the part that is meant underlined. */

import type { Place, Places } from '../places.ts';
import type { Theme } from './theme.ts';

const tabWidth = 2;

/** Two lines: source and underline. `paint` colours the underline; `gutter` is the width of the line number. */
export function frame(
  places: Places,
  place: Place,
  gutter: number,
  theme: Theme,
  paint: (text: string) => string,
): readonly string[] {
  const raw = places.line(place.file, place.start.line);
  const visible = raw.trimEnd();
  const from = Math.min(place.start.column - 1, visible.length);
  const endOfPart = place.end.line === place.start.line ? place.end.column - 1 : visible.length;
  const to = Math.max(from + 1, Math.min(endOfPart, visible.length));

  const indent = /^\s*/.exec(visible)?.[0].length ?? 0;
  const shift = Math.min(indent, from);
  const room = Math.max(20, theme.width - gutter - 7);
  const start = to - shift > room ? Math.max(shift, from - Math.floor(room / 3)) : shift;
  const cut = start > shift ? '…' : '';
  const shown = expand(visible.slice(start, start + room));
  const tail = visible.length > start + room ? '…' : '';
  const before = cut.length + expand(visible.slice(start, from)).length;
  const length = Math.max(1, Math.min(expand(visible.slice(from, to)).length, room - before));

  const number = String(place.start.line).padStart(gutter);
  const bar = theme.quiet('│');
  return [
    `${theme.quiet(number)} ${bar} ${cut}${shown}${tail}`,
    `${' '.repeat(gutter)} ${bar} ${' '.repeat(before)}${paint('~'.repeat(length))}`,
  ];
}

/** Tabs become spaces, and what could move the cursor or change colours becomes harmless. */
function expand(text: string): string {
  return text.replaceAll('\t', ' '.repeat(tabWidth)).replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}
