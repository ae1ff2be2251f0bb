/** Unions and intersections of shapes, kept as small as what is known allows. */

import type { DocNode } from '../../contract/facts.ts';
import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';

/** Undefined stands for a schema that says nothing about the type of a value. */
export type PartialShape = Shape | undefined;

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** One of several. An alternative that says nothing leaves what the others say, for it mostly only adds conditions. */
export function unionOf(shapes: readonly PartialShape[]): PartialShape {
  const flat = shapes.flatMap((shape) =>
    shape === undefined ? [] : shape.kind === 'union' ? shape.of : [shape],
  );
  if (flat.length < 2) return flat[0];
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
  // `type: string` beside an enumeration of strings, a limit beside a format: together they say it all.
  if (a.kind === b.kind && (a.kind === 'string' || a.kind === 'number') && agree(a, b))
    return { ...a, ...b } as Shape;
  const parts = [a, b].flatMap((shape) => (shape.kind === 'intersection' ? shape.of : [shape]));
  return { kind: 'intersection', of: parts };
}

/** Does what both say mean the same? */
function agree(a: Shape, b: Shape): boolean {
  const said = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(
    ([key, value]) => !said.has(key) || JSON.stringify(said.get(key)) === JSON.stringify(value),
  );
}

function distribute(alternatives: readonly Shape[], base: ObjectShape, at: Span): Shape {
  const merged = alternatives.map((shape) => (shape.kind === 'null' ? shape : mergeTwo(base, shape, at)));
  return unionOf(merged) ?? base;
}

/** Fields that we know, beside a part that we do not: there may be more of them. */
function withUnknown({ kind, fields, rest }: ObjectShape, unknown: Shape): Shape {
  return { kind: 'intersection', of: [{ kind, fields, open: true, ...(rest && { rest }) }, unknown] };
}

function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const fields = new Map<string, Field>(Object.entries(a.fields));
  for (const [name, field] of Object.entries(b.fields)) {
    const earlier = fields.get(name);
    fields.set(name, earlier ? mergeFields(earlier, field) : field);
  }
  // A part without fields of its own (`type: object` alone) does not open what the other part lists.
  const isEmpty = (shape: ObjectShape): boolean => Object.keys(shape.fields).length === 0;
  const [emptyA, emptyB] = [isEmpty(a), isEmpty(b)];
  const open = emptyA ? b.open || (emptyB && a.open) : emptyB ? a.open : a.open || b.open;
  const rest = a.rest ?? b.rest;
  // Who closes a part of a composition means the whole of it, or nothing that has further fields would ever pass.
  const strict = !open && (a.strict || emptyA) && (b.strict || emptyB) && (a.strict || b.strict);
  return {
    kind: 'object',
    fields: Object.fromEntries(fields),
    open,
    ...(open && rest && { rest }),
    ...(strict && { strict }),
  };
}

function mergeFields(a: Field, b: Field): Field {
  const [first, second] = [a.shape, b.shape];
  const shape =
    first.kind === 'unknown'
      ? second
      : second.kind === 'unknown'
        ? first
        : (mergeShapes([first, second], b.at) ?? second);
  return { ...a, ...b, shape, required: a.required === true || b.required === true };
}

/**
 * Alternatives that a discriminator tells apart (OpenAPI 3.1 section 4.8.25): each has its own value of the property,
 * the name of its schema unless a mapping gives another.
 */
export function discriminated(
  node: DocNode,
  written: readonly DocNode[],
  alternatives: readonly PartialShape[],
): readonly PartialShape[] {
  const discriminator = valueOf(node, 'discriminator');
  const property = stringOf(valueOf(discriminator, 'propertyName'));
  if (property === undefined) return alternatives;
  const mapping = valueOf(discriminator, 'mapping');
  const mapped = mapping?.kind === 'map' ? mapping.entries : [];
  return alternatives.map((alternative, index) => {
    const ref = stringOf(valueOf(written[index], '$ref'));
    if (ref === undefined || alternative?.kind !== 'object') return alternative;
    const name = ref.split('/').at(-1) ?? ref;
    const values = mapped.flatMap(({ key, value }) => {
      const target = stringOf(value);
      return target === ref || target === name ? [key] : [];
    });
    const field = alternative.fields[property];
    if (field?.shape.kind !== 'string' || field.shape.values) return alternative;
    const shape: Shape = { ...field.shape, values: values.length > 0 ? values : [name] };
    return { ...alternative, fields: { ...alternative.fields, [property]: { ...field, shape } } };
  });
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
  const booleans = [...new Set(values.filter((value) => typeof value === 'boolean'))];
  const shapes: Shape[] = [];
  if (strings.length > 0) shapes.push({ kind: 'string', values: strings });
  if (numbers.length > 0)
    shapes.push({ kind: 'number', integer: numbers.every(Number.isInteger), values: numbers });
  if (booleans.length > 0)
    shapes.push({ kind: 'boolean', ...(booleans.length === 1 && { values: booleans }) });
  if (values.includes(null)) shapes.push({ kind: 'null' });
  return unionOf(shapes) ?? undefined;
}
