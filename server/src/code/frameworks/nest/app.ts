/** The application: what `NestFactory.create()` gives, and what start-up code does with it. */

import { callValue, callbacks } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { getMember } from '../../evaluate/members.ts';
import type { Run } from '../../evaluate/run.ts';
import {
  dynamic,
  model,
  native,
  objectOf,
  text,
  undefinedValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { createRouter, type ExpressWorld } from '../express/router.ts';
import { option } from '../classes/decorators.ts';
import { readGraph } from './graph.ts';
import { provided } from './providers.ts';
import { reflectorModel } from './reflector.ts';
import type { NestApp, NestWorld } from './world.ts';

export function createApp(
  run: Run,
  world: NestWorld,
  express: ExpressWorld,
  [root = undefinedValue, second]: readonly Value[],
  site: Site,
): Value {
  const server = adapterOf(second);
  const router = server?.instance ?? createRouter(run, express, 'app', site.at, 'express');
  const app: NestApp = {
    at: site.name ?? site.at,
    adapter: server?.kind ?? 'express',
    graph: readGraph(run, world, root),
    prefix: undefined,
    versioning: undefined,
    guards: [],
    pipes: [],
    filters: [],
    interceptors: [],
    served: [],
    router,
    listens: false,
    closed: false,
  };
  world.apps.push(app);
  return appModel(run, world, app, router);
}

/** `new ExpressAdapter(server)`, `new FastifyAdapter()`; anything else is an options object. */
function adapterOf(
  value: Value | undefined,
): { readonly kind: NestApp['adapter']; readonly instance: Value | undefined } | undefined {
  if (value?.t !== 'external') return undefined;
  if (value.path.at(-1) === 'FastifyAdapter') return { kind: 'fastify', instance: undefined };
  if (value.path.at(-1) !== 'ExpressAdapter') return undefined;
  const [instance] = value.args ?? [];
  return { kind: 'express', instance: instance?.t === 'model' ? instance : undefined };
}

const chained = new Set([
  'enableCors',
  'enableShutdownHooks',
  'useWebSocketAdapter',
  'useLogger',
  'flushLogs',
  'useBodyParser',
  'set',
  'enable',
  'disable',
  'setBaseViewsDir',
  'setViewEngine',
  'setLocal',
  'engine',
  'init',
  'startAllMicroservices',
]);

function appModel(run: Run, world: NestWorld, app: NestApp, router: Value): Value {
  const self: Value = model({ kind: 'nest-app', get: (name, site) => member(name, site) });
  const adapter: Value = model({
    kind: 'nest-adapter',
    get: (name, site) => {
      if (name === 'getInstance') return native(name, () => router);
      if (name === 'getType') return native(name, () => text(app.adapter, site.at));
      return getMember(run, router, name, site);
    },
  });
  const on = (name: string, work: (args: readonly Value[], site: Site) => void): Value =>
    native(name, (args, site) => {
      work(args, site);
      return self;
    });
  const member = (name: string, site: Site): Value => {
    if (chained.has(name)) return on(name, () => undefined);
    switch (name) {
      case 'setGlobalPrefix':
        return on(name, ([path, options], where) => {
          if (path) app.prefix = { path, exclude: option(options, 'exclude'), at: where.name ?? where.at };
        });
      case 'enableVersioning':
        return on(name, ([options], where) => {
          app.versioning = options ?? objectOf([], where.at);
        });
      case 'useGlobalGuards':
        return on(name, (args) => app.guards.push(...args));
      case 'useGlobalPipes':
        return on(name, (args) => app.pipes.push(...args));
      case 'useGlobalFilters':
        return on(name, (args) => app.filters.push(...args));
      case 'useGlobalInterceptors':
        return on(name, (args) => app.interceptors.push(...args));
      case 'useStaticAssets':
        return on(name, ([first, second], where) => {
          const path = option(second, 'prefix') ?? option(first, 'prefix');
          if (path) app.served.push({ path, construct: 'static files', at: where.at });
        });
      case 'register':
        // Plugins of Fastify: what they serve stands behind their own prefix.
        return on(name, ([, options], where) => {
          const path = option(options, 'prefix');
          if (path) app.served.push({ path, construct: 'Fastify plugin', at: where.at });
        });
      case 'use':
        return on(name, (args, where) => {
          callValue(run, getMember(run, router, 'use', where), args, where, router);
        });
      case 'get':
      case 'resolve':
      case 'create':
        return native(name, ([token], where) =>
          token ? injectable(run, world, token, adapter, where) : dynamic('provider', where.at),
        );
      case 'select':
      case 'catch':
      case 'finally':
        return on(name, () => undefined);
      case 'then':
        return native(name, ([onValue], where) => (onValue ? callValue(run, onValue, [self], where) : self));
      case 'listen':
      case 'listenAsync':
        return native(name, (args, where) => {
          app.listens = true;
          callbacks(run, args, [], where);
          return dynamic('server', where.at);
        });
      case 'close':
        return on(name, () => {
          app.closed = true;
        });
      case 'getHttpAdapter':
        return native(name, () => adapter);
      default:
        return dynamic(`app.${name}`, site.at);
    }
  };
  return self;
}

function injectable(run: Run, world: NestWorld, token: Value, adapter: Value, site: Site): Value {
  const made = provided(run, world, token);
  if (made) return made;
  if (token.t === 'class') return singleton(run, token, site);
  if (token.t === 'external' && token.path.at(-1) === 'Reflector') return reflectorModel();
  if (token.t === 'external' && token.path.at(-1) === 'HttpAdapterHost')
    return objectOf([['httpAdapter', adapter]], site.at, true);
  return dynamic('provider', site.at);
}

/** Where an application stands among the several that a project may create for one module: the one that listens counts. */
export function servingApps(apps: readonly NestApp[]): readonly NestApp[] {
  const open = apps.filter((app) => app.listens || !app.closed);
  return open.filter((app) => app.listens || !open.some((other) => other.listens && sharesRoot(app, other)));
}

function sharesRoot(a: NestApp, b: NestApp): boolean {
  const [first] = a.graph.modules.keys();
  const [second] = b.graph.modules.keys();
  return first !== undefined && first.decl === second?.decl;
}
