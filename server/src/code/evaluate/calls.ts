/** Calls: of functions of the workspace, of what the evaluator and the frameworks provide, and of what nobody can read. */

import type { Func, Param } from '../program/program.ts';
import { keyOfCall } from './call-keys.ts';
import { makeInstance, singleton } from './classes.ts';
import { isErrorClass, makeError } from './errors.ts';
import { getMember } from './members.ts';
import { noteStart } from './cuts.ts';
import { isHandler } from './look.ts';
import { inFunction } from './leaving.ts';
import { entering, noteFile, noteSummary } from './memory.ts';
import { assign } from './patterns.ts';
import {
  atHome,
  exhausted,
  inHandler,
  limitReason,
  neverValue,
  placeIn,
  spent,
  withShare,
  type Completion,
  type Run,
} from './run.ts';
import { branch, merge, under } from './branches.ts';
import { execute, hoist, maybe } from './statements.ts';
import { carriesState, hasState } from './stateful.ts';
import { findSummary, keepSummary, settled, type Room } from './summaries.ts';
import { genericOf, isOpen, withReturnType } from './written.ts';
import { alternatives, isNothing, union } from './alternatives.ts';
import { leaveOpen } from './items.ts';
import { isUnseen } from './text-parts.ts';
import { transaction } from './transactions.ts';
import {
  arrayOf,
  dynamic,
  objectOf,
  undefinedValue,
  unknownValue,
  type FunctionValue,
  type Scope,
  type Site,
  type Value,
} from './values.ts';

/** A function may be entered this often on one path of calls before it counts as unbounded recursion. */
const recursionLimit = 2;

/** The same where each call is written in what the one around it is handed. */
const continuationLimit = 8;

export function callValue(run: Run, callee: Value, args: readonly Value[], site: Site, self?: Value): Value {
  switch (callee.t) {
    case 'function':
      return (
        callGenerated(run, callee, args, site) ??
        callFunction(run, callee.self || callee.fn.arrow || !self ? callee : { ...callee, self }, args, site)
      );
    case 'native':
      return callee.call(args, site);
    case 'model':
      return callee.model.call?.(args, site) ?? dynamic('call', site.at);
    case 'class':
      return unknownValue({ why: 'unsupported', construct: 'call of a class', at: site.at });
    case 'union': {
      // Which of them is called, nothing here decides: what one of them demands, others may not.
      const isOneOfSeveral = callee.of.filter((one) => !isNothing(one)).length > 1;
      const call = (one: Value): Value => callValue(run, one, args, site, self);
      const branches = callee.of.map((one) =>
        branch(run, () => {
          const result = isOneOfSeveral ? under(run, site.at, () => call(one)) : call(one);
          return { result, completion: (result === neverValue ? 'throw' : 'normal') as Completion };
        }),
      );
      merge(run, branches);
      const results = branches.filter(({ result }) => result !== neverValue).map(({ result }) => result);
      return results.length === 0 ? neverValue : union(results);
    }
    case 'external':
      return callExternal(run, callee, 'call', args, site, self);
    default:
      return callUnknown(run, callee, args, site, self);
  }
}

function callGenerated(
  run: Run,
  callee: FunctionValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  if (callee.fn.name === undefined || inHandler(run)) return undefined;
  for (const framework of run.frameworks) {
    const result = framework.generated?.(run, callee, args, site);
    if (!result) continue;
    run.called.add(callee.fn);
    return result;
  }
  return undefined;
}

function callExternal(
  run: Run,
  callee: Extract<Value, { t: 'external' }>,
  how: 'call' | 'new',
  args: readonly Value[],
  site: Site,
  self?: Value,
): Value {
  for (const framework of run.frameworks) {
    const result = framework.external?.(run, callee, how, args, site, self);
    if (result) return result;
  }
  const name = callee.path.at(-1) ?? '';
  const made = injected(run, name, args, site) ?? transaction(run, name, self, args, site);
  if (made) return made;
  for (const arg of args) handOver(run, arg, site);
  if (self) escape(self, site);
  callbacks(run, args, [], site);
  if (isErrorClass(callee)) return makeError(run, callee, args, site);
  return {
    t: 'external',
    module: callee.module,
    path: callee.path,
    args,
    at: site.at,
    ...(callee.on && { on: callee.on }),
  };
}

function callUnknown(run: Run, callee: Value, args: readonly Value[], site: Site, self?: Value): Value {
  if (callee.t === 'unknown' && callee.reason.why === 'unresolved')
    for (const framework of run.frameworks) {
      const result = framework.missing?.(run, callee.reason.symbol, args, site);
      if (result) return result;
    }
  const name = callee.t === 'unknown' && callee.reason.why === 'dynamic' ? callee.reason.what : '';
  const made = injected(run, /(\w+)$/.exec(name)?.[1] ?? '', args, site);
  if (made) return made;
  for (const arg of args) handOver(run, arg, site);
  if (self && self.t === 'model') escape(self, site);
  callbacks(run, args, [], site);
  return callee.t === 'unknown'
    ? {
        t: 'unknown',
        reason: callee.reason,
        ...(callee.configured && { configured: true as const }),
        ...(callee.verdict && { verdict: callee.verdict }),
      }
    : dynamic('call', site.at);
}

