/** Joi, also under its old names and as celebrate hands it out. */

import { iso8601, type Shape } from '../../../contract/shape.ts';
import { read, type Run } from '../../evaluate/run.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import type { Demand, ExternalValue, Value } from '../../evaluate/values.ts';
import {
  anyOf,
  anything,
  arrayOfShape,
  everywhere,
  emptyObject,
  fieldsOf,
  limitNumber,
  limitSize,
  limitText,
  loose,
  nullable,
  numberOf,
  onObject,
  optionOf,
  orBooleanText,
  orNumericText,
  patternOf,
  strict,
  textsOf,
  tupleShape,
  unionOf,
  unknownShape,
  valuesShape,
  withFields,
  withRequired,
  type Link,
  type Reading,
} from './schema.ts';

/** What stands for the whole of Joi again: `Joi.extend(…)`, `Joi.defaults(…)`. */
const namespaces = new Set(['extend', 'defaults']);

export function joiDemand(reading: Reading, value: ExternalValue): Demand {
  const { on, args = [] } = value;
  const method = value.path.at(-1) ?? '';
  const link: Link = { reading, method, args, value };
  return !on || namespaces.has(on.path.at(-1) ?? '') ? made(link) : applied(link, reading.inner(on));
}

/** With the texts that Joi makes numbers and truth values of; `convert` is on unless the schema says otherwise. */
export function joiConverted(reading: Reading, value: ExternalValue, given: Demand): Demand {
  if (reading.wire === 'text') return given;
  for (let link: ExternalValue | undefined = value; link; link = link.on) {
    const option = optionOf(reading.run, link.args?.[0], 'convert');
    if (link.path.at(-1) === 'strict' || (option?.t === 'boolean' && !option.value)) return given;
  }
  return {
    ...given,
    shape: everywhere(given.shape, (one) => orBooleanText(orNumericText(one), ['true', 'false'])),
  };
}

/** The options that are given where a schema meets its data, as if the schema had them itself. */
export function withJoiOptions(run: Run, schema: Value, options: Value | undefined): Value {
  if (options?.t !== 'object') return schema;
  if (schema.t === 'external')
    return { ...schema, path: [...schema.path, 'prefs'], on: schema, args: [options] };
  if (schema.t !== 'object' || schema.cls) return schema;
  const props = [...schema.props].map(
    ([name, cell]) => [name, { value: withJoiOptions(run, read(run, cell), options) }] as const,
  );
  return { ...schema, props: new Map(props) };
}

/** Keys may be missing unless they are required, and unknown keys are refused, unless options say otherwise. */
function made({ reading, method, args, value }: Link): Demand {
  const optional = (shape: Shape): Demand => ({ shape, optional: true });
  const [first] = args;
  switch (method) {
    case 'string':
      return optional({ kind: 'string' });
    case 'number':
      return optional({ kind: 'number', integer: false });
    case 'boolean':
    case 'bool':
      return optional({ kind: 'boolean' });
    case 'date':
      return optional(
        reading.wire === 'text'
          ? { kind: 'string' }
          : unionOf([{ kind: 'string' }, { kind: 'number', integer: false }]),
      );
    case 'object':
      return first ? keys(reading, first, value) : optional(loose(emptyObject()));
    case 'compile':
    case 'attempt':
      return first ? reading.inner(first) : anything('schema', value.at);
    case 'array':
      return optional(arrayOfShape(unknownShape('items', value.at)));
    case 'valid':
    case 'equal': {
      const shape = valuesShape(flat(args));
      return shape ? optional(shape) : anything('values', value.at, true);
    }
    case 'alternatives':
    case 'alt':
      return args.length > 0 ? tried(reading, args) : anything('alternatives', value.at, true);
    case 'forbidden':
    case 'any':
      return anything(`Joi.${method}()`, value.at, true);
    default:
      return anything(`Joi.${method}()`, value.at);
  }
}

