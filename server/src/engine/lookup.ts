/** Small indexes. */

import type { FileId, Span } from '../contract/span.ts';

/** Things by where they begin. */
export interface PlaceMap<T> {
  add(at: Span, item: T): void;
  at(file: FileId, start: number): readonly T[];
}

export function placeMap<T>(): PlaceMap<T> {
  const files = new Map<FileId, Map<number, T[]>>();
  return {
    add({ file, start }, item) {
      let places = files.get(file);
      if (!places) files.set(file, (places = new Map()));
      const items = places.get(start);
      if (items) items.push(item);
      else places.set(start, [item]);
    },
    at: (file, start) => files.get(file)?.get(start) ?? [],
  };
}

export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
