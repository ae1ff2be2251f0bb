/**
 * What of several things that a value may be a condition excludes. Only what is there is looked at: asking must leave no
 * trace of a read, and calls nothing.
 */

import type { Expr } from '../program/program.ts';
import { equality } from './equality.ts';
import { isOfClass } from './instances.ts';
import { getMember, spanOf } from './members.ts';
import { typeOf } from './operators.ts';
import type { Run } from './run.ts';
import { variable } from './scopes.ts';
import { alternatives, isNothing, truthiness, union } from './alternatives.ts';
import { fixedText } from './text-parts.ts';
import { boolean, number, text, undefinedValue, type Cell, type Scope, type Value } from './values.ts';

/** The names and properties that a condition asks: `error`, `error.cause` and `error.cause.code` of the last. */
export function subjectsOf(condition: Expr): readonly Expr[] {
  switch (condition.k) {
    case 'id':
      return [condition];
    case 'mem':
      return [...subjectsOf(condition.obj), condition];
    case 'un':
      return subjectsOf(condition.x);
    case 'bin':
      return [...subjectsOf(condition.l), ...subjectsOf(condition.r)];
    default:
      return [];
  }
}

/** The alternatives of what a cell holds with which the condition may be as it is said to be. */
export function possible(
  run: Run,
  cell: Cell,
  condition: Expr,
  holds: boolean,
  scope: Scope,
): readonly Value[] {
  const { value } = cell;
  if (!value) return [];
  const left = alternatives(value).filter((one) => {
    cell.value = one;
    return decide(run, condition, scope) !== !holds;
  });
  cell.value = value;
  return left;
}

function decide(run: Run, x: Expr, scope: Scope): boolean | undefined {
  switch (x.k) {
    case 'un':
      return x.op === '!' ? not(decide(run, x.x, scope)) : undefined;
    case 'bin':
      return decideBinary(run, x, scope);
    default: {
      const value = look(run, x, scope);
      return value && truthiness(value);
    }
  }
}

function decideBinary(run: Run, { op, l, r }: Expr & { k: 'bin' }, scope: Scope): boolean | undefined {
  if (op === '&&' || op === '||') {
    const ends = op === '||';
    const [first, second] = [decide(run, l, scope), decide(run, r, scope)];
    if (first === ends || second === ends) return ends;
    return first === undefined || second === undefined ? undefined : !ends;
  }
  const [left, right] = [look(run, l, scope), look(run, r, scope)];
  if (!left || !right) return undefined;
  switch (op) {
    case '===':
    case '==':
      return agreed(left, (one) => agreed(right, (other) => same(op, one, other)));
    case '!==':
    case '!=':
      return not(agreed(left, (one) => agreed(right, (other) => same(op, one, other))));
    case 'instanceof':
      return agreed(left, (one) => (one.t === 'object' && one.cls ? isOfClass(one.cls, right) : undefined));
    case 'in':
      return agreed(right, (one) => hasName(one, fixedText(left)));
    default:
      return undefined;
  }
}

/** `x == null` holds of nothing at all. */
function same(op: string, a: Value, b: Value): boolean | undefined {
  return op.length === 2 && isNothing(a) && isNothing(b) ? true : equality(a, b);
}

function hasName(value: Value, name: string | undefined): boolean | undefined {
  if (value.t !== 'object' || value.cls || name === undefined) return undefined;
  const cell = value.props.get(name);
  if (!cell) return value.open ? undefined : false;
  return alternatives(cell.value ?? undefinedValue).some(({ t }) => t === 'undefined') ? undefined : true;
}

function not(decided: boolean | undefined): boolean | undefined {
  return decided === undefined ? undefined : !decided;
}

function agreed(value: Value, ask: (one: Value) => boolean | undefined): boolean | undefined {
  const [first, ...others] = alternatives(value).map(ask);
  return others.every((one) => one === first) ? first : undefined;
}

/** The value of a constant, a name or a property; undefined where a request or something unseen would be asked. */
function look(run: Run, x: Expr, scope: Scope): Value | undefined {
  switch (x.k) {
    case 'str':
      return text(x.v, spanOf(scope, x));
    case 'num':
      return number(x.v, spanOf(scope, x));
    case 'bool':
      return boolean(x.v);
    case 'null':
      return { t: 'null' };
    case 'undef':
      return undefinedValue;
    case 'un': {
      const asked = x.op === 'typeof' ? look(run, x.x, scope) : undefined;
      return asked && union(alternatives(asked).map((one) => typeOf(one, spanOf(scope, x))));
    }
    case 'id':
      return variable(run, x.name, scope, spanOf(scope, x));
    case 'mem': {
      const owner = look(run, x.obj, scope);
      if (!owner) return undefined;
      const site = { at: spanOf(scope, x), file: scope.file };
      const values = alternatives(owner).map((one) => {
        if (x.opt && isNothing(one)) return one;
        return one.t === 'object' || (one.t === 'external' && !one.args)
          ? getMember(run, one, x.name, site)
          : undefined;
      });
      return values.every((one) => one !== undefined) ? union(values) : undefined;
    }
    default:
      return undefined;
  }
}
