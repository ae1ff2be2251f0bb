/** Which operations a component ends up in. */

import type { FileId } from '../../contract/span.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { formatPointer } from '../../text/document-node.ts';
import { pathAt } from './document-path.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { entriesAt } from './spec-place.ts';
import { usesOf } from './spec-references.ts';

export interface Users {
  /** Each once. */
  readonly entries: readonly Entry[];
  /** There may be more: the search ended at `maxUses`. */
  readonly more: boolean;
}

/** A component that everything uses is used by everything: nobody reads further than this. */
const maxUses = 300;

/** The operations that need what stands at a place, through any number of references. */
export function usersOf(index: FeatureIndex, { file, pointer }: Located): Users {
  const found = new Map<string, Entry>();
  const seen = new Set<string>();
  const waiting: { readonly file: FileId; readonly pointer: string }[] = [
    { file, pointer: formatPointer(pointer) },
  ];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    for (const { at } of usesOf(index, next.file, next.pointer)) {
      const key = `${at.file}:${at.start}`;
      if (seen.has(key)) continue;
      if (seen.size === maxUses) return { entries: [...found.values()], more: true };
      seen.add(key);
      const entries = entriesAt(index, at.file, at.start);
      for (const entry of entries) found.set(entry.id, entry);
      if (entries.length === 0) waiting.push(...aroundOf(index, at.file, at.start));
    }
  }
  return { entries: [...found.values()], more: false };
}

/** What a reference may stand inside of that others refer to: everything above it. */
function aroundOf(
  index: FeatureIndex,
  file: FileId,
  offset: number,
): readonly { readonly file: FileId; readonly pointer: string }[] {
  const top = index.document(file);
  if (!top) return [];
  const pointers = pathAt(top.node, offset).steps.map(({ pointer }) => formatPointer(pointer));
  return ['', ...pointers].map((pointer) => ({ file, pointer }));
}
