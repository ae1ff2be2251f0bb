/** One registration as operations of the contract. */

import { formatPath, isRest, paramNames, shapeKey, type Path } from '../../../contract/path.ts';
import { known, type UnknownReason } from '../../../contract/knowledge.ts';
import type { CodeOperation, Group } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import { remember } from '../../evaluate/memory.ts';
import { isNothing } from '../../evaluate/alternatives.ts';
import { dynamic, placeOf, type Value } from '../../evaluate/values.ts';
import { formsOf, type ParsedPath, type PathSyntax } from '../../paths/parsed-path.ts';
import { nameOf, type HandlerFacts } from '../http/handlers.ts';
import { operationParts } from '../http/operation.ts';
import { asConfigured } from '../http/security-names.ts';
import { below, linked, readPaths, within, type RoutePath } from '../http/route-path.ts';
import { unwrapped } from '../http/wrapped.ts';
import { inFrontOf, type InFront } from './in-front.ts';
import { isReached } from './reach.ts';
import { routerOf, type RouteLayer, type RouterNode } from './router.ts';
import { isMiddleware, isPage, onlyPasses, ownHandler, refusesOrPasses } from './walk-handlers.ts';
import { flatten, type Around, type ExpressResult, type Walk } from './walk.ts';

/** Adds what the registration serves; gives what it puts in front of what is registered later. */
export function addRoute(
  walk: Walk,
  node: RouterNode,
  layer: RouteLayer,
  around: Around,
): readonly InFront[] {
  const { run, result } = walk;
  const own = remember(run, layer, ['route', ...surroundings(walk, node, around)], () => {
    const fresh: ExpressResult = { operations: [], detached: [], opaque: [], gaps: [] };
    return { ...fresh, ...readRoute({ ...walk, result: fresh }, node, layer, around) };
  });
  if (own.passes) for (const operation of own.operations) walk.passing.add(operation);
  for (const list of ['operations', 'detached'] as const)
    for (const operation of own[list])
      if (isReached(operation, walk.reaches) && isNew(walk, list, operation)) result[list].push(operation);
  result.opaque.push(...own.opaque);
  result.gaps.push(...own.gaps);
  return own.inFront;
}

/** All that operations depend on beside their registration and what its handlers do. Lists start with their length. */
function surroundings(walk: Walk, node: RouterNode, around: Around): readonly unknown[] {
  const { mount, before, params, errors, conditions } = around;
  return [
    ...[walk.syntax, walk.detached, node, mount, before.length, params.size, errors.length],
    ...before.flatMap(({ facts, covers, exact }) => [facts, covers, exact]),
    ...[...params].flat(),
    ...errors,
    ...conditions,
  ];
}

/** What several programs start (a server, a script, a harness) registers the same call on the same router again. */
function isNew(walk: Walk, list: string, operation: CodeOperation): boolean {
  const place = `${list} ${spanKey(operation.at)}`;
  const there = walk.placed.get(place) ?? [];
  if (there.some((other) => isSame(other, operation))) return false;
  walk.placed.set(place, [...there, operation]);
  return true;
}

interface ReadRoute {
  /** What it is in front of what is registered later. */
  readonly inFront: readonly InFront[];
  /** It may hand on to a later route. */
  readonly passes: boolean;
}

