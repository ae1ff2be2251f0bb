/** Random shapes, and pairs of them that differ in a little. */

import fc from 'fast-check';
import type { Field, Shape, ShapeId } from '../../../server/src/contract/shape.ts';
import { place } from '../../support/build.ts';

const names = ['a', 'b', 'c', 'kind'];
const at = place('schema.yaml', 'field');

function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

const length = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
const limit = fc.option(fc.integer({ min: -3, max: 6 }), { nil: undefined });

const text: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant<Shape>({ kind: 'string' }),
  fc
    .subarray(['red', 'green', 'blue', ''], { minLength: 1 })
    .map((values): Shape => ({ kind: 'string', values })),
  fc
    .tuple(length, length)
    .filter(([from, to]) => (from ?? 0) <= (to ?? 9))
    .map(([minLength, maxLength]) => without({ kind: 'string' as const, minLength, maxLength }) as Shape),
);

const number: fc.Arbitrary<Shape> = fc.oneof(
  fc.boolean().map((integer): Shape => ({ kind: 'number', integer })),
  fc.subarray([1, 2, 2.5], { minLength: 1 }).map((values): Shape => ({
    kind: 'number',
    integer: values.every(Number.isInteger),
    values,
  })),
  fc
    .tuple(fc.boolean(), limit, limit, fc.boolean(), fc.constantFrom(undefined, 2, 0.5))
    .filter(([, from, to]) => (from ?? -9) + 1 < (to ?? 9))
    .map(
      ([integer, from, to, open, multipleOf]) =>
        without({
          kind: 'number' as const,
          integer,
          ...(open ? { exclusiveMinimum: from } : { minimum: from }),
          maximum: to,
          multipleOf,
        }) as Shape,
    ),
);

const scalar: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: number },
  fc.constantFrom<Shape>({ kind: 'boolean' }, { kind: 'boolean', values: [true] }, { kind: 'null' }),
);

export const tableId = 'schema.yaml#/Node' as ShapeId;

const shapes = fc.letrec<{ shape: Shape; object: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    scalar,
    tie('object'),
    fc
      .tuple(tie('shape'), length, length)
      .filter(([, from, to]) => (from ?? 0) <= (to ?? 9))
      .map(
        ([items, minItems, maxItems]) =>
          without({ kind: 'array' as const, items, minItems, maxItems }) as Shape,
      ),
    fc.array(tie('shape'), { minLength: 2, maxLength: 3 }).map((of): Shape => ({ kind: 'union', of })),
    fc.constant<Shape>({ kind: 'ref', id: tableId }),
  ),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom(...names), fc.tuple(tie('shape'), fc.boolean()), { maxKeys: 3 }),
      fc.constantFrom('closed', 'strict', 'open', 'map'),
      tie('shape'),
    )
    .map(([given, how, rest]): Shape => {
      const fields: Record<string, Field> = {};
      // A field that must be there and contains the whole again would have no value.
      for (const [name, [shape, required]] of Object.entries(given))
        fields[name] = { shape, required: required && isFinite(shape), at };
      return {
        kind: 'object',
        fields,
        open: how === 'open' || how === 'map',
        ...(how === 'map' && { rest }),
        ...(how === 'strict' && { strict: true as const }),
      };
    }),
}));

/** Has the shape a value that needs no named one? */
function isFinite(shape: Shape): boolean {
  switch (shape.kind) {
    case 'ref':
      return false;
    case 'union':
      return shape.of.some(isFinite);
    case 'array':
      return (shape.minItems ?? 0) === 0 || isFinite(shape.items);
    default:
      return true;
  }
}

/** What the one name leads to: a node of a tree or list of its own kind. */
export const nodeShape: fc.Arbitrary<Shape> = shapes.object;

/** A pair, of which the second is often the first with a little changed. */
export const shapePair: fc.Arbitrary<readonly [Shape, Shape]> = fc.oneof(
  {
    weight: 4,
    arbitrary: shapes.shape.chain((shape) => changed(shape).map((other) => [shape, other] as const)),
  },
  { weight: 1, arbitrary: fc.tuple(shapes.shape, shapes.shape) },
);

export const anyShape: fc.Arbitrary<Shape> = shapes.shape;

/** The shape with one thing somewhere in it made another, or nothing. */
export function changed(shape: Shape): fc.Arbitrary<Shape> {
  const other: fc.Arbitrary<Shape>[] = [fc.constant(shape), shapes.shape];
  switch (shape.kind) {
    case 'object': {
      const entries = Object.entries(shape.fields);
      for (const [name, field] of entries) {
        const withField = (next: Field): Shape => ({ ...shape, fields: { ...shape.fields, [name]: next } });
        other.push(
          changed(field.shape).map((inner) =>
            withField({ ...field, shape: inner, required: field.required === true && isFinite(inner) }),
          ),
          fc.constant(withField({ ...field, required: false })),
          fc.constant({ ...shape, fields: Object.fromEntries(entries.filter(([key]) => key !== name)) }),
        );
      }
      other.push(
        shapes.shape.map((added): Shape => ({
          ...shape,
          fields: { ...shape.fields, c: { shape: added, required: false, at } },
        })),
      );
      break;
    }
    case 'array':
      other.push(changed(shape.items).map((items): Shape => ({ ...shape, items })));
      break;
    case 'union':
      shape.of.forEach((one, index) =>
        other.push(
          changed(one).map((inner): Shape => ({
            ...shape,
            of: shape.of.map((each, i) => (i === index ? inner : each)),
          })),
        ),
      );
      other.push(shapes.shape.map((added): Shape => ({ ...shape, of: [...shape.of, added] })));
      break;
    case 'string':
      other.push(text);
      break;
    case 'number':
      other.push(number);
      break;
    default:
  }
  return fc.oneof(...other);
}
