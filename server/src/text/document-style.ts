/** How a document is written, learned from its text, so that what is added to it looks like what is there. */

import {
  Document,
  isScalar,
  isSeq,
  stringify,
  visit,
  type DocumentOptions,
  type Pair,
  type Scalar,
  type SchemaOptions,
  type ToStringOptions,
} from 'yaml';
import type { DocumentFacts } from '../contract/facts.ts';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface Style {
  readonly eol: string;
  /** Of a block, at column 0, without a line break at its end. */
  block(value: Plain): string;
  /** `key: value` inside of braces that stand at this indentation. */
  entry(key: string, value: Plain, indent: string | undefined): string;
  item(value: Plain, indent: string | undefined): string;
  key(key: string, inBraces: boolean): string;
  readonly step: string;
  readonly isJson: boolean;
  /** Do most parameters say where they are (`in`) before what they are called? */
  readonly placeFirst: boolean;
}

export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** How far lines are indented within each other. */
export function stepOf(text: string): string {
  return /^[{[]?\r?\n?(?:\S.*\r?\n)*([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

export function quoteOf(text: string): "'" | '"' {
  return (text.match(/'/g)?.length ?? 0) >= (text.match(/"/g)?.length ?? 0) ? "'" : '"';
}

/** Options of the library that make new YAML look like a text. `step` is what its first inner line is indented by. */
export function yamlStyle(text: string, step: string): DocumentOptions & SchemaOptions & ToStringOptions {
  return {
    indent: Math.max(1, step.includes('\t') ? 2 : step.length),
    indentSeq: indentsItems(text),
    lineWidth: 0,
    // `false` would forbid single ones where statuses and references have them.
    singleQuote: quoteOf(text) === "'" ? true : null,
    // Other readers take `on` and `2024-01-01` for something else than texts.
    compat: 'yaml-1.1',
  };
}

export function styleOf(text: string, language: DocumentFacts['language']): Style {
  const eol = eolOf(text);
  const step = stepOf(text);
  const placeFirst = placesFirst(text);
  if (language === 'json') {
    const json = (value: Plain, indent: string | undefined): string =>
      indent === undefined
        ? spaced(value)
        : JSON.stringify(value, undefined, step).replaceAll('\n', `${eol}${indent}`);
    return {
      eol,
      step,
      isJson: true,
      placeFirst,
      block: (value) => JSON.stringify(value),
      entry: (key, value, indent) => `${JSON.stringify(key)}: ${json(value, indent)}`,
      item: json,
      key: (key) => JSON.stringify(key),
    };
  }
  // Nobody wants anchors for what happens to be the same.
  const options = { ...yamlStyle(text, step), aliasDuplicateObjects: false };
  const habits = habitsOf(text);
  const isPlainStatus = (key: string): boolean => habits.status === '' && /^[1-5]\d\d$/.test(key);
  const block = (value: Plain): string => {
    const document = new Document(value, options);
    visit(document, {
      Pair(_, pair) {
        follow(habits, pair);
      },
    });
    return document.toString({ ...options, flowCollectionPadding: habits.padded }).trimEnd();
  };
  const nameOf = (key: string): string => (isPlainStatus(key) ? key : flow(key));
  // Brackets without and braces with spaces inside, as nearly everybody writes them.
  const flow = (value: Plain): string => {
    if (Array.isArray(value)) return `[${value.map((item: Plain) => flow(item)).join(', ')}]`;
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value as Readonly<Record<string, Plain>>);
      const written = entries.map(([key, item]) => `${nameOf(key)}: ${flow(item)}`);
      return written.length === 0 ? '{}' : `{ ${written.join(', ')} }`;
    }
    return stringify([value], { ...options, collectionStyle: 'flow' })
      .trim()
      .slice(1, -1)
      .trim();
  };
  return {
    eol,
    step,
    isJson: false,
    placeFirst,
    block: (value) => block(value).replaceAll('\n', eol),
    entry: (key, value) =>
      flow({ [key]: value })
        .slice(1, -1)
        .trim(),
    item: (value) => flow(value),
    key: (key, inBraces) => (inBraces ? nameOf(key) : block({ [key]: 0 }).slice(0, -': 0'.length)),
  };
}

function placesFirst(text: string): boolean {
  const first = (one: string, other: string): number =>
    text.match(new RegExp(`\\b${one}['"]?:[ \\t]*['"]?[\\w.-]+['"]?,?\\s+['"]?${other}['"]?:`, 'g'))
      ?.length ?? 0;
  return first('in', 'name') > first('name', 'in');
}

/** A quotation mark, the empty text for none; undefined where nothing tells. */
type Quote = string | undefined;

/** What most places of a text do where YAML leaves a choice. */
interface Habits {
  /** Around statuses. */
  readonly status: Quote;
  /** Around `$ref` itself. */
  readonly refKey: Quote;
  /** Around what it refers to. */
  readonly reference: Quote;
  /** Keys whose lists of texts stand in brackets. */
  readonly inBrackets: ReadonlySet<string>;
  /** Have brackets spaces inside? */
  readonly padded: boolean;
}

function habitsOf(text: string): Habits {
  const plainToo = most(text, /\$ref['"]?:[ \t]+(['"]?)[^'"#\s]/g);
  const padding = most(text, /:[ \t]+\[([ \t]?)[^\s\]]/g);
  return {
    status: most(text, /(?:^|[\s{,])(['"]?)[1-5]\d\d\1:(?=\s)/g),
    refKey: most(text, /(['"]?)\$ref\1:/g),
    // A mark that stands there because YAML demands it (`#` begins a comment) tells less than one that need not.
    reference: plainToo ?? most(text, /\$ref['"]?:[ \t]+(['"])#/g),
    inBrackets: listsInBrackets(text),
    padded: padding !== undefined && padding !== '',
  };
}

/** The first group that matches most often. */
function most(text: string, pattern: RegExp): string | undefined {
  const counts = new Map<string, number>();
  for (const [, found = ''] of text.matchAll(pattern)) counts.set(found, (counts.get(found) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function listsInBrackets(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const lists = /^[ \t]*(?:- )?['"]?(\w+)['"]?:(?:[ \t]*(\[)[^\]{\r\n]*\]|[ \t]*\r?\n[ \t]*- [^:\r\n]+$)/gm;
  for (const [, key = '', bracket] of text.matchAll(lists))
    counts.set(key, (counts.get(key) ?? 0) + (bracket === undefined ? -1 : 1));
  return new Set([...counts].flatMap(([key, count]) => (count > 0 ? [key] : [])));
}

/** Longer lists are read more easily line by line. */
const maxBrackets = 60;

/** Writes an entry as the text has others of its kind. */
function follow({ status, refKey, reference, inBrackets }: Habits, { key, value }: Pair): void {
  if (!isScalar(key) || typeof key.value !== 'string') return;
  if (/^[1-5]\d\d$/.test(key.value)) {
    if (status === '') key.value = Number(key.value);
    else quote(key, status);
  }
  if (key.value === '$ref') {
    quote(key, refKey);
    if (isScalar(value)) quote(value, reference);
  }
  if (!isSeq(value) || !inBrackets.has(String(key.value)) || !value.items.every((item) => isScalar(item)))
    return;
  if (value.items.map((item) => String(isScalar(item) ? item.value : '')).join(', ').length <= maxBrackets)
    value.flow = true;
}

function quote(scalar: Scalar, mark: Quote): void {
  if (mark === "'") scalar.type = 'QUOTE_SINGLE';
  if (mark === '"') scalar.type = 'QUOTE_DOUBLE';
}

/** Do the items of most lists stand further in than the key above them? They do where there are none. */
function indentsItems(text: string): boolean {
  const lists = [...text.matchAll(/^( *)[^\s#-][^\n]*:[ \t]*\r?\n( *)- /gm)];
  return lists.filter(([, key, item]) => item === key).length * 2 <= lists.length;
}

/** JSON on one line, as people write it. */
function spaced(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map((item: Plain) => spaced(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value as Readonly<Record<string, Plain>>);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`).join(', ')} }`;
}
