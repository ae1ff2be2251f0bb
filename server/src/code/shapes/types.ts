/**
 * Written types as JSON has them, resolved over facts without a type checker. Every operator of types works on
 * shapes: `keyof` gives the names as a string shape, a type parameter is bound to what its argument looks like.
 *
 * Named object types become `ref`s and are resolved when somebody asks, so recursion is nothing special, what many
 * handlers share is there once, and no result depends on what was asked for first.
 */

import type { Field, Shape, ShapeId } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import type { TypeExpr } from '../program/program.ts';
import { lookup } from '../evaluate/scopes.ts';
import { moduleOf } from '../evaluate/modules.ts';
import type { Run } from '../evaluate/run.ts';
import type { Scope, Value } from '../evaluate/values.ts';
import {
  absent,
  chosen,
  intersectionOf,
  literalNames,
  merged,
  partial,
  present,
  unionOf,
  unionOfAll,
  unknownShape,
  withFields,
  type Json,
  type ObjectShape,
} from './algebra.ts';
import { classShape } from './classes.ts';
import { constantJson, enumShape, keysOfValue } from './constants.ts';
import { findImported, findType, type Named, type TypeDeclaration } from './declarations.ts';
import { builtInType, externalType } from './known.ts';
import { isPrisma, prismaType } from './prisma.ts';

/** What type parameters stand for. */
export type Bindings = ReadonlyMap<string, Json>;

export interface Reading {
  readonly run: Run;
  readonly scope: Scope;
  readonly bindings: Bindings;
  /** Where what cannot be read is said to be. */
  readonly at: Span;
  readonly depth: number;
}

/** Types nested deeper say nothing that is worth comparing. */
const depthLimit = 24;
/** Arguments of a generic type that are longer than this as text get no name of their own. */
const keyLimit = 200;

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

/** The object that a shape is, where it surely is one. */
export function objectBehind(run: Run, shape: Shape | undefined): ObjectShape | undefined {
  if (shape?.kind === 'ref') return objectBehind(run, resolveRef(run, shape.id));
  return shape?.kind === 'object' ? shape : undefined;
}

