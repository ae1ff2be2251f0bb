/** Guards: whether a caller without credentials gets past them, for one route. */

import type { Span } from '../../../contract/span.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { remember } from '../../evaluate/memory.ts';
import type { Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  model,
  placeOf,
  text,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type Value,
} from '../../evaluate/values.ts';
import { externalParent } from '../http/errors.ts';
import { createExchange, type Exchange } from '../http/exchange.ts';
import type { ErrorHandlers } from '../http/error-answers.ts';
import { evaluateBounded, type HandlerFacts } from '../http/handlers.ts';
import { looksLikeGuard } from '../http/packages.ts';
import { requestModel } from '../http/request.ts';
import { areOpened, asConfigured } from '../http/security-names.ts';
import { readSignIn } from '../http/strategies.ts';
import type { Decorator } from '../../program/program.ts';
import { nextModel } from '../http/next.ts';
import { responseModel } from '../http/response.ts';
import { contextModel } from './context.ts';
import type { DecoratorUse } from '../classes/decorators.ts';
import { makeProvided } from './providers.ts';
import { signatureOf, targetModel } from './reflector.ts';
import type { NestApp, NestWorld } from './world.ts';

/** The route that a guard stands in front of. */
export interface GuardedRoute {
  readonly method: string;
  readonly uses: readonly DecoratorUse[];
  readonly classUses: readonly DecoratorUse[];
  readonly errors: ErrorHandlers;
  /** As they are written on the method and its class. */
  readonly decorators?: readonly Decorator[];
}

/** Every guard in front of a route: global ones first, then those of the class, then its own. */
export function guardsOf(
  run: Run,
  world: NestWorld,
  app: NestApp | undefined,
  route: GuardedRoute,
): readonly HandlerFacts[] {
  if (areOpened(run, route.decorators ?? [])) return [];
  const enhancers = (app?.graph.enhancers ?? [])
    .filter(({ kind }) => kind === 'APP_GUARD')
    .map(({ value }) => makeProvided(run, world, value));
  const listed = [...route.classUses, ...route.uses].filter(
    ({ name, module }) => name === 'UseGuards' && module === '@nestjs/common',
  );
  const guards = [...enhancers, ...(app?.guards ?? []), ...listed.flatMap(({ args }) => args)];
  return guards
    .flatMap((guard) => alternatives(guard))
    .flatMap((guard) => {
      const facts = guardFacts(run, guard, route) ?? guardByName(run, guard);
      return facts ? [asConfigured(run, facts)] : [];
    });
}

/** A guard in which nothing that refuses was seen, for the case that the configuration knows better. */
function guardByName(run: Run, guard: Value): HandlerFacts | undefined {
  const cls = guard.t === 'class' ? guard : guard.t === 'object' ? guard.cls : undefined;
  const name = cls?.t === 'class' ? cls.decl.name : undefined;
  if (!cls || name === undefined || !run.project.security?.guards.includes(name)) return undefined;
  return { exchange: createExchange(), name, at: cls.at, passes: true };
}

function guardFacts(run: Run, guard: Value, route: GuardedRoute): HandlerFacts | undefined {
  switch (guard.t) {
    case 'class':
      return cachedGuard(run, guard, route, () =>
        classGuard(run, guard, singleton(run, guard, { at: guard.at, file: guard.scope.file }), route),
      );
    case 'object':
      return guard.cls && classGuard(run, guard.cls, guard, route);
    case 'external':
      return packageGuard(guard, guard.path.at(-1) ?? '', guard.at);
    case 'unknown': {
      const at = placeOf(guard);
      return at && { exchange: createExchange(), name: 'guard', at, passes: true, gap: guard.reason };
    }
    default:
      return undefined;
  }
}

function cachedGuard(
  run: Run,
  cls: ClassValue,
  route: GuardedRoute,
  work: () => HandlerFacts | undefined,
): HandlerFacts | undefined {
  // What it could ask of a route: most routes ask the same.
  const signature = `${route.method} ${signatureOf(route.uses)} ${signatureOf(route.classUses)}`;
  return remember(run, cls.decl, [signature], work);
}

function packageGuard(guard: ExternalValue, name: string, at: Span): HandlerFacts {
  const exchange = createExchange();
  const facts: HandlerFacts = { exchange, name, at, passes: true };
  if (/throttl|rate-?limit/i.test(`${guard.module} ${name}`)) {
    exchange.outputs.push({ status: 429, mediaType: undefined, at, evidence: 'guessed' });
    return facts;
  }
  exchange.outputs.push({ status: 401, mediaType: undefined, at, evidence: 'guessed' });
  const strategy = guard.args?.[0] && fixedText(guard.args[0]);
  const isPassport = guard.module === '@nestjs/passport';
  if (isPassport && readSignIn(exchange, strategy, at)) return facts;
  return {
    ...facts,
    guard: { evidence: isPassport ? 'declared' : 'guessed', name: strategy ?? name, scopes: [] },
  };
}

