/** `$anchor`, `$dynamicAnchor` and `$id` of JSON Schema 2020-12, and `$self` of OpenAPI 3.2. */

import type { DocNode, DocumentFacts } from '../../contract/facts.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';
import type { Located } from './reader.ts';

export interface AnchorIndex {
  /** The schema with this anchor in the document or embedded resource `top`. */
  byName(top: Located, name: string): Located | undefined;
  /** The resource that calls itself `uri`, in any of the documents. */
  byId(uri: string, documents: readonly DocumentFacts[]): Located | undefined;
}

interface Index {
  readonly names: ReadonlyMap<string, Located>;
  readonly ids: ReadonlyMap<string, Located>;
}

/** Documents are indexed when somebody asks: few specs use any of this. */
export function createAnchorIndex(): AnchorIndex {
  const indexes = new Map<DocNode, Index>();
  const indexOf = (top: Located): Index => {
    const known = indexes.get(top.node);
    if (known) return known;
    const index = buildIndex(top);
    indexes.set(top.node, index);
    return index;
  };
  return {
    byName: (top, name) => indexOf(top).names.get(name),
    byId(uri, documents) {
      for (const { file, root } of documents) {
        const found = root && indexOf({ file, node: root, pointer: [] }).ids.get(trimmed(uri));
        if (found) return found;
      }
      return undefined;
    },
  };
}

function buildIndex(top: Located): Index {
  const names = new Map<string, Located>();
  const ids = new Map<string, Located>();
  const seen = new Set<DocNode>();
  const visit = (at: Located, base: string): void => {
    const { node } = at;
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') {
      node.items.forEach((item, index) =>
        visit({ ...at, node: item, pointer: [...at.pointer, String(index)] }, base),
      );
      return;
    }
    const id = stringOf(valueOf(node, '$id')) ?? (at === top ? stringOf(valueOf(node, '$self')) : undefined);
    const ownBase = id === undefined ? base : resolveUri(base, id);
    if (id !== undefined) {
      // Both forms: a document may refer to a resource by the very text of its id, or by what that resolves to.
      if (!ids.has(trimmed(id))) ids.set(trimmed(id), at);
      if (!ids.has(trimmed(ownBase))) ids.set(trimmed(ownBase), at);
    }
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const name = stringOf(valueOf(node, key));
      if (name !== undefined && !names.has(name)) names.set(name, at);
    }
    for (const entry of node.entries)
      visit({ ...at, node: entry.value, pointer: [...at.pointer, entry.key] }, ownBase);
  };
  visit(top, '');
  return { names, ids };
}

function trimmed(uri: string): string {
  return uri.replace(/#.*$/, '');
}

function resolveUri(base: string, uri: string): string {
  try {
    return new URL(uri, base === '' ? undefined : base).href;
  } catch {
    return uri;
  }
}
