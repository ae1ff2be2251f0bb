/** Walks the tree of routers from its roots and gives every route with its full path and everything in front of it. */

import type { Run } from '../../evaluate/run.ts';
import { remember } from '../../evaluate/memory.ts';
import type { PathSyntax } from '../../paths/parsed-path.ts';
import { externalHandler, isErrorHandler, type HandlerFacts, runMiddleware } from '../http/handlers.ts';
import { below, linked, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import { asConfigured } from '../http/security-names.ts';
import { withHandedOn } from './handed-on.ts';
import type { InFront } from './in-front.ts';
import { coversAll, isInFront, markOpaque, routersIn, serves } from './mounts.ts';
import { registrationOf } from './registrars.ts';
import { routerOf, type RouteLayer, type RouterNode, type UseLayer } from './router.ts';
import { addRoute, countListed, countWritten } from './routes.ts';
import { answersItself, errorHandlers, ownHandler, paramCallbacks } from './walk-handlers.ts';
import {
  flatten,
  type Around,
  type ExpressResult,
  type Registration,
  type RoutersResult,
  type Walk,
} from './walk.ts';

/** Deeper nesting of routers than any real tree has; a cycle is cut earlier. */
const depthLimit = 24;

/** `read` are the packages that register routes of their own which somebody else reads. */
export function walkRouters(
  run: Run,
  routers: readonly RouterNode[],
  syntax: PathSyntax,
  read: ReadonlySet<string> = new Set(),
): RoutersResult {
  const result: ExpressResult = { operations: [], detached: [], opaque: [], gaps: [] };
  const registrations: Registration[] = [];
  const mounted = new Set<RouterNode>();
  const [listed, written] = [countListed(routers), countWritten(routers)];
  const walk: Walk = {
    run,
    result,
    syntax,
    detached: false,
    listed,
    written,
    read,
    registrations,
    placed: new Map(),
    passing: new Set(),
    reaches: [],
  };
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
  for (const root of roots) walkRouter({ ...walk, syntax: syntaxOf(root, syntax) }, root, around(), seen);
  for (const node of routers) {
    if (seen.has(node) || node.layers.length === 0) continue;
    // An application stands at the root; who mounts a router, nobody knows.
    const mount = remember(run, node, ['unmounted'], (): RoutePath => ({
      ...rootPath,
      ...(node.kind === 'router' && {
        unknownPrefix: { why: 'unresolved', symbol: 'who mounts this router', at: node.at },
      }),
    }));
    walkRouter({ ...walk, detached: true }, node, { ...around(), mount }, seen);
  }
  return { ...result, operations: [...withHandedOn(result.operations, walk.passing)], registrations };
}

/** A package named after its version says which paths it takes, whatever else is declared. */
function syntaxOf({ module }: RouterNode, declared: PathSyntax): PathSyntax {
  const version = /^express-?([45])$/.exec(module)?.[1];
  return version === undefined ? declared : version === '4' ? 'express-4' : 'express-5';
}

function collectMounted(node: RouterNode, mounted: Set<RouterNode>): void {
  for (const layer of node.layers) {
    if (layer.kind === 'param') continue;
    for (const handler of flatten(layer.handlers))
      for (const inner of layer.kind === 'use' ? routersIn(handler) : [routerOf(handler)])
        if (inner && inner !== node) mounted.add(inner);
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
    if (layer.kind === 'route') {
      enterRouters(walk, layer, here, seen);
      before = [...before, ...addRoute(walk, node, layer, here)];
    } else if (layer.kind === 'use') before = [...before, ...addUse(walk, node, layer, here, seen)];
  }
}

/** Walks the routers that are handlers of a route, each behind the handlers in front of it. */
function enterRouters(walk: Walk, layer: RouteLayer, around: Around, seen: Set<RouterNode>): void {
  const handlers = flatten(layer.handlers);
  if (!handlers.some(routerOf)) return;
  const paths = readPaths(layer.path, walk.syntax, 'route').map((path) =>
    below(around.mount, linked(path, layer.at)),
  );
  const inside: Walk = { ...walk, reaches: [...walk.reaches, { method: layer.method, paths }] };
  const before = [...around.before];
  for (const handler of handlers) {
    const inner = routerOf(handler);
    if (inner) walkRouter(inside, inner, { ...around, before: [...before] }, seen);
    else before.push({ facts: asConfigured(walk.run, ownHandler(walk, handler, around)) });
  }
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
  const pass = (facts: HandlerFacts): void => void passed.push({ facts: asConfigured(walk.run, facts) });
  const mounts = remember(walk.run, layer, ['mounts', walk.syntax, around.mount], () =>
    readPaths(layer.path, walk.syntax, 'mount').map((path) =>
      below(around.mount, layer.path === undefined ? path : linked(path, layer.at)),
    ),
  );
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
      const facts = runMiddleware(walk.run, handler, around.errors);
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
      if (walk.read.has(handler.module)) {
        const { before, errors } = around;
        walk.registrations.push({ value: handler, mounts, before: [...before, ...passed], errors });
        continue;
      }
      if (serves(handler))
        markOpaque(
          walk,
          mounts,
          { why: 'unsupported', construct: `what ${handler.module} answers by itself`, at: layer.at },
          layer,
        );
      else {
        const facts = remember(walk.run, handler, ['middleware', ...around.errors], () =>
          externalHandler(walk.run, handler, around.errors),
        );
        pass(facts);
        if (handler === last && facts.gap && !isInFront(node, layer, walk.syntax))
          markOpaque(walk, mounts, facts.gap, layer);
      }
    } else if (handler.t === 'unknown') {
      markOpaque(walk, mounts, handler.reason, layer);
      pass(ownHandler(walk, handler, around));
    } else if (handler.t === 'object' && layer.path !== undefined) {
      markOpaque(walk, mounts, { why: 'unsupported', construct: 'mounted object', at: layer.at }, layer);
    }
  }
  return coversAll(layer) ? passed : passed.map((one) => ({ ...one, covers: mounts }));
}
