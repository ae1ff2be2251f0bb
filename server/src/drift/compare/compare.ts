/**
 * Compares shapes in one direction: is everything that the left side allows allowed by the right side?
 *
 * Recursion is coinductive: two objects that are being compared already are taken to fit, so only a finite difference
 * tells them apart. Every type is taken to have a value, or nothing could be said of the types around it.
 */

import type { Field, Shape, Shapes } from '../../contract/shape.ts';
import { shapeText } from '../../contract/shape-text.ts';
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
import {
  createNormaliser,
  fieldIn,
  type ListShape,
  type Normal,
  type Normalise,
  type ObjectShape,
} from './normal.ts';
import { type Fit, gatherLone, type Lone } from './renames.ts';
import { type Answer, compareNumbers, compareTexts, formatOf, isLimited, isLimitedLike } from './scalars.ts';

/** What a value goes through: `readOnly` fields are no part of a request, `writeOnly` ones none of a response. */
export type Direction = 'request' | 'response';

export interface CompareOptions {
  readonly left: Shapes;
  readonly right: Shapes;
  readonly direction: Direction;
  /**
   * `exact`: all values that the left shape allows are to be expected. `types`: its types, fields and literals are;
   * a text or number without limits may have some that its type has no words for.
   */
  readonly trust: 'exact' | 'types';
}

/** Where a comparison begins: what its differences name when no field is nearer. */
export interface Places {
  readonly left?: Span;
  readonly right?: Span;
}

export type Compare = (left: Shape, right: Shape, places?: Places) => Comparison;

/** Steps that one comparison may take: beyond them nothing is claimed. */
const stepsLimit = 20_000;
const depthLimit = 40;
/** Values of a field by which an object is split, to tell which alternative each means. */
const splitLimit = 16;

/** A difference that no field has the name of: what free-form objects may hold. */
const nameless: Comparison = { holds: 'no', differences: [] };

interface Point extends Places {
  readonly path: string;
  readonly depth: number;
}

