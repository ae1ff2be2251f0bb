/**
 * The normal form of a shape: what values of each type it allows. Names are looked up, alternatives lie side by side,
 * and what has to hold at once is put together, one level deep: fields and items stay shapes.
 */

import type { Field, Shape, Shapes } from '../../contract/shape.ts';
import { isEmptyNumber, isPlainNumber, isPlainText, type NumberShape, type TextShape } from './scalars.ts';

export type ListShape = Shape & { readonly kind: 'array' };
export type ObjectShape = Shape & { readonly kind: 'object' };

export interface Normal {
  /** Further values that we cannot list may be in it. */
  readonly more: boolean;
  /** Not all of the values that are listed need be in it. */
  readonly fewer: boolean;
  readonly null: boolean;
  /** `null` may be in it and need not be. */
  readonly perhapsNull: boolean;
  readonly binary: boolean;
  readonly booleans: readonly boolean[];
  readonly texts: readonly TextShape[];
  readonly numbers: readonly NumberShape[];
  readonly lists: readonly ListShape[];
  readonly objects: readonly ObjectShape[];
}

const nothing: Normal = {
  more: false,
  fewer: false,
  null: false,
  perhapsNull: false,
  binary: false,
  booleans: [],
  texts: [],
  numbers: [],
  lists: [],
  objects: [],
};

const anything: Normal = { ...nothing, more: true };

/** More alternatives than this of one type, and nobody can say which one is meant. */
const alternativesLimit = 40;

export type Normalise = (shape: Shape) => Normal;

/** Remembers the form of each shape, so that forms can be told apart by identity. */
export function createNormaliser(shapes: Shapes): Normalise {
  const memo = new WeakMap<Shape, Normal>();
  let cut = 0;

  function normalise(shape: Shape, within: readonly Shape[]): Normal {
    const known = memo.get(shape);
    if (known) return known;
    // `type A = A | B` has no end.
    if (within.includes(shape)) {
      cut += 1;
      return anything;
    }
    const before = cut;
    const form = limited(tidy(formOf(shape, [...within, shape])));
    // What was cut off depends on where one came from.
    if (within.length === 0 || cut === before) memo.set(shape, form);
    return form;
  }

  function formOf(shape: Shape, within: readonly Shape[]): Normal {
    switch (shape.kind) {
      case 'unknown':
        return anything;
      case 'ref': {
        const target = shapes[shape.id];
        return target ? normalise(target, within) : anything;
      }
      case 'null':
        return { ...nothing, [shape.possible ? 'perhapsNull' : 'null']: true };
      case 'binary':
        return { ...nothing, binary: true };
      case 'boolean':
        return { ...nothing, booleans: shape.values ?? [true, false] };
      case 'string':
        return { ...nothing, texts: [shape] };
      case 'number':
        return { ...nothing, numbers: [shape] };
      case 'array':
        return { ...nothing, lists: [shape] };
      case 'object':
        return { ...nothing, objects: [shape] };
      case 'union':
        return shape.of.map((one) => normalise(one, within)).reduce(either, nothing);
      case 'intersection': {
        const [first = anything, ...rest] = shape.of.map((one) => normalise(one, within));
        return rest.reduce(both, first);
      }
    }
  }

  return (shape) => normalise(shape, []);
}

function limited(form: Normal): Normal {
  const isTooLarge = [form.texts, form.numbers, form.lists, form.objects].some(
    (list) => list.length > alternativesLimit,
  );
  return isTooLarge ? anything : form;
}

function either(a: Normal, b: Normal): Normal {
  return {
    more: a.more || b.more,
    fewer: a.fewer || b.fewer,
    null: a.null || b.null,
    perhapsNull: a.perhapsNull || b.perhapsNull,
    binary: a.binary || b.binary,
    booleans: [...a.booleans, ...b.booleans],
    texts: [...a.texts, ...b.texts],
    numbers: [...a.numbers, ...b.numbers],
    lists: [...a.lists, ...b.lists],
    objects: [...a.objects, ...b.objects],
  };
}

/** Literals of one type lie in one list, what says less covers what says more, and what lets nothing pass is gone. */
function tidy(form: Normal): Normal {
  return {
    ...form,
    booleans: [...new Set(form.booleans)],
    texts: tidyTexts(form.texts),
    numbers: tidyNumbers(form.numbers),
    lists: [...new Set(form.lists)].filter(({ minItems = 0, maxItems = Infinity }) => minItems <= maxItems),
    objects: [...new Set(form.objects)],
  };
}

function tidyTexts(texts: readonly TextShape[]): readonly TextShape[] {
  const plain = texts.find(isPlainText);
  if (plain) return [plain];
  const passing = texts.filter(
    ({ values, minLength = 0, maxLength = Infinity }) => values?.length !== 0 && minLength <= maxLength,
  );
  const isListed = (text: TextShape): boolean =>
    Object.keys(text).every((key) => key === 'kind' || key === 'values');
  const listed = passing.filter(isListed);
  if (listed.length < 2) return passing;
  const values = [...new Set(listed.flatMap((text) => text.values ?? []))];
  return [{ kind: 'string', values }, ...passing.filter((text) => !isListed(text))];
}

