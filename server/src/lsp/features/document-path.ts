/** From an offset to the keys that lead there in a YAML or JSON document. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import type { Located } from '../../specs/openapi/reader.ts';

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
      const entry = node.entries.find(
        ({ keyStart, keyEnd, value }) =>
          (keyStart <= offset && offset <= keyEnd) ||
          (value.start <= offset && offset <= value.end && value.start >= keyEnd),
      );
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

export function locatedStep(file: FileId, step: PathStep): Located {
  return { file, node: step.node, pointer: step.pointer };
}
