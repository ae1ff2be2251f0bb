/** A reference becomes one of several alternatives, told apart by a property. */

import { refOf } from '../../specs/openapi/reader.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';
import type { Edited } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import type { Collector } from '../symbols/collect.ts';
import { replacement } from './written.ts';

/** Names that people give to the property that tells. */
const usual = ['type', 'kind', '@type', 'objectType', 'petType'];

export function canWrap({ role, node, isMap }: Visited): boolean {
  return (
    role === 'schema' &&
    isMap !== true &&
    node.kind === 'map' &&
    node.entries.length === 1 &&
    refOf(node) !== undefined
  );
}

export function wrapInOneOf(sources: SpecSources, collector: Collector, object: Visited): Edited {
  const reference = stringOf(refOf(object.node)?.value);
  if (reference === undefined) return { refused: 'There is no reference here.' };
  const target = collector.resolve(object.file, reference)?.target;
  const properties = valueOf(target?.node, 'properties');
  const names = properties?.kind === 'map' ? properties.entries : [];
  const tells = names.find(({ value }) => valueOf(value, 'const') ?? valueOf(value, 'enum'));
  const propertyName = tells?.key ?? usual.find((name) => names.some(({ key }) => key === name)) ?? 'type';
  const list = valueOf(tells?.value, 'enum');
  const [only] = list?.kind === 'seq' && list.items.length === 1 ? list.items : [];
  const value =
    stringOf(valueOf(tells?.value, 'const')) ?? stringOf(only) ?? reference.replace(/^.*[/#]/, '');
  const edit = replacement(sources, object, {
    oneOf: [{ $ref: reference }],
    discriminator: { propertyName, mapping: { [value]: reference } },
  });
  return edit ? { edits: [edit] } : { refused: 'It is written in a way that cannot be replaced.' };
}
