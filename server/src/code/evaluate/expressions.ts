/** Evaluates expressions. */

import type { Expr, TypeExpr } from '../program/program.ts';
import { callValue, construct } from './calls.ts';
import { globalValue } from './globals.ts';
import { listBehind } from './lists.ts';
import { getIndex, getMember, spanOf } from './members.ts';
import { importModule } from './modules.ts';
import { assign } from './patterns.ts';
import { bornNow, charge, found, inHandler, limitReason, neverValue, spent, type Run } from './run.ts';
import { merge } from './branches.ts';
import { catchRejection, pending, then } from './caught.ts';
import { callSuper, defineClass } from './classes.ts';
import { evaluateObject } from './object-literals.ts';
import { evaluateChoice, evaluateBinary, evaluateUnary } from './operators.ts';
import { variable, selfOf, homeOf, superObject, superMember } from './scopes.ts';
import { withType } from './written.ts';
import { isNothing, union } from './alternatives.ts';
import { append, extend, itemLimit, leaveOpen } from './items.ts';
import { concat } from './text-parts.ts';
import {
  arrayOf,
  boolean,
  dynamic,
  nullValue,
  number,
  text,
  undefinedValue,
  unknownValue,
  type ArrayValue,
  type FunctionValue,
  type Scope,
  type Site,
  type Value,
} from './values.ts';

export function evaluate(run: Run, node: Expr, scope: Scope): Value {
  if (spent(run)) return unknownValue(limitReason(spanOf(scope, node)));
  switch (node.k) {
    case 'str':
      return text(node.v, spanOf(scope, node));
    case 'num':
      return number(node.v, spanOf(scope, node));
    case 'bool':
      return boolean(node.v);
    case 'null':
      return nullValue;
    case 'undef':
      return undefinedValue;
    case 'regex':
      return { t: 'regex', source: node.source, flags: node.flags, at: spanOf(scope, node) };
    case 'tmpl': {
      const at = spanOf(scope, node);
      let result: Value = text(node.texts[0] ?? '', at);
      node.exprs.forEach((expr, index) => {
        result = concat(
          concat(result, evaluate(run, expr, scope), at),
          text(node.texts[index + 1] ?? '', at),
          at,
        );
      });
      return result;
    }
    case 'id':
      return (
        variable(run, node.name, scope, spanOf(scope, node)) ??
        globalValue(run, node.name, scope, spanOf(scope, node)) ??
        unresolved(node.name, spanOf(scope, node))
      );
    case 'this':
      return selfOf(run, scope) ?? undefinedValue;
    case 'super':
      return superObject(run, scope) ?? dynamic('super', spanOf(scope, node));
    case 'mem': {
      const site: Site = {
        at: spanOf(scope, node),
        name: { file: scope.file, start: node.ns, end: node.e },
        file: scope.file,
      };
      if (node.obj.k === 'super') return superMember(run, node.name, scope, site);
      const obj = evaluate(run, node.obj, scope);
      return obj === neverValue ? obj : getMember(run, obj, node.name, site);
    }
    case 'idx':
      return getIndex(run, evaluate(run, node.obj, scope), evaluate(run, node.key, scope), {
        at: spanOf(scope, node),
        file: scope.file,
      });
    case 'call':
      return evaluateCall(run, node, scope);
    case 'new': {
      const callee = evaluate(run, node.fn, scope);
      const args = evaluateList(run, node.args, scope);
      return construct(run, callee, args, { at: spanOf(scope, node), args: node.args, file: scope.file });
    }
    case 'import':
      return importModule(run, evaluate(run, node.arg, scope), scope, spanOf(scope, node));
    case 'arr': {
      const at = spanOf(scope, node);
      const result: ArrayValue = {
        ...arrayOf([], at),
        shared: run.homes.length === 0,
        ...bornNow(run),
      };
      for (const item of node.items) {
        if (item.k !== 'spread') {
          if (result.items.length >= itemLimit) {
            result.open = true;
            break;
          }
          result.items.push(evaluate(run, item, scope));
        } else spreadInto(run, result, evaluate(run, item.x, scope), { at, file: scope.file });
      }
      return result;
    }
    case 'obj':
      return evaluateObject(run, node.props, scope, spanOf(scope, node));
    case 'fn':
      return functionValue(node.fn, scope);
    case 'class':
      return defineClass(run, node.cls, scope);
    case 'bin':
      return evaluateBinary(run, node, scope);
    case 'un':
      return evaluateUnary(run, node.op, node.x, scope);
    case 'cond':
      return evaluateChoice(
        run,
        node.c,
        (s) => evaluate(run, node.a, s),
        (s) => evaluate(run, node.b, s),
        scope,
      );
    case 'set': {
      const value = evaluateAssigned(run, node, scope);
      assign(run, node.to, value, scope, 'assign');
      return value;
    }
    case 'await':
      return evaluate(run, node.x, scope);
    case 'yield':
      if (node.x) evaluate(run, node.x, scope);
      return dynamic('yield', spanOf(scope, node));
    case 'spread':
      return evaluate(run, node.x, scope);
    case 'seq': {
      let last: Value = undefinedValue;
      for (const item of node.items) last = evaluate(run, item, scope);
      return last;
    }
    case 'cast': {
      const value = evaluate(run, node.x, scope);
      if (value === neverValue || isConstAssertion(node.t)) return value;
      return withType(run, asserted(value, node.t, spanOf(scope, node)), { type: node.t, scope });
    }
    case 'other':
      return unknownValue({ why: 'unsupported', construct: node.what, at: spanOf(scope, node) });
  }
}

