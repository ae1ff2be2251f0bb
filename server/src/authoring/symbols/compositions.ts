/** Which schemas describe the same object: what makes `id` here and `id` there one property. */

import type { DocNode } from '../../contract/facts.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { valueOf } from '../../text/document-node.ts';
import { type Collector, referenceOf } from './collect.ts';

export interface Compositions {
  /** The schema and all that hold together with it: behind `$ref` and `allOf`, at any depth. */
  group(schema: Located): readonly Located[];
  /** Those that hold in some cases: `oneOf`, `anyOf`, `not`, `if`, `then`, `else`, `dependentSchemas`. */
  alternatives(schema: Located): readonly Located[];
  /** The schemas of a property: one for each in the group that has it. */
  property(schema: Located, name: string): readonly Located[];
}

export function createCompositions({ resolve }: Collector): Compositions {
  const groups = new Map<DocNode, readonly Located[]>();

  function conjuncts(schema: Located): readonly Located[] {
    const reference = referenceOf(schema);
    const target = reference === undefined ? undefined : resolve(schema.file, reference)?.target;
    return [...(target ? [target] : []), ...itemsOf(schema, 'allOf')];
  }

  function group(schema: Located): readonly Located[] {
    const known = groups.get(schema.node);
    if (known) return known;
    const found = new Map<DocNode, Located>([[schema.node, schema]]);
    const waiting = [schema];
    for (let next = waiting.pop(); next; next = waiting.pop())
      for (const each of conjuncts(next))
        if (!found.has(each.node)) {
          found.set(each.node, each);
          waiting.push(each);
        }
    const list = [...found.values()];
    groups.set(schema.node, list);
    return list;
  }

  return {
    group,
    alternatives: (schema) => [
      ...['oneOf', 'anyOf'].flatMap((key) => itemsOf(schema, key)),
      ...['not', 'if', 'then', 'else'].flatMap((key) => childrenOf(schema, [key])),
      ...entriesOf(schema, 'dependentSchemas'),
    ],
    property: (schema, name) => group(schema).flatMap((each) => childrenOf(each, ['properties', name])),
  };
}

function itemsOf({ file, node, pointer }: Located, key: string): readonly Located[] {
  const list = valueOf(node, key);
  return list?.kind === 'seq'
    ? list.items.map((item, index) => ({ file, node: item, pointer: [...pointer, key, String(index)] }))
    : [];
}

function entriesOf({ file, node, pointer }: Located, key: string): readonly Located[] {
  const map = valueOf(node, key);
  return map?.kind === 'map'
    ? map.entries.map((entry) => ({ file, node: entry.value, pointer: [...pointer, key, entry.key] }))
    : [];
}

function childrenOf({ file, node, pointer }: Located, keys: readonly string[]): readonly Located[] {
  let current: DocNode | undefined = node;
  for (const key of keys) current = valueOf(current, key);
  return current ? [{ file, node: current, pointer: [...pointer, ...keys] }] : [];
}
