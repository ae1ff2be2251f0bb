/** Yup. It casts before it checks, unless it is told to be strict: `validate()` takes texts of numbers and the like. */

import type { Shape } from '../../../contract/shape.ts';
import type { Demand, ExternalValue, Value } from '../../evaluate/values.ts';
import {
  anything,
  arrayOfShape,
  choose,
  emptyObject,
  everywhere,
  fieldsOf,
  limitNumber,
  limitSize,
  limitText,
  loose,
  nullable,
  nullShape,
  numberOf,
  objectDemand,
  onObject,
  orBooleanText,
  orNumericText,
  orScalar,
  patternOf,
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

export function yupDemand(reading: Reading, value: ExternalValue): Demand {
  const { on, args = [] } = value;
  const method = value.path.at(-1) ?? '';
  const link: Link = { reading, method, args, value };
  return on ? applied(link, reading.inner(on)) : made(link);
}

/** With what is cast: texts of numbers and truth values, scalars as texts. */
export function yupConverted(reading: Reading, value: ExternalValue, given: Demand): Demand {
  for (let link: ExternalValue | undefined = value; link; link = link.on)
    if (link.path.at(-1) === 'strict' && !isOff(link.args?.[0])) return given;
  if (reading.wire === 'text') return given;
  return { ...given, shape: everywhere(given.shape, cast) };
}

function isOff(value: Value | undefined): boolean {
  return value?.t === 'boolean' && !value.value;
}

function cast(shape: Shape): Shape {
  switch (shape.kind) {
    case 'number':
      return orNumericText(shape);
    case 'boolean':
      return unionOf([
        orBooleanText(shape, ['true', 'false', '1', '0']),
        { kind: 'number', integer: true, values: [0, 1] },
      ]);
    case 'string':
      return orScalar(shape);
    default:
      return shape;
  }
}

/** Values may be missing unless they are required; an object is made of the defaults of its fields. */
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
      return optional(unionOf([{ kind: 'string' }, { kind: 'number', integer: false }]));
    case 'array':
      return optional(arrayOfShape(first ? reading.inner(first).shape : unknownShape('items', value.at)));
    case 'tuple':
      return optional(
        first?.t === 'array' && !first.open
          ? tupleShape(
              first.items.map((one) => reading.inner(one).shape),
              false,
              value.at,
            )
          : unknownShape('tuple', value.at),
      );
    case 'object':
      return {
        ...onObject(
          first ? objectDemand(reading, first, value.at) : { shape: emptyObject(), optional: true },
          (shape) => loose(shape),
        ),
        optional: undefined,
      };
    default:
      // `mixed`, `lazy`, `ref`, `addMethod`: code decides.
      return anything(`yup.${method}()`, value.at, method === 'mixed' ? true : undefined);
  }
}

function applied(link: Link, base: Demand): Demand {
  const { method, args } = link;
  const [first] = args;
  const size = numberOf(first);
  const shaped = (shape: Shape): Demand => ({ ...base, shape });
  switch (method) {
    case 'required':
      return {
        shape: base.shape.kind === 'string' ? limitSize(base.shape, 'min', 1) : base.shape,
        optional: false,
      };
    case 'defined':
      return { ...base, optional: false };
    case 'optional':
    case 'notRequired':
    case 'default': {
      const isNullable = method === 'notRequired';
      return { shape: isNullable ? nullable(base.shape) : base.shape, optional: true };
    }
    case 'nullable':
      return isOff(first) ? base : shaped(nullable(base.shape));
    case 'nullish':
      return { shape: nullable(base.shape), optional: true };
    case 'oneOf':
    case 'equals': {
      const values = first?.t === 'array' && !first.open ? valuesShape(first.items) : undefined;
      if (!values) return anything('values', link.value.at, base.optional);
      const hasNull = base.shape.kind === 'union' && base.shape.of.includes(nullShape);
      return shaped(hasNull ? nullable(values) : values);
    }
    case 'min':
      return size === undefined ? base : shaped(limitSize(base.shape, 'min', size));
    case 'max':
      return size === undefined ? base : shaped(limitSize(base.shape, 'max', size));
    case 'length':
      return size === undefined ? base : shaped(limitSize(base.shape, 'both', size));
    case 'moreThan':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMinimum: size }));
    case 'lessThan':
      return size === undefined ? base : shaped(limitNumber(base.shape, { exclusiveMaximum: size }));
    case 'positive':
      return shaped(limitNumber(base.shape, { exclusiveMinimum: 0 }));
    case 'negative':
      return shaped(limitNumber(base.shape, { exclusiveMaximum: 0 }));
    case 'integer':
      return shaped(limitNumber(base.shape, { integer: true }));
    case 'email':
    case 'uuid':
      return shaped(limitText(base.shape, { format: method }));
    case 'url':
      return shaped(limitText(base.shape, { format: 'uri' }));
    case 'datetime':
      return shaped(limitText(base.shape, { format: 'date-time' }));
    case 'matches':
      // With `excludeEmptyString` the empty text passes too.
      return args[1]?.t === 'object' ? base : shaped(limitText(base.shape, patternOf(first)));
    case 'when':
    case 'transform':
      return anything(`yup ${method}()`, link.value.at);
    default:
      return ofObject(link, base);
  }
}

function ofObject({ reading, method, args }: Link, base: Demand): Demand {
  const [first] = args;
  switch (method) {
    case 'shape':
      return first?.t === 'object'
        ? onObject(base, (shape) => withFields(loose(shape) as typeof shape, fieldsOf(reading, first)))
        : onObject(base, (shape) => loose(shape));
    case 'of':
      return base.shape.kind === 'array' && first
        ? { ...base, shape: { ...base.shape, items: reading.inner(first).shape } }
        : base;
    case 'noUnknown':
    case 'exact':
      return isOff(first) ? base : onObject(base, ({ kind, fields }) => ({ kind, fields, open: false }));
    case 'concat': {
      const other = first && reading.inner(first).shape;
      return onObject(base, (shape) => (other?.kind === 'object' ? withFields(shape, other) : loose(shape)));
    }
    case 'partial':
    case 'deepPartial':
      return onObject(base, (shape) => withRequired(shape, false));
    case 'pick':
    case 'omit':
      return onObject(base, (shape) => choose(shape, new Set(textsOf(first)), method === 'pick'));
    default:
      return base;
  }
}
