/** swagger-tools and its successors: a specification names controllers, and folders hold them. */

import { callValue } from '../../../evaluate/calls.ts';
import { getMember } from '../../../evaluate/members.ts';
import type { Run } from '../../../evaluate/run.ts';
import {
  native,
  objectOf,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../../evaluate/values.ts';
import type { ExpressWorld } from '../router.ts';
import { bind, freshRouter, leaveOpen } from './bind.ts';
import { byController, foldersOf, inFolders, type Lookup } from './handlers.ts';

/** `initializeMiddleware(spec, (middleware) => app.use(middleware.swaggerRouter({ controllers })))`. */
export function initializeMiddleware(
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [spec, callback] = args;
  if (value.path.at(-1) !== 'initializeMiddleware' || !spec || !callback) return undefined;
  const others = ['swaggerMetadata', 'swaggerValidator', 'swaggerSecurity', 'swaggerUi'];
  const middleware = objectOf(
    [
      ...others.map((name): [string, Value] => [
        name,
        native(name, (given, where) => ({
          t: 'external',
          module: value.module,
          path: [name],
          args: given,
          at: where.at,
        })),
      ]),
      [
        'swaggerRouter',
        native('swaggerRouter', ([options], where) => {
          const { value: router, node } = freshRouter(run, world, 'router', where);
          const controllers = options ? getMember(run, options, 'controllers', where) : undefinedValue;
          const lookup = lookupOf(run, controllers, where);
          if (!lookup || !bind(run, node, spec, lookup, 'all', where)) leaveOpen(run, node, value, where);
          return router;
        }),
      ],
    ],
    site.at,
  );
  callValue(run, callback, [middleware], site);
  return undefinedValue;
}

function lookupOf(run: Run, controllers: Value, site: Site): Lookup | undefined {
  if (controllers.t === 'object') return byController(run, controllers, site);
  const folders = foldersOf(run, controllers, site);
  return folders && inFolders(run, folders, site);
}

/** `expressAppConfig('api/openapi.yaml', { routing: { controllers: './controllers' } }).getApp()`. */
export function expressAppConfig(
  run: Run,
  world: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [spec, options] = args;
  if (value.path.at(-1) !== 'expressAppConfig' || !spec) return undefined;
  const { value: app, node } = freshRouter(run, world, 'app', site);
  const routing = options ? getMember(run, options, 'routing', site) : undefinedValue;
  const nested = routing.t === 'object' ? getMember(run, routing, 'controllers', site) : undefinedValue;
  const controllers =
    nested.t === 'undefined' && options ? getMember(run, options, 'controllers', site) : nested;
  const lookup = lookupOf(run, controllers, site);
  if (!lookup || !bind(run, node, spec, lookup, 'all', site)) leaveOpen(run, node, value, site);
  return objectOf([['getApp', native('getApp', () => app)]], site.at, true);
}
