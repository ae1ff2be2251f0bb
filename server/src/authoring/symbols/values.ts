/** Examples and defaults: values that name the properties of the schema that they are values of. */

import type { DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { valueOf } from '../../text/document-node.ts';
import { isFlow } from '../grammar.ts';
import type { Collected, Collector } from './collect.ts';
import type { Compositions } from './compositions.ts';
import type { Properties } from './properties.ts';
import { keyScalar, type SymbolTable } from './table.ts';

const MAX_DEPTH = 64;

/** Marks keys in examples and defaults, and keys of `encoding`, as uses of properties. */
export function markValues(
  { objects }: Collected,
  { sources, reader }: Collector,
  compositions: Compositions,
  properties: Properties,
  table: SymbolTable,
): void {
  for (const { role, file, node, pointer } of objects) {
    const at: Located = { file, node, pointer };
    if (role === 'schema') {
      for (const key of ['example', 'default']) value(at, file, valueOf(node, key), 0);
      const examples = valueOf(node, 'examples');
      for (const item of examples?.kind === 'seq' ? examples.items : []) value(at, file, item, 0);
    }
    if (role !== 'mediaType' && role !== 'parameter' && role !== 'header' && role !== 'response') continue;
    const schema = valueOf(node, 'schema');
    if (!schema) continue;
    const of: Located = { file, node: schema, pointer: [...pointer, 'schema'] };
    value(of, file, valueOf(node, 'example'), 0);
    const examples = valueOf(node, 'examples');
    for (const entry of examples?.kind === 'map' ? examples.entries : []) {
      // OpenAPI 2.0 has values by media type here.
      if (role === 'response') value(of, file, entry.value, 0);
      else {
        const example = reader.follow({
          file,
          node: entry.value,
          pointer: [...pointer, 'examples', entry.key],
        });
        if (!example.found) continue;
        for (const key of ['value', 'dataValue'])
          value(of, example.at.file, valueOf(example.at.node, key), 0);
      }
    }
    if (role === 'mediaType') {
      const encoding = valueOf(node, 'encoding');
      for (const entry of encoding?.kind === 'map' ? encoding.entries : []) {
        const id = properties.find(of, entry.key);
        if (id !== undefined) table.add(id, 'use', keyScalar(file, entry, inFlow(file, encoding)));
      }
    }
  }

  function inFlow(file: FileId, node: DocNode | undefined): boolean {
    return node !== undefined && isFlow(sources.text(file) ?? '', node);
  }

  /** Where a value may be of several schemas, it is of the one that names all of its keys. */
  function value(schema: Located, file: FileId, node: DocNode | undefined, depth: number): void {
    if (node === undefined || node.kind === 'scalar' || depth > MAX_DEPTH) return;
    const schemas = meant(schema, node);
    if (node.kind === 'seq') {
      const items = schemas.flatMap((each) => childSchema(each, 'items'));
      for (const item of node.items) for (const each of items) value(each, file, item, depth + 1);
      return;
    }
    for (const entry of node.entries) {
      const named = schemas.find((each) => properties.own(each.node).has(entry.key));
      const id = named && properties.own(named.node).get(entry.key);
      if (id !== undefined) table.add(id, 'use', keyScalar(file, entry, inFlow(file, node)));
      const own = schemas.flatMap((each) => compositions.property(each, entry.key));
      const others =
        own.length > 0 ? own : schemas.flatMap((each) => childSchema(each, 'additionalProperties'));
      for (const each of new Set(others)) value(each, file, entry.value, depth + 1);
    }
  }

  /** The schemas that hold for a value: the group, and the one alternative that fits, if only one does. */
  function meant(schema: Located, node: DocNode): readonly Located[] {
    const group = compositions.group(schema);
    const fitting = group.flatMap((each) => {
      const fits = ['oneOf', 'anyOf'].flatMap((key) => {
        const list = valueOf(each.node, key);
        return (list?.kind === 'seq' ? list.items : [])
          .map((item, index): Located => ({
            file: each.file,
            node: item,
            pointer: [...each.pointer, key, String(index)],
          }))
          .filter((alternative) => fit(alternative, group, node));
      });
      return fits.length === 1 ? fits.flatMap((alternative) => compositions.group(alternative)) : [];
    });
    return [...group, ...fitting];
  }

  function fit(alternative: Located, around: readonly Located[], node: DocNode): boolean {
    if (node.kind !== 'map') return node.kind === 'seq' && childSchema(alternative, 'items').length > 0;
    return node.entries.every(
      ({ key }) =>
        properties.find(alternative, key) !== undefined ||
        around.some((each) => properties.own(each.node).has(key)),
    );
  }

  function childSchema(schema: Located, key: string): readonly Located[] {
    return compositions.group(schema).flatMap((each) => {
      const node = valueOf(each.node, key);
      return node?.kind === 'map' ? [{ file: each.file, node, pointer: [...each.pointer, key] }] : [];
    });
  }
}
