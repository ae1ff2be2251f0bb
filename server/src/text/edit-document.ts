/**
 * Small edits of YAML and JSON texts: an entry more, an item more, an entry less, a key renamed. What is not edited
 * stays as it is, comments, quotes and indentation included; what is added looks like what stands beside it.
 *
 * Each gives undefined where the place is written in a way that an edit could break (an alias, a merge key, something
 * else on the same line): then there is no edit.
 */

import type { TextRange } from '../contract/span.ts';
import type { DocEntry, DocumentFacts } from '../contract/facts.ts';
import type { DocMap, DocSeq } from './document-node.ts';
import { styleOf, type Plain, type Style } from './document-style.ts';

/** Replaces `start` to `end`, UTF-16 offsets, by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Editable {
  readonly text: string;
  readonly language: DocumentFacts['language'];
  /** Found out when it is first asked for, because it takes reading the text. */
  readonly style: () => Style;
}

export function openForEditing(text: string, language: Editable['language']): Editable {
  let style: Style | undefined;
  return { text, language, style: () => (style ??= styleOf(text, language)) };
}

/** Adds an entry after the last one that `isBefore` it, in front of all others if there is none. */
export function insertEntry(
  { text, style: styleOfText }: Editable,
  map: DocMap,
  key: string,
  value: Plain,
  isBefore: (key: string) => boolean = () => true,
): TextEdit | undefined {
  const style = styleOfText();
  const own = ownEntries(map);
  if (own.length < map.entries.length || own.some((entry) => entry.key === key)) return undefined;
  const before = own.findLast((entry) => isBefore(entry.key));
  if (own.length === 0) return fillMap(text, map, { [key]: value }, style);
  if (text[map.start] === '{') {
    const places = own.map(({ keyStart, value: node }) => ({ start: keyStart, end: node.end }));
    const index = before ? own.indexOf(before) : -1;
    return insertInFlow(text, map, places, index, style, (indent) => style.entry(key, value, indent));
  }
  const [first] = own;
  const column = first && blockColumn(text, first.keyStart);
  if (!first || column === undefined) return undefined;
  const written = quotedAs(text, own, key, style.block({ [key]: value }));
  const lines = indented(written, column);
  if (!before) return inFrontOf(first, lines, column, style);
  const end = endOfEntry(text, before);
  return end === undefined || isHalfTyped(text, before, end)
    ? undefined
    : { start: end, end, text: `${style.eol}${' '.repeat(column)}${lines}` };
}

/**
 * Is there something at the end of an entry of a block that is no part of it, or a key without a colon? Readers forgive it
 * at the end of a text; what is written behind it would become a part of it.
 */
