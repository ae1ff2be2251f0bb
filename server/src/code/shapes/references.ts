/** Names in written types, as JSON has what they lead to: declarations, classes, enums, types of packages. */

import type { Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import { moduleOf } from '../evaluate/modules.ts';
import { lookup } from '../evaluate/scopes.ts';
import type { Scope, Value } from '../evaluate/values.ts';
import type { TypeExpr } from '../program/program.ts';
import {
  absent,
  chosen,
  intersectionOf,
  literalNames,
  merged,
  partial,
  present,
  unionOfAll,
  unknownShape,
  withFields,
  type Json,
  type ObjectShape,
} from './algebra.ts';
import { classShape } from './classes.ts';
import { enumShape } from './constants.ts';
import { findImported, findType, type Named, type TypeDeclaration } from './declarations.ts';
import { withDocLimits } from './doc-limits.ts';
import { builtInType, externalType } from './known.ts';
import { byName, guarded, objectBehind } from './named-shapes.ts';
import { isPrisma, prismaType } from './prisma.ts';
import { limited, unread, type Bindings, type Reading } from './reading.ts';
import { arrayOf, fieldOf, readType } from './types.ts';

export function reference(reading: Reading, type: TypeExpr & { readonly k: 'ref' }): Json {
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
  return { ...json, shape: withDocLimits(reading.run, json.shape, first.tags) };
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
