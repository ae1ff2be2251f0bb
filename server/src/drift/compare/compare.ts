/**
 * Compares shapes in one direction: is everything that the left side allows allowed by the right side?
 *
 * Recursion is coinductive: two objects that are being compared already are taken to fit, so only a finite difference
 * tells them apart. Every type is taken to have a value, or nothing could be said of the types around it.
 */

import type { Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { atTimes, createAlternatives } from './alternatives.ts';
import {
  allOf,
  type Comparison,
  type Difference,
  type DifferenceKind,
  differs,
  undecided,
  within,
} from './comparison.ts';
import { type CompareOptions, type Context, depthLimit, type Places, type Point } from './context.ts';
import { createNormaliser, type ListShape, type Normal } from './normal.ts';
import { createCompareObjects } from './objects.ts';
import { compareNumbers, compareTexts, isLimited, isPlainText } from './scalars.ts';
import {
  answered,
  isInhabited,
  isOneOrMany,
  isStated,
  itemsText,
  side,
  typesIn,
  typesOf,
  type Differ,
} from './sides.ts';

export type Compare = (left: Shape, right: Shape, places?: Places) => Comparison;

/** Steps that one comparison may take: beyond them nothing is claimed. */
const stepsLimit = 20_000;

export function createCompare(options: CompareOptions): Compare {
  const exact = options.trust === 'exact';
  const leftForm = createNormaliser(options.left);
  const rightForm = createNormaliser(options.right);
  const context: Context = { direction: options.direction, exact, leftForm, rightForm, shapes };
  const { objectsWithin, listsWithin } = createAlternatives(context, createCompareObjects(context), lists);
  let steps = 0;

  function shapes(left: Shape, right: Shape, point: Point): Comparison {
    if (left === right && options.left === options.right) return within;
    return forms(left, leftForm(left), right, rightForm(right), point);
  }

  function forms(left: Shape, a: Normal, right: Shape, b: Normal, point: Point): Comparison {
    steps += 1;
    if (steps > stepsLimit || point.depth > depthLimit) return undecided;
    const against =
      (other: Shape) =>
      (kind: DifferenceKind, detail?: string): Comparison =>
        differs({
          kind,
          path: point.path,
          left: side(left, point.left),
          right: side(other, point.right),
          ...(detail !== undefined && { detail }),
          ...(isStated(kind, a, b) && { isStated: true }),
          breaks: true,
        });
    const difference = against(right);
    const types = [...typesOf(a, b, difference)];
    const isSwapped = types.some(({ differences }) => differences.some(({ kind }) => kind === 'container'));
    const parts = !exact && isSwapped && isOneOrMany(a, leftForm) ? [undecided] : types;
    if (b.more) return allOf([a.more || isInhabited(a) ? undecided : within]);
    // Of a text, what else the right side takes beside texts says nothing.
    const alike = (others: readonly Shape[]): Differ =>
      typesIn(b).length === 1 ? difference : against({ kind: 'union', of: others });
    if (a.texts.length > 0 && b.texts.length > 0)
      for (const text of a.texts)
        parts.push(
          // A number that may come as a text is no text.
          isPlainText(text) && b.texts.every(({ converted }) => converted)
            ? difference('type', 'string')
            : answered(compareTexts(text, b.texts, exact), alike(b.texts)),
        );
    if (a.numbers.length > 0 && b.numbers.length > 0)
      for (const number of a.numbers)
        parts.push(answered(compareNumbers(number, b.numbers, exact), alike(b.numbers)));
    if (b.booleans.length === 1) {
      const other = a.booleans.filter((value) => !b.booleans.includes(value));
      if (other.length > 0)
        parts.push(exact || a.booleans.length === 1 ? difference('values', other.join()) : undecided);
    }
    if (b.lists.length > 0) parts.push(...listsWithin(a.lists, b.lists, point));
    if (b.objects.length > 0) parts.push(...objectsWithin(a.objects, b.objects, point));
    if (a.more) parts.push(undecided);
    const all = a.more ? atTimes(allOf(parts), () => true) : allOf(parts);
    // Nothing is proven by a value that need not be there, nor by one that need not be refused.
    if (a.fewer) return { holds: all.holds === 'yes' ? 'yes' : 'unknown', differences: [] };
    return b.fewer && all.holds === 'yes' ? { ...all, holds: 'unknown' } : all;
  }

  function lists(left: ListShape, right: ListShape, point: Point): Comparison {
    const fewest = left.minItems ?? 0;
    const most = left.maxItems ?? Infinity;
    const isOutside = (right.minItems ?? 0) > fewest || (right.maxItems ?? Infinity) < most;
    const limits = !isOutside
      ? within
      : exact
        ? differs({
            kind: 'limits',
            path: point.path,
            left: side(left, point.left),
            right: side(right, point.right),
            detail: itemsText(right),
            ...(isLimited(left) && { isStated: true }),
            breaks: true,
          })
        : undecided;
    if (most === 0) return limits;
    return allOf([
      limits,
      shapes(left.items, right.items, { ...point, path: `${point.path}[*]`, depth: point.depth + 1 }),
    ]);
  }

  return (left, right, places = {}) => {
    steps = 0;
    const result = shapes(left, right, { ...places, path: '$', depth: 0 });
    const outermostFirst = [...result.differences].sort((one, other) => depthOf(one) - depthOf(other));
    return { ...result, differences: unique(outermostFirst) };
  };
}

function depthOf({ path }: Difference): number {
  return path.split(/[.[]/).length;
}

/** Each cause once: recursion meets the same field at many paths. */
function unique(differences: readonly Difference[]): readonly Difference[] {
  const seen = new Set<string>();
  return differences.filter(({ kind, left, right, path, detail }) => {
    const place = left.at && right.at ? `${spanKey(left.at)} ${spanKey(right.at)} ${lastName(path)}` : path;
    const key = `${kind} ${place} ${detail ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function spanKey({ file, start }: Span): string {
  return `${file}:${start}`;
}

function lastName(path: string): string {
  return /[^.[\]]*(?:\[\*\])*$/.exec(path)?.[0] ?? path;
}
