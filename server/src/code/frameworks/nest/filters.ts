/** Exception filters as handlers of errors: `@Catch(X)` classes, the nearest first. */

import { callFunction, callValue } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { getMember } from '../../evaluate/members.ts';
import { remember } from '../../evaluate/memory.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import {
  dynamic,
  native,
  number,
  text,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type NativeValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import {
  exceptionMessage,
  externalParent,
  externalStatus,
  foreignErrorProperties,
  isClassItself,
  statusesOf,
  withClassProperties,
} from '../http/errors.ts';
import { createExchange } from '../http/exchange.ts';
import { evaluateBounded } from '../http/handlers.ts';
import { requestModel } from '../http/request.ts';
import { nextModel } from '../http/next.ts';
import { responseModel } from '../http/response.ts';
import { contextModel } from './context.ts';
import { sentBody } from './exceptions.ts';
import { classUses, type DecoratorUse } from '../classes/decorators.ts';
import { findUse } from './decorators.ts';
import { makeProvided } from './providers.ts';
import { targetModel } from './reflector.ts';
import type { NestApp, NestWorld } from './world.ts';

/** Filters of a route: its own, those of its class, global ones. */
export function filtersOf(...from: FilterSources): readonly NativeValue[] {
  const [run, world] = from;
  // The same one for every route, so that what it makes of an error is found out once.
  return listedFilters(...from).flatMap(
    ({ cls, filter }) =>
      remember(run, cls, ['filter', filter], () => filterOf(run, world, cls, filter)) ?? [],
  );
}

type FilterSources = readonly [
  run: Run,
  world: NestWorld,
  app: NestApp | undefined,
  uses: readonly DecoratorUse[],
  ofClass: readonly DecoratorUse[],
];

function listedFilters(
  ...[run, world, app, uses, ofClass]: FilterSources
): readonly { readonly cls: ClassValue; readonly filter: Value }[] {
  const listed = [...uses, ...ofClass]
    .filter(({ name, module }) => name === 'UseFilters' && module === '@nestjs/common')
    .flatMap(({ args }) => args);
  const provided = (app?.graph.enhancers ?? [])
    .filter(({ kind }) => kind === 'APP_FILTER')
    .map(({ value }) => makeProvided(run, world, value));
  return [...listed, ...(app?.filters ?? []), ...provided].flatMap(alternatives).flatMap((filter) => {
    const cls = filter.t === 'class' ? filter : filter.t === 'object' ? filter.cls : undefined;
    return cls?.t === 'class' ? [{ cls, filter }] : [];
  });
}

function filterOf(run: Run, world: NestWorld, cls: ClassValue, filter: Value): NativeValue | undefined {
  const site = { at: cls.at, file: cls.scope.file };
  const caught = findUse(classUses(run, world, cls), 'Catch');
  const instance = filter.t === 'class' ? singleton(run, filter, site) : filter;
  const method = instanceMember(run, cls, 'catch', instance, site);
  if (!caught || method?.t !== 'function') return undefined;
  const wanted = caught.args.flatMap((arg) => (arg.t === 'array' ? arg.items : [arg]));
  return native(
    'exception filter',
    (
      [error = undefinedValue, request = undefinedValue, response = undefinedValue, next = undefinedValue],
      where,
    ) => {
      if (wanted.length > 0 && !wanted.some((one) => isKindOf(error, one) !== false)) {
        // Not its kind of error: the next filter's turn.
        if (next.t === 'model') next.model.call?.([error], where);
        return undefinedValue;
      }
      const host = contextModel({ request, response, next, handler: targetModel([]), cls: targetModel([]) });
      return callFunction(run, method, [withClassProperties(error), host], where);
    },
  );
}

/**
 * Do the filters refuse (400 to 499) on errors of which nothing is known? A database reports a duplicate, and the
 * filter makes 409 of it: nobody can tell which handlers meet such an error.
 */
