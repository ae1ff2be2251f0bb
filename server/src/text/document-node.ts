/** Looking into document nodes. */

import type { DocEntry, DocNode } from '../contract/facts.ts';

export type DocMap = Extract<DocNode, { kind: 'map' }>;
export type DocSeq = Extract<DocNode, { kind: 'seq' }>;

/** The entry of a key; the last one where a key stands twice, as `JSON.parse` does. */
export function entryOf(node: DocNode | undefined, key: string): DocEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  const { entries } = node;
  // Asked so often that calling a function for each entry would be half of its time.
  for (let index = entries.length - 1; index >= 0; index -= 1)
    if (entries[index]?.key === key) return entries[index];
  return undefined;
}

/** Entries by their keys, of mappings in which many are looked up; for as long as these are the same. */
export type EntryTables = Map<DocMap, ReadonlyMap<string, DocEntry>>;

/** In shorter mappings a key is found as soon by looking at one entry after the other. */
const longMap = 32;

/** `entryOf` for those who look up many. */
export function entryIn(tables: EntryTables, node: DocMap, key: string): DocEntry | undefined {
  if (node.entries.length < longMap) return entryOf(node, key);
  let table = tables.get(node);
  // The last entry of a key counts.
  if (!table) tables.set(node, (table = new Map(node.entries.map((entry) => [entry.key, entry]))));
  return table.get(key);
}

export function valueOf(node: DocNode | undefined, key: string): DocNode | undefined {
  return entryOf(node, key)?.value;
}

export function stringOf(node: DocNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function booleanOf(node: DocNode | undefined): boolean | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function numberOf(node: DocNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** The text of a scalar that is not null: a tag `2.0` or an operation id `7` is meant as text. */
export function textOf(node: DocNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** The value of a scalar that is not null. */
export function scalarOf(node: DocNode | undefined): string | number | boolean | undefined {
  return node?.kind === 'scalar' ? (node.value ?? undefined) : undefined;
}

/** An entry whose value is `null` because nothing was written there yet counts as not written. */
export function isEmpty(node: DocNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The tokens of a JSON pointer (RFC 6901); undefined for text that is none. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function formatPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${escapePointer(token)}`).join('');
}

/** @param tables Given by those who look up many. */
export function lookUp(
  root: DocNode | undefined,
  tokens: readonly string[],
  tables?: EntryTables,
): DocNode | undefined {
  let node = root;
  for (const token of tokens) {
    if (node?.kind === 'map') node = (tables ? entryIn(tables, node, token) : entryOf(node, token))?.value;
    else if (node?.kind === 'seq')
      node = /^(?:0|[1-9]\d*)$/.test(token) ? node.items[Number(token)] : undefined;
    else return undefined;
  }
  return node;
}

/** Does all that leads to a node stand where it is written? What an alias or a merge key leads to is written elsewhere. */
export function isInPlace(root: DocNode | undefined, tokens: readonly string[]): boolean {
  let node = root;
  for (const token of tokens) {
    const next = lookUp(node, [token]);
    const from = node?.kind === 'map' ? (entryOf(node, token)?.keyEnd ?? 0) : (node?.start ?? 0);
    if (!node || !next || next.start < from || next.end > node.end) return false;
    node = next;
  }
  return true;
}

/** Plain JavaScript data. Undefined for a document that has more than `limit` values when its aliases are written out. */
export function toJs(node: DocNode, limit = 100_000): unknown {
  let left = limit;
  const convert = (from: DocNode): unknown => {
    if (left-- <= 0) return undefined;
    if (from.kind === 'scalar') return from.value;
    if (from.kind === 'seq') return from.items.map(convert);
    return Object.fromEntries(from.entries.map(({ key, value }) => [key, convert(value)]));
  };
  const result = convert(node);
  return left < 0 ? undefined : result;
}

/** Plain data, such as what JSON gives, as a node without places; undefined for what JSON does not know. */
export function nodeOf(data: unknown): DocNode | undefined {
  const nowhere = { start: 0, end: 0 };
  if (data === null || typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean')
    return { kind: 'scalar', value: data, ...nowhere };
  if (Array.isArray(data))
    return { kind: 'seq', items: data.flatMap((item: unknown) => nodeOf(item) ?? []), ...nowhere };
  if (typeof data !== 'object') return undefined;
  const entries = Object.entries(data).flatMap(([key, item]: [string, unknown]) => {
    const value = nodeOf(item);
    return value ? [{ key, keyStart: 0, keyEnd: 0, value }] : [];
  });
  return { kind: 'map', entries, ...nowhere };
}
