/** Walks the tree of routers from its roots and gives every route with its full path and everything in front of it. */

import { formatPath, paramNames, parseTemplate, shapeKey, type Path } from '../../../contract/path.ts';
import { known, type UnknownReason } from '../../../contract/knowledge.ts';
import type { CodeOperation, Group, OpaqueArea } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import { formsOf, type ParsedPath, type PathSyntax } from '../../paths/parsed-path.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { alternatives, placeOf, type FunctionValue, type Value } from '../../evaluate/values.ts';
import { externalHandler, isErrorHandler, nameOf, runHandler, type HandlerFacts } from '../http/handlers.ts';
import { operationParts } from '../http/operation.ts';
import { roleOf } from '../http/packages.ts';
import { below, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import { inFrontOf, type InFront } from './in-front.ts';
import { registrationOf } from './registrars.ts';
import { routerOf, type Layer, type RouteLayer, type RouterNode, type UseLayer } from './router.ts';

export interface ExpressResult {
  readonly operations: CodeOperation[];
  readonly detached: CodeOperation[];
  readonly opaque: OpaqueArea[];
  readonly gaps: UnknownReason[];
}

interface Walk {
  readonly run: Run;
  readonly result: ExpressResult;
  readonly syntax: PathSyntax;
  /** Middlewares are evaluated once, wherever they are mounted. */
  readonly middlewares: Map<Value, HandlerFacts>;
  readonly detached: boolean;
}

interface Around {
  readonly mount: RoutePath;
  readonly before: readonly InFront[];
  /** Callbacks of `param` in the same router, by the names of the parameters. */
  readonly params: ReadonlyMap<string, HandlerFacts>;
  readonly errors: readonly FunctionValue[];
  readonly conditions: readonly Span[];
  readonly path: readonly RouterNode[];
}

/** Deeper nesting of routers than any real tree has; a cycle is cut earlier. */
const depthLimit = 24;

export function walkRouters(run: Run, routers: readonly RouterNode[], syntax: PathSyntax): ExpressResult {
  const result: ExpressResult = { operations: [], detached: [], opaque: [], gaps: [] };
  const middlewares = new Map<Value, HandlerFacts>();
  const mounted = new Set<RouterNode>();
  const walk: Walk = { run, result, syntax, middlewares, detached: false };
  for (const node of routers) collectMounted(node, mounted);
  const roots = routers.filter((node) => node.kind === 'app' && !node.detached && !mounted.has(node));
  const seen = new Set<RouterNode>();
  const around = (): Around => ({
    mount: rootPath,
    before: [],
    params: new Map(),
    errors: [],
    conditions: [],
    path: [],
  });
  for (const root of roots) walkRouter(walk, root, around(), seen);
  for (const node of routers) {
    if (seen.has(node) || node.layers.length === 0) continue;
    const mount: RoutePath = {
      ...rootPath,
      unknownPrefix: { why: 'unresolved', symbol: 'who mounts this router', at: node.at },
    };
    walkRouter({ ...walk, detached: true }, node, { ...around(), mount }, seen);
  }
  return result;
}

function collectMounted(node: RouterNode, mounted: Set<RouterNode>): void {
  for (const layer of node.layers) {
    if (layer.kind !== 'use') continue;
    for (const inner of flatten(layer.handlers).flatMap((handler) => routersIn(handler)))
      if (inner !== node) mounted.add(inner);
  }
}

function walkRouter(walk: Walk, node: RouterNode, around: Around, seen: Set<RouterNode>): void {
  if (around.path.includes(node) || around.path.length > depthLimit) return;
  seen.add(node);
  const path = [...around.path, node];
  const errors = [...errorHandlers(node.layers), ...around.errors];
  let before = around.before;
  const params = paramCallbacks(walk, node, { ...around, errors, path });
  for (const layer of node.layers) {
    const here: Around = {
      ...around,
      before,
      params,
      errors,
      path,
      conditions: [...around.conditions, ...layer.conditions],
    };
    if (layer.kind === 'route') before = [...before, ...addRoute(walk, node, layer, here)];
    else if (layer.kind === 'use') before = [...before, ...addUse(walk, node, layer, here, seen)];
  }
}

function paramCallbacks(walk: Walk, node: RouterNode, around: Around): ReadonlyMap<string, HandlerFacts> {
  const found = new Map<string, HandlerFacts>();
  for (const layer of node.layers) {
    const [handler] = layer.handlers;
    if (layer.kind !== 'param' || handler?.t !== 'function') continue;
    const facts = isolated(walk.run, () => runHandler(walk.run, handler, around.errors, 'param'));
    for (const name of layer.names) found.set(name, facts);
  }
  return found;
}

function errorHandlers(layers: readonly Layer[]): readonly FunctionValue[] {
  return layers.flatMap((layer) =>
    layer.kind === 'use'
      ? flatten(layer.handlers).filter(
          (value): value is FunctionValue => value.t === 'function' && isErrorHandler(value),
        )
      : [],
  );
}

/** Handlers may be nested lists and alternatives. */
function flatten(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) =>
    value.t === 'array' ? flatten(value.items) : value.t === 'union' ? flatten(value.of) : [value],
  );
}

