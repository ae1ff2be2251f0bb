/** Unions and intersections of shapes, kept as small as what is known allows. */

import type { DocNode } from '../../contract/facts.ts';
import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { valueOf } from '../../text/document-node.ts';

/** Undefined stands for a schema that says nothing about the type of a value. */
export type PartialShape = Shape | undefined;

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** One of several. An alternative that says nothing leaves what the others say, for it mostly only adds conditions. */
export function unionOf(shapes: readonly PartialShape[]): PartialShape {
  const flat = shapes.flatMap((shape) =>
    shape === undefined ? [] : shape.kind === 'union' ? shape.of : [shape],
  );
  const distinct = [...new Map(flat.map((shape) => [JSON.stringify(shape), shape])).values()];
  return distinct.length > 1 ? { kind: 'union', of: distinct } : distinct[0];
}

/** All of several: objects become one object, and alternatives each take up the fields beside them. */
export function mergeShapes(shapes: readonly PartialShape[], at: Span): PartialShape {
  const [first, ...rest] = shapes.filter((shape) => shape !== undefined);
  if (!first) return undefined;
  return rest.reduce((merged, next) => mergeTwo(merged, next, at), first);
}

function mergeTwo(a: Shape, b: Shape, at: Span): Shape {
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b);
  if (a.kind === 'object' && b.kind === 'union') return distribute(b.of, a, at);
  if (a.kind === 'union' && b.kind === 'object') return distribute(a.of, b, at);
  if (a.kind === 'unknown' && b.kind === 'object') return withUnknown(b, a);
  if (a.kind === 'object' && b.kind === 'unknown') return withUnknown(a, b);
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  // `type: string` beside an enumeration of strings: the narrower one says it all.
  if (a.kind === b.kind && (a.kind === 'string' || a.kind === 'number')) return { ...a, ...b } as Shape;
  const parts = [a, b].flatMap((shape) => (shape.kind === 'intersection' ? shape.of : [shape]));
  return { kind: 'intersection', of: parts };
}

function distribute(alternatives: readonly Shape[], base: ObjectShape, at: Span): Shape {
  const merged = alternatives.map((shape) => (shape.kind === 'null' ? shape : mergeTwo(base, shape, at)));
  return unionOf(merged) ?? base;
}

/** Fields that we know, beside a part that we do not: there may be more of them. */
function withUnknown(shape: ObjectShape, unknown: Shape): Shape {
  return { kind: 'intersection', of: [{ ...shape, open: true }, unknown] };
}

function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const fields = new Map<string, Field>(Object.entries(a.fields));
  for (const [name, field] of Object.entries(b.fields)) {
    const earlier = fields.get(name);
    fields.set(
      name,
      earlier ? { ...field, required: earlier.required === true || field.required === true } : field,
    );
  }
  // A part without fields of its own (`type: object` alone) does not open what the other part lists.
  const empty = (shape: ObjectShape): boolean => Object.keys(shape.fields).length === 0;
  const open = empty(a) ? b.open || (empty(b) && a.open) : empty(b) ? a.open : a.open || b.open;
  return { kind: 'object', fields: Object.fromEntries(fields), open };
}

/** The shape of `enum` or `const`; undefined where there is none, or where it lists more than plain values. */
export function enumShape(node: DocNode): Shape | undefined {
  const listed = valueOf(node, 'enum');
  const constant = valueOf(node, 'const');
  const items = listed?.kind === 'seq' ? listed.items : constant ? [constant] : [];
  const values = items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : []));
  if (values.length === 0 || values.length !== items.length) return undefined;
  const strings = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number');
  const shapes: Shape[] = [];
  if (strings.length > 0) shapes.push({ kind: 'string', values: strings });
  if (numbers.length > 0)
    shapes.push({ kind: 'number', integer: numbers.every(Number.isInteger), values: numbers });
  if (values.some((value) => typeof value === 'boolean')) shapes.push({ kind: 'boolean' });
  if (values.includes(null)) shapes.push({ kind: 'null' });
  return unionOf(shapes) ?? undefined;
}
