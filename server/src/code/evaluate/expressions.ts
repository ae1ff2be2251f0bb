/** Evaluates expressions. */

import type { Expr, Prop, TypeExpr } from '../program/program.ts';
import { callValue, construct } from './calls.ts';
import { equality } from './equality.ts';
import { isErrorClass } from './errors.ts';
import { globalValue } from './globals.ts';
import { listBehind } from './lists.ts';
import { entriesOf, findMember, getIndex, getMember, methodValue, spanOf } from './members.ts';
import { importModule } from './modules.ts';
import { narrow, without } from './narrow.ts';
import { assign } from './patterns.ts';
import {
  branch,
  charge,
  found,
  inHandler,
  limitReason,
  merge,
  parting,
  neverValue,
  read,
  spent,
  under,
  write,
  type Run,
} from './run.ts';
import { catchRejection } from './caught.ts';
import { callSuper, defineClass } from './classes.ts';
import { isVariableSet } from './set-later.ts';
import { computed, depending, verdictsIn } from './verdicts.ts';
import { deleted, withType } from './written.ts';
import {
  alternatives,
  append,
  arrayOf,
  boolean,
  concat,
  dynamic,
  extend,
  fixedText,
  itemLimit,
  leaveOpen,
  nullValue,
  number,
  outside,
  text,
  truthiness,
  undefinedValue,
  union,
  unknownValue,
  type ArrayValue,
  type Cell,
  type FunctionValue,
  type Scope,
  type Site,
  type UnknownValue,
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
        ...(inHandler(run) && { born: run.journal ?? outside }),
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
      return withType(run, asserted(value, node.t, spanOf(scope, node)), node.t, scope);
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

function isNothing({ t }: Value): boolean {
  return t === 'undefined' || t === 'null';
}

function isConstAssertion(type: TypeExpr): boolean {
  return type.k === 'ref' && type.name === 'const';
}

function unresolved(symbol: string, at: Site['at']): Value {
  return unknownValue({ why: 'unresolved', symbol, at });
}

export function lookupCell(name: string, scope: Scope): Cell | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    const cell = current.vars.get(name);
    if (cell) return cell;
  }
  return undefined;
}

export function lookup(run: Run, name: string, scope: Scope): Value | undefined {
  const cell = lookupCell(name, scope);
  return cell && read(run, cell);
}

/** A variable of a module without a value, or with one that functions change: between requests it may be set. */
function variable(run: Run, name: string, scope: Scope, at: Site['at']): Value | undefined {
  const value = lookup(run, name, scope);
  if (!value || !inHandler(run) || !/^(?:undefined|null|boolean|number|text)$/.test(value.t)) return value;
  let outermost = scope;
  while (outermost.parent && !outermost.vars.has(name)) outermost = outermost.parent;
  const isFilledLater =
    value.t === 'undefined' || value.t === 'null' || isVariableSet(run, outermost.file, name);
  return outermost.parent || !isFilledLater ? value : dynamic(`variable ${name} that is filled later`, at);
}

export function selfOf(run: Run, scope: Scope): Value | undefined {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    if (current.self) return read(run, current.self);
  }
  return undefined;
}

function homeOf(scope: Scope): Scope['home'] {
  for (let current: Scope | undefined = scope; current; current = current.parent)
    if (current.home) return current.home;
  return undefined;
}

function superObject(run: Run, scope: Scope): Value | undefined {
  const home = homeOf(scope);
  return home?.parent && selfOf(run, scope);
}

function superMember(run: Run, name: string, scope: Scope, site: Site): Value {
  const self = selfOf(run, scope) ?? undefinedValue;
  for (
    let parent = homeOf(scope)?.parent;
    parent;
    parent = parent.t === 'class' ? parent.parent : undefined
  ) {
    if (parent.t !== 'class') return getMember(run, parent, name, site);
    const member = findMember(run, parent, name, self.t === 'class');
    if (member?.k === 'method') return methodValue(parent, member, self);
  }
  return dynamic(`super.${name}`, site.at);
}

export function functionValue(fn: FunctionValue['fn'], scope: Scope): FunctionValue {
  return { t: 'function', fn, scope, props: new Map(), at: { file: scope.file, start: fn.s, end: fn.e } };
}

