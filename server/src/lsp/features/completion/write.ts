/** Writes keys and values for the place of a cursor: in its language, with its indentation and its quotes. */

import { isItem, type Cursor } from '../../../text/cursor/cursor.ts';
import type { Plain } from '../../../text/document-style.ts';
import { openForEditing, type TextEdit } from '../../../text/edit-document.ts';
import { verbatim } from './item.ts';

/** Marks of a place to fill in, within a text of `Plain`: code points for private use, which writers leave alone. */
const open = '\uE000';
const close = '\uE001';

/** A text to be typed over. */
export function hole(suggestion: string): string {
  return `${open}${suggestion}${close}`;
}

export interface Writer {
  /** A key with its value, or with the place of one: `'text'`, `'block'` or `'list'`. */
  entry(key: string, value: Written): string;
  /** Several keys with their values, where the first is typed. */
  entries(data: Readonly<Record<string, Plain>>): string;
  /** A text as a value. */
  text(value: string): string;
  /** A value that is no text, or a text with places to fill in. */
  value(value: Plain): string;
  /** Whatever has to stand in front of a value that is written. */
  readonly edits: readonly TextEdit[];
  /** What the typed text begins with: a quote. */
  readonly filterStart: string;
}

export type Written =
  { readonly as: 'text' | 'scalar' | 'block' | 'list' } | { readonly as: 'data'; readonly data: Plain };

/** Characters from which the style of a document is told. */
const sample = 20_000;

export function writerFor(text: string, cursor: Cursor): Writer {
  const { language, style: form, indent, lead, commaAt, commaAfter, hasColon, quote } = cursor;
  const from = Math.max(0, cursor.start - sample / 2);
  const style = openForEditing(
    text.slice(from === 0 ? 0 : text.indexOf('\n', from) + 1, from + sample),
    language,
  ).style();
  const { eol } = style;
  const step = language === 'yaml' && style.step.includes('\t') ? '  ' : style.step;
  const comma = commaAfter ? ',' : '';
  const inLines = (lines: string, by: string): string => lines.replaceAll(/\r?\n(?=[^\r\n])/g, `${eol}${by}`);

  const data = (value: Plain, by: string): string => {
    if (form === 'json')
      return typeof value === 'object' && value !== null
        ? inLines(JSON.stringify(value, undefined, step), by)
        : JSON.stringify(value);
    return style.item(value, undefined);
  };

  const after = (key: string, written: Written): string => {
    if (form === 'block') {
      switch (written.as) {
        case 'block':
          return `${key}:${eol}${indent}${step}$0`;
        case 'list':
          return `${key}:${eol}${indent}${step}- $0`;
        case 'data':
          return `${filled(inLines(style.block({ [key]: written.data }), indent)).replace(/^.*?(?=:(?:\s|$))/, () => key)}`;
        default:
          return `${key}: $0`;
      }
    }
    switch (written.as) {
      case 'text':
        return form === 'json' ? `${key}: "$1"${comma}$0` : `${key}: $0`;
      case 'block':
        return form === 'json'
          ? `${key}: {${eol}${indent}${step}$1${eol}${indent}}${comma}$0`
          : `${key}: { $1 }${comma}$0`;
      case 'list':
        return `${key}: [$1]${comma}$0`;
      case 'data':
        return `${key}: ${filled(data(written.data, indent))}${comma}`;
      default:
        return `${key}: $0${comma}`;
    }
  };

  const quoted = (key: string): string => {
    if (form === 'json' || quote === '"') return JSON.stringify(key);
    if (quote === "'") return `'${key.replaceAll("'", "''")}'`;
    return style.key(key, form === 'flow');
  };

  const scalar = (value: string): string => {
    if (form === 'json' || quote === '"') return JSON.stringify(value);
    if (quote === "'") return `'${value.replaceAll("'", "''")}'`;
    return style.item(value, undefined);
  };

  return {
    edits: commaAt === undefined ? [] : [{ start: commaAt, end: commaAt, text: ',' }],
    filterStart: quote,
    entry(key, written) {
      const name = verbatim(quoted(key));
      return hasColon ? `${lead}${name}` : `${lead}${after(name, written)}`;
    },
    entries(entries) {
      if (form === 'block') return `${lead}${filled(inLines(style.block(entries), indent))}`;
      const written = Object.entries(entries).map(
        ([key, value]) => `${verbatim(quoted(key))}: ${filled(data(value, indent))}`,
      );
      return `${lead}${written.join(form === 'json' ? `,${eol}${indent}` : ', ')}${comma}`;
    },
    text: (value) => `${lead}${verbatim(scalar(value))}${comma}`,
    value(value) {
      if (form !== 'block' || typeof value !== 'object' || value === null)
        return `${lead}${filled(data(value, indent))}${comma}`;
      // Behind a key a mapping begins on a line of its own; behind a dash it stands beside it.
      const isBehindKey = !isItem(text, cursor);
      const by = isBehindKey ? `${indent}${step}` : indent;
      const lines = inLines(style.block(value), by);
      return isBehindKey ? `${eol}${by}${filled(lines)}` : `${lead}${filled(lines)}`;
    },
  };
}

/** Marks become stops, numbered in the order in which they stand. */
function filled(text: string): string {
  let count = 0;
  return verbatim(text).replaceAll(
    new RegExp(`${open}([^${open}${close}]*)${close}`, 'g'),
    (_, suggestion: string) => `\${${(count += 1)}:${suggestion}}`,
  );
}