export function createCompare(options: CompareOptions): Compare {
  const exact = options.trust === 'exact';
  const leftForm = createNormaliser(options.left);
  const rightForm = createNormaliser(options.right);
  const comparing = new Map<Shape, Set<Shape>>();
  let steps = 0;

  function shapes(left: Shape, right: Shape, point: Point): Comparison {
    if (left === right && options.left === options.right) return within;
    return forms(left, leftForm(left), right, rightForm(right), point);
  }

  function forms(left: Shape, a: Normal, right: Shape, b: Normal, point: Point): Comparison {
    steps += 1;
    if (steps > stepsLimit || point.depth > depthLimit) return undecided;
    const difference = (kind: DifferenceKind, detail?: string): Comparison =>
      differs({
        kind,
        path: point.path,
        left: side(left, point.left),
        right: side(right, point.right),
        ...(detail !== undefined && { detail }),
        ...(isStated(kind, a, b) && { isStated: true }),
        breaks: true,
      });
    const parts = [...typesOf(a, b, difference)];
    if (b.more) return allOf([a.more || isInhabited(a) ? undecided : within]);
    if (a.texts.length > 0 && b.texts.length > 0)
      for (const text of a.texts) parts.push(answered(compareTexts(text, b.texts, exact), difference));
    if (a.numbers.length > 0 && b.numbers.length > 0)
      for (const number of a.numbers)
        parts.push(answered(compareNumbers(number, b.numbers, exact), difference));
    if (b.booleans.length === 1) {
      const other = a.booleans.filter((value) => !b.booleans.includes(value));
      if (other.length > 0)
        parts.push(exact || a.booleans.length === 1 ? difference('values', other.join()) : undecided);
    }
    if (b.lists.length > 0) for (const list of a.lists) parts.push(oneOf(list, b.lists, point, lists));
    if (b.objects.length > 0) parts.push(...objectsWithin(a.objects, b.objects, point));
    if (a.more) parts.push(undecided);
    const all = allOf(parts);
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

  /** Several ways in which an object may look: what one of them has, the others leave out. */
  function objectsWithin(
    left: readonly ObjectShape[],
    right: readonly ObjectShape[],
    point: Point,
  ): readonly Comparison[] {
    const all = left.map((one) => objectWithin(one, right, point));
    if (left.length < 2) return all;
    const isThere = (path: string): boolean =>
      left.some(({ fields }) => Object.keys(fields).some((name) => pathOf(point, name) === path));
    return all.map(({ holds, differences }) => ({
      holds,
      differences: differences.flatMap((one) => {
        if ((one.kind !== 'missing' && one.kind !== 'absent') || !isThere(one.path)) return [one];
        return one.kind === 'missing' ? [{ ...one, kind: 'optional' as const }] : [];
      }),
    }));
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
    if (possible.length === 1) return objects(left, first, point);
    const direct = oneOf(left, possible, point, objects);
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
      .sort((one, other) => one.differences.length - other.differences.length);
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
      if ((a && b) || difference?.path !== pathOf(point, name)) parts.push(result);
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
    return (options.direction === 'request' ? field?.readOnly : field?.writeOnly) === true;
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
      path: pathOf(point, name),
      depth: point.depth + 1,
      ...placed('left', a?.at ?? point.left),
      ...placed('right', b?.at ?? point.right),
    };
    const difference = (kind: DifferenceKind, breaks: boolean): Comparison =>
      differs({
        kind,
        path: inner.path,
        left: side(a?.shape ?? left, inner.left),
        right: side(b?.shape ?? right, inner.right),
        breaks,
      });
    if (a && b) {
      const found = shapes(a.shape, b.shape, inner);
      const value = a.required === false && b.required === false ? optional(found, inner.path) : found;
      if (b.required !== true || a.required === true) return value;
      return allOf([a.required === false ? difference('optional', true) : undecided, value]);
    }
    if (b) {
      if (left.open) return openField(left, b, inner);
      return difference(b.required === true ? 'missing' : 'absent', b.required === true);
    }
    if (!a) return within;
    // A column that need not be selected, a relation that need not be loaded: nobody knows whether it is there.
    if (!right.open && a.required === undefined) return undecided;
    if (!right.open) return difference('extra', right.strict === true);
    return right.rest ? shapes(a.shape, right.rest, inner) : within;
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

  return (left, right, places = {}) => {
    steps = 0;
    const result = shapes(left, right, { ...places, path: '$', depth: 0 });
    const outermostFirst = [...result.differences].sort((one, other) => depthOf(one) - depthOf(other));
    return { ...result, differences: unique(outermostFirst) };
  };
}

/** The texts that a field is limited to, where it holds nothing else. */
function literalsIn(formOf: Normalise, object: ObjectShape, name: string): readonly string[] | undefined {
  const field = fieldIn(object, name);
  const form = field && formOf(field.shape);
  const [only, ...others] = form?.texts ?? [];
  return form && !form.more && others.length === 0 && typesIn(form).length === 1 ? only?.values : undefined;
}

function answered(
  answer: Answer,
  difference: (kind: DifferenceKind, detail?: string) => Comparison,
): Comparison {
  if (answer.holds === 'no') return difference(answer.failing, answer.detail);
  return answer.holds === 'yes' ? within : undecided;
}

/** Does the left side say anything of what it differs in? */
function isStated(kind: DifferenceKind, { texts, numbers }: Normal, right: Normal): boolean {
  if (kind === 'format') return texts.some((text) => formatOf(text) !== undefined);
  return (
    kind === 'limits' &&
    (texts.some(isLimited) || numbers.some((number) => isLimitedLike(number, right.numbers)))
  );
}

function isInhabited(form: Normal): boolean {
  return typesIn(form).length > 0;
}

type TypeName = 'null' | 'binary' | 'boolean' | 'string' | 'number' | 'array' | 'object';

function typesIn(form: Normal): readonly TypeName[] {
  const has: Readonly<Record<TypeName, boolean>> = {
    null: form.null,
    binary: form.binary,
    boolean: form.booleans.length > 0,
    string: form.texts.length > 0,
    number: form.numbers.length > 0,
    array: form.lists.length > 0,
    object: form.objects.length > 0,
  };
  return (Object.keys(has) as TypeName[]).filter((name) => has[name]);
}

/** Types that only the left side has, as one difference. */
function* typesOf(
  a: Normal,
  b: Normal,
  difference: (kind: DifferenceKind, detail?: string) => Comparison,
): Iterable<Comparison> {
  if (b.more) return;
  const taken = typesIn(b);
  const only = typesIn(a).filter((name) => !taken.includes(name));
  if (only.length === 0 || taken.length === 0) {
    if (only.length > 0) yield undecided;
    return;
  }
  // Bytes are what they are made of: a text in a form, a part of a document.
  if (only.includes('binary') || taken.includes('binary')) yield undecided;
  else if (only.length === 1 && only[0] === 'null') yield difference('null');
  else {
    const values = only.filter((name) => name !== 'null');
    const isContainer = values.every((name) => name === 'array' || name === 'object');
    const isSwapped = isContainer && (taken.includes('array') || taken.includes('object'));
    yield difference(isSwapped ? 'container' : 'type', only.join(', '));
  }
}

function depthOf({ path }: Difference): number {
  return path.split(/[.[]/).length;
}

function isSame(a: Difference, b: Difference): boolean {
  return a.kind === b.kind && a.path === b.path && a.detail === b.detail;
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

function side(shape: Shape, at: Span | undefined): Difference['left'] {
  return { text: shapeText(shape), ...(at && { at }) };
}

function placed(name: 'left' | 'right', at: Span | undefined): Places {
  return at ? { [name]: at } : {};
}

function pathOf({ path }: Point, name: string): string {
  return `${path}${member(name)}`;
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function itemsText({ minItems, maxItems }: ListShape): string {
  const parts = [
    ...(minItems === undefined ? [] : [`at least ${minItems}`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
  ];
  return `${parts.join(' and ')} items`;
}
