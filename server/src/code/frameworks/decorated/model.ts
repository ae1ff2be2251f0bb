/** What routing-controllers and tsoa mean to the evaluation: their errors, and what a controller of tsoa sets. */

import type { FileId } from '../../../contract/span.ts';
import type { ClassDecl } from '../../program/program.ts';
import { read, write, type FrameworkModel, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  arrayOf,
  dynamic,
  superArgs,
  text,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { routerOf } from '../express/router.ts';
import { externalParent } from '../http/errors.ts';
import type { Exchange } from '../http/exchange.ts';
import { noteHeader } from '../http/headers.ts';
import type { DecoratorWorld } from '../classes/decorators.ts';

export interface DecoratedWorld {
  /** Where decorators that apply others are followed. */
  readonly decorators: DecoratorWorld;
  /** What the method that is being evaluated sets: `this.setStatus(202)`. */
  exchange: Exchange | undefined;
}

export function createDecoratedWorld(decorators: DecoratorWorld): DecoratedWorld {
  return { decorators, exchange: undefined };
}

const tsoaModules = new Set(['tsoa', '@tsoa/runtime']);

export function decoratedModel(world: DecoratedWorld): FrameworkModel {
  return {
    external(run, value, how, args, site) {
      const isTsoa = tsoaModules.has(value.module);
      if (!isTsoa && value.module !== 'routing-controllers') return undefined;
      const name = value.path.at(-1) ?? '';
      if (how === 'new' && name.endsWith('Error')) return packageError(value, args, site);
      const { exchange } = world;
      if (!isTsoa || !exchange) return undefined;
      switch (name) {
        case 'setStatus':
          write(run, exchange.status, args[0] ?? dynamic('status', site.at));
          return undefinedValue;
        case 'setHeader':
          if (args[0] && fixedText(args[0])?.toLowerCase() === 'content-type')
            write(run, exchange.mediaType, args[1] ?? dynamic('media type', site.at));
          else noteHeader(run, exchange, args[0], site.at);
          return undefinedValue;
        case 'getStatus':
          return read(run, exchange.status);
        default:
          return undefined;
      }
    },
    isInstance(value, parent) {
      if (value.t !== 'object') return undefined;
      const own = externalParent(value.cls);
      if (!own || !isRaised(own)) return undefined;
      if (parent.module === 'global:Error') return parent.path.length === 0 || parent.path[0] === 'Error';
      if (parent.module !== own.module) return false;
      const [name, wanted] = [own.path.at(-1) ?? '', parent.path.at(-1) ?? ''];
      return name === wanted || ancestors(own.module, name).includes(wanted);
    },
    // `RegisterRoutes(app)` of the file that tsoa writes, which may not be there.
    missing: (_run, symbol, args, site) =>
      /(?:^|\/)routes(?:\.\w+)?$/.test(symbol) ? registerRoutes(args, site) : undefined,
    generated: (run, { fn, scope }, args, site) =>
      fn.name === 'RegisterRoutes' && isWritten(run, scope.file) ? registerRoutes(args, site) : undefined,
  };
}

function registerRoutes(args: readonly Value[], site: Site): Value | undefined {
  const node = args.flatMap((arg) => routerOf(arg) ?? [])[0];
  if (!node) return undefined;
  const handler: ExternalValue = {
    t: 'external',
    module: 'tsoa',
    path: ['RegisterRoutes'],
    args: [],
    at: site.at,
  };
  const at = site.name ?? site.at;
  node.layers.push({
    kind: 'use',
    path: text('/', at),
    handlers: [handler],
    call: site.at,
    at,
    conditions: [],
  });
  return undefinedValue;
}

/** Did tsoa write this file, from controllers that are all read with this server? */
function isWritten({ project, started }: Run, file: FileId): boolean {
  const specifiers = project.scans.get(file)?.specifiers ?? [];
  return (
    specifiers.some((specifier) => tsoaModules.has(specifier)) &&
    specifiers.every((specifier) => {
      const found = project.resolver.resolve(file, specifier);
      return found.kind !== 'file' || project.scans.get(found.file)?.seed !== true || started.has(found.file);
    })
  );
}

function isRaised({ module, path }: ExternalValue): boolean {
  return (
    (module === 'routing-controllers' || tsoaModules.has(module)) && path.at(-1)?.endsWith('Error') === true
  );
}

/** What errors of routing-controllers extend; those of tsoa extend `Error` alone. */
function ancestors(module: string, name: string): readonly string[] {
  if (module !== 'routing-controllers' || name === 'HttpError') return [];
  const parents: Readonly<Record<string, string>> = {
    AuthorizationRequiredError: 'UnauthorizedError',
    AccessDeniedError: 'ForbiddenError',
  };
  return ['HttpError', ...(parents[name] === undefined ? [] : [parents[name]])];
}

/** `new NotFoundError(message)`: an instance of a class that adds nothing to that of the package. */
export function packageError(parent: ExternalValue, args: readonly Value[], site: Site): Value {
  const { file, start: s, end: e } = site.at;
  const decl: ClassDecl = {
    name: parent.path.at(-1) ?? 'Error',
    decorators: [],
    members: [],
    s,
    e,
    ns: s,
    ne: e,
  };
  const cls: ClassValue = {
    t: 'class',
    decl,
    scope: { vars: new Map(), file },
    statics: new Map(),
    parent: { ...parent, at: site.at },
    at: site.at,
  };
  const given = arrayOf(args, site.at);
  return { t: 'object', props: new Map([[superArgs, { value: given }]]), cls, open: true, at: site.at };
}
