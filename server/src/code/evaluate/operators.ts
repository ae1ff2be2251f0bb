/** What operators and choices make of values. */

import type { Expr, TypeExpr } from '../program/program.ts';
import { equality } from './equality.ts';
import { evaluate } from './expressions.ts';
import { isInstance } from './instances.ts';
import { getMember, spanOf } from './members.ts';
import { narrow, without } from './narrow.ts';
import { assign } from './patterns.ts';
import { presenceOf } from './presence.ts';
import { asNumber, noteInstead, noteLook } from './readings.ts';
import { inHandler, neverValue, write, type Run } from './run.ts';
import { branch, merge, parting, under } from './branches.ts';
import { alternatives, isNothing, truthiness, union } from './alternatives.ts';
import { concat, fixedText } from './text-parts.ts';
import {
  boolean,
  dynamic,
  number,
  type Scope,
  type Site,
  text,
  undefinedValue,
  type UnknownValue,
  type Value,
} from './values.ts';
import { computed, depending, verdictsIn } from './verdicts.ts';
import { deleted } from './written.ts';

const comparisons = new Set(['<', '>', '<=', '>=']);

/** Evaluates one of two ways, or both where the condition is open. */
export function evaluateChoice(
  run: Run,
  condition: Expr,
  yes: (scope: Scope) => Value,
  no: (scope: Scope) => Value,
  scope: Scope,
): Value {
  const value = evaluate(run, condition, scope);
  const decided = truthiness(value);
  if (decided !== undefined) return decided ? yes(scope) : no(scope);
  return either(run, spanOf(scope, condition), value, [
    () => {
      narrow(run, condition, true, scope);
      return yes(scope);
    },
    () => {
      narrow(run, condition, false, scope);
      return no(scope);
    },
  ]);
}

export function either(
  run: Run,
  condition: Site['at'],
  value: Value,
  ways: readonly ((() => Value) | undefined)[],
): Value {
  const branches = parting(
    run,
    value,
    ways.map(
      (way) => () =>
        branch(run, () => {
          const result = way ? under(run, condition, way) : undefinedValue;
          return { result, completion: result === neverValue ? 'throw' : 'normal' };
        }),
    ),
  );
  const verdicts = verdictsIn(value);
  merge(run, branches, verdicts);
  const results = branches.flatMap(({ result }, index) =>
    result === neverValue || !ways[index] ? [] : result,
  );
  return results.length > 0 ? depending(union(results), verdicts) : neverValue;
}

export function evaluateBinary(run: Run, node: Expr & { readonly k: 'bin' }, scope: Scope): Value {
  const at = spanOf(scope, node);
  const left = evaluate(run, node.l, scope);
  const right = (): Value => evaluate(run, node.r, scope);
  switch (node.op) {
    case '&&': {
      const decided = truthiness(left);
      if (decided !== undefined) return decided ? right() : left;
      const other = either(run, spanOf(scope, node.l), left, [right, undefined]);
      return other === neverValue ? falsy(left) : union([other, falsy(left)]);
    }
    case '||':
    case '??': {
      const decided = node.op === '||' ? truthiness(left) : definedness(left);
      if (decided !== undefined) return decided ? left : right();
      const other = either(run, spanOf(scope, node.l), left, [right, undefined]);
      noteInstead(left, node.op, other);
      return withDefault(run, left, other);
    }
    case '+': {
      const other = right();
      if (left.t === 'number' && other.t === 'number') return number(left.value + other.value, at);
      if (isTextual(left) || isTextual(other)) return concat(left, other, at);
      return dynamic('sum', at);
    }
    case '===':
    case '==':
    case '!==':
    case '!=': {
      const other = right();
      const same = equality(left, other);
      return same === undefined
        ? ofKind('boolean', computed('comparison', at, left, other))
        : boolean(node.op.startsWith('!') ? !same : same);
    }
    case 'in': {
      const name = fixedText(left);
      const object = right();
      if (name !== undefined && object.t === 'object' && !object.open) return boolean(object.props.has(name));
      if (name !== undefined && object.t === 'model') {
        if (object.model.always?.has(name)) return boolean(true);
        return presenceOf(getMember(run, object, name, { at, file: scope.file }), dynamic('comparison', at));
      }
      return dynamic('comparison', at);
    }
    case 'instanceof': {
      const decided = isInstance(run, left, right(), { at, file: scope.file });
      return decided === undefined ? dynamic('comparison', at) : boolean(decided);
    }
    default: {
      const other = right();
      return left.t === 'number' && other.t === 'number'
        ? arithmetic(node.op, left.value, other.value, at)
        : ofKind(comparisons.has(node.op) ? 'boolean' : 'number', computed('computation', at, left, other));
    }
  }
}

