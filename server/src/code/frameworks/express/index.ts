/** Express 4 and 5, and the routers that are used in its place. */

import type { FrameworkModel } from '../../evaluate/run.ts';
import { native, objectOf, text, type Value } from '../../evaluate/values.ts';
import { mayRegister, registrationOf } from './registrars.ts';
import { createRouter, routerOf, type ExpressWorld } from './router.ts';
import { leaveOpen } from './spec-first/bind.ts';

/** What makes an application or a router: module, and the path to it inside of the module. */
const factories: Readonly<Record<string, Readonly<Record<string, 'app' | 'router'>>>> = {
  express: { '': 'app', Router: 'router', createServer: 'app', application: 'app' },
  router: { '': 'router', Router: 'router' },
  'express-promise-router': { '': 'router' },
  'express-async-router': { AsyncRouter: 'router' },
  'express-openid-connect-router': { '': 'router' },
  '@awaitjs/express': { Router: 'router' },
};

/** What gives back the router that it is handed, with further methods (`getAsync`). */
const extenders: Readonly<Record<string, ReadonlySet<string>>> = {
  '@awaitjs/express': new Set(['addAsync', 'decorateApp', 'decorateRouter']),
};

/** Two versions beside each other: `"express4": "npm:express@4"`. */
function originalName(module: string): string {
  return module.replace(/^(express)-?[45]$/, '$1');
}

const routerTypes = new Set([
  'Router',
  'IRouter',
  'Express',
  'Application',
  'IApplication',
  'core.Express',
  'core.Application',
  'core.Router',
  'IRoute',
]);
const typeModules = new Set([
  'express',
  'express-serve-static-core',
  '@types/express',
  'express-ws',
  'router',
]);

export function expressModel(world: ExpressWorld): FrameworkModel {
  return {
    external(run, value, _how, args, site) {
      const kind = value.args ? undefined : factories[originalName(value.module)]?.[value.path.join('.')];
      if (kind) return createRouter(run, world, kind, site.at, value.module);
      if (args[0] && routerOf(args[0]) && extenders[value.module]?.has(value.path.join('.')) === true)
        return args[0];
      if (value.module === 'express-ws' && args[0] && routerOf(args[0])) {
        return objectOf(
          [
            ['app', args[0]],
            ['applyTo', native('applyTo', ([router]) => router ?? { t: 'undefined' })],
          ],
          site.at,
          true,
        );
      }
      const registration = registrationOf(value, args);
      if (registration) {
        const app = registration.on ? undefined : createRouter(run, world, 'app', site.at, 'express');
        const node = registration.on ?? (app && routerOf(app));
        node?.layers.push({
          kind: 'use',
          path: text(registration.path, site.at),
          handlers: [{ ...value, args }],
          call: site.at,
          at: site.name ?? site.at,
          conditions: [...run.conditions],
        });
        return app;
      }
      const filled = run.summaries ? undefined : mayRegister(value, args);
      if (filled) leaveOpen(run, filled, value, site);
      return undefined;
    },
    typed(run, module, path, at): Value | undefined {
      if (!typeModules.has(module) || !routerTypes.has(path.join('.'))) return undefined;
      return createRouter(
        run,
        world,
        /Express|Application/.test(path.at(-1) ?? '') ? 'app' : 'router',
        at,
        module,
        true,
      );
    },
  };
}
