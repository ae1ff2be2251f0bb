/** What fixes that write into a spec have in common. */

import type { SpecOperation } from '../../../contract/operation.ts';
import type { FileId } from '../../../contract/span.ts';
import type { Drafting } from '../../../draft/schema.ts';
import type { Entry } from '../../../engine/entries.ts';
import { grouped } from '../../../engine/lookup.ts';
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
) => readonly FileEdit[];

/** An operation that both sides may have, its own side in the spec known. */
export interface InSpec {
  readonly entry: Entry;
  readonly spec: SpecOperation;
}

/** `pool` has the components that all edits of a spec share. */
type EditAll = (operations: readonly InSpec[], pool: ComponentPool) => readonly FileEdit[];

/** Fixes of several operations are told as one. */
export function forAll(scene: Scene, title: string, edit: EditOne): Fix | undefined {
  return forEachSpec(scene, title, (operations, { drafting }) =>
    operations.flatMap(({ entry, spec }) => edit(scene.index, spec, entry, drafting)),
  );
}

/** The operations of each spec are edited together. */
export function forEachSpec({ index, entries }: Scene, title: string, edit: EditAll): Fix | undefined {
  const operations = new Map(
    entries.flatMap((entry): readonly [string, InSpec][] =>
      entry.spec ? [[`${entry.spec.at.file} ${entry.spec.at.start}`, { entry, spec: entry.spec }]] : [],
    ),
  );
  const edits: FileEdit[] = [];
  for (const [file, own] of grouped([...operations.values()], ({ spec }) => spec.origin.spec)) {
    const pool = createPool(index, file);
    const made = edit(own, pool);
    const components = made.length > 0 ? pool.edits() : [];
    if (!components) return undefined;
    edits.push(...made, ...components);
  }
  // What several operations refer to is edited once.
  const unique = new Map(edits.map((one) => [`${one.file} ${one.start} ${one.end} ${one.text}`, one]));
  const { size } = operations;
  return fix(size > 1 ? `${title} for ${size} operations` : title, joined([...unique.values()]), true);
}

export function responsesOf(index: FeatureIndex, spec: SpecOperation): Located | undefined {
  const operation = operationAt(index, spec);
  return operation && child(operation, 'responses');
}
