/** Properties of schemas: their keys, all that names them, and which of them are one. */

import type { DocNode } from '../../contract/facts.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { valueOf } from '../../text/document-node.ts';
import { isFlow, type Visited } from '../grammar.ts';
import type { Collected, Collector } from './collect.ts';
import type { Compositions } from './compositions.ts';
import { keyId, keyScalar, valueScalar, type Scalar, type SymbolTable } from './table.ts';

export interface Properties {
  /** Ids of a property in a schema itself, by name: where it is a key, or is named by `required` and its kin. */
  own(node: DocNode): ReadonlyMap<string, string>;
  /** The id of a property of everything that holds together with the schema. */
  find(schema: Located, name: string): string | undefined;
}

/** Declares what schemas name, and unites what is one property. */
export function declareProperties(
  { objects }: Collected,
  { sources }: Collector,
  compositions: Compositions,
  table: SymbolTable,
): Properties {
  const schemas = objects.filter(({ role }) => role === 'schema');
  const mentions = new Map<DocNode, Map<string, string>>();

  const mention = (schema: Visited, name: string, scalar: Scalar): void => {
    const own = ownOf(schema);
    const known = own.get(name);
    const id = known ?? `property ${schema.file} ${schema.node.start} ${name}`;
    own.set(name, id);
    table.declare(id, 'property', name);
    table.add(id, 'use', scalar);
  };
  const ownOf = ({ node }: Located): Map<string, string> => {
    const known = mentions.get(node);
    if (known) return known;
    const made = new Map<string, string>();
    mentions.set(node, made);
    return made;
  };

  for (const schema of schemas) {
    const properties = valueOf(schema.node, 'properties');
    if (properties?.kind !== 'map') continue;
    for (const entry of properties.entries) ownOf(schema).set(entry.key, keyId(schema.file, entry.keyStart));
  }
  for (const schema of schemas) {
    const { node } = schema;
    markList(schema, valueOf(node, 'required'));
    const discriminator = valueOf(node, 'discriminator');
    // OpenAPI 2.0 names the property right here.
    markValue(schema, discriminator?.kind === 'map' ? valueOf(discriminator, 'propertyName') : discriminator);
    const dependent = [valueOf(node, 'dependentRequired'), valueOf(node, 'dependentSchemas')];
    for (const map of dependent) {
      if (map?.kind !== 'map') continue;
      for (const entry of map.entries) {
        mention(schema, entry.key, keyScalar(schema.file, entry, schema.inFlow || flowAt(schema, map)));
        markList(schema, entry.value);
      }
    }
  }

  function flowAt({ file }: Located, node: DocNode): boolean {
    return isFlow(sources.text(file) ?? '', node);
  }

  function markList(schema: Visited, list: DocNode | undefined): void {
    if (list?.kind !== 'seq') return;
    const flow = schema.inFlow || flowAt(schema, list);
    for (const item of list.items) markValue(schema, item, flow);
  }

  function markValue(schema: Visited, node: DocNode | undefined, inFlow = schema.inFlow): void {
    const scalar = valueScalar(sources, schema.file, node, inFlow);
    if (scalar && node?.kind === 'scalar' && typeof node.value === 'string')
      mention(schema, scalar.value, scalar);
  }

  unite(schemas, mentions, compositions, table);

  const find = (schema: Located, name: string): string | undefined =>
    compositions
      .group(schema)
      .map(({ node }) => mentions.get(node)?.get(name))
      .find((id) => id !== undefined);
  return { own: (node) => mentions.get(node) ?? new Map(), find };
}

/** What holds together has one property of a name. What holds in some cases shares those that hold in all. */
function unite(
  schemas: readonly Visited[],
  mentions: ReadonlyMap<DocNode, ReadonlyMap<string, string>>,
  compositions: Compositions,
  table: SymbolTable,
): void {
  const inGroup = new Map<DocNode, ReadonlyMap<string, string>>();
  const namesIn = (schema: Located): ReadonlyMap<string, string> => {
    const known = inGroup.get(schema.node);
    if (known) return known;
    const group = compositions.group(schema);
    const [only] = group;
    const names = new Map<string, string>();
    if (group.length === 1 && only) {
      const own = mentions.get(only.node) ?? names;
      inGroup.set(schema.node, own);
      return own;
    }
    for (const { node } of group)
      for (const [name, id] of mentions.get(node) ?? []) {
        const there = names.get(name);
        if (there === undefined) names.set(name, id);
        else if (there !== id) table.unite(there, id);
      }
    inGroup.set(schema.node, names);
    return names;
  };
  for (const schema of schemas) {
    const names = namesIn(schema);
    const group = compositions.group(schema);
    // Names must differ within all that holds together.
    if (group.length > 1)
      for (const id of names.values()) table.scope(id, `together ${schema.file} ${schema.node.start}`);
    if (names.size === 0) continue;
    for (const each of group)
      for (const alternative of compositions.alternatives(each))
        for (const [name, id] of namesIn(alternative)) {
          const there = names.get(name);
          if (there !== undefined && there !== id) table.unite(there, id);
        }
  }
}
