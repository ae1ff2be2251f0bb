/**
 * A document cut into parts that can be read by themselves: path items, components, and the other keys of the root.
 * An edit within some neighbours needs only those to be read again.
 *
 * INVARIANT: reading the parts gives the same nodes as reading the document. Where that is not certain (aliases, text
 * that did not parse, an unusual layout) there is no cut.
 */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { createProblemSink } from '../../text/document-problems.ts';
import { readJson } from '../../text/json.ts';

export function keyOf(path: readonly (string | number)[]): string {
  return path.join('\0');
}

/** What one part says. Stays the same object as long as its text does. */
export interface Part {
  readonly path: readonly string[];
  /** The path as one text. */
  readonly key: string;
  /** Offsets are relative to `origin`. */
  readonly entry: DocEntry;
  readonly origin: number;
}

export interface PlacedPart {
  readonly kind: 'part';
  readonly part: Part;
  /** Where the offset `origin` of the part is in the document. */
  readonly start: number;
}

/** A mapping whose entries are parts, or such mappings again: `paths`, `components`, `schemas` in it. */
export interface Group {
  readonly kind: 'group';
  readonly path: readonly string[];
  /** Of the key, which is none for the root. */
  readonly start: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly items: readonly Item[];
  /** Column of the keys; in JSON keys may stand anywhere. */
  readonly column: number;
}

export type Item = PlacedPart | Group;

export interface Cut {
  readonly file: FileId;
  readonly format: 'yaml' | 'json';
  readonly text: string;
  readonly root: Group;
}

/** Undefined where the document cannot be cut. `root` is what was read of `text`, without any problem. */
export function cutDocument(file: FileId, text: string, root: DocNode): Cut | undefined {
  const format = text.startsWith('{', root.start) ? 'json' : 'yaml';
  if (format === 'json' && !readPlainJson(file, text)) return undefined;
  if (format === 'yaml' && /^(?:---|\.\.\.|%)/m.test(text.slice(root.start))) return undefined;
  if (!isPlain(root, text)) return undefined;
  const items = itemsOf({ format, text, origin: 0 }, root, []);
  if (!items) return undefined;
  const cut = { file, format, text } as const;
  return { ...cut, root: { ...NO_KEY, items: items.items, column: items.column } };
}

const NO_KEY = { kind: 'group', path: [], start: 0, keyStart: 0, keyEnd: 0 } as const;

interface Source {
  readonly format: Cut['format'];
  readonly text: string;
  /** Where the document has the first character of `text`; negative behind a head that is not in it. */
  readonly origin: number;
}

interface Items {
  readonly items: readonly Item[];
  readonly column: number;
}

/** What stands in a mapping at `path`, cut; undefined for an unusual layout. */
export function itemsOf(source: Source, map: DocNode, path: readonly string[]): Items | undefined {
  if (map.kind !== 'map' || map.entries.length === 0) return undefined;
  const { format, text, origin } = source;
  let column: number | undefined;
  const items: Item[] = [];
  for (const entry of map.entries) {
    if (entry.key === '__proto__' || entry.key === '$ref') return undefined;
    let start = entry.keyStart;
    if (format === 'yaml') {
      start = text.lastIndexOf('\n', entry.keyStart - 1) + 1;
      if (text.slice(start, entry.keyStart).trim() !== '') return undefined;
      column ??= entry.keyStart - start;
      if (entry.keyStart - start !== column) return undefined;
    }
    const own = [...path, entry.key];
    const below = isGroup(own) ? itemsOf(source, entry.value, own) : undefined;
    const placed = { start: start + origin };
    if (below) {
      const keys = { keyStart: entry.keyStart + origin, keyEnd: entry.keyEnd + origin };
      items.push({ kind: 'group', path: own, ...placed, ...keys, ...below });
    } else
      items.push({ kind: 'part', part: { path: own, key: keyOf(own), entry, origin: start }, ...placed });
  }
  return { items, column: column ?? 0 };
}

const GROUPS: ReadonlySet<string> = new Set([
  'paths',
  'components',
  'definitions',
  'parameters',
  'responses',
]);

function isGroup(path: readonly string[]): boolean {
  const [first = ''] = path;
  return path.length === 1 ? GROUPS.has(first) : path.length === 2 && first === 'components';
}

/** Is everything written where it is? What an alias stands for is written in front of it. */
export function isPlain(node: DocNode, text: string): boolean {
  if (node.kind === 'scalar') return text[node.start] !== '*' || node.start === node.end;
  if (node.kind === 'seq') return node.items.every((item) => item.start >= node.start && isPlain(item, text));
  return node.entries.every(
    ({ keyStart, value }) =>
      keyStart >= node.start && text[keyStart] !== '*' && value.start >= keyStart && isPlain(value, text),
  );
}

/** Undefined where there is anything wrong with it. */
export function readPlainJson(file: FileId, text: string): DocNode | undefined {
  const sink = createProblemSink(file);
  const root = readJson(text, sink);
  return sink.list.length === 0 ? root : undefined;
}
