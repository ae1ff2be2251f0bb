/**
 * JavaScript and TypeScript as tokens: enough to write into a text at places that are known, without a parser. What is
 * asked stands near a place of a contract; where the text is not as expected the answer is undefined, and there is no
 * edit.
 */

import jsTokens from 'js-tokens';

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Half-open, UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Source {
  readonly text: string;
  /** Without spaces and comments. */
  readonly tokens: readonly Token[];
  readonly eol: string;
  /** What most texts of the file are quoted with. */
  readonly quote: "'" | '"';
  /** Do statements end with a semicolon here? */
  readonly semicolons: boolean;
  /** One step of indentation. */
  readonly step: string;
  /** The index of the bracket that belongs to the one at an index. */
  pair(index: number): number | undefined;
  /** The index of the token that begins at an offset. */
  at(offset: number): number | undefined;
}

const kinds: Readonly<Record<string, Token['kind']>> = {
  IdentifierName: 'name',
  PrivateIdentifier: 'name',
  StringLiteral: 'text',
  NumericLiteral: 'number',
  Punctuator: 'sign',
};

const skipped: ReadonlySet<string> = new Set([
  ...['WhiteSpace', 'LineTerminatorSequence', 'MultiLineComment', 'SingleLineComment', 'HashbangComment'],
]);

/** Undefined for a text whose brackets do not fit together. */
export function readSource(text: string): Source | undefined {
  const tokens: Token[] = [];
  let start = 0;
  for (const { type, value } of jsTokens(text)) {
    const end = start + value.length;
    if (!skipped.has(type)) tokens.push({ kind: kinds[type] ?? 'other', text: value, start, end });
    start = end;
  }
  const pairs = pairsOf(tokens);
  if (!pairs) return undefined;
  const starts = new Map(tokens.map((token, index) => [token.start, index]));
  return {
    text,
    tokens,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    quote: quoteOf(tokens),
    semicolons: endsWithSemicolons(text),
    step: stepOf(text),
    pair: (index) => pairs.get(index),
    at: (offset) => starts.get(offset),
  };
}

/** `${` and `}` of a template are brackets, too. */
function pairsOf(tokens: readonly Token[]): ReadonlyMap<number, number> | undefined {
  const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const pairs = new Map<number, number>();
  const open: { readonly sign: string; readonly index: number }[] = [];
  const close = (sign: string, index: number): boolean => {
    const last = open.pop();
    if (last?.sign !== sign) return false;
    pairs.set(last.index, index);
    pairs.set(index, last.index);
    return true;
  };
  for (const [index, { kind, text }] of tokens.entries()) {
    const isTemplate = kind === 'other' && /^[`}]/.test(text);
    if (isTemplate && text.startsWith('}') && !close('${', index)) return undefined;
    if (isTemplate && text.endsWith('${')) open.push({ sign: '${', index });
    if (kind !== 'sign') continue;
    if (text === '(' || text === '[' || text === '{') open.push({ sign: text, index });
    const sign = closing[text];
    if (sign !== undefined && !close(sign, index)) return undefined;
  }
  return open.length === 0 ? pairs : undefined;
}

function quoteOf(tokens: readonly Token[]): "'" | '"' {
  const texts = tokens.filter(({ kind }) => kind === 'text');
  const double = texts.filter(({ text }) => text.startsWith('"')).length;
  return double * 2 > texts.length ? '"' : "'";
}

/** One at the end of a line is enough: who leaves them out leaves all out. */
function endsWithSemicolons(text: string): boolean {
  return /;[ \t]*(?:\/\/.*)?$/m.test(text) || text.trim() === '';
}

function stepOf(text: string): string {
  const counts = new Map<string, number>();
  for (const [, indent = ''] of text.matchAll(/[{([][ \t]*\r?\n([ \t]+)\S/g)) {
    const step = indent.startsWith('\t') ? '\t' : indent.length % 4 === 0 ? '    ' : '  ';
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  // Four spaces are two steps of two where there are twos.
  if ((counts.get('  ') ?? 0) > 0) return '  ';
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? '  ';
}

/** The spaces in front of the first thing on the line of an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** Is there nothing but spaces in front of an offset, on its line? */
export function isFirstOnLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start, offset).trim() === '';
}

/** The end of the line of an offset; undefined where more than a comment follows on it. */
export function lineEnd(text: string, offset: number): number | undefined {
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  return /^[ \t]*(?:\/\/.*)?$/.test(rest) ? offset + rest.length : undefined;
}

/** What stands between brackets, split at its commas. `open` is the index of the first bracket. */
export function partsOf(source: Source, open: number): readonly Range[] | undefined {
  const close = source.pair(open);
  if (close === undefined) return undefined;
  const parts: Range[] = [];
  let first = open + 1;
  for (let index = open + 1; index <= close; index += 1) {
    const token = source.tokens[index];
    const isEnd = index === close;
    if (isEnd || (token?.kind === 'sign' && token.text === ',')) {
      const [from, to] = [source.tokens[first], source.tokens[index - 1]];
      if (index > first && from && to) parts.push({ start: from.start, end: to.end });
      first = index + 1;
    } else {
      const end = source.pair(index);
      if (end !== undefined && end > index) index = end;
    }
  }
  return parts;
}

export function sliceOf({ text }: Source, { start, end }: Range): string {
  return text.slice(start, end);
}

/** The text of a plain string literal, without escapes; undefined for anything else. */
export function literalText(token: Token | undefined): string | undefined {
  return token?.kind === 'text' && !token.text.includes('\\') ? token.text.slice(1, -1) : undefined;
}

/** A string literal as the file writes them. */
/** Can it be the name of a variable or of a property without quotes? */
export function isName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

export function quoted({ quote }: Source, text: string): string {
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** Every token that is a name with this text. */
export function namesOf({ tokens }: Source, name: string): readonly number[] {
  return tokens.flatMap((token, index) => (token.kind === 'name' && token.text === name ? [index] : []));
}
