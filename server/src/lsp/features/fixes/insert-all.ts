/** Several entries more in one mapping. */

import { areSorted } from '../../../contract/words.ts';
import type { Plain } from '../../../text/document-style.ts';
import { fillEmpty, insertEntry } from '../../../text/edit-document.ts';
import { edited, type EditableMap, type FileEdit } from './fix.ts';

/** In alphabetical order where the others are, else behind them; undefined where one has no place. */
export function insertAll(
  at: EditableMap | undefined,
  entries: readonly (readonly [key: string, value: Plain])[],
): readonly FileEdit[] | undefined {
  if (!at) return undefined;
  if (at.map.entries.length === 0) {
    const filled = fillEmpty(at.document, at.map, Object.fromEntries(entries));
    return filled && edited(at, filled);
  }
  const keys = at.map.entries.map(({ key }) => key);
  const isSorted = keys.length > 1 && areSorted(keys);
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const edits = sorted.map(([key, value]) =>
    insertEntry(at.document, at.map, key, value, isSorted ? (other) => other < key : undefined),
  );
  return edits.includes(undefined) ? undefined : joined(edits.flatMap((edit) => edited(at, edit)));
}

/** What is added at one place is added one after the other. */
export function joined(edits: readonly FileEdit[]): readonly FileEdit[] {
  const places = new Map<string, FileEdit>();
  for (const edit of edits) {
    const key = `${edit.file} ${edit.start} ${edit.end}`;
    const before = places.get(key);
    places.set(key, before ? { ...before, text: before.text + edit.text } : edit);
  }
  return [...places.values()];
}
