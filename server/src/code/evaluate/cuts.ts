/** Calls that a server makes when it starts and that a budget ended: what they register is not known. */

import type { Func } from '../program/program.ts';
import { isHandler, receiversIn } from './look.ts';
import type { Run } from './run.ts';
import { lookupCell } from './scopes.ts';
import { alternatives } from './alternatives.ts';
import { undefinedValue, type FunctionValue, type Scope, type Value } from './values.ts';

/** A call that a budget ended. The same call may be followed to its end from elsewhere. */
export interface CutCall {
  readonly callee: FunctionValue;
  readonly args: readonly Value[];
}

/** Notes where the start of a server was not followed to its end: what is registered there is not known. */
export function noteStart(run: Run, call: CutCall, isCut: boolean, scope: Scope): void {
  const known = run.cutCalls.findIndex((one) => isSameCall(one, call));
  if (!isCut) {
    if (known >= 0) run.cutCalls.splice(known, 1);
  } else if (known < 0 && mayRegisterUnseen(run, call.callee.fn, scope)) run.cutCalls.push(call);
}

/** Does the one call what the other does? */
function isSameCall(one: CutCall, other: CutCall): boolean {
  return (
    one.callee.fn === other.callee.fn &&
    one.callee.scope === other.callee.scope &&
    one.callee.self === other.callee.self &&
    one.args.length === other.args.length &&
    one.args.every((arg, index) => arg === other.args[index])
  );
}

function mayRegisterUnseen(run: Run, fn: Func, scope: Scope): boolean {
  if (!run.started.has(scope.file) || isHandler(fn)) return false;
  const { registeredOn, handedOn } = receiversIn(fn);
  const valueOf = (name: string): Value | undefined => lookupCell(name, scope)?.value;
  const isRouter = (name: string): boolean =>
    alternatives(valueOf(name) ?? undefinedValue).some(({ t }) => t === 'model');
  return (
    [...registeredOn, ...handedOn].some(isRouter) ||
    [...registeredOn].some((name) => valueOf(name) === undefined && routerName.test(name))
  );
}

/** What people call an application or a router that was not made yet. */
const routerName = /^(?:app|application|api|express|server)$|(?:app|router|routes?|server)$/i;
