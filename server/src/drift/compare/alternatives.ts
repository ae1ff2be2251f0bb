/** Values that may look in several ways, on either side. */

import type { Shape } from '../../contract/shape.ts';
import { allOf, type Comparison, type Difference, differs, undecided, within } from './comparison.ts';
import { type Context, depthLimit, type Point } from './context.ts';
import { fieldIn, type ListShape, type ObjectShape } from './normal.ts';
import type { CompareObjects } from './objects.ts';
import { leadsTo, sibling } from './paths.ts';
import { literalsIn, side } from './sides.ts';

/** Values of a field by which an object is split, to tell which alternative each means. */
const splitLimit = 16;

type Ways<S> = (left: readonly S[], right: readonly S[], point: Point) => readonly Comparison[];

export interface Alternatives {
  /** All of the ways in which an object or a list may look, each within one of the right side. */
  readonly objectsWithin: Ways<ObjectShape>;
  readonly listsWithin: Ways<ListShape>;
}

export function createAlternatives(
  { leftForm, rightForm }: Context,
  compareObjects: CompareObjects,
  compareLists: (left: ListShape, right: ListShape, point: Point) => Comparison,
): Alternatives {
  /** Pairs that are being compared: taken to fit. */
  const comparing = new Map<Shape, Set<Shape>>();

  /** What one of the ways has, the others leave out. */
  function ways<S extends Shape>(
    left: readonly S[],
    point: Point,
    compare: (one: S) => Comparison,
  ): readonly Comparison[] {
    return left.map((one) => {
      const others = left.filter((other) => other !== one);
      const isThere = (path: string): boolean =>
        others.some((other) => leadsTo(leftForm, other, relative(path, point)) !== 'no');
      return atTimes(compare(one), isThere);
    });
  }

  /** An object among several alternatives: the one that it can only mean, or all of them. */
  function objectWithin(left: ObjectShape, right: readonly ObjectShape[], point: Point): Comparison {
    const possible = right.length > 1 ? right.filter((one) => !areDisjoint(left, one)) : right;
    const [first] = possible;
    if (!first) {
      return differs({
        kind: 'alternatives',
        path: point.path,
        left: side(left, point.left),
        right: side({ kind: 'union', of: right }, point.right),
        breaks: true,
      });
    }
    if (possible.length === 1) return compareObjects(left, first, point);
    const direct = unclaimed(oneOf(left, possible, point, compareObjects), possible, point);
    if (direct.holds === 'yes' || point.depth > depthLimit / 2) return direct;
    const name = Object.keys(left.fields).find((one) => {
      const count = literalsIn(leftForm, left, one)?.length ?? 0;
      return count > 1 && count <= splitLimit && possible.every((other) => literalsIn(rightForm, other, one));
    });
    const field = name === undefined ? undefined : fieldIn(left, name);
    if (name === undefined || !field || field.required !== true) return direct;
    const each = (literalsIn(leftForm, left, name) ?? []).map((value) => {
      const shape: Shape = { kind: 'string', values: [value] };
      return objectWithin({ ...left, fields: { ...left.fields, [name]: { ...field, shape } } }, possible, {
        ...point,
        depth: point.depth + 1,
      });
    });
    return allOf(each);
  }

  /** Of several that may be meant, a field is too much where none of them lists it, and too few where all of them do. */
  function unclaimed(comparison: Comparison, right: readonly ObjectShape[], point: Point): Comparison {
    const isListed = (path: string): boolean =>
      right.some((one) => leadsTo(rightForm, one, relative(path, point)) !== 'no');
    const differences = comparison.differences.filter(({ kind, path, left }) => {
      if (kind === 'extra') return !isListed(path);
      if (kind === 'absent')
        return right.every((one) => leadsTo(rightForm, one, relative(path, point)) === 'yes');
      return kind !== 'renamed' || left.name === undefined || !isListed(sibling(path, left.name));
    });
    return { ...comparison, differences };
  }

  /** Is there a field that both have, with literals that have nothing in common? */
  function areDisjoint(left: ObjectShape, right: ObjectShape): boolean {
    return Object.keys(left.fields).some((name) => {
      const [a, b] = [fieldIn(left, name), fieldIn(right, name)];
      if (a?.required !== true || b?.required !== true) return false;
      const mine = literalsIn(leftForm, left, name);
      const theirs = literalsIn(rightForm, right, name);
      return mine !== undefined && theirs !== undefined && !mine.some((value) => theirs.includes(value));
    });
  }

  function oneOf<S extends Shape>(
    left: S,
    right: readonly S[],
    point: Point,
    compare: (left: S, right: S, point: Point) => Comparison,
  ): Comparison {
    const all = right.map((one) => guarded(left, one, point, compare));
    const [first] = all;
    if (!first || all.length === 1) return first ?? undecided;
    const [fitting] = all
      .filter(({ holds }) => holds === 'yes')
      .sort((one, other) => distance(one) - distance(other));
    if (fitting) return fitting;
    if (!all.every(({ holds }) => holds === 'no')) return undecided;
    // One value shows it for all of them where the same thing is wrong with each.
    const common = first.differences.filter(
      (one) =>
        one.breaks &&
        /^(?:type|container|null|missing|values)$/.test(one.kind) &&
        all.every(({ differences }) => differences.some((other) => isSame(one, other))),
    );
    return common.length > 0 ? { holds: 'no', differences: common } : undecided;
  }

  function guarded<S extends Shape>(
    left: S,
    right: S,
    point: Point,
    compare: (left: S, right: S, point: Point) => Comparison,
  ): Comparison {
    const open = comparing.get(left) ?? new Set<Shape>();
    if (open.has(right)) return within;
    comparing.set(left, open.add(right));
    const result = compare(left, right, point);
    open.delete(right);
    return result;
  }

  return {
    objectsWithin: (left, right, point) => ways(left, point, (one) => objectWithin(one, right, point)),
    listsWithin: (left, right, point) => ways(left, point, (one) => oneOf(one, right, point, compareLists)),
  };
}

function relative(path: string, { path: around }: Point): string {
  return `$${path.slice(around.length)}`;
}

/**
 * Differences of something that has company: what it lacks, and something else may have, is only left out at times.
 *
 * @param isThere May something else have what this path leads to?
 */
export function atTimes(comparison: Comparison, isThere: (path: string) => boolean): Comparison {
  const differences = comparison.differences.flatMap((one): readonly Difference[] => {
    if (one.kind !== 'missing' && one.kind !== 'absent' && one.kind !== 'renamed') return [one];
    if (!isThere(one.path)) return [one];
    if (!one.breaks) return [];
    const { text, at } = one.left;
    return [{ ...one, kind: 'optional', left: { text, ...(at && { at }) } }];
  });
  return { ...comparison, differences };
}

/** How far a shape is from one that takes it. */
function distance({ differences }: Comparison): number {
  return differences.some(({ kind }) => kind === 'fields') ? Infinity : differences.length;
}

function isSame(a: Difference, b: Difference): boolean {
  return a.kind === b.kind && a.path === b.path && a.detail === b.detail;
}
