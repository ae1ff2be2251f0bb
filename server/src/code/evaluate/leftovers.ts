/**
 * Functions that register routes and that no evaluated code has called: a server may be started by something
 * that we do not see (a test harness, a process manager, a dependency injector). Each is called once, with
 * arguments made from its types; routers that come in as arguments are then mounted by nobody we know.
 */

import type { FileId } from '../../contract/span.ts';
import type { Expr, Func, Stmt } from '../program/program.ts';
import { attempt } from './attempt.ts';
import { callFunction, isHandler } from './calls.ts';
import { singleton } from './classes.ts';
import { instanceMember } from './members.ts';
import { isolated, read, type ModuleRecord, type Run } from './run.ts';
import type { FunctionValue, Site, Value } from './values.ts';

const registrations = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'route', 'register']);

export function startLeftovers(run: Run, files: readonly FileId[]): void {
  // Those that make an application come first: they call the others with what they need.
  for (const wanted of ['creates', 'registers'] as const) {
    for (const file of files) {
      const record = run.modules.get(file);
      if (record) startModule(run, record, wanted);
    }
  }
}

function startModule(run: Run, record: ModuleRecord, wanted: 'creates' | 'registers'): void {
  const site: Site = { at: { file: record.file, start: 0, end: 0 }, file: record.file };
  const values = new Set<Value>();
  const exported = read(run, record.module.props.get('exports') ?? { value: undefined });
  values.add(exported);
  if (exported.t === 'object' && !exported.cls)
    for (const cell of exported.props.values()) values.add(read(run, cell));
  for (const cell of record.exports.values()) values.add(read(run, cell));
  for (const [name, cell] of record.scope.vars)
    if (name !== 'require' && name !== 'module' && name !== 'exports')
      values.add(cell.lazy ? { t: 'undefined' } : read(run, cell));
  for (const value of values) {
    if (value.t === 'function' && value.scope.file === record.file) startFunction(run, value, site, wanted);
    else if (value.t === 'class' && value.scope.file === record.file) startClass(run, value, site, wanted);
  }
}

function startFunction(run: Run, value: FunctionValue, site: Site, wanted: 'creates' | 'registers'): void {
  if (run.called.has(value.fn) || isHandler(value.fn) || !does(value.fn, wanted)) return;
  start(run, value, site);
}

function start(run: Run, value: FunctionValue, site: Site): void {
  const fault = attempt(run, value.at, () => {
    isolated(run, () => callFunction(run, value, [], site));
  });
  if (fault) run.gaps.push(fault);
}

function startClass(
  run: Run,
  value: Value & { readonly t: 'class' },
  site: Site,
  wanted: 'creates' | 'registers',
): void {
  const functions = value.decl.members.flatMap((member) =>
    member.k === 'method' || member.k === 'ctor' ? [member] : [],
  );
  const open = functions.filter(({ fn }) => !run.called.has(fn) && !isHandler(fn) && does(fn, wanted));
  if (open.length === 0 || value.decl.decorators.length > 0) return;
  const instance = singleton(run, value, site);
  for (const member of open) {
    if (member.k === 'ctor' || member.static || typeof member.key !== 'string' || run.called.has(member.fn))
      continue;
    const method = instanceMember(run, value, member.key, instance, site);
    if (method?.t === 'function') start(run, method, site);
  }
}

/** May a function make an application or register routes when something that we do not see calls it? */
export function mayRegister(fn: Func): boolean {
  return !isHandler(fn) && (does(fn, 'creates') || does(fn, 'registers'));
}

/** A cheap look: does the function call something named like a registration, or make an application? */
function does(fn: Func, wanted: 'creates' | 'registers'): boolean {
  return anyCall(fn.body, (callee, args) =>
    wanted === 'creates'
      ? (callee.k === 'id' && /^(?:express|createServer)$/.test(callee.name) && args.length === 0) ||
        (callee.k === 'mem' &&
          callee.name === 'create' &&
          callee.obj.k === 'id' &&
          callee.obj.name === 'NestFactory')
      : callee.k === 'mem' && registrations.has(callee.name) && args.length > 0,
  );
}

type CallTest = (callee: Expr, args: readonly Expr[]) => boolean;

function anyCall(node: unknown, test: CallTest): boolean {
  if (Array.isArray(node)) return node.some((item) => anyCall(item, test));
  if (typeof node !== 'object' || node === null) return false;
  const expr = node as Expr | Stmt;
  if (expr.k === 'call' && test(expr.fn, expr.args)) return true;
  return Object.values(node).some((child) => typeof child === 'object' && anyCall(child, test));
}
