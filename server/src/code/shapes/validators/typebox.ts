/** TypeBox: functions that make JSON Schemas, with their types. Nothing is converted. */

import type { Shape } from '../../../contract/shape.ts';
import { callValue } from '../../evaluate/calls.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Demand, ExternalValue, Value } from '../../evaluate/values.ts';
import { enumShape } from '../constants.ts';
import {
  anything,
  arrayOfShape,
  both,
  choose,
  demand,
  emptyObject,
  loose,
  mapShape,
  nullShape,
  numberOf,
  objectDemand,
  onObject,
  optionOf,
  strict,
  textsOf,
  tupleShape,
  unionOf,
  valuesShape,
  withRequired,
  type Reading,
} from './schema.ts';

export function typeboxDemand(reading: Reading, value: ExternalValue): Demand {
  const { run } = reading;
  const [first, second] = value.args ?? [];
  const name = value.path.at(-1) ?? '';
  const inner = (schema: Value | undefined): Demand =>
    schema ? reading.inner(schema) : anything('schema', value.at);
  const parts = (list: Value | undefined): readonly Demand[] | undefined =>
    list?.t === 'array' && !list.open ? list.items.map(reading.inner) : undefined;
  switch (name) {
    case 'String':
      return demand({
        kind: 'string',
        ...limits(reading, first, texts),
        ...numbers(reading, first, lengths),
      });
    case 'Number':
    case 'Integer':
      return demand({ kind: 'number', integer: name === 'Integer', ...numbers(reading, first, ranges) });
    case 'Boolean':
      return demand({ kind: 'boolean' });
    case 'Null':
      return demand(nullShape);
    case 'Literal': {
      const shape = first && valuesShape([first]);
      return shape ? demand(shape) : anything('value', value.at);
    }
    case 'Enum': {
      const shape = first && enumShape(run, first);
      return shape ? demand(shape) : anything('values of an enum', value.at);
    }
    case 'TemplateLiteral':
      return demand({ kind: 'string' });
    case 'Object': {
      const object = objectDemand(reading, first, value.at);
      const rest = optionOf(run, second, 'additionalProperties');
      return onObject(object, (shape) =>
        rest?.t === 'boolean' && !rest.value
          ? strict(shape)
          : loose(shape, rest?.t === 'external' ? inner(rest).shape : undefined),
      );
    }
    case 'Array':
      return demand({
        ...arrayOfShape(inner(first).shape),
        ...numbers(reading, second, ['minItems', 'maxItems']),
      } as Shape);
    case 'Tuple': {
      const items = parts(first);
      return items
        ? demand(
            tupleShape(
              items.map(({ shape }) => shape),
              false,
              value.at,
            ),
          )
        : anything('tuple', value.at);
    }
    case 'Record':
      return demand(mapShape(inner(second).shape));
    case 'Union': {
      const of = parts(first);
      return of ? demand(unionOf(of.map(({ shape }) => shape))) : anything('union', value.at);
    }
    case 'Intersect':
    case 'Composite':
    case 'Evaluate': {
      const of = parts(first);
      return of
        ? demand(of.map(({ shape }) => shape).reduce(both, emptyObject()))
        : anything('intersection', value.at);
    }
    case 'Optional':
      return { ...inner(first), optional: true };
    case 'Readonly':
    case 'ReadonlyOptional':
    case 'Required':
    case 'Partial': {
      const base = inner(first);
      if (name === 'Readonly') return base;
      if (name === 'ReadonlyOptional') return { ...base, optional: true };
      return onObject(base, (shape) => ({
        ...withRequired(shape, name === 'Required'),
        ...(shape.strict && { strict: true as const }),
      }));
    }
    case 'Pick':
    case 'Omit': {
      const names = second?.t === 'array' && !second.open ? second.items.map(fixedText) : undefined;
      return names?.every((one) => one !== undefined)
        ? onObject(inner(first), (shape) => choose(shape, new Set(textsOf(second)), name === 'Pick'))
        : anything(`Type.${name}()`, value.at);
    }
    case 'Extends':
    case 'Any':
    case 'Unknown':
      return anything(`Type.${name}()`, value.at, name === 'Extends' ? undefined : true);
    case 'Recursive':
      return first
        ? reading.inner(callValue(run, first, [], { at: value.at, file: value.at.file }))
        : anything('schema', value.at);
    default:
      return anything(`Type.${name}()`, value.at);
  }
}

const texts = ['format', 'pattern'] as const;
const lengths = ['minLength', 'maxLength'] as const;
const ranges = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;

function limits(
  { run }: Reading,
  options: Value | undefined,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = optionOf(run, options, name);
      const fixed = value && fixedText(value);
      return fixed === undefined ? [] : [[name, fixed]];
    }),
  );
}

function numbers(
  { run }: Reading,
  options: Value | undefined,
  names: readonly string[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = numberOf(optionOf(run, options, name));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