/** Evaluates a list of arguments; a spread of unknown length ends it with an unknown. */
export function evaluateList(run: Run, nodes: readonly Expr[], scope: Scope): readonly Value[] {
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
  run.thrown.push([]);
  const self = evaluate(run, fn.obj, scope);
  const thrown = run.thrown.pop() ?? [];
  const callee =
    self === neverValue ? self : getMember(run, self, fn.name, { ...site, at: spanOf(scope, fn) });
  const args = evaluateList(run, node.args, scope);
  const [first, second] = args;
  const isPromise = self === neverValue || callee.t === 'native';
  if (isPromise && fn.name === 'catch') return catchRejection(run, self, thrown, first, site);
  const work = (): Value => (self === neverValue ? self : callValue(run, callee, args, site, self));
  if (isPromise && second) {
    const done = work();
    return catchRejection(run, done, thrown, second, site);
  }
  run.thrown.at(-1)?.push(...thrown);
  return work();
}

function withTypeArguments(callee: Value, types: readonly TypeExpr[] | undefined, scope: Scope): Value {
  return types && callee.t === 'function' && callee.fn.typeParams
    ? { ...callee, types: types.map((type) => ({ type, scope })) }
    : callee;
}

function evaluateObject(run: Run, props: readonly Prop[], scope: Scope, at: Site['at']): Value {
  const cells = new Map<string, Cell>();
  let open = false;
  let proto: Value | undefined;
  for (const prop of props) {
    if (prop.k === 'spread') {
      const source = spreadSource(run, prop.x, scope);
      const spread = spreadOf(run, source, { at: spanOf(scope, prop), file: scope.file });
      open ||= spread.open;
      if (spread.open) overwrite(run, cells, spanOf(scope, prop));
      // What is read of the copy is read of the model.
      if (source.t === 'model') proto = source;
      charge(run, spread.entries.length);
      const isRead = source.t !== 'unknown' && source.t !== 'external';
      for (const [key, value] of spread.entries) {
        const before = cells.get(key)?.value;
        const perhaps = value.t === 'union' && value.of.some(({ t }) => t === 'undefined');
        // What may be missing may be what was there before; a table of routes is taken at its word.
        if (!before || (isRead && !perhaps)) cells.set(key, { value });
        else if (inHandler(run)) cells.set(key, { value: perhaps ? union([before, defined(value)]) : value });
      }
      continue;
    }
    const name = typeof prop.key === 'string' ? prop.key : fixedText(evaluate(run, prop.key, scope));
    if (name === undefined) {
      open = true;
      overwrite(run, cells, spanOf(scope, prop));
    } else if (prop.k === 'prop') cells.set(name, { value: evaluate(run, prop.v, scope) });
    else cells.set(`${prop.k} ${name}`, { value: functionValue(prop.fn, scope) });
  }
  const born = run.journal ?? outside;
  const result: Value = {
    t: 'object',
    props: cells,
    open,
    at,
    ...(inHandler(run) && { born }),
    ...(proto && { proto }),
  };
  for (const [name, cell] of cells) {
    // Methods and function expressions of a literal see the object as `this`.
    if (
      cell.value?.t === 'function' &&
      !cell.value.fn.arrow &&
      !cell.value.self &&
      !name.startsWith('get ')
    ) {
      cell.value = { ...cell.value, self: result };
    }
  }
  return result;
}

function defined(value: Value): Value {
  return union(alternatives(value).filter(({ t }) => t !== 'undefined'));
}

/** What is spread: `x && { … }` spreads nothing where `x` is falsy, whatever it is. */
function spreadSource(run: Run, x: Expr, scope: Scope): Value {
  if (x.k !== 'bin' || x.op !== '&&') return evaluate(run, x, scope);
  const left = evaluate(run, x.l, scope);
  const decided = truthiness(left);
  if (decided !== undefined) return decided ? evaluate(run, x.r, scope) : undefinedValue;
  const taken = either(run, spanOf(scope, x.l), left, [() => evaluate(run, x.r, scope), undefined]);
  return union([taken, undefinedValue]);
}

