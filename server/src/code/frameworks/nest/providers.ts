/** Providers: what the injector hands out for a token. */

import { fixedText } from '../../evaluate/text-parts.ts';
import type { ClassValue, ExternalValue, Value } from '../../evaluate/values.ts';
import type { Member, Param } from '../../program/program.ts';
import { callValue } from '../../evaluate/calls.ts';
import { singleton } from '../../evaluate/classes.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { lookup } from '../../evaluate/scopes.ts';
import { lastingly, type Run } from '../../evaluate/run.ts';
import { option, packageOf } from '../classes/decorators.ts';
import { configService, configurationFor, isConfigService } from './configuration.ts';
import type { NestWorld } from './world.ts';

export interface Provider {
  readonly token: Value;
  readonly value: Value;
  made: Value | undefined;
}

export function readProvider(value: Value): Provider | undefined {
  if (value.t === 'class') return { token: value, value, made: undefined };
  const token = option(value, 'provide');
  return token && { token, value, made: undefined };
}

export function sameToken(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.t === 'class' && b.t === 'class') return a.decl === b.decl;
  if (a.t === 'external' && b.t === 'external') {
    return a.module === b.module && a.path.join('.') === b.path.join('.') && sameArguments(a, b);
  }
  const text = fixedText(a);
  return text !== undefined && text === fixedText(b);
}

function sameArguments(a: ExternalValue, b: ExternalValue): boolean {
  if (!a.args && !b.args) return true;
  return (
    a.args?.length === b.args?.length &&
    (a.args ?? []).every((arg, index) => {
      const other = b.args?.[index];
      return (
        other !== undefined && (sameToken(arg, other) || (arg.t === 'undefined' && other.t === 'undefined'))
      );
    }) &&
    ((a.args?.length ?? 0) > 0 || a.at === b.at)
  );
}

/** What is provided for a token; undefined where nothing but the token's own class says it. */
export function provided(run: Run, world: NestWorld, token: Value): Value | undefined {
  const configuration = configurationFor(run, token);
  if (configuration) return configuration;
  if (token.t === 'external' && isConfigService(token.module, token.path)) return configService(run, world);
  const provider = world.providers.findLast((one) => one.value.t !== 'class' && sameToken(one.token, token));
  if (!provider) return undefined;
  provider.made ??= lastingly(run, () => makeProvided(run, world, provider.value));
  return provider.made;
}

export function makeProvided(run: Run, world: NestWorld, value: Value): Value {
  const site = {
    at: 'at' in value && value.at ? value.at : { file: '' as never, start: 0, end: 0 },
    file: '' as never,
  };
  if (value.t === 'class') return singleton(run, value, { ...site, file: value.scope.file });
  const useClass = option(value, 'useClass');
  if (useClass?.t === 'class') return singleton(run, useClass, { ...site, file: useClass.scope.file });
  if (useClass) return useClass;
  const useExisting = option(value, 'useExisting');
  if (useExisting)
    return (
      provided(run, world, useExisting) ??
      (useExisting.t === 'class'
        ? singleton(run, useExisting, { ...site, file: useExisting.scope.file })
        : useExisting)
    );
  const useValue = option(value, 'useValue');
  if (useValue) return useValue;
  const factory = option(value, 'useFactory');
  if (!factory) return { t: 'unknown', reason: { why: 'dynamic', what: 'provider', at: site.at } };
  const inject = option(value, 'inject');
  const args = inject?.t === 'array' ? inject.items.map((token) => injectedFor(run, world, token)) : [];
  return callValue(run, factory, args, { ...site, file: site.at.file });
}

function injectedFor(run: Run, world: NestWorld, token: Value): Value {
  const inner = token.t === 'object' ? (option(token, 'token') ?? token) : token;
  const made = provided(run, world, inner);
  if (made) return made;
  if (inner.t === 'class') return singleton(run, inner, { at: inner.at, file: inner.scope.file });
  return {
    t: 'unknown',
    reason: {
      why: 'unresolved',
      symbol: 'injected value',
      at: 'at' in inner && inner.at ? inner.at : { file: '' as never, start: 0, end: 0 },
    },
  };
}

/** `@Inject(TOKEN) x`, and parameters whose class has a provider of its own (`{ provide: Base, useClass: Real }`). */
export function injectInto(
  run: Run,
  world: NestWorld,
  cls: ClassValue,
  place: Param | (Member & { readonly k: 'field' }),
): Value | undefined {
  if (world.providers.length + world.configurations.length === 0) return undefined;
  for (const { x } of place.decorators ?? []) {
    const decorator = evaluate(run, x, cls.scope);
    if (
      decorator.t !== 'external' ||
      decorator.path.at(-1) !== 'Inject' ||
      packageOf(decorator.module) !== '@nestjs/common'
    )
      continue;
    const [token] = decorator.args ?? [];
    const wanted =
      token?.t === 'external' && token.path.at(-1) === 'forwardRef' && token.args?.[0]
        ? callValue(run, token.args[0], [], { at: token.at, file: token.at.file })
        : token;
    return (
      wanted &&
      (provided(run, world, wanted) ??
        (wanted.t === 'class'
          ? singleton(run, wanted, { at: wanted.at, file: wanted.scope.file })
          : undefined))
    );
  }
  if (!('type' in place) || place.type?.k !== 'ref' || place.type.name.includes('.')) return undefined;
  const named = lookup(run, place.type.name, cls.scope);
  return named?.t === 'class' ? provided(run, world, named) : undefined;
}
