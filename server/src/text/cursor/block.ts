/** Cursors in block collections of YAML. */

import { flowCursor } from './flow.ts';
import { ascend, placesFor, type Around, type Place } from './ascend.ts';
import { indentAt, isBlank, lineAt, lineStartAt, type Line } from './lines.ts';
import type { Cursor } from './cursor.ts';

export function blockCursors(text: string, offset: number): readonly Cursor[] {
  const start = lineStartAt(text, offset);
  const line = lineAt(text, start);
  if (!line) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    if (text.slice(start, end).includes('#')) return [];
    return emptyLine(text, start, offset);
  }
  const { key, value } = line;
  if (!key && value.end === value.start && offset <= line.content) return behindDash(text, line, offset);
  if (offset < line.content) return [];
  if (key && offset <= key.end)
    return place(text, line, offset, keyColumn(line), (around) => keyCursor(text, line, key, offset, around));
  if (key && offset <= key.end + (text.slice(key.end, offset).indexOf(':') < 0 ? 1 : 0)) return [];
  if (offset > line.end || offset > value.end) {
    // Behind the value: nothing, unless it is not there yet, or brackets are still open.
    if (value.end > value.start && !isBracket(text[value.start])) return [];
    if (/(?:^|\s)#/.test(text.slice(value.end, offset))) return [];
  }
  if (isBracket(text[value.start]) && value.end > value.start) {
    return place(text, line, offset, keyColumn(line), (around) => {
      const path = key ? [...around.path, key.text] : around.path;
      const cursor = flowCursor(text, { start: value.start, path, levels: around.levels }, offset, 'yaml');
      return cursor ? [cursor] : [];
    });
  }
  if (/^[|>&*!%@`]/.test(text.slice(value.start, value.end))) return [];
  if (key)
    return place(text, line, offset, keyColumn(line), (around) =>
      valueCursor(text, line, key.text, offset, around),
    );
  return bareWord(text, line, offset);
}

function isBracket(char: string | undefined): boolean {
  return char === '{' || char === '[';
}

function keyColumn({ content, start }: Line): number {
  return content - start;
}

/** What is made of the collections around; what stands in brackets of several lines is no block. */
function place(
  text: string,
  line: Line,
  offset: number,
  column: number,
  make: (around: Around) => readonly Cursor[],
): readonly Cursor[] {
  const around = ascend(text, { start: line.start, offset, line }, { isList: false, column });
  if (!around) return [];
  if ('flow' in around) {
    const cursor = flowCursor(text, around.flow, offset, 'yaml');
    return cursor ? [cursor] : [];
  }
  return make(around);
}

function keyCursor(
  text: string,
  line: Line,
  key: NonNullable<Line['key']>,
  offset: number,
  around: Around,
): readonly Cursor[] {
  const quote = quoteOf(text[key.start]);
  return [
    {
      ...common(around, keyColumn(line)),
      path: around.path,
      part: 'key',
      start: key.start,
      end: key.end,
      typed: text.slice(key.start + quote.length, Math.max(offset, key.start + quote.length)),
      quote,
      others: [...around.before, ...keysBehind(text, line.start, keyColumn(line))],
      hasColon: true,
      lead: '',
    },
  ];
}

function quoteOf(char: string | undefined): '' | '"' | "'" {
  return char === '"' || char === "'" ? char : '';
}

function common(
  around: Around,
  column: number,
): Pick<Cursor, 'language' | 'style' | 'indent' | 'commaAfter' | 'levels'> {
  return {
    language: 'yaml',
    style: 'block',
    indent: ' '.repeat(column),
    commaAfter: false,
    levels: around.levels,
  };
}

function valueCursor(
  text: string,
  line: Line,
  key: string,
  offset: number,
  around: Around,
): readonly Cursor[] {
  const { value } = line;
  const isEmpty = value.start >= value.end;
  if (isEmpty && stands(below(text, line.start), keyColumn(line))) return [];
  const start = isEmpty ? offset : value.start;
  if (!isEmpty && offset < start) return [];
  const quote = isEmpty ? '' : quoteOf(text[start]);
  return [
    {
      ...common(around, keyColumn(line)),
      path: [...around.path, key],
      part: 'value',
      start,
      end: isEmpty ? offset : value.end,
      typed: text.slice(start + quote.length, Math.max(offset, start + quote.length)),
      quote,
      others: [],
      hasColon: false,
      lead: isEmpty && text[offset - 1] === ':' ? ' ' : '',
    },
  ];
}

/** A word that may become a key, and may be an item or the value of the key above. */
function bareWord(text: string, line: Line, offset: number): readonly Cursor[] {
  const { value } = line;
  const column = keyColumn(line);
  const quote = quoteOf(text[value.start]);
  const word = {
    start: value.start,
    end: value.end,
    typed: text.slice(value.start + quote.length, Math.max(offset, value.start + quote.length)),
    quote,
    hasColon: false,
    lead: '',
  };
  return place(text, line, offset, column, (around) => [
    {
      ...common(around, column),
      ...word,
      path: around.path,
      part: 'key',
      others: [...around.before, ...keysBehind(text, line.start, column)],
    },
    ...(around.before.length === 0 && around.path.length > 0
      ? [
          {
            ...common(around, column),
            ...word,
            path: around.path,
            part: 'value' as const,
            levels: around.levels.slice(0, -1),
            others: line.dashes.length > 0 ? itemsAround(text, line) : [],
          },
        ]
      : []),
  ]);
}

/** Behind a dash with nothing else on its line. */
function behindDash(text: string, line: Line, offset: number): readonly Cursor[] {
  const dash = line.dashes.at(-1);
  if (dash === undefined || offset <= line.start + dash) return [];
  const isTouching = offset === line.start + dash + 1;
  const column = isTouching ? dash + 2 : offset - line.start;
  const empty = {
    start: offset,
    end: offset,
    typed: '',
    quote: '' as const,
    hasColon: false,
    lead: isTouching ? ' ' : '',
  };
  return place(text, line, offset, column, (around) => [
    {
      ...common(around, column),
      ...empty,
      path: around.path,
      part: 'key',
      others: keysBehind(text, line.start, column),
    },
    {
      ...common(around, column),
      ...empty,
      path: around.path,
      part: 'value',
      levels: around.levels.slice(0, -1),
      others: itemsAround(text, line),
    },
  ]);
}

/** The texts of the other items of a list, where they are written on one line each. */
function itemsAround(text: string, line: Line): readonly string[] {
  const column = line.dashes.at(-1) ?? 0;
  const items: string[] = [];
  const add = (start: number): boolean => {
    const other = lineAt(text, start);
    if (!other) return true;
    const at = other.dashes.at(-1);
    if (at !== column) return indentAt(text, start) > column;
    if (!other.key)
      items.push(text.slice(other.value.start, other.value.end).replace(/^(["'])(.*)\1$/, '$2'));
    return true;
  };
  for (let at = text.indexOf('\n', line.start) + 1; at > 0 && add(at);) at = text.indexOf('\n', at) + 1;
  for (let at = line.start; at > 0;) {
    at = lineStartAt(text, at - 1);
    if (!add(at)) break;
  }
  return items;
}

/** Keys that stand in the same column further down, as far as the mapping goes. */
function keysBehind(text: string, lineStart: number, column: number): readonly string[] {
  const keys: string[] = [];
  for (
    let at = text.indexOf('\n', lineStart) + 1;
    at > 0 && at < text.length;
    at = text.indexOf('\n', at) + 1
  ) {
    const indent = indentAt(text, at);
    if (indent > column || isBlank(text, at)) continue;
    if (indent < column || text.startsWith('---', at)) break;
    const line = lineAt(text, at);
    // A list may stand in the column of the key that it belongs to.
    if (line?.key && line.dashes.length === 0) keys.push(line.key.text);
  }
  return keys;
}

interface Below {
  readonly column: number;
  readonly isDash: boolean;
  /** An entry of a collection, and no further line of a text. */
  readonly isEntry: boolean;
}

/** The next line with something on it. */
function below(text: string, lineStart: number): Below | undefined {
  for (
    let at = text.indexOf('\n', lineStart) + 1;
    at > 0 && at < text.length;
    at = text.indexOf('\n', at) + 1
  ) {
    const line = isBlank(text, at) ? undefined : lineAt(text, at);
    if (!line || text.startsWith('---', at)) continue;
    const isDash = line.dashes.length > 0;
    const column = isDash ? (line.dashes[0] ?? 0) : line.content - line.start;
    return { column, isDash, isEntry: isDash || line.key !== undefined };
  }
  return undefined;
}

/** Is it the value of a key in a column? A list may stand in the column of its key. */
function stands(next: Below | undefined, column: number): boolean {
  return next !== undefined && (next.column > column || (next.isDash && next.column === column));
}

/** Is the line above a value without a key, of which this one would be a part? */
function isBehindValue(text: string, start: number, column: number): boolean {
  for (let at = start; at > 0;) {
    at = lineStartAt(text, at - 1);
    const line = isBlank(text, at) ? undefined : lineAt(text, at);
    if (!line) continue;
    return (
      !line.key &&
      line.dashes.length === 0 &&
      line.content - line.start <= column &&
      !text.startsWith('---', at)
    );
  }
  return false;
}

/** What is written between lines that belong together belongs to them too. */
function placesBetween(
  text: string,
  start: number,
  column: number,
  next: Below | undefined,
): readonly Place[] {
  return next?.isEntry === true && stands(next, column)
    ? [{ isList: next.isDash, column: next.column }]
    : placesFor(text, start, column);
}

/** An empty line: a key of the mapping that its column belongs to, and an item where a list stands there. */
function emptyLine(text: string, start: number, offset: number): readonly Cursor[] {
  const column = offset - start;
  const next = below(text, start);
  // In front of a further line of a text nothing can be written, unless that is a line of brackets.
  const isInText =
    (next !== undefined && !next.isEntry && next.column >= column) || isBehindValue(text, start, column);
  return placesBetween(text, start, column, next).flatMap((target): readonly Cursor[] => {
    const around = ascend(text, { start, offset }, target);
    if (!around) return [];
    if ('flow' in around) {
      const cursor = flowCursor(text, around.flow, offset, 'yaml');
      return cursor ? [cursor] : [];
    }
    if (isInText) return [];
    const isThere = target.column === column;
    const indent = isThere ? '' : ' '.repeat(target.column);
    const empty = {
      start: isThere ? offset : start,
      end: offset,
      typed: '',
      quote: '' as const,
      hasColon: false,
      path: around.path,
    };
    if (!target.isList) {
      const others = [...around.before, ...keysBehind(text, start, target.column)];
      return [{ ...common(around, target.column), ...empty, part: 'key', others, lead: indent }];
    }
    const inner = { start: offset, column: target.column + 2 };
    const item = { ...common(around, inner.column), ...empty, lead: `${indent}- ` };
    return [
      { ...item, part: 'key', others: [], levels: [...around.levels, inner] },
      { ...item, part: 'value', others: around.before },
    ];
  });
}
