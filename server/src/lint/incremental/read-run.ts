/** Reads some neighbouring parts of a document without the rest of it. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import { readYaml } from '../../text/yaml.ts';
import { isPlain, itemsOf, readPlainJson, type Cut, type Group, type Item, type PlacedPart } from './cut.ts';

/** Neighbours that an edit is in, by their indices, and their extent before it. */
export interface Run {
  readonly group: Group;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/** The parts of a run, read in a document that has nothing else; undefined where they might read otherwise in theirs. */
export function readRun(cut: Cut, source: string, { group, start }: Run): readonly PlacedPart[] | undefined {
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
