/** Interceptors of a route: what they read of the request, whether they answer themselves, and what they make of the answer. */

import { callFunction, callValue } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { instanceMember } from '../../evaluate/class-members.ts';
import { maybe } from '../../evaluate/statements.ts';
import { neverValue, type Run } from '../../evaluate/run.ts';
import { alternatives } from '../../evaluate/alternatives.ts';
import {
  dynamic,
  model,
  native,
  noPlace,
  placeOf,
  type ExternalValue,
  type Model,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import type { DecoratorUse } from '../classes/decorators.ts';
import { makeProvided } from './providers.ts';
import type { NestApp, NestWorld } from './world.ts';

/** Those of the whole application, outermost first. */
export function globalInterceptors(run: Run, world: NestWorld, app: NestApp | undefined): readonly Value[] {
  const provided = (app?.graph.enhancers ?? [])
    .filter(({ kind }) => kind === 'APP_INTERCEPTOR')
    .map(({ value }) => makeProvided(run, world, value));
  return [...(app?.interceptors ?? []), ...provided].flatMap(alternatives);
}

export function listedInterceptors(uses: readonly DecoratorUse[]): readonly Value[] {
  return uses
    .filter(({ name, module }) => name === 'UseInterceptors' && module === '@nestjs/common')
    .flatMap(({ args }) => args)
    .flatMap(alternatives);
}

/**
 * Runs them around an answer, the innermost first, and gives what they make of it. They may go on to the handler or
 * not, so what they throw or send counts as well.
 */
export function runInterceptors(
  run: Run,
  interceptors: readonly Value[],
  context: Value,
  answer: Value,
): Value {
  return interceptors.reduceRight((inner, one) => intercepted(run, one, context, inner), answer);
}

/**
 * Packages whose interceptors leave what a handler returns as it is: what class-transformer leaves out, types say, and what
 * a schema lets out is told beside (`serializers.ts`).
 */
const transparent = /^(?:@nestjs\/|@sentry\/|nestjs-(?:pino|i18n|zod)$|nest-winston$)/;

function intercepted(run: Run, interceptor: Value, context: Value, answer: Value): Value {
  if (interceptor.t === 'external' && transparent.test(interceptor.module)) return answer;
  const cls =
    interceptor.t === 'class' ? interceptor : interceptor.t === 'object' ? interceptor.cls : undefined;
  if (!cls) return dynamic('answer of an interceptor', placeOf(interceptor) ?? noPlace);
  const site: Site = { at: cls.at, file: cls.scope.file };
  const instance = interceptor.t === 'class' ? singleton(run, interceptor, site) : interceptor;
  const method = instanceMember(run, cls, 'intercept', instance, site);
  if (method?.t !== 'function') return dynamic('answer of an interceptor', cls.at);
  const next = model({
    kind: 'nest-call-handler',
    get: (name) => native(name, () => (name === 'handle' ? stream(run, answer) : dynamic(name, site.at))),
  });
  let result: Value = dynamic('answer of an interceptor', cls.at);
  maybe(run, () => {
    result = callFunction(run, method, [context, next], site);
    return 'normal';
  });
  const ways = alternatives(result).map(emitted);
  return (isAside(ways, answer) ? undefined : emitted(result)) ?? dynamic('answer of an interceptor', cls.at);
}

/** May it leave the answer as it is, or make something else of it? Which it does for this route the source does not tell. */
function isAside(ways: readonly (Value | undefined)[], answer: Value): boolean {
  const own = alternatives(answer);
  const left = ways.filter((way) => way !== undefined && (way === answer || own.includes(way)));
  return left.length > 0 && left.length < ways.length;
}

interface Stream extends Model {
  readonly kind: 'rxjs-stream';
  readonly value: Value;
}

/** An observable of one value. */
function stream(run: Run, value: Value): Value {
  const self: Stream = {
    kind: 'rxjs-stream',
    value,
    get: (name) => {
      if (name === 'pipe')
        return native(name, (operators, site) =>
          stream(
            run,
            operators.reduce((current, operator) => operated(run, operator, current, site), value),
          ),
        );
      return native(name, () => (name === 'toPromise' ? value : { t: 'model', model: self }));
    },
  };
  return { t: 'model', model: self };
}

/** What the observables in a value emit; undefined where that cannot be seen. */
function emitted(value: Value): Value | undefined {
  if (value.t === 'model')
    return value.model.kind === 'rxjs-stream' ? (value.model as Stream).value : undefined;
  if (value.t === 'union') {
    const parts = value.of.map(emitted);
    return parts.every((part) => part !== undefined) ? { t: 'union', of: parts } : undefined;
  }
  return value.t === 'external' && isRx(value) ? rxSource(value) : undefined;
}

function isRx({ module }: ExternalValue): boolean {
  return module === 'rxjs' || module.startsWith('rxjs/');
}

/** `of(value)`, `from(promise)`. */
function rxSource({ path, args }: ExternalValue): Value | undefined {
  return /^(?:of|from)$/.test(path.at(-1) ?? '') ? args?.[0] : undefined;
}

/** Operators that hand on what they get, or an error. */
const passing =
  /^(?:tap|catchError|timeout|finalize|delay|retry|take|takeUntil|first|last|share|shareReplay)$/;

function operated(run: Run, operator: Value, value: Value, site: Site): Value {
  const unread = dynamic('answer of an interceptor', site.at);
  if (operator.t !== 'external' || !isRx(operator)) return unread;
  const name = operator.path.at(-1) ?? '';
  if (passing.test(name)) return value;
  const [change] = operator.args ?? [];
  if (!change || !/^(?:map|switchMap|mergeMap|concatMap|flatMap)$/.test(name)) return unread;
  const result = callValue(run, change, [value], site);
  if (result === neverValue) return value;
  if (isAside(alternatives(result), value)) return unread;
  return name === 'map'
    ? result
    : (emitted(result) ?? (result.t === 'external' || result.t === 'model' ? unread : result));
}
