/** What a shape means, said a second time and as plainly as possible: which values it takes. */

import type { Shape, Shapes } from '../../../server/src/contract/shape.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** As what a value is looked at: an object that lists its fields sends no others, and takes others unless it is strict. */
export type Side = 'left' | 'right';

export function accepts(shape: Shape, value: Json, table: Shapes, side: Side): boolean {
  const inner = (one: Shape, of: Json): boolean => accepts(one, of, table, side);
  switch (shape.kind) {
    case 'unknown':
      return true;
    case 'null':
      return value === null;
    case 'binary':
      return false;
    case 'boolean':
      return typeof value === 'boolean' && (shape.values?.includes(value) ?? true);
    case 'string': {
      if (typeof value !== 'string') return false;
      const { values, minLength = 0, maxLength = Infinity, pattern } = shape;
      if (values && !values.includes(value)) return false;
      if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false;
      return value.length >= minLength && value.length <= maxLength;
    }
    case 'number':
      return typeof value === 'number' && acceptsNumber(shape, value);
    case 'array': {
      if (!Array.isArray(value)) return false;
      const items = value as readonly Json[];
      const { minItems = 0, maxItems = Infinity } = shape;
      return (
        items.length >= minItems &&
        items.length <= maxItems &&
        items.every((item) => inner(shape.items, item))
      );
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const object = value as { readonly [name: string]: Json };
      for (const [name, field] of Object.entries(shape.fields)) {
        const given = object[name];
        if (given === undefined ? field.required === true : !inner(field.shape, given)) return false;
      }
      const others = Object.entries(object).filter(([name]) => !(name in shape.fields));
      if (others.length === 0) return true;
      if (!shape.open) return side === 'right' && !shape.strict;
      return others.every(([, given]) => !shape.rest || inner(shape.rest, given));
    }
    case 'union':
      return shape.of.some((one) => inner(one, value));
    case 'intersection':
      return shape.of.every((one) => inner(one, value));
    case 'ref': {
      const target = table[shape.id];
      return target !== undefined && inner(target, value);
    }
  }
}

function acceptsNumber(shape: Shape & { readonly kind: 'number' }, value: number): boolean {
  const { values, integer, minimum = -Infinity, maximum = Infinity, multipleOf } = shape;
  if (values && !values.includes(value)) return false;
  if (integer && !Number.isInteger(value)) return false;
  if (value < minimum || value > maximum) return false;
  if (shape.exclusiveMinimum !== undefined && value <= shape.exclusiveMinimum) return false;
  if (shape.exclusiveMaximum !== undefined && value >= shape.exclusiveMaximum) return false;
  return multipleOf === undefined || Number.isInteger(value / multipleOf);
}

/** Values on all sides of what shapes say: the atoms are near their limits, lists and objects are made of them. */
export function samples(shapes: readonly Shape[], table: Shapes, depth = 5): readonly Json[] {
  const atoms = new Set<Json>([null, true, false, '', 'x', 'abc', 'zzzzzzzz', 0, 1, -1, 0.5, 7, 1000.25]);
  for (const shape of shapes) for (const atom of atomsOf(shape, table, new Set())) atoms.add(atom);
  return shapes.flatMap((shape) => instances(shape, [...atoms], table, depth));
}

function* atomsOf(shape: Shape, table: Shapes, seen: Set<string>): Iterable<Json> {
  switch (shape.kind) {
    case 'string':
      yield* shape.values ?? [];
      for (const length of [shape.minLength, shape.maxLength])
        if (length !== undefined)
          for (const near of [length - 1, length, length + 1]) if (near >= 0) yield 'y'.repeat(near);
      return;
    case 'number':
      yield* shape.values ?? [];
      for (const key of [
        'minimum',
        'maximum',
        'exclusiveMinimum',
        'exclusiveMaximum',
        'multipleOf',
      ] as const) {
        const limit = shape[key];
        if (limit !== undefined) for (const by of [-1, -0.5, 0, 0.5, 1]) yield limit + by;
        if (limit !== undefined) yield limit * 3;
        if (limit !== undefined && shape.multipleOf !== undefined)
          for (const by of [-2, -1, 0, 1, 2])
            yield (Math.floor(limit / shape.multipleOf) + by) * shape.multipleOf;
      }
      return;
    case 'array':
      return yield* atomsOf(shape.items, table, seen);
    case 'object':
      for (const { shape: inner } of Object.values(shape.fields)) yield* atomsOf(inner, table, seen);
      if (shape.rest) yield* atomsOf(shape.rest, table, seen);
      return;
    case 'union':
    case 'intersection':
      for (const one of shape.of) yield* atomsOf(one, table, seen);
      return;
    case 'ref': {
      const target = table[shape.id];
      if (!target || seen.has(shape.id)) return;
      seen.add(shape.id);
      yield* atomsOf(target, table, seen);
      return;
    }
    default:
  }
}

/** Instances of a shape: enough of each kind to meet every limit once. */
function instances(shape: Shape, atoms: readonly Json[], table: Shapes, depth: number): readonly Json[] {
  switch (shape.kind) {
    case 'unknown':
      return [null, 'x', 0, [], {}];
    case 'array': {
      const items = depth > 0 ? instances(shape.items, atoms, table, depth - 1) : [];
      const [first] = items;
      const counts = [1, 2, 3, 4, 5, 6];
      const lists = first === undefined ? [] : counts;
      const fewest = Math.max(1, shape.minItems ?? 0);
      const found: readonly (readonly Json[])[] = [
        [],
        ...lists.map((count) => Array<Json>(count).fill(first ?? null)),
        ...items.map((item) => Array<Json>(fewest).fill(item)),
      ];
      const { minItems = 0, maxItems = Infinity } = shape;
      return found.filter(({ length }) => length >= minItems && length <= maxItems);
    }
    case 'object':
      return objectInstances(shape, atoms, table, depth);
    case 'union':
      return shape.of.flatMap((one) => instances(one, atoms, table, depth));
    case 'intersection':
      return shape.of
        .flatMap((one) => instances(one, atoms, table, depth))
        .filter((value) => accepts(shape, value, table, 'right'));
    case 'ref': {
      const target = table[shape.id];
      return target && depth > 0 ? instances(target, atoms, table, depth - 1) : [];
    }
    default:
      return atoms.filter((atom) => accepts(shape, atom, table, 'left'));
  }
}

/** The smallest object, the largest, and each with one field changed, left out or added. */
function objectInstances(
  shape: Shape & { readonly kind: 'object' },
  atoms: readonly Json[],
  table: Shapes,
  depth: number,
): readonly Json[] {
  const choices = Object.entries(shape.fields).map(([name, field]) => ({
    name,
    field,
    values: depth > 0 ? instances(field.shape, atoms, table, depth - 1) : [],
  }));
  const small: Record<string, Json> = {};
  const large: Record<string, Json> = {};
  for (const { name, field, values } of choices) {
    const [first] = values;
    if (first === undefined) {
      if (field.required === true) return [];
      continue;
    }
    large[name] = first;
    if (field.required === true) small[name] = first;
  }
  const found: Json[] = [small, large];
  for (const { name, values } of choices)
    for (const value of values) found.push({ ...small, [name]: value }, { ...large, [name]: value });
  if (shape.open && depth > 0) {
    const others = shape.rest ? instances(shape.rest, atoms, table, depth - 1) : atoms;
    for (const name of ['a', 'b', 'c', 'kind', 'other'])
      for (const value of others) if (!(name in shape.fields)) found.push({ ...small, [name]: value });
  }
  return found;
}
