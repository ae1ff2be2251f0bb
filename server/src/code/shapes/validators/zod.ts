/** Zod 3, 4 and mini: schemas as what they let in (`z.input`). What stands behind a transformation is of no interest. */

import type { Shape } from '../../../contract/shape.ts';
import { callValue } from '../../evaluate/calls.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import {
  boolean,
  objectOf,
  type Demand,
  type ExternalValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values.ts';
import {
  anyOf,
  anything,
  arrayOfShape,
  both,
  choose,
  demand,
  fieldDemand,
  fieldsOf,
  limitItems,
  limitNumber,
  limitSize,
  limitText,
  listed,
  loose,
  mapShape,
  nullable,
  nullShape,
  numberOf,
  objectDemand,
  onObject,
  orNumericText,
  pathSince,
  patternOf,
  quoted,
  strict,
  tupleShape,
  unionOf,
  unknownShape,
  valuesShape,
  withFields,
  withRequired,
  type Link,
  type Reading,
  lookedAtWhole,
} from './schema.ts';

export function zodDemand(reading: Reading, value: ExternalValue): Demand {
  const { on } = value;
  const path = pathSince(value);
  if (!on) {
    const method = path.at(-1) ?? '';
    const link: Link = { reading, method, args: value.args ?? [], value };
    // Zod mini has what Zod has as methods as functions: `z.optional(z.string())`.
    return path.includes('coerce') ? coerced(link) : (made(link) ?? functional(link));
  }
  const steps = value.args ? path.slice(0, -1) : path;
  let base = reading.inner(on);
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === 'shape' && steps[index + 1] !== undefined) {
      index += 1;
      base = fieldDemand(base, steps[index] ?? '') ?? anything('schema of a field', value.at);
    } else if (step === 'element') base = base.shape.kind === 'array' ? demand(base.shape.items) : base;
  }
  if (!value.args) return base;
  return applied({ reading, method: path.at(-1) ?? '', args: value.args, value }, base);
}

function functional(link: Link): Demand {
  const [first, ...rest] = link.args;
  return first
    ? applied({ ...link, args: rest }, link.reading.inner(first))
    : anything(`zod ${link.method}()`, link.value.at);
}

/**
 * `schema instanceof z.ZodNever`. What methods make of a schema differs between versions, but none of them makes a
 * `never`; of other classes, only what a function makes directly is certain.
 */
export function isZodInstance({ on, args, path }: ExternalValue, className: string): boolean | undefined {
  if (!args || !className.startsWith('Zod')) return undefined;
  const wanted = className.slice(3).toLowerCase();
  if (wanted === 'type' || wanted === 'schema') return true;
  if (on) return wanted === 'never' ? false : undefined;
  return (path.at(-1) ?? '').replace(/^(?:strict|loose)(?=Object$)/, '').toLowerCase() === wanted;
}

/** `z.coerce.number()`: takes whatever JavaScript converts. */
function coerced({ method, reading: { wire }, value }: Link): Demand {
  const isText = wire === 'text';
  switch (method) {
    case 'number':
      return demand(
        isText
          ? { kind: 'number', integer: false }
          : unionOf([orNumericText({ kind: 'number', integer: false }), { kind: 'boolean' }, nullShape]),
      );
    case 'boolean':
      // Any value is true or false; a text that is not there is false.
      return isText ? { shape: { kind: 'boolean' }, optional: true } : anything('z.coerce', value.at, true);
    case 'string':
      return isText ? demand({ kind: 'string' }) : anything('z.coerce', value.at, true);
    case 'date':
      return demand(
        isText
          ? { kind: 'string' }
          : unionOf([{ kind: 'string' }, { kind: 'number', integer: false }, { kind: 'boolean' }, nullShape]),
      );
    default:
      return anything('z.coerce', value.at);
  }
}

