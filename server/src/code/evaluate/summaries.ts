/** What calls gave, for calls of the same function of the same closure with the same receiver and arguments that look the same. */

import type { Func } from '../program/program.ts';
import type { Thrown } from './run.ts';
import type { FunctionValue, Scope, Value } from './values.ts';

export interface Summary {
  readonly result: Value;
  readonly thrown: readonly Thrown[];
}

/** By function, closure, receiver (both by identity) and the key of the arguments. */
export type Summaries = Map<Func, Map<Scope, Map<Value | undefined, Map<string, Summary>>>>;

export function findSummary(
  summaries: Summaries,
  { fn, scope, self }: FunctionValue,
  key: string,
): Summary | undefined {
  return summaries.get(fn)?.get(scope)?.get(self)?.get(key);
}

export function keepSummary(
  summaries: Summaries,
  { fn, scope, self }: FunctionValue,
  key: string,
  summary: Summary,
): void {
  at(at(at(summaries, fn), scope), self).set(key, summary);
}

function at<K, A, B>(map: Map<K, Map<A, B>>, key: K): Map<A, B> {
  const there = map.get(key);
  if (there) return there;
  const fresh = new Map<A, B>();
  map.set(key, fresh);
  return fresh;
}
