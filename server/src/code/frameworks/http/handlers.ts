/** Evaluates handlers and middlewares with a model of a request, and says what each of them is. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { callFunction } from '../../evaluate/calls.ts';
import { attempt } from '../../evaluate/attempt.ts';
import { remember } from '../../evaluate/memory.ts';
import { isolated, untouched, type Run } from '../../evaluate/run.ts';
import { branch, merge } from '../../evaluate/branches.ts';
import { way } from '../../evaluate/statements.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ExternalValue, FunctionValue, Value } from '../../evaluate/values.ts';
import { anonymousRequest } from './anonymous.ts';
import { answerThrown, doubtSorted, type ErrorHandlers } from './error-answers.ts';
import { createExchange, missAll, type Exchange, type SentOutput } from './exchange.ts';
import { looksLikeGuard, roleOf } from './packages.ts';
import { exchanging } from './standing.ts';
import { readSignIn, redirects } from './strategies.ts';
import { sentType, typedBody } from './typed-handlers.ts';
import { takeFiles } from './uploads.ts';
import { demandOfPackage } from './validation.ts';
import { nextModel } from './next.ts';
import { responseModel } from './response.ts';
import { delegateOf, wrappedBy } from './wrapped.ts';

/** One handler may cost this many steps; real ones take a few hundred. */
const handlerSteps = 8_000;
/** Calls this deep below a handler are followed: into services, and what those call. */
const handlerDepth = 16;

/** What is known of one handler, middleware or guard of an operation. */
export interface HandlerFacts {
  readonly exchange: Exchange;
  readonly name: string;
  readonly at: Span;
  /** It may hand on to the next handler. */
  readonly passes: boolean;
  readonly guard?: {
    readonly evidence: 'declared' | 'inferred' | 'guessed';
    readonly name: string;
    readonly scopes: readonly string[];
  };
  readonly gap?: UnknownReason;
}

export function nameOf(value: Value): string {
  switch (value.t) {
    case 'function':
      return value.fn.name ?? delegateOf(value) ?? 'anonymous handler';
    case 'external':
      return value.path.at(-1) ?? value.module;
    case 'class':
      return value.decl.name ?? 'class';
    default:
      return 'handler';
  }
}

/** Runs a function of the workspace as a handler. `errors` get what it throws or hands to `next`. */
export function runHandler(
  run: Run,
  handler: FunctionValue,
  errors: ErrorHandlers,
  how: 'request' | 'param' = 'request',
): HandlerFacts {
  const home = { file: handler.scope.file, start: handler.fn.s, end: handler.fn.e };
  const { exchange } = exchanging(run, 'handled', (noting, request) => {
    noting.home = home;
    noting.bodyType = sentType(handler);
    noting.bodyMember = typedBody(run, handler);
    const models = [request, responseModel(run, noting), nextModel(run, noting)];
    if (how === 'param')
      models.push({ t: 'unknown', reason: { why: 'dynamic', what: 'value of a parameter', at: handler.at } });
    else if (isErrorHandler(handler))
      models.unshift({ t: 'unknown', reason: { why: 'dynamic', what: 'error', at: handler.at } });
    evaluateBounded(run, noting, errors, handler.at, () => {
      callFunction(run, handler, models, { at: handler.at, file: handler.scope.file });
    });
  });
  if (
    exchange.outputs.length +
      exchange.outputGaps.length +
      exchange.passed.length +
      exchange.forwarded.length ===
    0
  ) {
    exchange.outputGaps.push({ why: 'dynamic', what: 'no answer is seen', at: handler.at });
  }
  return {
    exchange,
    name: nameOf(handler),
    at: home,
    passes: exchange.passed.length > 0,
    ...guardOf(run, handler, exchange, errors),
  };
}

/** A middleware of the workspace, evaluated once, wherever it is mounted. */
export function runMiddleware(run: Run, handler: FunctionValue, errors: ErrorHandlers): HandlerFacts {
  return remember(run, handler, ['middleware'], () => isolated(run, () => runHandler(run, handler, errors)));
}

