/** Evaluated values as JSON has them. */

import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { findMember } from '../evaluate/class-members.ts';
import { read, type Run } from '../evaluate/run.ts';
import { fixedText } from '../evaluate/text-parts.ts';
import {
  noPlace,
  placeOf,
  type ExternalValue,
  type ObjectValue,
  type Value,
  type WrittenType,
} from '../evaluate/values.ts';
import { absent, alternativesOf, present, unionOfAll, unknownShape, type Json } from './algebra.ts';
import { externalType } from './known.ts';
import { isPrisma, prismaResult } from './prisma.ts';
import { objectBehind } from './named-shapes.ts';
import { arrayOf, fieldOf, jsonOfType, memberJson } from './types.ts';

/** Nested deeper than this, a literal is too large to be worth comparing. */
const depthLimit = 6;

export function shapeOfValue(run: Run, value: Value, at: Span): Shape {
  return jsonOf(run, value, at).shape ?? unread('value', at);
}

export function jsonOf(run: Run, value: Value, at: Span): Json {
  return jsonOfValue(run, value, at, 0);
}

function unread(what: string, at: Span): Shape {
  return unknownShape({ why: 'dynamic', what, at });
}

function jsonOfValue(run: Run, value: Value, at: Span, depth: number): Json {
  if (depth > depthLimit) return present(unknownShape({ why: 'limit', what: 'depth of a value', at }));
  switch (value.t) {
    case 'text': {
      const text = value.parts.some((part) => 'text' in part && part.configured)
        ? undefined
        : fixedText(value);
      return present({ kind: 'string', ...(text !== undefined && { values: [text] }) });
    }
    case 'number':
      return present({ kind: 'number', integer: Number.isInteger(value.value), values: [value.value] });
    case 'boolean':
      return present({ kind: 'boolean', values: [value.value] });
    case 'null':
      return present({ kind: 'null' });
    case 'undefined':
    case 'function':
    case 'class':
    case 'native':
      return absent;
    case 'regex':
      return present({ kind: 'object', fields: {}, open: false });
    case 'array': {
      const items = value.items.map((item) => jsonOfValue(run, item, at, depth + 1));
      if (items.length === 0) {
        const empty = !value.open && !value.shared;
        return present({ kind: 'array', items: unread('elements', at), ...(empty && { maxItems: 0 }) });
      }
      const known = present(arrayOf({ at }, unionOfAll(items)));
      return value.open && !value.each && !isList(value.items)
        ? present({ kind: 'array', items: unread('elements', at) })
        : known;
    }
    case 'object':
      return present(objectShape(run, value, at, depth));
    case 'union': {
      const parts = value.of.map((one) => jsonOfValue(run, one, at, depth));
      // The text beside what was parsed of it is what is left where there is nothing to parse.
      return besideUnknown(
        value.of.some(isParsed) ? parts.filter(({ shape }) => !shape || !mayBeText(shape)) : parts,
      );
    }
    case 'external': {
      const json = value.type
        ? ofType(run, value.type, at)
        : (externalJson(run, value, at) ?? present(unread('value', at)));
      // A type that says text was written for what it was before it was parsed.
      return isParsed(value) && json.shape && mayBeText(json.shape)
        ? present(unread('parsed text', at))
        : json;
    }
    case 'unknown':
      return value.type ? ofType(run, value.type, at) : present(unknownShape(value.reason));
    default:
      return present(unread('value', at));
  }
}

/** `row.phone || null`: whatever the one is, the other is written there. */
function besideUnknown(parts: readonly Json[]): Json {
  const all = unionOfAll(parts);
  if (all.shape?.kind !== 'unknown') return all;
  const written = unionOfAll(parts.filter(({ shape }) => shape && isScalar(shape))).shape;
  return written ? { ...all, shape: { kind: 'union', of: [all.shape, ...alternativesOf(written)] } } : all;
}

function isScalar({ kind }: Shape): boolean {
  return kind === 'null' || kind === 'string' || kind === 'number' || kind === 'boolean';
}

function isParsed(value: Value): boolean {
  return value.t === 'external' && value.module === 'global:JSON' && value.path.at(-1) === 'parse';
}

function mayBeText(shape: Shape): boolean {
  return shape.kind === 'string' || (shape.kind === 'union' && shape.of.some(mayBeText));
}