const formats: Readonly<Record<string, string | undefined>> = {
  email: 'email',
  url: 'uri',
  httpUrl: 'uri',
  uuid: 'uuid',
  uuidv4: 'uuid',
  uuidv6: 'uuid',
  uuidv7: 'uuid',
  guid: 'uuid',
  datetime: 'date-time',
  date: 'date',
  time: 'time',
  duration: 'duration',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  base64: 'byte',
  hostname: 'hostname',
  ip: undefined,
  cidr: undefined,
  cidrv4: undefined,
  cidrv6: undefined,
  cuid: undefined,
  cuid2: undefined,
  ulid: undefined,
  nanoid: undefined,
  xid: undefined,
  ksuid: undefined,
  emoji: undefined,
  jwt: undefined,
  e164: undefined,
  base64url: undefined,
  hex: undefined,
};

function textOfFormat(name: string): Shape {
  const format = formats[name];
  return { kind: 'string', ...(format !== undefined && { format }) };
}

/** What the functions of the namespace make; undefined for those that take a schema to change it. */
function made(link: Link): Demand | undefined {
  const { method, args, reading, value } = link;
  const [first, second] = args;
  const { run } = reading;
  switch (method) {
    case 'string':
    case 'stringbool':
    case 'templateLiteral':
      return demand({ kind: 'string' });
    case 'number':
    case 'float32':
    case 'float64':
      return demand({ kind: 'number', integer: false });
    case 'nan':
    case 'never':
    case 'map':
    case 'set':
    case 'bigint':
    case 'int64':
    case 'uint64':
    case 'symbol':
    case 'function':
    case 'instanceof':
    case 'custom':
    case 'preprocess':
    case 'transform':
    case 'promise':
    case 'json':
      return anything(`z.${method}()`, value.at);
    case 'int':
    case 'int32':
      return demand({ kind: 'number', integer: true });
    case 'uint32':
      return demand({ kind: 'number', integer: true, minimum: 0 });
    case 'boolean':
      return demand({ kind: 'boolean' });
    case 'date':
      // No JSON value is a Date; where one arrives, something in front has made it of a text.
      return path(value).includes('iso') ? demand(textOfFormat('date')) : anything('z.date()', value.at);
    case 'null':
      return demand(nullShape);
    case 'any':
    case 'unknown':
    case 'undefined':
    case 'void':
      return anything(`z.${method}()`, value.at, true);
    case 'file':
      return demand({ kind: 'binary' });
    case 'literal':
    case 'enum':
    case 'nativeEnum': {
      const values = method === 'literal' && first?.t !== 'array' ? first && [first] : listed(run, first);
      const shape = values && valuesShape(values);
      return shape ? demand(shape) : anything('values of an enum', value.at);
    }
    case 'object':
    case 'interface':
      return objectDemand(reading, first, value.at);
    case 'strictObject':
      return onObject(objectDemand(reading, first, value.at), strict);
    case 'looseObject':
      return onObject(objectDemand(reading, first, value.at), (shape) => loose(shape));
    case 'array':
      return demand(arrayOfShape(first ? reading.inner(first).shape : unknownShape('items', value.at)));
    case 'tuple':
      return first?.t === 'array'
        ? demand(
            tupleShape(
              first.items.map((item) => reading.inner(item).shape),
              first.open || second !== undefined,
              value.at,
            ),
          )
        : anything('z.tuple()', value.at);
    case 'record':
    case 'partialRecord':
    case 'looseRecord': {
      const values = second ?? first;
      return demand(mapShape(values ? reading.inner(values).shape : unknownShape('values', value.at)));
    }
    case 'union':
    case 'xor':
      return alternativesOf(reading, first, value);
    case 'discriminatedUnion':
      return alternativesOf(reading, second, value);
    case 'intersection':
      return first && second
        ? demand(both(reading.inner(first).shape, reading.inner(second).shape))
        : undefined;
    case 'lazy':
      return first
        ? reading.inner(callValue(run, first, [], { at: value.at, file: value.at.file }))
        : undefined;
    case 'pipe':
    case 'pipeline':
    case 'codec':
      return first && reading.inner(first);
    default:
      return method in formats ? demand(textOfFormat(method)) : undefined;
  }
}

