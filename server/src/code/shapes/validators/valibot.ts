/** Valibot: schemas and actions are functions; `v.pipe(schema, action, …)`, before 0.31 `v.string([action, …])`. Nothing is converted. */

import type { Shape } from '../../../contract/shape.ts';
import { callValue } from '../../evaluate/calls.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import type { Demand, ExternalValue, Value } from '../../evaluate/values.ts';
import { enumShape } from '../constants.ts';
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
  nullShape,
  numberOf,
  objectDemand,
  onObject,
  patternOf,
  quoted,
  strict,
  textsOf,
  tupleShape,
  valuesShape,
  withFields,
  withRequired,
  type Reading,
} from './schema.ts';

export function valibotDemand(reading: Reading, value: ExternalValue): Demand {
  const { run } = reading;
  const [first, second] = value.args ?? [];
  const name = value.path.at(-1) ?? '';
  const inner = (schema: Value | undefined): Demand =>
    schema ? reading.inner(schema) : anything('schema', value.at);
  const fixed = (shape: Shape | undefined): Demand => (shape ? demand(shape) : anything('values', value.at));
  switch (name) {
    case 'string':
      return piped(demand({ kind: 'string' }), actionsIn(value.args));
    case 'number':
      return piped(demand({ kind: 'number', integer: false }), actionsIn(value.args));
    case 'boolean':
      return demand({ kind: 'boolean' });
    case 'null':
    case 'null_':
      return demand(nullShape);
    case 'any':
    case 'unknown':
    case 'undefined':
    case 'undefined_':
    case 'void':
      return anything(`${name}()`, value.at, true);
    case 'literal':
      return fixed(first && valuesShape([first]));
    case 'picklist': {
      const values = listed(run, first);
      return fixed(values && valuesShape(values));
    }
    case 'enum':
    case 'enum_':
      return fixed(first && enumShape(run, first));
    case 'object':
    case 'objectAsync':
      return objectDemand(reading, first, value.at);
    case 'strictObject':
      return onObject(objectDemand(reading, first, value.at), strict);
    case 'looseObject':
    case 'objectWithRest':
      return onObject(objectDemand(reading, first, value.at), (shape) =>
        loose(shape, second && inner(second).shape),
      );
    case 'array':
      return piped(demand(arrayOfShape(inner(first).shape)), actionsIn(value.args));
    case 'tuple':
    case 'strictTuple':
    case 'looseTuple':
      return first?.t === 'array' && !first.open
        ? demand(
            tupleShape(
              first.items.map((one) => inner(one).shape),
              name !== 'strictTuple',
              value.at,
            ),
          )
        : anything('tuple', value.at);
    case 'record':
      return demand(mapShape(inner(second).shape));
    case 'union':
    case 'variant': {
      const list = name === 'union' ? first : second;
      return list?.t === 'array' && !list.open && list.items.length > 0
        ? anyOf(list.items.map(reading.inner))
        : anything(`${name}()`, value.at);
    }
    case 'intersect':
      return first?.t === 'array' && !first.open
        ? demand(first.items.map((one) => inner(one).shape).reduce(both))
        : anything('intersect()', value.at);
    case 'optional':
    case 'exactOptional':
    case 'undefinedable':
      return { ...inner(first), optional: true };
    case 'nullable':
      return onShape(inner(first), nullable);
    case 'nullish':
      return { ...onShape(inner(first), nullable), optional: true };
    case 'nonOptional':
      return { ...inner(first), optional: false };
    case 'partial':
    case 'required': {
      const names = second?.t === 'array' ? new Set(textsOf(second)) : undefined;
      return onObject(inner(first), (shape) => withRequired(shape, name === 'required', names));
    }
    case 'pick':
    case 'omit':
      return onObject(inner(first), (shape) => choose(shape, new Set(textsOf(second)), name === 'pick'));
    case 'merge':
      return first?.t === 'array'
        ? first.items
            .map(inner)
            .reduce((all, one) =>
              onObject(all, (shape) =>
                one.shape.kind === 'object' ? withFields(shape, one.shape) : loose(shape),
              ),
            )
        : anything('merge()', value.at);
    case 'lazy':
      return first
        ? inner(callValue(run, first, [], { at: value.at, file: value.at.file }))
        : anything('schema', value.at);
    case 'pipe':
    case 'pipeAsync':
      return piped(inner(first), (value.args ?? []).slice(1));
    case 'config':
    case 'message':
      return inner(first);
    case 'fallback':
      return anything('fallback()', value.at, true);
    case 'file':
    case 'blob':
      return demand({ kind: 'binary' });
    default:
      return anything(`${name}()`, value.at);
  }
}

function onShape(given: Demand, change: (shape: Shape) => Shape): Demand {
  return { ...given, shape: change(given.shape) };
}

function actionsIn(args: readonly Value[] = []): readonly Value[] {
  return args.flatMap((arg) => (arg.t === 'array' ? arg.items : []));
}

const formats: Readonly<Record<string, string>> = {
  email: 'email',
  url: 'uri',
  uuid: 'uuid',
  isoDate: 'date',
  isoTimestamp: 'date-time',
  isoTime: 'time',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  base64: 'byte',
};

/** Actions behind one that makes something else of the value say nothing of what comes in. */
const changing =
  /^(?:transform|rawTransform|parseJson|to[A-Z].*|reduceItems|mapItems|filterItems|trim.*|normalize)/;

function piped(given: Demand, actions: readonly Value[]): Demand {
  let { shape } = given;
  for (const action of actions) {
    if (action.t !== 'external') break;
    const name = action.path.at(-1) ?? '';
    if (changing.test(name)) break;
    shape = limited(shape, name, action.args?.[0]);
  }
  return { ...given, shape };
}

function limited(shape: Shape, name: string, first: Value | undefined): Shape {
  const size = numberOf(first);
  const format = formats[name];
  if (format !== undefined) return limitText(shape, { format });
  switch (name) {
    case 'minLength':
    case 'minValue':
      return size === undefined ? shape : limitSize(shape, 'min', size);
    case 'maxLength':
    case 'maxValue':
      return size === undefined ? shape : limitSize(shape, 'max', size);
    case 'length':
      return size === undefined ? shape : limitSize(shape, 'both', size);
    case 'nonEmpty':
      return limitSize(shape, 'min', 1);
    case 'gtValue':
      return size === undefined ? shape : limitNumber(shape, { exclusiveMinimum: size });
    case 'ltValue':
      return size === undefined ? shape : limitNumber(shape, { exclusiveMaximum: size });
    case 'multipleOf':
      return size === undefined ? shape : limitNumber(shape, { multipleOf: size });
    case 'integer':
    case 'safeInteger':
      return limitNumber(shape, { integer: true });
    case 'regex':
      return limitText(shape, patternOf(first));
    case 'startsWith': {
      const text = first && fixedText(first);
      return text === undefined ? shape : limitText(shape, { pattern: `^${quoted(text)}` });
    }
    default:
      return shape;
  }
}
