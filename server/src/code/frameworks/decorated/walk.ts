/** Controllers made by decorators of packages on top of Express, and every route of theirs with its full path. */

import { known } from '../../../contract/knowledge.ts';
import type { CodeOperation } from '../../../contract/operation.ts';
import { formatPath, paramNames, shapeKey } from '../../../contract/path.ts';
import { noteFile, remember } from '../../evaluate/memory.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { text, type Value } from '../../evaluate/values.ts';
import { formsOf } from '../../paths/parsed-path.ts';
import { allowController, operationIdOf } from '../classes/decorators.ts';
import { inFrontOf } from '../express/in-front.ts';
import type { RoutersResult } from '../express/walk.ts';
import { below, linked, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import { appsOf, type DecoratedApp } from './app.ts';
import { readMethod, type ReadMethod } from './handler.ts';
import type { DecoratedWorld } from './model.ts';
import type { DecoratorPackage } from './packages.ts';
import { controllersOf, findUse, placeOfClass, usesOf, type Controller } from './uses.ts';

/** Packages that have controllers: what they register is read here, and is no area that nobody knows. */
export function decoratedPackages(run: Run, world: DecoratedWorld): ReadonlySet<string> {
  return new Set(controllersOf(run, world).flatMap((controller) => controller.package.modules));
}

/** `routed`: what the routers of Express serve, and where they have what registers the controllers. */
export function walkDecorated(
  run: Run,
  world: DecoratedWorld,
  { registrations, operations: routed }: RoutersResult,
): readonly CodeOperation[] {
  const apps = new Map<DecoratorPackage, readonly DecoratedApp[]>();
  const found = controllersOf(run, world).flatMap((controller) => {
    const { package: from, use } = controller;
    const mine = apps.get(from) ?? appsOf(run, world, from, registrations, use.at);
    apps.set(from, mine);
    return methodsOf(run, world, controller).flatMap((method) =>
      mine.flatMap((app) => operationsOf(run, world, method, app)),
    );
  });
  // Nobody registers them, and routers serve the same: their decorators only document it.
  return found.filter(
    ({ key, origin }) => !origin.unknownPrefix || !routed.some((one) => endsWith(one, key)),
  );
}

function endsWith({ key }: CodeOperation, { method, path }: CodeOperation['key']): boolean {
  return key.method === method && shapeKey(key.path).endsWith(shapeKey(path));
}

function methodsOf(run: Run, world: DecoratedWorld, controller: Controller): readonly ReadMethod[] {
  const { cls, package: from } = controller;
  allowController(run);
  return cls.decl.members.flatMap((member) => {
    if (member.k !== 'method' || member.overload || typeof member.key !== 'string') return [];
    const uses = usesOf(run, world, member.decorators, cls.scope);
    const name = member.key;
    return uses.flatMap((use) =>
      from.modules.includes(use.module) && use.name in from.methods
        ? [{ controller, member, name, use, uses }]
        : [],
    );
  });
}

function operationsOf(
  run: Run,
  world: DecoratedWorld,
  method: ReadMethod,
  app: DecoratedApp,
): readonly CodeOperation[] {
  const { controller, use, member, name, uses } = method;
  const { package: from, cls } = controller;
  const named = from.methods[use.name] === '*';
  const [first, second] = use.args;
  const verb = named ? first && fixedText(first)?.toUpperCase() : from.methods[use.name];
  if (verb === undefined) return [];
  const facts = remember(run, member, ['decorated', cls, use.at.start, ...app.errors], () => {
    // Its decorators are read without being called.
    noteFile(run, cls.scope.file);
    return isolated(run, () => readMethod(run, world, app, method));
  });
  const mounts = pathsOf(from.braces, controller.use.args[0], 'mount').flatMap((path) =>
    app.mounts.map((mount) => below(mount, linked(path, controller.use.at))),
  );
  const all = [...controller.uses, ...uses];
  const hidden = findUse(from, all, from.hidden);
  const deprecated = findUse(from, all, from.deprecated);
  const operationId = operationIdOf(uses);
  const { at } = use;
  const routes = mounts.flatMap((mount) =>
    pathsOf(from.braces, named ? second : first, 'route').map((path) => below(mount, linked(path, at))),
  );
  return routes.flatMap((route): readonly CodeOperation[] => {
    const [path, ...variants] = formsOf(route.parsed);
    if (!path) return [];
    const before = inFrontOf(app.before, { ...route, parsed: { kind: 'path', path, variants: [] } });
    return [
      {
        key: { protocol: 'http', method: verb, path, variants },
        at,
        title: `${verb} ${formatPath(path)}`,
        ...facts.parts(before, paramNames(path), at),
        deprecated: deprecated ? known(true, 'declared', deprecated.at) : known(false, 'guessed', at),
        origin: {
          side: 'code',
          framework: from.modules[0] ?? 'decorated',
          group: {
            id: `${cls.at.file}:${cls.at.start}`,
            title: cls.decl.name ?? 'controller',
            at: placeOfClass(controller),
          },
          handler: {
            name: `${cls.decl.name ?? 'Controller'}.${name}`,
            at: { file: cls.scope.file, start: member.ns, end: member.ne },
          },
          ...(operationId && { operationId }),
          ...(route.unknownPrefix && { unknownPrefix: route.unknownPrefix }),
          ...(route.base !== undefined && { base: route.base }),
          ...(route.chain && { chain: route.chain }),
          ...(hidden && { hidden: `@${hidden.name}()` }),
        },
      },
    ];
  });
}

/** A path, or none: `@Get()`. tsoa writes parameters as OpenAPI does, and slashes as it pleases. */
function pathsOf(braces: boolean, value: Value | undefined, use: 'route' | 'mount'): readonly RoutePath[] {
  if (!value || (value.t === 'object' && !value.cls)) return [rootPath];
  return alternatives(value).flatMap((one) => {
    const fixed = fixedText(one);
    if (fixed === undefined || one.t !== 'text') return readPaths(one, 'express-4', use);
    const written = braces ? fixed.replace(/\{(\w+)\}/g, ':$1') : fixed;
    return readPaths(text(`/${written.replace(/^\/+/, '')}`, one.at), 'express-4', use);
  });
}