function readRoute(walk: Walk, node: RouterNode, layer: RouteLayer, around: Around): ReadRoute {
  const given = givenHandlers(layer);
  const last = given.at(-1);
  if (last && routerOf(last)) return { inFront: [], passes: true };
  const handlers = given.filter((value) => !routerOf(value));
  const syntax = layer.syntax ?? walk.syntax;
  const paths = readPaths(layer.path, syntax, 'route')
    .flatMap((path) => namedForms(path, syntax))
    .map((path) => (layer.reach === 'whole' ? within : below)(around.mount, linked(path, layer.at)));
  const facts = handlers.map((handler) => asConfigured(walk.run, ownHandler(walk, handler, around)));
  const passes = facts.at(-1)?.passes === true;
  const main = mainOf(facts);
  if (layer.method === 'ALL' && facts.every(refusesOrPasses)) {
    return {
      inFront: passes ? facts.map((one) => ({ facts: one, covers: paths, exact: true as const })) : [],
      passes,
    };
  }
  for (const path of paths) {
    if (path.parsed.kind === 'pattern') {
      const reason: UnknownReason = { why: 'unsupported', construct: path.parsed.why, at: layer.at };
      walk.result.opaque.push({
        prefix: path.parsed.under ?? [],
        ...(layer.method !== 'ALL' && { method: layer.method }),
        anywhere: around.mount.unknownPrefix !== undefined,
        reason,
      });
      walk.result.gaps.push(reason);
      continue;
    }
    if (isFallback(layer, path.parsed.path)) continue;
    // `app.post('/x', limiter)`: only middlewares of packages, nothing that answers.
    if (
      layer.method !== 'OPTIONS' &&
      facts.length > 0 &&
      handlers.every((handler) => handler.t === 'external' && isMiddleware(handler))
    )
      continue;
    if (facts.length > 0 && layer.method !== 'OPTIONS' && facts.every(onlyPasses)) continue;
    if (passes && standsInFront(node, layer, walk.syntax)) continue;
    const target = walk.detached || isPage(facts) ? walk.result.detached : walk.result.operations;
    const common = new Map(
      facts.map((one, index) => {
        const key = index !== main && one.passes ? placeKey(handlers[index]) : undefined;
        return [one, (key !== undefined && walk.listed.get(key)) || 0] as const;
      }),
    );
    target.push(operationOf(walk, node, layer, around, path, path.parsed, facts, handlers, common));
  }
  return { inFront: [], passes };
}

/** Those that a condition leaves away are none; where there is no other, somebody else puts one in its place. */
function givenHandlers({ handlers, at }: RouteLayer): readonly Value[] {
  const all = flatten(handlers);
  const there = all.filter((value) => !isNothing(value));
  return there.length === 0 && all.length > 0 ? [dynamic('handler', at)] : there;
}

/** The handler that answers: the last one, unless those at the end only do something once the answer is sent. */
function mainOf(facts: readonly HandlerFacts[]): number {
  const last = facts.findLastIndex(({ exchange, passes }) => !passes || exchange.outputs.length > 0);
  return last < 0 ? facts.length - 1 : last;
}

