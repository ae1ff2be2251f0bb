/** Classes as types: what `JSON.stringify` shows of an instance. */

import type { Field, Shape } from '../../contract/shape.ts';
import type { Span } from '../../contract/span.ts';
import type { Decorator, Expr, Func, Member, Param } from '../program/program.ts';
import { evaluate } from '../evaluate/expressions.ts';
import { keyText } from '../evaluate/class-members.ts';
import { isolated, type Run } from '../evaluate/run.ts';
import { fixedText } from '../evaluate/text-parts.ts';
import type { ClassValue, ExternalValue, Scope, Value } from '../evaluate/values.ts';
import { chosen, merged, partial, unknownShape, withFields, type Json, type ObjectShape } from './algebra.ts';
import { findType } from './declarations.ts';
import { withDocLimits } from './doc-limits.ts';
import { isRecord } from './known.ts';
import { objectBehind } from './named-shapes.ts';
import type { Reading } from './reading.ts';
import { bindingsOf } from './references.ts';
import { fieldOf, fieldType, readType } from './types.ts';
import { shapeOfValue } from './values.ts';

/** Classes that extend each other deeper than this go round in circles. */
const depthLimit = 12;

export function classShape(reading: Reading, cls: ClassValue, args: readonly Json[]): Shape {
  const { decl, scope } = cls;
  if (reading.depth > depthLimit) return unread('class', cls.at);
  const inner: Reading = {
    ...reading,
    scope,
    bindings: bindingsOf(reading, decl.typeParams ?? [], args),
    at: cls.at,
    depth: reading.depth + 1,
  };
  const written = decl.members.find(
    (member) => member.k === 'method' && !member.static && member.key === 'toJSON',
  );
  if (written?.k === 'method') {
    const { returns } = written.fn;
    return (returns && readType(inner, returns).shape) ?? unread('toJSON()', cls.at);
  }
  const inherited = cls.parent && parentShape(inner, cls, cls.parent);
  const parent = inherited && objectBehind(reading.run, inherited);
  if (inherited && !parent) return inherited.kind === 'unknown' ? inherited : unread('parent class', cls.at);
  const own = ownShape(inner, cls);
  const shape = parent ? merged([parent, own]) : own;
  return isEntity(inner, decl.decorators) || isRecordClass(cls)
    ? asEntity(shape, unsureColumns(inner, cls))
    : shape;
}

function unread(what: string, at: Span): Shape {
  return unknownShape({ why: 'dynamic', what, at });
}

function parentShape(reading: Reading, cls: ClassValue, parent: Value): Shape {
  if (parent.t === 'class')
    return classShape(
      reading,
      parent,
      (cls.decl.extTypes ?? []).map((type) => readType(reading, type)),
    );
  return parent.t === 'external' ? externalParent(reading, parent) : unread('parent class', cls.at);
}

/** Mapped types of `@nestjs/swagger`, `@nestjs/mapped-types` and `@nestjs/graphql`; base classes of packages. */
function externalParent(reading: Reading, parent: ExternalValue): Shape {
  const { run, at } = reading;
  const [first, second] = parent.args ?? [];
  const shapeOf = (value: Value | undefined): ObjectShape | undefined => {
    if (value?.t !== 'class' && value?.t !== 'external') return undefined;
    return objectBehind(
      run,
      value.t === 'class' ? classShape(reading, value, []) : externalParent(reading, value),
    );
  };
  const base = shapeOf(first);
  const name = parent.path.at(-1) ?? '';
  // What an active record has beside its columns are methods.
  if (isRecord(parent.module, name)) return { kind: 'object', fields: {}, open: true };
  if (!base || !parent.module.startsWith('@nestjs/')) return unread(`class ${name}`, at);
  switch (name) {
    case 'PartialType':
    case 'DeepPartialType':
      return partial(base);
    case 'PickType':
    case 'OmitType': {
      const names = second?.t === 'array' && !second.open ? second.items.map(fixedText) : [undefined];
      return names.every((one) => one !== undefined)
        ? chosen(base, names, name === 'PickType')
        : unread(`${name} of names`, at);
    }
    case 'IntersectionType': {
      const parts = (parent.args ?? []).map(shapeOf);
      return parts.every((part) => part !== undefined) ? merged(parts) : unread(name, at);
    }
    default:
      return unread(`class ${name}`, at);
  }
}

function ownShape(reading: Reading, cls: ClassValue): ObjectShape {
  const fields: Record<string, Field> = {};
  let open = changesOutput(reading, cls.decl.decorators);
  for (const member of cls.decl.members) {
    if (member.static) continue;
    const at: Span = { file: cls.scope.file, start: member.ns, end: member.ne };
    if (member.k === 'ctor' && !member.overload)
      for (const [name, field] of parameterProperties(reading, member.fn)) fields[name] = field;
    if (member.k === 'get' && changesOutput(reading, member.decorators)) open = true;
    if (member.k !== 'field') continue;
    const name = keyText(reading.run, member.key, cls.scope);
    // What class-transformer leaves out, renames or rewrites may be there or not: it looks at instances only.
    if (name === undefined || changesOutput(reading, member.decorators)) {
      open = true;
      continue;
    }
    if (name.startsWith('#')) continue;
    const field = fieldOf(memberJson({ ...reading, at }, member, cls), at);
    if (field) fields[name] = field;
  }
  return { kind: 'object', fields, open };
}

