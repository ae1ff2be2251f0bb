/** Walks applications, modules and controllers, and gives every route with its full path. */

import { known, type UnknownReason } from '../../../contract/knowledge.ts';
import type { CodeOperation, Group, OpaqueArea } from '../../../contract/operation.ts';
import { formatPath, isRest, paramNames, shapeKey, type Path } from '../../../contract/path.ts';
import type { Span } from '../../../contract/span.ts';
import { formsOf } from '../../paths/parsed-path.ts';
import { nestSyntax } from '../../paths/route-path.ts';
import { majorOf } from '../../resolve/packages.ts';
import { decoratedClasses } from '../../evaluate/classes.ts';
import { noteFile, remember } from '../../evaluate/memory.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { text, type ClassValue, type Value } from '../../evaluate/values.ts';
import { below, rootPath, type RoutePath } from '../http/route-path.ts';
import type { ExpressResult } from '../express/walk.ts';
import { servingApps } from './app.ts';
import {
  isHidden,
  readController,
  type ControllerFacts,
  type ControllerRoute,
  type MadeRoute,
} from './controllers.ts';
import { allowController, operationIdOf, option } from '../classes/decorators.ts';
import { findUse } from './decorators.ts';
import { readHandler, readMade, type RouteFacts } from './handler.ts';
import { fullPaths, globalPrefix, pathsOf, type PathRules } from './paths.ts';
import type { NestApp, NestWorld } from './world.ts';

interface Walk {
  readonly run: Run;
  readonly world: NestWorld;
  readonly result: ExpressResult;
  readonly rules: PathRules;
  readonly app: NestApp | undefined;
  readonly seen: Set<string>;
}

export function walkNest(run: Run, world: NestWorld, root: string): ExpressResult {
  const result: ExpressResult = { operations: [], detached: [], opaque: [], gaps: [] };
  const range = run.project.packages.declared(root, '@nestjs/core')?.range;
  const major = range === undefined ? undefined : majorOf(range);
  const seen = new Set<string>();
  const registered = new Set<ClassValue>();
  for (const app of servingApps(world.apps)) {
    const rules: PathRules = {
      syntax: app.adapter === 'fastify' ? 'fastify' : nestSyntax(major),
      convertsWildcards: major === undefined || major >= 11,
    };
    walkApp({ run, world, result, rules, app, seen }, registered);
  }
  const rules: PathRules = {
    syntax: nestSyntax(major),
    convertsWildcards: major === undefined || major >= 11,
  };
  // Controllers that no module names.
  for (const cls of decoratedClasses(run)) {
    if (registered.has(cls) || isServedByNone(world, cls)) continue;
    walkController({ run, world, result, rules, app: undefined, seen: new Set() }, cls, undefined, undefined);
  }
  return result;
}

/** Were all modules of all applications read? Then a controller that neither they nor libraries got is served by none. */
function isServedByNone({ apps }: NestWorld, cls: ClassValue): boolean {
  const serving = servingApps(apps);
  return (
    serving.length > 0 && serving.every(({ graph }) => graph.gaps.length === 0 && !graph.handed.has(cls))
  );
}

function walkApp(walk: Walk, registered: Set<ClassValue>): void {
  const { app, result, rules } = walk;
  if (!app) return;
  const { graph } = app;
  result.gaps.push(...graph.gaps);
  for (const { path, construct, at, prefixed } of [
    ...graph.libraries,
    ...app.served.map((one) => ({ ...one, prefixed: false })),
  ]) {
    const front = prefixed ? globalPrefix(app, rules) : rootPath;
    for (const area of pathsOf(path, rules, 'mount'))
      addOpaque(result, below(front, area), { why: 'unsupported', construct, at });
  }
  for (const module of graph.modules.values()) {
    const prefixes = graph.prefixes.filter(({ cls }) => cls === module.cls).map(({ path }) => path);
    for (const { cls, conditional } of module.controllers) {
      registered.add(cls);
      for (const prefix of prefixes.length > 0 ? prefixes : [undefined])
        walkController(walk, cls, prefix, conditional);
    }
  }
}

function addOpaque(result: ExpressResult, path: RoutePath, reason: UnknownReason): void {
  for (const prefix of formsOf(path.parsed))
    result.opaque.push({ prefix, anywhere: path.unknownPrefix !== undefined, reason } satisfies OpaqueArea);
}