/** Evaluates with the budget of a handler, then turns what was thrown into answers. */
export function evaluateBounded(
  run: Run,
  exchange: Exchange,
  errors: ErrorHandlers,
  at: Span,
  work: () => void,
): void {
  const { cuts, depthLimit, quietLimit, uses } = run;
  run.uses = exchange.uses;
  run.summaries ??= new Map();
  run.stepLimit = run.steps + handlerSteps;
  run.written = new Set();
  run.quiet = 0;
  run.quietLimit = handlerSteps;
  run.depthLimit = run.stack.length + handlerDepth;
  run.thrown.push([]);
  const fault = attempt(run, at, () => {
    untouched(run, () => {
      merge(run, [
        way(run, () => {
          work();
          return 'throw';
        }),
        branch(run, () => ({ result: undefined, completion: 'normal' })),
      ]);
    });
  });
  run.written = undefined;
  const thrown = run.thrown.pop() ?? [];
  for (const { verdict } of thrown) if (verdict) verdict.decides = true;
  if (fault) missAll(exchange, fault);
  if (run.steps > run.stepLimit || run.quiet > run.quietLimit) {
    missAll(exchange, { why: 'limit', what: 'evaluation budget of a handler', at });
  } else if (run.cuts !== cuts) {
    exchange.outputGaps.push({ why: 'limit', what: 'calls of a handler', at });
  }
  for (const error of [...exchange.errors.splice(0), ...thrown]) {
    run.stepLimit = run.steps + handlerSteps;
    run.quiet = 0;
    answerThrown(run, exchange, error, errors);
  }
  doubtSorted(exchange);
  run.stepLimit = run.steps + handlerSteps;
  run.quiet = 0;
  run.quietLimit = quietLimit;
  run.depthLimit = depthLimit;
  run.uses = uses;
}

/** What a client gets for an error that something in front of a handler throws. */
export function answersTo(
  run: Run,
  error: Value,
  at: Span,
  errors: ErrorHandlers,
  errorAnswer: Exchange['errorAnswer'],
): readonly SentOutput[] {
  const exchange: Exchange = { ...createExchange(), errorAnswer };
  evaluateBounded(run, exchange, errors, at, () => {
    run.thrown.at(-1)?.push({ value: error, at });
  });
  return exchange.outputs;
}

/** Express tells handlers of errors by their four parameters. */
export function isErrorHandler(value: FunctionValue): boolean {
  return value.fn.params.length === 4;
}

/** The nearest handler around a place, which is what a call deep below it belongs to. */
function guardOf(
  run: Run,
  handler: FunctionValue,
  exchange: Exchange,
  errors: ErrorHandlers,
): Pick<HandlerFacts, 'guard' | 'gap'> {
  const name = nameOf(handler);
  if (exchange.passed.length === 0) return {};
  const refuses = exchange.outputs.some(({ status }) => status === 401 || status === 403);
  if (!refuses) {
    if (!looksLikeGuard(name)) return {};
    // A name is no more than a reason to doubt once all of the body was read and nothing in it refuses.
    if (exchange.outputGaps.length === 0)
      return { gap: { why: 'dynamic', what: `whether ${name} refuses callers`, at: handler.at } };
    return { guard: { evidence: 'guessed', name, scopes: [] } };
  }
  // Refusing wrong credentials is not refusing callers without any: only what an anonymous request gets tells.
  return refusesAnonymous(run, handler, errors) ? { guard: { evidence: 'inferred', name, scopes: [] } } : {};
}

function refusesAnonymous(run: Run, handler: FunctionValue, errors: ErrorHandlers): boolean {
  const exchange = createExchange();
  const models = [anonymousRequest(), responseModel(run, exchange), nextModel(run, exchange)];
  evaluateBounded(run, exchange, errors, handler.at, () => {
    callFunction(run, handler, models, { at: handler.at, file: handler.scope.file });
  });
  return (
    exchange.passed.length === 0 && exchange.outputs.some(({ status }) => status === 401 || status === 403)
  );
}

