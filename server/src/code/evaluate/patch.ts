/**
 * Takes an edit into a program that was evaluated already: where new facts of a file differ from the old ones only
 * inside of functions that left no trace in what was registered, those functions are exchanged in place, and
 * everything that was made from the rest still stands.
 *
 * Places: values that were made before the edit carry offsets of the text before it. The installed form keeps those;
 * what an edit brings in is moved to offsets of its own, and `placesOf` leads from both to the current text.
 */

import type { Func, Member, ModuleFacts } from '../program/program.ts';
import { isHandler } from './look.ts';

/** Beyond the end of any file that is read (`host/limits.ts`); every edit gets a stretch of this length. */
const stretch = 2 ** 26;

/** Offsets of the installed form, ascending, and where they are in the current text. */
export interface Places {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface Patch {
  readonly changed: readonly Func[];
  readonly places: Places;
}

type Method = Member & { readonly fn: Func };

interface Change {
  readonly fn: Func;
  readonly next: Func;
  readonly member?: { readonly old: Method; readonly next: Method };
}

interface Comparison {
  /** Functions whose calls left traces: they have to be the same. */
  readonly settled: ReadonlySet<Func>;
  readonly changes: Change[];
  readonly places: Map<number, number>;
}

/**
 * Changes `installed` into the program of `next`, keeping the identity of all that stays; undefined, and nothing
 * is changed, where the difference is more than bodies of functions. `edition` counts the edits of the file.
 */
export function patchModule(
  installed: ModuleFacts,
  next: ModuleFacts,
  settled: ReadonlySet<Func>,
  edition: number,
): Patch | undefined {
  const comparison: Comparison = { settled, changes: [], places: new Map([[0, 0]]) };
  if (!same(installed.body, next.body, comparison)) return undefined;
  const { changes, places } = comparison;
  for (const change of changes) {
    const moved = shifted(change.next, edition * stretch, places) as Func;
    Object.assign(change.fn, moved);
    for (const key of Object.keys(change.fn)) if (!(key in moved)) Reflect.deleteProperty(change.fn, key);
    if (change.member) {
      // A member is one place from its decorators on.
      const { fn } = change;
      Object.assign(change.member.old, shifted(change.member.next, edition * stretch, places), { fn });
    }
  }
  const from = [...places.keys()].sort((a, b) => a - b);
  return {
    changed: changes.map(({ fn }) => fn),
    places: { from, to: from.map((at) => places.get(at) ?? 0) },
  };
}

/** Where an offset of the installed form is in the current text. */
export function currentOffset({ from, to }: Places, offset: number): number {
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return (to[low] ?? 0) + (offset - (from[low] ?? 0));
}

type Node = Readonly<Record<string, unknown>>;

/** Offsets, which differ after every edit. */
const offsets = new Set(['s', 'e', 'ns', 'ne', 'ks', 'ke']);

function same(old: unknown, next: unknown, comparison: Comparison): boolean {
  if (typeof old !== 'object' || old === null || typeof next !== 'object' || next === null)
    return Object.is(old, next);
  if (Array.isArray(old)) {
    return (
      Array.isArray(next) &&
      old.length === next.length &&
      old.every((item, index) => same(item, next[index], comparison))
    );
  }
  const left = old as Node;
  const right = next as Node;
  if (isMember(left) && isMember(right)) return sameMember(left, right, comparison);
  return isFunction(left) && isFunction(right)
    ? sameFunction(left, right, comparison, undefined)
    : sameFields(left, right, comparison, undefined);
}

function sameFields(old: Node, next: Node, comparison: Comparison, except: string | undefined): boolean {
  const keys = Object.keys(old);
  if (keys.length !== Object.keys(next).length) return false;
  for (const key of keys) {
    if (key === except) continue;
    if (offsets.has(key)) comparison.places.set(old[key] as number, next[key] as number);
    else if (!(key in next) || !same(old[key], next[key], comparison)) return false;
  }
  return true;
}

function isFunction(node: Node): node is Node & Func {
  return Array.isArray(node['params']) && Array.isArray(node['body']);
}

function isMember(node: Node): node is Node & Method {
  return Array.isArray(node['decorators']) && 'fn' in node && 'key' in node;
}

function sameMember(old: Node & Method, next: Node & Method, comparison: Comparison): boolean {
  return (
    sameFields(old, next, comparison, 'fn') &&
    sameFunction(old.fn as Node & Func, next.fn as Node & Func, comparison, { old, next })
  );
}

/** A function that left no trace may differ as a whole; in one that did, only the functions inside of it may. */
function sameFunction(
  old: Node & Func,
  next: Node & Func,
  comparison: Comparison,
  member: Change['member'],
): boolean {
  const inside: Comparison = { settled: comparison.settled, changes: [], places: new Map() };
  const equal = sameFields(old, next, inside, undefined);
  if (equal && (comparison.settled.has(old) || inside.changes.length === 0)) {
    comparison.changes.push(...inside.changes);
    for (const [from, to] of inside.places) comparison.places.set(from, to);
    return true;
  }
  if (comparison.settled.has(old) || old.arrow !== next.arrow || old.name !== next.name) return false;
  // Whoever was handed the function may have looked at what it takes; nobody looks at a method before it is called.
  if (!member && (old.params.length !== next.params.length || isHandler(old) !== isHandler(next)))
    return false;
  // Values that were made of the function itself carry its old ends.
  comparison.places.set(old.s, next.s);
  comparison.places.set(old.e, next.e);
  comparison.changes.push({ fn: old, next, ...(member && { member }) });
  return true;
}

/** A copy at other offsets; `places` learns the way back. */
function shifted(node: unknown, by: number, places: Map<number, number>): unknown {
  if (Array.isArray(node)) return node.map((item) => shifted(item, by, places));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (offsets.has(key)) {
      places.set((value as number) + by, value as number);
      copy[key] = (value as number) + by;
    } else copy[key] = shifted(value, by, places);
  }
  return copy;
}
