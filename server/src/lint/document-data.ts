/** Between document nodes, which have places, and the plain data and paths that Spectral speaks. */

import type { DocNode } from '../contract/facts.ts';

export type JsonPath = readonly (string | number)[];

/**
 * Plain JavaScript data of a node. Nodes that aliases share become shared values, so that the data of an alias bomb
 * stays as small as its text.
 */
export function dataOf(root: DocNode): unknown {
  const made = new Map<DocNode, unknown>();
  const convert = (node: DocNode): unknown => {
    if (node.kind === 'scalar') return node.value;
    const known = made.get(node);
    if (known !== undefined) return known;
    if (node.kind === 'seq') {
      const items = node.items.map(convert);
      made.set(node, items);
      return items;
    }
    const data: Record<string, unknown> = {};
    for (const { key, value } of node.entries) setOwn(data, key, convert(value));
    made.set(node, data);
    return data;
  };
  return convert(root);
}

/** A key `__proto__` is a key like any other. */
function setOwn(data: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
  else data[key] = value;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where to show a fault of the value at `path`: a scalar itself, and of anything larger its key only, because a
 * squiggle under half a document says nothing. For what is missing it is the nearest thing that is there.
 */
export function placeOf(root: DocNode, path: JsonPath): Place {
  let node = root;
  let place: Place = firstPlace(root);
  for (const step of path) {
    if (node.kind === 'map') {
      const entry = node.entries.findLast(({ key }) => key === String(step));
      if (!entry) break;
      node = entry.value;
      const empty = node.kind !== 'scalar' || node.start === node.end || node.start < entry.keyStart;
      place = empty ? { start: entry.keyStart, end: entry.keyEnd } : trimmed(node);
    } else if (node.kind === 'seq') {
      const item = node.items[Number(step)];
      if (!item) break;
      node = item;
      place = node.kind === 'scalar' ? trimmed(node) : firstPlace(node);
    } else break;
  }
  return place;
}

function trimmed({ start, end }: Place): Place {
  return { start, end };
}

/** The first key of a mapping, and of anything else its first character. */
function firstPlace(node: DocNode): Place {
  if (node.kind === 'scalar') return node;
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  if (first && first.keyStart >= node.start) return { start: first.keyStart, end: first.keyEnd };
  return { start: node.start, end: Math.min(node.start + 1, node.end) };
}
