/** What stands around all controllers of a package: prefixes, what refuses, and who answers errors. */

import { fileId, type FileId, type Span } from '../../../contract/span.ts';
import { decoratedClasses, singleton } from '../../evaluate/classes.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { documentAt, insideDocument } from '../../evaluate/documents.ts';
import { methodValue } from '../../evaluate/class-members.ts';
import { getMember } from '../../evaluate/members.ts';
import { remember } from '../../evaluate/memory.ts';
import { importModule } from '../../evaluate/modules.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { native, text, type NativeValue, type Value } from '../../evaluate/values.ts';
import type { Registration } from '../express/walk.ts';
import type { InFront } from '../express/in-front.ts';
import type { ErrorHandlers } from '../http/error-answers.ts';
import { below, readPaths, rootPath, type RoutePath } from '../http/route-path.ts';
import type { Validation } from '../classes/class-validator.ts';
import { option } from '../classes/decorators.ts';
import { readValidation } from '../classes/validation.ts';
import type { DecoratedWorld } from './model.ts';
import type { DecoratorPackage } from './packages.ts';
import { findUse, usesOf } from './uses.ts';

/** The controllers of a package as one registration of them stands. */
export interface DecoratedApp {
  readonly mounts: readonly RoutePath[];
  readonly before: readonly InFront[];
  readonly errors: ErrorHandlers;
  /** What is checked of classes; undefined where nothing is, or nobody knows what. */
  readonly validation: Validation | undefined;
  /** Must parameters be there of which nothing else is said? */
  readonly requires: boolean | undefined;
  /** Who decides about `@Authorized()` and `@Security()`. */
  readonly authorizes: Value | undefined;
}

/** One for each registration; one without a mount where none was seen. */
export function appsOf(
  run: Run,
  world: DecoratedWorld,
  from: DecoratorPackage,
  registrations: readonly Registration[],
  at: Span,
): readonly DecoratedApp[] {
  const mine = registrations.filter(({ value }) => from.modules.includes(value.module));
  switch (from.name) {
    case 'tsoa':
      return tsoaApps(run, mine, at);
    case 'routing-controllers':
      return routingApps(run, world, from, mine, at);
    case 'inversify-express-utils':
      return mine.length === 0
        ? [unseen(at)]
        : mine.map(({ value, mounts, before, errors }) => ({
            ...unseen(at),
            mounts: prefixed(
              mounts,
              calls(value).flatMap((call) => prefixIn(call.args ?? [], from)),
            ),
            before,
            errors,
          }));
  }
}

function unseen(at: Span): DecoratedApp {
  const symbol = 'what registers the controllers';
  return {
    mounts: [{ ...rootPath, unknownPrefix: { why: 'unresolved', symbol, at } }],
    before: [],
    errors: [],
    validation: undefined,
    requires: undefined,
    authorizes: undefined,
  };
}

/** A call and those that it was made on: `new Server(…).setConfig(…).build()`. */
function calls(value: Registration['value']): readonly Registration['value'][] {
  return value.on ? [value, ...calls(value.on)] : [value];
}

function prefixIn(args: readonly Value[], { prefix }: DecoratorPackage): readonly Value[] {
  return args.flatMap((arg) => (prefix === undefined ? [] : (option(arg, prefix) ?? [])));
}

function prefixed(mounts: readonly RoutePath[], prefixes: readonly Value[]): readonly RoutePath[] {
  const found = prefixes.flatMap((one) => readPaths(one, 'express-4', 'mount'));
  return mounts.flatMap((mount) => (found.length === 0 ? mount : found.map((path) => below(mount, path))));
}

const nothingChecked: Validation = {
  unlisted: 'kept',
  converts: false,
  makesInstances: true,
  skipsMissing: false,
  groups: undefined,
};

