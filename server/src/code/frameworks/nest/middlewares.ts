/** Middlewares in front of controllers: `configure(consumer)` of a module, and `app.use()` at the start. */

import { remember } from '../../evaluate/memory.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { model, native, type ClassValue, type Value } from '../../evaluate/values.ts';
import { routerOf } from '../express/router.ts';
import { createExchange } from '../http/exchange.ts';
import { isErrorHandler, runHandler, runMiddleware, type HandlerFacts } from '../http/handlers.ts';
import type { NestApp } from './world.ts';

interface Applied {
  readonly middlewares: readonly Value[];
  /** For all routes, for those of some controllers, or for some that only their paths tell. */
  readonly covers: 'all' | 'some' | ReadonlySet<ClassValue>;
}

/** Those that a request to a route of this controller meets before any guard. */
export function middlewaresOf(
  run: Run,
  app: NestApp | undefined,
  controller: ClassValue,
): readonly HandlerFacts[] {
  if (!app) return [];
  const applied = remember(run, app, ['consumers'], () => isolated(run, () => consumed(run, app)));
  return [...started(run, app), ...applied.flatMap((one) => inFrontOf(run, one, controller))];
}

function inFrontOf(
  run: Run,
  { middlewares, covers }: Applied,
  controller: ClassValue,
): readonly HandlerFacts[] {
  if (typeof covers === 'object' && !covers.has(controller)) return [];
  const facts = middlewares.flatMap((one) => factsOf(run, one) ?? []);
  return covers === 'some' ? facts.flatMap(doubtful) : facts;
}

/** What `app.use()` puts in front of everything. What is no guard there is about something else than callers. */
function started(run: Run, { router }: NestApp): readonly HandlerFacts[] {
  const layers = (router && routerOf(router)?.layers) ?? [];
  return layers
    .filter((layer) => layer.kind === 'use' && layer.path === undefined)
    .flatMap(({ handlers }) => handlers)
    .flatMap((handler) => {
      const facts = handler.t === 'function' ? factsOf(run, handler) : undefined;
      return facts?.guard ? [facts] : [];
    });
}

/** Calls `configure(consumer)` of every module, with a consumer that remembers. */
function consumed(run: Run, app: NestApp): readonly Applied[] {
  const found: Applied[] = [];
  for (const { cls } of app.graph.modules.values()) {
    const site = { at: cls.at, file: cls.scope.file };
    if (!cls.decl.members.some((member) => member.k === 'method' && member.key === 'configure')) continue;
    const configure = instanceMember(run, cls, 'configure', singleton(run, cls, site), site);
    if (configure?.t === 'function') callFunction(run, configure, [consumerModel(found)], site);
  }
  return found;
}

function consumerModel(found: Applied[]): Value {
  const self: Value = model({
    kind: 'nest-consumer',
    get: (name) =>
      native(name, (middlewares) =>
        name === 'apply' ? proxyModel(self, middlewares.flatMap(listed), found) : self,
      ),
  });
  return self;
}

/** `apply(…)` gives what `exclude(…)` and `forRoutes(…)` are called on. */
function proxyModel(consumer: Value, middlewares: readonly Value[], found: Applied[]): Value {
  let excludes = false;
  const self: Value = model({
    kind: 'nest-middlewares',
    get: (name) =>
      native(name, (args) => {
        if (name === 'exclude') excludes = true;
        if (name !== 'forRoutes') return self;
        found.push({ middlewares, covers: excludes ? 'some' : covered(args.flatMap(listed)) });
        return consumer;
      }),
  });
  return self;
}

function covered(routes: readonly Value[]): Applied['covers'] {
  const texts = routes.map((route) =>
    fixedText(route.t === 'object' ? (route.props.get('path')?.value ?? route) : route),
  );
  const restricted = routes.some(
    (route) => route.t === 'object' && route.props.has('method') && !everyMethod(route),
  );
  if (
    !restricted &&
    texts.some((text) => text !== undefined && /^\/?\{?\/?\*\w*\}?$|^\(\.\*\)$|^\/$/.test(text))
  )
    return 'all';
  const classes = routes.filter((route): route is ClassValue => route.t === 'class');
  return classes.length === routes.length ? new Set(classes) : 'some';
}

function everyMethod(route: Extract<Value, { t: 'object' }>): boolean {
  const method = route.props.get('method')?.value;
  return method?.t === 'external' && method.path.at(-1) === 'ALL';
}

function listed(value: Value): readonly Value[] {
  return value.t === 'array' ? value.items.flatMap(listed) : alternatives(value);
}

/** Undefined for what is no function or class of the workspace: packages in front of Nest are about other things. */
function factsOf(run: Run, middleware: Value): HandlerFacts | undefined {
  if (middleware.t === 'function') {
    if (isErrorHandler(middleware)) return undefined;
    return runMiddleware(run, middleware, []);
  }
  if (middleware.t !== 'class') return undefined;
  return remember(run, middleware, ['middleware'], () =>
    isolated(run, () => {
      const site = { at: middleware.at, file: middleware.scope.file };
      const use = instanceMember(run, middleware, 'use', singleton(run, middleware, site), site);
      if (use?.t !== 'function') return undefined;
      return { ...runHandler(run, use, []), name: middleware.decl.name ?? 'middleware' };
    }),
  );
}

/** What is left of a middleware that may not apply: that it may refuse. */
function doubtful({ guard, exchange, name, at }: HandlerFacts): readonly HandlerFacts[] {
  if (!guard && exchange.outputs.length === 0) return [];
  const gap = { why: 'dynamic', what: `whether ${name} stands in front`, at } as const;
  return [{ exchange: { ...createExchange(), outputGaps: [gap] }, name, at, passes: true, gap }];
}