function path(value: ExternalValue): readonly string[] {
  return value.path;
}

function alternativesOf(reading: Reading, list: Value | undefined, value: ExternalValue): Demand {
  if (list?.t !== 'array' || list.open || list.items.length === 0) return anything('z.union()', value.at);
  const all = list.items.map(reading.inner);
  return {
    shape: unionOf(all.map(({ shape }) => shape)),
    optional: all.some(({ optional }) => optional === true) ? true : anyOf(all).optional,
  };
}

/** A method of a schema. */
function applied({ method, args, reading, value }: Link, base: Demand): Demand {
  const [first] = args;
  const size = numberOf(first);
  const text = first && fixedText(first);
  const shaped = (shape: Shape): Demand => ({ ...base, shape });
  switch (method) {
    case 'optional':
    case 'exactOptional':
      return { ...base, optional: true };
    case 'default':
    case 'prefault':
      return { ...base, optional: true, default: scalarOf(first) };
    case 'nullable':
      return shaped(nullable(base.shape));
    case 'nullish':
      return { shape: nullable(base.shape), optional: true };
    case 'catch':
      return anything('z.catch()', value.at, true);
    case 'nonoptional':
      return { ...base, optional: false };
    case 'min':
    case 'minLength':
    case 'gte':
    case 'minimum':
      return size === undefined ? base : shaped(limitSize(base.shape, 'min', size));
    case 'max':
    case 'maxLength':
    case 'lte':
    case 'maximum':
      return size === undefined ? base : shaped(limitSize(base.shape, 'max', size));
    case 'length':
      return size === undefined ? base : shaped(limitSize(base.shape, 'both', size));
    case 'nonempty':
      return shaped(limitSize(base.shape, 'min', 1));
    case 'gt':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMinimum: size }));
    case 'lt':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMaximum: size }));
    case 'positive':
      return shaped(limitNumber(base.shape, { exclusiveMinimum: 0 }));
    case 'negative':
      return shaped(limitNumber(base.shape, { exclusiveMaximum: 0 }));
    case 'nonnegative':
      return shaped(limitNumber(base.shape, { minimum: 0 }));
    case 'nonpositive':
      return shaped(limitNumber(base.shape, { maximum: 0 }));
    case 'multipleOf':
    case 'step':
      return size === undefined ? base : shaped(limitNumber(base.shape, { multipleOf: size }));
    case 'int':
    case 'safe':
      return method === 'int' ? shaped(limitNumber(base.shape, { integer: true })) : base;
    case 'regex':
      return shaped(limitText(base.shape, patternOf(first)));
    case 'startsWith':
      return text === undefined ? base : shaped(limitText(base.shape, { pattern: `^${quoted(text)}` }));
    case 'endsWith':
      return text === undefined ? base : shaped(limitText(base.shape, { pattern: `${quoted(text)}$` }));
    case 'includes':
      return text === undefined ? base : shaped(limitText(base.shape, { pattern: quoted(text) }));
    case 'array':
      return demand(arrayOfShape(base.shape));
    case 'or':
      return first ? anyOf([base, reading.inner(first)]) : base;
    case 'and':
      return first ? shaped(both(base.shape, reading.inner(first).shape)) : base;
    case 'unwrap':
    case 'innerType':
    case 'removeDefault':
    case 'sourceType':
      return { ...base, optional: undefined };
    case 'extract':
    case 'exclude': {
      const names = listed(reading.run, first)?.flatMap((item) => fixedText(item) ?? []) ?? [];
      return base.shape.kind === 'string' && base.shape.values
        ? shaped({
            ...base.shape,
            values: base.shape.values.filter((one) => names.includes(one) === (method === 'extract')),
          })
        : base;
    }
    case 'rest':
      return shaped(
        base.shape.kind === 'array'
          ? limitItems(arrayOfShape(unknownShape('items', value.at)), {})
          : base.shape,
      );
    default:
      if (method in formats && formats[method] !== undefined && base.shape.kind === 'string')
        return shaped(limitText(base.shape, { format: formats[method] }));
      return ofObject(reading, method, first, base, value);
  }
}