function walkController(
  walk: Walk,
  cls: ClassValue,
  modulePath: Value | undefined,
  conditional: Span | undefined,
): void {
  const { run, world, result } = walk;
  allowController(run);
  const controller = remember(run, cls, ['controller'], () => {
    // Its members are read without being called.
    noteFile(run, cls.scope.file);
    return readController(run, world, cls);
  });
  if (!controller) return;
  for (const use of controller.unread) {
    const address = {
      app: walk.app,
      modulePath,
      controllerPath: controller.path,
      methodPath: undefined,
      version: controller.version,
      method: 'ALL',
    };
    for (const path of fullPaths(address, walk.rules))
      addOpaque(result, path, { why: 'unsupported', construct: `@${use.name}()`, at: use.at });
  }
  for (const route of controller.routes) addRoute(walk, controller, route, modulePath, conditional);
}

function addRoute(
  walk: Walk,
  controller: ControllerFacts,
  route: ControllerRoute | MadeRoute,
  modulePath: Value | undefined,
  conditional: Span | undefined,
): void {
  const { run, world, result, app, rules, seen } = walk;
  const version = findUse(route.uses, 'Version')?.args[0] ?? controller.version;
  const paths = fullPaths(
    {
      app,
      modulePath,
      controllerPath: controller.path ?? text('', route.use.at),
      methodPath: route.path ?? text('', route.use.at),
      version,
      method: route.method,
      controllerAt: findUse(controller.uses, 'Controller')?.at,
      methodAt: route.use.at,
    },
    rules,
  );
  let facts: RouteFacts | undefined;
  for (const path of paths) {
    if (path.parsed.kind === 'pattern') {
      const reason: UnknownReason = { why: 'unsupported', construct: path.parsed.why, at: route.use.at };
      result.opaque.push({
        prefix: path.parsed.under ?? [],
        ...(route.method !== 'ALL' && { method: route.method }),
        anywhere: path.unknownPrefix !== undefined || !app,
        reason,
      });
      result.gaps.push(reason);
      continue;
    }
    if (isFallback(route, path.parsed.path)) continue;
    const key = `${route.method} ${shapeKey(path.parsed.path)} ${route.cls.at.file}:${route.cls.at.start}.${route.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    facts ??= remember(run, route, [app], () =>
      isolated(run, () =>
        'member' in route
          ? readHandler(run, world, app, route, controller.uses)
          : readMade(run, world, app, route, controller.uses),
      ),
    );
    const operation = operationOf(
      controller,
      route,
      facts,
      path,
      path.parsed.path,
      path.parsed.variants,
      conditional,
    );
    if (app) result.operations.push(operation);
    else
      result.detached.push({
        ...operation,
        origin: {
          ...operation.origin,
          unknownPrefix: {
            why: 'unresolved',
            symbol: 'module that registers this controller',
            at: route.cls.at,
          },
        },
      });
  }
}

/** `@Get('*')` of a controller at the root answers what nothing else does: a page of the front end, no operation. */
function isFallback(route: MadeRoute, path: Path): boolean {
  const last = path.at(-1);
  return (
    last !== undefined &&
    isRest(last) &&
    path.length === 1 &&
    (route.method === 'ALL' || route.method === 'GET' || route.method === 'OPTIONS')
  );
}

function operationOf(
  controller: ControllerFacts,
  route: MadeRoute,
  facts: RouteFacts,
  full: RoutePath,
  path: Path,
  variants: readonly Path[],
  conditional: Span | undefined,
): CodeOperation {
  const { at } = route.use;
  const hidden = isHidden(route.uses, controller.uses);
  const operationId = operationIdOf(route.uses);
  const deprecated = route.uses.find(({ name, args }) => {
    const value = name === 'ApiOperation' ? option(args[0], 'deprecated') : undefined;
    return value?.t === 'boolean' && value.value;
  });
  return {
    key: { protocol: 'http', method: route.method, path, variants },
    at,
    title: `${route.method} ${formatPath(path)}`,
    ...facts.parts(paramNames(path), at),
    deprecated: deprecated ? known(true, 'declared', deprecated.at) : known(false, 'guessed', at),
    origin: {
      side: 'code',
      framework: 'nest',
      group: groupOf(route.cls),
      handler: { name: `${route.cls.decl.name ?? 'Controller'}.${route.name}`, at: facts.handlerAt },
      ...(operationId && { operationId }),
      ...(full.unknownPrefix && { unknownPrefix: full.unknownPrefix }),
      ...(full.base !== undefined && { base: full.base }),
      ...(full.chain && { chain: full.chain }),
      ...(conditional && { conditional }),
      ...(hidden !== undefined && { hidden }),
    },
  };
}

function groupOf(cls: ClassValue): Group {
  return { id: `${cls.at.file}:${cls.at.start}`, title: cls.decl.name ?? 'controller', at: cls.at };
}
