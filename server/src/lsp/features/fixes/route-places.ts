/** Where a route that only the code has belongs in a spec. */

import type { CodeOperation, SpecContract } from '../../../contract/operation.ts';
import type { Link } from '../../../contract/pair.ts';
import { fileId, type FileId } from '../../../contract/span.ts';
import { areSorted, kebab } from '../../../contract/words.ts';
import {
  formatPath,
  isRest,
  paramNames,
  parseTemplate,
  shapeKey,
  type Path,
  type Segment,
} from '../../../contract/path.ts';
import { methods } from '../../../draft/operation.ts';
import {
  child,
  children,
  descend,
  items,
  refOf,
  type Located,
  type LocatedEntry,
} from '../../../specs/openapi/reader.ts';
import type { Plain } from '../../../text/document-style.ts';
import {
  fillEmpty,
  insertEntry,
  insertInFront,
  writeLike,
  type TextEdit,
} from '../../../text/edit-document.ts';
import { referenceTo, relativeReference } from '../../../authoring/relative-reference.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, mappingAt, type EditableMap, type FileEdit } from './fix.ts';

/** The spec that a route belongs in, and its path there. */
export interface Home {
  readonly spec: SpecContract;
  readonly path: Path;
}

/** Undefined where none is sure, and for what no operation of OpenAPI can say: a wildcard, all methods. */
export function homeOf({ ready }: FeatureIndex, code: CodeOperation): Home | undefined {
  const { method, path } = code.key;
  if (!methods.includes(method.toLowerCase()) || path.some((segment) => isRest(segment))) return undefined;
  const link = ready.snapshot.links.find(({ pairs }) =>
    pairs.some((pair) => pair.state === 'code-only' && pair.code === code),
  );
  const homes = (link?.specs ?? []).flatMap((spec) => homeIn(link, spec, code) ?? []);
  // Several specs of one server: where most of the neighbours are.
  return homes.sort((a, b) => neighbours(b) - neighbours(a))[0];
}

function homeIn(link: Link | undefined, spec: SpecContract, code: CodeOperation): Home | undefined {
  const base = link?.alignments.find((alignment) => alignment.spec === spec.file)?.base ?? [];
  const path = code.key.path;
  const inBase = base.every((segment, index) => {
    const other = path[index];
    return other !== undefined && formatPath([segment]) === formatPath([other]);
  });
  return inBase ? { spec, path: path.slice(base.length) } : undefined;
}

/** Operations that have the first segment of the path in theirs. */
function neighbours({ spec, path: [first] }: Home): number {
  if (!first) return 0;
  const segment = formatPath([first]);
  return spec.operations.items.filter(({ key }) => key.path.some((one) => formatPath([one]) === segment))
    .length;
}

/** What holds the operations of a path, or is to hold them. */
export interface PathPlace {
  /** The names of its parameters, in order. */
  readonly names: readonly string[];
  /** What is written into it stands in this file. */
  readonly file: FileId;
  /** All that is written into, of what there is. */
  readonly files: readonly FileId[];
  /** Of an item that is there: the parameters that all of its operations have. */
  readonly shared: readonly Located[];
  /** The paths that it is to be one of, where there are none yet: all that come are written at once. */
  readonly first?: EditableMap;
  readonly key: string;
  write(operations: readonly (readonly [method: string, draft: Plain])[]): readonly FileEdit[] | undefined;
}

export function placeOf(index: FeatureIndex, { spec, path }: Home): PathPlace | undefined {
  const { reader } = index;
  const top = reader.document(spec.file);
  const written = top && child(top, 'paths');
  const followed = written && reader.follow(written);
  const map = mappingAt(index, written);
  if (!followed?.found || !map) return undefined;
  const all = children(followed.at);
  const same = all.find(({ key }) => shapeKey(parseTemplate(key)) === shapeKey(path));
  return same ? itemPlace(index, same) : newPlace(index, map, all, path);
}

function itemPlace(index: FeatureIndex, item: LocatedEntry): PathPlace | undefined {
  const map = mappingAt(index, item);
  const followed = index.reader.follow(item);
  const parameters = followed.found ? child(followed.at, 'parameters') : undefined;
  if (!map) return undefined;
  return {
    key: item.key,
    names: paramNames(parseTemplate(item.key)),
    file: map.file,
    files: [map.file],
    shared: parameters ? items(parameters) : [],
    write(operations) {
      if (map.map.entries.length === 0) {
        const filled = fillEmpty(map.document, map.map, Object.fromEntries(operations));
        return filled && edited(map, filled);
      }
      const edits = operations.flatMap(([method, draft]) =>
        edited(map, insertEntry(map.document, map.map, method, draft, isMethodBefore(method))),
      );
      return edits.length === operations.length ? edits : undefined;
    },
  };
}

function newPlace(
  index: FeatureIndex,
  map: EditableMap,
  all: readonly LocatedEntry[],
  path: Path,
): PathPlace | undefined {
  const nearestFirst = byNearness(all, formatPath(path));
  const own = namedAsBeside(index, nearestFirst, path);
  const key = formatPath(own);
  const keys = all.map((one) => one.key);
  const nearest = nearestFirst[0]?.one;
  const elsewhere =
    nearest && (besideNeighbour(index, nearest, key, keys) ?? fileOfItsOwn(index, nearest, key));
  return {
    key,
    ...(!elsewhere && map.map.entries.length === 0 && { first: map }),
    names: paramNames(own),
    file: elsewhere?.file ?? map.file,
    files: elsewhere?.pointer ? [elsewhere.file, map.file] : [map.file],
    shared: [],
    write(operations) {
      const item = Object.fromEntries(operations);
      if (!elsewhere) {
        const edit = insertPath(map, key, item);
        return edit && edited(map, edit);
      }
      const { file, pointer } = elsewhere;
      const $ref = pointer ? referenceTo(map.file, { file, pointer }) : relativeReference(map.file, file);
      const edit = elsewhere.write(item);
      const entry = insertPath(map, key, { $ref });
      return edit && entry && [edit, ...edited(map, entry)];
    },
  };
}

