/** Cursors in brackets: JSON, and flow collections of YAML (YAML 1.2, section 7.4). */

import type { Cursor, Level } from './cursor.ts';

export type FlowLanguage = 'json' | 'yaml';

/** Where a collection in brackets stands: `levels` are those around it. */
export interface FlowPlace {
  readonly start: number;
  readonly path: readonly string[];
  readonly levels: readonly Level[];
}

interface Token {
  /** The sign itself, `word` for texts in quotes and all else, `end` behind the last. */
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'word' | 'end';
  readonly start: number;
  readonly end: number;
  readonly quote: '' | '"' | "'";
  /** A text whose quote is missing ends with its line. */
  readonly isClosed: boolean;
}

/** The token that begins at or behind `from`, spaces and comments left out. */
function tokenAt(text: string, from: number, language: FlowLanguage): Token {
  let at = from;
  for (;;) {
    const char = text.charCodeAt(at);
    if (char === 32 || char === 10 || char === 13 || char === 9) at += 1;
    else if (char === 35 && language === 'yaml') at = lineEnd(text, at);
    else if (char === 47 && text[at + 1] === '/' && language === 'json') at = lineEnd(text, at);
    else if (char === 47 && text[at + 1] === '*' && language === 'json')
      at = behind(text, text.indexOf('*/', at + 2), 2);
    else break;
  }
  const char = text[at];
  if (char === undefined) return { kind: 'end', start: at, end: at, quote: '', isClosed: true };
  switch (char) {
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
      return { kind: char, start: at, end: at + 1, quote: '', isClosed: true };
    case '"':
      return quoted(text, at, '"');
    case "'":
      if (language === 'yaml') return quoted(text, at, "'");
  }
  return { kind: 'word', start: at, end: endOfWord(text, at, language), quote: '', isClosed: true };
}

function behind(text: string, at: number, length: number): number {
  return at < 0 ? text.length : at + length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function quoted(text: string, start: number, quote: '"' | "'"): Token {
  const last = lineEnd(text, start);
  for (let at = start + 1; at < last; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (quote === "'" && text[at] === "'" && text[at + 1] === "'") at += 1;
    else if (text[at] === quote) return { kind: 'word', start, end: at + 1, quote, isClosed: true };
  }
  return { kind: 'word', start, end: last, quote, isClosed: false };
}

function endOfWord(text: string, start: number, language: FlowLanguage): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if ('\n\r,[]{}'.includes(char)) break;
    if (
      language === 'json' ? ' \t:"'.includes(char) : char === ':' && /[\s,[\]{}]|^$/.test(text[at + 1] ?? '')
    )
      break;
    if (language === 'yaml' && char === '#' && /\s/.test(text[at - 1] ?? '')) break;
  }
  while (at > start && /[ \t]/.test(text[at - 1] ?? '')) at -= 1;
  return Math.max(at, start + 1);
}

interface Frame {
  readonly isMap: boolean;
  readonly open: number;
  /** Items that are closed by a comma. */
  index: number;
  key: string;
  /** What comes next. */
  expect: 'key' | 'colon' | 'value' | 'comma';
  /** The last word: where a comma is missing, and a key if a colon follows. */
  last: Token | undefined;
}

function frameAt(isMap: boolean, open: number): Frame {
  return { isMap, open, index: 0, key: '', expect: isMap ? 'key' : 'value', last: undefined };
}

/** Takes in one token of a collection; brackets are the caller's. */
function take(frame: Frame, token: Token, text: string): void {
  if (token.kind === ',') {
    frame.index += 1;
    frame.expect = frame.isMap ? 'key' : 'value';
    frame.key = '';
  } else if (token.kind === ':') {
    // Where the value of the key before is missing, what looked like it is the next key.
    if (frame.isMap && frame.expect !== 'value') {
      if (frame.last) frame.key = wordOf(text, frame.last);
      frame.expect = 'value';
    }
  } else {
    if (frame.isMap && (frame.expect === 'key' || frame.expect === 'comma')) {
      frame.key = wordOf(text, token);
      frame.expect = 'colon';
    } else frame.expect = 'comma';
    frame.last = token;
  }
}

function wordOf(text: string, { start, end, quote, isClosed }: Token): string {
  if (quote === '') return text.slice(start, end);
  const inside = text.slice(start + 1, isClosed ? end - 1 : end);
  if (quote === "'") return inside.replaceAll("''", "'");
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return inside;
  }
}

/** Undefined where the collection ends in front of the offset, and where nothing can be typed. */
export function flowCursor(
  text: string,
  place: FlowPlace,
  offset: number,
  language: FlowLanguage,
): Cursor | undefined {
  const stack: Frame[] = [];
  let at = place.start;
  for (;;) {
    const token = tokenAt(text, at, language);
    const frame = stack.at(-1);
    if (frame && isTypedIn(token, offset)) return cursorOf(text, place, stack, token, offset, language);
    if (frame && token.start >= offset) {
      const between = text.slice(at, offset);
      if (isInComment(between, language)) return undefined;
      return cursorOf(text, place, stack, undefined, offset, language);
    }
    if (token.kind === 'end' || token.end > offset) return undefined;
    if (token.kind === '{' || token.kind === '[') stack.push(frameAt(token.kind === '{', token.start));
    else if (token.kind === '}' || token.kind === ']') {
      stack.pop();
      const outer = stack.at(-1);
      if (!outer) return undefined;
      outer.expect = 'comma';
      outer.last = token;
    } else if (frame) take(frame, token, text);
    else return undefined;
    at = token.end;
  }
}