function classGuard(
  run: Run,
  cls: ClassValue,
  instance: Value,
  route: GuardedRoute,
): HandlerFacts | undefined {
  const name = cls.decl.name ?? 'guard';
  const { at } = cls;
  const parent = externalParent(cls);
  const own = instanceMember(run, cls, 'canActivate', instance, { at, file: at.file });
  if (own?.t !== 'function') {
    if (!parent) return undefined;
    const facts = packageGuard(parent, name, at);
    return facts.guard && letsEveryoneIn(run, cls, instance) ? undefined : facts;
  }
  const { exchange, returned } = activate(run, own, route);
  const verdicts = returned.flatMap(alternatives);
  const refusals = refusalsOf(run, own, route, exchange);
  const refuses = refusals.has(401);
  const asksParent = verdicts.some((one) => one.t === 'external' && one.path.at(-1) === 'canActivate');
  const forbids = refusals.has(403) || verdicts.some((one) => !isTrue(one));
  const facts: HandlerFacts = { exchange, name, at, passes: true };
  if (asksParent && parent) {
    if (letsEveryoneIn(run, cls, instance)) return undefined;
    const inner = packageGuard(parent, name, at);
    exchange.outputs.push(...inner.exchange.outputs);
    for (const gaps of ['inputGaps', 'bodyGaps', 'outputGaps'] as const)
      exchange[gaps].push(...inner.exchange[gaps]);
    return { ...facts, ...(inner.guard && { guard: { ...inner.guard, name } }) };
  }
  if (refuses) return { ...facts, guard: { evidence: 'inferred', name, scopes: [] } };
  if (!forbids) return exchange.outputs.length > 0 ? facts : undefined;
  if (!exchange.outputs.some(({ status }) => status === 403))
    exchange.outputs.push({ status: 403, mediaType: undefined, at, evidence: 'guessed' });
  if (looksLikeGuard(name)) return { ...facts, guard: { evidence: 'inferred', name, scopes: [] } };
  return { ...facts, gap: { why: 'dynamic', what: `what ${name} asks for`, at } };
}

/** The statuses of what it throws, also where filters answer with others. */
function refusalsOf(
  run: Run,
  method: FunctionValue,
  route: GuardedRoute,
  { outputs, outputGaps }: Exchange,
): ReadonlySet<number | undefined> {
  const isHidden = outputs.length === 0 && outputGaps.length > 0 && route.errors.length > 0;
  const seen = isHidden ? activate(run, method, { ...route, errors: [] }).exchange.outputs : outputs;
  return new Set(seen.map(({ status }) => status));
}

function isTrue(value: Value): boolean {
  return value.t === 'boolean' && value.value;
}

function activate(
  run: Run,
  method: FunctionValue,
  route: GuardedRoute,
): { readonly exchange: Exchange; readonly returned: readonly Value[] } {
  const exchange = createExchange();
  const returned: Value[] = [];
  const context = contextModel({
    request: requestOf(exchange, route),
    response: responseModel(run, createExchange()),
    next: nextModel(run, createExchange()),
    handler: targetModel(route.uses),
    cls: targetModel(route.classUses),
  });
  evaluateBounded(run, exchange, route.errors, method.at, () => {
    returned.push(callFunction(run, method, [context], { at: method.at, file: method.at.file }));
  });
  // Credentials are no inputs of each operation; whatever else a guard reads, an operation may list as its own.
  const others = exchange.inputs
    .splice(0)
    .filter(({ name }) => name !== 'authorization' && name !== 'cookie');
  exchange.inputs.push(...others);
  exchange.bodyGaps.splice(0);
  exchange.bodyAt = undefined;
  const outputs = exchange.outputs
    .splice(0)
    .filter(({ status }) => status !== undefined && status >= 400 && status < 500);
  exchange.outputs.push(...outputs);
  return {
    exchange,
    returned: returned.filter((value) => value.t !== 'unknown' || value.reason.why !== 'pending'),
  };
}

function requestOf(exchange: Exchange, route: GuardedRoute): Value {
  const request = requestModel(exchange);
  if (request.t !== 'model' || route.method === 'ALL') return request;
  const inner = request.model;
  return model({
    ...inner,
    get: (name, site) => (name === 'method' ? text(route.method, site.at) : inner.get(name, site)),
  });
}

/** Passport's `handleRequest(err, user)`: overridden so that it never throws, the guard only looks who is there. */
function letsEveryoneIn(run: Run, cls: ClassValue, instance: Value): boolean {
  const site = { at: cls.at, file: cls.scope.file };
  const method = instanceMember(run, cls, 'handleRequest', instance, site);
  if (method?.t !== 'function') return false;
  const exchange = createExchange();
  evaluateBounded(run, exchange, [], cls.at, () => {
    callFunction(run, method, [undefinedValue, undefinedValue], site);
  });
  return exchange.outputs.length === 0 && exchange.outputGaps.length === 0;
}
