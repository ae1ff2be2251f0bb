/** What readers of validation libraries share: demands put together from demands. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Field, NumberLimits, Shape, TextLimits } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { alternativesOf, type ObjectShape, unionOf as joinedShapes } from '../algebra.ts';
import { alternatives, isNothing } from '../../evaluate/alternatives.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import {
  noPlace,
  placeOf,
  type Demand,
  type ExternalValue,
  type ObjectValue,
  type Value,
  type Wire,
} from '../../evaluate/values.ts';

/** One look at a schema. */
export interface Reading {
  readonly run: Run;
  readonly wire: Wire;
  /** Nested schemas of any library; unknown where it cannot be read. */
  readonly inner: (schema: Value) => Demand;
}

/** What a link of a chain is applied to. */
export interface Link {
  readonly reading: Reading;
  readonly method: string;
  readonly args: readonly Value[];
  readonly value: ExternalValue;
}

export function unknownShape(what: string, at: Span): Shape {
  return { kind: 'unknown', reason: { why: 'dynamic', what, at } };
}

/** Anything passes, or what passes cannot be said. */
export function anything(what: string, at: Span, optional?: boolean): Demand {
  return { shape: unknownShape(what, at), optional };
}

export function demand(shape: Shape, optional = false): Demand {
  return { shape, optional };
}

export const nullShape: Shape = { kind: 'null' };

/** Texts that JavaScript and the converters of libraries may read as a number; an upper bound. */
const numericPattern = String.raw`^\s*[-+.\deE]*\s*$`;

/** The shape, with the texts that are converted to its numbers. */
export function orNumericText(shape: Shape): Shape {
  const parts = alternativesOf(shape);
  const numbers = parts.flatMap((one) => (one.kind === 'number' ? [one] : []));
  const isCovered = parts.some((one) => one.kind === 'string' && Object.keys(one).length === 1);
  if (numbers.length === 0 || isCovered) return shape;
  const fixed = numbers.flatMap(({ values }) => values ?? []);
  const texts: Shape = numbers.every(({ values }) => values)
    ? { kind: 'string', values: fixed.map(String), converted: true }
    : { kind: 'string', pattern: numericPattern, converted: true };
  return unionOf([...parts, texts]);
}

/** The shape, with the scalars whose text it takes: none of them is one of these texts, or of a format or pattern. */
export function orScalar(shape: Shape): Shape {
  return shape.kind === 'string' && !shape.values && !shape.format && shape.pattern === undefined
    ? unionOf([shape, { kind: 'number', integer: false }, { kind: 'boolean' }])
    : shape;
}

/** The shape, with the texts that are converted to its truth values. */
export function orBooleanText(shape: Shape, texts: readonly string[]): Shape {
  const parts = alternativesOf(shape);
  return parts.some(({ kind }) => kind === 'boolean')
    ? unionOf([...parts, { kind: 'string', values: texts, converted: true }])
    : shape;
}

/** Any of these; none of them lets nothing pass. */
export function unionOf(shapes: readonly Shape[]): Shape {
  return joinedShapes(shapes) ?? { kind: 'union', of: [] };
}

/** A look at the whole object may refuse it for what is missing: what each field alone can do without, is not sure. */
export function lookedAtWhole(shape: ObjectShape): ObjectShape {
  const fields = Object.entries(shape.fields).map(([name, field]): [string, Field] => {
    const { required, ...unsure } = field;
    return [name, required === false && field.default === undefined ? unsure : field];
  });
  return { ...shape, fields: Object.fromEntries(fields) };
}

function sameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.kind !== 'object' && a.kind !== 'array' && JSON.stringify(a) === JSON.stringify(b));
}

/** What passes both; undefined parts say nothing. */
export function both(first: Shape, second: Shape): Shape {
  if (first.kind === 'unknown') return second;
  if (second.kind === 'unknown' || sameShape(first, second)) return first;
  if (first.kind === 'array' && second.kind === 'array')
    return { ...first, ...second, items: both(first.items, second.items) };
  if (first.kind !== 'object' || second.kind !== 'object') return together(first, second);
  const fields: Record<string, Field> = { ...first.fields };
  for (const [name, field] of Object.entries(second.fields)) {
    const known = fields[name];
    fields[name] = known
      ? {
          ...known,
          shape: both(known.shape, field.shape),
          ...((known.required ?? field.required) !== undefined && {
            required: known.required === true || field.required === true,
          }),
        }
      : field;
  }
  const strict = first.strict && second.strict;
  return { kind: 'object', fields, open: first.open || second.open, ...(strict && { strict }) };
}

/** Limits of one kind that do not speak of the same are limits of one shape. */
function together(first: Shape, second: Shape): Shape {
  const isOne =
    (first.kind === 'string' || first.kind === 'number') &&
    first.kind === second.kind &&
    Object.keys(first).every((key) => key === 'kind' || key === 'integer' || !(key in second));
  return isOne && first.kind === 'number' && second.kind === 'number'
    ? { ...first, ...second, integer: first.integer || second.integer }
    : isOne
      ? ({ ...first, ...second } as Shape)
      : { kind: 'intersection', of: [first, second] };
}