function tidyNumbers(numbers: readonly NumberShape[]): readonly NumberShape[] {
  const plain = numbers.find(isPlainNumber);
  if (plain) return [plain];
  const passing = numbers.filter((number) => !isEmptyNumber(number));
  const isListed = (number: NumberShape): boolean =>
    number.values !== undefined &&
    Object.keys(number).every((key) => /^(?:kind|values|integer|format)$/.test(key));
  const listed = passing.filter(isListed);
  if (listed.length < 2) return passing;
  const values = [...new Set(listed.flatMap((number) => number.values ?? []))];
  return [
    { kind: 'number', integer: values.every(Number.isInteger), values },
    ...passing.filter((number) => !isListed(number)),
  ];
}

function both(a: Normal, b: Normal): Normal {
  // Of what is not known on one side, the other side says all that can be said.
  if (a.more && b.more) return { ...either(a, b), fewer: true };
  if (a.more) return { ...b, fewer: true };
  if (b.more) return { ...a, fewer: true };
  return tidy({
    more: false,
    fewer: a.fewer || b.fewer || contradict(a, b),
    null: a.null && b.null,
    perhapsNull: (a.perhapsNull && (b.null || b.perhapsNull)) || (a.null && b.perhapsNull),
    binary: a.binary && b.binary,
    booleans: a.booleans.filter((value) => b.booleans.includes(value)),
    texts: a.texts.flatMap((one) => b.texts.flatMap((other) => bothTexts(one, other) ?? [])),
    numbers: a.numbers.flatMap((one) => b.numbers.flatMap((other) => bothNumbers(one, other) ?? [])),
    lists: a.lists.flatMap((one) => b.lists.map((other) => bothLists(one, other))),
    objects: a.objects.flatMap((one) => b.objects.map((other) => bothObjects(one, other))),
  });
}

/** Are there two patterns, formats or divisors for one value, of which only one is kept? */
function contradict(a: Normal, b: Normal): boolean {
  const differ = <T>(first: T | undefined, second: T | undefined): boolean =>
    first !== undefined && second !== undefined && first !== second;
  return (
    a.texts.some((one) =>
      b.texts.some((other) => differ(one.pattern, other.pattern) || differ(one.format, other.format)),
    ) || a.numbers.some((one) => b.numbers.some((other) => differ(one.multipleOf, other.multipleOf)))
  );
}

/** Undefined where nothing passes both; limits that cannot be put together leave those of the first. */
function bothTexts(a: TextShape, b: TextShape): TextShape | undefined {
  const values =
    a.values && b.values ? a.values.filter((value) => b.values?.includes(value)) : (a.values ?? b.values);
  if (values?.length === 0) return undefined;
  const { format, noted } = a.format === undefined ? b : a;
  const pattern = a.pattern ?? b.pattern;
  const least = larger(a.minLength, b.minLength);
  const most = smaller(a.maxLength, b.maxLength);
  return {
    kind: 'string',
    ...(values && { values }),
    ...(format !== undefined && { format }),
    ...(noted && { noted }),
    ...(pattern !== undefined && { pattern }),
    ...(least !== undefined && { minLength: least }),
    ...(most !== undefined && { maxLength: most }),
  };
}

function bothNumbers(a: NumberShape, b: NumberShape): NumberShape | undefined {
  const values =
    a.values && b.values ? a.values.filter((value) => b.values?.includes(value)) : (a.values ?? b.values);
  if (values?.length === 0) return undefined;
  const limits = {
    minimum: larger(a.minimum, b.minimum),
    maximum: smaller(a.maximum, b.maximum),
    exclusiveMinimum: larger(a.exclusiveMinimum, b.exclusiveMinimum),
    exclusiveMaximum: smaller(a.exclusiveMaximum, b.exclusiveMaximum),
    multipleOf: a.multipleOf ?? b.multipleOf,
  };
  const said = Object.entries(limits).filter(([, value]) => value !== undefined);
  return {
    kind: 'number',
    integer: a.integer || b.integer,
    ...(values && { values }),
    ...Object.fromEntries(said),
  };
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function together(a: Shape, b: Shape): Shape {
  return a === b ? a : { kind: 'intersection', of: [a, b] };
}

function bothLists(a: ListShape, b: ListShape): ListShape {
  const least = larger(a.minItems, b.minItems);
  const most = smaller(a.maxItems, b.maxItems);
  return {
    kind: 'array',
    items: together(a.items, b.items),
    ...(least !== undefined && { minItems: least }),
    ...(most !== undefined && { maxItems: most }),
  };
}

/** Objects that are composed list their fields together: each part closes what the others do not list. */
function bothObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  const fields = new Map<string, Field>();
  for (const name of names) {
    const [first, second] = [fieldIn(a, name), fieldIn(b, name)];
    const field = first && second ? bothFields(first, second) : (first ?? second);
    if (field) fields.set(name, field);
  }
  const open = a.open || b.open;
  const rest = a.rest && b.rest ? together(a.rest, b.rest) : (a.rest ?? b.rest);
  const strict = !open && a.strict && b.strict;
  return {
    kind: 'object',
    fields: Object.fromEntries(fields),
    open,
    ...(open && rest && { rest }),
    ...(strict && { strict }),
  };
}

export function fieldIn({ fields }: ObjectShape, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function bothFields(a: Field, b: Field): Field {
  const required = a.required === true || b.required === true ? true : (a.required ?? b.required);
  return { ...a, ...b, shape: together(a.shape, b.shape), ...(required !== undefined && { required }) };
}
