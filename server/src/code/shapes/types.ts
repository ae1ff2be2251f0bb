/**
 * Written types as JSON has them, resolved over facts without a type checker. Every operator of types works on
 * shapes: `keyof` gives the names as a string shape, a type parameter is bound to what its argument looks like.
 *
 * Named object types become `ref`s and are resolved when somebody asks, so recursion is nothing special, what many
 * handlers share is there once, and no result depends on what was asked for first.
 */

import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import type { TypeExpr } from '../program/program.ts';
import type { Run } from '../evaluate/run.ts';
import type { Scope } from '../evaluate/values.ts';
import {
  absent,
  intersectionOf,
  literalNames,
  present,
  unionOf,
  unionOfAll,
  unknownShape,
  type Json,
} from './algebra.ts';
import { withDocLimits } from './doc-limits.ts';
import { constantJson, keysOfValue } from './constants.ts';
import { objectBehind } from './named-shapes.ts';
import { limited, unread, type Reading } from './reading.ts';
import { reference } from './references.ts';

/** Types nested deeper say nothing that is worth comparing. */
const depthLimit = 24;

/** What a value of this type looks like as JSON. */
export function jsonOfType(run: Run, type: TypeExpr, scope: Scope, at: Span): Json {
  return readType({ run, scope, bindings: new Map(), at, depth: 0 }, type);
}

export function shapeOfType(run: Run, type: TypeExpr | undefined, scope: Scope, at: Span): Shape {
  const unknown = unknownShape({ why: 'dynamic', what: 'type', at });
  return type ? (jsonOfType(run, type, scope, at).shape ?? unknown) : unknown;
}

/** Does the type itself allow the value to be missing? */
export function allowsMissing(type: TypeExpr | undefined): boolean {
  return type?.k === 'union' && type.of.some((one) => one.k === 'kw' && one.name === 'undefined');
}

export function readType(reading: Reading, type: TypeExpr): Json {
  if (reading.depth > depthLimit) return limited(reading, 'depth of a type');
  const inner: Reading = { ...reading, depth: reading.depth + 1 };
  switch (type.k) {
    case 'kw':
      return keyword(reading, type.name);
    case 'lit':
      return present(literalShape(type.v));
    case 'template':
      return present({ kind: 'string' });
    case 'fnType': {
      const { returns } = type;
      return returns ? { ...absent, returns: () => readType(inner, returns) } : absent;
    }
    case 'array':
      return present(arrayOf(inner, readType(inner, type.item)));
    case 'tuple':
      return present(arrayOf(inner, unionOfAll(type.items.map((item) => readType(inner, item)))));
    case 'union':
      return unionOfAll(type.of.map((one) => readType(inner, one)));
    case 'inter':
      return intersection(
        inner,
        type.of.map((one) => readType(inner, one)),
      );
    case 'obj':
      return present(membersShape(inner, type));
    case 'mapped':
      return mapped(inner, type);
    case 'keyof':
      return keys(inner, type.x);
    case 'typeof':
      return typeofJson(inner, type.name);
    case 'indexed':
      return indexed(inner, readType(inner, type.x), readType(inner, type.key));
    case 'ref':
      return reference(inner, type);
    case 'unsupported':
      return present(unknownShape({ why: 'unsupported', construct: type.what, at: reading.at }));
  }
}

function keyword(reading: Reading, name: string): Json {
  switch (name) {
    case 'string':
      return present({ kind: 'string' });
    case 'number':
      return present({ kind: 'number', integer: false });
    case 'boolean':
      return present({ kind: 'boolean' });
    case 'null':
      return present({ kind: 'null' });
    case 'undefined':
    case 'void':
    case 'never':
    case 'symbol':
      return absent;
    case 'object':
      return present({ kind: 'object', fields: {}, open: true });
    case 'bigint':
      // `JSON.stringify` throws, unless the project has taught it otherwise.
      return present(unknownShape({ why: 'unsupported', construct: 'bigint in JSON', at: reading.at }));
    default:
      return unread(reading, `type ${name}`);
  }
}

function literalShape(value: string | number | boolean): Shape {
  if (typeof value === 'string') return { kind: 'string', values: [value] };
  return typeof value === 'number'
    ? { kind: 'number', integer: Number.isInteger(value), values: [value] }
    : { kind: 'boolean', values: [value] };
}

/** In a list, what is missing elsewhere is `null` (ECMA-262, SerializeJSONArray). */
export function arrayOf({ at }: { readonly at: Span }, { shape, optional }: Json): Shape {
  const items = unionOf([...(shape ? [shape] : []), ...(optional ? [{ kind: 'null' } as const] : [])]);
  return { kind: 'array', items: items ?? unknownShape({ why: 'dynamic', what: 'elements', at }) };
}

/** A field of this type; nothing for what JSON leaves out. */
export function fieldOf({ shape, optional }: Json, at: Span): Field | undefined {
  return shape && { shape, required: !optional, at };
}

