/** What stands in front of the methods of controllers: `@Authorized()`, `@Security('jwt')`, `@UseBefore(log)`. */

import type { Span } from '../../../contract/span.ts';
import { callValue } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { neverValue, type Run } from '../../evaluate/run.ts';
import { truthiness } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { arrayOf, number, objectOf, text, type ExternalValue, type Value } from '../../evaluate/values.ts';
import { createExchange, type Exchange } from '../http/exchange.ts';
import type { ErrorHandlers } from '../http/error-answers.ts';
import { evaluateBounded, externalHandler, runMiddleware, type HandlerFacts } from '../http/handlers.ts';
import { requestModel } from '../http/request.ts';
import { nextModel } from '../http/next.ts';
import { responseModel } from '../http/response.ts';
import { asConfigured } from '../http/security-names.ts';
import type { DecoratedApp } from './app.ts';
import { packageError } from './model.ts';
import type { ReadMethod } from './handler.ts';
import { findUse, type Use } from './uses.ts';

export function inFrontOfMethod(run: Run, app: DecoratedApp, method: ReadMethod): readonly HandlerFacts[] {
  const { controller, uses, use } = method;
  const all = [...controller.uses, ...uses];
  const listed = [
    ...all.filter(({ name }) => name === 'UseBefore' || name === 'Middlewares').flatMap(({ args }) => args),
    ...(controller.package.name === 'inversify-express-utils'
      ? [...controller.use.args.slice(1), ...use.args.slice(1)]
      : []),
  ];
  return [
    ...guardsOf(run, app, method),
    ...listed.map((one) => middlewareFacts(run, one, use.at, app.errors)),
  ].map((one) => asConfigured(run, one));
}

function guardsOf(run: Run, app: DecoratedApp, { controller, uses }: ReadMethod): readonly HandlerFacts[] {
  const { package: from } = controller;
  const named = (list: readonly Use[]): readonly Use[] =>
    list.filter(({ name, module }) => name === from.guard && from.modules.includes(module));
  const [own, outer] = [named(uses), named(controller.uses)];
  if (from.name !== 'tsoa') {
    const [first] = [...own, ...outer];
    if (!first) return [];
    const roles = [...outer, ...own].flatMap(({ args }) => args);
    return [authorized(run, app, first, roles)];
  }
  if (findUse(from, uses, from.opened)) return [];
  const counting = own.length > 0 ? own : findUse(from, controller.uses, from.opened) ? [] : outer;
  return counting.flatMap((use) => secured(run, app, use));
}

/** `@Authorized('admin')`: refused with 401, or with 403 where roles are asked for, unless the checker says so itself. */
function authorized(run: Run, app: DecoratedApp, use: Use, roles: readonly Value[]): HandlerFacts {
  const list = roles.flatMap((role) => (role.t === 'array' ? role.items : [role]));
  const exchange = createExchange();
  const { at } = use;
  const { authorizes } = app;
  if (!authorizes)
    // A checker that nobody saw may say so in any way.
    for (const status of list.length > 0 ? [401, 403] : [401])
      exchange.outputs.push({ status, mediaType: undefined, at, evidence: 'guessed' });
  else
    evaluateBounded(run, exchange, app.errors, at, () => {
      const action = objectOf(
        [
          ['request', requestModel(exchange)],
          ['response', responseModel(run, exchange)],
          ['next', nextModel(run, exchange)],
        ],
        at,
        true,
      );
      const site = { at, file: at.file };
      const passes = callValue(run, authorizes, [action, arrayOf(list, at)], site);
      if (passes === neverValue || truthiness(passes) === true) return;
      const name = list.length > 0 ? 'AccessDeniedError' : 'AuthorizationRequiredError';
      const error: ExternalValue = { t: 'external', module: 'routing-controllers', path: [name], at };
      run.thrown.at(-1)?.push({ value: packageError(error, [], site), at });
    });
  return guard(
    exchange,
    use.name,
    list.flatMap((role) => fixedText(role) ?? []),
    at,
  );
}

/** `@Security('jwt', ['admin'])`, `@Security({ jwt: ['admin'] })`: what the project's own function refuses. */
function secured(run: Run, app: DecoratedApp, { args, at }: Use): readonly HandlerFacts[] {
  const [first, second] = args;
  const schemes: readonly (readonly [string | undefined, Value | undefined])[] =
    first?.t === 'object'
      ? [...first.props].map(([name, { value }]) => [name, value] as const)
      : [[first && fixedText(first), second]];
  return schemes.map(([name, scopes]) => {
    const exchange = createExchange();
    const site = { at, file: at.file };
    evaluateBounded(run, exchange, app.errors, at, () => {
      run.thrown.push([]);
      if (app.authorizes)
        callValue(
          run,
          app.authorizes,
          [
            requestModel(exchange),
            name === undefined ? (first ?? arrayOf([], at)) : text(name, at),
            scopes ?? arrayOf([], at),
            responseModel(run, exchange),
          ],
          site,
        );
      for (const thrown of run.thrown.pop() ?? [])
        run.thrown.at(-1)?.push({ ...thrown, value: withStatus(thrown.value) });
    });
    const isRead = exchange.outputs.length > 0;
    if (!isRead) exchange.outputs.push({ status: 401, mediaType: undefined, at, evidence: 'guessed' });
    const listed = scopes?.t === 'array' ? scopes.items.flatMap((scope) => fixedText(scope) ?? []) : [];
    return guard(exchange, name ?? 'Security', listed, at);
  });
}

/** What the generated routes do to an error without a status: it becomes a 401. */
function withStatus(error: Value): Value {
  if (error.t !== 'object' || error.props.has('status')) return error;
  return { ...error, props: new Map([...error.props, ['status', { value: number(401) }]]) };
}

/** What a guard reads of the request are credentials: no inputs of the operation. */
function guard(exchange: Exchange, name: string, scopes: readonly string[], at: Span): HandlerFacts {
  const { outputs } = exchange;
  return {
    exchange: { ...createExchange(), outputs },
    name,
    at,
    passes: true,
    guard: { evidence: 'declared', name, scopes },
  };
}

function middlewareFacts(run: Run, value: Value, at: Span, errors: ErrorHandlers): HandlerFacts {
  if (value.t === 'function') return runMiddleware(run, value, errors);
  if (value.t === 'external' && value.args) return externalHandler(run, value, errors);
  const method = value.t === 'class' ? middlewareMethod(run, value, at) : undefined;
  if (method?.t === 'function') return runMiddleware(run, method, errors);
  const exchange = createExchange();
  const gap = { why: 'unsupported', construct: 'middleware of a controller', at } as const;
  exchange.outputGaps.push(gap);
  return { exchange, name: 'middleware', at, passes: true, gap };
}

/** `class Log implements ExpressMiddlewareInterface { use(request, response, next) {} }`. */
function middlewareMethod(run: Run, cls: Extract<Value, { t: 'class' }>, at: Span): Value | undefined {
  const site = { at, file: at.file };
  const self = singleton(run, cls, site);
  return instanceMember(run, cls, 'use', self, site) ?? instanceMember(run, cls, 'handler', self, site);
}
