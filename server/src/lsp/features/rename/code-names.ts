/**
 * The code behind a name of a specification: parameters and segments of paths, which a server writes again, ids of
 * operations, which decorators do, and properties of bodies. All of it is renamed together, or nothing is, with the reason.
 */

import type { CodeOperation, SpecOperation } from '../../../contract/operation.ts';
import type { FileId, Span } from '../../../contract/span.ts';
import type { SourceEdit } from '../../../authoring/edits.ts';
import type { SpecSymbols } from '../../../authoring/symbols/build.ts';
import type { Occurrence, SpecSymbol } from '../../../authoring/symbols/model.ts';
import { isName } from '../../../code/edit/source.ts';
import { parsePointer } from '../../../text/document-node.ts';
import { once } from '../../../engine/lookup.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';
import {
  literalAt,
  locateParameter,
  locateSegment,
  placeKey,
  segmentIn,
  unproven,
  type Found,
  type Located,
} from './code-places.ts';
import { declaredInCode, propertyAt } from './properties.ts';
import { isIdOf, operationIdAt, operationIdEdits } from './operation-ids.ts';

/** What is renamed together. */
export interface TiedNames {
  /** The symbol that was asked about, and those that share code with it. */
  readonly symbols: readonly SpecSymbol[];
  readonly edits: readonly SourceEdit[];
  /** What code declares under the name: what it comes to there, somebody has to ask who knows all sources. */
  readonly declared?: readonly Span[];
}

/** A route to look at; of a segment, where it is in the route's path. */
interface Tied {
  readonly entry: Entry;
  readonly position?: number;
}

export function tiedNames(
  index: FeatureIndex,
  symbols: SpecSymbols,
  symbol: SpecSymbol,
  to: string,
): TiedNames | { readonly refused: string } {
  if (symbol.kind === 'operationId') {
    const tied = operationIdEdits(index, symbol, to);
    return 'refused' in tied ? tied : { symbols: [symbol], ...tied };
  }
  if (symbol.kind === 'property')
    return { symbols: [symbol], edits: [], declared: declaredInCode(index, symbol) };
  if (symbol.kind !== 'pathParameter' && symbol.kind !== 'pathSegment')
    return { symbols: [symbol], edits: [] };
  const isParameter = symbol.kind === 'pathParameter';
  const found = new Map<Entry, Found>();
  const tied = new Set([symbol]);
  const byPlace = once(() => placesOf(index));
  const waiting = routesOf(index, symbol);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { entry, position } = next;
    const { code } = entry;
    if (!code || found.has(entry)) continue;
    const place: Located = isParameter
      ? locateParameter(index, entry.spec, code, symbol.name, to)
      : locateSegment(index, code, position, symbol.name, to);
    if (!place) continue;
    if ('refused' in place) return place;
    found.set(entry, place);
    // Whoever is registered by the same text has the same name.
    const { file, start } = place.literal;
    for (const other of byPlace().get(placeKey(file, start)) ?? [])
      waiting.push({ entry: other, ...segmentIn(index, other.code, place) });
    const other = symbolOf(symbols, symbol, entry, code, position);
    if (other && other.name === symbol.name && !tied.has(other)) {
      tied.add(other);
      waiting.push(...routesOf(index, other));
    }
  }
  const edits = new Map(
    [...found.values()]
      .flatMap((place) => place.edits)
      .map((edit) => [placeKey(edit.file, edit.start), edit]),
  );
  if (edits.size > 0 && isParameter && !isName(to))
    return { refused: `"${to}" is no name that a route could give to a parameter.` };
  return sharedReads(index, found, edits) ?? { symbols: [...tied], edits: [...edits.values()] };
}

/** The symbol that stands at the same place of the path of an operation in the spec. */
function symbolOf(
  { index }: SpecSymbols,
  { kind, name }: SpecSymbol,
  { spec }: Entry,
  { key }: CodeOperation,
  position: number | undefined,
): SpecSymbol | undefined {
  const at = spec?.origin.pathAt;
  if (!at) return undefined;
  return index.symbols.find(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      one.occurrences.some(
        (occurrence) =>
          occurrence.scalar.file === at.file &&
          occurrence.scalar.start === at.start &&
          (position === undefined || fromEnd(spec, occurrence) === key.path.length - position),
      ),
  );
}

/** Segments are counted from the end: what stands in front of paths may differ on the two sides. */
function fromEnd({ origin }: SpecOperation, { from }: Occurrence): number | undefined {
  const template = parsePointer(origin.pointer)?.at(-2);
  return template === undefined ? undefined : [...template.slice(from).matchAll(/[^/]+/g)].length;
}

/** The operations of paths that a symbol is a part of. */
function routesOf(index: FeatureIndex, { kind, occurrences }: SpecSymbol): Tied[] {
  return occurrences.flatMap((occurrence) => {
    const { scalar, inPointer } = occurrence;
    if (inPointer) return [];
    return index.entriesAtPath(scalar.file, scalar.start).map((entry): Tied => {
      const behind = entry.spec && fromEnd(entry.spec, occurrence);
      const { code } = entry;
      return kind === 'pathSegment' && code && behind !== undefined
        ? { entry, position: code.key.path.length - behind }
        : { entry };
    });
  });
}

