/** Lists of a written type: what is in them is known, and not how many there are. */

import type { Shape } from '../../contract/shape.ts';
import { objectBehind, resolveRef } from '../shapes/named-shapes.ts';
import { jsonOf, shapeOfValue } from '../shapes/values.ts';
import { noteLook } from './readings.ts';
import { inHandler, type Run } from './run.ts';
import {
  arrayOf,
  boolean,
  dynamic,
  type ArrayValue,
  type ExternalValue,
  type Site,
  type UnknownValue,
  type Value,
} from './values.ts';
import { elementType } from './written.ts';

/** Methods that say something of a list of which only the elements are known. */
const methods: ReadonlySet<string> = new Set([
  'at',
  'concat',
  'every',
  'filter',
  'find',
  'findLast',
  'flatMap',
  'forEach',
  'map',
  'reverse',
  'slice',
  'some',
  'sort',
  'toReversed',
  'toSorted',
]);

export function isListMethod(name: string): boolean {
  return methods.has(name);
}

/** The list that a value of a written type surely is; only handlers get one, so that no table of routes comes of it. */
export function listBehind(run: Run, value: Value, site: Site): ArrayValue | undefined {
  if (!inHandler(run) || (value.t !== 'unknown' && value.t !== 'external')) return undefined;
  if (value.t === 'unknown' && !value.type) return undefined;
  if (!isList(shapeOfValue(run, value, site.at))) return undefined;
  return { ...arrayOf([elementOf(value, site)], site.at, true), each: true };
}

/** Packages in which `map` is a method of something else than lists: streams, and maps that keep their keys. */
const otherMaps: ReadonlySet<string> = new Set(['@nestjs/axios', '@nestjs/common', 'immutable', 'rxjs']);

/** What has a method `map`, and no type: rows of a database that nobody describes. What is in it is not known. */
export function untypedList(
  run: Run,
  value: UnknownValue | ExternalValue,
  site: Site,
): ArrayValue | undefined {
  if (!inHandler(run) || value.type) return undefined;
  if (value.t === 'external' && (otherMaps.has(value.module) || !(value.args ?? value.on))) return undefined;
  return { ...arrayOf([dynamic('element', site.at)], site.at, true), each: true };
}

function elementOf(value: UnknownValue | ExternalValue, { at }: Site): Value {
  if (value.type) {
    const { type, scope } = value.type;
    return { ...dynamic('element', at), type: { type: elementType(type), scope } };
  }
  if (value.t === 'unknown') return dynamic('element', at);
  // Of the result of a query.
  const on = value.args ? value : value.on;
  return { t: 'external', module: value.module, path: [...value.path, '0'], at, ...(on && { on }) };
}

function isList(shape: Shape): boolean {
  if (shape.kind !== 'union') return shape.kind === 'array';
  const parts = shape.of.filter(({ kind }) => kind !== 'null');
  return parts.length > 0 && parts.every(({ kind }) => kind === 'array');
}

/** `Array.isArray(value)`. Of requests a type says what is wished for and not what comes. */
export function isArray(run: Run, value: Value | undefined, site: Site): Value {
  const undecided = dynamic('condition', site.at);
  noteLook(value);
  if (!value || value.t === 'union' || (value.t === 'model' && inHandler(run))) return undecided;
  if (value.t !== 'unknown' && value.t !== 'external') return boolean(value.t === 'array');
  if (!value.type || (value.t === 'unknown' && value.reading) || !inHandler(run)) return undecided;
  const { shape, optional } = jsonOf(run, value, site.at);
  if (optional || !shape) return undecided;
  return shape.kind === 'array' ? boolean(true) : objectBehind(run, shape) ? boolean(false) : undecided;
}

/**
 * An element that passed a test. What the test was is not read, so nothing is said of an element whose type has a choice
 * that the test may have made: an alternative, a literal, a field that may be missing or null.
 */
export function tested(run: Run, element: Value, site: Site): Value {
  if (element.t !== 'unknown' && element.t !== 'external') return element;
  const { shape, optional } = jsonOf(run, element, site.at);
  return optional || (shape && hasChoice(run, shape)) ? dynamic('element', site.at) : element;
}

function hasChoice(run: Run, shape: Shape, isInner = false): boolean {
  switch (shape.kind) {
    case 'ref': {
      const target = resolveRef(run, shape.id);
      return !isInner && target !== undefined && hasChoice(run, target);
    }
    case 'union':
      return true;
    case 'string':
    case 'number':
      return shape.values !== undefined && shape.values.length > 1;
    case 'object':
      return (
        !isInner &&
        Object.values(shape.fields).some(
          (field) => field.required !== true || hasChoice(run, field.shape, true),
        )
      );
    default:
      return false;
  }
}