export function nullable(shape: Shape): Shape {
  return shape.kind === 'unknown' ? shape : unionOf([shape, nullShape]);
}

/** Adds limits to the texts of a shape. */
export function limitText(shape: Shape, limits: TextLimits & { readonly format?: string }): Shape {
  // Texts that become numbers have the limits of numbers.
  return onKind(shape, 'string', (text) =>
    text.kind === 'string' && text.pattern !== numericPattern ? { ...text, ...limits } : text,
  );
}

export function limitNumber(shape: Shape, limits: NumberLimits & { readonly integer?: true }): Shape {
  return onKind(shape, 'number', (one) => (one.kind === 'number' ? { ...one, ...limits } : one));
}

export function limitItems(
  shape: Shape,
  limits: { readonly minItems?: number; readonly maxItems?: number },
): Shape {
  return onKind(shape, 'array', (list) => (list.kind === 'array' ? { ...list, ...limits } : list));
}

function onKind(shape: Shape, kind: Shape['kind'], change: (shape: Shape) => Shape): Shape {
  if (shape.kind === 'union') return { ...shape, of: shape.of.map((one) => onKind(one, kind, change)) };
  return shape.kind === kind ? change(shape) : shape;
}

/** `min`, `max` and `length` mean the size of texts and lists and the value of numbers. */
export function limitSize(shape: Shape, which: 'min' | 'max' | 'both', size: number): Shape {
  const min = which !== 'max';
  const max = which !== 'min';
  const texts = limitText(shape, { ...(min && { minLength: size }), ...(max && { maxLength: size }) });
  const lists = limitItems(texts, { ...(min && { minItems: size }), ...(max && { maxItems: size }) });
  return which === 'both' ? lists : limitNumber(lists, min ? { minimum: size } : { maximum: size });
}

/** The shape, changed from the innermost part outwards. */
export function everywhere(shape: Shape, change: (shape: Shape) => Shape): Shape {
  const inner = (one: Shape): Shape => everywhere(one, change);
  switch (shape.kind) {
    case 'array':
      return change({ ...shape, items: inner(shape.items) });
    case 'union':
      return change(unionOf(shape.of.map(inner)));
    case 'intersection':
      return change({ ...shape, of: shape.of.map(inner) });
    case 'object': {
      const fields = Object.entries(shape.fields).map(([name, field]) => [
        name,
        { ...field, shape: inner(field.shape) },
      ]);
      return change({
        ...shape,
        fields: Object.fromEntries(fields),
        ...(shape.rest && { rest: inner(shape.rest) }),
      });
    }
    default:
      return change(shape);
  }
}

export function emptyObject(): ObjectShape {
  return { kind: 'object', fields: {}, open: false };
}

/** An object schema from a literal of schemas: `{ name: string(), … }`. */
export function objectDemand(reading: Reading, literal: Value | undefined, at: Span): Demand {
  return literal?.t === 'object'
    ? demand(fieldsOf(reading, literal))
    : literal === undefined
      ? demand({ ...emptyObject(), open: true })
      : anything('schema of an object', at);
}

export function fieldsOf(reading: Reading, literal: ObjectValue): ObjectShape {
  const fields: Record<string, Field> = {};
  for (const [name, value] of propsOf(reading.run, literal)) {
    const inner = reading.inner(value);
    fields[name] = {
      shape: inner.shape,
      ...(inner.optional !== undefined && { required: !inner.optional }),
      ...(inner.default !== undefined && { default: inner.default }),
      at: placeOf(value) ?? literal.at,
    };
  }
  return { kind: 'object', fields, open: literal.open };
}

/** The properties of a literal; a getter (`get children() { … }`) counts as one that cannot be read here. */
export function propsOf(run: Run, literal: ObjectValue): readonly (readonly [string, Value])[] {
  return [...literal.props].map(([name, cell]) => [name.replace(/^get /, ''), read(run, cell)] as const);
}

export function onObject(given: Demand, change: (shape: ObjectShape) => Shape): Demand {
  return {
    ...given,
    shape: onKind(given.shape, 'object', (one) => (one.kind === 'object' ? change(one) : one)),
  };
}

export function withRequired(
  { fields, ...rest }: ObjectShape,
  required: boolean,
  only?: ReadonlySet<string>,
): ObjectShape {
  return {
    ...rest,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        !only || only.has(name) ? { ...field, required } : field,
      ]),
    ),
  };
}

export function choose(
  { fields, ...rest }: ObjectShape,
  names: ReadonlySet<string>,
  keep: boolean,
): ObjectShape {
  return {
    ...rest,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name) === keep)),
  };
}

export function withFields(first: ObjectShape, second: ObjectShape): ObjectShape {
  return { ...first, fields: { ...first.fields, ...second.fields }, open: first.open || second.open };
}

/** Unlisted fields are refused. */
export function strict({ kind, fields, open }: ObjectShape): ObjectShape {
  return { kind, fields, open, ...(!open && { strict: true }) };
}