/** Mounts what the layer mounts; gives the middlewares that stand in front of what is registered later. */
function addUse(
  walk: Walk,
  node: RouterNode,
  layer: UseLayer,
  around: Around,
  seen: Set<RouterNode>,
): readonly InFront[] {
  const passed: InFront[] = [];
  const pass = (facts: HandlerFacts): void => void passed.push({ facts });
  const mounts = readPaths(layer.path, walk.syntax, 'mount').map((path) => below(around.mount, path));
  const handlers = flatten(layer.handlers);
  const last = coversAll(layer) ? undefined : handlers.at(-1);
  for (const handler of handlers) {
    const inner = routerOf(handler);
    for (const mount of inner ? mounts : []) {
      if (inner) walkRouter(walk, inner, { ...around, mount, before: [...around.before, ...passed] }, seen);
    }
    if (inner) continue;
    if (handler.t === 'function') {
      if (isErrorHandler(handler)) continue;
      const facts = middleware(walk, handler, around);
      for (const target of facts.exchange.forwarded) {
        const inside = routerOf(target);
        if (inside)
          for (const mount of mounts)
            walkRouter(walk, inside, { ...around, mount, before: [...around.before, ...passed] }, seen);
      }
      pass(facts);
      if (handler === last && answersItself(facts))
        markOpaque(
          walk,
          mounts,
          { why: 'unsupported', construct: 'a handler of everything below a path', at: layer.at },
          layer,
        );
    } else if (handler.t === 'external') {
      const wrapped = registrationOf(handler, handler.args ?? []) ? [] : routersIn(handler);
      for (const inside of wrapped)
        for (const mount of mounts)
          walkRouter(walk, inside, { ...around, mount, before: [...around.before, ...passed] }, seen);
      if (wrapped.length > 0) continue;
      if (serves(handler))
        markOpaque(
          walk,
          mounts,
          { why: 'unsupported', construct: `${handler.module} answers itself`, at: layer.at },
          layer,
        );
      else {
        const facts = externalHandler(walk.run, handler, around.errors);
        pass(facts);
        if (handler === last && facts.gap && !isInFront(node, layer, walk.syntax))
          markOpaque(walk, mounts, facts.gap, layer);
      }
    } else if (handler.t === 'unknown') {
      markOpaque(walk, mounts, handler.reason, layer);
    } else if (handler.t === 'object' && layer.path !== undefined) {
      markOpaque(walk, mounts, { why: 'unsupported', construct: 'mounted object', at: layer.at }, layer);
    }
  }
  return coversAll(layer) ? passed : passed.map((one) => ({ ...one, covers: mounts }));
}

/** It answers what comes, and hands nothing on. */
function answersItself({ exchange, passes }: HandlerFacts): boolean {
  return (
    !passes &&
    exchange.forwarded.length === 0 &&
    (exchange.outputGaps.length > 0 ||
      exchange.outputs.some(({ status }) => status !== undefined && status < 400))
  );
}

/** Something else is registered below its path: then it rather stands in front of that than serves the path itself. */
function isInFront(node: RouterNode, layer: UseLayer, syntax: PathSyntax): boolean {
  const own = readPaths(layer.path, syntax, 'mount').flatMap(({ parsed }) => formsOf(parsed).map(shapeKey));
  return node.layers.some((other) => {
    if (other === layer || other.kind === 'param') return false;
    const paths = readPaths(other.path, syntax, 'mount').flatMap(({ parsed }) =>
      formsOf(parsed).map(shapeKey),
    );
    return paths.some((path) => own.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));
  });
}