/** `container.get(UserController)`: what any dependency injector gives for a class is an instance of it. */
function injected(run: Run, method: string, args: readonly Value[], site: Site): Value | undefined {
  const [wanted] = args;
  if (wanted?.t !== 'class' || args.length > 2) return undefined;
  return /^(?:get|resolve|inject|create|make|build|instantiate|container)$/i.test(method)
    ? singleton(run, wanted, site)
    : undefined;
}

/**
 * Functions handed to code that we do not read: it may call them, so they are evaluated once with unknown arguments.
 * Request handlers are left out: a framework or a wrapper calls them, with a request.
 */
export function callbacks(run: Run, args: readonly Value[], values: readonly Value[], site: Site): void {
  for (const arg of args) {
    if (arg.t !== 'function' || isHandler(arg.fn)) continue;
    maybe(run, () => {
      const given = arg.fn.params.map(
        (param, index) =>
          values[index] ?? dynamic('argument of a callback', { ...arg.at, start: param.s, end: param.e }),
      );
      return callFunction(run, arg, given, site) === neverValue ? 'throw' : 'normal';
    });
  }
}

/** Gives an argument to code that we do not read: it may fill a list that is empty so far. */
function handOver(run: Run, arg: Value, site: Site): void {
  if (arg.t === 'array' && arg.items.length === 0 && !arg.shared && inHandler(run)) leaveOpen(arg);
  escape(arg, site);
}

/** Tells models that code which we do not read has got hold of them. */
export function escape(value: Value, site: Site, depth = 0): void {
  if (value.t === 'model') value.model.escape?.(site);
  else if (depth > 2) return;
  else if (value.t === 'object' && !value.cls)
    for (const cell of value.props.values()) if (cell.value) escape(cell.value, site, depth + 1);
  if (value.t === 'array') for (const item of value.items) escape(item, site, depth + 1);
  if (value.t === 'union') for (const item of value.of) escape(item, site, depth + 1);
}

/** Called as a handler: with a request and a response. */
function answers([request, response]: readonly Value[]): boolean {
  return (
    request?.t === 'model' &&
    request.model.kind === 'request' &&
    response?.t === 'model' &&
    response.model.kind === 'response'
  );
}

export function callFunction(run: Run, callee: FunctionValue, args: readonly Value[], site: Site): Value {
  noteFile(run, callee.scope.file);
  // A callback that is handed an accumulator writes into it, and what it closes over is no argument.
  const isReducer = callee.fn.arrow === true && args.some(({ t }) => t === 'object' || t === 'array');
  const isAlike = run.homes.length > 0 && !isReducer && !hasState(run, callee);
  const key = run.summaries && isAlike ? keyOfCall(callee, args) : undefined;
  if (!run.summaries || key === undefined) return enterFunction(run, callee, args, site);
  const { uses, cuts } = run;
  const room: Room = { depth: run.depthLimit - run.stack.length, steps: run.quietLimit - run.quiet };
  const known = findSummary(run.summaries, callee, key, room);
  if (known && (!known.used || known.used === uses)) {
    noteSummary(run, callee.fn);
    if (known.used) known.used.times += 1;
    if (known.room !== undefined) run.cuts += 1;
    // What it throws leads here by this call.
    run.sites.push(site.at);
    const thrown = known.thrown.map((one) => ({ ...one, ...placeIn(run, one.source ?? one.at) }));
    run.sites.pop();
    run.thrown.at(-1)?.push(...thrown);
    return known.result;
  }
  const before = uses?.times;
  run.thrown.push([]);
  const result = enterFunction(run, callee, args, site);
  const thrown = run.thrown.pop() ?? [];
  run.thrown.at(-1)?.push(...thrown);
  if (carriesState(run, result)) return result;
  const used = uses && uses.times !== before ? { used: uses } : {};
  const cut = run.cuts !== cuts ? { room } : {};
  keepSummary(run.summaries, callee, key, { result: settled(run, result), thrown, ...used, ...cut });
  return result;
}

