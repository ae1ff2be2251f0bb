/** Errors that are caught: by `catch` of a statement or of a promise, and what becomes of them when they go on. */

import { callValue } from './calls.ts';
import type { Expr, Stmt } from '../program/program.ts';
import { neverValue, placeIn, sortedIn, type Completion, type Run, type Thrown } from './run.ts';
import {
  attempting,
  branch,
  endsHere,
  isDoneSince,
  merge,
  under,
  writePerhaps,
  type Branch,
  type Written,
} from './branches.ts';
import { alternatives, union } from './alternatives.ts';
import { isUnseen } from './text-parts.ts';
import { dynamic, model, native, undefinedValue, type Site, type Value } from './values.ts';
import type { Span } from '../../contract/span.ts';

/** What a place that catches gets: the errors that were seen, and whatever nobody was seen to throw. */
export function caught(run: Run, thrown: readonly Thrown[], what: string, at: Span): Value {
  for (const one of thrown)
    for (const value of alternatives(one.value)) if (!isUnseen(value)) run.origins.set(value, one);
  const unseen: Value = { ...dynamic(what, at), unseen: true };
  return union([...thrown.map(({ value }) => value), unseen]);
}

/** An error that is thrown, or handed to `next`: one that was caught goes on from where it was thrown first. */
export function thrownAs(run: Run, value: Value, at: Span): readonly Thrown[] {
  const found: Thrown[] = [];
  const others: Value[] = [];
  for (const one of alternatives(value)) {
    const origin = run.origins.get(one);
    if (origin) found.push({ ...origin, value: one });
    else others.push(one);
  }
  return others.length === 0
    ? found
    : [...found, { value: union(others), ...placeIn(run, at), ...sortedIn(run) }];
}

/**
 * Where in a body an error may come first, and where the last one has passed: what stands before and behind only sets
 * variables to what is written there.
 */
export function unsafePart(body: readonly Stmt[]): readonly [from: number, to: number] {
  const from = body.findIndex((stmt) => !isSafeStatement(stmt));
  return from < 0
    ? [body.length, body.length]
    : [from, body.findLastIndex((stmt) => !isSafeStatement(stmt)) + 1];
}

function isSafeStatement(stmt: Stmt): boolean {
  if (stmt.k === 'let') return stmt.decls.every(({ to, v }) => to.k === 'name' && (!v || isSafe(v)));
  return stmt.k === 'expr' && stmt.x.k === 'set' && stmt.x.to.k === 'name' && isSafe(stmt.x.v);
}

function isSafe(x: Expr): boolean {
  switch (x.k) {
    case 'str':
    case 'num':
    case 'bool':
    case 'null':
    case 'undef':
    case 'id':
    case 'fn':
      return true;
    case 'arr':
      return x.items.every(isSafe);
    case 'obj':
      return x.props.every((prop) => prop.k === 'prop' && typeof prop.key === 'string' && isSafe(prop.v));
    default:
      return false;
  }
}

/** What a handler of errors did counts for validators whose errors it got: refused all the same, and not passed over. */
export function rescued<T>(
  run: Run,
  thrown: readonly Thrown[],
  rescue: () => T,
  ends: (result: T) => boolean,
): T {
  const before = run.refused;
  const result = rescue();
  if (run.refused > before || ends(result))
    for (const { verdict } of thrown) if (verdict) verdict.decides = true;
  return result;
}

/** What a promise was made by: the way on which it was done, what was written there, and the errors of it. */
export interface Work {
  readonly taken: Branch<Value>;
  readonly attempted: readonly Written[];
  readonly thrown: readonly Thrown[];
}

/** A call ends normally, or can only throw. */
function ending(result: Value): { readonly result: Value; readonly completion: Completion } {
  return { result, completion: result === neverValue ? 'throw' : 'normal' };
}

/** Does what may reject, and takes its writes back: `merge` makes them count. */
export function pending(run: Run, work: () => Value): Work {
  run.thrown.push([]);
  const { result: taken, attempted } = attempting(run, () => branch(run, () => ending(work()), true));
  return { taken, attempted, thrown: run.thrown.pop() ?? [] };
}

/** `work().then(next)`: what is made of the result; what rejects the work is none of it. */
export function then(run: Run, work: Work, next: () => Value): Work {
  const taken = branch(run, () => {
    merge(run, [work.taken]);
    return ending(next());
  });
  return { ...work, taken };
}

/** `work().catch(handler)`, `work().then(_, handler)`: gives what the promise may be in the end. */
export function catchRejection(
  run: Run,
  { taken, attempted, thrown }: Work,
  handler: Value,
  site: Site,
): Value {
  const error = caught(run, thrown, 'rejection', site.at);
  const rescue = rescued(
    run,
    thrown,
    () =>
      branch(run, () => {
        writePerhaps(run, attempted);
        return ending(under(run, site.at, () => callValue(run, handler, [error], site)));
      }),
    ({ completion }) => endsHere(run, completion),
  );
  merge(run, [taken, rescue]);
  const results = [taken, rescue].filter(({ result }) => result !== neverValue).map(({ result }) => result);
  return results.length === 0 ? neverValue : union(results);
}

/** `new Promise((resolve, reject) => …)`; undefined where nothing was seen to settle it. */
export function settledPromise(run: Run, work: Value, site: Site): Value | undefined {
  const results: Value[] = [];
  const { journal } = run;
  let rejected = false;
  const resolve = model({
    kind: 'resolve',
    get: () => undefinedValue,
    call: ([value = undefinedValue]) => {
      results.push(value);
      return undefinedValue;
    },
    escape: (where) => void results.push(dynamic('promise', where.at)),
  });
  const reject = native('reject', ([error = undefinedValue], where) => {
    // On a way that may not be taken, it proves nothing.
    rejected ||= isDoneSince(run, journal);
    run.thrown.at(-1)?.push(...thrownAs(run, error, where.at));
    return undefinedValue;
  });
  const result = callValue(run, work, [resolve, reject], site);
  if (results.length > 0) return union(results);
  return run.summaries && (rejected || result === neverValue) ? neverValue : undefined;
}
