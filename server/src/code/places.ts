/** Puts places of a contract that was made from a patched program where they are in the current text. */

import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import type { FileId, Span } from '../contract/span.ts';
import { currentOffset, type Places } from './evaluate/patch.ts';

export type PlacesOfFiles = ReadonlyMap<FileId, Places>;

/** What was moved for an earlier contract, by what it was made from; it stands while no file that it names is edited. */
export type Relocations = WeakMap<object, Relocation>;

interface Relocation {
  readonly moved: object;
  /** Of the files that it names, those that were edited. */
  readonly by: PlacesOfFiles;
  readonly files: ReadonlySet<FileId>;
}

export function relocate(
  contract: CodeContract,
  places: PlacesOfFiles,
  relocations: Relocations,
): CodeContract {
  if (places.size === 0) return contract;
  const each = <T extends object>(items: readonly T[], move: (item: T) => T): readonly T[] =>
    items.map((item) => relocatedOnce(item, places, relocations, move));
  const plain = <T>(item: T): T => relocated(item, places) as T;
  const operation = (one: CodeOperation): CodeOperation => withGroup(plain(one), one);
  const { operations, detached, opaque, shapes, ...rest } = contract;
  return {
    ...plain(rest),
    operations: {
      ...(plain({ ...operations, items: [] }) as typeof operations),
      items: each(operations.items, operation),
    },
    detached: each(detached, operation),
    opaque: each(opaque, plain),
    ...(shapes && {
      shapes: Object.fromEntries(
        Object.entries(shapes).map(([id, shape]) => [id, relocatedOnce(shape, places, relocations, plain)]),
      ),
    }),
  };
}

function relocatedOnce<T extends object>(
  item: T,
  places: PlacesOfFiles,
  relocations: Relocations,
  move: (item: T) => T,
): T {
  const known = relocations.get(item);
  const files = known?.files ?? filesIn(item);
  if (known && [...files].every((file) => known.by.get(file) === places.get(file))) return known.moved as T;
  const by = new Map([...places].filter(([file]) => files.has(file)));
  const moved = by.size === 0 ? item : move(item);
  relocations.set(item, { moved, by, files });
  return moved;
}

function filesIn(node: unknown, files = new Set<FileId>()): ReadonlySet<FileId> {
  if (typeof node !== 'object' || node === null) return files;
  if (!Array.isArray(node) && isSpan(node)) files.add(node.file);
  else for (const value of Object.values(node)) filesIn(value, files);
  return files;
}

/** The id of a group names its place. */
function withGroup(operation: CodeOperation, before: CodeOperation | undefined): CodeOperation {
  const { group } = operation.origin;
  const old = before?.origin.group.at;
  if (!old || old.start === group.at.start) return operation;
  const id = group.id.replace(`${old.file}:${old.start}`, `${group.at.file}:${group.at.start}`);
  return { ...operation, origin: { ...operation.origin, group: { ...group, id } } };
}

/** Shares whatever holds no place that moved. */
function relocated(node: unknown, places: PlacesOfFiles): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) {
    let moved: unknown[] | undefined;
    for (const [index, item] of node.entries()) {
      const next = relocated(item, places);
      if (next !== item) (moved ??= [...node])[index] = next;
    }
    return moved ?? node;
  }
  if (isSpan(node)) {
    const of = places.get(node.file);
    if (!of) return node;
    return { ...node, start: currentOffset(of, node.start), end: currentOffset(of, node.end) };
  }
  let moved: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(node)) {
    const next = relocated(value, places);
    if (next !== value) (moved ??= { ...node })[key] = next;
  }
  return moved ?? node;
}

function isSpan(node: object): node is Span {
  return 'file' in node && 'start' in node && 'end' in node;
}