interface Near {
  readonly one: LocatedEntry;
  /** Segments at the beginning that it has in common with a path. */
  readonly length: number;
}

function byNearness(all: readonly LocatedEntry[], key: string): readonly Near[] {
  return all.map((one) => ({ one, length: commonLength(one.key, key) })).sort((a, b) => b.length - a.length);
}

/** With the names of parameters that the paths beside it have, where the code calls them alike. */
function namedAsBeside(index: FeatureIndex, nearestFirst: readonly Near[], path: Path): Path {
  const named = path.map((segment, at): Segment => {
    const names = paramNames([segment]).join();
    if (names === '') return segment;
    for (const { one, length } of nearestFirst) {
      // The empty text in front of the first slash counts.
      if (length <= at + 1) break;
      const other = parseTemplate(one.key);
      const isCalledSo = index
        .entriesAtPath(one.file, one.keyAt.start)
        .some(({ code }) => paramNames([code?.key.path.at(at - other.length) ?? segment]).join() === names);
      if (isCalledSo) return other[at] ?? segment;
    }
    return segment;
  });
  return new Set(paramNames(named)).size === paramNames(named).length ? named : path;
}

/** What a path item that stands elsewhere is written into. */
interface Elsewhere {
  readonly file: FileId;
  /** Undefined for a document that is nothing but the item. */
  readonly pointer?: readonly string[];
  write(item: Plain): FileEdit | undefined;
}

/** Where the path that begins most alike refers to a file with paths of its own (`orders.yaml#/paths/~1orders`): there. */
function besideNeighbour(
  index: FeatureIndex,
  nearest: LocatedEntry,
  key: string,
  keys: readonly string[],
): Elsewhere | undefined {
  const step = refOf(nearest.node) && index.reader.step(nearest);
  if (!step?.found || step.at.file === nearest.file || step.at.pointer.at(-1) !== nearest.key)
    return undefined;
  // What all paths begin with makes no neighbours.
  const [first = ''] = keys;
  const common = Math.min(...keys.map((other) => commonLength(other, first)));
  if (keys.length > 1 && commonLength(nearest.key, key) <= common) return undefined;
  const pointer = step.at.pointer.slice(0, -1);
  const top = index.reader.document(step.at.file);
  const map = mappingAt(index, descend(top, pointer));
  if (!map) return undefined;
  return {
    file: map.file,
    pointer: [...pointer, key],
    write: (item) => edited(map, insertPath(map, key, item))[0],
  };
}

/** Where it refers to a file of its own: a new one beside that. */
function fileOfItsOwn(index: FeatureIndex, nearest: LocatedEntry, key: string): Elsewhere | undefined {
  const step = refOf(nearest.node) && index.reader.step(nearest);
  if (!step?.found || step.at.file === nearest.file || step.at.pointer.length > 0) return undefined;
  const folder = step.at.file.split('/').slice(0, -1);
  const ending = /\.\w+$/.exec(step.at.file)?.[0] ?? '.yaml';
  const words = key.split('/').filter((segment) => segment !== '');
  const own = words.slice(words.lastIndexOf(folder.at(-1) ?? '') + 1);
  const name = kebab((own.length > 0 ? own : words).join(' '));
  const file = fileId([...folder, `${name}${ending}`].join('/'));
  if (name === '' || index.ready.textOf(file) !== undefined) return undefined;
  const document = index.texts.editable(step.at.file);
  if (!document) return undefined;
  return {
    file,
    write: (item) => ({ file, start: 0, end: 0, text: writeLike(document, item), create: true }),
  };
}

function isMethodBefore(method: string): (other: string) => boolean {
  return (other) => methods.indexOf(other) < methods.indexOf(method);
}

/** Segments at the beginning that two paths have in common, parameters under any name. */
export function commonLength(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.replaceAll(/\{[^}]*\}/g, '{}').split('/'));
  let length = 0;
  while (left && right && length < left.length && left[length] === right[length]) length += 1;
  return length;
}

/** A new path in its place among the others. */
function insertPath(map: EditableMap, key: string, value: Plain): TextEdit | undefined {
  const { entries } = map.map;
  const keys = entries.map((one) => one.key);
  const isBefore = pathBefore(keys, key);
  const at = keys.findLastIndex(isBefore);
  const [previous, next] = [entries[at], entries[at + 1]];
  const between = next ? map.document.text.slice(previous?.value.end ?? map.map.start, next.keyStart) : '';
  // A comment between two paths is the title of those below it.
  const isBelowTitle =
    next &&
    /^[ \t]*#/m.test(between) &&
    commonLength(next.key, key) > Math.max(1, commonLength(previous?.key ?? '', key));
  return isBelowTitle
    ? insertInFront(map.document, map.map, key, value, next.key)
    : insertEntry(map.document, map.map, key, value, isBefore);
}

/** In the order of the others, if they have one; else in front of what stands below it, or behind those that begin alike. */
function pathBefore(keys: readonly string[], key: string): (other: string) => boolean {
  if (areSorted(keys)) return (other) => other < key;
  const most = Math.max(...keys.map((other) => commonLength(other, key)));
  const length = key.split('/').length;
  const isBelow = (other: string): boolean => commonLength(other, key) === length;
  const until =
    most === length
      ? keys.findIndex(isBelow) - 1
      : keys.findLastIndex((other) => commonLength(other, key) === most);
  return (other) => keys.indexOf(other) <= until;
}
