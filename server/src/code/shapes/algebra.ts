/** Unions, intersections and choices of fields, of what values look like as JSON. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Field, Shape } from '../../contract/shape.ts';

/**
 * A type or value as JSON has it. Without a shape there is nothing to see: `undefined`, functions and symbols vanish.
 * `optional`: it may be missing, though it has a shape too.
 */
export interface Json {
  readonly shape: Shape | undefined;
  readonly optional: boolean;
  /** Of functions: what a call gives. */
  readonly returns?: () => Json;
}

export type ObjectShape = Shape & { readonly kind: 'object' };

export const absent: Json = { shape: undefined, optional: true };

export function present(shape: Shape): Json {
  return { shape, optional: false };
}

export function unknownShape(reason: UnknownReason): Shape & { readonly kind: 'unknown' } {
  return { kind: 'unknown', reason };
}

/** What a shape may be, one beside the other. */
export function alternativesOf(shape: Shape): readonly Shape[] {
  return shape.kind === 'union' ? shape.of : [shape];
}

/** Any of these: literals of one kind are listed together, and what says less covers what says more. */
export function unionOf(shapes: readonly Shape[]): Shape | undefined {
  const flat = shapes.flatMap(alternativesOf);
  const unknown = flat.find(({ kind }) => kind === 'unknown');
  if (unknown) return unknown;
  const of: Shape[] = [];
  const hasList = flat.some((shape) => shape.kind === 'array' && !isNoList(shape));
  for (const shape of flat) {
    if (hasList && isNoList(shape)) continue;
    const index = of.findIndex((one) => one.kind === shape.kind && joined(one, shape) !== undefined);
    const same = of[index];
    const both = same && joined(same, shape);
    if (both) of[index] = both;
    else of.push(shape);
  }
  const [only] = of;
  return of.length <= 1 ? only : { kind: 'union', of };
}

/** An empty list is in every other one: types of code have no least length. */
function isNoList(shape: Shape): boolean {
  return shape.kind === 'array' && shape.maxItems === 0;
}

/** One shape for both; undefined where that would say less than the two do. */
function joined(a: Shape, b: Shape): Shape | undefined {
  if (a === b) return a;
  switch (a.kind) {
    case 'null':
      return b.kind === 'null' && a.possible ? b : a;
    case 'binary':
      return a;
    case 'ref':
      return b.kind === 'ref' && a.id === b.id ? a : undefined;
    case 'boolean': {
      if (b.kind !== 'boolean') return undefined;
      if (!a.values || !b.values) return { kind: 'boolean' };
      const values = [...new Set([...a.values, ...b.values])];
      return values.length === 2 ? { kind: 'boolean' } : { kind: 'boolean', values };
    }
    case 'string': {
      if (b.kind !== 'string' || a.format !== b.format || a.converted !== b.converted) return undefined;
      if (isLimited(a) || isLimited(b)) return undefined;
      const { values, ...rest } = a;
      return { ...rest, ...(values && b.values && { values: [...new Set([...values, ...b.values])] }) };
    }
    case 'number': {
      if (b.kind !== 'number' || a.format !== b.format || isLimited(a) || isLimited(b)) return undefined;
      const { values, ...rest } = a;
      return {
        ...rest,
        integer: a.integer && b.integer,
        ...(values && b.values && { values: [...new Set([...values, ...b.values])] }),
      };
    }
    default:
      return undefined;
  }
}

function isLimited(shape: Shape): boolean {
  return Object.keys(shape).some(
    (key) => !['kind', 'values', 'format', 'integer', 'converted'].includes(key),
  );
}

export function unionOfAll(parts: readonly Json[]): Json {
  const shapes = parts.flatMap(({ shape }) => (shape ? [shape] : []));
  return {
    shape: unionOf(shapes),
    optional: shapes.length === 0 || parts.some(({ optional }) => optional),
  };
}

/** All of these at once. What is unknown may have any further field. */
export function intersectionOf(
  shapes: readonly Shape[],
  objectBehind: (shape: Shape) => ObjectShape | undefined,
): Shape | undefined {
  const scalars = shapes.filter(({ kind }) => kind === 'string' || kind === 'number' || kind === 'boolean');
  // Branded: `string & { __brand: 'UserId' }`.
  const [scalar] = scalars;
  if (scalar) return scalars.length === 1 ? scalar : (scalars.find((one) => 'values' in one) ?? scalar);
  const [first] = shapes;
  if (shapes.length === 1) return first;
  const objects = shapes.map(objectBehind);
  const unread = shapes.find((_, index) => objects[index] === undefined);
  // What cannot be read may hold a `toJSON`: then nothing is certain.
  if (unread) return unread.kind === 'unknown' ? unread : { kind: 'intersection', of: shapes };
  return merged(objects.flatMap((one) => one ?? []));
}

/** One object with the fields of all; the later ones win, as those of a derived class do. */
export function merged(objects: readonly ObjectShape[]): ObjectShape {
  const fields: Record<string, Field> = {};
  for (const one of objects) Object.assign(fields, one.fields);
  const rest = objects.find((one) => one.rest)?.rest;
  return { kind: 'object', fields, open: objects.some(({ open }) => open), ...(rest && { rest }) };
}

export function withFields(shape: ObjectShape, change: (field: Field, name: string) => Field): ObjectShape {
  return {
    ...shape,
    fields: Object.fromEntries(
      Object.entries(shape.fields).map(([name, field]) => [name, change(field, name)]),
    ),
  };
}

/** `Partial`: what need not be there at all (a column, a relation) is none the surer for it. */
export function partial(shape: ObjectShape): ObjectShape {
  return withFields(shape, (field) => (field.required === undefined ? field : { ...field, required: false }));
}

/** `Pick` and `Omit`. Names that are not known leave nothing certain. */
export function chosen(shape: ObjectShape, names: readonly string[], keep: boolean): ObjectShape {
  const fields = Object.entries(shape.fields).filter(([name]) => names.includes(name) === keep);
  const { rest, ...plain } = shape;
  return {
    ...plain,
    ...(rest && !keep && { rest }),
    // A field that is picked from an open object may be one that is not listed.
    open: keep ? shape.open && names.some((name) => !(name in shape.fields)) : shape.open,
    fields: Object.fromEntries(fields),
  };
}

/** Texts that a shape is limited to: the names that a union of literals stands for. */
export function literalNames(shape: Shape | undefined): readonly string[] | undefined {
  if (!shape) return [];
  if (shape.kind === 'string') return shape.values;
  if (shape.kind === 'number') return shape.values?.map(String);
  if (shape.kind !== 'union') return undefined;
  const parts = shape.of.map(literalNames);
  return parts.every((one) => one !== undefined) ? parts.flat() : undefined;
}