function membersShape(reading: Reading, type: TypeExpr & { readonly k: 'obj' }): Shape {
  const fields: Record<string, Field> = {};
  for (const member of type.members) {
    const at: Span = { file: reading.scope.file, start: member.s, end: member.e };
    const json = fieldType({ ...reading, at }, member.t);
    if (member.name === 'toJSON') return json.returns?.().shape ?? unread(reading, 'toJSON()').shape ?? never;
    const shape = withDocLimits(reading.run, json.shape, member.tags);
    const field = fieldOf({ shape, optional: json.optional || member.optional === true }, at);
    if (field) fields[member.name] = field;
  }
  const rest = type.index && readType(reading, type.index).shape;
  return { kind: 'object', fields, open: type.index !== undefined, ...(rest && { rest }) };
}

const never: Shape = { kind: 'object', fields: {}, open: true };

/** A promise inside of an object is no answer that is waited for. */
export function fieldType(reading: Reading, type: TypeExpr): Json {
  const isPromise = type.k === 'ref' && /^(?:Promise|PromiseLike|Observable)$/.test(type.name);
  return isPromise ? unread(reading, `${type.name} in a field`) : readType(reading, type);
}

function intersection(reading: Reading, parts: readonly Json[]): Json {
  const shapes = parts.flatMap(({ shape }) => (shape ? [shape] : []));
  const shape = intersectionOf(shapes, (one) => objectBehind(reading.run, one));
  return shape ? present(shape) : absent;
}

function mapped(reading: Reading, type: TypeExpr & { readonly k: 'mapped' }): Json {
  const source =
    type.keys.k === 'keyof' ? objectBehind(reading.run, readType(reading, type.keys.x).shape) : undefined;
  const keyShape = readType(reading, type.keys).shape;
  const valueFor = (key: Shape): Json =>
    readType({ ...reading, bindings: new Map([...reading.bindings, [type.param, present(key)]]) }, type.t);
  const names = literalNames(keyShape);
  if (!keyShape || !names) {
    if (keyShape?.kind !== 'string' && keyShape?.kind !== 'number') return unread(reading, 'mapped type');
    const rest = valueFor({ kind: 'string' }).shape;
    return present({ kind: 'object', fields: {}, open: true, ...(rest && { rest }) });
  }
  const fields: Record<string, Field> = {};
  for (const name of names) {
    const json = valueFor({ kind: 'string', values: [name] });
    const wasOptional = source?.fields[name]?.required === false;
    const isOptional = type.optional === '+' || (type.optional !== '-' && (json.optional || wasOptional));
    const field = fieldOf({ ...json, optional: isOptional }, source?.fields[name]?.at ?? reading.at);
    if (field) fields[name] = field;
  }
  return present({ kind: 'object', fields, open: source?.open ?? false });
}

function keys(reading: Reading, type: TypeExpr): Json {
  if (type.k === 'typeof') {
    const names = keysOfValue(reading.run, type.name, reading.scope);
    return names ? present({ kind: 'string', values: names }) : present({ kind: 'string' });
  }
  const object = objectBehind(reading.run, readType(reading, type).shape);
  if (!object || object.open) return present({ kind: 'string' });
  return present({ kind: 'string', values: Object.keys(object.fields) });
}

function typeofJson(reading: Reading, name: string): Json {
  const [first = '', ...path] = name.split('.');
  let json = constantJson(reading, first);
  for (const part of path) json = indexed(reading, json, present({ kind: 'string', values: [part] }));
  return json;
}

/** What a property of a value that looks like this looks like. */
export function memberJson(
  { run, at }: { readonly run: Run; readonly at: Span },
  json: Json,
  names: readonly string[],
): Json {
  const reading: Reading = {
    run,
    at,
    scope: { vars: new Map(), file: at.file },
    bindings: new Map(),
    depth: 0,
  };
  return names.reduce(
    (one, name) => indexed(reading, one, present({ kind: 'string', values: [name] })),
    json,
  );
}

/** `T['name']`, `T[number]`: also what a value of a written type has under a name. */
function indexed(reading: Reading, { shape }: Json, key: Json): Json {
  const parts = (shape?.kind === 'union' ? shape.of : shape ? [shape] : []).filter(
    ({ kind }) => kind !== 'null',
  );
  if (parts.length === 0) return unread(reading, 'member of a type');
  return unionOfAll(parts.map((one) => memberOf(reading, one, key)));
}

function memberOf(reading: Reading, shape: Shape, key: Json): Json {
  const names = literalNames(key.shape);
  if (shape.kind === 'array') {
    // Which of its alternatives a tuple has at one index, its shape does not tell.
    const isIndex =
      key.shape?.kind === 'number' ||
      (shape.items.kind !== 'union' && names?.every((name) => /^\d+$/.test(name)));
    return isIndex ? present(shape.items) : unread(reading, 'member of a list');
  }
  const object = objectBehind(reading.run, shape);
  if (!object || !names || names.length === 0) {
    return object?.rest && key.shape?.kind === 'string' && Object.keys(object.fields).length === 0
      ? present(object.rest)
      : unread(reading, 'member of a type');
  }
  return unionOfAll(
    names.map((name) => {
      const field = object.fields[name];
      if (field) return { shape: field.shape, optional: field.required === false };
      return object.rest ? { shape: object.rest, optional: true } : unread(reading, `member ${name}`);
    }),
  );
}
