/**
 * Packages that register the operations of a specification: the specification is the router, and what the program
 * gives is handlers, by operation id, by module or by file. What they register becomes routes like any other, as far
 * as specification and handlers can be read; an area that is not read otherwise.
 */

import { collection } from '../../../../contract/knowledge.ts';
import { entriesOf, getMember } from '../../../evaluate/members.ts';
import type { FrameworkModel, Run } from '../../../evaluate/run.ts';
import {
  arrayOf,
  native,
  objectOf,
  placeOf,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../../evaluate/values.ts';
import { documentBehind } from '../../http/documents.ts';
import { noteSpec } from '../../http/made-specs.ts';
import { routerOf, type ExpressWorld } from '../router.ts';
import { addRoute, bind, freshRouter, leaveOpen, useOf, type Registrar } from './bind.ts';
import { foldersOf, inFolders, inObject, routesInFolder, type FileRoute } from './handlers.ts';
import { createBackend } from './openapi-backend.ts';
import { boundSpec } from './operations.ts';
import { byResolver } from './resolvers.ts';
import { createRunner } from './swagger-node.ts';
import { expressAppConfig, initializeMiddleware } from './swagger-tools.ts';

const registrars: Readonly<Record<string, Registrar>> = {
  '@chezearth/swagger-node-runner': createRunner,
  '@targetprocess/swagger-tools': initializeMiddleware,
  'autodesk-forks-swagger-express-mw': createRunner,
  'autodesk-forks-swagger-node-runner': createRunner,
  'express-openapi': registerExpressOpenapi,
  'express-openapi-validator': installHandlers,
  'oas-tools': expressAppConfig,
  'oas3-tools': expressAppConfig,
  'openapi-backend': createBackend,
  'swagger-express-mw': createRunner,
  'swagger-node-runner': createRunner,
  'swagger-routes-express': connect,
  'swagger-tools': initializeMiddleware,
};

export function specFirstModel(world: ExpressWorld): FrameworkModel {
  return {
    packages: new Set(Object.keys(registrars)),
    external: (run, value, _how, args, site) => registrars[value.module]?.(run, world, value, args, site),
  };
}

/** `initialize({ app, apiDoc, operations, paths, dependencies })`. */
function registerExpressOpenapi(
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  [options]: readonly Value[],
  site: Site,
): Value | undefined {
  if (value.path.at(-1) !== 'initialize' || !options) return undefined;
  const option = (name: string): Value => getMember(run, options, name, site);
  const node = routerOf(option('app'));
  if (!node) return undefined;
  const [operations, paths, apiDoc] = [option('operations'), option('paths'), option('apiDoc')];
  const spec = documentBehind(run, apiDoc, site);
  // It holds requests against the specification before any operation sees them.
  node.layers.push(useOf(run, [{ ...value, args: [] }], site));
  let complete = operations.t === 'undefined' && paths.t === 'undefined' ? false : spec !== undefined;
  if (operations.t !== 'undefined') {
    // Operations that the specification has and the program does not are not served: then nothing is left open.
    bind(run, node, spec, inObject(run, operations, site), 'first', site);
  }
  const result: [string, Value][] = [];
  if (paths.t !== 'undefined') {
    const front = spec ? (boundSpec(run, spec, site).bases[0] ?? '') : '';
    const folders = spec && foldersOf(run, paths, site);
    complete &&= folders !== undefined;
    const routes = (folders ?? []).flatMap((folder) =>
      routesInFolder(run, folder, option('dependencies'), site),
    );
    for (const { method, path, handler } of routes) addRoute(run, node, method, [front], path, handler, site);
    const made = spec && documentOfRoutes(run, spec, routes, site);
    if (made) {
      noteSpec(world.specs, run, made, collection<string>([]), site);
      result.push(['apiDoc', made]);
    }
  }
  if (!complete) leaveOpen(run, node, value, site);
  return objectOf(result, site.at, true);
}

/** The document with what files of routes say of their operations; undefined where none says anything. */
function documentOfRoutes(
  run: Run,
  spec: Value,
  routes: readonly FileRoute[],
  site: Site,
): Value | undefined {
  if (routes.every(({ apiDoc }) => apiDoc.t === 'undefined')) return undefined;
  const items = new Map(entriesOf(run, getMember(run, spec, 'paths', site), site).entries);
  for (const { method, path, shared, apiDoc } of routes) {
    if (apiDoc.t === 'undefined') continue;
    const before = items.get(path);
    const known = before ? entriesOf(run, before, site).entries : [];
    const parameters: readonly [string, Value][] = shared.t === 'undefined' ? [] : [['parameters', shared]];
    items.set(
      path,
      objectOf([...known, ...parameters, [method.toLowerCase(), apiDoc]], placeOf(apiDoc) ?? site.at),
    );
  }
  const others = entriesOf(run, spec, site).entries.filter(([name]) => name !== 'paths');
  return objectOf([...others, ['paths', objectOf([...items], site.at)]], site.at);
}

/** `OpenApiValidator.middleware({ apiSpec, operationHandlers })`, or `new OpenApiValidator(…).install(app)`. */
function installHandlers(
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const isInstall = value.path.at(-1) === 'install';
  const [options] = isInstall ? (value.on?.args ?? []) : args;
  const target = isInstall && args[0] ? routerOf(args[0]) : undefined;
  if (!options || (isInstall ? !target : value.path.at(-1) !== 'middleware')) return undefined;
  const handlers = getMember(run, options, 'operationHandlers', site);
  if (target && handlers.t === 'undefined') {
    target.layers.push(useOf(run, [{ ...value, args: [] }], site));
    return undefinedValue;
  }
  const isObject = handlers.t === 'object';
  const folder = isObject ? getMember(run, handlers, 'basePath', site) : handlers;
  if (folder.t !== 'text') return undefined;
  const own = target ? undefined : freshRouter(run, world, 'router', site);
  const node = target ?? own?.node;
  if (!node) return undefined;
  const folders = foldersOf(run, folder, site);
  const resolver = isObject ? getMember(run, handlers, 'resolver', site) : undefinedValue;
  const apiSpec = getMember(run, options, 'apiSpec', site);
  const lookup =
    resolver.t === 'undefined'
      ? folders && inFolders(run, folders, site)
      : byResolver(run, resolver, folder, apiSpec, site);
  const complete = lookup !== undefined && bind(run, node, apiSpec, lookup, 'all', site, 'whole');
  const enforcer: ExternalValue = { ...value, args };
  if (!complete) leaveOpen(run, node, value, site);
  if (target) node.layers.push(useOf(run, [enforcer], site));
  return own ? arrayOf([enforcer, own.value], site.at) : undefinedValue;
}

/** `connector(api, spec)(app)`. */
function connect(
  run: Run,
  _world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
): Value | undefined {
  const [api, spec, options] = args;
  if (!/^(?:connector|connect)$/.test(value.path.at(-1) ?? '') || !api || !spec) return undefined;
  return native('connect', ([app], where) => {
    const node = app && routerOf(app);
    // Handlers of security schemes stand in front of the operations that the specification secures.
    if (node && options && getMember(run, options, 'security', where).t !== 'undefined')
      node.layers.push(useOf(run, [{ ...value, args: [] }], where));
    if (node && !bind(run, node, spec, inObject(run, api, where), 'first', where))
      leaveOpen(run, node, value, where);
    return app ?? undefinedValue;
  });
}
