/** The parts of a cut document by their paths: where they are, and the document put together from them. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import { placeOf, type JsonPath, type Place } from '../document-data.ts';
import type { Places } from '../findings.ts';
import { referencesIn, type Reference } from '../references.ts';
import { keyOf, type Cut, type Group, type Part } from './cut.ts';

/** What a path leads to: a part, whether it is there or not. */
export interface Reached {
  /** Undefined where there is none. */
  readonly part: Part | undefined;
  /** Of the part. */
  readonly key: string;
  /** How many steps of the path lead to the part. */
  readonly depth: number;
}

/** Where the parts of one state of a document are. */
export interface PartIndex {
  /** The document with nothing in its parts. */
  spine(): DocNode;
  readonly starts: ReadonlyMap<Part, number>;
  readonly parts: ReadonlyMap<string, Part>;
  /** In the mapping at a path; undefined where that is no group of parts. */
  partsIn(path: readonly string[]): readonly Part[] | undefined;
  /** Undefined for a path that ends above all parts. */
  reach(path: JsonPath): Reached | undefined;
}

/** By the last key of each item. */
interface Branch {
  readonly group: Group;
  readonly branches: ReadonlyMap<string, Branch>;
  readonly leaves: ReadonlyMap<string, Reached>;
}

export function indexParts(cut: Cut): PartIndex {
  const starts = new Map<Part, number>();
  const parts = new Map<string, Part>();
  const branchOf = (group: Group): Branch => {
    const branches = new Map<string, Branch>();
    const leaves = new Map<string, Reached>();
    for (const item of group.items) {
      if (item.kind === 'group') {
        branches.set(item.path.at(-1) ?? '', branchOf(item));
        continue;
      }
      const { part, start } = item;
      starts.set(part, start);
      parts.set(part.key, part);
      leaves.set(part.entry.key, { part, key: part.key, depth: part.path.length });
    }
    return { group, branches, leaves };
  };
  const root = branchOf(cut.root);
  let spine: DocNode | undefined;
  return {
    spine: () => (spine ??= spineOf(cut.root)),
    starts,
    parts,
    partsIn(path) {
      const branch = path.reduce<Branch | undefined>((at, key) => at?.branches.get(key), root);
      return branch?.group.items.flatMap((item) => (item.kind === 'part' ? [item.part] : []));
    },
    reach(path) {
      let branch = root;
      for (let depth = 1; depth <= path.length; depth += 1) {
        const name = String(path[depth - 1]);
        const next = branch.branches.get(name);
        if (!next)
          return (
            branch.leaves.get(name) ?? { part: undefined, key: keyOf([...branch.group.path, name]), depth }
          );
        branch = next;
      }
      return undefined;
    },
  };
}

/** A place in a part is relative to its `origin`, so that it stays right while the part moves. */
export interface PlaceInPart extends Place {
  readonly part: Part | undefined;
}

export function placeInPart(index: PartIndex, path: JsonPath): PlaceInPart {
  const reached = index.reach(path);
  const part = reached?.part;
  if (!part) return { part: undefined, ...placeOf(index.spine(), path) };
  const { entry, origin } = part;
  const alone: DocNode = { kind: 'map', entries: [entry], start: entry.keyStart, end: entry.value.end };
  const { start, end } = placeOf(alone, [entry.key, ...path.slice(reached.depth)]);
  return { part, start: start - origin, end: end - origin };
}

/** The document as a reader gives it, of which parts are moved when somebody looks. */
export function rootOf(group: Group): DocNode {
  const entries = group.items.map((item) => {
    if (item.kind === 'group') {
      const { keyStart, keyEnd, path } = item;
      return { key: path.at(-1) ?? '', keyStart, keyEnd, value: rootOf(item) };
    }
    return movedEntry(item.part.entry, item.start - item.part.origin);
  });
  const start = entries[0]?.keyStart ?? 0;
  return { kind: 'map', entries, start, end: Math.max(start, entries.at(-1)?.value.end ?? 0) };
}

function movedEntry(entry: DocEntry, by: number): DocEntry {
  if (by === 0) return entry;
  const { key, keyStart, keyEnd, value } = entry;
  return { key, keyStart: keyStart + by, keyEnd: keyEnd + by, value: moved(value, by) };
}

function moved(node: DocNode, by: number): DocNode {
  const start = node.start + by;
  const end = node.end + by;
  if (node.kind === 'scalar') return { ...node, start, end };
  if (node.kind === 'map') {
    let entries: readonly DocEntry[] | undefined;
    return {
      kind: 'map',
      get entries() {
        return (entries ??= node.entries.map((entry) => movedEntry(entry, by)));
      },
      start,
      end,
    };
  }
  let items: readonly DocNode[] | undefined;
  return {
    kind: 'seq',
    get items() {
      return (items ??= node.items.map((item) => moved(item, by)));
    },
    start,
    end,
  };
}

function spineOf(group: Group): DocNode {
  const entries = group.items.map((item) => {
    if (item.kind === 'group') {
      const { keyStart, keyEnd, path } = item;
      return { key: path.at(-1) ?? '', keyStart, keyEnd, value: spineOf(item) };
    }
    const { entry, origin } = item.part;
    const value = { kind: 'scalar' as const, value: null, start: 0, end: 0 };
    const moved = item.start - origin;
    return { key: entry.key, keyStart: entry.keyStart + moved, keyEnd: entry.keyEnd + moved, value };
  });
  return { kind: 'map', entries, start: 0, end: 0 };
}

export function absolute(index: PartIndex, { part, start, end }: PlaceInPart): Place {
  const moved = part ? (index.starts.get(part) ?? 0) : 0;
  return { start: start + moved, end: end + moved };
}

/** Places in a document that declares no names. */
export function placesInParts(
  cut: Cut,
  index: PartIndex,
  referencesOf: (part: Part) => readonly Reference[],
): Places {
  let all: readonly Reference[] | undefined;
  return {
    file: cut.file,
    placeOf: (path) => absolute(index, placeInPart(index, path)),
    references: () =>
      (all ??= [...index.starts].flatMap(([part, moved]) =>
        referencesOf(part).map(({ ref, start, end }) => ({ ref, start: start + moved, end: end + moved })),
      )),
    isDeclared: () => false,
  };
}

/** Relative to the origin of the part. */
export function referencesInPart({ entry, origin }: Part): readonly Reference[] {
  const alone: DocNode = { kind: 'map', entries: [entry], start: 0, end: 0 };
  return referencesIn(alone).map(({ ref, start, end }) => ({
    ref,
    start: start - origin,
    end: end - origin,
  }));
}
