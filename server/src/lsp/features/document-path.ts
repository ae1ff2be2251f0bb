/** From an offset to the keys that lead there in a YAML or JSON document. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { firstIndex } from '../../text/halving.ts';

/** One step from the top of a document: an entry of a mapping, or an item of a list. */
export interface PathStep {
  /** The key, or the number of the item. */
  readonly token: string;
  readonly entry?: DocEntry;
  readonly node: DocNode;
  /** Tokens from the top down to this step. */
  readonly pointer: readonly string[];
}

export interface DocumentPath {
  readonly steps: readonly PathStep[];
  /** Is the offset on the key of the last step, on its value where that is a scalar, or in the space around? */
  readonly on: 'key' | 'scalar' | 'space';
}

/** The steps to what stands at an offset, outermost first. The end of a key or scalar still belongs to it. */
export function pathAt(root: DocNode, offset: number): DocumentPath {
  const steps: PathStep[] = [];
  let node = root;
  for (;;) {
    const pointer = steps.at(-1)?.pointer ?? [];
    if (node.kind === 'map') {
      const entry = entryAt(node.entries, offset);
      if (!entry) return { steps, on: 'space' };
      steps.push({ token: entry.key, entry, node: entry.value, pointer: [...pointer, entry.key] });
      if (offset <= entry.keyEnd) return { steps, on: 'key' };
      node = entry.value;
    } else if (node.kind === 'seq') {
      const index = node.items.findIndex(({ start, end }) => start <= offset && offset <= end);
      const item = node.items[index];
      if (!item) return { steps, on: 'space' };
      steps.push({ token: String(index), node: item, pointer: [...pointer, String(index)] });
      node = item;
    } else {
      return { steps, on: steps.length > 0 ? 'scalar' : 'space' };
    }
  }
}

/** The first entry that an offset is in. */
function entryAt(entries: readonly DocEntry[], offset: number): DocEntry | undefined {
  if (entries.length < fewEntries || !isInOrder(entries))
    return entries.find((entry) => isWithin(entry, offset));
  const behind = firstIndex(entries.length, (number) => (entries[number]?.keyStart ?? 0) > offset);
  // Where one ends and the next begins, the offset is in both.
  return entries.slice(Math.max(0, behind - 2), behind).find((entry) => isWithin(entry, offset));
}

/** So few are looked at one by one. */
const fewEntries = 16;

const inOrder = new WeakMap<readonly DocEntry[], boolean>();

/** Does each entry stand behind the one before? Those that a merge key brings stand elsewhere. */
function isInOrder(entries: readonly DocEntry[]): boolean {
  const known = inOrder.get(entries);
  if (known !== undefined) return known;
  const found = entries.every((entry, number) => {
    const next = entries[number + 1];
    return !next || endOf(entry) <= next.keyStart;
  });
  inOrder.set(entries, found);
  return found;
}

/** What an alias stands for is not within its entry. */
function hasOwnValue({ keyEnd, value }: DocEntry): boolean {
  return value.start >= keyEnd;
}

function endOf(entry: DocEntry): number {
  return hasOwnValue(entry) ? entry.value.end : entry.keyEnd;
}

function isWithin(entry: DocEntry, offset: number): boolean {
  const { keyStart, keyEnd, value } = entry;
  return (
    (keyStart <= offset && offset <= keyEnd) ||
    (hasOwnValue(entry) && value.start <= offset && offset <= value.end)
  );
}

export function locatedStep(file: FileId, step: PathStep): Located {
  return { file, node: step.node, pointer: step.pointer };
}
