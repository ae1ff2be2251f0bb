/** From an error to the status that a client sees. */

import { getMember } from '../../evaluate/members.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  boolean,
  dynamic,
  number,
  objectOf,
  superArgs,
  text,
  undefinedValue,
  type ExternalValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values.ts';
import type { Span } from '../../../contract/span.ts';
import type { TypeExpr } from '../../program/program.ts';

/** Names of statuses as http-errors, boom and Nest's exceptions have them (RFC 9110, section 15). */
const statusNames: Readonly<Record<string, number>> = {
  badRequest: 400,
  validate: 400,
  unauthorized: 401,
  authorizationRequired: 401,
  paymentRequired: 402,
  forbidden: 403,
  accessDenied: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  proxyAuthRequired: 407,
  clientTimeout: 408,
  requestTimeout: 408,
  conflict: 409,
  gone: 410,
  resourceGone: 410,
  lengthRequired: 411,
  preconditionFailed: 412,
  payloadTooLarge: 413,
  entityTooLarge: 413,
  uriTooLong: 414,
  unsupportedMediaType: 415,
  imATeapot: 418,
  teapot: 418,
  misdirected: 421,
  unprocessableEntity: 422,
  badData: 422,
  locked: 423,
  failedDependency: 424,
  preconditionRequired: 428,
  tooManyRequests: 429,
  illegal: 451,
  internalServerError: 500,
  internal: 500,
  badImplementation: 500,
  notImplemented: 501,
  badGateway: 502,
  serviceUnavailable: 503,
  serverUnavailable: 503,
  gatewayTimeout: 504,
  httpVersionNotSupported: 505,
};

function statusOfName(name: string): number | undefined {
  const camel = name.charAt(0).toLowerCase() + name.slice(1).replace(/(?:Exception|Error)$/, '');
  return statusNames[camel] ?? statusNames[camel.replace(/Exception$/, '')];
}

/**
 * The statuses that an error carries; `undefined` among them stands for "cannot tell". An error that carries
 * none (a plain `Error`) gives an empty list: a handler of errors decides, and the default is 500.
 */
export function statusesOf(run: Run, error: Value, at: Span): readonly (number | undefined)[] {
  return alternatives(error).flatMap((one): readonly (number | undefined)[] => {
    switch (one.t) {
      case 'number':
        return [one.value];
      case 'object': {
        const parent = externalParent(one.cls);
        if (parent) {
          const status = externalStatus({ ...parent, args: superArguments(one) });
          if (status !== undefined) return [status];
        }
        for (const name of ['status', 'statusCode', 'httpStatus', 'httpCode', 'code']) {
          const value = getMember(run, one, name, { at, file: at.file });
          const fixed = alternatives(value).map((part) =>
            part.t === 'number' ? part.value : Number(fixedText(part) ?? Number.NaN),
          );
          if (fixed.length > 0 && fixed.every((status) => status >= 400 && status <= 599)) return fixed;
          if (value.t === 'unknown' && one.props.has(name) && name !== 'code') return [undefined];
        }
        return one.open ? [undefined] : [];
      }
      case 'external': {
        if (one.module === 'global:Error' || isClassItself(one)) return [];
        return [externalStatus(one)];
      }
      case 'text':
      case 'undefined':
      case 'null':
        return [];
      default:
        return [undefined];
    }
  });
}

/** `throw NotFoundException`: Nest finds no status in a class, whatever its instances have. */
export function isClassItself({ module, path, args }: ExternalValue): boolean {
  return (
    !args && module.startsWith('@nestjs/') && path.length === 1 && path[0]?.endsWith('Exception') === true
  );
}

/** Packages whose errors carry a status in the same properties. */
const statusErrors = new Set([
  'http-errors',
  '@hapi/boom',
  'boom',
  '@tsed/exceptions',
  'restify-errors',
  'routing-controllers',
  'tsoa',
  '@tsoa/runtime',
]);