/** Whatever it is, the operator says its kind. */
function ofKind(name: 'boolean' | 'number', value: UnknownValue): UnknownValue {
  const { at } = value.reason as { readonly at: Site['at'] };
  const type: TypeExpr = { s: at.start, e: at.end, k: 'kw', name };
  return { ...value, type: { type, scope: { vars: new Map(), file: at.file } } };
}

/** What is left of a value that is not true. */
function falsy(value: Value): Value {
  return union(
    alternatives(value).map((one) => {
      const type = one.t === 'unknown' && !one.verdict ? one.type?.type : undefined;
      return type?.k === 'kw' && type.name === 'boolean' ? boolean(false) : one;
    }),
  );
}

function arithmetic(op: string, a: number, b: number, at: Site['at']): Value {
  switch (op) {
    case '-':
      return number(a - b, at);
    case '*':
      return number(a * b, at);
    case '/':
      return number(a / b, at);
    case '%':
      return number(a % b, at);
    case '<':
      return boolean(a < b);
    case '>':
      return boolean(a > b);
    case '<=':
      return boolean(a <= b);
    case '>=':
      return boolean(a >= b);
    default:
      return dynamic('computation', at);
  }
}

function definedness(value: Value): boolean | undefined {
  if (isNothing(value)) return false;
  if (value.t === 'unknown' || value.t === 'external') return undefined;
  if (value.t === 'union') {
    const all = value.of.map(definedness);
    return all.every((one) => one === all[0]) ? all[0] : undefined;
  }
  if (value.t === 'text' && value.parts.some((part) => !('text' in part) || part.configured))
    return undefined;
  return true;
}

/**
 * `left || right` where left is open. What a server is configured with while it starts keeps its default, marked as
 * such; what a request may hold or lack is both.
 */
export function withDefault(run: Run, left: Value, right: Value): Value {
  const rights = alternatives(right);
  const starts = !inHandler(run);
  if (starts && (left.t === 'unknown' || left.t === 'external') && rights.every((one) => one.t === 'text')) {
    return union(
      rights.map((one) =>
        one.t === 'text'
          ? {
              ...one,
              parts: one.parts.map((part) =>
                'text' in part ? { ...part, configured: true as const } : part,
              ),
            }
          : one,
      ),
    );
  }
  if (left.t === 'text' && left.parts.some((part) => 'text' in part && part.configured)) return left;
  const lefts = alternatives(left).filter((one) => !isNothing(one));
  return union([...lefts.map((one) => without(one)), right]);
}

function isTextual(value: Value): boolean {
  return alternatives(value).some((one) => one.t === 'text');
}

export function evaluateUnary(run: Run, op: string, x: Expr, scope: Scope): Value {
  const at = spanOf(scope, x);
  if (op === 'delete') {
    // What is deleted was not read.
    deleteMember(run, x, scope);
    return boolean(true);
  }
  const value = evaluate(run, x, scope);
  switch (op) {
    case '!': {
      const decided = truthiness(value);
      return decided === undefined ? ofKind('boolean', computed('condition', at, value)) : boolean(!decided);
    }
    case '-':
      return value.t === 'number' ? number(-value.value, at) : dynamic('computation', at);
    case '+':
      return value.t === 'number' ? value : asNumber(value, dynamic('computation', at));
    case 'typeof':
      noteLook(value);
      return typeOf(value, at);
    case 'void':
      return undefinedValue;
    default:
      return dynamic('computation', at);
  }
}

export function typeOf(value: Value, at: Site['at']): Value {
  switch (value.t) {
    case 'text':
      return text('string', at);
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'function':
      return text(value.t, at);
    case 'class':
    case 'native':
      return text('function', at);
    case 'object':
    case 'array':
    case 'null':
    case 'regex':
      return text('object', at);
    case 'model':
      return text(value.model.call ? 'function' : 'object', at);
    default:
      return dynamic('typeof', at);
  }
}

/** `delete user.password`: what is sent afterwards does not have it. */
function deleteMember(run: Run, x: Expr, scope: Scope): void {
  if ((x.k !== 'mem' && x.k !== 'idx') || !inHandler(run)) return;
  const { obj } = x;
  const name = x.k === 'mem' ? x.name : fixedText(evaluate(run, x.key, scope));
  const target = evaluate(run, obj, scope);
  for (const one of alternatives(target)) {
    if (one.t !== 'object') continue;
    for (const [key, cell] of one.props)
      if (key === name) write(run, cell, undefinedValue);
      else if (name === undefined && cell.value) write(run, cell, union([cell.value, undefinedValue]));
  }
  const left = deleted(target, name);
  const at = { s: obj.s, e: obj.e };
  if (left === target) return;
  if (obj.k === 'id') assign(run, { ...at, k: 'name', name: obj.name }, left, scope, 'assign');
  else if (obj.k === 'mem') assign(run, { ...at, k: 'target', x: obj }, left, scope, 'assign');
}