export function refuseForeignErrors(...from: FilterSources): boolean {
  const [run, world] = from;
  return listedFilters(...from).some(({ cls, filter }) =>
    remember(run, cls, ['foreign errors'], () => refusesForeignErrors(run, world, cls, filter)),
  );
}

function refusesForeignErrors(run: Run, world: NestWorld, cls: ClassValue, filter: Value): boolean {
  const caught = findUse(classUses(run, world, cls), 'Catch');
  const own = caught?.args.flatMap((arg) => (arg.t === 'array' ? arg.items : [arg])) ?? [];
  if (
    own.length > 0 &&
    own.every((one) => one.t === 'class' || (one.t === 'external' && one.module === '@nestjs/common'))
  )
    return false;
  const handler = filterOf(run, world, cls, filter);
  if (!handler) return false;
  const exchange = createExchange();
  const site = { at: cls.at, file: cls.scope.file };
  evaluateBounded(run, exchange, [], cls.at, () => {
    const error = dynamic('an error of something that is not read', cls.at);
    handler.call(
      [error, requestModel(exchange), responseModel(run, exchange), nextModel(run, exchange)],
      site,
    );
  });
  return exchange.outputs.some(({ status }) => status !== undefined && status >= 400 && status < 500);
}

/** `super.catch(exception, host)` of a filter that extends Nest's own: the status that the exception carries, else 500. */
export function answerByDefault(
  run: Run,
  [exception = undefinedValue, host]: readonly Value[],
  site: Site,
): void {
  if (!host) return;
  const ask = (value: Value, name: string, args: readonly Value[] = []): Value =>
    callValue(run, getMember(run, value, name, site), args, site, value);
  const response = ask(ask(host, 'switchToHttp'), 'getResponse');
  for (const one of alternatives(exception)) {
    const statuses = statusesOf(run, one, site.at);
    for (const status of statuses.length > 0 ? statuses : [500]) {
      const sent = status === undefined ? dynamic('status of an exception', site.at) : number(status);
      const body = status === undefined ? undefined : sentBody(one, status, site.at);
      ask(ask(response, 'status', [sent]), 'json', [body ?? dynamic('body of an exception', site.at)]);
    }
  }
}

/** Undefined where the source does not tell. */
export function isKindOf(error: Value, wanted: Value): boolean | undefined {
  if (error.t === 'unknown' || error.t === 'union') return undefined;
  if (error.t === 'external' && isClassItself(error)) return false;
  const name = wanted.t === 'external' ? (wanted.path.at(-1) ?? '') : undefined;
  if (wanted.t === 'class') {
    for (
      let cls: Value | undefined = error.t === 'object' ? error.cls : undefined;
      cls?.t === 'class';
      cls = cls.parent
    ) {
      if (cls.decl === wanted.decl) return true;
    }
    return false;
  }
  const raised =
    error.t === 'external' ? error : error.t === 'object' ? externalParent(error.cls) : undefined;
  if (name === undefined || !raised)
    return error.t === 'object' || error.t === 'external' ? false : undefined;
  const own = raised.path.at(-1) ?? '';
  if (wanted.t === 'external' && wanted.module === 'global:Error')
    return name === 'Error' || name === '' ? true : own === name;
  // Every exception of Nest is an HttpException; those of other packages only where they say the same name.
  if (name === 'HttpException')
    return own === name || (raised.module === '@nestjs/common' && own.endsWith('Exception'));
  return own === name;
}

/** What Nest's own exceptions carry: `exception.status` in a filter that sorts errors by it. */
export function exceptionConstant({ path, on }: ExternalValue): Value | undefined {
  const name = on?.args && on.path.at(-1);
  if (!on || !name?.endsWith('Exception')) return undefined;
  switch (path.at(-1)) {
    case 'status':
    case 'statusCode': {
      const status = externalStatus(on);
      return status === undefined ? undefined : number(status);
    }
    case 'name':
      return text(name, on.at);
    case 'message':
      return exceptionMessage(on.args?.[0], name, on.at);
    default:
      return foreignErrorProperties.some((one) => one === path.at(-1)) ? undefinedValue : undefined;
  }
}
