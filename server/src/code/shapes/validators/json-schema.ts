/** JSON Schema as it stands in code, for Ajv and what is built on it (drafts 6 to 2020-12, and `nullable` of OpenAPI). */

import type { Field, Shape } from '../../../contract/shape.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import type { ObjectShape } from '../algebra.ts';
import {
  both,
  everywhere,
  listed,
  loose,
  nullable,
  nullShape,
  numberOf,
  optionOf,
  orBooleanText,
  orNumericText,
  orScalar,
  placeIn,
  strict,
  textsOf,
  unionOf,
  unknownShape,
  valuesShape,
} from './schema.ts';

/** Schemas nested deeper than this go round in circles. */
const depthLimit = 12;

interface Reading {
  readonly run: Run;
  /** What `#/…` starts from. */
  readonly root: ObjectValue;
  readonly depth: number;
}

export function jsonSchemaShape(run: Run, schema: Value): Shape {
  return schema.t === 'object' && !schema.cls
    ? shapeOf({ run, root: schema, depth: 0 }, schema)
    : unknownShape('JSON Schema', placeIn(schema));
}

/** With what `coerceTypes` of Ajv makes something of: texts of numbers and truth values, and anything scalar as text. */
export function coerced(shape: Shape): Shape {
  return everywhere(shape, (one) => {
    switch (one.kind) {
      case 'number':
        return unionOf([orNumericText(one), { kind: 'boolean' }, nullShape]);
      case 'boolean':
        return unionOf([
          orBooleanText(one, ['true', 'false']),
          { kind: 'number', integer: true, values: [0, 1] },
          nullShape,
        ]);
      case 'string':
        return unionOf([orScalar(one), nullShape]);
      default:
        return one;
    }
  });
}

function shapeOf(reading: Reading, schema: Value | undefined): Shape {
  const { run, depth } = reading;
  if (schema?.t === 'boolean' && schema.value) return unknownShape('anything', placeIn(schema));
  if (schema?.t !== 'object' || schema.cls || schema.open || depth > depthLimit)
    return unknownShape('JSON Schema', schema ? placeIn(schema) : reading.root.at);
  const inner: Reading = { ...reading, depth: depth + 1 };
  const get = (name: string): Value | undefined => optionOf(run, schema, name);
  const list = (name: string): readonly Value[] | undefined => {
    const value = get(name);
    return value && listed(run, value);
  };
  const reference = get('$ref');
  if (reference) return shapeOf(inner, referred(reading, fixedText(reference)));
  const enumerated = get('enum') ?? get('const');
  const values = enumerated && (get('enum') ? listed(run, enumerated) : [enumerated]);
  const fixed = values && valuesShape(values);
  if (fixed) return orNull(fixed, get('nullable'));
  const alternatives = list('anyOf') ?? list('oneOf');
  const parts: Shape[] = [...typesOf(run, schema).map((type) => typedShape(inner, schema, type))];
  const own = parts.length > 0 ? unionOf(parts) : undefined;
  const either = alternatives && unionOf(alternatives.map((one) => shapeOf(inner, one)));
  const all = [own, either, ...(list('allOf') ?? []).map((one) => shapeOf(inner, one))].flatMap(
    (one) => one ?? [],
  );
  const [first, ...more] = all;
  return orNull(
    first ? more.reduce(both, first) : unknownShape('JSON Schema without a type', schema.at),
    get('nullable'),
  );
}

function orNull(shape: Shape, flag: Value | undefined): Shape {
  return flag?.t === 'boolean' && flag.value ? nullable(shape) : shape;
}

/** The types that are written, or that keywords of one type only imply. */
function typesOf(run: Run, schema: ObjectValue): readonly string[] {
  const written = optionOf(run, schema, 'type');
  if (written) return textsOf(written);
  if (schema.props.has('properties')) return ['object'];
  return schema.props.has('items') ? ['array'] : [];
}

function typedShape(reading: Reading, schema: ObjectValue, type: string): Shape {
  const { run } = reading;
  const get = (name: string): Value | undefined => optionOf(run, schema, name);
  const numbers = (...names: readonly string[]): Readonly<Record<string, number>> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = numberOf(get(name));
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const text = (name: string): Readonly<Record<string, string>> => {
    const value = get(name);
    const fixed = value && fixedText(value);
    return fixed === undefined ? {} : { [name]: fixed };
  };
  switch (type) {
    case 'string':
      return { kind: 'string', ...text('format'), ...text('pattern'), ...numbers('minLength', 'maxLength') };
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        integer: type === 'integer',
        ...numbers('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'),
      };
    case 'boolean':
      return { kind: 'boolean' };
    case 'null':
      return nullShape;
    case 'array': {
      const items = get('items');
      // What stands at which place is no matter of a shape.
      const isTuple = get('prefixItems') !== undefined || items?.t === 'array';
      return {
        kind: 'array',
        items: items && !isTuple ? shapeOf(reading, items) : unknownShape('items', schema.at),
        ...numbers('minItems', 'maxItems'),
      };
    }
    case 'object':
      return objectShape(reading, schema);
    default:
      return unknownShape(`type ${type}`, schema.at);
  }
}

function objectShape(reading: Reading, schema: ObjectValue): Shape {
  const { run } = reading;
  const properties = optionOf(run, schema, 'properties');
  const required = optionOf(run, schema, 'required');
  const names = new Set(textsOf(required));
  const isWhole = !required || (required.t === 'array' && !required.open);
  const fields: Record<string, Field> = {};
  for (const [name, cell] of properties?.t === 'object' ? properties.props : []) {
    const value = read(run, cell);
    fields[name] = {
      shape: shapeOf(reading, value),
      ...((isWhole || names.has(name)) && { required: names.has(name) }),
      at: value.t === 'object' ? value.at : schema.at,
    };
  }
  const object: ObjectShape = {
    kind: 'object',
    fields,
    open: properties !== undefined && (properties.t !== 'object' || properties.open),
  };
  const rest = optionOf(run, schema, 'additionalProperties');
  if (rest?.t === 'boolean' && !rest.value)
    return schema.props.has('patternProperties') ? loose(object) : strict(object);
  return loose(object, rest?.t === 'object' ? shapeOf(reading, rest) : undefined);
}

/** `#/$defs/name`, `#/definitions/name` of the same schema. */
function referred({ run, root }: Reading, pointer: string | undefined): Value | undefined {
  if (pointer === undefined || !pointer.startsWith('#')) return undefined;
  let value: Value | undefined = root;
  for (const step of pointer.slice(1).split('/').slice(1))
    value = optionOf(run, value, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return value;
}
