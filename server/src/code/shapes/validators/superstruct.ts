/** Superstruct: structs are functions of structs. Nothing is converted but by `create()` and `mask()`, which only fill in defaults. */

import type { Demand, ExternalValue, Value } from '../../evaluate/values.ts';
import {
  anyOf,
  anything,
  arrayOfShape,
  both,
  choose,
  demand,
  limitNumber,
  limitSize,
  limitText,
  listed,
  loose,
  mapShape,
  nullable,
  numberOf,
  objectDemand,
  onObject,
  optionOf,
  patternOf,
  strict,
  textsOf,
  tupleShape,
  valuesShape,
  withFields,
  withRequired,
  type Reading,
} from './schema.ts';

export function superstructDemand(reading: Reading, value: ExternalValue): Demand {
  const { run } = reading;
  const [first, second, third] = value.args ?? [];
  const name = value.path.at(-1) ?? '';
  const inner = (schema: Value | undefined): Demand =>
    schema ? reading.inner(schema) : anything('struct', value.at);
  const isExclusive = optionOf(run, third, 'exclusive')?.t === 'boolean';
  switch (name) {
    case 'string':
    case 'trimmed':
      return name === 'string' ? demand({ kind: 'string' }) : inner(first);
    case 'number':
      return demand({ kind: 'number', integer: false });
    case 'integer':
      return demand({ kind: 'number', integer: true });
    case 'boolean':
      return demand({ kind: 'boolean' });
    case 'any':
    case 'unknown':
      return anything(`${name}()`, value.at, true);
    case 'literal': {
      const shape = first && valuesShape([first]);
      return shape ? demand(shape) : anything('value', value.at);
    }
    case 'enums': {
      const values = listed(run, first);
      const shape = values && valuesShape(values);
      return shape ? demand(shape) : anything('values', value.at);
    }
    case 'object':
      return first
        ? onObject(objectDemand(reading, first, value.at), strict)
        : objectDemand(reading, first, value.at);
    case 'type':
      return onObject(objectDemand(reading, first, value.at), (shape) => loose(shape));
    case 'array':
      return demand(arrayOfShape(inner(first).shape));
    case 'tuple':
      return first?.t === 'array' && !first.open
        ? demand(
            tupleShape(
              first.items.map((one) => inner(one).shape),
              false,
              value.at,
            ),
          )
        : anything('tuple', value.at);
    case 'record':
      return demand(mapShape(inner(second).shape));
    case 'union':
      return first?.t === 'array' && !first.open && first.items.length > 0
        ? anyOf(first.items.map(reading.inner))
        : anything('union()', value.at);
    case 'intersection':
      return first?.t === 'array' && !first.open
        ? demand(first.items.map((one) => inner(one).shape).reduce(both))
        : anything('intersection()', value.at);
    case 'assign':
      return (value.args ?? [])
        .map(inner)
        .reduce((all, one) =>
          onObject(all, (shape) =>
            one.shape.kind === 'object'
              ? { ...withFields(shape, one.shape), ...(shape.strict && { strict: true as const }) }
              : loose(shape),
          ),
        );
    case 'optional':
    case 'defaulted':
      return { ...inner(first), optional: true };
    case 'nullable': {
      const base = inner(first);
      return { ...base, shape: nullable(base.shape) };
    }
    case 'partial':
      return onObject(inner(first), (shape) => ({
        ...withRequired(shape, false),
        ...(shape.strict && { strict: true as const }),
      }));
    case 'pick':
    case 'omit':
      return onObject(inner(first), (shape) => choose(shape, new Set(textsOf(second)), name === 'pick'));
    case 'size': {
      const [from, to] = [numberOf(second), numberOf(third) ?? numberOf(second)];
      const base = inner(first);
      const least = from === undefined ? base.shape : limitSize(base.shape, 'min', from);
      return { ...base, shape: to === undefined ? least : limitSize(least, 'max', to) };
    }
    case 'min':
    case 'max': {
      const size = numberOf(second);
      const base = inner(first);
      if (size === undefined || isExclusive) return base;
      return {
        ...base,
        shape: limitNumber(base.shape, name === 'min' ? { minimum: size } : { maximum: size }),
      };
    }
    case 'nonempty': {
      const base = inner(first);
      return { ...base, shape: limitSize(base.shape, 'min', 1) };
    }
    case 'pattern': {
      const base = inner(first);
      return { ...base, shape: limitText(base.shape, patternOf(second)) };
    }
    case 'refine':
    case 'deprecated':
      return inner(first);
    default:
      // `coerce`, `define`, `dynamic`, `lazy`, `date`, `regexp`: code decides.
      return anything(`${name}()`, value.at);
  }
}
