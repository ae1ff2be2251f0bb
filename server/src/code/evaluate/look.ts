/** A cheap look at a function that was not evaluated, or not to its end: what may it do for a server? */

import type { Expr, Func, Param } from '../program/program.ts';

const registrations = new Set(['use', 'route', 'register']);
/** These register with a path and a handler; with one argument they ask a map, or add to what `route` gave. */
const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);

export interface Look {
  readonly creates: boolean;
  readonly registers: boolean;
}

/** May a function make an application or register routes when something that we do not see calls it? */
export function mayRegister(fn: Func): boolean {
  const { creates, registers } = lookAt(fn);
  return !isHandler(fn) && (creates || registers);
}

/** A cheap look: does the function call something named like a registration, or make an application? */
export function lookAt(fn: Func): Look {
  const look = { creates: false, registers: false };
  for (const call of callsIn(fn)) {
    look.creates ||= makesApplication(call);
    look.registers ||= isRegistration(call);
    if (look.creates && look.registers) break;
  }
  return look;
}

export type Call = Expr & { readonly k: 'call' };

/** All calls in the text of a function, also in functions that it declares. */
export function* callsIn({ body }: Func): Generator<Call> {
  const nodes: unknown[] = [body];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ((node as { readonly k?: unknown }).k === 'call') yield node as Call;
    for (const child of Object.values(node)) if (typeof child === 'object') nodes.push(child);
  }
}

function makesApplication({ fn, args }: Call): boolean {
  if (fn.k === 'id') return /^(?:express|createServer)$/.test(fn.name) && args.length === 0;
  return fn.k === 'mem' && fn.name === 'create' && fn.obj.k === 'id' && fn.obj.name === 'NestFactory';
}

function isRegistration({ fn, args }: Call): boolean {
  if (fn.k !== 'mem' || args.length === 0) return false;
  const isPair = args.length > 1 || args[0]?.k === 'spread';
  return registrations.has(fn.name) || (isPair && verbs.has(fn.name));
}

/** Names of what a function registers something on, and of what it hands to others. */
export interface Receivers {
  readonly registeredOn: ReadonlySet<string>;
  readonly handedOn: ReadonlySet<string>;
}

export function receiversIn(fn: Func): Receivers {
  const [registeredOn, handedOn] = [new Set<string>(), new Set<string>()];
  for (const call of callsIn(fn)) {
    const name = isRegistration(call) ? rootName(call.fn) : undefined;
    if (name !== undefined) registeredOn.add(name);
    for (const arg of call.args) if (arg.k === 'id') handedOn.add(arg.name);
  }
  return { registeredOn, handedOn };
}

/** `app` of `app.route('/').get`, `router` of `this.router.use`. */
function rootName(x: Expr): string | undefined {
  switch (x.k) {
    case 'id':
      return x.name;
    case 'mem':
      return x.obj.k === 'this' ? x.name : rootName(x.obj);
    case 'call':
      return rootName(x.fn);
    default:
      return undefined;
  }
}

/** Does it answer requests? Named as such: `(req, res)`, `(err, req, res, next)`. */
export function isHandler(fn: Func): boolean {
  const [first, second] = fn.params;
  const name = first && paramName(first);
  if (name !== undefined && /^_?(?:req|request|ctx|context|socket|err|error)\d*$/.test(name) && second) {
    return /^_?(?:res|response|reply|req|request|next)\d*$/.test(paramName(second) ?? '');
  }
  return false;
}

export function paramName(param: Param): string | undefined {
  if (param.to.k === 'name') return param.to.name;
  return param.to.k === 'dflt' && param.to.to.k === 'name' ? param.to.to.name : undefined;
}
