/**
 * What validators found, on its way through a program: it may be looked at where it was found, or be gathered in
 * variables and lists that decide later.
 */

import { dynamic, type ArrayValue, type UnknownValue, type Value, type Verdict } from './values.ts';
import type { Span } from '../../contract/span.ts';

/** Deeper in a list than this, nobody looks. */
const depthLimit = 4;

/** The verdicts that a value depends on. */
export function verdictsIn(value: Value, depth = 0): readonly Verdict[] {
  switch (value.t) {
    case 'unknown':
      return value.verdict ? [value.verdict] : none;
    case 'union':
      return withOwn(value.verdict, value.of, depth);
    case 'array':
      return depth > depthLimit ? none : withOwn(value.verdict, value.items, depth + 1);
    default:
      return none;
  }
}

const none: readonly Verdict[] = [];

function withOwn(own: Verdict | undefined, values: readonly Value[], depth: number): readonly Verdict[] {
  let all = own ? [own] : none;
  for (const value of values) {
    const more = verdictsIn(value, depth);
    if (more.length > 0) all = [...all, ...more];
  }
  return all;
}

/** Something computed of these. */
export function computed(what: string, at: Span, ...from: readonly Value[]): UnknownValue {
  const verdict = jointly(from.flatMap((value) => verdictsIn(value)));
  return { ...dynamic(what, at), ...(verdict && { verdict }) };
}

/** The value, which one of several ways has made: which of them, verdicts say. */
export function depending(value: Value, verdicts: readonly Verdict[]): Value {
  const verdict =
    value.t === 'union' ? jointly(value.verdict ? [value.verdict, ...verdicts] : verdicts) : undefined;
  return value.t === 'union' && verdict ? { ...value, verdict } : value;
}

/** Something was put in a list, or left out, as verdicts say: how long it is tells of them. */
export function leaveDepending(list: ArrayValue, verdicts: readonly Verdict[]): void {
  const verdict = jointly(list.verdict ? [list.verdict, ...verdicts] : verdicts);
  if (verdict) list.verdict = verdict;
}

/** Several verdicts of which all decide where one does. */
function jointly(verdicts: readonly Verdict[]): Verdict | undefined {
  const all = [...new Set(verdicts)];
  const [only] = all;
  if (all.length < 2) return only;
  return {
    get decides() {
      return all.every(({ decides }) => decides);
    },
    set decides(decides) {
      for (const one of all) one.decides = decides;
    },
  };
}
