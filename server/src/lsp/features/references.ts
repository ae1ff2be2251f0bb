/** All places of an operation, a parameter, a status or a component, on both sides and in every file. */

import type { FileId, Span } from '../../contract/span.ts';
import { formatPointer } from '../../text/document-node.ts';
import { codePlaceAt } from './code-place.ts';
import { definition, locatedTarget } from './definition.ts';
import { dtoOf, schemasOfDto } from './dto.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { entriesAt, specPlaceAt, type SpecPlace } from './spec-place.ts';
import { usesOf } from './spec-references.ts';

/** `withDeclaration`: the thing itself is one of the places. Without it, only those that are elsewhere. */
export interface ReferenceOptions {
  readonly withDeclaration: boolean;
}

export function references(
  index: FeatureIndex,
  file: FileId,
  offset: number,
  { withDeclaration }: ReferenceOptions,
): readonly Span[] {
  const inSpec = specPlaceAt(index, file, offset);
  const all = inSpec ? specReferences(index, inSpec, file, offset) : codeReferences(index, file, offset);
  const unique = new Map(all.map((at) => [`${at.file}:${at.start}`, at]));
  const places = [...unique.values()];
  return withDeclaration
    ? places
    : places.filter((at) => at.file !== file || offset < at.start || at.end < offset);
}

function specReferences(
  index: FeatureIndex,
  place: SpecPlace,
  file: FileId,
  offset: number,
): readonly Span[] {
  switch (place.kind) {
    case 'operation':
    case 'path':
      return place.entries.flatMap((entry) => operationPlaces(index, entry));
    case 'reference':
      return place.target
        ? [
            locatedTarget(index, place.target).at,
            ...usesOf(index, place.target.file, formatPointer(place.target.pointer)).map(({ at }) => at),
          ]
        : [];
    case 'component':
      return [
        place.at,
        ...usesOf(index, place.component.file, formatPointer(place.component.pointer)).map(({ at }) => at),
        ...dtoOf(index, place.name),
      ];
    case 'status':
    case 'parameter':
      return [place.at, ...(definition(index, file, offset)?.targets ?? []).map(({ at }) => at)];
  }
}

function codeReferences(index: FeatureIndex, file: FileId, offset: number): readonly Span[] {
  const place = codePlaceAt(index, file, offset);
  if (place?.kind === 'input')
    return [place.at, ...(definition(index, file, offset)?.targets ?? []).map(({ at }) => at)];
  if (place) return place.entries.flatMap((entry) => operationPlaces(index, entry));
  const dto = schemasOfDto(index, file, offset);
  if (!dto) return [];
  const schemas = definition(index, file, offset)?.targets.map(({ at }) => at) ?? [];
  const uses = dto.schemas.flatMap((schema) => usesOf(index, schema.file, formatPointer(schema.pointer)));
  return [dto.at, ...schemas, ...uses.map(({ at }) => at)];
}

/** The operation in the spec, its registration and its handler. */
function operationPlaces(index: FeatureIndex, { spec, code }: Entry): readonly Span[] {
  return [...(spec ? [spec.at] : []), ...(code ? [code.at, handlerTarget(index, code).at] : [])];
}

export interface Counterpart {
  readonly title: string;
  readonly at: Span;
}

/** One side of the operation around a place, which may be on either; for Go to Handler and Go to Operation. */
export function counterparts(
  index: FeatureIndex,
  file: FileId,
  offset: number,
  side: 'spec' | 'code',
): readonly Counterpart[] {
  const inSpec = entriesAt(index, file, offset);
  const entries = inSpec.length > 0 ? inSpec : enclosing(index, file, offset);
  return entries.flatMap(({ method, path, spec, code }): readonly Counterpart[] => {
    if (side === 'spec') return spec ? [{ title: `${method} ${path}`, at: spec.at }] : [];
    return code ? [{ title: handlerLabel(index, code), at: handlerTarget(index, code).at }] : [];
  });
}

/** The operations whose registration or handler is around the place: those of the smallest that is. */
function enclosing(index: FeatureIndex, file: FileId, offset: number): readonly Entry[] {
  const place = codePlaceAt(index, file, offset);
  if (place) return place.entries;
  const around = index.entriesIn(file).flatMap((entry) => {
    const at = entry.code?.origin.handler?.at;
    return at?.file === file && at.start <= offset && offset <= at.end
      ? [{ entry, size: at.end - at.start }]
      : [];
  });
  const smallest = Math.min(...around.map(({ size }) => size));
  return around.filter(({ size }) => size === smallest).map(({ entry }) => entry);
}
