/** Executes statements. */

import type { Expr, Stmt } from '../program/program.ts';
import { caught, rescued, thrownAs, unsafePart } from './caught.ts';
import { defineClass } from './classes.ts';
import { equality } from './equality.ts';
import { evaluate, functionValue } from './expressions.ts';
import { listBehind } from './lists.ts';
import { entriesOf, getMember, spanOf } from './members.ts';
import { inLoop, inSwitch, leave, leaveFunction } from './leaving.ts';
import { narrow } from './narrow.ts';
import { assign } from './patterns.ts';
import { notingRefusal } from './presence.ts';
import { found, inHandler, neverValue, read, spent, type Completion, type Run } from './run.ts';
import {
  attempting,
  branch,
  endsHere,
  merge,
  parting,
  under,
  writePerhaps,
  type Branch,
  type Written,
} from './branches.ts';
import { alternatives, mayBeAbsent, truthiness } from './alternatives.ts';
import { unlisted } from './items.ts';
import { fixedText } from './text-parts.ts';
import {
  dynamic,
  number,
  objectOf,
  text,
  undefinedValue,
  type ArrayValue,
  type Scope,
  type Value,
} from './values.ts';
import { verdictsIn } from './verdicts.ts';

/** More rounds than any table of routes has. */
const loopLimit = 500;

export function childScope(parent: Scope): Scope {
  return { vars: new Map(), parent, file: parent.file };
}

/** Makes functions callable before their line, as JavaScript does. */
export function hoist(run: Run, body: readonly Stmt[], scope: Scope): void {
  for (const stmt of body) {
    if (stmt.k === 'func') scope.vars.set(stmt.name, { value: functionValue(stmt.fn, scope) });
    else if (stmt.k === 'cls' && stmt.cls.name !== undefined) {
      const { cls } = stmt;
      scope.vars.set(stmt.cls.name, { value: undefined, lazy: () => defineClass(run, cls, scope) });
    } else if (stmt.k === 'enum') {
      scope.vars.set(stmt.name, { value: undefined, lazy: () => enumValue(run, stmt, scope) });
    } else if (stmt.k === 'type' && scope.parent) {
      scope.types ??= new Map();
      scope.types.set(stmt.name, [...(scope.types.get(stmt.name) ?? []), stmt]);
    }
  }
}

