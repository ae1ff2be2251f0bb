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
import { MAX_YAML_LENGTH } from '../../text/limits.ts';
import { readYaml } from '../../text/yaml.ts';
import { changeBetween } from './change.ts';

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

export interface CutEdit {
  readonly cut: Cut;
  readonly removed: readonly Part[];
  readonly added: readonly Part[];
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

function itemsOf(source: Source, map: DocNode, path: readonly string[]): Items | undefined {
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
function isPlain(node: DocNode, text: string): boolean {
  if (node.kind === 'scalar') return text[node.start] !== '*' || node.start === node.end;
  if (node.kind === 'seq') return node.items.every((item) => item.start >= node.start && isPlain(item, text));
  return node.entries.every(
    ({ keyStart, value }) =>
      keyStart >= node.start && text[keyStart] !== '*' && value.start >= keyStart && isPlain(value, text),
  );
}

/** The cut of a later text. Undefined where the edit may concern more than some neighbouring parts. */
export function editCut(cut: Cut, text: string): CutEdit | undefined {
  if (text.length > MAX_YAML_LENGTH) return undefined;
  const change = changeBetween(cut.text, text);
  if (!change) return { cut, removed: [], added: [] };
  const run = runOf(cut, text, change, cut.root, cut.text.length);
  if (!run) return undefined;
  const grown = text.length - cut.text.length;
  const source = text.slice(run.start, run.end + grown);
  const read = readRun(cut, source, run);
  if (!read) return undefined;
  const { group, first, last } = run;
  const kept = group.items.filter((_, index) => index < first || index > last);
  if (kept.length + read.length === 0) return undefined;
  const removed = group.items
    .slice(first, last + 1)
    .flatMap((item) => (item.kind === 'part' ? [item.part] : []));
  const keys = new Set([...kept, ...read].map(nameOf));
  if (keys.size !== kept.length + read.length) return undefined;
  const root = replaced(cut.root, run, read, grown);
  return { cut: { ...cut, text, root }, removed, added: read.map(({ part }) => part) };
}

function nameOf(item: Item): string {
  return (item.kind === 'part' ? item.part.path : item.path).at(-1) ?? '';
}

/** Neighbours that an edit is in, by their indices, and their extent before it. */
interface Run {
  readonly group: Group;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

type Change = NonNullable<ReturnType<typeof changeBetween>>;

function runOf(cut: Cut, text: string, change: Change, group: Group, groupEnd: number): Run | undefined {
  const { items } = group;
  const { start, oldEnd, newEnd } = change;
  const startOf = (index: number): number => items[index]?.start ?? groupEnd;
  const endOf = (index: number): number => {
    const item = items[index];
    if (cut.format === 'yaml' || item?.kind !== 'part') return startOf(index + 1);
    return item.part.entry.value.end - item.part.origin + item.start;
  };
  let first = items.findLastIndex((item) => item.start <= start);
  if (first === -1) return undefined;
  // What is inserted in front of a key can belong to what stands before.
  if (cut.format === 'yaml' && startOf(first) === start && first > 0) first -= 1;
  let last = first;
  while (last < items.length && endOf(last) < oldEnd) last += 1;
  if (cut.format === 'yaml' && endOf(last) === oldEnd && newEnd > 0 && text[newEnd - 1] !== '\n') last += 1;
  if (cut.format === 'yaml' && last === items.length && oldEnd === cut.text.length) last -= 1;
  if (last >= items.length) return undefined;
  const [only] = items.slice(first, last + 1);
  if (first === last && only?.kind === 'group') {
    const [head] = only.items;
    return head && head.start <= start ? runOf(cut, text, change, only, startOf(first + 1)) : undefined;
  }
  if (items.slice(first, last + 1).some(({ kind }) => kind === 'group')) return undefined;
  return { group, first, last, start: startOf(first), end: endOf(last) };
}

/** The parts of a run, read in a document that has nothing else; undefined where they might read otherwise in theirs. */
function readRun(cut: Cut, source: string, { group, start }: Run): readonly PlacedPart[] | undefined {
  return cut.format === 'yaml'
    ? readYamlRun(cut, source, group, start)
    : readJsonRun(cut, source, group, start);
}

/** Stand in front of a run and behind it, so that it is seen if it takes in what is around it. */
const GUARD = '\u2060';

function readYamlRun(
  cut: Cut,
  source: string,
  group: Group,
  start: number,
): readonly PlacedPart[] | undefined {
  const { path, column } = group;
  if (source.includes('\0') || /^(?:---|\.\.\.|%)/m.test(source)) return undefined;
  const guard = (at: number, name: string): string => `${' '.repeat(at)}"${GUARD}${name}": ''\n`;
  const head = yamlHead(cut, path) + guard(column, 'before');
  const tail = (source.endsWith('\n') ? '' : '\n') + guard(column, 'after');
  const text = head + source + tail + (path.length > 0 ? guard(cut.root.column, 'end') : '');
  const { root, problems } = readYaml(cut.file, text);
  if (!root || problems.length > 0 || !isPlain(root, text)) return undefined;
  let map = root;
  path.forEach((key, depth) => {
    const entries = map.kind === 'map' ? map.entries : [];
    const [entry] = entries;
    const names = entries.map((each) => each.key).join('\n');
    const expected = depth === 0 ? `${key}\n${GUARD}end` : key;
    map = entry && names === expected ? entry.value : NOTHING;
  });
  const items = itemsOf({ format: cut.format, text, origin: start - head.length }, map, path);
  if (items?.column !== column || items.items.length < 2) return undefined;
  const [before, after] = [items.items[0], items.items.at(-1)];
  const inner = items.items.slice(1, -1);
  const isGuard = (item: Item | undefined, name: string): boolean =>
    item?.kind === 'part' &&
    item.part.path.at(-1) === `${GUARD}${name}` &&
    item.part.entry.value.kind === 'scalar' &&
    item.part.entry.value.value === '';
  if (!isGuard(before, 'before') || !isGuard(after, 'after')) return undefined;
  return inner.every((item) => item.kind === 'part') ? inner : undefined;
}

const NOTHING: DocNode = { kind: 'scalar', value: null, start: 0, end: 0 };

function readJsonRun(
  cut: Cut,
  source: string,
  { path }: Group,
  start: number,
): readonly PlacedPart[] | undefined {
  if (source.includes('\0')) return undefined;
  const [head, tail] = jsonFrame(path);
  const text = head + source + tail;
  let map = readPlainJson(cut.file, text);
  for (const key of path) {
    const entry: DocEntry | undefined =
      map?.kind === 'map' && map.entries.length === 1 ? map.entries[0] : undefined;
    if (entry?.key !== key) return undefined;
    map = entry.value;
  }
  const items = map && itemsOf({ format: cut.format, text, origin: start - head.length }, map, path);
  return items?.items.every((item) => item.kind === 'part') === true ? items.items : undefined;
}

function yamlHead(cut: Cut, path: readonly string[]): string {
  let group = cut.root;
  let head = '';
  for (const key of path) {
    head += `${' '.repeat(group.column)}${JSON.stringify(key)}:\n`;
    const next = group.items.find((item) => item.kind === 'group' && item.path.at(-1) === key);
    if (next?.kind === 'group') group = next;
  }
  return head;
}

function jsonFrame(path: readonly string[]): readonly [string, string] {
  const head = path.map((key) => `{${JSON.stringify(key)}:`).join('');
  return [`${head}{`, '}'.repeat(path.length + 1)];
}

function readPlainJson(file: FileId, text: string): DocNode | undefined {
  const sink = createProblemSink(file);
  const root = readJson(text, sink);
  return sink.list.length === 0 ? root : undefined;
}

/** The tree with the parts of a run exchanged, and all that stands behind them moved. */
function replaced(group: Group, run: Run, parts: readonly PlacedPart[], grown: number): Group {
  const moved = (item: Item): Item => {
    if (item.kind === 'part') return { ...item, start: item.start + grown };
    const { start, keyStart, keyEnd, items } = item;
    return {
      ...item,
      start: start + grown,
      keyStart: keyStart + grown,
      keyEnd: keyEnd + grown,
      items: items.map(moved),
    };
  };
  const behind = (item: Item): Item => (item.start >= run.end ? (grown === 0 ? item : moved(item)) : item);
  if (group === run.group) {
    const before = group.items.slice(0, run.first);
    return { ...group, items: [...before, ...parts, ...group.items.slice(run.last + 1).map(behind)] };
  }
  const holds = (item: Item): item is Group =>
    item.kind === 'group' &&
    run.group.path.slice(0, item.path.length).every((key, at) => item.path[at] === key);
  return {
    ...group,
    items: group.items.map((item) => (holds(item) ? replaced(item, run, parts, grown) : behind(item))),
  };
}
