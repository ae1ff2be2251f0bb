/** A method of a controller as a handler: what its parameters read, what it refuses, what it returns. */

import type { CodeOperation } from '../../../contract/operation.ts';
import type { Span } from '../../../contract/span.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { methodValue } from '../../evaluate/class-members.ts';
import { atHome, neverValue, type Run } from '../../evaluate/run.ts';
import type { Member } from '../../program/program.ts';
import { createExchange } from '../http/exchange.ts';
import { answersTo, evaluateBounded, type HandlerFacts } from '../http/handlers.ts';
import { operationParts, type OperationParts } from '../http/operation.ts';
import { requestModel } from '../http/request.ts';
import { nextModel } from '../http/next.ts';
import { responseModel } from '../http/response.ts';
import { asConfigured } from '../http/security-names.ts';
import { bodiesFrom, createBodyDraft } from '../classes/bodies.ts';
import { recordAnswer } from './answers.ts';
import type { DecoratedApp } from './app.ts';
import { inFrontOfMethod } from './guards.ts';
import { packageError, type DecoratedWorld } from './model.ts';
import { argumentOf } from './parameters.ts';
import type { Controller, Use } from './uses.ts';

export type Method = Extract<Member, { k: 'method' | 'get' | 'set' | 'ctor' }>;

export interface ReadMethod {
  readonly controller: Controller;
  readonly member: Method;
  readonly name: string;
  readonly use: Use;
  readonly uses: readonly Use[];
}

export interface MethodFacts {
  /** The parts of the operation for a path with these parameters; `before` stand in front of all controllers. */
  parts(before: readonly HandlerFacts[], params: readonly string[], at: Span): OperationParts;
}

export function readMethod(
  run: Run,
  world: DecoratedWorld,
  app: DecoratedApp,
  method: ReadMethod,
): MethodFacts {
  const { controller, member, name } = method;
  const { cls } = controller;
  const at: Span = { file: cls.scope.file, start: member.ns, end: member.ne };
  const exchange = createExchange();
  const whole: Span = { file: cls.scope.file, start: member.s, end: member.e };
  exchange.home = whole;
  const body = createBodyDraft();
  const models = {
    request: requestModel(exchange),
    response: responseModel(run, exchange),
    next: nextModel(run, exchange),
  };
  const refused: Span[] = [];
  const outer = world.exchange;
  world.exchange = exchange;
  evaluateBounded(run, exchange, app.errors, at, () => {
    const reading = { run, world, app, controller, exchange, body, models, refused };
    const args = member.fn.params.map((param) => argumentOf(reading, param));
    const site = { at, file: cls.scope.file };
    const callee = methodValue(cls, { ...member, k: 'method' }, singleton(run, cls, site));
    const value = atHome(run, whole, () => callFunction(run, callee, args, site));
    if (value !== neverValue) recordAnswer({ run, app, method, exchange, at }, value);
  });
  world.exchange = outer;
  const own = asConfigured(run, {
    exchange,
    name: `${cls.decl.name ?? 'Controller'}.${name}`,
    at,
    passes: false,
  });
  const inFront = [...inFrontOfMethod(run, app, method), ...refusals(run, app, method, refused)];
  return {
    parts(before, params, place) {
      const parts = operationParts([...before, ...inFront], [own], params, place);
      const bodies = bodiesFrom(body, parts.bodies, [], exchange);
      return { ...parts, bodies: bodies satisfies CodeOperation['bodies'] };
    },
  };
}

/** What is sent where a parameter is not what is asked for: the package looks before the method runs. */
function refusals(
  run: Run,
  app: DecoratedApp,
  { controller }: ReadMethod,
  [at]: readonly Span[],
): readonly HandlerFacts[] {
  if (!at || controller.package.name === 'inversify-express-utils') return [];
  const [module = ''] = controller.package.modules;
  const name = controller.package.name === 'tsoa' ? 'ValidateError' : 'BadRequestError';
  const error = packageError({ t: 'external', module, path: [name], at }, [], { at, file: at.file });
  const exchange = createExchange();
  for (const output of answersTo(run, error, at, app.errors, undefined))
    exchange.outputs.push({ ...output, at, evidence: 'guessed' });
  return [{ exchange, name: 'validation', at, passes: true }];
}
