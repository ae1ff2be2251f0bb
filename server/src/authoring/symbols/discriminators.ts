/** Discriminators: which value means which schema. */

import type { DocNode } from '../../contract/facts.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { entryOf, stringOf, valueOf } from '../../text/document-node.ts';
import { isFlow, type Visited } from '../grammar.ts';
import { type Collected, type Collector, referenceOf } from './collect.ts';
import type { Compositions } from './compositions.ts';
import { markReference } from './names.ts';
import { keyId, keyScalar, valueScalar, type SymbolTable } from './table.ts';

/** A schema that a discriminator knows by the name of its component, because no mapping says otherwise. */
export interface ImplicitValue {
  readonly name: string;
  /** The schema with the discriminator. */
  readonly base: Located;
}

/** Declares the values of mappings; gives those that are names of components, by the component's id. */
export function declareDiscriminators(
  { root, objects }: Collected,
  collector: Collector,
  compositions: Compositions,
  table: SymbolTable,
): ReadonlyMap<string, ImplicitValue> {
  const { sources, resolve, reader } = collector;
  const implicit = new Map<string, ImplicitValue>();
  const schemas = objects.filter(({ role }) => role === 'schema');
  const bases = schemas.filter(({ node }) => valueOf(node, 'discriminator') !== undefined);
  if (bases.length === 0) return implicit;
  const components = componentsOf(root);
  for (const base of bases) {
    const mapped = new Set<DocNode>();
    const discriminator = valueOf(base.node, 'discriminator');
    const property =
      stringOf(discriminator) ??
      (discriminator ? stringOf(valueOf(discriminator, 'propertyName')) : undefined);
    const mapping = discriminator?.kind === 'map' ? valueOf(discriminator, 'mapping') : undefined;
    for (const entry of mapping?.kind === 'map' ? mapping.entries : []) {
      const inFlow = base.inFlow || isFlowAt(base, mapping);
      const id = `${keyId(base.file, entry.keyStart)} value`;
      table.declare(id, 'discriminatorValue', entry.key, `values ${base.file} ${base.node.start}`);
      table.add(id, 'definition', keyScalar(base.file, entry, inFlow));
      const scalar = valueScalar(sources, base.file, entry.value, inFlow);
      if (!scalar) continue;
      const component = components.get(scalar.value);
      if (component) table.add(component.id, 'use', scalar);
      else markReference(scalar, collector, table);
      const target = component?.at ?? resolve(base.file, scalar.value)?.target;
      if (target) mapped.add(target.node);
      if (property !== undefined) markConstants([base, ...(target ? [target] : [])], property, entry.key, id);
    }
    for (const { id, name, at } of components.values())
      if (!mapped.has(at.node) && at.node !== base.node && isSubtype(at, base))
        implicit.set(id, { name, base });
  }
  return implicit;

  function isFlowAt({ file }: Located, node: DocNode | undefined): boolean {
    return node !== undefined && isFlow(sources.text(file) ?? '', node);
  }

  /** Either side says so: an alternative of the base, or one that holds together with it. */
  function isSubtype(schema: Located, base: Visited): boolean {
    if (compositions.group(schema).some(({ node }) => node === base.node)) return true;
    return compositions.alternatives(base).some((each) => {
      const reference = referenceOf(each);
      return reference !== undefined && resolve(each.file, reference)?.target?.node === schema.node;
    });
  }

  /** `enum` and `const` of the property that tells. */
  function markConstants(owners: readonly Located[], property: string, value: string, id: string): void {
    for (const owner of owners)
      for (const schema of compositions
        .property(owner, property)
        .flatMap((each) => compositions.group(each))) {
        const list = valueOf(schema.node, 'enum');
        const flow = isFlowAt(schema, schema.node) || isFlowAt(schema, list);
        const nodes = [...(list?.kind === 'seq' ? list.items : []), valueOf(schema.node, 'const')];
        for (const node of nodes) {
          const scalar = stringOf(node) === value ? valueScalar(sources, schema.file, node, flow) : undefined;
          if (scalar) table.add(id, 'use', scalar);
        }
      }
  }

  function componentsOf(file: typeof root): ReadonlyMap<string, { id: string; name: string; at: Located }> {
    const top = reader.document(file)?.node;
    const found = new Map<string, { id: string; name: string; at: Located }>();
    const groups = [
      { map: valueOf(valueOf(top, 'components'), 'schemas'), pointer: ['components', 'schemas'] },
      { map: valueOf(top, 'definitions'), pointer: ['definitions'] },
    ];
    for (const { map, pointer } of groups)
      for (const { key, value } of map?.kind === 'map' ? map.entries : []) {
        const entry = entryOf(map, key);
        if (entry)
          found.set(key, {
            id: keyId(file, entry.keyStart),
            name: key,
            at: { file, node: value, pointer: [...pointer, key] },
          });
      }
    return found;
  }
}
