/** Everything that is known of one handler: evaluated with models of the request, behind its guards and pipes. */

import type { CodeOperation } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { methodValue } from '../../evaluate/class-members.ts';
import { atHome, neverValue, type Run } from '../../evaluate/run.ts';
import { dynamic, type Value } from '../../evaluate/values.ts';
import { createExchange, missAll } from '../http/exchange.ts';
import { answersTo, evaluateBounded, type HandlerFacts } from '../http/handlers.ts';
import { areOpened, asConfigured } from '../http/security-names.ts';
import { operationParts, type OperationParts } from '../http/operation.ts';
import { requestModel } from '../http/request.ts';
import { nextModel } from '../http/next.ts';
import { responseModel } from '../http/response.ts';
import { answersItself, initialStatus, recordAnswer } from './answers.ts';
import { bodiesFrom, createBodyDraft } from '../classes/bodies.ts';
import { readUploads } from './uploads.ts';
import { contextModel } from './context.ts';
import type { ControllerRoute, MadeRoute } from './controllers.ts';
import { decoratorUses, type DecoratorUse } from '../classes/decorators.ts';
import { defaultAnswer } from './exceptions.ts';
import { filtersOf, refuseForeignErrors } from './filters.ts';
import { guardsOf } from './guards.ts';
import { middlewaresOf } from './middlewares.ts';
import { globalInterceptors, listedInterceptors, runInterceptors } from './interceptors.ts';
import { argumentOf, type ParameterReading } from './parameters.ts';
import { pipesOf } from './pipes.ts';
import { serialisedShape } from './serializers.ts';
import { targetModel } from './reflector.ts';
import type { NestApp, NestWorld } from './world.ts';

export interface RouteFacts {
  readonly handlerAt: Span;
  /** The parts of the operation for a path with these parameters. */
  parts(params: readonly string[], at: Span): OperationParts;
}

export function readHandler(
  run: Run,
  world: NestWorld,
  app: NestApp | undefined,
  route: ControllerRoute,
  classUses: readonly DecoratorUse[],
): RouteFacts {
  const { home, member, cls } = route;
  const handlerAt: Span = { file: home.scope.file, start: member.ns, end: member.ne };
  const errors = filtersOf(run, world, app, route.uses, classUses);
  const decorators = [...(member.decorators ?? []), ...cls.decl.decorators];
  const guards = guardsOf(run, world, app, {
    method: route.method,
    uses: route.uses,
    classUses,
    errors,
    decorators,
  });
  const exchange = createExchange();
  const whole: Span = { file: home.scope.file, start: member.s, end: member.e };
  exchange.home = whole;
  exchange.errorAnswer = (error, status, at) => defaultAnswer(run, error, status, at);
  const refused: ParameterReading['refusals'] = [];
  const draft = createBodyDraft();
  const models = {
    request: requestModel(exchange),
    response: responseModel(run, exchange),
    next: nextModel(run, exchange),
  };
  const context = contextModel({ ...models, handler: targetModel(route.uses), cls: targetModel(classUses) });
  const direct = answersItself(
    member.fn.params.map((param) => decoratorUses(run, world, param.decorators ?? [], home.scope)),
  );
  exchange.status.value = initialStatus(route).value;
  const pipes = pipesOf(run, world, app, route.uses, classUses);
  readUploads([...route.uses, ...classUses], draft);
  evaluateBounded(run, exchange, errors, handlerAt, () => {
    const own = listedInterceptors([...classUses, ...route.uses]);
    const args = member.fn.params.map((param) =>
      argumentOf(
        {
          run,
          world,
          exchange,
          refusals: refused,
          body: draft,
          pipes,
          ...models,
          context,
          scope: home.scope,
        },
        param,
      ),
    );
    const site = { at: handlerAt, file: home.scope.file };
    const method = methodValue(home, { ...member, k: 'method' }, singleton(run, cls, site));
    const value = atHome(run, whole, () => callFunction(run, method, args, site));
    // Where the handler never returns, interceptors still read the request and may refuse it.
    const returned = value === neverValue ? dynamic('answer of the handler', handlerAt) : value;
    const inner = runInterceptors(run, own, context, returned);
    if (value === neverValue || direct) return;
    const everywhere = globalInterceptors(run, world, app);
    recordAnswer(run, exchange, route, app, value, {
      value: answerOf(run, everywhere, route, classUses, inner),
      serialised: serialisedShape(run, world, [...route.uses, ...classUses], [...everywhere, ...own]),
    });
  });
  const refusals = createExchange();
  for (const { error, at } of refused)
    for (const output of answersTo(run, error, at, errors, exchange.errorAnswer))
      refusals.outputs.push({ ...output, at, evidence: 'guessed' });
  if (direct) completeDirect(exchange, route, handlerAt);
  if (refuseForeignErrors(run, world, app, route.uses, classUses))
    exchange.outputGaps.push({
      why: 'dynamic',
      what: 'what filters make of errors from elsewhere',
      at: handlerAt,
    });
  const own: HandlerFacts = {
    exchange,
    name: `${cls.decl.name ?? 'Controller'}.${route.name}`,
    at: handlerAt,
    passes: false,
  };
  const shared: readonly HandlerFacts[] = [
    ...(areOpened(run, decorators) ? [] : middlewaresOf(run, app, cls).map((one) => asConfigured(run, one))),
    ...guards,
    ...(refusals.outputs.length > 0
      ? [{ exchange: refusals, name: 'pipes', at: handlerAt, passes: true }]
      : []),
  ];
  return {
    handlerAt,
    parts(params, at) {
      const parts = operationParts(shared, [own], params, at);
      return {
        ...parts,
        bodies: bodiesFrom(draft, parts.bodies, route.uses, exchange) satisfies CodeOperation['bodies'],
      };
    },
  };
}

