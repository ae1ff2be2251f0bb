/** Every object that root documents lead to, over all files, with what it is. */

import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import {
  child,
  createReader,
  type Located,
  type LocatedEntry,
  type Reader,
  refOf,
} from '../../specs/openapi/reader.ts';
import { stringOf, type EntryTables } from '../../text/document-node.ts';
import { pointerTokens, type PointerToken } from '../../text/pointer-source.ts';
import { type NamedObjects, type Role, type Visited, walk } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';

/** What was read of documents that are the same objects still. */
export type Walks = WeakMap<DocNode, Map<Role, readonly Visited[]>>;

export interface Collected {
  readonly root: FileId;
  /** Outermost first within a document, documents in the order in which they are referred to. */
  readonly objects: readonly Visited[];
}

/** Where a walk begins. */
interface Start {
  readonly at: Located;
  readonly role: Role;
  readonly names?: NamedObjects;
}

function namesOf({ isMap, under, parent }: Visited): Pick<Start, 'names'> {
  return isMap === true && under !== undefined && parent ? { names: { under, parent } } : {};
}

export interface Collector {
  readonly sources: SpecSources;
  readonly reader: Reader;
  collect(root: FileId): Collected | undefined;
  /** Where a reference leads, token by token. */
  resolve(from: FileId, reference: string): Resolved | undefined;
}

export interface Resolved {
  /** Undefined where it leads to nothing. */
  readonly target?: Located;
  /** Tokens of the pointer with the entries that they name, as far as there are such. */
  readonly steps: readonly { readonly token: PointerToken; readonly entry: LocatedEntry }[];
}

export function createCollector(sources: SpecSources, walks: Walks = new WeakMap()): Collector {
  const reader = createReader({
    has: (file) => sources.document(file) !== undefined,
    get: (file) => sources.document(file),
  });
  const walked = ({ at, role, names }: Start): readonly Visited[] => {
    const text = sources.text(at.file) ?? '';
    if (names) return walk(at, role, text, names);
    const byRole = walks.get(at.node) ?? new Map<Role, readonly Visited[]>();
    walks.set(at.node, byRole);
    const known = byRole.get(role);
    if (known) return known;
    const found = walk(at, role, text);
    byRole.set(role, found);
    return found;
  };

  const tables: EntryTables = new Map();
  const resolved = new Map<string, Resolved | undefined>();
  /** Most references are written many times. */
  function resolve(from: FileId, text: string): Resolved | undefined {
    const key = `${from} ${text}`;
    if (!resolved.has(key)) resolved.set(key, resolveAnew(from, text));
    return resolved.get(key);
  }

  function resolveAnew(from: FileId, text: string): Resolved | undefined {
    const reference = parseReference(from, text);
    if (reference.kind === 'absolute') return undefined;
    const top = reader.document(reference.file);
    if (!top) return { steps: [] };
    if (reference.fragment.kind === 'anchor') {
      const target = anchorTarget(top, from, text);
      return { steps: [], ...(target && { target }) };
    }
    const steps: { token: PointerToken; entry: LocatedEntry }[] = [];
    let current: Located = top;
    for (const token of pointerTokens(text)) {
      let next = child(current, token.token, tables);
      if (!next && refOf(current.node)) {
        const followed = reader.follow(current);
        next = followed.found ? child(followed.at, token.token, tables) : undefined;
      }
      if (!next) return { steps };
      steps.push({ token, entry: next });
      current = next;
    }
    return { steps, target: current };
  }

  /** Anchors are the reader's business. */
  function anchorTarget(top: Located, from: FileId, text: string): Located | undefined {
    const nowhere = { start: 0, end: 0 };
    const value: DocNode = { kind: 'scalar', value: text, ...nowhere };
    const node: DocNode = {
      kind: 'map',
      entries: [{ key: '$ref', keyStart: 0, keyEnd: 0, value }],
      ...nowhere,
    };
    const found = reader.step({ file: from, node, pointer: top.pointer });
    return found.found ? found.at : undefined;
  }

  return {
    sources,
    reader,
    resolve,
    collect(root) {
      const top = reader.document(root);
      if (!top) return undefined;
      const seen = new Map<DocNode, Role[]>();
      const objects: Visited[] = [];
      const waiting: Start[] = [{ at: top, role: 'root' }];
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (!next.names && seen.get(next.at.node)?.includes(next.role) === true) continue;
        for (const object of walked(next)) {
          const roles = seen.get(object.node);
          if (roles?.includes(object.role) === true) continue;
          if (roles) roles.push(object.role);
          else seen.set(object.node, [object.role]);
          objects.push(object);
          const reference = referenceOf(object);
          const target = reference === undefined ? undefined : resolve(object.file, reference)?.target;
          if (target) waiting.push({ at: target, role: object.role, ...namesOf(object) });
        }
      }
      return { root, objects };
    },
  };
}

/** The text of an object's `$ref`, where it has one. */
export function referenceOf({ node }: Located): string | undefined {
  const entry = refOf(node);
  return entry && stringOf(entry.value);
}
