/** The `$ref`s of a document, and the names by which its parts can be referred to. */

import type { DocNode } from '../contract/facts.ts';
import { stringOf } from '../text/document-node.ts';

export interface Reference {
  readonly ref: string;
  readonly start: number;
  readonly end: number;
}

export function referencesIn(root: DocNode): readonly Reference[] {
  const found: Reference[] = [];
  visit(root, (key, value) => {
    const ref = key === '$ref' ? stringOf(value) : undefined;
    if (ref !== undefined) found.push({ ref, start: value.start, end: value.end });
  });
  return found;
}

/** Is there an `$anchor`, `$dynamicAnchor` or `$id` (JSON Schema 2020-12, 8.2) that this reference names? */
export function isDeclared(root: DocNode, ref: string): boolean {
  const hash = ref.indexOf('#');
  const base = hash === -1 ? ref : ref.slice(0, hash);
  const fragment = hash === -1 ? '' : ref.slice(hash + 1);
  let found = false;
  visit(root, (key, value) => {
    const name = stringOf(value);
    if (name === undefined) return;
    if (base !== '') found ||= key === '$id' && (name === base || name.endsWith(`/${base}`));
    else if (fragment !== '' && !fragment.startsWith('/'))
      found ||= (key === '$anchor' || key === '$dynamicAnchor') && name === fragment;
  });
  return found;
}

function visit(root: DocNode, see: (key: string, value: DocNode) => void): void {
  const seen = new Set<DocNode>();
  const open: DocNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'scalar' || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'seq') open.push(...node.items);
    else
      for (const { key, value } of node.entries) {
        see(key, value);
        open.push(value);
      }
  }
}
