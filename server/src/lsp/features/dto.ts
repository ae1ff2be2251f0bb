/**
 * Classes of data and schemas that mean the same: a class or interface `CreateUserDto`, in a file that fields of a
 * request body come from, and the component `CreateUserDto` or `CreateUser`.
 */

import type { FileId, Span } from '../../contract/span.ts';
import { type Located, child } from '../../specs/openapi/reader.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';

const suffix = /(?:Dto|DTO|Schema|Model|Entity)$/;
const declaration = /\b(?:class|interface|type)\s+([A-Za-z_$][\w$]*)/g;

/** The declarations that a schema of this name describes. */
export function dtoOf(index: FeatureIndex, name: string): readonly Span[] {
  const wanted = plainName(name);
  return [...index.dtoFiles()].flatMap((file) =>
    declarationsIn(index, file)
      .filter(({ name: own }) => plainName(own) === wanted)
      .map(({ at }) => at),
  );
}

/** The schemas that describe the class whose name stands at the offset; undefined where there is none. */
export function schemasOfDto(
  index: FeatureIndex,
  file: FileId,
  offset: number,
): { readonly at: Span; readonly schemas: readonly Located[] } | undefined {
  if (!index.dtoFiles().has(file)) return undefined;
  const declared = declarationsIn(index, file).find(({ at }) => at.start <= offset && offset <= at.end);
  if (!declared) return undefined;
  const schemas = index.ready.snapshot.specs.flatMap((spec) => schemasOf(index, spec.file, declared.name));
  return schemas.length === 0 ? undefined : { at: declared.at, schemas };
}

function schemasOf(index: FeatureIndex, file: FileId, name: string): readonly Located[] {
  const top = index.document(file);
  const components = top && child(top, 'components');
  const group = (components && child(components, 'schemas')) ?? (top && child(top, 'definitions'));
  const node = group?.node;
  if (!group || node?.kind !== 'map') return [];
  return node.entries.flatMap(({ key }) => {
    const schema = plainName(key) === plainName(name) ? child(group, key) : undefined;
    if (!schema) return [];
    // A component that only refers to a file stands for what is there.
    const followed = index.reader.follow(schema);
    return followed.found ? [followed.at] : [];
  });
}

export function plainName(name: string): string {
  return name.replace(suffix, '').toLowerCase();
}

function declarationsIn(
  index: FeatureIndex,
  file: FileId,
): readonly { readonly name: string; readonly at: Span }[] {
  const text = index.ready.textOf(file) ?? '';
  return [...text.matchAll(declaration)].map((match) => {
    const name = match[1] ?? '';
    const end = match.index + match[0].length;
    return { name, at: { file, start: end - name.length, end } };
  });
}

/** Files that fields of request bodies are declared in. */
export function dtoFiles(entries: readonly Entry[]): ReadonlySet<FileId> {
  const files = new Set<FileId>();
  for (const { code } of entries) {
    for (const { shape } of code?.bodies.items ?? []) {
      if (shape.kind !== 'object') continue;
      for (const { at } of Object.values(shape.fields)) files.add(at.file);
    }
  }
  return files;
}
