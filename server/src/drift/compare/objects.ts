/** Compares one object with another, field by field. */

import type { Field } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import {
  allOf,
  type Comparison,
  type Difference,
  type DifferenceKind,
  differs,
  undecided,
  within,
} from './comparison.ts';
import type { Context, Point } from './context.ts';
import { fieldIn, type Normal, type ObjectShape } from './normal.ts';
import { pathOf } from './paths.ts';
import { type Fit, gatherLone, type Lone } from './renames.ts';
import { placed, side, typesIn } from './sides.ts';

export type CompareObjects = (left: ObjectShape, right: ObjectShape, point: Point) => Comparison;

/** A difference that no field has the name of: what free-form objects may hold. */
const nameless: Comparison = { holds: 'no', differences: [] };

export function createCompareObjects(context: Context): CompareObjects {
  const { direction, exact, leftForm, rightForm, shapes } = context;

  function objects(left: ObjectShape, right: ObjectShape, point: Point): Comparison {
    const names = [...new Set([...Object.keys(left.fields), ...Object.keys(right.fields)])];
    const parts: Comparison[] = left.open ? [restWithin(left, right, point)] : [];
    const extra: Lone[] = [];
    const lacking: Lone[] = [];
    let shared = 0;
    for (const name of names) {
      const [a, b] = [fieldIn(left, name), fieldIn(right, name)];
      if (isElsewhere(a) || isElsewhere(b)) continue;
      if (a && b) shared += 1;
      const result = fieldWithin(left, a, right, b, name, point);
      const [difference] = result.differences;
      if ((a && b) || difference?.path !== pathOf(point.path, name)) parts.push(result);
      else {
        parts.push({ ...result, differences: [] });
        if (difference.kind === 'extra') extra.push({ name, difference });
        else lacking.push({ name, difference });
      }
    }
    const all = allOf(parts);
    const isOther =
      shared === 0 && extra.length > 0 && lacking.length > 0 && extra.length + lacking.length > 2;
    const lone = isOther
      ? [otherFields(left, right, [...extra, ...lacking], point)]
      : gatherLone(extra, lacking, shared, (one, other) => fitOf(left, one, right, other));
    return { ...all, differences: [...all.differences, ...lone] };
  }

  function otherFields(
    left: ObjectShape,
    right: ObjectShape,
    lone: readonly Lone[],
    point: Point,
  ): Difference {
    return {
      kind: 'fields',
      path: point.path,
      left: side(left, point.left),
      right: side(right, point.right),
      breaks: lone.some(({ difference }) => difference.breaks),
    };
  }

  /** May a field of the one be a field of the other under a new name? */
  function fitOf(left: ObjectShape, one: string, right: ObjectShape, other: string): Fit {
    const [a, b] = [fieldIn(left, one), fieldIn(right, other)];
    if (!a || !b) return 'never';
    const [mine, theirs] = [leftForm(a.shape), rightForm(b.shape)];
    if (mine.more || theirs.more) return 'perhaps';
    const types = (form: Normal): string => typesIn({ ...form, null: false }).join();
    if (types(mine) !== types(theirs)) return 'never';
    return mine.null === theirs.null && a.required === b.required ? 'surely' : 'perhaps';
  }

  function isElsewhere(field: Field | undefined): boolean {
    return (direction === 'request' ? field?.readOnly : field?.writeOnly) === true;
  }

  function fieldWithin(
    left: ObjectShape,
    a: Field | undefined,
    right: ObjectShape,
    b: Field | undefined,
    name: string,
    point: Point,
  ): Comparison {
    const inner: Point = {
      path: pathOf(point.path, name),
      depth: point.depth + 1,
      ...placed('left', a?.at ?? placeOf(left, point) ?? point.left),
      ...placed('right', b?.at ?? point.right),
    };
    const difference = (kind: DifferenceKind, breaks: boolean): Comparison =>
      differs({
        kind,
        path: inner.path,
        left: side(a?.shape ?? left, inner.left),
        right: side(b?.shape ?? right, inner.right),
        breaks,
        ...(!a && !exact && !left.whole && { isTyped: true as const }),
      });
    if (a && b) {
      const found = shapes(a.shape, b.shape, inner);
      const value = a.required === false && b.required === false ? optional(found, inner.path) : found;
      if (b.required !== true || a.required === true) return value;
      return allOf([a.required === false && !a.set ? difference('optional', true) : undecided, value]);
    }
    if (b) {
      if (left.open) return openField(left, b, inner);
      return difference(b.required === true ? 'missing' : 'absent', b.required === true);
    }
    if (!a) return within;
    // A column that need not be selected, a relation that need not be loaded: nobody knows whether it is there.
    if (!right.open && a.required === undefined) return undecided;
    if (!right.open) {
      const extra = difference('extra', right.strict === true);
      return a.required === false ? optional(extra, inner.path) : extra;
    }
    return right.rest ? shapes(a.shape, right.rest, inner) : within;
  }

  /** Where code makes an object that is inside of another one: what wraps it may stand far from there. */
  function placeOf({ fields, whole }: ObjectShape, { path }: Point): Span | undefined {
    return whole && path !== '$' ? Object.values(fields)[0]?.at : undefined;
  }

  function optional(comparison: Comparison, path: string): Comparison {
    const differences = comparison.differences.map((one) =>
      one.path === path ? { ...one, isOptional: true as const } : one,
    );
    return { ...comparison, differences };
  }

  /** A field of the right side that may be among those that the left side does not list. */
  function openField(left: ObjectShape, b: Field, inner: Point): Comparison {
    // Of an object in code that is open nobody knows what it has, and a map need not have any particular name.
    if (!exact) return undecided;
    if (b.required === true) {
      // A free-form object says nothing of fields.
      if (Object.keys(left.fields).length === 0) return nameless;
      const sides = { left: side(left, inner.left), right: side(b.shape, inner.right) };
      return differs({ kind: 'missing', path: inner.path, ...sides, breaks: true });
    }
    if (left.rest) return { ...shapes(left.rest, b.shape, inner), differences: [] };
    return rightForm(b.shape).more ? undecided : nameless;
  }

  function restWithin(left: ObjectShape, right: ObjectShape, point: Point): Comparison {
    if (right.open) {
      if (!right.rest) return within;
      if (!left.rest) return undecided;
      return shapes(left.rest, right.rest, { ...point, path: `${point.path}.*`, depth: point.depth + 1 });
    }
    // What a map may hold beside the listed fields is nobody's finding: nothing has a name.
    return right.strict ? (exact ? nameless : undecided) : within;
  }

  return objects;
}