/** Unlisted fields are kept. */
export function loose({ kind, fields }: ObjectShape, rest?: Shape): ObjectShape {
  return { kind, fields, open: true, ...(rest && { rest }) };
}

export function arrayOfShape(items: Shape): Shape {
  return { kind: 'array', items };
}

export function tupleShape(items: readonly Shape[], isOpen: boolean, at: Span): Shape {
  return {
    kind: 'array',
    items: items.length === 0 || isOpen ? unknownShape('items of a tuple', at) : unionOf(items),
    minItems: items.length,
    ...(!isOpen && { maxItems: items.length }),
  };
}

/** A map: any names, values of one shape. */
export function mapShape(values: Shape): Shape {
  return { kind: 'object', fields: {}, open: true, rest: values };
}

/** The values as one shape; undefined where one of them is not fixed. */
export function valuesShape(values: readonly Value[]): Shape | undefined {
  const shapes = values.map((value): Shape | undefined => {
    switch (value.t) {
      case 'text': {
        const text = fixedText(value);
        return text === undefined ? undefined : { kind: 'string', values: [text] };
      }
      case 'number':
        return { kind: 'number', integer: Number.isInteger(value.value), values: [value.value] };
      case 'boolean':
        return { kind: 'boolean', values: [value.value] };
      case 'null':
        return nullShape;
      default:
        return undefined;
    }
  });
  const known = shapes.flatMap((one) => one ?? []);
  if (known.length === 0 || known.length < shapes.length) return undefined;
  const numbers = known.flatMap((one) => (one.kind === 'number' ? (one.values ?? []) : []));
  const booleans = known.filter(({ kind }) => kind === 'boolean').length;
  return unionOf([
    ...known.filter(({ kind }) => kind === 'string' || kind === 'null'),
    ...(numbers.length > 0
      ? [{ kind: 'number' as const, integer: numbers.every(Number.isInteger), values: numbers }]
      : []),
    ...(booleans === 1 ? known.filter(({ kind }) => kind === 'boolean') : []),
    ...(booleans > 1 ? [{ kind: 'boolean' as const }] : []),
  ]);
}

/** The items of a list or the values of an enum object that are all known. */
export function listed(run: Run, value: Value | undefined): readonly Value[] | undefined {
  if (value?.t === 'array') return value.open ? undefined : value.items;
  if (value?.t === 'object' && !value.open && !value.cls)
    return [...value.props.values()].map((cell) => read(run, cell));
  return undefined;
}

export function textsOf(value: Value | undefined): readonly string[] {
  const items = value?.t === 'array' ? value.items : value ? [value] : [];
  return items.flatMap((item) => fixedText(item) ?? []);
}

export function numberOf(value: Value | undefined): number | undefined {
  return value?.t === 'number' ? value.value : undefined;
}

/** A pattern without flags that change what it means. */
export function patternOf(value: Value | undefined): TextLimits {
  return value?.t === 'regex' && !/[imsv]/.test(value.flags) ? { pattern: value.source } : {};
}

/** Text taken by its letters in a regular expression. */
export function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

export function optionOf(run: Run, value: Value | undefined, name: string): Value | undefined {
  if (value?.t !== 'object') return undefined;
  const cell = value.props.get(name);
  return cell && read(run, cell);
}

/** The names that were read since the last call of a chain: `['shape', 'email']` of `base.shape.email`. */
export function pathSince(value: ExternalValue): readonly string[] {
  return value.on ? value.path.slice(value.on.path.length) : value.path;
}

export function placeIn(value: Value): Span {
  return placeOf(value) ?? noPlace;
}

export function reasonOf(shape: Shape): UnknownReason | undefined {
  return shape.kind === 'unknown' ? shape.reason : undefined;
}

/** What a field of a demanded object demands; undefined where the object does not have it. */
export function fieldDemand({ shape }: Demand, name: string): Demand | undefined {
  if (shape.kind === 'object') {
    const field = shape.fields[name];
    return (
      field && { shape: field.shape, optional: field.required === undefined ? undefined : !field.required }
    );
  }
  if (shape.kind !== 'intersection') return undefined;
  const found = shape.of.flatMap((one) => fieldDemand({ shape: one, optional: false }, name) ?? []);
  const [first, ...more] = found;
  return (
    first &&
    more.reduce(
      (all, one) => ({
        shape: both(all.shape, one.shape),
        optional: all.optional === false || one.optional === false ? false : (all.optional ?? one.optional),
      }),
      first,
    )
  );
}

/** One demand for a schema that may be any of several. */
export function anyOf(given: readonly Demand[]): Demand {
  const [first] = given;
  if (first && given.length === 1) return first;
  return {
    shape: unionOf(given.map(({ shape }) => shape)),
    optional: given.every(({ optional }) => optional === first?.optional) ? first?.optional : undefined,
  };
}

export function schemasOf(value: Value): readonly Value[] {
  return alternatives(value).filter((one) => !isNothing(one));
}