function flat(args: readonly Value[]): readonly Value[] {
  return args.flatMap((arg) => (arg.t === 'array' ? arg.items : [arg]));
}

function keys(reading: Reading, literal: Value, value: ExternalValue): Demand {
  if (literal.t !== 'object') return anything('keys of an object', value.at, true);
  return { shape: strict(fieldsOf(reading, literal)), optional: true };
}

function tried(reading: Reading, args: readonly Value[]): Demand {
  return { ...anyOf(flat(args).map(reading.inner)), optional: true };
}

function applied(link: Link, base: Demand): Demand {
  const { reading, method, args, value } = link;
  const [first] = args;
  const size = numberOf(first);
  const shaped = (shape: Shape): Demand => ({ ...base, shape });
  const sized = (which: 'min' | 'max' | 'both'): Demand =>
    size === undefined ? base : shaped(limitSize(base.shape, which, size));
  const format = (name: string): Demand => shaped(limitText(base.shape, { format: name }));
  switch (method) {
    case 'required':
    case 'exist':
      return { ...base, optional: false };
    case 'optional':
      return { ...base, optional: true };
    case 'default':
      return { ...base, optional: true, default: scalarOf(first) };
    case 'presence':
      return { ...base, optional: first && fixedText(first) === 'required' ? false : undefined };
    case 'when':
    case 'conditional':
    case 'alter':
    case 'concat':
    case 'empty':
    case 'failover':
    case 'match':
      // What applies depends on other fields; it may allow more than what is written in front.
      return anything(`Joi ${method}()`, value.at);
    case 'allow': {
      const items = flat(args);
      const more = valuesShape(items.filter((item) => item.t !== 'null'));
      const open = items.some(({ t }) => t !== 'text' && t !== 'number' && t !== 'boolean' && t !== 'null');
      if (open) return anything('allowed values', value.at, base.optional);
      const wide = items.some((item) => item.t === 'null') ? nullable(base.shape) : base.shape;
      if (!more || wide.kind === 'unknown') return shaped(wide);
      // The empty text is already among texts that nothing limits.
      const isPlain =
        base.shape.kind === 'string' && !base.shape.values && Object.keys(base.shape).length === 1;
      return shaped(isPlain && more.kind === 'string' ? wide : unionOf([wide, more]));
    }
    case 'valid':
    case 'equal':
    case 'only': {
      const items = flat(args);
      const shape = items.length > 0 && valuesShape(items);
      if (!shape) return method === 'only' ? base : anything('values', value.at, base.optional);
      return shaped(
        base.shape.kind === 'union' && base.shape.of.some(({ kind }) => kind === 'null')
          ? nullable(shape)
          : shape,
      );
    }
    case 'min':
      return sized('min');
    case 'max':
      return sized('max');
    case 'length':
      return sized('both');
    case 'greater':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMinimum: size }));
    case 'less':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMaximum: size }));
    case 'integer':
      return shaped(limitNumber(base.shape, { integer: true }));
    case 'port':
      return shaped(limitNumber(base.shape, { integer: true, minimum: 0, maximum: 65_535 }));
    case 'positive':
      return shaped(limitNumber(base.shape, { exclusiveMinimum: 0 }));
    case 'negative':
      return shaped(limitNumber(base.shape, { exclusiveMaximum: 0 }));
    case 'multiple':
      return size === undefined ? base : shaped(limitNumber(base.shape, { multipleOf: size }));
    case 'email':
      return format('email');
    case 'uuid':
    case 'guid':
      return format('uuid');
    case 'uri':
      return optionOf(reading.run, first, 'allowRelative') ? base : format('uri');
    case 'hostname':
      return format('hostname');
    case 'isoDate':
    case 'iso':
      return shaped(
        limitText(base.shape.kind === 'string' ? base.shape : { kind: 'string' }, { format: iso8601 }),
      );
    case 'pattern':
    case 'regex':
    case 'matches':
      if (first?.t === 'regex' && args[1] && hasInvert(reading, args[1])) return base;
      if (base.shape.kind === 'object') return onObject(base, (shape) => loose(shape, undefined));
      return shaped(limitText(base.shape, patternOf(first)));
    default:
      return ofObject(link, base);
  }
}

