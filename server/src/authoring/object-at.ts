/** Which objects of a specification stand around an offset. */

import type { DocNode } from '../contract/facts.ts';
import type { FileId } from '../contract/span.ts';
import { childOf, isFlow, type Visited } from './grammar.ts';
import type { SpecSources } from './sources.ts';
import type { SpecSymbols } from './symbols/build.ts';

/**
 * Outermost first. Without `symbols` root documents alone are understood: what a fragment is, those say who refer to it.
 */
export function objectsAt(
  sources: SpecSources,
  file: FileId,
  offset: number,
  symbols?: SpecSymbols,
): readonly Visited[] {
  const root = sources.document(file)?.root;
  if (!root) return [];
  const text = sources.text(file) ?? '';
  if (sources.roots.includes(file))
    return descend({ file, node: root, pointer: [], role: 'root', inFlow: isFlow(text, root) }, offset, text);
  for (const { objects } of symbols?.collected ?? []) {
    const entry = objects.find(
      (object) => object.file === file && object.parent?.file !== file && holds(object, offset),
    );
    if (entry) return descend(entry, offset, text);
  }
  return [];
}

function holds({ node, entry }: Visited, offset: number): boolean {
  return (entry?.keyStart ?? node.start) <= offset && offset <= node.end;
}

function descend(from: Visited, offset: number, text: string): readonly Visited[] {
  const found: Visited[] = [from];
  for (let next = inside(from, offset, text); next; next = inside(next, offset, text)) found.push(next);
  return found;
}

function inside(parent: Visited, offset: number, text: string): Visited | undefined {
  const { node, file, pointer, role } = parent;
  const entry = node.kind === 'map' ? entryAround(node, offset) : undefined;
  const child = entry && childOf(role, entry.key);
  if (!entry || !child) return undefined;
  const { key, value } = entry;
  const base = { file, role: child.role, under: key, parent };
  const path = [...pointer, key];
  if (child.in === 'map') {
    const named = value.kind === 'map' ? entryAround(value, offset) : undefined;
    return (
      named && {
        ...base,
        node: named.value,
        pointer: [...path, named.key],
        entry: named,
        inFlow: isFlow(text, value),
      }
    );
  }
  if (value.kind === 'seq') {
    const index = value.items.findIndex(({ start, end }) => start <= offset && offset <= end);
    const item = value.items[index];
    return item && { ...base, node: item, pointer: [...path, String(index)], inFlow: isFlow(text, value) };
  }
  return child.in === 'one'
    ? { ...base, node: value, pointer: path, entry, inFlow: isFlow(text, node) }
    : undefined;
}

/** Of aliases and merge keys, what is meant stands elsewhere and is not entered. */
function entryAround(
  node: Extract<DocNode, { kind: 'map' }>,
  offset: number,
): (typeof node.entries)[number] | undefined {
  return node.entries.find(
    ({ keyStart, keyEnd, value }) =>
      keyStart >= node.start &&
      keyStart <= offset &&
      offset <= Math.max(keyEnd, value.start >= keyEnd ? value.end : keyEnd),
  );
}