function isTypedIn({ kind, start, end, quote, isClosed }: Token, offset: number): boolean {
  if (kind !== 'word') return false;
  return quote === ''
    ? start <= offset && offset <= end
    : start < offset && (offset < end || (!isClosed && offset === end));
}

function isInComment(between: string, language: FlowLanguage): boolean {
  const line = between.slice(between.lastIndexOf('\n') + 1);
  return language === 'yaml'
    ? /(?:^|\s)#/.test(line)
    : line.includes('//') || between.lastIndexOf('/*') > between.lastIndexOf('*/');
}

function cursorOf(
  text: string,
  place: FlowPlace,
  stack: readonly Frame[],
  token: Token | undefined,
  offset: number,
  language: FlowLanguage,
): Cursor | undefined {
  const frame = stack.at(-1);
  if (!frame) return undefined;
  let { expect } = frame;
  const isLater =
    frame.last !== undefined && text.slice(frame.last.end, token?.start ?? offset).includes('\n');
  const isMissingComma =
    expect === 'comma' || (expect === 'value' && frame.isMap && isLater && token !== undefined);
  if (isMissingComma) {
    // On the same line something else is meant.
    if (!isLater) return undefined;
    expect = frame.isMap ? 'key' : 'value';
  }
  if (expect === 'colon') return undefined;
  const isKey = frame.isMap && expect === 'key';
  const around = stack.slice(0, -1).map((each) => (each.isMap ? each.key : String(each.index)));
  const own = isKey ? [] : [frame.isMap ? frame.key : String(frame.index)];
  const start = token?.start ?? offset;
  // Without a quote at its end it is not known how far the text was meant to go.
  const end = token ? (token.isClosed ? token.end : offset) : offset;
  const next = tokenAt(text, end, language);
  const isThere =
    next.kind === '{' ||
    next.kind === '[' ||
    (next.kind === 'word' && tokenAt(text, next.end, language).kind !== ':');
  // The value stands there already.
  if (!token && !isKey && frame.isMap && isThere) return undefined;
  const before = text[offset - 1];
  const typed = token ? text.slice(token.start + token.quote.length, offset) : '';
  return {
    language,
    style: language === 'json' ? 'json' : 'flow',
    path: [...place.path, ...around, ...own],
    part: isKey ? 'key' : 'value',
    start,
    end,
    typed,
    quote: token?.quote ?? '',
    others: isKey || !frame.isMap ? wordsOf(text, frame, language, token?.start) : [],
    hasColon: isKey && next.kind === ':',
    lead: token === undefined && (before === ':' || before === ',') ? ' ' : '',
    indent: indentOf(text, offset),
    ...(isMissingComma && frame.last && { commaAt: frame.last.end }),
    commaAfter: next.kind === 'word' || next.kind === '{' || next.kind === '[',
    levels: [...place.levels, ...stack.map(({ open }) => ({ start: open, column: undefined }))],
  };
}

function indentOf(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}

/** The keys of a mapping, the texts of a list, but for the one at `except`. */
function wordsOf(
  text: string,
  { open, isMap }: Frame,
  language: FlowLanguage,
  except: number | undefined,
): readonly string[] {
  const words: string[] = [];
  const frame = frameAt(isMap, open);
  let depth = 0;
  for (let at = open + 1; ;) {
    const token = tokenAt(text, at, language);
    at = token.end;
    if (token.kind === 'end') return words;
    if (token.kind === '{' || token.kind === '[') depth += 1;
    else if (token.kind === '}' || token.kind === ']') {
      depth -= 1;
      if (depth < 0) return words;
      if (depth === 0) {
        frame.expect = 'comma';
        frame.last = token;
      }
    } else if (depth === 0) {
      const isWord = token.kind === 'word' && token.start !== except;
      if (!isMap && isWord) words.push(wordOf(text, token));
      if (isMap && token.kind === ':' && frame.last?.kind === 'word' && frame.last.start !== except)
        words.push(wordOf(text, frame.last));
      take(frame, token, text);
    }
  }
}

/** Behind the bracket that closes the one at `start`; the end of the text where it is missing. */
export function endOfFlow(text: string, start: number): number {
  const language = text[start] === '{' || text[start] === '[' ? languageOf(text) : 'yaml';
  let depth = 0;
  for (let at = start; ;) {
    const token = tokenAt(text, at, language);
    at = token.end;
    if (token.kind === 'end') return text.length;
    if (token.kind === '{' || token.kind === '[') depth += 1;
    if (token.kind === '}' || token.kind === ']') depth -= 1;
    if (depth <= 0) return at;
  }
}

function languageOf(text: string): FlowLanguage {
  return /^\uFEFF?\s*[{[]/.test(text) ? 'json' : 'yaml';
}