function enterFunction(run: Run, callee: FunctionValue, args: readonly Value[], site: Site): Value {
  const { fn } = callee;
  const depth = run.stack.length;
  const isCut = spent(run) || depth >= run.depthLimit;
  const limit = isContinuation(callee, args, site) ? continuationLimit : recursionLimit;
  if (isCut || timesIn(run.stack, fn) >= limit) {
    // What a recursion would do once more, it has done before, but for what it is handed.
    if (isCut) run.cuts += 1;
    else callbacks(run, args, [], site);
    for (const arg of args) escape(arg, site);
    return withReturnType(run, callee, unknownValue(limitReason(site.at)));
  }
  if (!run.summaries || run.lasting > 0) run.called.add(fn);
  const scope: Scope = {
    vars: new Map(),
    parent: callee.scope,
    file: callee.scope.file,
    ...(!fn.arrow && { self: { value: callee.self } }),
    ...(callee.home && { home: callee.home }),
    ...genericOf(callee),
  };
  const given = callee.bound ? [...callee.bound, ...args] : args;
  if (!fn.arrow) scope.vars.set('arguments', { value: arrayOf(given, site.at) });
  if (fn.name !== undefined && fn.knowsItself) scope.vars.set(fn.name, { value: callee });
  fn.params.forEach((param, index) => {
    const place = { file: scope.file, start: param.s, end: param.e };
    if (param.rest) assign(run, param.to, arrayOf(given.slice(index), place), scope, 'declare');
    else
      assign(run, param.to, argument(param, given[index], callee.scope, place), scope, 'declare', param.type);
  });
  hoist(run, fn.body, scope);
  run.stack.push(fn);
  run.sites.push(site.at);
  const { sorting } = run;
  if (args.some(isCaught)) run.sorting ??= site.at;
  const isHome = answers(given);
  const returned: Value[] = [];
  let ranOut = false;
  const work = (): Completion =>
    entering(run, fn, scope.file, () =>
      withShare(run, scope.file, () => {
        const completion = inFunction(run, fn, returned, () => execute(run, fn.body, scope));
        ranOut = exhausted(run);
        return completion;
      }),
    );
  const completion = isHome ? atHome(run, { file: scope.file, start: fn.s, end: fn.e }, work) : work();
  run.stack.pop();
  run.sites.pop();
  run.sorting = sorting;
  if (!run.summaries) noteStart(run, { callee, args: given }, ranOut, scope);
  if (ranOut) {
    run.cuts += 1;
    // What it would have read of its arguments, and what it would have returned, is not known.
    if (inHandler(run)) for (const arg of given) escape(arg, site);
    returned.push(unknownValue(limitReason(site.at)));
  }
  // While a server starts, an error that only our reading finds certain must not hide the routes that follow it.
  if (completion === 'throw' && returned.length === 0) return run.summaries ? neverValue : undefinedValue;
  if (completion === 'normal' && returned.length > 0 && !fn.arrow)
    return withReturnType(run, callee, union([...returned, undefinedValue]));
  return returned.length === 0 ? undefinedValue : withReturnType(run, callee, union(returned));
}

/** An error as a place that catches gets it; callbacks get one or nothing. */
function isCaught(value: Value): boolean {
  const all = alternatives(value);
  return all.some(isUnseen) && !all.some(isNothing);
}

/** `valid(a, (x) => valid(b, (y) => …))`: called elsewhere than in its own body, with a function that is written there. */
function isContinuation({ fn, scope }: FunctionValue, args: readonly Value[], { at }: Site): boolean {
  const isOwn = at.file === scope.file && at.start >= fn.s && at.end <= fn.e;
  const isWritten = (arg: Value): boolean =>
    arg.t === 'function' && arg.scope.file === at.file && arg.fn.s >= at.start && arg.fn.e <= at.end;
  return !isOwn && args.some(isWritten);
}

function timesIn(stack: readonly Func[], fn: Func): number {
  let times = 0;
  for (const one of stack) if (one === fn) times += 1;
  return times;
}

/** A missing argument of a type that a framework knows becomes a value of it: a router that somebody else mounts. */
function argument(param: Param, given: Value | undefined, scope: Scope, at: Site['at']): Value {
  const missing = given === undefined || given.t === 'undefined';
  if (!missing && given.t !== 'unknown') return given;
  if (missing && param.optional) return undefinedValue;
  // What the caller knows of it is narrower than what the function takes.
  if (given?.t === 'unknown' && given.type && !isOpen(given.type)) return given;
  if (param.type)
    return {
      ...(given?.t === 'unknown' ? given : dynamic('argument', at)),
      type: { type: param.type, scope },
    };
  return given ?? undefinedValue;
}

/** `new callee(...args)`. */
export function construct(run: Run, callee: Value, args: readonly Value[], site: Site): Value {
  switch (callee.t) {
    case 'class':
      return makeInstance(run, callee, args, site);
    case 'function': {
      const instance: Value = { ...objectOf([], site.at), proto: getMember(run, callee, 'prototype', site) };
      const result = callFunction(run, { ...callee, self: instance }, args, site);
      return result.t === 'object' || result.t === 'model' || result.t === 'function' ? result : instance;
    }
    case 'external':
      return callExternal(run, callee, 'new', args, site);
    case 'native':
      return callee.call(args, site);
    case 'union':
      return union(callee.of.map((one) => construct(run, one, args, site)));
    default:
      return callUnknown(run, callee, args, site);
  }
}
