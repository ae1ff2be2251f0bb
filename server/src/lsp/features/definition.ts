/** From one side to the other, and from a reference to what it means. */

import type { CodeOperation, SpecOperation } from '../../contract/operation.ts';
import { paramNames } from '../../contract/path.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { type Located, child, spanOf } from '../../specs/openapi/reader.ts';
import { codePlaceAt } from './code-place.ts';
import { pathAt } from './document-path.ts';
import { dtoOf, schemasOfDto } from './dto.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerTarget, type Target } from './handlers.ts';
import { specPlaceAt, type SpecPlace } from './spec-place.ts';

export interface Definition {
  /** The text that was asked about. */
  readonly origin: Span;
  readonly targets: readonly Target[];
}

/** Undefined where there is nothing to go to. */
export function definition(index: FeatureIndex, file: FileId, offset: number): Definition | undefined {
  const inSpec = specPlaceAt(index, file, offset);
  if (inSpec) return found(inSpec.at, specTargets(index, inSpec));
  const inCode = codePlaceAt(index, file, offset);
  if (inCode?.kind === 'input') {
    return found(
      inCode.at,
      inCode.entries.flatMap((entry) => documentedInput(entry, inCode.input.name)),
    );
  }
  if (inCode) {
    // The names of handlers in a registration are the language's own business: it knows where they are declared.
    const { code } = inCode.entries[0] ?? {};
    if (inCode.kind === 'registration' && code && offset > code.at.end) return undefined;
    return found(
      inCode.at,
      inCode.entries.flatMap(({ spec }) => (spec ? [specTarget(index, spec)] : [])),
    );
  }
  const dto = schemasOfDto(index, file, offset);
  return (
    dto &&
    found(
      dto.at,
      dto.schemas.map((schema) => locatedTarget(index, schema)),
    )
  );
}

function found(origin: Span, targets: readonly Target[]): Definition | undefined {
  const unique = new Map(targets.map((target) => [`${target.at.file}:${target.at.start}`, target]));
  return unique.size === 0 ? undefined : { origin, targets: [...unique.values()] };
}

function specTargets(index: FeatureIndex, place: SpecPlace): readonly Target[] {
  switch (place.kind) {
    case 'operation':
    case 'path':
      return place.entries.flatMap(({ code }) => (code ? [handlerTarget(index, code)] : []));
    case 'reference':
      return place.target ? [locatedTarget(index, place.target)] : [];
    case 'status':
      return place.entries.flatMap(({ code }) =>
        (code?.outputs.items ?? [])
          .filter(({ status }) => status === place.status)
          .map(({ source, at }) => ({ at: source ?? at, whole: source ?? at })),
      );
    case 'parameter':
      return place.entries.flatMap((entry) => servedInput(entry, place.name, place.in));
    case 'component':
      return dtoOf(index, place.name).map((at) => ({ at, whole: at }));
  }
}

/** The method key, and the whole operation. */
function specTarget(index: FeatureIndex, { at }: SpecOperation): Target {
  const top = index.document(at.file);
  const step = top && pathAt(top.node, at.start).steps.at(-1);
  return {
    at,
    whole: step?.entry?.keyStart === at.start ? { ...at, end: Math.max(at.end, step.node.end) } : at,
  };
}

/** The key at which it stands, and all of it; a whole document starts at its top. */
export function locatedTarget(index: FeatureIndex, target: Located): Target {
  const top = index.document(target.file);
  let current: Located | undefined = top;
  let at: Span = { file: target.file, start: target.node.start, end: target.node.start };
  for (const token of target.pointer) {
    const next: ReturnType<typeof child> = current && child(current, token);
    if (!next) break;
    at = next.keyAt;
    current = next;
  }
  const { start, end } = spanOf(target);
  return { at, whole: { file: target.file, start: Math.min(at.start, start), end: Math.max(at.end, end) } };
}

function documentedInput({ spec, code }: Entry, name: string): readonly Target[] {
  const input = spec?.inputs.items.find((one) => one.name === name) ?? pathPartner(code, spec, name);
  return input ? [{ at: input.at, whole: input.at }] : [];
}

function servedInput({ spec, code }: Entry, name: string, where: string): readonly Target[] {
  const input =
    code?.inputs.items.find((one) => one.name === name && one.in === where) ??
    (where === 'path' ? pathPartner(spec, code, name) : undefined);
  return input ? [{ at: input.at, whole: input.at }] : [];
}

/** Parameters of paths meet by their position, whatever their names. */
function pathPartner(
  from: SpecOperation | CodeOperation | undefined,
  to: SpecOperation | CodeOperation | undefined,
  name: string,
): SpecOperation['inputs']['items'][number] | undefined {
  if (!from || !to) return undefined;
  const partner = paramNames(to.key.path)[paramNames(from.key.path).indexOf(name)];
  return to.inputs.items.find((input) => input.in === 'path' && input.name === partner);
}