/** A middleware on a path stands in front of some of what follows; which, a route's own path decides. */
function coversAll(layer: UseLayer): boolean {
  if (layer.path === undefined) return true;
  return alternatives(layer.path).some(
    (path) => path.t === 'text' && path.parts.every((part) => 'text' in part && /^[/*]*$/.test(part.text)),
  );
}

/** Routers handed to a package that then stands in front of them: versioning, host names, feature flags. */
function routersIn(value: Value, depth = 0): readonly RouterNode[] {
  const node = routerOf(value);
  if (node) return [node];
  if (depth > 3) return [];
  const inner: readonly Value[] =
    value.t === 'external'
      ? [...(value.args ?? []), ...(value.on ? [value.on] : [])]
      : value.t === 'array'
        ? value.items
        : value.t === 'object' && !value.cls
          ? [...value.props.values()].flatMap((cell) => cell.value ?? [])
          : [];
  return inner.flatMap((one) => routersIn(one, depth + 1));
}

function serves(value: Extract<Value, { t: 'external' }>): boolean {
  if (registrationOf(value, value.args ?? [])) return true;
  let root = value;
  while (root.on) root = root.on;
  return roleOf(value.module, value.path) === 'serves' || roleOf(root.module, root.path) === 'serves';
}

function markOpaque(walk: Walk, mounts: readonly RoutePath[], reason: UnknownReason, layer: UseLayer): void {
  // Something unread in front of everything is a middleware far more often than a router: only a mount on a path may serve.
  if (layer.path === undefined && reason.why !== 'pending' && reason.why !== 'unresolved') return;
  for (const mount of mounts) {
    const base = mount.base === undefined ? [] : parseTemplate(mount.base);
    for (const form of formsOf(mount.parsed)) {
      walk.result.opaque.push({
        prefix: [...base, ...form],
        anywhere: mount.unknownPrefix !== undefined,
        reason,
      });
    }
  }
}

function middleware(walk: Walk, handler: FunctionValue, around: Around): HandlerFacts {
  const known = walk.middlewares.get(handler);
  if (known) return known;
  const facts = isolated(walk.run, () => runHandler(walk.run, handler, around.errors));
  walk.middlewares.set(handler, facts);
  return facts;
}

function addRoute(walk: Walk, node: RouterNode, layer: RouteLayer, around: Around): readonly InFront[] {
  const handlers = flatten(layer.handlers).filter((value) => value.t !== 'undefined' && value.t !== 'null');
  const paths = readPaths(layer.path, walk.syntax, 'route').map((path) => below(around.mount, path));
  const facts = handlers.map((handler) => ownHandler(walk, handler, around));
  if (layer.method === 'ALL' && facts.every(refusesOrPasses)) {
    return facts.at(-1)?.passes === true
      ? facts.map((one) => ({ facts: one, covers: paths, exact: true as const }))
      : [];
  }
  for (const path of paths) {
    if (path.parsed.kind === 'pattern') {
      const reason: UnknownReason = { why: 'unsupported', construct: path.parsed.why, at: layer.at };
      for (const prefix of around.mount.parsed.kind === 'path' ? [around.mount.parsed.path] : [[]]) {
        walk.result.opaque.push({
          prefix,
          ...(layer.method !== 'ALL' && { method: layer.method }),
          anywhere: around.mount.unknownPrefix !== undefined,
          reason,
        });
      }
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
    const target = walk.detached || facts.some(isPage) ? walk.result.detached : walk.result.operations;
    for (const [longest, variants] of namedForms(path, path.parsed, walk.syntax)) {
      target.push(operationOf(node, layer, around, path, longest, variants, facts, handlers));
    }
  }
  return [];
}

/** `all('/admin/*', login)`, `route('/x').get(one).all(notAllowed)`: no operation, but what stands in front or behind. */
function refusesOrPasses({ exchange, gap, guard, passes }: HandlerFacts): boolean {
  if (exchange.outputs.some(({ status }) => status === undefined || status < 400)) return false;
  if (passes) return guard !== undefined || (!gap && exchange.outputGaps.length === 0);
  return (
    exchange.outputGaps.length === 0 &&
    exchange.outputs.length > 0 &&
    exchange.outputs.every(({ status }) => status === 404 || status === 405 || status === 501)
  );
}

/**
 * The forms of a path that are operations of their own. Optional parameters of Express 4 are few, and OpenAPI has
 * to document each form as a path; the groups of Express 5 multiply (six of them give 64 forms), so there the
 * longest form stands for all.
 */
function namedForms(
  route: RoutePath,
  parsed: ParsedPath & { readonly kind: 'path' },
  syntax: PathSyntax,
): readonly (readonly [Path, readonly Path[]])[] {
  return syntax === 'express-4' || route.alternatives
    ? formsOf(parsed).map((form) => [form, []] as const)
    : [[parsed.path, parsed.variants]];
}

/** A route whose handlers only hand on (a cache, a logger for some paths) is a middleware. */
function onlyPasses({ exchange, passes, gap }: HandlerFacts): boolean {
  return passes && !gap && exchange.outputs.length === 0 && exchange.outputGaps.length === 0;
}

/** It answers with a page of a front end: no operation of an API, though a spec may still mean it. */
function isPage({ exchange }: HandlerFacts): boolean {
  const answers = exchange.outputs.filter(({ status }) => status !== undefined && status < 300);
  return answers.length > 0 && answers.every(({ page }) => page === true);
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

function isMiddleware(value: Extract<Value, { t: 'external' }>): boolean {
  const role = roleOf(value.module, value.path);
  return role === 'limit' || role === 'neutral' || role === 'guard' || role === 'validator';
}

function ownHandler(walk: Walk, handler: Value, around: Around): HandlerFacts {
  switch (handler.t) {
    case 'function':
      return isolated(walk.run, () => runHandler(walk.run, handler, around.errors));
    case 'external':
      return isolated(walk.run, () => externalHandler(walk.run, handler, around.errors));
    default:
      return unreadHandler(handler, around);
  }
}

function unreadHandler(handler: Value, around: Around): HandlerFacts {
  const at = placeOf(handler) ?? around.path.at(-1)?.at ?? { file: '' as Span['file'], start: 0, end: 0 };
  const reason: UnknownReason =
    handler.t === 'unknown' ? handler.reason : { why: 'dynamic', what: 'handler', at };
  return unread(reason, at);
}

function unread(reason: UnknownReason, at: Span): HandlerFacts {
  const empty = {
    inputs: [],
    bodyFields: [],
    bodyMediaTypes: [],
    outputs: [],
    errors: [],
    passed: [],
    forwarded: [],
  };
  return {
    exchange: {
      ...empty,
      home: undefined,
      bodyAt: undefined,
      bodyOpen: true,
      inputGaps: [reason],
      bodyGaps: [reason],
      outputGaps: [reason],
      status: { value: undefined },
      mediaType: { value: undefined },
    },
    name: 'handler',
    at,
    passes: true,
    gap: reason,
  };
}

function operationOf(
  node: RouterNode,
  layer: RouteLayer,
  around: Around,
  route: RoutePath,
  path: Path,
  variants: readonly Path[],
  facts: readonly HandlerFacts[],
  handlers: readonly Value[],
): CodeOperation {
  const at = registrationPlace(layer, route);
  const shared = [
    ...inFrontOf(around.before, { ...route, parsed: { kind: 'path', path, variants: [] } }),
    ...paramNames(path).flatMap((name) => around.params.get(name) ?? []),
  ];
  const parts = operationParts(shared, facts, paramNames(path), at);
  const last = handlers.at(-1);
  const place = last && placeOf(last);
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
      ...(last && place && { handler: { name: nameOf(last), at: place } }),
      ...(route.unknownPrefix && { unknownPrefix: route.unknownPrefix }),
      ...(route.base !== undefined && { base: route.base }),
      ...(condition && { conditional: condition }),
    },
  };
}

/** The call that registers, unless its path is written elsewhere (a table of routes): then there. */
function registrationPlace(layer: RouteLayer, route: RoutePath): Span {
  const { at } = route;
  const own = layer.path.t === 'text' ? layer.path.at : undefined;
  if (
    !own ||
    !at ||
    (own.file === layer.call.file && own.start >= layer.call.start && own.end <= layer.call.end)
  )
    return layer.at;
  return own;
}

function groupOf(node: RouterNode, around: Around): Group {
  const prefix = formsOf(around.mount.parsed)[0];
  return {
    id: `${node.at.file}:${node.at.start}:${prefix ? shapeKey(prefix) : ''}`,
    title: prefix && prefix.length > 0 ? `router ${formatPath(prefix)}` : 'application',
    at: node.at,
  };
}
