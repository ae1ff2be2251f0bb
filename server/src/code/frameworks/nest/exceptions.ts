/** The bodies of Nest's exceptions: what `getResponse()` gives, and what Nest sends where no filter does. */

import type { Span } from '../../../contract/span.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives, union } from '../../evaluate/alternatives.ts';
import {
  arrayOf,
  dynamic,
  number,
  objectOf,
  text,
  type ExternalValue,
  type Value,
} from '../../evaluate/values.ts';
import { shapeOfValue } from '../../shapes/values.ts';
import {
  exceptionMessage,
  externalParent,
  externalStatus,
  someText,
  superArguments,
} from '../http/errors.ts';
import type { ErrorAnswer } from '../http/exchange.ts';

/** What the constructor of an exception was given; undefined for an error that is none of Nest's. */
function raised(error: Value): ExternalValue | undefined {
  const external =
    error.t === 'external' ? error : error.t === 'object' ? externalParent(error.cls) : undefined;
  if (!external?.module.startsWith('@nestjs/') || !external.path.at(-1)?.endsWith('Exception'))
    return undefined;
  return error.t === 'object' ? { ...external, args: superArguments(error) } : external;
}

/** `exception.getResponse()`: the text or object that was given, or the body that Nest makes of it. */
export function exceptionResponse(error: Value, at: Span): Value | undefined {
  const exception = raised(error);
  if (!exception) return undefined;
  const [given, description] = exception.args ?? [];
  const name = exception.path.at(-1) ?? '';
  const status = externalStatus(exception);
  if (name === 'HttpException') return given;
  if (status === undefined) return undefined;
  return union(
    alternatives(given ?? { t: 'undefined' }).map((one) => bodyOf(one, description, status, name, at)),
  );
}

/** `HttpException.createBody()`: objects are the body, anything else is its message. */
function bodyOf(given: Value, description: Value | undefined, status: number, name: string, at: Span): Value {
  const words = exceptionMessage(undefined, name, at) ?? dynamic('message', at);
  const code = ['statusCode', number(status)] as const;
  switch (given.t) {
    case 'undefined':
      return objectOf([['message', words], code], at);
    case 'text':
    case 'number':
    case 'array':
      return objectOf(
        [['message', given], ['error', description?.t === 'text' ? description : words], code],
        at,
      );
    case 'object':
      return given;
    default:
      return isTextual(given)
        ? objectOf([['message', given], ['error', words], code], at)
        : dynamic('body of an exception', at);
  }
}

function isTextual(value: Value): boolean {
  return value.t === 'unknown' && value.type?.type.k === 'kw' && value.type.type.name === 'string';
}

/** What Nest sends for an error that no filter takes; undefined where that is not known. */
export function sentBody(error: Value, status: number, at: Span): Value | undefined {
  const response = exceptionResponse(error, at);
  if (!response)
    return raised(error) || !isCertain(error)
      ? undefined
      : objectOf(
          [
            ['statusCode', number(status)],
            ['message', text('Internal server error', at)],
          ],
          at,
        );
  return union(
    alternatives(response).map((one) =>
      one.t === 'object'
        ? one
        : one.t === 'text' || isTextual(one)
          ? objectOf(
              [
                ['statusCode', number(status)],
                ['message', one],
              ],
              at,
            )
          : dynamic('body of an exception', at),
    ),
  );
}

/** Nest's own handler of errors answers with JSON. */
export function defaultAnswer(run: Run, error: Value, status: number, at: Span): ErrorAnswer {
  const body = sentBody(error, status, at);
  return { mediaType: 'application/json', ...(body && { shape: shapeOfValue(run, body, at) }) };
}

/** Is it an error of the project or of JavaScript, which carries no status? */
function isCertain(error: Value): boolean {
  return (
    (error.t === 'object' && externalParent(error.cls)?.module === 'global:Error') ||
    (error.t === 'external' && error.module === 'global:Error')
  );
}

const classes: Readonly<Record<number, string>> = {
  400: 'BadRequestException',
  422: 'UnprocessableEntityException',
};

/** The exception that Nest's own pipes throw. */
export function exceptionOf(status: number, message: Value, at: Span): Value {
  const name = classes[status];
  const args = name === undefined ? [message, number(status)] : [message];
  return { t: 'external', module: '@nestjs/common', path: [name ?? 'HttpException'], args, at };
}

/** What nestjs-zod throws. */
export function zodException(at: Span): Value {
  const body = objectOf(
    [
      ['statusCode', number(400)],
      ['message', someText('message', at)],
      ['errors', arrayOf([dynamic('issue', at)], at, true)],
    ],
    at,
  );
  return exceptionOf(400, body, at);
}
