/** What a condition says of the variables in it: on the way where it holds, and on the other. */

import type { Expr, TypeExpr } from '../program/program.ts';
import { possible, subjectsOf } from './exclude.ts';
import { lookupCell } from './scopes.ts';
import { inHandler, read, write, type Run } from './run.ts';
import { alternatives, union } from './alternatives.ts';
import type { Cell, Scope, Value, WrittenType } from './values.ts';

/** Takes away what the condition excludes; the branch that it is called in takes it back. */
export function narrow(run: Run, condition: Expr, holds: boolean, scope: Scope): void {
  if (!inHandler(run)) return;
  for (const subject of subjectsOf(condition)) exclude(run, subject, condition, holds, scope);
  narrowWritten(run, condition, holds, scope);
}

/** Of several things that a value may be, those stay with which the condition may be so. */
function exclude(run: Run, subject: Expr, condition: Expr, holds: boolean, scope: Scope): void {
  const cell = cellOf(run, subject, scope);
  if (!cell || cell.lazy || cell.value?.t !== 'union') return;
  const left = possible(run, cell, condition, holds, scope);
  if (left.length > 0 && left.length < cell.value.of.length) write(run, cell, union(left));
}

function narrowWritten(run: Run, condition: Expr, holds: boolean, scope: Scope): void {
  switch (condition.k) {
    case 'id':
    case 'mem':
      if (holds) change(run, condition, scope, ['null', 'undefined'], isFound);
      return;
    case 'un':
      if (condition.op === '!') narrowWritten(run, condition.x, !holds, scope);
      return;
    case 'bin':
      narrowBinary(run, condition, holds, scope);
      return;
    default:
  }
}

/** `typeof x === 'string'`: what is of a type is there. Undefined for anything else. */
function askedType(
  l: Expr,
  r: Expr,
): { readonly subject: Expr; readonly nothing: readonly string[] } | undefined {
  const [asked, said] = l.k === 'un' ? [l, r] : [r, l];
  if (asked.k !== 'un' || asked.op !== 'typeof' || said.k !== 'str' || said.v === 'undefined')
    return undefined;
  return { subject: asked.x, nothing: said.v === 'object' ? ['undefined'] : ['null', 'undefined'] };
}

function narrowBinary(run: Run, { op, l, r }: Expr & { k: 'bin' }, holds: boolean, scope: Scope): void {
  if (op === (holds ? '&&' : '||')) {
    narrowWritten(run, l, holds, scope);
    narrowWritten(run, r, holds, scope);
    return;
  }
  const differs = op === '!==' || op === '!=';
  const type = askedType(l, r);
  if (type && (differs || op === '===' || op === '==') && differs !== holds) {
    const { subject, nothing } = type;
    change(run, subject, scope, nothing);
    return;
  }
  const isNothing = (x: Expr): boolean => x.k === 'null' || x.k === 'undef';
  const subject = isNothing(r) ? l : isNothing(l) ? r : undefined;
  if (!subject || (!differs && op !== '===' && op !== '==') || differs !== holds) return;
  // `x !== null` leaves `undefined`.
  const nothing =
    op.length === 2 ? ['null', 'undefined'] : [(subject === l ? r : l).k === 'null' ? 'null' : 'undefined'];
  change(run, subject, scope, nothing);
}

/** `mark` adds what else the condition says of each value that the variable may have. */
function change(
  run: Run,
  subject: Expr,
  scope: Scope,
  nothing: readonly string[],
  mark = (value: Value): Value => value,
): void {
  const cell = cellOf(run, subject, scope);
  if (!cell && subject.k === 'mem') {
    changeMember(run, subject, scope, nothing);
    return;
  }
  if (!cell || cell.lazy || !cell.value) return;
  const all = alternatives(cell.value);
  const left = all.map((one) => mark(without(one, nothing)));
  if (left.some((one, index) => one !== all[index])) write(run, cell, union(left));
}

/** The value of something that was tested alone. An error that may not be there, and a verdict, stay to be told by others. */
function isFound(value: Value): Value {
  if (value.t === 'external') return value.truthy ? value : { ...value, truthy: true };
  if (value.t !== 'unknown' || value.truthy || value.verdict || value.unseen) return value;
  return { ...value, truthy: true };
}

/** A property that the written type of its owner says may be missing, and that is there. */
function changeMember(
  run: Run,
  { obj, name, s, e }: Expr & { k: 'mem' },
  scope: Scope,
  nothing: readonly string[],
): void {
  const cell = cellOf(run, obj, scope);
  const value = cell && !cell.lazy ? cell.value : undefined;
  if (
    !cell ||
    !value ||
    (value.t !== 'unknown' && value.t !== 'external') ||
    !value.type ||
    nothing.length < 2
  )
    return;
  const { type } = value.type;
  const own: TypeExpr = { s, e, k: 'indexed', x: type, key: { s, e, k: 'lit', v: name } };
  const there: TypeExpr = { s, e, k: 'obj', members: [{ s, e, name, t: narrowed(own, nothing) }] };
  write(run, cell, { ...value, type: narrower(value.type, { s, e, k: 'inter', of: [type, there] }) });
}

function cellOf(run: Run, x: Expr, scope: Scope): Cell | undefined {
  if (x.k === 'id') return lookupCell(x.name, scope);
  if (x.k !== 'mem') return undefined;
  const owner = cellOf(run, x.obj, scope);
  const value = owner && read(run, owner);
  return value?.t === 'object' ? value.props.get(x.name) : undefined;
}

function narrower(from: WrittenType, type: TypeExpr): WrittenType {
  return { ...from, type, from };
}

/** A value of a written type that says that it may be missing, where it is not. */
export function without(value: Value, nothing: readonly string[] = ['null', 'undefined']): Value {
  if ((value.t !== 'unknown' && value.t !== 'external') || !value.type) return value;
  const type = narrowed(value.type.type, nothing);
  return type === value.type.type ? value : { ...value, type: narrower(value.type, type) };
}

function narrowed(type: TypeExpr, nothing: readonly string[]): TypeExpr {
  const { s, e } = type;
  switch (type.k) {
    case 'union': {
      const of = type.of.filter((one) => one.k !== 'kw' || !nothing.includes(one.name));
      const [only] = of;
      return of.length === type.of.length ? type : only && of.length === 1 ? only : { ...type, of };
    }
    case 'ref': {
      const [inner] = type.args;
      return type.name === 'Promise' && inner ? narrowed(inner, nothing) : type;
    }
    case 'indexed':
      return nothing.length > 1 ? { s, e, k: 'ref', name: 'NonNullable', args: [type] } : type;
    default:
      return type;
  }
}