function hasInvert({ run }: Reading, options: Value): boolean {
  const invert = optionOf(run, options, 'invert');
  return invert !== undefined && !(invert.t === 'boolean' && !invert.value);
}

function ofObject({ reading, method, args, value }: Link, base: Demand): Demand {
  const [first] = args;
  switch (method) {
    case 'keys':
    case 'append': {
      if (first?.t !== 'object') return base;
      const more = fieldsOf(reading, first);
      // `Joi.object()` alone takes any keys; with keys it takes these.
      return onObject(base, (shape) =>
        shape.strict || Object.keys(shape.fields).length > 0
          ? { ...withFields(shape, more), ...(shape.strict && !more.open && { strict: true as const }) }
          : strict(more),
      );
    }
    case 'unknown': {
      const refused = first?.t === 'boolean' && !first.value;
      return refused ? base : onObject(base, (shape) => loose(shape));
    }
    case 'options':
    case 'prefs':
    case 'preferences': {
      const isOn = (name: string): boolean => {
        const option = optionOf(reading.run, first, name);
        return option !== undefined && !(option.t === 'boolean' && !option.value);
      };
      const presence = optionOf(reading.run, first, 'presence');
      const change = isOn('stripUnknown') ? stripping : isOn('allowUnknown') ? allowing : undefined;
      const lax = change ? { ...base, shape: everywhere(base.shape, change) } : base;
      return presence ? onObject(lax, (shape) => ({ ...shape, fields: withoutRequired(shape.fields) })) : lax;
    }
    case 'items': {
      // A type of an extension (`Joi.extend`) makes what it likes of what comes.
      if (base.shape.kind === 'unknown') return base;
      const all = flat(args);
      const items = all.map((one) => reading.inner(one).shape);
      return {
        ...base,
        shape: { kind: 'array', ...(base.shape.kind === 'array' && base.shape), items: unionOf(items) },
      };
    }
    case 'ordered':
      if (base.shape.kind === 'unknown') return base;
      return {
        ...base,
        shape: {
          ...tupleShape(
            args.map((one) => reading.inner(one).shape),
            false,
            value.at,
          ),
          kind: 'array',
          minItems: 0,
        } as Shape,
      };
    case 'single':
      return base.shape.kind === 'array' ? { ...base, shape: unionOf([base.shape, base.shape.items]) } : base;
    case 'try':
      return tried(reading, args);
    case 'fork':
    case 'optionalKeys':
    case 'requiredKeys':
      return onObject(base, (shape) =>
        method === 'fork'
          ? { ...shape, fields: withoutRequired(shape.fields, new Set(textsOf(first))) }
          : withRequired(
              shape,
              method === 'requiredKeys',
              new Set(flat(args).flatMap((arg) => fixedText(arg) ?? [])),
            ),
      );
    case 'extract': {
      const name = first && fixedText(first);
      const field = base.shape.kind === 'object' && name !== undefined ? base.shape.fields[name] : undefined;
      return field
        ? { shape: field.shape, optional: field.required !== true }
        : anything('schema of a field', value.at);
    }
    default:
      return base;
  }
}

/** Fields that are not listed are dropped, or kept: options hold for the objects within too. */
function stripping(shape: Shape): Shape {
  return shape.kind === 'object' ? { kind: 'object', fields: shape.fields, open: shape.open } : shape;
}

function allowing(shape: Shape): Shape {
  return shape.kind === 'object' ? loose(shape, shape.rest) : shape;
}

type Fields = Extract<Shape, { kind: 'object' }>['fields'];

function withoutRequired(fields: Fields, only?: ReadonlySet<string>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (only && !only.has(name)) return [name, field];
      return [name, { shape: field.shape, at: field.at }];
    }),
  );
}