/** What a spread adds; what only some of its alternatives have may be missing, unless others may have anything. */
function spreadOf(run: Run, source: Value, site: Site): ReturnType<typeof entriesOf> {
  const parts = alternatives(source).map((one) => entriesOf(run, one, site));
  const names = new Set(parts.flatMap(({ entries }) => entries.map(([name]) => name)));
  const entries = [...names].map((name): readonly [string, Value] => {
    const values = parts.map(
      (part) =>
        part.entries.find(([key]) => key === name)?.[1] ??
        (part.open ? dynamic('property of something spread', site.at) : undefinedValue),
    );
    return [name, union(values)];
  });
  return { entries, open: parts.some(({ open }) => open) };
}

/** Something that is not known comes on top of these properties of a literal. */
function overwrite(run: Run, cells: Map<string, Cell>, at: Site['at']): void {
  if (!inHandler(run)) return;
  for (const name of cells.keys())
    cells.set(name, { value: dynamic('property that may be overwritten', at) });
}

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

function either(
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

function evaluateBinary(run: Run, node: Expr & { readonly k: 'bin' }, scope: Scope): Value {
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
      noteInstead(left, other);
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
        getMember(run, object, name, { at, file: scope.file });
      }
      return dynamic('comparison', at);
    }
    case 'instanceof': {
      const cls = right();
      if (left.t === 'object' && left.cls && (cls.t === 'class' || cls.t === 'external')) {
        const decided = isInstance(left.cls, cls);
        if (decided !== undefined) return boolean(decided);
      }
      if (cls.t === 'external') {
        for (const framework of run.frameworks) {
          const decided = framework.isInstance?.(left, cls);
          if (decided !== undefined) return boolean(decided);
        }
      }
      if (left.t === 'array' && cls.t === 'native') return boolean(cls.name === 'Array');
      return dynamic('comparison', at);
    }
    default: {
      const other = right();
      return left.t === 'number' && other.t === 'number'
        ? arithmetic(node.op, left.value, other.value, at)
        : ofKind(comparisons.has(node.op) ? 'boolean' : 'number', computed('computation', at, left, other));
    }
  }
}

/** Undefined where a parent that is not read may be the class, or a descendant of it. */
function isInstance(cls: Value, of: Value): boolean | undefined {
  let current: Value | undefined = cls;
  for (; current?.t === 'class'; current = current.parent) {
    if (of.t === 'class' && current.decl === of.decl) return true;
  }
  if (of.t !== 'external' || !current) return false;
  if (!isErrorClass(current)) return undefined;
  return isErrorClass(of) && (of.path.length === 0 || of.path[0] === current.path[0]);
}

const comparisons = new Set(['<', '>', '<=', '>=']);

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
  if (value.t === 'undefined' || value.t === 'null') return false;
  if (value.t === 'unknown' || value.t === 'external') return undefined;
  if (value.t === 'union') {
    const all = value.of.map(definedness);
    return all.every((one) => one === all[0]) ? all[0] : undefined;
  }
  if (value.t === 'text' && value.parts.some((part) => !('text' in part) || part.configured))
    return undefined;
  return true;
}

/** `params.id || query.id`: the second is asked where the first is missing. */
function noteInstead(left: Value, right: Value): void {
  if (left.t !== 'unknown' || right.t !== 'unknown' || !right.reading) return;
  if (left.reading && left.reading !== right.reading && left.reading.name === right.reading.name)
    right.reading.instead += 1;
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
  const lefts = alternatives(left).filter((one) => one.t !== 'undefined' && one.t !== 'null');
  return union([...lefts.map((one) => without(one)), right]);
}

function isTextual(value: Value): boolean {
  return alternatives(value).some((one) => one.t === 'text');
}

function evaluateUnary(run: Run, op: string, x: Expr, scope: Scope): Value {
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
      return value.t === 'number' ? value : dynamic('computation', at);
    case 'typeof':
      return typeOf(value, at);
    case 'void':
      return undefinedValue;
    default:
      return dynamic('computation', at);
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

function typeOf(value: Value, at: Site['at']): Value {
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