export function execute(run: Run, body: readonly Stmt[], scope: Scope): Completion {
  for (const stmt of body) {
    const completion = executeOne(run, stmt, scope);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function executeBlock(run: Run, body: readonly Stmt[], scope: Scope): Completion {
  const inner = childScope(scope);
  hoist(run, body, inner);
  return execute(run, body, inner);
}

export function executeOne(run: Run, stmt: Stmt, scope: Scope): Completion {
  if (spent(run)) return leaveFunction(run);
  switch (stmt.k) {
    case 'expr':
      return evaluate(run, stmt.x, scope) === neverValue ? 'throw' : 'normal';
    case 'let':
      for (const decl of stmt.decls) {
        const value: Value = decl.v ? evaluate(run, decl.v, scope) : undefinedValue;
        if (value === neverValue) return 'throw';
        assign(run, decl.to, value, scope, 'declare', decl.type);
      }
      return 'normal';
    case 'if': {
      const condition = evaluate(run, stmt.c, scope);
      const decided = truthiness(condition);
      const { b } = stmt;
      if (decided === true) return executeBlock(run, stmt.a, scope);
      if (decided === false) return b ? executeBlock(run, b, scope) : 'normal';
      const at = spanOf(scope, stmt.c);
      return merge(
        run,
        parting(run, condition, [
          () =>
            way(run, () => {
              narrow(run, stmt.c, true, scope);
              return under(run, at, () =>
                notingRefusal(stmt.c, condition, () => executeBlock(run, stmt.a, scope)),
              );
            }),
          () =>
            way(run, () => {
              narrow(run, stmt.c, false, scope);
              return b ? under(run, at, () => executeBlock(run, b, scope)) : 'normal';
            }),
        ]),
        verdictsIn(condition),
      );
    }
    case 'forOf':
      return executeEach(run, stmt, elementsOf(run, evaluate(run, stmt.x, scope), scope, stmt), scope);
    case 'forIn': {
      const at = spanOf(scope, stmt.x);
      const { entries, open } = entriesOf(run, evaluate(run, stmt.x, scope), { at, file: scope.file });
      const keys: Value[] = entries.map(([key]) => text(key, at));
      const items = open ? [...keys, dynamic('key', at)] : keys;
      const unsure = inHandler(run) && entries.some(([, item]) => mayBeAbsent(item));
      return executeEach(run, stmt, { items, unsure }, scope);
    }
    case 'for':
      return executeFor(run, stmt, scope);
    case 'while': {
      evaluate(run, stmt.c, scope);
      return inLoop(run, (round) => round(stmt.do === true, () => executeBlock(run, stmt.body, scope)));
    }
    case 'return': {
      const value = stmt.x ? evaluate(run, stmt.x, scope) : undefinedValue;
      if (value === neverValue) return 'throw';
      run.returns.at(-1)?.values.push(value);
      return leaveFunction(run);
    }
    case 'throw':
      run.thrown.at(-1)?.push(...thrownAs(run, evaluate(run, stmt.x, scope), spanOf(scope, stmt)));
      return 'throw';
    case 'try':
      return executeTry(run, stmt, scope);
    case 'switch':
      return executeSwitch(run, stmt, scope);
    case 'break':
    case 'continue':
      return leave(run, stmt.k);
    case 'block':
      return executeBlock(run, stmt.body, scope);
    case 'cls':
      if (stmt.cls.name !== undefined) {
        const cell = scope.vars.get(stmt.cls.name);
        if (cell) read(run, cell);
      }
      return 'normal';
    case 'ns': {
      const inner = childScope(scope);
      hoist(run, stmt.body, inner);
      execute(run, stmt.body, inner);
      scope.vars.set(stmt.name, {
        value: { t: 'object', props: inner.vars, open: false, at: spanOf(scope, stmt) },
      });
      return 'normal';
    }
    case 'func':
    case 'enum':
    case 'type':
    case 'import':
    case 'export':
    case 'exportDefault':
    case 'exportAssign':
      return 'normal';
  }
}

export function way(run: Run, work: () => Completion): Branch<undefined> {
  return branch(run, () => ({ result: undefined, completion: work() }));
}

/** Work that may happen once, several times or never. */
export function maybe(run: Run, work: () => Completion): Completion {
  merge(run, [way(run, work), way(run, () => 'normal')]);
  return 'normal';
}

function elementsOf(run: Run, value: Value, scope: Scope, stmt: Stmt & { readonly k: 'forOf' }): Elements {
  const at = spanOf(scope, stmt.x);
  const items: Value[] = [];
  let unsure = false;
  for (const one of alternatives(value)) {
    if (one.t === 'array') {
      unsure ||= mayLackItems(run, one);
      items.push(...one.items, ...unlisted(found(run, one), { at }));
    } else if (one.t === 'object' && one.props.has(mapEntries)) {
      const entries = getMember(run, one, 'values()', { at, file: scope.file });
      if (entries.t === 'array') {
        unsure ||= mayLackItems(run, entries);
        items.push(...entries.items, ...unlisted(entries, { at }));
      }
    } else if (one.t === 'model') {
      const list = getMember(run, one, 'values()', { at, file: scope.file });
      if (list.t === 'array') items.push(...list.items);
      else items.push(dynamic('element', at));
    } else items.push(...(listBehind(run, one, { at, file: scope.file })?.items ?? [dynamic('element', at)]));
  }
  return { items, unsure };
}

interface Elements {
  readonly items: readonly Value[];
  /** There may be none of them. */
  readonly unsure: boolean;
}

/** What is registered for each item of a list is registered; what a handler does with each is done where there is one. */
export function mayLackItems(run: Run, { each, loose }: ArrayValue): boolean {
  return inHandler(run) && (each === true || loose === true);
}

/** Where a `Map` or `Set` keeps its entries. */
export const mapEntries = '[[entries]]';

function executeEach(
  run: Run,
  stmt: Stmt & { readonly k: 'forOf' | 'forIn' },
  { items, unsure }: Elements,
  scope: Scope,
): Completion {
  return inLoop(run, (round) => {
    for (const item of items.slice(0, loopLimit)) {
      const inner = childScope(scope);
      const completion = round(!unsure && item.t !== 'unknown', () => {
        assign(run, stmt.to, item, inner, 'declare');
        return executeBlock(run, stmt.body, inner);
      });
      if (completion !== 'normal') return completion;
    }
    return 'normal';
  });
}

function executeFor(run: Run, stmt: Stmt & { readonly k: 'for' }, scope: Scope): Completion {
  return inLoop(run, (round) => {
    const outer = childScope(scope);
    if (stmt.init) executeOne(run, stmt.init, outer);
    for (let number = 0; number < loopLimit; number++) {
      const going = stmt.c ? truthiness(evaluate(run, stmt.c, outer)) : undefined;
      if (going === false) return 'normal';
      const completion = round(going === true, () => executeBlock(run, stmt.body, outer));
      if (completion !== 'normal' || going === undefined) return completion;
      if (stmt.step) evaluate(run, stmt.step, outer);
    }
    return 'normal';
  });
}

function executeTry(run: Run, stmt: Stmt & { readonly k: 'try' }, scope: Scope): Completion {
  const { handler, param, final } = stmt;
  const inner = childScope(scope);
  hoist(run, stmt.body, inner);
  const [from, to] = unsafePart(stmt.body);
  execute(run, stmt.body.slice(0, from), inner);
  let attempted: readonly Written[] = [];
  run.thrown.push([]);
  const body = way(run, () => {
    const tried = attempting(run, () => execute(run, stmt.body.slice(from, to), inner));
    ({ attempted } = tried);
    return tried.result === 'normal' ? execute(run, stmt.body.slice(to), inner) : tried.result;
  });
  const thrown = run.thrown.pop() ?? [];
  const ways: Branch<unknown>[] = [body];
  if (handler) {
    const at = spanOf(scope, stmt);
    const error = caught(run, thrown, 'caught error', at);
    const rescue = (): Branch<undefined> =>
      way(run, () => {
        if (inHandler(run)) writePerhaps(run, attempted);
        const inner = childScope(scope);
        if (param) assign(run, param, error, inner, 'declare');
        return under(run, at, () => executeBlock(run, handler, inner));
      });
    ways.push(rescued(run, thrown, rescue, ({ completion }) => endsHere(run, completion)));
  } else {
    run.thrown.at(-1)?.push(...thrown);
  }
  const completion = merge(run, ways);
  const last = final ? executeBlock(run, final, scope) : 'normal';
  return last === 'normal' ? completion : last;
}

function executeSwitch(run: Run, stmt: Stmt & { readonly k: 'switch' }, scope: Scope): Completion {
  const subject = evaluate(run, stmt.x, scope);
  const fixed = subject.t === 'text' || subject.t === 'number' ? fixedText(subject) : undefined;
  const values = stmt.cases.map(({ test }) => test && evaluate(run, test, scope));
  const tests = values.map((value) => value && fixedText(value));
  const from = (start: number): Completion =>
    inSwitch(run, () =>
      executeBlock(
        run,
        stmt.cases.slice(start).flatMap(({ body }) => body),
        scope,
      ),
    );
  if (fixed !== undefined && stmt.cases.every(({ test }, index) => !test || tests[index] !== undefined)) {
    const hit = tests.indexOf(fixed);
    const start = hit >= 0 ? hit : stmt.cases.findIndex(({ test }) => !test);
    return start >= 0 ? from(start) : 'normal';
  }
  const verdicts = values.map((value) => value && equality(subject, value));
  const certain = verdicts.findIndex((verdict) => verdict === true);
  if (certain >= 0 && verdicts.slice(0, certain).every((verdict) => verdict === false)) return from(certain);
  const at = spanOf(scope, stmt.x);
  const ways = stmt.cases.flatMap(({ test }, index) => {
    if (verdicts[index] === false) return [];
    return way(run, () => {
      narrowTo(run, stmt, test, scope);
      return under(run, at, () => from(index));
    });
  });
  if (stmt.cases.every(({ test }) => test)) {
    ways.push(
      way(run, () => {
        narrowTo(run, stmt, undefined, scope);
        return 'normal';
      }),
    );
  }
  return merge(run, ways);
}

/** A case is taken where the subject is what it tests; `default`, or none, where it is what no case tests. */
function narrowTo(
  run: Run,
  { x, cases }: Stmt & { readonly k: 'switch' },
  taken: Expr | undefined,
  scope: Scope,
): void {
  for (const test of taken ? [taken] : cases.flatMap((one) => one.test ?? []))
    narrow(run, { k: 'bin', op: '===', l: x, r: test, s: test.s, e: test.e }, test === taken, scope);
}

function enumValue(run: Run, stmt: Stmt & { readonly k: 'enum' }, scope: Scope): Value {
  const at = spanOf(scope, stmt);
  const result = objectOf([], at);
  const inner: Scope = { vars: result.props, parent: scope, file: scope.file };
  let next = 0;
  for (const member of stmt.members) {
    const value: Value = member.v ? evaluate(run, member.v, inner) : number(next, spanOf(scope, member));
    if (value.t === 'number') next = value.value + 1;
    result.props.set(member.name, { value });
  }
  return result;
}