function memberJson(reading: Reading, member: Member & { readonly k: 'field' }, cls: ClassValue): Json {
  const { type, v } = member;
  if (type) {
    const json = fieldType(reading, type);
    const shape = withDocLimits(reading.run, json.shape, member.tags);
    return { ...json, shape, optional: json.optional || member.optional === true };
  }
  if (!v || v.k === 'fn') return { shape: v ? undefined : unread('field', reading.at), optional: true };
  const literal = literalKind(v);
  if (literal) return { shape: literal, optional: false };
  return { shape: shapeless(reading.run, v, cls), optional: member.optional === true };
}

/** Without a written type, the kind of its first value is what a field holds. */
function literalKind(v: Expr): Shape | undefined {
  switch (v.k) {
    case 'str':
    case 'tmpl':
      return { kind: 'string' };
    case 'num':
      return { kind: 'number', integer: false };
    case 'bool':
      return { kind: 'boolean' };
    default:
      return undefined;
  }
}

function shapeless(run: Run, v: Expr, cls: ClassValue): Shape {
  const at: Span = { file: cls.scope.file, start: v.s, end: v.e };
  if (v.k !== 'new') return unread('field', at);
  return shapeOfValue(
    run,
    isolated(run, () => evaluate(run, v, cls.scope)),
    at,
  );
}

function parameterProperties(reading: Reading, fn: Func): readonly (readonly [string, Field])[] {
  return fn.params.flatMap((param: Param) => {
    const to = param.to.k === 'dflt' ? param.to.to : param.to;
    if (!param.property || to.k !== 'name') return [];
    const at: Span = { file: reading.scope.file, start: param.s, end: param.e };
    const json = param.type
      ? fieldType({ ...reading, at }, param.type)
      : { shape: unread('field', at), optional: true };
    const field = fieldOf({ ...json, optional: json.optional || param.optional === true }, at);
    return field ? [[to.name, field] as const] : [];
  });
}

const entityPackages = new Set([
  'typeorm',
  'sequelize-typescript',
  '@nestjs/mongoose',
  '@mikro-orm/core',
  '@typegoose/typegoose',
]);

/** Is the class what a database mapper fills? */
function isEntity(reading: Reading, decorators: readonly Decorator[]): boolean {
  return decorators.some(({ x }) => {
    const source = sourceOf(reading.run, x, reading.scope);
    return source?.kind === 'external' && entityPackages.has(source.module);
  });
}

/** Relations need not be loaded, columns not selected, and mappers add fields of their own. */
function asEntity(shape: ObjectShape, unsure: ReadonlySet<string>): ObjectShape {
  const columns = chosen(shape, [...unsure], false);
  return {
    ...withFields(columns, ({ shape: inner, at }) => ({ shape: inner, at })),
    open: true,
  };
}

/** `class User extends Model<…>` of Sequelize: columns without decorators. */
function isRecordClass({ parent }: ClassValue): boolean {
  return parent?.t === 'external' && isRecord(parent.module, parent.path.at(-1) ?? '');
}

const relations =
  /^(?:OneToOne|OneToMany|ManyToOne|ManyToMany|RelationId|HasMany|HasOne|BelongsTo|BelongsToMany)$/;

/** What a query gives when it is asked for only: relations, and columns with `select: false`. */
function unsureColumns({ run, scope }: Reading, cls: ClassValue): ReadonlySet<string> {
  const names = new Set<string>();
  for (const member of cls.decl.members) {
    if (member.k !== 'field' || typeof member.key !== 'string') continue;
    for (const { x } of member.decorators) {
      const source = sourceOf(run, x, scope);
      if (source?.kind !== 'external' || !entityPackages.has(source.module)) continue;
      const isRelation = relations.test(source.path.at(-1) ?? '');
      if (isRelation || (x.k === 'call' && x.args.some(isDeselected))) names.add(member.key);
    }
  }
  return names;
}

function isDeselected(x: Expr): boolean {
  return (
    x.k === 'obj' &&
    x.props.some((prop) => prop.k === 'prop' && prop.key === 'select' && prop.v.k === 'bool' && !prop.v.v)
  );
}

function sourceOf(run: Run, x: Expr, scope: Scope): ReturnType<typeof findType> {
  const callee = x.k === 'call' ? x.fn : x;
  if (callee.k === 'id') return findType(run, callee.name, scope);
  return callee.k === 'mem' && callee.obj.k === 'id'
    ? findType(run, `${callee.obj.name}.${callee.name}`, scope)
    : undefined;
}

/** Does one of them change what class-transformer writes? */
function changesOutput(reading: Reading, decorators: readonly Decorator[]): boolean {
  const { run, scope } = reading;
  return decorators.some(({ x }) => {
    const source = sourceOf(run, x, scope);
    if (
      source?.kind === 'external' &&
      source.module !== 'class-transformer' &&
      source.path[0] !== 'applyDecorators'
    )
      return false;
    return isolated(run, () => writesAnew(evaluate(run, x, scope), 0));
  });
}

function writesAnew(value: Value, depth: number): boolean {
  if (depth > 4) return false;
  if (value.t === 'array') return value.items.some((item) => writesAnew(item, depth + 1));
  if (value.t === 'union') return value.of.some((item) => writesAnew(item, depth + 1));
  if (value.t !== 'external') return false;
  const name = value.path.at(-1) ?? '';
  if (name === 'applyDecorators') return (value.args ?? []).some((item) => writesAnew(item, depth + 1));
  if (value.module !== 'class-transformer' || !/^(?:Exclude|Expose|Transform)$/.test(name)) return false;
  const options = value.args?.find((arg) => arg.t === 'object');
  if (options?.t !== 'object') return name !== 'Expose';
  const only = options.props.get('toClassOnly')?.value;
  // `@Expose()` alone shows what is there anyway.
  return !(only?.t === 'boolean' && only.value);
}
