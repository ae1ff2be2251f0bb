/** The way from a place in block collections of YAML up to the top of the document. */

import { flowCursor, type FlowPlace } from './flow.ts';
import { indentAt, isBlank, lineAt, lineStartAt, type Line } from './lines.ts';
import type { Level } from './cursor.ts';

/** A mapping or a list, by the column that its keys or dashes stand in. */
export interface Place {
  readonly isList: boolean;
  readonly column: number;
}

export interface Around {
  /** For a list, the number of the item is the last token. */
  readonly path: readonly string[];
  readonly levels: readonly Level[];
  /** Keys of the mapping, or texts of the items, further up. */
  readonly before: readonly string[];
}

/** Inside of brackets that opened on a line further up. */
interface InFlow {
  readonly flow: FlowPlace;
}

/** What begins on a line: items, and the entry of a mapping. */
interface Opening {
  readonly column: number;
  readonly key?: string;
}

function openings({ dashes, key, content, start }: Line): readonly Opening[] {
  const items = dashes.map((column): Opening => ({ column }));
  return key ? [...items, { column: content - start, key: key.text }] : items;
}

/**
 * Undefined inside of a text of several lines. Lines that are indented deeper than the collection that we are in are
 * passed over without a further look.
 *
 * @param from `line` is the line of the caret, with what it has in front of the entry; undefined for an empty one.
 */
export function ascend(
  text: string,
  from: { readonly start: number; readonly offset: number; readonly line?: Line },
  target: Place,
): Around | InFlow | undefined {
  let { isList, column } = target;
  let first = from.line ? from.line.start + (from.line.dashes.length > 0 ? column : 0) : from.start;
  let isInner = true;
  let count = 0;
  let flowStart: number | undefined;
  const tokens: string[] = [];
  const levels: Level[] = [];
  const before: string[] = [];

  /** Leaves the collection that we are in for the one that it is a value in. */
  const leave = (to: Place, at: number): void => {
    levels.push({ start: first, column });
    ({ isList, column } = to);
    first = at;
    count = 0;
    isInner = false;
  };
  /** Gives false where nothing below a line can belong to it. */
  const pass = (line: Line, all: readonly Opening[]): boolean => {
    for (let index = all.length - 1; index >= 0; index -= 1) {
      const opening = all[index];
      if (!opening) continue;
      const at = line.start + (index > 0 ? opening.column : 0);
      const { key } = opening;
      if (key === undefined) {
        if (isList && opening.column === column) {
          count += 1;
          if (isInner) before.unshift(line.key ? '' : text.slice(line.value.start, line.value.end));
          first = at;
        } else if (opening.column < column) {
          if (isList) tokens.push(String(count));
          leave({ isList: true, column: opening.column }, at);
        }
      } else if (opening.column < column || (isList && opening.column === column)) {
        if (!mayHold(text, line)) return false;
        if (isList) tokens.push(String(count));
        leave({ isList: false, column: opening.column }, at);
        tokens.push(key);
      } else if (opening.column === column) {
        if (isInner) before.unshift(key);
        first = at;
      }
    }
    return true;
  };

  if (from.line) {
    const { line } = from;
    pass(
      line,
      line.dashes.map((dash) => ({ column: dash })),
    );
  }
  for (let at = from.start; at > 0 && (column > 0 || isList || isInner);) {
    at = lineStartAt(text, at - 1);
    if (indentAt(text, at) > column || isBlank(text, at)) continue;
    if (text.startsWith('---', at)) break;
    const line = lineAt(text, at);
    if (!line) continue;
    const opened = openedFlow(text, line, from.offset);
    if (opened === undefined) {
      if (!pass(line, openings(line))) return undefined;
      continue;
    }
    // What looked like lines of blocks stands in these brackets.
    flowStart = opened;
    tokens.length = 0;
    levels.length = 0;
    isInner = false;
    isList = false;
    count = 0;
    column = line.content - line.start;
    first = at;
    if (line.key) tokens.push(line.key.text);
    pass(
      line,
      line.dashes.map((dash) => ({ column: dash })),
    );
  }
  if (isList) tokens.push(String(count));
  levels.push({ start: first, column });
  const path = tokens.reverse();
  const around = levels.reverse();
  return flowStart === undefined
    ? { path, levels: around, before }
    : { flow: { start: flowStart, path, levels: around } };
}

/** May lines below belong to the value of the key? Not to a text on its line, and not to a block scalar. */
function mayHold(text: string, { value }: Line): boolean {
  return value.end <= value.start || /[&!]/.test(text[value.start] ?? '');
}

/** Brackets that open on the line and are open still at the offset. */
function openedFlow(text: string, { value }: Line, offset: number): number | undefined {
  const char = text[value.start];
  if (value.end <= value.start || (char !== '{' && char !== '[')) return undefined;
  return flowCursor(text, { start: value.start, path: [], levels: [] }, offset, 'yaml') && value.start;
}

/** The collections that a line with nothing on it may belong to, for a caret in a column. */
export function placesFor(text: string, start: number, column: number): readonly Place[] {
  /** Where the entries begin that stand deeper than the caret. */
  let child: Place | undefined;
  for (let at = start; at > 0;) {
    at = lineStartAt(text, at - 1);
    if (isBlank(text, at) || (child && indentAt(text, at) > child.column)) continue;
    if (text.startsWith('---', at)) break;
    const line = lineAt(text, at);
    const all = line ? openings(line) : [];
    const [outermost] = all;
    if (!line || !outermost) continue;
    const index = all.findLastIndex((each) => each.column <= column);
    const opening = all[index];
    if (!opening) {
      child = { isList: outermost.key === undefined, column: outermost.column };
      continue;
    }
    const isItem = opening.key === undefined;
    if (opening.column === column) return isItem ? listPlaces(text, at, column) : [{ isList: false, column }];
    const next = all[index + 1];
    if (next) return [{ isList: next.key === undefined, column: next.column }];
    if (child && child.column > opening.column) return [child];
    const isOpen = line.value.end <= line.value.start;
    // What stands below belongs to the text.
    if (/[|>]/.test(text[line.value.start] ?? '') && !isOpen) return [];
    if (isItem) return isOpen ? [{ isList: false, column }] : [{ isList: true, column: opening.column }];
    return isOpen
      ? [
          { isList: false, column },
          { isList: true, column },
        ]
      : [{ isList: false, column: opening.column }];
  }
  return [child ?? { isList: false, column }];
}

/** In the column of dashes: another item, and a key where the list stands in the column of its own key. */
function listPlaces(text: string, start: number, column: number): readonly Place[] {
  const list = { isList: true, column };
  for (let at = start; at > 0;) {
    at = lineStartAt(text, at - 1);
    if (isBlank(text, at) || indentAt(text, at) > column) continue;
    const line = lineAt(text, at);
    if (!line || line.dashes[0] === column) continue;
    return line.key && line.content - line.start === column ? [{ isList: false, column }, list] : [list];
  }
  return [list];
}
