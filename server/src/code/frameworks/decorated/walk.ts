/** Controllers made by decorators of packages on top of Express, and every route of theirs with its full path. */

import { known } from '../../../contract/knowledge.ts';
import type { CodeOperation } from '../../../contract/operation.ts';
import { formatPath, paramNames } from '../../../contract/path.ts';
import { noteFile, remember } from '../../evaluate/memory.ts';
import { isolated, type Run } from '../../evaluate/run.ts';
import { alternatives, fixedText, text, type ExternalValue, type Value } from '../../evaluate/values.ts';
import { formsOf } from '../../paths/parsed-path.ts';
import type { RouterNode } from '../express/router.ts';
import { operationParts } from '../http/operation.ts';
import { below, linked, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import { inFrontOfMethod, readMethod, type ReadMethod } from './handler.ts';
import { controllersOf, usesOf, type Controller } from './uses.ts';

export interface DecoratedResult {
  readonly operations: readonly CodeOperation[];
  /** Packages whose controllers were read: what they register is no area that nobody knows. */
  readonly read: ReadonlySet<string>;
}

/** `routers` are those of Express: among what is registered on them stands what registers the controllers. */
export function walkDecorated(run: Run, routers: readonly RouterNode[]): DecoratedResult {
  const operations: CodeOperation[] = [];
  const read = new Set<string>();
  for (const controller of controllersOf(run)) {
    for (const module of controller.package.modules) read.add(module);
    const fronts = prefixesOf(controller, routers);
    for (const method of methodsOf(run, controller)) {
      for (const front of fronts) operations.push(...operationsOf(run, method, front));
    }
  }
  return { operations, read };
}

function methodsOf(run: Run, controller: Controller): readonly ReadMethod[] {
  const { cls, package: from } = controller;
  return cls.decl.members.flatMap((member) => {
    if (member.k !== 'method' || member.overload || typeof member.key !== 'string') return [];
    const uses = usesOf(run, member.decorators, cls.scope);
    const name = member.key;
    return uses.flatMap((use) =>
      from.modules.includes(use.value.module) && use.name in from.methods
        ? [{ controller, member, name, use, uses }]
        : [],
    );
  });
}

/** `createExpressServer({ routePrefix: '/api' })`, `new InversifyExpressServer(container, null, { rootPath })`. */
function prefixesOf(
  { package: from, use: { at } }: Controller,
  routers: readonly RouterNode[],
): readonly RoutePath[] {
  const { prefix } = from;
  const registrations = routers
    .flatMap(({ layers }) => layers)
    .flatMap(({ handlers }) => handlers)
    .flatMap((handler) =>
      handler.t === 'external' && from.modules.includes(handler.module) ? calls(handler) : [],
    );
  if (prefix !== undefined && registrations.length === 0)
    return [
      { ...rootPath, unknownPrefix: { why: 'unresolved', symbol: 'what registers the controllers', at } },
    ];
  const found = registrations
    .flatMap(({ args = [] }) => args)
    .flatMap((arg) =>
      prefix !== undefined && arg.t === 'object' ? (arg.props.get(prefix)?.value ?? []) : [],
    );
  return found.length === 0 ? [rootPath] : found.flatMap((one) => readPaths(one, 'express-4', 'mount'));
}

/** A call and those that it was made on: `new Server(…).setConfig(…).build()`. */
function calls(value: ExternalValue): readonly ExternalValue[] {
  return value.on ? [value, ...calls(value.on)] : [value];
}

function operationsOf(run: Run, method: ReadMethod, front: RoutePath): readonly CodeOperation[] {
  const { controller, use, member, name, uses } = method;
  const { package: from, cls } = controller;
  const named = from.methods[use.name] === '*';
  const [first, second] = use.value.args ?? [];
  const verb = named ? first && fixedText(first)?.toUpperCase() : from.methods[use.name];
  if (verb === undefined) return [];
  const { own: facts, shared } = remember(run, member, ['decorated', cls], () => {
    // Its decorators are read without being called.
    noteFile(run, cls.scope.file);
    return isolated(run, () => ({ own: readMethod(run, method), shared: inFrontOfMethod(run, method) }));
  });
  const mounts = pathsOf(from.braces, controller.use.value.args?.[0], 'mount').map((path) =>
    below(front, linked(path, controller.use.at)),
  );
  const hidden = [...controller.uses, ...uses].some((one) => one.name === from.hidden);
  const at = use.at;
  return mounts.flatMap((mount) =>
    pathsOf(from.braces, named ? second : first, 'route')
      .map((path) => below(mount, linked(path, at)))
      .flatMap((route): readonly CodeOperation[] => {
        const [path, ...variants] = formsOf(route.parsed);
        if (!path) return [];
        return [
          {
            key: { protocol: 'http', method: verb, path, variants },
            at,
            title: `${verb} ${formatPath(path)}`,
            ...operationParts(shared, [facts], paramNames(path), at),
            deprecated: known(false, 'guessed', at),
            origin: {
              side: 'code',
              framework: from.modules[0] ?? 'decorated',
              group: {
                id: `${cls.at.file}:${cls.at.start}`,
                title: cls.decl.name ?? 'controller',
                at: { file: cls.scope.file, start: cls.decl.ns, end: cls.decl.ne },
              },
              handler: {
                name: `${cls.decl.name ?? 'Controller'}.${name}`,
                at: { file: cls.scope.file, start: member.ns, end: member.ne },
              },
              ...(route.unknownPrefix && { unknownPrefix: route.unknownPrefix }),
              ...(route.base !== undefined && { base: route.base }),
              ...(route.chain && { chain: route.chain }),
              ...(hidden && { hidden: `@${from.hidden ?? ''}()` }),
            },
          },
        ];
      }),
  );
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