function routingApps(
  run: Run,
  world: DecoratedWorld,
  from: DecoratorPackage,
  registrations: readonly Registration[],
  at: Span,
): readonly DecoratedApp[] {
  if (registrations.length === 0) return [unseen(at)];
  return registrations.map(({ value, mounts, before, errors }) => {
    const options = value.args?.find((arg) => arg.t === 'object');
    const isRead = options?.t === 'object' && !options.open;
    const validation = option(options, 'validation');
    const required = option(option(option(options, 'defaults'), 'paramOptions'), 'required');
    const answers = option(options, 'defaultErrorHandler');
    const transformer = option(options, 'classTransformer');
    const makesInstances = transformer === undefined || (transformer.t === 'boolean' && transformer.value);
    const checks =
      !validation || (validation.t === 'boolean' && validation.value)
        ? nothingChecked
        : validation.t === 'boolean'
          ? undefined
          : readValidation(run, validation);
    const answersItself = !(answers?.t === 'boolean' && !answers.value);
    return {
      mounts: prefixed(mounts, prefixIn(value.args ?? [], from)),
      before,
      // Its own handler answers everything, and nobody behind it is asked.
      errors: [...errorMiddlewares(run, world, from), ...(answersItself ? [] : errors)],
      validation: isRead && checks ? { ...checks, makesInstances } : undefined,
      requires: !isRead
        ? undefined
        : required?.t === 'boolean'
          ? required.value
          : required
            ? undefined
            : false,
      authorizes: option(options, 'authorizationChecker'),
    };
  });
}

/** `@Middleware({ type: 'after' })`: classes whose method `error` answers errors. */
function errorMiddlewares(run: Run, world: DecoratedWorld, from: DecoratorPackage): readonly NativeValue[] {
  return decoratedClasses(run).flatMap((cls) => {
    const use = findUse(from, usesOf(run, world, cls.decl.decorators, cls.scope), 'Middleware');
    const type = option(use?.args[0], 'type');
    const member = cls.decl.members.find((one) => one.k === 'method' && one.key === 'error' && !one.static);
    if (!use || !type || fixedText(type) !== 'after' || member?.k !== 'method') return [];
    const site = { at: use.at, file: cls.scope.file };
    return remember(run, cls, ['error middleware'], () =>
      native('error', (args, where) =>
        callFunction(run, methodValue(cls, member, singleton(run, cls, site)), args, where),
      ),
    );
  });
}

/** tsoa reads `tsoa.json`: what stands in front of all routes, and the module that knows who may call. */
function tsoaApps(run: Run, registrations: readonly Registration[], at: Span): readonly DecoratedApp[] {
  const file = configuration(run, at.file);
  const routes = file && insideDocument(run, documentAt(file, ['routes'], at));
  const setting = (name: string): Value | undefined =>
    routes && getMember(run, routes, name, { at, file: at.file });
  const prefix = setting('basePath');
  const module = setting('authenticationModule');
  const name = module && fixedText(module);
  const authentication =
    file && name !== undefined
      ? importModule(run, text(`./${name.replace(/^\.\//, '')}`, at), { vars: new Map(), file }, at)
      : undefined;
  const app: DecoratedApp = {
    mounts: [],
    before: [],
    errors: [],
    validation: undefined,
    requires: undefined,
    authorizes:
      authentication && getMember(run, authentication, 'expressAuthentication', { at, file: at.file }),
  };
  if (registrations.length === 0)
    return [{ ...app, mounts: prefixed(unseen(at).mounts, prefix ? [prefix] : []) }];
  return registrations.map(({ mounts, before, errors }) => ({
    ...app,
    mounts: prefixed(mounts, prefix ? [prefix] : []),
    before,
    errors,
  }));
}

/** The nearest `tsoa.json` above a file. */
function configuration(run: Run, from: FileId): FileId | undefined {
  const { documents } = run.project;
  const folders = from.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const file = fileId([...folders.slice(0, depth), 'tsoa.json'].join('/'));
    if (documents.has(file)) return file;
  }
  return undefined;
}
