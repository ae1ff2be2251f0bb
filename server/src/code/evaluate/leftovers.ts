/**
 * Functions that register routes and that no evaluated code has called: a server may be started by something
 * that we do not see (a test harness, a process manager, a dependency injector). Each is called once, with
 * arguments made from its types; routers that come in as arguments are then mounted by nobody we know.
 */

import type { FileId } from '../../contract/span.ts';
import type { Func } from '../program/program.ts';
import { attempt } from './attempt.ts';
import { callFunction } from './calls.ts';
import { singleton } from './classes.ts';
import { isHandler, lookAt, type Look } from './look.ts';
import { instanceMember } from './class-members.ts';
import { isolated, onExcursion, read, type ModuleRecord, type Run } from './run.ts';
import { handedOver } from './types.ts';
import type { FunctionValue, Site, Value } from './values.ts';

interface Leftovers {
  readonly run: Run;
  /** Those that make an application come first: they call the others with what they need. */
  readonly wanted: keyof Look;
  readonly looks: Map<Func, Look>;
}

export function startLeftovers(run: Run, files: readonly FileId[]): void {
  const looks = new Map<Func, Look>();
  for (const wanted of ['creates', 'registers'] as const) {
    for (const file of files) {
      const record = run.modules.get(file);
      if (record) startModule({ run, wanted, looks }, record);
    }
  }
}

function startModule(leftovers: Leftovers, record: ModuleRecord): void {
  const { run } = leftovers;
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
    if (value.t === 'function' && value.scope.file === record.file) startFunction(leftovers, value, site);
    else if (value.t === 'class' && value.scope.file === record.file) startClass(leftovers, value, site);
  }
}

function startFunction(leftovers: Leftovers, value: FunctionValue, site: Site): void {
  if (isLeftOver(leftovers, value.fn)) start(leftovers.run, value, site);
}

function isLeftOver({ run, wanted, looks }: Leftovers, fn: Func): boolean {
  if (run.called.has(fn) || isHandler(fn)) return false;
  const look = looks.get(fn) ?? lookAt(fn);
  looks.set(fn, look);
  return look[wanted];
}

function start(run: Run, value: FunctionValue, site: Site): void {
  const fault = attempt(run, value.at, () => {
    const given = value.fn.params.map((param) => handedOver(run, param, value.scope));
    isolated(run, () => onExcursion(run, () => callFunction(run, value, given, site)));
  });
  if (fault) run.gaps.push(fault);
}

function startClass(leftovers: Leftovers, value: Value & { readonly t: 'class' }, site: Site): void {
  if (value.decl.decorators.length > 0) return;
  const { run } = leftovers;
  const functions = value.decl.members.flatMap((member) =>
    member.k === 'method' || member.k === 'ctor' ? [member] : [],
  );
  const open = functions.filter(({ fn }) => isLeftOver(leftovers, fn));
  if (open.length === 0) return;
  const instance = singleton(run, value, site);
  for (const member of open) {
    if (member.k === 'ctor' || member.static || typeof member.key !== 'string' || run.called.has(member.fn))
      continue;
    const method = instanceMember(run, value, member.key, instance, site);
    if (method?.t === 'function') start(run, method, site);
  }
}
