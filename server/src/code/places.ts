/** Puts places of a contract that was made from a patched program where they are in the current text. */

import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import type { FileId, Span } from '../contract/span.ts';
import { currentOffset, type Places } from './evaluate/patch.ts';

export type PlacesOfFiles = ReadonlyMap<FileId, Places>;

export function relocate(contract: CodeContract, places: PlacesOfFiles): CodeContract {
  if (places.size === 0) return contract;
  const moved = relocated(contract, places) as CodeContract;
  return {
    ...moved,
    operations: {
      ...moved.operations,
      items: moved.operations.items.map((one, index) => withGroup(one, contract.operations.items[index])),
    },
    detached: moved.detached.map((one, index) => withGroup(one, contract.detached[index])),
  };
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
