/** Errors that are caught: by `catch` of a statement or of a promise, and what becomes of them when they go on. */

import { callValue } from './calls.ts';
import { neverValue, placeIn, sortedIn, type Run, type Thrown } from './run.ts';
import { branch, endsHere, isDoneSince, merge, under } from './branches.ts';
import {
  alternatives,
  dynamic,
  isUnseen,
  model,
  native,
  undefinedValue,
  union,
  type Site,
  type Value,
} from './values.ts';
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

/** `work().catch(handler)`, `work().then(_, handler)`: gives what the promise may be in the end. */
export function catchRejection(
  run: Run,
  value: Value,
  thrown: readonly Thrown[],
  handler: Value | undefined,
  site: Site,
): Value {
  if (!handler || handler.t === 'undefined' || handler.t === 'null') {
    run.thrown.at(-1)?.push(...thrown);
    return value;
  }
  const error = caught(run, thrown, 'rejection', site.at);
  const rescue = rescued(
    run,
    thrown,
    () =>
      branch(run, () => {
        const result = under(run, site.at, () => callValue(run, handler, [error], site));
        return { result, completion: result === neverValue ? 'throw' : 'normal' };
      }),
    ({ completion }) => endsHere(run, completion),
  );
  const kept = branch(run, () => ({ result: value, completion: value === neverValue ? 'throw' : 'normal' }));
  merge(run, [kept, rescue]);
  const results = [kept, rescue].filter(({ result }) => result !== neverValue).map(({ result }) => result);
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
