/** Wrappers of handlers: `asyncHandler(users.list)` is served by `users.list`, whatever stands around it. */

import { callsIn, paramName, type Call } from '../../evaluate/look.ts';
import type { ExternalValue, FunctionValue, Scope, Value } from '../../evaluate/values.ts';
import type { Expr, Func } from '../../program/program.ts';

/** What a wrapper is around, as far down as there are wrappers; the value itself where it is none. */
export function unwrapped(handler: Value): Value {
  let current = handler;
  for (let depth = 0; depth < depthLimit; depth += 1) {
    const [only, ...more] =
      current.t === 'function' ? handedRequest(current) : current.t === 'external' ? wrappedBy(current) : [];
    if (!only || more.length > 0) break;
    current = only;
  }
  return current;
}

const depthLimit = 8;

/** `users.list` of `(req, res) => users.list(req, res)`: all that a function without a name does. */
export function delegateOf({ fn }: FunctionValue): string | undefined {
  const request = requestOf(fn);
  const [only, ...more] = fn.body;
  const x = more.length === 0 && (only?.k === 'expr' || only?.k === 'return') ? only.x : undefined;
  const call = x?.k === 'await' ? x.x : x;
  if (request === undefined || call?.k !== 'call') return undefined;
  return call.args.some((arg) => isNamed(arg, request)) ? dotted(call.fn) : undefined;
}

/** The handlers among the arguments of a function of a package. */
export function wrappedBy({ args = [] }: ExternalValue): readonly FunctionValue[] {
  return args.filter((arg): arg is FunctionValue => arg.t === 'function' && takesRequest(arg));
}

function takesRequest({ fn }: FunctionValue): boolean {
  const [first] = fn.params;
  return first !== undefined && /^_?(?:req|request|ctx)/.test(paramName(first) ?? 'req');
}

/** Functions that were handed to what made this one, and that get its own request. */
function handedRequest(handler: FunctionValue): readonly FunctionValue[] {
  const request = requestOf(handler.fn);
  const given = handedIn(handler.scope);
  if (request === undefined || given.size === 0) return [];
  const called = [...callsIn(handler.fn)].filter(({ args }) => args.some((arg) => isNamed(arg, request)));
  return [...new Set(called.flatMap(({ fn }) => given.get(calledName(fn) ?? '') ?? []))];
}

/** What a handler calls its request. */
function requestOf({ params: [first] }: Func): string | undefined {
  return first && paramName(first);
}

/** `users.list`; undefined for what is no chain of names. */
function dotted(x: Expr): string | undefined {
  if (x.k === 'id') return x.name;
  const owner = x.k !== 'mem' ? undefined : x.obj.k === 'this' ? 'this' : dotted(x.obj);
  return x.k === 'mem' && owner !== undefined ? `${owner}.${x.name}` : undefined;
}

/** `request`, and `...args`. */
function isNamed(arg: Expr, name: string): boolean {
  return arg.k === 'spread' ? isNamed(arg.x, name) : arg.k === 'id' && arg.name === name;
}

/** `handler` of `handler(request)`, `handler.call(this, request)`, `handler.apply(this, args)`. */
function calledName(fn: Call['fn']): string | undefined {
  if (fn.k === 'mem' && /^(?:call|apply)$/.test(fn.name)) return calledName(fn.obj);
  return fn.k === 'id' ? fn.name : undefined;
}

/** Functions in scopes of the calls that a closure was made in, which were made outside of them, by their names. */
function handedIn(scope: Scope): ReadonlyMap<string, FunctionValue> {
  const found = new Map<string, FunctionValue>();
  for (let at = scope; at.parent; at = at.parent) {
    for (const [name, { value }] of at.vars)
      if (value?.t === 'function' && !found.has(name) && !isBelow(value.scope, at)) found.set(name, value);
  }
  return found;
}

function isBelow(scope: Scope, outer: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at === outer) return true;
  return false;
}
