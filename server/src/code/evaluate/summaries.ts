/** What calls gave, for calls of the same function of the same closure with the same receiver and arguments that look the same. */

import type { Func } from '../program/program.ts';
import type { Run, Thrown } from './run.ts';
import type { Cell, FunctionValue, Scope, Uses, Value } from './values.ts';

export interface Summary {
  readonly result: Value;
  readonly thrown: readonly Thrown[];
  /** The request that the call has used: for another one it would have to be evaluated. */
  readonly used?: Uses;
  /** What there was left to do it with, where it was not followed to its end: with more room it is evaluated again. */
  readonly room?: Room;
}

/** What is left for a call. */
export interface Room {
  /** How many calls deep it may go. */
  readonly depth: number;
  readonly steps: number;
}

/** A few steps more change nothing. */
function isRoomier(room: Room, known: Room): boolean {
  return room.depth > known.depth || room.steps > known.steps * 2;
}

/**
 * By function, closure, receiver (both by identity) and the key of the arguments. What a handler made, no other one
 * calls: its closures and receivers go with it.
 */
export type Summaries = Map<Func, WeakMap<Scope, WeakMap<object, Map<string, Summary>>>>;

const nobody = {};

export function findSummary(
  summaries: Summaries,
  { fn, scope, self }: FunctionValue,
  key: string,
  room: Room,
): Summary | undefined {
  const known = summaries
    .get(fn)
    ?.get(scope)
    ?.get(self ?? nobody)
    ?.get(key);
  return known?.room && isRoomier(room, known.room) ? undefined : known;
}

export function keepSummary(
  summaries: Summaries,
  { fn, scope, self }: FunctionValue,
  key: string,
  summary: Summary,
): void {
  let scopes = summaries.get(fn);
  if (!scopes) summaries.set(fn, (scopes = new WeakMap()));
  let receivers = scopes.get(scope);
  if (!receivers) scopes.set(scope, (receivers = new WeakMap()));
  const calls = receivers.get(self ?? nobody);
  if (calls) calls.set(key, summary);
  else receivers.set(self ?? nobody, new Map([[key, summary]]));
}

/** Objects inside of objects are looked at this deep. */
const depthLimit = 4;

/**
 * The result as it is now. Writes of a handler are taken back at its end, also those into what it made itself, and the
 * next that makes the same call gets what it was before that.
 */
export function settled(run: Run, value: Value, depth = 0): Value {
  const { journal } = run;
  if (!journal || depth > depthLimit) return value;
  switch (value.t) {
    case 'union': {
      const of = value.of.map((one) => settled(run, one, depth));
      return of.some((one, index) => one !== value.of[index]) ? { ...value, of } : value;
    }
    case 'array': {
      const items = value.items.map((item) => settled(run, item, depth + 1));
      return items.some((item, index) => item !== value.items[index]) ? { ...value, items } : value;
    }
    case 'object': {
      let props: Map<string, Cell> | undefined;
      for (const [name, cell] of value.props) {
        if (cell.lazy || !cell.value) continue;
        // Instances of services are left alone but for what was written into them now.
        const inner = value.cls ? cell.value : settled(run, cell.value, depth + 1);
        if (inner !== cell.value || journal.has(cell))
          (props ??= new Map(value.props)).set(name, { value: inner });
      }
      return props ? { ...value, props } : value;
    }
    default:
      return value;
  }
}