/** `find(id) as User`: who writes this knows better than both ways through `find` that nothing is not meant. */
function asserted(value: Value, type: TypeExpr, at: Site['at']): Value {
  if (value.t !== 'union' || !value.of.some(isNothing)) return value;
  const said = type.k === 'union' ? type.of : [type];
  const isOpen = said.some((one) => one.k === 'kw' && !/^(?:string|number|boolean|object)$/.test(one.name));
  return isOpen
    ? value
    : union(value.of.map((one) => (isNothing(one) ? dynamic('asserted value', at) : one)));
}

function isConstAssertion(type: TypeExpr): boolean {
  return type.k === 'ref' && type.name === 'const';
}

function unresolved(symbol: string, at: Site['at']): Value {
  return unknownValue({ why: 'unresolved', symbol, at });
}

export function functionValue(fn: FunctionValue['fn'], scope: Scope): FunctionValue {
  return { t: 'function', fn, scope, props: new Map(), at: { file: scope.file, start: fn.s, end: fn.e } };
}

/** Evaluates a list of arguments; a spread of unknown length ends it with an unknown. */
function evaluateList(run: Run, nodes: readonly Expr[], scope: Scope): readonly Value[] {
  const result = arrayOf([], { file: scope.file, start: 0, end: 0 });
  for (const node of nodes) {
    if (node.k === 'spread')
      spreadInto(run, result, evaluate(run, node.x, scope), { at: spanOf(scope, node), file: scope.file });
    else result.items.push(evaluate(run, node, scope));
  }
  return result.items;
}

function spreadInto(run: Run, target: ReturnType<typeof arrayOf>, value: Value, site: Site): void {
  if (value.t === 'array') {
    charge(run, value.items.length);
    append(target, { ...value, open: found(run, value).open });
  } else if (value.t === 'union') {
    for (const one of value.of) spreadInto(run, target, one, site);
  } else if (value.t === 'model') {
    const list = getMember(run, value, 'values()', site);
    if (list.t === 'array') spreadInto(run, target, list, site);
    else leaveOpen(target);
  } else {
    const list = listBehind(run, value, site);
    if (list) extend(target, list.items, true, true);
    else extend(target, [dynamic('spread', site.at)], true);
  }
}

function evaluateCall(run: Run, node: Expr & { readonly k: 'call' }, scope: Scope): Value {
  const at = spanOf(scope, node);
  const name =
    node.fn.k === 'mem'
      ? { file: scope.file, start: node.fn.ns, end: node.fn.e }
      : { file: scope.file, start: node.fn.s, end: node.fn.e };
  const site: Site = { at, name, args: node.args, file: scope.file };
  if (node.fn.k === 'super') {
    const home = homeOf(scope);
    const self = selfOf(run, scope);
    const args = evaluateList(run, node.args, scope);
    if (home && self) callSuper(run, home, self, args, site);
    return undefinedValue;
  }
  if (node.fn.k === 'mem' && node.fn.obj.k !== 'super') {
    if ((node.fn.name === 'catch' || node.fn.name === 'then') && inHandler(run))
      return evaluateChained(run, node, node.fn, scope, site);
    const self = evaluate(run, node.fn.obj, scope);
    if (self === neverValue) return self;
    const callee = getMember(run, self, node.fn.name, { ...site, at: spanOf(scope, node.fn) });
    const args = evaluateList(run, node.args, scope);
    return callValue(run, withTypeArguments(callee, node.types, scope), args, site, self);
  }
  const callee = withTypeArguments(evaluate(run, node.fn, scope), node.types, scope);
  const self = node.fn.k === 'mem' ? selfOf(run, scope) : undefined;
  return callValue(run, callee, evaluateList(run, node.args, scope), site, self);
}

/** `work().then(next, handler)`, `work().catch(handler)`: what was seen to reject the promise is handed on. */
function evaluateChained(
  run: Run,
  node: Expr & { readonly k: 'call' },
  fn: Expr & { readonly k: 'mem' },
  scope: Scope,
  site: Site,
): Value {
  const work = pending(run, () => evaluate(run, fn.obj, scope));
  const self = work.taken.result;
  const callee =
    self === neverValue ? self : getMember(run, self, fn.name, { ...site, at: spanOf(scope, fn) });
  const isPromise = self === neverValue || callee.t === 'native';
  const args = evaluateList(run, node.args, scope);
  const [first, second] = args;
  const handler = fn.name === 'catch' ? first : second;
  const go = (): Value => (self === neverValue ? self : callValue(run, callee, args, site, self));
  if (isPromise && handler && !isNothing(handler))
    return catchRejection(run, fn.name === 'catch' ? work : then(run, work, go), handler, site);
  merge(run, [work.taken]);
  run.thrown.at(-1)?.push(...work.thrown);
  return isPromise && fn.name === 'catch' ? self : go();
}

function withTypeArguments(callee: Value, types: readonly TypeExpr[] | undefined, scope: Scope): Value {
  return types && callee.t === 'function' && callee.fn.typeParams
    ? { ...callee, types: types.map((type) => ({ type, scope })) }
    : callee;
}

function evaluateAssigned(run: Run, node: Expr & { readonly k: 'set' }, scope: Scope): Value {
  const at = spanOf(scope, node);
  if (node.op === '=') return evaluate(run, node.v, scope);
  const target: Expr | undefined =
    node.to.k === 'name'
      ? { k: 'id', name: node.to.name, s: node.to.s, e: node.to.e }
      : node.to.k === 'target'
        ? node.to.x
        : undefined;
  if (!target) return dynamic('assignment', at);
  const op = node.op === '++' ? '+' : node.op === '--' ? '-' : node.op.slice(0, -1);
  return evaluateBinary(run, { k: 'bin', op, l: target, r: node.v, s: node.s, e: node.e }, scope);
}