/** What is known where a package makes the handler: what stands in front of it. */
export function readMade(
  run: Run,
  world: NestWorld,
  app: NestApp | undefined,
  { cls, method, name, use, uses }: MadeRoute,
  classUses: readonly DecoratorUse[],
): RouteFacts {
  const { decorators } = cls.decl;
  const errors = filtersOf(run, world, app, uses, classUses);
  const exchange = createExchange();
  missAll(exchange, {
    why: 'unsupported',
    construct: `a handler that @${use.name}() makes`,
    at: use.at,
  });
  const own: HandlerFacts = { exchange, name, at: use.at, passes: false };
  const shared = [
    ...(areOpened(run, decorators) ? [] : middlewaresOf(run, app, cls).map((one) => asConfigured(run, one))),
    ...guardsOf(run, world, app, { method, uses, classUses, errors, decorators }),
  ];
  return { handlerAt: use.at, parts: (params, at) => operationParts(shared, [own], params, at) };
}

/** What global interceptors make of an answer. What they read and refuse is no matter of this operation. */
function answerOf(
  run: Run,
  interceptors: readonly Value[],
  route: ControllerRoute,
  classUses: readonly DecoratorUse[],
  answer: Value,
): Value {
  if (interceptors.length === 0) return answer;
  const scratch = createExchange();
  const context = contextModel({
    request: requestModel(scratch),
    response: responseModel(run, scratch),
    next: nextModel(run, scratch),
    handler: targetModel(route.uses),
    cls: targetModel(classUses),
  });
  run.thrown.push([]);
  const result = runInterceptors(run, interceptors, context, answer);
  run.thrown.pop();
  return result;
}

/** A handler that answers through `res` in ways that were not followed still has the status that Nest set before. */
function completeDirect(exchange: ReturnType<typeof createExchange>, route: ControllerRoute, at: Span): void {
  if (exchange.outputs.some(({ status }) => status !== undefined && status < 400)) return;
  const { value, use } = initialStatus(route);
  if (value.t === 'number')
    exchange.outputs.push({
      status: value.value,
      mediaType: undefined,
      at: use?.at ?? at,
      evidence: 'guessed',
    });
  if (exchange.outputGaps.length === 0)
    exchange.outputGaps.push({ why: 'dynamic', what: 'an answer that is sent elsewhere', at });
}