/** A handler that comes from a package: a function among its arguments is what it wraps. */
export function externalHandler(run: Run, value: ExternalValue, errors: ErrorHandlers): HandlerFacts {
  const name = nameOf(value);
  const exchange = createExchange();
  const facts: HandlerFacts = { exchange, name, at: value.at, passes: true };
  const root = rootCall(value);
  const role = roleOf(root.module, root.path);
  switch (role) {
    case 'neutral':
      for (const mediaType of parsedTypes(root)) exchange.bodyMediaTypes.push({ mediaType, at: value.at });
      return facts;
    case 'limit':
      exchange.outputs.push({
        status: 429,
        mediaType: undefined,
        at: value.at,
        evidence: 'guessed',
      });
      return facts;
    case 'guard': {
      if (isOptional(value)) return facts;
      const strategy = value.args?.[0] && fixedText(value.args[0]);
      exchange.outputs.push({
        status: 401,
        mediaType: undefined,
        at: value.at,
        evidence: 'guessed',
      });
      if (redirects(root))
        exchange.outputGaps.push({ why: 'dynamic', what: 'where a strategy sends the caller', at: value.at });
      return root.module === 'passport' && readSignIn(exchange, strategy, value.at)
        ? facts
        : { ...facts, guard: { evidence: 'declared', name: strategy ?? name, scopes: [] } };
    }
    case 'upload':
      takeFiles(run, value, exchange);
      return facts;
    case 'enforcer': {
      const gap: UnknownReason = { why: 'unsupported', construct: `${root.module} middleware`, at: value.at };
      exchange.outputGaps.push(gap);
      exchange.inputGaps.push(gap);
      return { ...facts, gap };
    }
    case 'validator':
      demandOfPackage(run, value, exchange);
      // Chains note what they find; who looks at it answers.
      if (root.module !== 'express-validator')
        exchange.outputGaps.push({
          why: 'unsupported',
          construct: `${root.module} middleware`,
          at: value.at,
        });
      return facts;
    case 'serves':
      exchange.outputGaps.push({
        why: 'unsupported',
        construct: `what ${root.module} answers by itself`,
        at: value.at,
      });
      return { ...facts, passes: false };
    case undefined: {
      const [first] = wrappedBy(value);
      if (first) return { ...runHandler(run, first, errors), name: nameOf(first) };
      const reason: UnknownReason = { why: 'unresolved', symbol: `${value.module}#${name}`, at: value.at };
      missAll(exchange, reason);
      return {
        ...facts,
        gap: reason,
        ...(looksLikeGuard(name) && { guard: { evidence: 'guessed', name, scopes: [] } }),
      };
    }
  }
}

/** What the parsers of bodies take if nothing else is said. */
const parserTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  text: 'text/plain',
  raw: 'application/octet-stream',
  urlencoded: 'application/x-www-form-urlencoded',
};

/** The media types of a parser of Express or body-parser: `express.raw({ type: 'application/pdf' })`; `*` for any. */
function parsedTypes({ module, path, args }: ExternalValue): readonly string[] {
  const isParser = module === 'body-parser' || (module === 'express' && path.at(-1) === 'bodyParser');
  const usual = module === 'express' || isParser ? parserTypes[path.at(-1) ?? ''] : undefined;
  if (usual === undefined) return isParser ? ['*'] : [];
  const [options] = args ?? [];
  const type = options?.t === 'object' ? options.props.get('type')?.value : undefined;
  if (!type) return [usual];
  const given = (type.t === 'array' ? type.items : [type]).map(fixedText);
  return given.every((one) => one !== undefined && one.includes('/') && !one.includes('*'))
    ? given.flatMap((one) => one ?? [])
    : ['*'];
}

/** A guard that lets callers without credentials through: express-jwt's `credentialsRequired: false`, passport's `anonymous`. */
function isOptional({ args = [] }: ExternalValue): boolean {
  return args.some((arg) => {
    if (arg.t === 'object') {
      const required = arg.props.get('credentialsRequired')?.value;
      return required?.t === 'boolean' && !required.value;
    }
    return arg.t === 'array' && arg.items.some((item) => fixedText(item) === 'anonymous');
  });
}

/** The first call of a chain: `query('page')` of `query('page').optional().isInt()`. */
function rootCall(value: ExternalValue): ExternalValue {
  let root = value;
  while (root.on?.args) root = root.on;
  return root;
}