/** An error as the project's own handler sees it: those of packages have their status in properties. */
export function errorObject(error: Value): Value {
  const external =
    error.t === 'external' ? error : error.t === 'object' ? externalParent(error.cls) : undefined;
  if (!external || !statusErrors.has(external.module)) return error;
  const status = externalStatus(
    error.t === 'object' ? { ...external, args: superArguments(error) } : external,
  );
  if (status === undefined) return error;
  const at = external.at;
  const given = external.args?.find((arg) => arg.t === 'text');
  const message = given ?? someText('message', at);
  const payload = objectOf(
    [
      ['statusCode', number(status)],
      ['error', someText('name of a status', at)],
      ['message', message],
    ],
    at,
  );
  const output = objectOf(
    [
      ['statusCode', number(status)],
      ['payload', payload],
    ],
    at,
    true,
  );
  const carried = objectOf(
    [
      ['message', message],
      ['name', someText('name of an error', at)],
      ['stack', someText('stack', at)],
      ['status', number(status)],
      ['statusCode', number(status)],
      ['httpCode', number(status)],
      ['isBoom', boolean(external.module.endsWith('boom'))],
      ['output', output],
    ],
    at,
    true,
  );
  return error.t === 'object' ? { ...error, props: new Map([...carried.props, ...error.props]) } : carried;
}

/** A text that is not known. */
export function someText(what: string, at: Span): Value {
  const type: TypeExpr = { s: at.start, e: at.end, k: 'kw', name: 'string' };
  return { ...dynamic(what, at), type: { type, scope: { vars: new Map(), file: at.file } } };
}

/** What errors of databases and of Node are told by, and the exceptions of a framework lack. */
export const foreignErrorProperties = ['code', 'errno', 'constraint', 'detail', 'sqlState'] as const;

/** The message of an exception of Nest: given, in the body that was given, or the words of its class. */
export function exceptionMessage(response: Value | undefined, name: string, at: Span): Value | undefined {
  if (!response || response.t === 'undefined')
    return text(name.replace(/Exception$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' '), at);
  const given =
    response.t === 'object'
      ? response.props.get('message')?.value
      : response.t === 'external' && response.path.at(-1) === 'createBody'
        ? response.args?.[0]
        : response;
  return given?.t === 'text' ? given : undefined;
}

/** The same error with the properties that only its class gives it: `class Busy extends HttpException`. */
export function withClassProperties(error: Value): Value {
  const parent = error.t === 'object' ? externalParent(error.cls) : undefined;
  if (error.t !== 'object' || !parent || !error.cls) return error;
  const status = externalStatus({ ...parent, args: superArguments(error) });
  if (status === undefined) return error;
  const message = exceptionMessage(superArguments(error)[0], error.cls.decl.name ?? '', error.at);
  const given: readonly (readonly [string, Value])[] = [
    ...(message ? [['message', message] as const] : []),
    ['status', number(status)],
    ['name', text(error.cls.decl.name ?? '', error.cls.at)],
    ...foreignErrorProperties.map((name) => [name, undefinedValue] as const),
  ];
  const props = new Map(given.map(([name, value]) => [name, { value }] as const));
  return { ...error, props: new Map([...props, ...error.props]) };
}

export function superArguments(error: ObjectValue): readonly Value[] {
  const given = error.props.get(superArgs)?.value;
  return given?.t === 'array' ? given.items : [];
}

export function externalParent(cls: Value | undefined): ExternalValue | undefined {
  for (let current = cls; current; current = current.t === 'class' ? current.parent : undefined) {
    if (current.t === 'external') return current;
  }
  return undefined;
}

/** `createError(404)`, `new createError.NotFound()`, `Boom.notFound()`, `new NotFoundException()`, `new HttpException(body, 410)`. */
export function externalStatus(value: ExternalValue): number | undefined {
  const numeric = value.args?.find((arg) => arg.t === 'number' && arg.value >= 400 && arg.value <= 599);
  const last = value.path.at(-1) ?? '';
  if (numeric?.t === 'number') return numeric.value;
  return statusOfName(last);
}
