/** From the `paths` of a document to its path items and their operations, wherever they stand. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { OpaqueArea } from '../../contract/operation.ts';
import { parseTemplate } from '../../contract/path.ts';
import { isEmpty } from '../../text/document-node.ts';
import type { Context } from './context.ts';
import { child, children, isExtension, type Located, type LocatedEntry, refOf } from './reader.ts';

export interface PathItem {
  readonly path: LocatedEntry;
  /** The path item and what its `$ref`s lead to: the nearest first. What stands nearer hides what stands farther. */
  readonly layers: readonly Located[];
  readonly operations: readonly MethodEntry[];
}

export interface MethodEntry {
  /** Upper case. */
  readonly method: string;
  /** The method key with its value. */
  readonly entry: LocatedEntry;
  /** The operation itself: the value, or what it refers to. */
  readonly operation: LocatedEntry;
}

export interface ReadPaths {
  readonly items: readonly PathItem[];
  /** Where there may be more operations than those of `items`. */
  readonly opaque: readonly OpaqueArea[];
}

/** Takes note of a reference that could not be followed. */
type Lose = (reason: UnknownReason) => void;

const METHODS: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);

const OTHER_KEYS: ReadonlySet<string> = new Set([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
]);

/** Every path item under `paths`. */
export function readPaths(context: Context): ReadPaths {
  const opaque: OpaqueArea[] = [];
  const items: PathItem[] = [];
  const paths = child(context.top, 'paths');
  const lost = paths ? undefined : context.reader.doubt(context.top);
  if (lost) opaque.push({ prefix: [], anywhere: true, reason: lost });
  const layers = paths
    ? layersOf(context, paths, (reason) => opaque.push({ prefix: [], anywhere: true, reason }))
    : [];
  const seen = new Set<string>();
  for (const layer of layers) {
    const gaps: UnknownReason[] = [];
    const map = context.reader.map(layer, '"paths"', gaps);
    opaque.push(...gaps.map((reason): OpaqueArea => ({ prefix: [], anywhere: true, reason })));
    for (const path of map ? children(map) : []) {
      if (path.key === '$ref' || isExtension(path.key)) continue;
      // A path that is written twice in one mapping is kept twice; only a nearer layer hides a farther one.
      if (layer !== layers[0] && seen.has(path.key)) continue;
      seen.add(path.key);
      items.push(readPathItem(context, path, opaque));
    }
  }
  return { items, opaque };
}

function readPathItem(context: Context, path: LocatedEntry, opaque: OpaqueArea[]): PathItem {
  const prefix = parseTemplate(pathOf(path.key));
  const lose: Lose = (reason) => opaque.push({ prefix, anywhere: false, reason });
  const gaps: UnknownReason[] = [];
  const layers = layersOf(context, path, lose).flatMap(
    (layer) => context.reader.map(layer, 'A path item', gaps) ?? [],
  );
  gaps.forEach(lose);
  const operations = new Map<string, MethodEntry>();
  // From the farthest to the nearest, which has the last word. So has the last of two equal keys, as everywhere.
  for (const layer of [...layers].reverse()) {
    for (const found of methodsOf(context, layer)) {
      const operation = readOperation(context, found.entry, (reason) =>
        opaque.push({ prefix, method: found.method, anywhere: false, reason }),
      );
      if (operation) operations.set(found.method, { ...found, operation });
    }
  }
  return { path, layers, operations: [...operations.values()] };
}

/** A node and what its `$ref`s lead to, one after the other. */
function layersOf(context: Context, from: Located, lose: Lose): readonly Located[] {
  const layers = [from];
  let current = from;
  while (refOf(current.node)) {
    const next = context.reader.step(current);
    if (!next.found) {
      lose(next.reason);
      break;
    }
    current = next.at;
    if (layers.some(({ node }) => node === current.node)) {
      context.reader.follow(from);
      break;
    }
    layers.push(current);
  }
  return layers;
}

function* methodsOf(
  context: Context,
  item: Located,
): Generator<{ readonly method: string; readonly entry: LocatedEntry }> {
  for (const entry of children(item)) {
    const { key } = entry;
    if (OTHER_KEYS.has(key) || isExtension(key)) continue;
    const lower = key.toLowerCase();
    if (!METHODS.has(lower)) {
      // A key without anything below it is still being typed.
      if (isEmpty(entry.node)) continue;
      context.reader.report(
        'warning',
        'unknown-method',
        `"${key}" is neither an HTTP method nor another key of a path item.`,
        entry.keyAt,
      );
      continue;
    }
    if (lower !== key)
      context.reader.report(
        'warning',
        'method-case',
        `Methods are written in lower case: "${lower}".`,
        entry.keyAt,
      );
    if (lower === 'query' && context.version !== '3.2') {
      context.reader.report(
        'warning',
        'unknown-method',
        'The method "query" needs OpenAPI 3.2.',
        entry.keyAt,
      );
    }
    yield { method: lower.toUpperCase(), entry };
  }
  const additional = child(item, 'additionalOperations');
  const map = additional && context.reader.map(additional, '"additionalOperations"');
  for (const entry of map ? children(map) : []) {
    if (!isExtension(entry.key)) yield { method: entry.key.toUpperCase(), entry };
  }
}

function readOperation(context: Context, entry: LocatedEntry, lose: Lose): LocatedEntry | undefined {
  // `get:` with nothing below it yet: the author means an operation, and there is nothing to report.
  if (isEmpty(entry.node)) return entry;
  const followed = context.reader.follow(entry);
  if (!followed.found) {
    lose(followed.reason);
    return undefined;
  }
  const map = context.reader.map(followed.at, 'An operation');
  return map && { ...map, key: entry.key, keyAt: entry.keyAt };
}

/** Some tell operations of one path apart by what follows a `?` or `#` in the key; routers never see that. */
export function pathOf(key: string): string {
  return key.replace(/[?#].*$/, '');
}