/** How many routes list each handler, by the place where it is written. */
export function countListed(routers: readonly RouterNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const layer of routers.flatMap(({ layers }) => layers)) {
    if (layer.kind !== 'route') continue;
    for (const handler of flatten(layer.handlers)) {
      const key = placeKey(handler);
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function placeKey(handler: Value | undefined): string | undefined {
  return handler?.t === 'function' ? `${handler.scope.file} ${handler.fn.s}` : undefined;
}

/**
 * The forms of a path that are operations of their own. Optional parameters of Express 4 are few, and OpenAPI has
 * to document each form as a path; the groups of Express 5 multiply (six of them give 64 forms), so there the
 * longest form stands for all. Forms of the mount are never operations of their own: they are one router, reached
 * in several ways.
 */
function namedForms(route: RoutePath, syntax: PathSyntax): readonly RoutePath[] {
  const { parsed } = route;
  if (parsed.kind === 'pattern' || (syntax !== 'express-4' && !route.alternatives)) return [route];
  return formsOf(parsed).map((path) => ({ ...route, parsed: { ...parsed, path, variants: [] } }));
}

/** `get(/^\/libraries/, cache)`: a wildcard that may hand on to routes of this router below it is in front of those. */
function standsInFront(node: RouterNode, layer: RouteLayer, syntax: PathSyntax): boolean {
  const fronts = readPaths(layer.path, syntax, 'route').flatMap(({ parsed }) =>
    formsOf(parsed).flatMap((path) => {
      const last = path.at(-1);
      return last && isRest(last) && path.length > 1 ? [shapeKey(path.slice(0, -1))] : [];
    }),
  );
  if (fronts.length === 0) return false;
  return node.layers.slice(node.layers.indexOf(layer) + 1).some((other) => {
    if (other.kind !== 'route' || other.method !== layer.method) return false;
    const paths = readPaths(other.path, syntax, 'route').flatMap(({ parsed }) =>
      formsOf(parsed).map(shapeKey),
    );
    return paths.some((path) => fronts.some((front) => path === front || path.startsWith(`${front}/`)));
  });
}

/** `all('*')`, `get('*')`: what answers when nothing else does is no operation. */
function isFallback(layer: RouteLayer, path: Path): boolean {
  const [only] = path;
  return (
    path.length === 1 &&
    only !== undefined &&
    'rest' in only &&
    (layer.method === 'ALL' || layer.method === 'GET' || layer.method === 'OPTIONS')
  );
}

type Readable = ParsedPath & { readonly kind: 'path' };

function operationOf(
  walk: Walk,
  node: RouterNode,
  layer: RouteLayer,
  around: Around,
  route: RoutePath,
  { path, variants }: Readable,
  facts: readonly HandlerFacts[],
  handlers: readonly Value[],
  common: ReadonlyMap<HandlerFacts, number>,
): CodeOperation {
  const at = registrationPlace(walk, layer, route);
  const shared = [
    ...inFrontOf(around.before, { ...route, parsed: { kind: 'path', path, variants: [] } }),
    ...paramNames(path).flatMap((name) => around.params.get(name) ?? []),
  ];
  const parts = operationParts(shared, facts, paramNames(path), at, common);
  const handler = servedBy(handlers.at(-1), layer);
  const place = handler && placeOf(handler);
  const [condition] = around.conditions;
  return {
    key: { protocol: 'http', method: layer.method, path, variants },
    at,
    title: `${layer.method} ${formatPath(path)}`,
    ...parts,
    deprecated: known(false, 'guessed', at),
    origin: {
      side: 'code',
      framework: 'express',
      group: groupOf(node, around),
      ...(handler && place && { handler: { name: nameOf(handler), at: place } }),
      ...(route.unknownPrefix && { unknownPrefix: route.unknownPrefix }),
      ...(route.base !== undefined && { base: route.base }),
      ...(route.chain && { chain: route.chain }),
      ...(condition && { conditional: condition }),
    },
  };
}

/** The handler that people mean: a function that stands in the registration itself is no wrapper. */
function servedBy(last: Value | undefined, { call }: RouteLayer): Value | undefined {
  return last?.t === 'function' && isWithin(last.at, call) ? last : last && unwrapped(last);
}

/**
 * The call that registers, unless its path is written elsewhere (a table of routes): then there. What several calls
 * take their paths from (a constant, a helper that puts paths together) is the place of none of them.
 */
function registrationPlace(walk: Walk, layer: RouteLayer, route: RoutePath): Span {
  const own = pathPlace(layer);
  if (
    !own ||
    !route.at ||
    layer.syntax ||
    isWithin(own, layer.call) ||
    (walk.written.get(spanKey(own)) ?? 0) > 1
  )
    return layer.at;
  return own;
}

/** From how many calls each place of a path is used. */
export function countWritten(routers: readonly RouterNode[]): ReadonlyMap<string, number> {
  const calls = new Map<string, Set<string>>();
  for (const layer of routers.flatMap(({ layers }) => layers)) {
    const own = layer.kind === 'route' ? pathPlace(layer) : undefined;
    if (!own) continue;
    const key = spanKey(own);
    calls.set(key, (calls.get(key) ?? new Set()).add(spanKey(layer.call)));
  }
  return new Map([...calls].map(([key, { size }]) => [key, size]));
}

function pathPlace({ path }: RouteLayer): Span | undefined {
  return path.t === 'text' ? path.at : undefined;
}

function spanKey({ file, start }: Span): string {
  return `${file} ${start}`;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

function isSame(a: CodeOperation, b: CodeOperation): boolean {
  const [one, other] = [a.origin.handler?.at, b.origin.handler?.at];
  return (
    a.key.method === b.key.method &&
    a.at.file === b.at.file &&
    a.at.start === b.at.start &&
    a.origin.group.id === b.origin.group.id &&
    shapeKey(a.key.path) === shapeKey(b.key.path) &&
    a.origin.unknownPrefix === b.origin.unknownPrefix &&
    one?.file === other?.file &&
    one?.start === other?.start
  );
}

function groupOf(node: RouterNode, around: Around): Group {
  const prefix = formsOf(around.mount.parsed)[0];
  return {
    id: `${node.at.file}:${node.at.start}:${prefix ? shapeKey(prefix) : ''}`,
    title: prefix && prefix.length > 0 ? `router ${formatPath(prefix)}` : 'application',
    at: node.at,
  };
}
