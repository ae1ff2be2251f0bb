/** What fixes that write into a spec have in common. */

import type { SpecOperation } from '../../../contract/operation.ts';
import type { FileId } from '../../../contract/span.ts';
import type { Drafting } from '../../../draft/schema.ts';
import type { Entry } from '../../../engine/entries.ts';
import { child, type Located } from '../../../specs/openapi/reader.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { joined } from './insert-all.ts';
import { createPool, type ComponentPool } from './spec-components.ts';
import { fix, operationAt, type FileEdit, type Fix, type Scene } from './fix.ts';

/** Order of keys in an operation, as the specification lists them. */
const operationKeys = [
  ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'consumes', 'produces'],
  ...['parameters', 'requestBody', 'responses', 'callbacks', 'deprecated', 'security', 'servers'],
];

export function comesBefore(key: string): (other: string) => boolean {
  const rank = operationKeys.indexOf(key);
  return (other) => operationKeys.indexOf(other) < rank;
}

/** In ascending order, ranges after their codes, `default` last. */
export function statusBefore(status: string): (other: string) => boolean {
  return (other) => (/^\d/.test(status) ? /^\d/.test(other) && other < status : /^\d/.test(other));
}

type EditOne = (
  index: FeatureIndex,
  spec: SpecOperation,
  entry: Entry,
  /** For what is written into a file. */
  draftingIn: (file: FileId) => Drafting,
  /** Components that all edits of the spec share. */
  pool: ComponentPool,
) => readonly FileEdit[];

/** Fixes of several operations are told as one. */
export function forAll({ index, entries }: Scene, title: string, edit: EditOne): Fix | undefined {
  const specs = new Map(
    entries.flatMap((entry) => (entry.spec ? [[entry.spec.at.file + entry.spec.at.start, entry]] : [])),
  );
  const pools = new Map<FileId, ComponentPool>();
  const poolOf = ({ origin }: SpecOperation): ComponentPool => {
    const known = pools.get(origin.spec);
    if (known) return known;
    const pool = createPool(index, origin.spec);
    pools.set(origin.spec, pool);
    return pool;
  };
  const edits = [...specs.values()].flatMap((entry) =>
    entry.spec ? edit(index, entry.spec, entry, poolOf(entry.spec).drafting, poolOf(entry.spec)) : [],
  );
  const components = [...pools.values()].map((pool) => pool.edits());
  if (edits.length === 0 || components.includes(undefined)) return undefined;
  const unique = [
    ...new Map(
      [...edits, ...components.flatMap((one) => one ?? [])].map((one) => [
        `${one.file} ${one.start} ${one.end} ${one.text}`,
        one,
      ]),
    ).values(),
  ];
  return fix(specs.size > 1 ? `${title} for ${specs.size} operations` : title, joined(unique), true);
}

export function responsesOf(index: FeatureIndex, spec: SpecOperation): Located | undefined {
  const operation = operationAt(index, spec);
  return operation && child(operation, 'responses');
}
