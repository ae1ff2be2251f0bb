/** Shapes of JSON values: what schemas, types and validators say, as one closed algebra. */

import type { UnknownReason } from './knowledge.ts';
import type { Span } from './span.ts';

declare const brand: unique symbol;

export type ShapeId = string & { readonly [brand]: 'ShapeId' };

/** Any date or time of that standard, of whose forms `date` and `date-time` are some: for it specifications have no name. */
export const iso8601 = 'iso8601';

/** What `ref`s of one side lead to. */
export type Shapes = Readonly<Record<ShapeId, Shape>>;

/**
 * A set of JSON values. What is not written is not limited: a string without `format` is any string.
 * Nullable is a union with `null`; a missing value is `Field.required`, never a shape.
 *
 * INVARIANT: acyclic. Recursion goes through `ref`, so that a shape clones and serialises.
 */
export type Shape =
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }
  | {
      readonly kind: 'null';
      /** A type that was written for the whole of a value lets it in; the code that makes this part was not seen to. */
      readonly possible?: true;
    }
  | { readonly kind: 'binary' }
  | { readonly kind: 'boolean'; readonly values?: readonly boolean[] }
  | ({
      readonly kind: 'string';
      /** A format of JSON Schema, or `iso8601`. */
      readonly format?: string;
      /** The format is a note: nothing refuses a text for not having it. */
      readonly noted?: true;
      readonly values?: readonly string[];
      /** A validator takes it as the text of the numbers or truth values beside it. */
      readonly converted?: true;
    } & TextLimits)
  | ({
      readonly kind: 'number';
      readonly integer: boolean;
      readonly format?: string;
      readonly values?: readonly number[];
    } & NumberLimits)
  | { readonly kind: 'array'; readonly items: Shape; readonly minItems?: number; readonly maxItems?: number }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, Field>>;
      /** There may be fields that are not listed: a map, a schema that lists none, something that could not be read. */
      readonly open: boolean;
      /** Values of fields that are not listed, where something is said of them. */
      readonly rest?: Shape;
      /** Fields that are not listed are refused (`additionalProperties: false`, `z.strictObject`). Never with `open`. */
      readonly strict?: true;
      /** Code made it field by field: it has no others, while a value of a type may have some. Never with `open`. */
      readonly whole?: true;
    }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly Shape[] }
  | { readonly kind: 'ref'; readonly id: ShapeId };

/** Keywords of JSON Schema by their own names; lengths in Unicode code points, `pattern` is ECMA-262. */
export interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** A value of JSON that is neither a list nor an object, and not null. */
export type Scalar = string | number | boolean;

export interface Field {
  readonly shape: Shape;
  /** Undefined where the source does not say. */
  readonly required?: boolean;
  /** Only in responses, only in requests (OpenAPI 3.1 section 4.8.24; JSON Schema validation section 9.4). */
  readonly readOnly?: true;
  readonly writeOnly?: true;
  /** Where it is not required: the code sets it, to something that may be missing only as far as a type of the whole says. */
  readonly set?: true;
  /** A schema lets it in, and nothing was seen to read it; or it is left out of contracts on purpose (`@ApiHideProperty()`). */
  readonly accepted?: true;
  /** What stands in for it where it is missing. */
  readonly default?: Scalar;
  readonly at: Span;
}

/** What a shape is made of, one level down. */
export function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case 'array':
      return [shape.items];
    case 'union':
    case 'intersection':
      return shape.of;
    case 'object':
      return [
        ...Object.values(shape.fields).map((field) => field.shape),
        ...(shape.rest ? [shape.rest] : []),
      ];
    default:
      return [];
  }
}

/** References longer than this go round in circles. */
const referenceLimit = 8;

/** What a name leads to, through further names; the shape itself where it is none. Undefined for an unknown name. */
export function shapeBehind(shape: Shape | undefined, shapes: Shapes): Shape | undefined {
  let current = shape;
  for (let count = 0; count < referenceLimit && current?.kind === 'ref'; count += 1)
    current = shapes[current.id];
  return current;
}

/** The names that a shape leads to directly. */
export function refsIn(shape: Shape): readonly ShapeId[] {
  return shape.kind === 'ref' ? [shape.id] : partsOf(shape).flatMap(refsIn);
}
