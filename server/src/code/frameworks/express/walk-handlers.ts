/** Handlers where they stand in the tree: evaluated once, and told apart by what they do with a request. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { remember } from '../../evaluate/memory.ts';
import { isolated } from '../../evaluate/run.ts';
import { placeOf, type FunctionValue, type Value } from '../../evaluate/values.ts';
import { createExchange } from '../http/exchange.ts';
import { externalHandler, isErrorHandler, runHandler, type HandlerFacts } from '../http/handlers.ts';
import { roleOf } from '../http/packages.ts';
import { redirects } from '../http/strategies.ts';
import type { Layer, RouterNode } from './router.ts';
import { flatten, type Around, type Walk } from './walk.ts';

export function paramCallbacks(
  walk: Walk,
  node: RouterNode,
  around: Around,
): ReadonlyMap<string, HandlerFacts> {
  const found = new Map<string, HandlerFacts>();
  for (const layer of node.layers) {
    const [handler] = layer.handlers;
    if (layer.kind !== 'param' || handler?.t !== 'function') continue;
    const facts = remember(walk.run, handler, ['param', ...around.errors], () =>
      isolated(walk.run, () => runHandler(walk.run, handler, around.errors, 'param')),
    );
    for (const name of layer.names) found.set(name, facts);
  }
  return found;
}

export function errorHandlers(layers: readonly Layer[]): readonly FunctionValue[] {
  return layers.flatMap((layer) =>
    layer.kind === 'use'
      ? flatten(layer.handlers).filter(
          (value): value is FunctionValue => value.t === 'function' && isErrorHandler(value),
        )
      : [],
  );
}

export function ownHandler(walk: Walk, handler: Value, around: Around): HandlerFacts {
  const { run } = walk;
  const { errors } = around;
  const once = (work: () => HandlerFacts): HandlerFacts =>
    remember(run, handler, ['own', ...errors], () => isolated(run, work));
  switch (handler.t) {
    case 'function':
      return once(() => runHandler(run, handler, errors));
    case 'external':
      return once(() => externalHandler(run, handler, errors));
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
  return {
    exchange: {
      ...createExchange(),
      bodyOpen: true,
      inputGaps: [reason],
      bodyGaps: [reason],
      outputGaps: [reason],
    },
    name: 'handler',
    at,
    passes: true,
    gap: reason,
  };
}

/** It answers what comes, and hands nothing on. */
export function answersItself({ exchange, passes }: HandlerFacts): boolean {
  return (
    !passes &&
    exchange.forwarded.length === 0 &&
    (exchange.outputGaps.length > 0 ||
      exchange.outputs.some(({ status }) => status !== undefined && status < 400))
  );
}

/** `all('/admin/*', login)`, `route('/x').get(one).all(notAllowed)`: no operation, but what stands in front or behind. */
export function refusesOrPasses({ exchange, gap, guard, passes }: HandlerFacts): boolean {
  if (exchange.outputs.some(({ status }) => status === undefined || status < 400)) return false;
  if (passes) return guard !== undefined || (!gap && exchange.outputGaps.length === 0);
  return (
    exchange.outputGaps.length === 0 &&
    exchange.outputs.length > 0 &&
    exchange.outputs.every(({ status }) => status === 404 || status === 405 || status === 501)
  );
}

/** A route whose handlers only hand on (a cache, a logger for some paths) is a middleware. */
export function onlyPasses({ exchange, passes, gap }: HandlerFacts): boolean {
  return passes && !gap && exchange.outputs.length === 0 && exchange.outputGaps.length === 0;
}

/**
 * They answer with pages of a front end alone: no operation of an API, though a spec may still mean it. A handler in
 * front that shows a page to people who are not logged in makes none of it.
 */
export function isPage(handlers: readonly HandlerFacts[]): boolean {
  const answers = handlers.flatMap(({ exchange }) =>
    exchange.outputs.filter(({ status }) => status !== undefined && status < 300),
  );
  return answers.length > 0 && answers.every(({ page }) => page === true);
}

export function isMiddleware(value: Extract<Value, { t: 'external' }>): boolean {
  const role = roleOf(value.module, value.path);
  if (redirects(value)) return false;
  return role === 'limit' || role === 'neutral' || role === 'guard' || role === 'validator';
}
