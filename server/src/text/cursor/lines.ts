/** Lines of block collections in YAML (YAML 1.2, section 8.2): dashes, a key and what follows it. */

import type { TextRange } from '../../contract/span.ts';

export interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Columns of the dashes that begin items. */
  readonly dashes: readonly number[];
  /** Where the text behind indentation and dashes begins. */
  readonly content: number;
  /** With its quotes. */
  readonly key?: { readonly start: number; readonly end: number; readonly text: string };
  /** What stands behind the colon, or behind the dashes where there is no key; without a comment. */
  readonly value: TextRange;
}

/** Undefined for a line with nothing but space or a comment on it. */
export function lineAt(text: string, start: number): Line | undefined {
  const next = text.indexOf('\n', start);
  let end = next < 0 ? text.length : next;
  if (text[end - 1] === '\r') end -= 1;
  let at = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
  const dashes: number[] = [];
  for (;;) {
    while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
    const isDash = text[at] === '-' && (at + 1 >= end || text[at + 1] === ' ' || text[at + 1] === '\t');
    if (!isDash) break;
    dashes.push(at - start);
    at += 1;
  }
  if (at >= end || text[at] === '#') {
    return dashes.length === 0
      ? undefined
      : { start, end, dashes, content: at, value: { start: at, end: at } };
  }
  const key = keyAt(text, at, end);
  const from = key ? key.colon + 1 : at;
  return {
    start,
    end,
    dashes,
    content: at,
    ...(key && { key: { start: at, end: key.end, text: key.text } }),
    value: valueAt(text, from, end),
  };
}

function keyAt(
  text: string,
  start: number,
  end: number,
): { readonly end: number; readonly colon: number; readonly text: string } | undefined {
  const line = text.slice(start, end);
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]*:(?=[ \t]|$)/.exec(line);
  if (quoted) {
    const length = quoted[0].trimEnd().length;
    const inside = quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? '';
    return { end: start + inside.length + 2, colon: start + length - 1, text: inside };
  }
  const plain = /^(?![#{}[\],&*!|>'"%@`])(?:(?![ \t]#)[^:]|:(?=[^ \t]))*?[ \t]*:(?=[ \t]|$)/.exec(line);
  if (!plain) return undefined;
  const name = plain[0].slice(0, -1).trimEnd();
  return { end: start + name.length, colon: start + plain[0].length - 1, text: name };
}

function valueAt(text: string, from: number, end: number): TextRange {
  let start = from;
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start += 1;
  const quote = text[start];
  const line = text.slice(start, end);
  const closed =
    quote === '"' ? /^"(?:[^"\\]|\\.)*"/.exec(line) : quote === "'" ? /^'(?:[^']|'')*'/.exec(line) : null;
  if (closed) return { start, end: start + closed[0].length };
  const comment = /(?:^|[ \t])#/.exec(line);
  return { start, end: start + (comment ? line.slice(0, comment.index) : line).trimEnd().length };
}

/** The column of the first character that is no space. */
export function indentAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at += 1;
  return at - lineStart;
}

export function lineStartAt(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

export function isBlank(text: string, lineStart: number): boolean {
  const char = text[lineStart + indentAt(text, lineStart)];
  return char === undefined || char === '\n' || char === '\r' || char === '#';
}
