/** Routers and applications of Express as the evaluation sees them: they remember what is registered on them. */

import type { Span } from '../../../contract/span.ts';
import { callbacks } from '../../evaluate/calls.ts';
import { progress, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  dynamic,
  model,
  native,
  objectOf,
  undefinedValue,
  type Model,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { forwarded } from '../http/exchange.ts';
import type { GatheringCall } from '../http/made-specs.ts';

/** The lower-case method names that a router has (Node's `http.METHODS`), and `all`. */
const methods = new Set(
  'all acl bind checkout connect copy delete get head link lock m-search merge mkactivity mkcalendar mkcol move notify options patch post propfind proppatch purge put query rebind report search source subscribe trace unbind unlink unlock unsubscribe del'.split(
    ' ',
  ),
);

export type Layer = RouteLayer | UseLayer | ParamLayer;

interface LayerBase {
  readonly handlers: readonly Value[];
  /** The whole call, and the narrower place that a finding marks. */
  readonly call: Span;
  readonly at: Span;
  /** Conditions that the source does not decide and under which this is registered. */
  readonly conditions: readonly Span[];
}

export interface RouteLayer extends LayerBase {
  readonly kind: 'route';
  /** Upper case; `ALL` for every method. */
  readonly method: string;
  readonly path: Value;
  /** Registered from a specification, with the paths that it writes. */
  readonly syntax?: 'template';
  /** The path begins with where the router is mounted, unless it is mounted elsewhere. */
  readonly reach?: 'whole';
}

export interface UseLayer extends LayerBase {
  readonly kind: 'use';
  /** Undefined where the call gives no path. */
  readonly path: Value | undefined;
}

/** `router.param('id', load)`: runs in front of the routes of this router that have the parameter. */
export interface ParamLayer extends LayerBase {
  readonly kind: 'param';
  readonly names: readonly string[];
}

export interface RouterNode {
  readonly kind: 'app' | 'router';
  readonly at: Span;
  readonly layers: Layer[];
  /** Made from a type, because no caller was seen: who mounts it is unknown. */
  readonly detached: boolean;
  /** The file of the package that decides which syntax paths have. */
  readonly module: string;
}

export interface RouterModel extends Model {
  readonly kind: 'router';
  readonly node: RouterNode;
}

export function routerOf(value: Value): RouterNode | undefined {
  return value.t === 'model' && value.model.kind === 'router' ? (value.model as RouterModel).node : undefined;
}

/** What a run remembers of Express. */
export interface ExpressWorld {
  readonly routers: RouterNode[];
  /** Specifications that a package puts together from the handlers that it registers. */
  readonly specs: GatheringCall[];
}

export function createRouter(
  run: Run,
  world: ExpressWorld,
  kind: RouterNode['kind'],
  at: Span,
  module: string,
  detached = false,
): Value {
  const node: RouterNode = { kind, at, layers: [], detached, module };
  world.routers.push(node);
  if (!detached) progress(run);
  const properties = new Map<string, Value>();
  const self: Value = model({
    kind: 'router',
    node,
    get: (name, site) => properties.get(name) ?? routerMember(run, node, self, name, site),
    set: (name, value) => {
      properties.set(name, value);
    },
    call: (args, site) => {
      // `router(req, res, next)`: the request goes on into the router.
      forward(run, args, self, site);
      return undefinedValue;
    },
  } as RouterModel);
  return self;
}

function forward(run: Run, args: readonly Value[], router: Value, site: Site): void {
  for (const arg of args) {
    if (arg.t === 'model' && arg.model.kind === 'next') arg.model.set?.(forwarded, router, site, run);
  }
}

/** `getAsync` and `useAsync` (`@awaitjs/express`) register what `get` and `use` do. */
function routerMember(run: Run, node: RouterNode, self: Value, called: string, site: Site): Value {
  const name = called.replace(/Async$/, '');
  if (methods.has(name)) {
    return native(name, (args, where) => {
      // `app.get('env')` reads a setting.
      if (args.length < 2 && name === 'get' && node.kind === 'app') return dynamic('setting', where.at);
      const [path, ...handlers] = args;
      if (path && handlers.length > 0) addRoute(run, node, name, path, handlers, where);
      else if (path && isHandlerList(path))
        addRoute(run, node, name, { t: 'text', parts: [{ text: '' }], at: where.at }, [path], where);
      return self;
    });
  }
  switch (name) {
    case 'use':
      return native(name, (args, where) => {
        progress(run);
        const [first, ...rest] = args;
        const hasPath = first !== undefined && mayBePath(first, rest.length > 0);
        node.layers.push({
          kind: 'use',
          path: hasPath ? first : undefined,
          handlers: hasPath ? rest : args,
          call: where.at,
          at: registrationPlace(where, hasPath),
          conditions: [...run.conditions],
        });
        return self;
      });
    case 'route':
      return native(name, ([path], where) => (path ? routeChain(run, node, path, where) : self));
    case 'param':
      return native(name, ([names, ...handlers], where) => {
        const given = names?.t === 'array' ? names.items : names ? [names] : [];
        node.layers.push({
          kind: 'param',
          names: given.flatMap((one) => fixedText(one) ?? []),
          handlers,
          call: where.at,
          at: registrationPlace(where, true),
          conditions: [...run.conditions],
        });
        return self;
      });
    case 'engine':
    case 'enable':
    case 'disable':
    case 'set':
      return native(name, () => self);
    case 'locals':
    case 'settings':
    case 'mountpath':
      return objectOf([], site.at, true);
    case 'ws':
      return native(name, () => self);
    case 'listen':
    case 'on':
    case 'emit':
      return native(name, (args, where) => {
        callbacks(run, args, [], where);
        return dynamic(name, where.at);
      });
    case 'then':
    case 'catch':
    case 'default':
      return undefinedValue;
    default:
      return dynamic(`router.${name}`, site.at);
  }
}

function isHandlerList(value: Value): boolean {
  return value.t === 'function' || (value.t === 'array' && value.items.some((item) => item.t === 'function'));
}

/** `use(x, …)`: is `x` a path? Texts, patterns and lists of them are; an unknown is one only in front of handlers. */
function mayBePath(value: Value, followed: boolean): boolean {
  switch (value.t) {
    case 'text':
    case 'regex':
      return true;
    case 'array':
      return value.items.length > 0 && value.items.every((item) => item.t === 'text' || item.t === 'regex');
    case 'union':
      return value.of.some((one) => mayBePath(one, followed));
    case 'unknown':
      return followed;
    default:
      return false;
  }
}

function addRoute(
  run: Run,
  node: RouterNode,
  name: string,
  path: Value,
  handlers: readonly Value[],
  where: Site,
): void {
  progress(run);
  node.layers.push({
    kind: 'route',
    method: name === 'del' ? 'DELETE' : name.toUpperCase(),
    // Nobody registers without a path: it was not followed.
    path: path.t === 'undefined' ? dynamic('path', where.at) : path,
    handlers,
    call: where.at,
    at: registrationPlace(where, true),
    conditions: [...run.conditions],
  });
}

/** From the method's name to the end of the path: `get('/users'`. */
function registrationPlace(where: Site, hasPath: boolean): Span {
  const start = where.name?.start ?? where.at.start;
  const first = where.args?.[0];
  const end = hasPath && first && first.e > start ? first.e : (where.name?.end ?? where.at.end);
  return { file: where.file, start, end: Math.max(end, start) };
}

/** `router.route('/x').get(a).post(b)`. */
function routeChain(run: Run, node: RouterNode, path: Value, route: Site): Value {
  const self: Value = model({
    kind: 'route',
    get: (name, site) =>
      methods.has(name)
        ? native(name, (handlers, where) => {
            if (handlers.length > 0) {
              progress(run);
              node.layers.push({
                kind: 'route',
                method: name === 'del' ? 'DELETE' : name.toUpperCase(),
                path,
                handlers,
                call: where.at,
                at: where.name ?? route.at,
                conditions: [...run.conditions],
              });
            }
            return self;
          })
        : dynamic(`route.${name}`, site.at),
  });
  return self;
}