function isHalfTyped(text: string, { keyEnd, value }: DocEntry, end: number): boolean {
  if (value.start < keyEnd) return false;
  const isFlow = text[value.start] === '{' || text[value.start] === '[';
  const last = value.kind === 'map' && !isFlow ? value.entries.at(-1) : undefined;
  if (last) return isHalfTyped(text, last, end);
  const isNothing = value.kind === 'scalar' && value.value === null;
  if (isNothing && !/^\s*:/.test(text.slice(keyEnd, end))) return true;
  const rest = text.slice(isNothing ? keyEnd : value.end, end).replaceAll(/(?:^|\s)#.*/g, '');
  return value.kind !== 'seq' && /[^\s:~]/.test(rest.replace(/\bnull\b/i, ''));
}

/**
 * Adds an entry directly in front of another one, behind the comment above that: the comment is of the section in which
 * both stand.
 */
export function insertInFront(
  document: Editable,
  map: DocMap,
  key: string,
  value: Plain,
  of: string,
): TextEdit | undefined {
  const own = ownEntries(map);
  const at = own.findIndex((entry) => entry.key === of);
  const next = own[at];
  const earlier = own.slice(0, at).map((entry) => entry.key);
  const usual = insertEntry(document, map, key, value, (other) => earlier.includes(other));
  const column = next && blockColumn(document.text, next.keyStart);
  if (!usual || !next || column === undefined || document.text[map.start] === '{') return usual;
  const style = document.style();
  const lines = indented(quotedAs(document.text, own, key, style.block({ [key]: value })), column);
  return inFrontOf(next, lines, column, style);
}

function inFrontOf({ keyStart }: DocEntry, lines: string, column: number, { eol }: Style): TextEdit {
  return { start: keyStart, end: keyStart, text: `${lines}${eol}${' '.repeat(column)}` };
}

/** Writes all entries of a mapping that has none. */
export function fillEmpty(
  { text, style }: Editable,
  map: DocMap,
  entries: { readonly [key: string]: Plain },
): TextEdit | undefined {
  return map.entries.length > 0 ? undefined : fillMap(text, map, entries, style());
}

function fillMap(
  text: string,
  map: DocMap,
  entries: { readonly [key: string]: Plain },
  style: Style,
): TextEdit | undefined {
  const line = text.slice(lineStart(text, map.start), map.start);
  const [, indent] = /^( *)[^\s{[,#-][^{[,#]*:[ \t]+$/.exec(line) ?? [];
  // `paths: {}` on a line of its own becomes a block below its key.
  if (!style.isJson && indent !== undefined && /^\{\s*\}[ \t]*(?:\r?\n|$)/.test(text.slice(map.start))) {
    const column = indent.length + style.step.length;
    const lines = indented(style.block(entries), column);
    const start = map.start - (/[ \t]*$/.exec(line)?.[0].length ?? 0);
    return { start, end: map.end, text: `${style.eol}${' '.repeat(column)}${lines}` };
  }
  const parts = Object.entries(entries);
  return insertInFlow(text, map, [], -1, style, (inside) =>
    parts
      .map(([key, value]) => style.entry(key, value, inside))
      .join(inside === undefined ? ', ' : `,${style.eol}${inside}`),
  );
}

/** A key in the quotes that all others have. */
function quotedAs(text: string, own: readonly DocEntry[], key: string, block: string): string {
  const quotes = new Set(own.map(({ keyStart }) => text.charAt(keyStart)));
  const [quote, ...more] = quotes;
  const isQuote = own.length > 1 && more.length === 0 && (quote === "'" || quote === '"');
  return isQuote && block.startsWith(`${key}:`) ? `${quote}${key}${quote}${block.slice(key.length)}` : block;
}

/** Adds an item at the end of a list, or in front of the item at `index`. */
export function appendItem(
  document: Editable,
  list: DocSeq,
  value: Plain,
  index = list.items.length,
): TextEdit | undefined {
  const { text } = document;
  const style = document.style();
  if (list.items.some(({ start, end }) => start < list.start || end > list.end)) return undefined;
  if (text[list.start] === '[')
    return insertInFlow(text, list, list.items, index - 1, style, (indent) => style.item(value, indent));
  const [first] = list.items;
  const before = list.items[index - 1];
  if (!first) return undefined;
  const dash = text.lastIndexOf('-', first.start);
  if (dash < lineStart(text, first.start)) return undefined;
  const column = dash - lineStart(text, dash);
  if (text.slice(dash - column, dash).trim() !== '') return undefined;
  const lines = indented(style.block([value]).replace(/^\s*/, ''), column);
  if (!before) return { start: dash, end: dash, text: `${lines}${style.eol}${' '.repeat(column)}` };
  const end = endOfLine(text, before.end);
  return end === undefined
    ? undefined
    : { start: end, end, text: `${style.eol}${' '.repeat(column)}${lines}` };
}

/** Writes another key, quoted as the one that it replaces. */
export function renameKey(
  { text, style: styleOfText }: Editable,
  map: DocMap,
  key: string,
  to: string,
): TextEdit | undefined {
  const own = ownEntries(map);
  const entry = own.find((each) => each.key === key);
  if (!entry || own.some((each) => each.key === to)) return undefined;
  const written = text.slice(entry.keyStart, entry.keyEnd);
  const style = styleOfText();
  const quoted =
    written.startsWith("'") && !to.includes("'")
      ? `'${to}'`
      : written.startsWith('"')
        ? JSON.stringify(to)
        : style.key(to, text[map.start] === '{');
  return { start: entry.keyStart, end: entry.keyEnd, text: quoted };
}

/** Writes another text in place of one, quoted as that. */
export function replaceText(
  { text, style, language }: Editable,
  node: TextRange,
  to: Plain,
): TextEdit | undefined {
  const written = text.slice(node.start, node.end);
  // Texts over several lines have an indentation of their own.
  if (/[\r\n]/.test(written) || /^[|>&*!]/.test(written)) return undefined;
  const plain = style().item(to, undefined);
  const quoted =
    language === 'yaml' && typeof to === 'string' && written.startsWith("'") && !to.includes("'")
      ? `'${to}'`
      : language === 'yaml' && typeof to === 'string' && written.startsWith('"')
        ? JSON.stringify(to)
        : plain;
  return { start: node.start, end: node.end, text: quoted };
}

/** A document of its own, written as this one is. */
export function writeLike({ style: styleOfText }: Editable, value: Plain): string {
  const { isJson, step, eol, block } = styleOfText();
  const text = isJson ? JSON.stringify(value, undefined, step).replaceAll('\n', eol) : block(value);
  return `${text}${eol}`;
}

/** Into braces or brackets, behind the part at `index`. */
function insertInFlow(
  text: string,
  around: TextRange,
  parts: readonly TextRange[],
  index: number,
  style: Style,
  write: (indent: string | undefined) => string,
): TextEdit | undefined {
  const [first] = parts;
  const open = around.start + 1;
  const close = around.end - 1;
  const outer = /^\s*/.exec(text.slice(lineStart(text, around.start)))?.[0] ?? '';
  if (!first) {
    if (text.slice(open, close).trim() !== '') return undefined;
    const brackets = text[around.start] === '{' ? ' ' : '';
    // JSON is written on lines of its own, braces among YAML on one.
    const written = style.isJson
      ? `${style.eol}${outer}${style.step}${write(`${outer}${style.step}`)}${style.eol}${outer}`
      : `${brackets}${write(undefined)}${brackets}`;
    return { start: open, end: close, text: written };
  }
  const onLines = /[\r\n]/.test(text.slice(open, first.start));
  const indent = onLines ? text.slice(lineStart(text, first.start), first.start) : undefined;
  if (indent !== undefined && indent.trim() !== '') return undefined;
  const separator = indent === undefined ? ' ' : `${style.eol}${indent}`;
  const before = parts[index];
  if (!before) return { start: first.start, end: first.start, text: `${write(indent)},${separator}` };
  const next = parts[index + 1];
  const comma = /^\s*,/.exec(text.slice(before.end, next?.start ?? close));
  // A comma behind the last one is allowed to some.
  if (comma && !next) {
    const end = before.end + comma[0].length;
    return { start: end, end, text: `${separator}${write(indent)}` };
  }
  // Behind `[{` the parts are over lines though they do not begin on one.
  const isOverLines =
    style.isJson && indent === undefined && /[\r\n]/.test(text.slice(before.start, before.end));
  const closing = isOverLines ? /^\s*/.exec(text.slice(lineStart(text, before.end)))?.[0] : indent;
  return { start: before.end, end: before.end, text: `,${separator}${write(closing)}` };
}

/** Those that stand in the mapping itself, and not in one that it merges. */
export function ownEntries(map: DocMap): readonly DocEntry[] {
  return map.entries.filter(({ keyStart, keyEnd }) => keyStart >= map.start && keyEnd <= map.end);
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The column at which the keys of a block begin; undefined where something else stands in front of the first. */
function blockColumn(text: string, keyStart: number): number | undefined {
  const start = lineStart(text, keyStart);
  return /^[ -]*$/.test(text.slice(start, keyStart)) ? keyStart - start : undefined;
}

export function endOfEntry(text: string, { keyEnd, value }: DocEntry): number | undefined {
  // An alias stands for a node elsewhere.
  const inPlace = value.start >= keyEnd;
  return endOfLine(text, inPlace ? value.end : keyEnd, inPlace ? undefined : /^\s*:[ \t]*\*\S+/);
}

/** The end of the line on which something ends; undefined where more than a comment follows. */
export function endOfLine(text: string, end: number, also?: RegExp): number | undefined {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const rest = /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? '';
  const left = also ? rest.replace(also, '') : rest.replace(/^:/, '');
  return /^[ \t]*(?:#.*)?$/.test(left) ? at + rest.length : undefined;
}

/** All lines but the first, which stands behind something. */
function indented(lines: string, column: number): string {
  return lines.replaceAll(/\n(?=[^\r\n])/g, `\n${' '.repeat(column)}`);
}
