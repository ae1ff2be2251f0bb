/** Where in the code an operation belongs that only the spec has: beside those that share most of its path. */

import type { CodeOperation, SpecOperation } from '../../../../contract/operation.ts';
import {
  formatPath,
  isParam,
  isRest,
  parseTemplate,
  type Path,
  type Segment,
} from '../../../../contract/path.ts';
import { fileId } from '../../../../contract/span.ts';
import { readSource, type Source } from '../../../../code/edit/source.ts';
import { registrationAt, type Registration } from '../../../../code/edit/registration.ts';
import { grouped } from '../../../../engine/lookup.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { literalAt, placeKey } from '../../rename/code-places.ts';

/** A route of the router, as it is written. */
export interface Neighbour extends Route {
  /** Behind what the router is mounted on. */
  readonly relative: Path;
  /** Segments that it shares with the operation. */
  readonly shared: number;
}

export interface Home {
  /** The most like it first. */
  readonly neighbours: readonly Neighbour[];
  /** What the operation's path is in this router or controller. */
  readonly relative: Path;
}

/** Undefined where several places are as good, or none is. */
export function homeOf(index: FeatureIndex, spec: SpecOperation): Home | undefined {
  const { path } = spec.key;
  const link = index.ready.snapshot.links.find(({ pairs }) =>
    pairs.some((pair) => pair.state === 'spec-only' && pair.spec === spec),
  );
  if (!link) return undefined;
  const routes = link.pairs.flatMap((pair): readonly Route[] =>
    pair.state === 'spec-only'
      ? []
      : [{ code: pair.code, ...(pair.state === 'matched' && { spec: pair.spec }) }],
  );
  const groups = [...grouped(withoutVariants(index, routes), ({ code }) => code.origin.group.id).values()];
  const homes = groups.flatMap((group) => homeIn(path, group) ?? []);
  const rank = ({ neighbours: [first], relative }: Home): number =>
    (first?.shared ?? 0) * 100 + (path.length - relative.length);
  const [best, next] = homes.sort((a, b) => rank(b) - rank(a));
  if (!best || (next && rank(next) === rank(best))) return undefined;
  // What all paths begin with says nothing about where one of them belongs.
  const promised = link.pairs.flatMap((pair) => (pair.state === 'code-only' ? [] : [pair.spec.key.path]));
  const common = Math.min(...promised.map((other) => sharedBy(path, other)), path.length);
  const shared = best.neighbours[0]?.shared ?? 0;
  return homes.length === 1 || shared > common ? best : undefined;
}

interface Route {
  readonly code: CodeOperation;
  readonly spec?: SpecOperation;
}

/** Without those that are another route without its optional segments: one text registers both. */
function withoutVariants(index: FeatureIndex, routes: readonly Route[]): readonly Route[] {
  const byText = grouped(routes, ({ code: { at, key, origin } }) => {
    const link = origin.chain?.at(-1);
    const literal = link && literalAt(index, link);
    // Registered in another way, each stands for itself.
    return literal ? placeKey(literal.file, literal.start) : `${at.file} ${at.start} ${formatPath(key.path)}`;
  });
  return [...byText.values()].flatMap((same) => {
    const longest = Math.max(...same.map(({ code }) => code.key.path.length));
    return same.filter(({ code }) => code.key.path.length === longest);
  });
}

function homeIn(path: Path, group: readonly Route[]): Home | undefined {
  const neighbours = group.flatMap(({ code, spec }): readonly Neighbour[] => {
    const { chain, unknownPrefix, conditional } = code.origin;
    const own = chain?.at(-1)?.path;
    if (own === undefined || unknownPrefix || conditional) return [];
    const relative = parseTemplate(own);
    const mount = code.key.path.length - relative.length;
    if (mount < 0 || sharedBy(code.key.path, path) < Math.min(mount, path.length) || mount > path.length)
      return [];
    return [{ code, relative, shared: sharedBy(code.key.path, path), ...(spec && { spec }) }];
  });
  const [first] = neighbours;
  if (!first) return undefined;
  const mount = first.code.key.path.length - first.relative.length;
  // Mounted at two places it would serve at both.
  if (neighbours.some(({ code, relative }) => code.key.path.length - relative.length !== mount))
    return undefined;
  return {
    neighbours: neighbours.sort((a, b) => b.shared - a.shared || near(a, path) - near(b, path)),
    relative: path.slice(mount),
  };
}

function near({ code }: Neighbour, path: Path): number {
  return Math.abs(code.key.path.length - path.length);
}

/** How many segments two paths begin with in common; parameters count by their place. */
function sharedBy(one: Path, other: Path): number {
  let count = 0;
  while (count < one.length && count < other.length && alike(one[count], other[count])) count += 1;
  return count;
}

function alike(one: Segment | undefined, other: Segment | undefined): boolean {
  if (!one || !other || isRest(one) || isRest(other)) return false;
  return isParam(one) ? isParam(other) : formatPath([one]) === formatPath([other]);
}

/** Would a request to all that `other` serves, or some of it, end up at `path`, if that stands in front? */
export function shadows(path: Path, other: Path): boolean {
  const rest = path.findIndex(isRest);
  if (rest < 0 && path.length !== other.length) return false;
  return path.every((segment, index) => {
    if (isRest(segment)) return true;
    const met = other[index];
    return met !== undefined && (isParam(segment) || alike(segment, met));
  });
}

/** A segment as Express writes it; undefined for names that it does not take. */
export function expressPath(path: Path): string | undefined {
  const segments = path.map((segment) => {
    if (isRest(segment)) return undefined;
    const parts = segment.parts.map((part) => {
      if ('text' in part)
        return /^[\w~-]+$/.test(part.text) || /^[\w.~-]+$/.test(part.text) ? part.text : undefined;
      return /^[A-Za-z_]\w*$/.test(part.param) ? `:${part.param}` : undefined;
    });
    return parts.includes(undefined) ? undefined : parts.join('');
  });
  return segments.includes(undefined) ? undefined : segments.join('/');
}

export interface Written {
  readonly source: Source;
  readonly registration: Registration;
}

/** How a neighbour is registered; undefined where that is no statement of its own. */
export function writtenAt(
  { ready }: FeatureIndex,
  { code }: Neighbour,
  sources: Map<string, Source | undefined>,
): Written | undefined {
  const { file, start } = code.at;
  if (!sources.has(file)) {
    const text = ready.textOf(fileId(file));
    sources.set(file, text === undefined ? undefined : readSource(text));
  }
  const source = sources.get(file);
  const registration = source && registrationAt(source, start);
  return source && registration && { source, registration };
}