/** Methods of objects; those that leave what comes in as it is (`transform`, `pipe`, `describe`, …) besides. */
function ofObject(
  reading: Reading,
  method: string,
  first: Value | undefined,
  base: Demand,
  value: ExternalValue,
): Demand {
  switch (method) {
    case 'refine':
    case 'superRefine':
    case 'refinement':
    case 'check':
      return onObject(base, lookedAtWhole);
    case 'strict':
      return onObject(base, strict);
    case 'passthrough':
    case 'loose':
      return onObject(base, (shape) => loose(shape));
    case 'catchall':
      return onObject(base, (shape) => loose(shape, first && reading.inner(first).shape));
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'setKey':
      if (first?.t !== 'object') return onObject(base, (shape) => loose(shape));
      return onObject(base, (shape) => withFields(shape, fieldsOf(reading, first)));
    case 'merge': {
      const other = first && reading.inner(first).shape;
      return onObject(base, (shape) => (other?.kind === 'object' ? withFields(shape, other) : loose(shape)));
    }
    case 'partial':
    case 'deepPartial':
      return onObject(base, (shape) => withRequired(shape, false, namesIn(reading.run, first)));
    case 'required':
      return onObject(base, (shape) => withRequired(shape, true, namesIn(reading.run, first)));
    case 'pick':
    case 'omit': {
      const names = namesIn(reading.run, first);
      if (!names) return anything(`${method}() of an object`, value.at, base.optional);
      return onObject(base, (shape) => choose(shape, names, method === 'pick'));
    }
    case 'keyof': {
      const { shape } = base;
      return demand(
        shape.kind === 'object' && !shape.open
          ? { kind: 'string', values: Object.keys(shape.fields) }
          : { kind: 'string' },
      );
    }
    default:
      return base;
  }
}

/** The names of a mask: `{ email: true }`. */
function namesIn(run: Run, mask: Value | undefined): ReadonlySet<string> | undefined {
  if (mask?.t !== 'object' || mask.open) return undefined;
  return new Set(
    [...mask.props].flatMap(([name, cell]) => {
      const chosen = read(run, cell);
      return chosen.t === 'boolean' && !chosen.value ? [] : [name];
    }),
  );
}

/**
 * `schema.shape`, which people spread into further schemas. The literals of chains are put together; undefined for a
 * chain that is no object of literals.
 */
export function zodLiteral(value: ExternalValue): ObjectValue | undefined {
  const { on, args } = value;
  const method = value.path.at(-1);
  const [first] = args ?? [];
  const literal = first?.t === 'object' ? first : undefined;
  if (!on)
    return method === 'object' || method === 'strictObject' || method === 'looseObject' ? literal : undefined;
  const base = zodLiteral(on);
  if (!base || !args || pathSince(value).length > 1) return undefined;
  switch (method) {
    case 'extend':
    case 'safeExtend':
    case 'merge': {
      const more = method === 'merge' ? first?.t === 'external' && zodLiteral(first) : literal;
      return more
        ? { ...base, props: new Map([...base.props, ...more.props]), open: base.open || more.open }
        : undefined;
    }
    case 'pick':
    case 'omit':
      if (!literal || literal.open) return undefined;
      return {
        ...base,
        props: new Map([...base.props].filter(([name]) => literal.props.has(name) === (method === 'pick'))),
      };
    case 'partial':
    case 'required': {
      if (literal) return undefined;
      const wrapper = method === 'partial' ? 'optional' : 'nonoptional';
      return objectOf(
        [...base.props].map(([name, { value: field = boolean(false) }]) => [
          name,
          { t: 'external', module: value.module, path: ['z', wrapper], args: [field], at: base.at },
        ]),
        base.at,
        base.open,
      );
    }
    case 'strict':
    case 'strip':
    case 'passthrough':
    case 'loose':
    case 'describe':
    case 'openapi':
    case 'meta':
      return base;
    default:
      return undefined;
  }
}
