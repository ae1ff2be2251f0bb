/** What is done with a value that was read of the request: what stands in for it, and whether it is a text or a list. */

import type { Scalar } from '../../contract/shape.ts';
import { callValue } from './calls.ts';
import type { Run } from './run.ts';
import { fixedText, scalarOf } from './text-parts.ts';
import { native, type Reading, type UnknownValue, type Value } from './values.ts';

/** `ofPath`: it is a parameter of the path. */
export function startReading(name: string, ofPath: boolean): Reading {
  return { name, ofPath, times: 1, insteadOf: [], defaults: [], splits: 0, lists: 0, looks: 0 };
}

/** `params.id || query.id`: the second is asked where the first is missing. `query.limit ?? 20`: a default. */
export function noteInstead(left: Value, op: '||' | '??', right: Value): void {
  if (left.t !== 'unknown') return;
  // What is no number is there all the same.
  if (left.reading) left.reading.defaults.push(op === '??' && left.converted ? undefined : scalarOf(right));
  if (right.t !== 'unknown' || !right.reading) return;
  if (left.reading?.ofPath && left.reading !== right.reading) right.reading.insteadOf.push(left.reading.name);
}

/** A number that is made of a value: what stands in for the one stands in for the other. */
export function asNumber(from: Value | undefined, made: UnknownValue): UnknownValue {
  return from?.t === 'unknown' && from.reading ? { ...made, reading: from.reading, converted: true } : made;
}

/** Somebody asks of which type the value is: it may be taken in several forms. */
export function noteLook(value: Value | undefined): void {
  if (value?.t === 'unknown' && value.reading) value.reading.looks += 1;
}

/** Methods that lists have and texts lack. */
const ofLists = new Set([
  'map',
  'forEach',
  'filter',
  'some',
  'every',
  'find',
  'reduce',
  'join',
  'flatMap',
  'push',
]);

/** A member of the value is used: `plain` is what that gives otherwise. */
export function noteMember(run: Run, { reading }: UnknownValue, name: string, plain: Value): Value {
  if (!reading) return plain;
  if (ofLists.has(name)) reading.lists += 1;
  else if (name === 'toString') reading.looks += 1;
  if (name !== 'split') return plain;
  return native(name, (args, site) => {
    const [separator] = args;
    if (separator && /^,\s*$/.test(fixedText(separator) ?? '')) reading.splits += 1;
    return callValue(run, plain, args, site);
  });
}

/** The value that stands in for what is missing, wherever it is read; undefined where there is none, or not one. */
export function defaultOf({ times, defaults }: Reading): Scalar | undefined {
  const [first] = defaults;
  return defaults.length === times && defaults.every((one) => one === first) ? first : undefined;
}

/** How several values are taken: one text with commas in it, or a list; undefined where that is not said. */
export function listOf({ splits, lists, looks }: Reading): 'commas' | 'repeated' | undefined {
  if (looks > 0 || splits > 0 === lists > 0) return undefined;
  return splits > 0 ? 'commas' : 'repeated';
}
