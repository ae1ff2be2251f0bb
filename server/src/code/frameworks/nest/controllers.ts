/** The routes that a controller class declares. */

import type { Func, Member } from '../../program/program.ts';
import { keyText } from '../../evaluate/class-members.ts';
import type { Run } from '../../evaluate/run.ts';
import { text, type ClassValue, type Value } from '../../evaluate/values.ts';
import { classUses, decoratorUses, option, type DecoratorUse } from '../classes/decorators.ts';
import { crudRoutes } from './crud.ts';
import { findUse, isNest } from './decorators.ts';
import type { NestWorld } from './world.ts';

export type Method = Member & { readonly fn: Func };

/** A route whose handler a package makes. */
export interface MadeRoute {
  /** The registered class. */
  readonly cls: ClassValue;
  readonly name: string;
  /** Upper case; `ALL` for every method. */
  readonly method: string;
  readonly path: Value | undefined;
  readonly use: DecoratorUse;
  readonly uses: readonly DecoratorUse[];
}

export interface ControllerRoute extends MadeRoute {
  /** The class that has the method: the registered one or one that it extends. */
  readonly home: ClassValue;
  readonly member: Method;
  readonly sse: boolean;
}

export interface ControllerFacts {
  readonly path: Value | undefined;
  readonly version: Value | undefined;
  readonly uses: readonly DecoratorUse[];
  readonly routes: readonly (ControllerRoute | MadeRoute)[];
  /** Decorators that add routes in ways that we do not read. */
  readonly unread: readonly DecoratorUse[];
}

const methods = new Set(
  'Get Post Put Delete Patch Options Head All Search Propfind Proppatch Mkcol Copy Move Lock Unlock'.split(
    ' ',
  ),
);

/** Decorators of packages that make routes out of a contract or a model. */
const generators = new Set([
  'Crud',
  'TsRestHandler',
  'TsRest',
  'JsonBaseController',
  'WebSocketRoute',
  'McpRoute',
]);

export function readController(run: Run, world: NestWorld, cls: ClassValue): ControllerFacts | undefined {
  const uses = classUses(run, world, cls);
  const controller = findUse(uses, 'Controller');
  if (!controller) return undefined;
  const [options] = controller.args;
  const isObject = options?.t === 'object';
  const members = methodsOf(run, world, cls);
  const made = new Map(
    uses.flatMap((use) => {
      const routes = crudRoutes(world, cls, use);
      return routes ? [[use, routes] as const] : [];
    }),
  );
  return {
    path: isObject ? option(options, 'path') : options,
    version: isObject ? option(options, 'version') : findUse(uses, 'Version')?.args[0],
    uses,
    routes: [...members.flatMap((member) => routeOf(cls, member)), ...[...made.values()].flat()],
    unread: [...uses, ...members.flatMap((member) => member.uses)].filter(
      (use) => generators.has(use.name) && !made.has(use),
    ),
  };
}

interface DecoratedMethod {
  readonly home: ClassValue;
  readonly member: Method;
  readonly name: string;
  readonly uses: readonly DecoratorUse[];
}

/** Nearest implementations only: a method that a subclass redefines without a decorator is no route any more. */
function methodsOf(run: Run, world: NestWorld, cls: ClassValue): readonly DecoratedMethod[] {
  const found = new Map<string, DecoratedMethod>();
  for (let current: Value | undefined = cls; current?.t === 'class'; current = current.parent) {
    const home: ClassValue = current;
    for (const member of home.decl.members) {
      if (member.k !== 'method' || member.static || member.overload) continue;
      const name = keyText(run, member.key, home.scope);
      if (name === undefined || found.has(name)) continue;
      found.set(name, { home, member, name, uses: decoratorUses(run, world, member.decorators, home.scope) });
    }
  }
  return [...found.values()];
}

function routeOf(cls: ClassValue, { home, member, name, uses }: DecoratedMethod): readonly ControllerRoute[] {
  for (const use of uses) {
    const read = readRoute(use);
    if (read) return [{ cls, home, member, name, use, uses, ...read }];
  }
  return [];
}

function readRoute(use: DecoratorUse): Pick<ControllerRoute, 'method' | 'path' | 'sse'> | undefined {
  const [first] = use.args;
  const nestia =
    use.module === '@nestia/core' ? /^(?:TypedRoute|EncryptedRoute)\.(\w+)$/.exec(use.name)?.[1] : undefined;
  if (nestia !== undefined && methods.has(nestia))
    return { method: nestia.toUpperCase(), path: first, sse: false };
  if (use.module !== '@nestjs/common') return undefined;
  if (methods.has(use.name)) return { method: use.name.toUpperCase(), path: first, sse: false };
  if (use.name === 'QueryMethod') return { method: 'QUERY', path: first, sse: false };
  if (use.name === 'Sse') return { method: 'GET', path: first, sse: true };
  if (use.name !== 'RequestMapping') return undefined;
  const method = option(first, 'method');
  const name = method?.t === 'external' ? (method.path.at(-1) ?? 'GET') : 'GET';
  return { method: name, path: option(first, 'path') ?? text('', use.at), sse: false };
}

export function isHidden(
  uses: readonly DecoratorUse[],
  classLevel: readonly DecoratorUse[],
): string | undefined {
  const own = uses.find((use) => isNest(use, 'ApiExcludeEndpoint') && !isFalse(use.args[0]));
  if (own) return '@ApiExcludeEndpoint()';
  if (uses.some((use) => isNest(use, 'ApiIncludeEndpoint') || isNest(use, 'ApiExcludeEndpoint')))
    return undefined;
  return classLevel.some((use) => isNest(use, 'ApiExcludeController') && !isFalse(use.args[0]))
    ? '@ApiExcludeController()'
    : undefined;
}

function isFalse(value: Value | undefined): boolean {
  return value?.t === 'boolean' && !value.value;
}
