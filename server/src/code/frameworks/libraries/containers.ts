/**
 * Dependency injectors that find things by a token: inversify, tsyringe, typedi, awilix. What is bound to a token is
 * remembered, and made when it is asked for. A class as a token needs none of this: it stands for its instance.
 */

import type { Decorator, Param } from '../../program/program.ts';
import { callValue, construct } from '../../evaluate/calls.ts';
import { paramName } from '../../evaluate/look.ts';
import { singleton } from '../../evaluate/classes.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { entriesOf } from '../../evaluate/members.ts';
import { lastingly, type FrameworkModel, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  dynamic,
  model,
  undefinedValue,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';

const modules = new Set(['inversify', 'tsyringe', 'typedi', 'awilix']);
const injectors = /^[iI]nject$/;

interface Bindings {
  /** What makes the value of a token; asked once. */
  readonly makers: Map<string, () => Value>;
  readonly made: Map<string, Value>;
}

export function containerModel(): FrameworkModel {
  const bindings: Bindings = { makers: new Map(), made: new Map() };
  return {
    external(run, value, how, args, site) {
      return modules.has(value.module) ? called(run, bindings, value, how, args, site) : undefined;
    },
    constant(value) {
      // awilix: `container.cradle.users`.
      return value.module === 'awilix' && value.path.at(-2) === 'cradle'
        ? made(bindings, `text ${value.path.at(-1) ?? ''}`)
        : undefined;
    },
    inject(run, cls, place) {
      const token = injectedToken(run, cls, place.decorators ?? []);
      return token === undefined ? undefined : made(bindings, token);
    },
  };
}

function called(
  run: Run,
  bindings: Bindings,
  value: ExternalValue,
  how: 'call' | 'new',
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const name = value.path.at(-1) ?? '';
  const [first, second] = args;
  if (how === 'new') {
    // inversify: `new ContainerModule((bind) => { bind(T).to(C) })`, in later versions `({ bind }) => …`.
    if (name === 'ContainerModule' && first?.t === 'function')
      callValue(run, first, [{ t: 'external', module: value.module, path: ['bind'], at: site.at }], site);
    return undefined;
  }
  const bound =
    value.on?.path.at(-1) === 'bind' || value.on?.path.at(-1) === 'rebind' ? value.on.args?.[0] : undefined;
  if (bound) {
    bind(run, bindings, bound, inversifyMaker(run, name, bound, first, site));
    return result(value, args, site);
  }
  switch (name) {
    case 'get':
    case 'resolve': {
      const token = first && tokenOf(first);
      return token === undefined ? undefined : made(bindings, token);
    }
    case 'set':
    case 'register':
    case 'registerInstance':
    case 'registerSingleton': {
      if (!first) return undefined;
      if (value.module === 'awilix') registerAwilix(run, bindings, first, second, site);
      else if (first.t === 'object' && !second)
        bind(run, bindings, first.props.get('id')?.value ?? undefinedValue, provided(run, first, site));
      else if (second) bind(run, bindings, first, provided(run, second, site));
      return result(value, args, site);
    }
    case 'asFunction':
    case 'asClass':
    case 'asValue':
      return result(value, args, site);
    default:
      return undefined;
  }
}

/** What the call gives, without the functions among its arguments being called: they are when somebody asks. */
function result(value: ExternalValue, args: readonly Value[], at: Site): Value {
  return {
    t: 'external',
    module: value.module,
    path: value.path,
    args,
    at: at.at,
    ...(value.on && { on: value.on }),
  };
}

function bind(
  run: Run,
  { makers, made: values }: Bindings,
  token: Value,
  maker: (() => Value) | undefined,
): void {
  const key = tokenOf(token);
  if (key === undefined || !maker) return;
  makers.set(key, () => lastingly(run, maker));
  values.delete(key);
}

function made({ makers, made: values }: Bindings, token: string): Value | undefined {
  const known = values.get(token);
  if (known) return known;
  const maker = makers.get(token);
  if (!maker) return undefined;
  // Two things may want each other: the second asks while the first is being made.
  makers.delete(token);
  const value = maker();
  makers.set(token, maker);
  values.set(token, value);
  return value;
}

/** A key under which a token meets itself; undefined where the source does not say which token it is. */
function tokenOf(value: Value): string | undefined {
  if (value.t === 'class') return `class ${value.at.file}:${value.at.start}`;
  const text = fixedText(value);
  if (text !== undefined) return `text ${text}`;
  const name =
    value.t === 'external' && (value.module === 'global:Symbol' || value.path.at(-1) === 'Token')
      ? value.args?.[0]
      : undefined;
  const described = name && fixedText(name);
  return described === undefined ? undefined : `symbol ${described}`;
}

function inversifyMaker(
  run: Run,
  how: string,
  token: Value,
  given: Value | undefined,
  site: Site,
): (() => Value) | undefined {
  switch (how) {
    case 'to':
      return given && (() => instanceOf(run, given, site));
    case 'toSelf':
      return () => instanceOf(run, token, site);
    case 'toConstantValue':
      return given && (() => given);
    case 'toDynamicValue':
      return given && (() => callValue(run, given, [dynamic('context of a container', site.at)], site));
    default:
      return undefined;
  }
}

function instanceOf(run: Run, value: Value, site: Site): Value {
  return value.t === 'class' ? singleton(run, value, site) : value;
}

/** tsyringe's `{ useClass }`, typedi's `{ type }`, or the thing itself. */
function provided(run: Run, provider: Value, site: Site): () => Value {
  if (provider.t !== 'object' || provider.cls) return () => instanceOf(run, provider, site);
  const option = (name: string): Value | undefined => provider.props.get(name)?.value;
  const cls = option('useClass') ?? option('type');
  const value = option('useValue') ?? option('value');
  const factory = option('useFactory') ?? option('factory');
  if (cls) return () => instanceOf(run, cls, site);
  if (factory) return () => callValue(run, factory, [], site);
  return () => value ?? provider;
}

/** awilix: `register('users', asClass(Users))` or an object of such. */
function registerAwilix(
  run: Run,
  bindings: Bindings,
  first: Value,
  second: Value | undefined,
  site: Site,
): void {
  const name = fixedText(first);
  const entries =
    name !== undefined && second ? ([[name, second]] as const) : entriesOf(run, first, site).entries;
  for (const [key, resolver] of entries) {
    const root = resolver.t === 'external' ? resolverRoot(resolver) : undefined;
    const [target] = root?.args ?? [];
    const how = root?.path.at(-1);
    if (!target || how === undefined) continue;
    bind(run, bindings, { t: 'text', parts: [{ text: key }], at: site.at }, () => {
      if (how === 'asValue') return target;
      const args = cradleArguments(bindings, target, site);
      return how === 'asClass' ? construct(run, target, args, site) : callValue(run, target, args, site);
    });
  }
}

/** `asClass(Users)` of `asClass(Users).singleton()`. */
function resolverRoot(value: ExternalValue): ExternalValue {
  return value.on?.args ? resolverRoot(value.on) : value;
}

/** One object of all that is registered, or each by the name of its parameter; which, the container's options say. */
function cradleArguments(bindings: Bindings, target: Value, site: Site): readonly Value[] {
  const cradle = model({
    kind: 'cradle',
    get: (name, where) => made(bindings, `text ${name}`) ?? dynamic(`${name} of a container`, where.at),
  });
  const params = paramsOf(target);
  const [first] = params;
  const names = params.map((param) => paramName(param) ?? '');
  const byName =
    first?.to.k === 'name' && (params.length > 1 || bindings.makers.has(`text ${names[0] ?? ''}`));
  return byName
    ? names.map((name) => made(bindings, `text ${name}`) ?? dynamic(`${name} of a container`, site.at))
    : [cradle];
}

function paramsOf(target: Value): readonly Param[] {
  if (target.t === 'function') return (target satisfies FunctionValue).fn.params;
  const ctor =
    target.t === 'class'
      ? target.decl.members.find((member) => member.k === 'ctor' && !member.overload)
      : undefined;
  return ctor?.k === 'ctor' ? ctor.fn.params : [];
}

/** The token of `@inject(TOKEN)`. */
function injectedToken(run: Run, cls: ClassValue, decorators: readonly Decorator[]): string | undefined {
  for (const { x } of decorators) {
    if (x.k !== 'call' || !x.args[0]) continue;
    const decorator = evaluate(run, x.fn, cls.scope);
    if (
      decorator.t === 'external' &&
      modules.has(decorator.module) &&
      injectors.test(decorator.path.at(-1) ?? '')
    )
      return tokenOf(evaluate(run, x.args[0], cls.scope));
  }
  return undefined;
}