/** The elements of a list of a written type stand for all that it may have. */
function isList(items: readonly Value[]): boolean {
  return items.every((item) => (item.t === 'unknown' || item.t === 'external') && item.type !== undefined);
}

function ofType(run: Run, { type, scope, part }: WrittenType, at: Span): Json {
  const whole = jsonOfType(run, type, scope, at);
  const json = part && whole.shape ? { ...whole, shape: withPossibleNull(whole.shape) } : whole;
  return run.written && run.written.size > 0 ? withWritten(run, json, run.written) : json;
}

/** `string | null` was written for a value of which another place, or another way through this one, may have the `null`. */
function withPossibleNull(shape: Shape): Shape {
  switch (shape.kind) {
    case 'null':
      return { kind: 'null', possible: true };
    case 'union':
      return { ...shape, of: shape.of.map(withPossibleNull) };
    default:
      return shape;
  }
}

/** An optional property that was set, of this value or of another one, may be there for sure. */
function withWritten(run: Run, json: Json, names: ReadonlySet<string>): Json {
  const object = json.shape && objectBehind(run, json.shape);
  const set = Object.entries(object?.fields ?? {}).filter(
    ([name, { required }]) => required === false && names.has(name),
  );
  if (!object || set.length === 0) return json;
  const fields = Object.fromEntries(
    set.map(([name, { shape, at }]): [string, Field] => [name, { shape, at }]),
  );
  return { ...json, shape: { ...object, fields: { ...object.fields, ...fields } } };
}

function externalJson(run: Run, value: ExternalValue, at: Span): Json | undefined {
  if (isPrisma(value.module)) return prismaJson(run, value, at);
  const name = value.path.at(-1) ?? '';
  if (value.module === 'global:Date' && value.args) {
    if (name === 'now') return present({ kind: 'number', integer: true });
    if (name === 'toISOString' || value.path.length === 0)
      return present({ kind: 'string', format: 'date-time' });
    return name.startsWith('to') ? present({ kind: 'string' }) : undefined;
  }
  if (value.module === 'global:JSON' && name === 'stringify') return present({ kind: 'string' });
  return value.args && value.path.length === 1
    ? externalType(value.module, value.path, () => absent)
    : undefined;
}

/** The result of a query, or a property of it: `user.email`. */
function prismaJson(run: Run, value: ExternalValue, at: Span): Json | undefined {
  const { on } = value;
  const result = value.args ? value : on;
  const json = result && prismaResult(run, result, at);
  return !json || result === value
    ? json
    : memberJson({ run, at }, json, value.path.slice(result.path.length));
}

function objectShape(run: Run, value: ObjectValue, at: Span, depth: number): Shape {
  if (value.cls && (value.cls.parent?.t === 'external' || findMember(run, value.cls, 'toJSON', false)))
    return unread('instance', at);
  // A `Map` or `Set`.
  if (value.props.has('[[entries]]')) return { kind: 'object', fields: {}, open: false };
  const fields: Record<string, Field> = {};
  let { open } = value;
  if (value.proto) open = true;
  for (const [name, cell] of value.props) {
    if (name.startsWith('[[') || name.startsWith('set ')) continue;
    if (name === 'toJSON') return unread('toJSON()', at);
    if (name.startsWith('get ')) {
      if (!value.cls) fields[name.slice(4)] = { shape: unread('getter', value.at), at: value.at };
      continue;
    }
    const property = read(run, cell);
    const place = placeOf(property);
    // A constant of another file is not what is wrong with an object.
    const isHere = place && place !== noPlace && place.file === value.at.file;
    const field = fieldOf(jsonOfValue(run, property, at, depth + 1), isHere ? place : value.at);
    if (field) fields[name] = certainty(field, property);
  }
  return { kind: 'object', fields, open, ...(!open && { whole: true as const }) };
}

/** A field with what can be told of whether it is there. */
function certainty(field: Field, value: Value): Field {
  if (isUnset(value)) return { shape: field.shape, at: field.at };
  return field.required === false && isPartOfTyped(value) ? { ...field, set: true } : field;
}

function isPartOfTyped(value: Value): boolean {
  return value.t === 'union'
    ? value.of.some(isPartOfTyped)
    : (value.t === 'unknown' || value.t === 'external') && value.type?.part === true;
}

/** Nobody knows whether it is there. */
function isUnset(value: Value): boolean {
  return value.t === 'unknown' ? value.unset === true : value.t === 'union' && value.of.some(isUnset);
}
