/** Operations of a specification as routes of a router. */

import type { Span } from '../../../../contract/span.ts';
import type { Run } from '../../../evaluate/run.ts';
import { union } from '../../../evaluate/alternatives.ts';
import { text, type ExternalValue, type Site, type Value } from '../../../evaluate/values.ts';
import { documentBehind } from '../../http/documents.ts';
import {
  createRouter,
  routerOf,
  type ExpressWorld,
  type RouteLayer,
  type RouterNode,
  type UseLayer,
} from '../router.ts';
import type { Lookup } from './handlers.ts';
import { boundSpec, placeOfHandler } from './operations.ts';

/** What a package does with a call of one of its functions. */
export type Registrar = (
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
) => Value | undefined;

/** Registers every operation that has a handler; false where some could not be read. */
export function bind(
  run: Run,
  node: RouterNode,
  spec: Value | undefined,
  lookup: Lookup,
  based: 'all' | 'first' | 'none',
  site: Site,
  reach?: RouteLayer['reach'],
): boolean {
  const whole = spec && documentBehind(run, spec, site);
  if (!whole) return false;
  const { operations, bases, open } = boundSpec(run, whole, site);
  const fronts = based === 'all' ? bases : [based === 'first' ? (bases[0] ?? '') : ''];
  let missing = false;
  for (const operation of operations) {
    const handler = lookup(operation);
    if (handler) addRoute(run, node, operation.method, fronts, operation.path, handler, site, reach);
    else missing = true;
  }
  return operations.length > 0 && !open && !missing;
}

export function addRoute(
  run: Run,
  node: RouterNode,
  method: string,
  fronts: readonly string[],
  path: string,
  handler: Value,
  site: Site,
  reach?: RouteLayer['reach'],
): void {
  const at = placeOfHandler(handler) ?? site.at;
  node.layers.push({
    kind: 'route',
    method,
    path: union(fronts.map((front) => text(`${front}${path}`, site.at))),
    handlers: [takesMore(handler) ? contextHandler(at) : handler],
    call: site.at,
    at,
    conditions: [...run.conditions],
    syntax: 'template',
    ...(reach && { reach }),
  });
}

/** `(req, res, next, petId)`: further arguments are inputs that the specification names, in its order. */
function takesMore(handler: Value): boolean {
  return handler.t === 'function' && handler.fn.params.length > 3;
}

/** A handler that is not given a request alone: what it reads of it is not known. */
export function contextHandler(at: Span): Value {
  return { t: 'unknown', reason: { why: 'unsupported', construct: 'a handler that is given a context', at } };
}

export function freshRouter(
  run: Run,
  world: ExpressWorld,
  kind: RouterNode['kind'],
  site: Site,
): { readonly value: Value; readonly node: RouterNode } {
  const value = createRouter(run, world, kind, site.at, 'express');
  const node = routerOf(value);
  if (!node) throw new Error('a router is a router');
  return { value, node };
}

/** What is left of a registration that was not read in full: an area below `/`. */
export function leaveOpen(run: Run, node: RouterNode, { module }: ExternalValue, site: Site): void {
  const at = site.name ?? site.at;
  const unread: Value = {
    t: 'unknown',
    reason: { why: 'unsupported', construct: `what ${module} answers by itself`, at },
  };
  node.layers.push(useOf(run, [unread], site, text('/', site.at)));
}

/** A layer in front of everything, or on a path. */
export function useOf(run: Run, handlers: readonly Value[], site: Site, path?: Value): UseLayer {
  return {
    kind: 'use',
    path,
    handlers,
    call: site.at,
    at: site.name ?? site.at,
    conditions: [...run.conditions],
  };
}