export function resolveRef(run: Run, id: ShapeId): Shape | undefined {
  const { shapes, pending, making, resolving } = run.types;
  const known = shapes.get(id);
  if (known) return known;
  const make = pending.get(id);
  if (!make) return undefined;
  // Gone while it is made: a type that needs all of itself has no end.
  pending.delete(id);
  making.add(id);
  const outer = resolving.splice(0);
  const shape = make();
  resolving.splice(0, resolving.length, ...outer);
  making.delete(id);
  shapes.set(id, shape);
  return shape;
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

function limited(reading: Reading, what: string): Json {
  return present(unknownShape({ why: 'limit', what, at: reading.at }));
}

function unread(reading: Reading, what: string): Json {
  return present(unknownShape({ why: 'dynamic', what, at: reading.at }));
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

export function literalShape(value: string | number | boolean): Shape {
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
    const field = fieldOf({ ...json, optional: json.optional || member.optional === true }, at);
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

function reference(reading: Reading, type: TypeExpr & { readonly k: 'ref' }): Json {
  const { run, scope, at } = reading;
  const bound = type.from === undefined ? reading.bindings.get(type.name) : undefined;
  if (bound) return bound;
  const named =
    type.from === undefined
      ? findType(run, type.name, scope)
      : findImported(run, type.from, type.name, scope.file);
  const arg = (index: number): Json => {
    const given = type.args[index];
    return given ? readType(reading, given) : unread(reading, 'type argument');
  };
  if (named) return namedJson(reading, named, type, arg);
  const builtIn = type.from === undefined ? builtInType(type.name, arg) : undefined;
  if (builtIn) return builtIn;
  return utility(reading, type, arg) ?? localClass(reading, type) ?? missing(type.name, at);
}

function missing(symbol: string, at: Span): Json {
  return present(unknownShape({ why: 'unresolved', symbol, at }));
}

/** The types of TypeScript's library that make others of types. */
function utility(
  reading: Reading,
  type: TypeExpr & { readonly k: 'ref' },
  arg: (index: number) => Json,
): Json | undefined {
  const object = (): ObjectShape | undefined => objectBehind(reading.run, arg(0).shape);
  const changed = (change: (shape: ObjectShape) => Shape): Json => {
    const shape = object();
    return shape ? present(change(shape)) : unread(reading, `${type.name} of something`);
  };
  switch (type.name) {
    case 'Array':
    case 'ReadonlyArray':
      return present(arrayOf(reading, arg(0)));
    case 'Readonly':
    case 'Awaited':
    case 'NoInfer':
      return arg(0);
    case 'NonNullable': {
      const { shape } = arg(0);
      const parts = (shape?.kind === 'union' ? shape.of : shape ? [shape] : []).filter(
        ({ kind }) => kind !== 'null',
      );
      return unionOfAll(parts.map(present));
    }
    case 'Partial':
      return changed(partial);
    case 'Required':
      return changed((shape) => withFields(shape, (field) => ({ ...field, required: true })));
    case 'Pick':
    case 'Omit': {
      const names = literalNames(arg(1).shape);
      return names
        ? changed((shape) => chosen(shape, names, type.name === 'Pick'))
        : unread(reading, `${type.name} of names`);
    }
    case 'Record': {
      const key = arg(0).shape;
      const value = arg(1);
      const names = literalNames(key);
      if (!names || !key)
        return present({ kind: 'object', fields: {}, open: true, ...(value.shape && { rest: value.shape }) });
      const fields = names.flatMap((name) => {
        const field = fieldOf(value, reading.at);
        return field ? [[name, field] as const] : [];
      });
      return present({ kind: 'object', fields: Object.fromEntries(fields), open: false });
    }
    case 'Exclude':
    case 'Extract': {
      const all = literalNames(arg(0).shape);
      const names = literalNames(arg(1).shape);
      return all && names && arg(0).shape?.kind === 'string'
        ? present({
            kind: 'string',
            values: all.filter((name) => names.includes(name) === (type.name === 'Extract')),
          })
        : unread(reading, type.name);
    }
    case 'ReturnType':
      return arg(0).returns?.() ?? unread(reading, 'result of a function');
    default:
      return undefined;
  }
}

function namedJson(
  reading: Reading,
  named: Named,
  type: TypeExpr & { readonly k: 'ref' },
  arg: (index: number) => Json,
): Json {
  const { run, at } = reading;
  switch (named.kind) {
    case 'type':
      return declaredJson(
        reading,
        named,
        type.args.length === 0 ? [] : type.args.map((_, index) => arg(index)),
      );
    case 'value': {
      const record = moduleOf(run, named.file);
      const value = record && lookup(run, named.name, record.scope);
      return value
        ? valueJson(
            reading,
            value,
            named.member,
            `${named.file}#${named.name}`,
            type.args.map((_, i) => arg(i)),
          )
        : missing(type.name, at);
    }
    case 'external':
      return (
        (isPrisma(named.module) ? prismaType(run, named.path, type.args, at) : undefined) ??
        externalType(named.module, named.path, arg) ??
        utilityOfPackage(reading, named.path.at(-1) ?? '', type, arg) ??
        missing(type.name, at)
      );
    case 'argument':
      return named.type
        ? readType({ ...reading, scope: named.type.scope, bindings: new Map() }, named.type.type)
        : missing(type.name, at);
    case 'constant':
      // `export const schema = …` beside `import { schema as Type }`: no type.
      return missing(type.name, at);
    case 'space':
      return missing(type.name, at);
    case 'pending':
      return present(unknownShape({ why: 'pending' }));
  }
}

/** Documents of Mongoose, by what they hold. */
const documents = new Set(['HydratedDocument', 'HydratedDocumentFromSchema', 'LeanDocument', 'FlattenMaps']);

/** `Observable` and what else packages export under a name that says it all. */
function utilityOfPackage(
  reading: Reading,
  name: string,
  type: TypeExpr & { readonly k: 'ref' },
  arg: (index: number) => Json,
): Json | undefined {
  if (name === 'Observable') return arg(0);
  if (documents.has(name)) {
    const object = objectBehind(reading.run, arg(0).shape);
    // `_id`, `__v`, virtuals and what `toJSON` of the schema makes of it.
    return object && present({ ...withFields(object, ({ shape, at }) => ({ shape, at })), open: true });
  }
  return name === 'Simplify' || name === 'Prettify'
    ? utility(reading, { ...type, name: 'Readonly' }, arg)
    : undefined;
}

/** A class, or a member of an enum or all of it, named as a type. */
function valueJson(
  reading: Reading,
  value: Value,
  member: string | undefined,
  id: string,
  args: readonly Json[],
): Json {
  const { run, at } = reading;
  if (value.t === 'class' && member === undefined)
    return byName(reading, id, args, value.decl, () => classShape({ ...reading, depth: 0 }, value, args));
  if (value.t !== 'object') return missing(id, at);
  const shape = enumShape(run, value, member);
  return shape ? present(shape) : missing(id, at);
}

/** A class that a function declares. */
function localClass(reading: Reading, type: TypeExpr & { readonly k: 'ref' }): Json | undefined {
  if (type.from !== undefined || type.name.includes('.')) return undefined;
  const value = lookup(reading.run, type.name, reading.scope);
  return value?.t === 'class'
    ? guarded(reading, value.decl, () => classShape(reading, value, []))
    : undefined;
}

function declaredJson(
  reading: Reading,
  { declarations, file, id }: Named & { readonly kind: 'type' },
  args: readonly Json[],
): Json {
  const [first] = declarations;
  if (!first) return absent;
  const scope: Scope = id === undefined ? reading.scope : { vars: new Map(), file };
  const at: Span = { file, start: first.s, end: first.e };
  const inner: Reading = {
    ...reading,
    scope,
    at,
    bindings: bindingsOf(reading, first.params, args),
    depth: 0,
  };
  if (first.interface || first.t.k === 'obj') {
    return byName(reading, id, first.params.length > 0 ? args : [], first, () =>
      interfaceShape(inner, declarations),
    );
  }
  const { resolving } = reading.run.types;
  if (resolving.includes(first)) return limited(reading, 'a type that contains itself');
  resolving.push(first);
  const json = readType({ ...inner, depth: reading.depth + 1 }, first.t);
  resolving.pop();
  return json;
}

export function bindingsOf(reading: Reading, params: readonly string[], args: readonly Json[]): Bindings {
  return new Map(
    params.map((name, index) => [name, args[index] ?? unread(reading, `type parameter ${name}`)]),
  );
}

function interfaceShape(reading: Reading, declarations: readonly TypeDeclaration[]): Shape {
  const parts: Shape[] = [];
  for (const { ext, t } of declarations) {
    for (const one of ext ?? []) {
      const { shape } = readType(reading, one);
      if (shape) parts.push(shape);
    }
    const own = readType(reading, t).shape;
    if (own) parts.push(own);
  }
  const shape = intersectionOf(parts, (one) => objectBehind(reading.run, one));
  return shape ?? merged([]);
}

/** A `ref` to what `make` gives, under a name that says what it was made of; the shape itself where there is no such name. */
function byName(
  reading: Reading,
  id: string | undefined,
  args: readonly Json[],
  owner: object,
  make: () => Shape,
): Json {
  const key = id === undefined ? undefined : nameOf(id, args);
  if (key === undefined) return guarded(reading, owner, make);
  const { shapes, pending, making } = reading.run.types;
  // Made when it is asked for, by whoever asks first: nothing of this place may enter.
  if (!shapes.has(key) && !pending.has(key) && !making.has(key)) pending.set(key, make);
  return present({ kind: 'ref', id: key });
}

function nameOf(id: string, args: readonly Json[]): ShapeId | undefined {
  if (args.length === 0) return id as ShapeId;
  const texts = args.map(({ shape }) => (shape ? textOf(shape) : 'never'));
  const name = texts.every((text) => text !== undefined) ? `${id}<${texts.join(', ')}>` : undefined;
  return name === undefined || name.length > keyLimit ? undefined : (name as ShapeId);
}

/** A text that means this shape alone; undefined for one that holds places. */
function textOf(shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'ref':
      return shape.id;
    case 'array': {
      const items = textOf(shape.items);
      return items === undefined ? undefined : `${items}[]`;
    }
    case 'object':
    case 'unknown':
      return undefined;
    case 'union':
    case 'intersection': {
      const parts = shape.of.map(textOf);
      return parts.every((part) => part !== undefined) ? `(${parts.join('|')})` : undefined;
    }
    default:
      return JSON.stringify(shape);
  }
}

function guarded(reading: Reading, owner: object, make: () => Shape): Json {
  const { resolving } = reading.run.types;
  if (resolving.includes(owner)) return limited(reading, 'a type that contains itself');
  resolving.push(owner);
  const shape = make();
  resolving.pop();
  return present(shape);
}
