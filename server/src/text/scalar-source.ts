/** How a text value is written in YAML or JSON: where each of its characters stands, and how to write others instead. */

import type { TextRange } from '../contract/span.ts';
import { stringify } from 'yaml';
import type { TextEdit } from './edit-document.ts';

/** A value on one line: quoted, or plain. */
export interface ScalarSource {
  /** As written, quotes included. */
  readonly source: string;
  /** Where `source` begins in its text. */
  readonly start: number;
  /** Between braces or brackets of YAML, where a few more characters have a meaning. */
  readonly inFlow: boolean;
}

/** A part of a value: UTF-16 offsets into what it means, not into how it is written. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Style = 'plain' | 'single' | 'double';

function styleOf(source: string): Style {
  return source.startsWith('"') ? 'double' : source.startsWith("'") ? 'single' : 'plain';
}

/**
 * Where each character of the value begins in the source, and where the last one ends. Undefined for what is written
 * over several lines or as a block.
 */
function sourceOffsets(
  source: string,
): { readonly value: string; readonly at: readonly number[] } | undefined {
  if (/[\r\n]/.test(source)) return undefined;
  const style = styleOf(source);
  if (style === 'plain')
    return { value: source, at: Array.from({ length: source.length + 1 }, (_, index) => index) };
  if (source.length < 2 || source.at(-1) !== source[0]) return undefined;
  const at: number[] = [];
  let value = '';
  let index = 1;
  while (index < source.length - 1) {
    const [text, length] = style === 'single' ? single(source, index) : double(source, index);
    if (length === 0) return undefined;
    for (let unit = 0; unit < text.length; unit += 1) at.push(index);
    value += text;
    index += length;
  }
  return { value, at: [...at, index] };
}

/** A part of a value where it is written; undefined where that cannot be told. */
export function sourceSpan(source: string, value: string, from: number, to: number): TextRange | undefined {
  // Most are written as they are meant.
  if (source === value && !/[\r\n]/.test(value)) return { start: from, end: to };
  if (!/[\\\r\n]|''/.test(source) && source.length === value.length + 2 && source.startsWith(value, 1))
    return { start: from + 1, end: to + 1 };
  const offsets = sourceOffsets(source);
  if (offsets?.value !== value) return undefined;
  return { start: offsets.at[from] ?? 0, end: offsets.at[to] ?? source.length };
}

/** The text that begins at an offset, and how many characters it is written with; 0 for what is not known. */
function single(source: string, index: number): readonly [string, number] {
  return source.startsWith("''", index) ? ["'", 2] : [source[index] ?? '', 1];
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', ' ': ' ' },
  ...{ '0': '\0', a: '\u0007', v: '\v', e: '\u001b', N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' },
};

/** YAML 1.2 section 5.7 has all escapes of JSON, and some more. */
function double(source: string, index: number): readonly [string, number] {
  if (source[index] !== '\\') return [source[index] ?? '', 1];
  const rest = source.slice(index + 1, index + 10);
  const digits = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/i.exec(rest)?.slice(1).find(Boolean);
  if (digits !== undefined) {
    const code = Number.parseInt(digits, 16);
    return code > 0x10ffff ? ['', 0] : [String.fromCodePoint(code), digits.length + 2];
  }
  const known = escapes[rest[0] ?? ''];
  return known === undefined ? ['', 0] : [known, 2];
}

/**
 * Puts other texts for parts of a value, written as the rest of it is. Parts do not overlap, in ascending order.
 * Quotes are added where the new value cannot do without; undefined where the value is written in a way that an edit
 * could break.
 */
export function replaceParts(
  { source, start, inFlow }: ScalarSource,
  parts: readonly Replacement[],
): readonly TextEdit[] | undefined {
  const written = sourceOffsets(source);
  if (!written) return undefined;
  const style = styleOf(source);
  if (style === 'plain') {
    const value = applied(source, parts);
    if (!canBePlain(value, inFlow)) return [{ start, end: start + source.length, text: quoted(value) }];
  }
  return parts.map(({ from, to, text }) => ({
    start: start + (written.at[from] ?? source.length),
    end: start + (written.at[to] ?? source.length),
    text:
      style === 'plain'
        ? text
        : style === 'single'
          ? text.replaceAll("'", "''")
          : JSON.stringify(text).slice(1, -1),
  }));
}

function applied(value: string, parts: readonly Replacement[]): string {
  return parts.reduceRight((text, part) => text.slice(0, part.from) + part.text + text.slice(part.to), value);
}

function canBePlain(value: string, inFlow: boolean): boolean {
  if (inFlow && /[,[\]{}]/.test(value)) return false;
  // Other readers take `on` and `2024-01-01` for something else than texts.
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1' }) === `${value}\n`;
}

function quoted(value: string): string {
  return /[\u0000-\u001f'\\]/.test(value) ? JSON.stringify(value) : `'${value}'`;
}