/** Routes by the texts that their paths are written in. */
function placesOf(index: FeatureIndex): ReadonlyMap<string, readonly Entry[]> {
  const places = new Map<string, Entry[]>();
  for (const entry of index.entries)
    for (const link of entry.code?.origin.chain ?? []) {
      const literal = literalAt(index, link);
      if (!literal) continue;
      const key = placeKey(literal.file, literal.start);
      const list = places.get(key);
      if (list) list.push(entry);
      else places.set(key, [entry]);
    }
  return places;
}

/** A handler that other routes share reads their parameters, too. */
function sharedReads(
  index: FeatureIndex,
  found: ReadonlyMap<Entry, Found>,
  edits: ReadonlyMap<string, SourceEdit>,
): { readonly refused: string } | undefined {
  const codes = new Set([...found.keys()].map(({ code }) => code));
  for (const { code } of index.entries) {
    if (!code || codes.has(code)) continue;
    for (const { places } of code.inputs.items)
      for (const at of places ?? [])
        if (
          [...edits.values()].some(
            (edit) => edit.file === at.file && at.start <= edit.start && edit.end <= at.end,
          )
        )
          return unproven(code, 'whether it needs the old name: it has the same handler');
  }
  return undefined;
}

/**
 * Renames a parameter in the path of one route and wherever it is read; undefined where that cannot be proven to be all,
 * or where other routes are registered by the same text or have the same handler.
 */
export function renameInRoute(
  index: FeatureIndex,
  code: CodeOperation,
  name: string,
  to: string,
): readonly SourceEdit[] | undefined {
  const place = locateParameter(index, undefined, code, name, to);
  const entry = index.entries.find((one) => one.code === code);
  if (!place || 'refused' in place || !entry) return undefined;
  const { file, start } = place.literal;
  const registered = placesOf(index).get(placeKey(file, start)) ?? [];
  if (registered.some((other) => other.code !== code)) return undefined;
  const edits = new Map(place.edits.map((edit) => [placeKey(edit.file, edit.start), edit]));
  return sharedReads(index, new Map([[entry, place]]), edits) ? undefined : [...edits.values()];
}

/** The symbol that a place in code names: in the path of a route, in its decorators, or where a parameter is read. */
export function symbolInCode(
  index: FeatureIndex,
  symbols: SpecSymbols,
  file: FileId,
  offset: number,
): { readonly symbol: SpecSymbol; readonly at: Span } | undefined {
  for (const entry of index.entries) {
    const { code, spec } = entry;
    if (!code || !spec) continue;
    const id = operationIdAt(entry, file, offset);
    if (id) {
      const symbol = symbols.index.symbols.find((one) => isIdOf(one, entry));
      if (symbol) return { symbol, at: id };
    }
    const named = nameInRoute(index, code, file, offset);
    if (!named) continue;
    const like = symbols.index.symbols.find(({ kind, name }) => kind === named.kind && name === named.name);
    const symbol = like && symbolOf(symbols, like, entry, code, named.position);
    if (symbol) return { symbol, at: named.at };
  }
  const property = propertyAt(index, file, offset);
  const { spec } = property?.field ?? {};
  const symbol = symbols.index.symbols.find(
    ({ kind, occurrences }) =>
      kind === 'property' &&
      occurrences.some(({ scalar }) => scalar.file === spec?.file && scalar.start === spec.start),
  );
  return property && symbol && { symbol, at: property.at };
}

interface NameInRoute {
  readonly kind: 'pathParameter' | 'pathSegment';
  readonly name: string;
  readonly at: Span;
  readonly position?: number;
}

function nameInRoute(
  index: FeatureIndex,
  code: CodeOperation,
  file: FileId,
  offset: number,
): NameInRoute | undefined {
  const isOn = (at: Span): boolean => at.file === file && at.start <= offset && offset <= at.end;
  for (const { in: where, name, places } of code.inputs.items) {
    const at = where === 'path' ? places?.find(isOn) : undefined;
    if (at && index.ready.textOf(file)?.slice(at.start, at.end) === name)
      return { kind: 'pathParameter', name, at };
  }
  for (const link of code.origin.chain ?? []) {
    const literal = isOn(link.text ?? link.at) ? literalAt(index, link) : undefined;
    if (!literal) continue;
    let own = 0;
    for (const { 0: text, index: start } of literal.text.matchAll(/[^/]+/g)) {
      const at = { file, start: literal.start + start, end: literal.start + start + text.length };
      const name = /^:([A-Za-z_$][\w$]*)/.exec(text)?.[1];
      if (isOn(at) && name !== undefined)
        return {
          kind: 'pathParameter',
          name,
          at: { file, start: at.start + 1, end: at.start + 1 + name.length },
        };
      const found = { literal, index: own, edits: [] };
      if (isOn(at) && /^[\w.~-]+$/.test(text))
        return { kind: 'pathSegment', name: text, at, ...segmentIn(index, code, found) };
      own += 1;
    }
  }
  return undefined;
}
