/** Puts the entries of a mapping into another order. Each takes the comments right above it along. */

import type { DocEntry } from '../contract/facts.ts';
import type { DocMap } from './document-node.ts';
import type { TextEdit } from './edit-document.ts';
import { lineStartOf } from './transplant.ts';

/**
 * Undefined where all is in order, and where an entry stands in a way that cannot be moved (on a line with another
 * one, by a merge key, behind an anchor that others need).
 */
export function sortEntries(
  text: string,
  map: DocMap,
  compare: (a: string, b: string) => number,
): TextEdit | undefined {
  const { entries } = map;
  if (entries.some(({ keyStart, keyEnd }) => keyStart < map.start || keyEnd > map.end)) return undefined;
  if (new Set(entries.map(({ key }) => key)).size < entries.length) return undefined;
  const order = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => compare(a.entry.key, b.entry.key) || a.index - b.index);
  if (order.every(({ index }, place) => index === place)) return undefined;
  const isFlow = text[map.start] === '{';
  const bodies = isFlow ? flowBodies(entries) : blockBodies(text, entries);
  if (!bodies || bodies.some(({ start, end }) => /(?:^|[\s[{,])[&*][^\s&*]/.test(text.slice(start, end))))
    return undefined;
  const [first] = bodies;
  const last = bodies.at(-1);
  if (!first || !last) return undefined;
  // What stands between entries (commas, blank lines) stays where it is.
  const sorted = order.map(({ index }, place) => {
    const body = bodies[index];
    const here = bodies[place];
    const next = bodies[place + 1];
    return text.slice(body?.start, body?.end) + text.slice(here?.end, next?.start ?? here?.end);
  });
  return { start: first.start, end: last.end, text: sorted.join('') };
}

interface Body {
  readonly start: number;
  readonly end: number;
}

function flowBodies(entries: readonly DocEntry[]): readonly Body[] | undefined {
  const bodies = entries.map(({ keyStart, keyEnd, value }) => ({
    start: keyStart,
    end: value.start >= keyEnd ? value.end : -1,
  }));
  return bodies.every(({ end }) => end >= 0) ? bodies : undefined;
}

/** From the comments above a key to the end of its last line. */
function blockBodies(text: string, entries: readonly DocEntry[]): readonly Body[] | undefined {
  const starts = entries.map(({ keyStart }) => lineStartOf(text, keyStart));
  const column = (entries[0]?.keyStart ?? 0) - (starts[0] ?? 0);
  const bodies: Body[] = [];
  for (const [index, { keyStart, value, keyEnd }] of entries.entries()) {
    const lineStart = starts[index] ?? 0;
    if (text.slice(lineStart, keyStart).trim() !== '' && index > 0) return undefined;
    if (index === 0 && text.slice(lineStart, keyStart).trim() !== '') return undefined;
    if (keyStart - lineStart !== column || value.start < keyEnd) return undefined;
    const previous = bodies.at(-1);
    const start = withComments(text, lineStart, previous?.end ?? 0);
    bodies.push({ start, end: endOfBody(text, value.end, entries[index + 1]?.keyStart) });
  }
  return bodies;
}

function withComments(text: string, lineStart: number, limit: number): number {
  let start = lineStart;
  while (start > limit) {
    const above = lineStartOf(text, start - 1);
    if (above < limit || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** The end of the last line that is not blank. */
function endOfBody(text: string, valueEnd: number, next: number | undefined): number {
  let end = valueEnd;
  while (end > 0 && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const lineEnd = text.slice(end, next).search(/\r?\n/);
  return lineEnd < 0 ? (next === undefined ? text.length : end) : end + lineEnd;
}
