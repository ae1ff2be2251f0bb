/** What a parameter of a handler takes: classes that pipes check, mapped types of them, written types, schemas. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Field, Shape } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { Member, TypeExpr } from '../../program/program.ts';
import { callValue } from '../../evaluate/calls.ts';
import { lookup } from '../../evaluate/scopes.ts';
import { evaluate } from '../../evaluate/expressions.ts';
import { keyText } from '../../evaluate/class-members.ts';
import type { Run } from '../../evaluate/run.ts';
import { fixedText, scalarOf } from '../../evaluate/text-parts.ts';
import type { ClassValue, ExternalValue, Scope, Value, Wire } from '../../evaluate/values.ts';
import { findType } from '../../shapes/declarations.ts';
import { withDocLimits } from '../../shapes/doc-limits.ts';
import { objectBehind } from '../../shapes/named-shapes.ts';
import { allowsMissing, shapeOfType } from '../../shapes/types.ts';
import { readSchema } from '../../shapes/validators/read.ts';
import { everywhere, nullable } from '../../shapes/validators/schema.ts';
import { propertyDemand, type Validation } from './class-validator.ts';
import { decoratorUses, option, textOption, type DecoratorUse, type DecoratorWorld } from './decorators.ts';

/** `gaps` says why there may be more fields than those listed; `strict`: others are refused. */
export interface DtoFields {
  readonly fields: ReadonlyMap<string, Field>;
  readonly gaps: readonly UnknownReason[];
  readonly strict?: true;
  /** Properties that a validator takes away: it knows no rule for them. */
  readonly dropped?: ReadonlyMap<string, Span>;
  /** A pipe looks at them. */
  readonly checked?: true;
}

export interface DtoReading {
  readonly run: Run;
  readonly world: DecoratorWorld;
  readonly at: Span;
  readonly wire: Wire;
  /** What pipes do with classes; undefined where none looks at them, or nobody knows what it does. */
  readonly validation: Validation | undefined;
  /** The classes that hold this one, outermost first. */
  readonly around?: readonly ClassValue['decl'][];
}

/** Classes that extend or hold each other deeper than this go round in circles. */
const depthLimit = 12;

/** The fields of a value of this written type; undefined for a type that is no object. */
export function fieldsOfType(
  reading: DtoReading,
  type: TypeExpr | undefined,
  scope: Scope,
): DtoFields | undefined {
  return ofType(reading, type, scope, 0);
}

/** The shape of a value of this written type. */
export function shapeOfDto(reading: DtoReading, type: TypeExpr | undefined, scope: Scope): Shape {
  return inner(reading, type, scope, 0);
}

export function shapeOfClass(reading: DtoReading, cls: ClassValue): Shape {
  return objectOfFields(ofValue(reading, cls, 0));
}

function unreadable(what: string, at: Span): DtoFields {
  return { fields: new Map(), gaps: [{ why: 'dynamic', what, at }] };
}

function inner(reading: DtoReading, type: TypeExpr | undefined, scope: Scope, depth: number): Shape {
  if (type?.k === 'array') return { kind: 'array', items: inner(reading, type.item, scope, depth) };
  if (type?.k === 'ref' && /^(?:Array|ReadonlyArray)$/.test(type.name))
    return { kind: 'array', items: inner(reading, type.args[0], scope, depth) };
  const fields = ofType(reading, type, scope, depth);
  return fields && fields.gaps.length === 0
    ? objectOfFields(fields)
    : shapeOfType(reading.run, type, scope, reading.at);
}

function objectOfFields({ fields, gaps, strict }: DtoFields): Shape {
  const open = gaps.length > 0;
  return { kind: 'object', fields: Object.fromEntries(fields), open, ...(strict && !open && { strict }) };
}

function ofType(
  reading: DtoReading,
  type: TypeExpr | undefined,
  scope: Scope,
  depth: number,
): DtoFields | undefined {
  const { run, at } = reading;
  if (!type || depth > depthLimit) return unreadable('type of an object', at);
  if (type.k === 'inter') {
    const parts = type.of.map((one) => ofType(reading, one, scope, depth + 1));
    return merged(parts.map((part) => part ?? unreadable('type of an object', at)));
  }
  if (type.k === 'ref') {
    const [first, second] = type.args;
    const base = (): DtoFields =>
      ofType(reading, first, scope, depth + 1) ?? unreadable('type of an object', at);
    switch (type.name) {
      case 'Partial':
        return optional(reading, base());
      case 'Readonly':
      case 'Required':
        return base();
      case 'Pick':
      case 'Omit':
        return chosen(base(), literals(second), type.name === 'Pick');
      default:
    }
    const named = type.name.includes('.') ? undefined : lookup(run, type.name, scope);
    if (named && (named.t === 'class' || named.t === 'external')) return ofValue(reading, named, depth + 1);
    if (!named && !findType(run, type.name, scope)) return unreadable(`type ${type.name}`, at);
  }
  return written(run, type, scope, at);
}

/** Interfaces, literals and what else types are made of: nothing checks them. */
function written(run: Run, type: TypeExpr, scope: Scope, at: Span): DtoFields | undefined {
  const shape = shapeOfType(run, type, scope, at);
  if (shape.kind === 'unknown') return { fields: new Map(), gaps: [shape.reason] };
  const object = objectBehind(run, shape);
  if (!object) return undefined;
  return {
    fields: new Map(Object.entries(object.fields)),
    gaps: object.open ? [{ why: 'dynamic', what: 'further fields of a type', at }] : [],
  };
}

function literals(type: TypeExpr | undefined): readonly string[] {
  const parts = type?.k === 'union' ? type.of : type ? [type] : [];
  return parts.flatMap((one) => (one.k === 'lit' ? [String(one.v)] : []));
}

function ofValue(reading: DtoReading, value: Value, depth: number): DtoFields {
  if (depth > depthLimit) return unreadable('type of an object', reading.at);
  if (value.t === 'class') {
    const inherited = value.parent
      ? ofValue(reading, value.parent, depth + 1)
      : { fields: new Map(), gaps: [] };
    return merged([inherited, ownFields(reading, value, depth)]);
  }
  return value.t === 'external'
    ? ofExternal(reading, value, depth)
    : unreadable('type of an object', reading.at);
}

/** Mapped types of `@nestjs/swagger`, `@nestjs/mapped-types` and `@nestjs/graphql`; `createZodDto` of nestjs-zod. */
function ofExternal(reading: DtoReading, value: ExternalValue, depth: number): DtoFields {
  const [first, second] = value.args ?? [];
  const inside = (): DtoFields =>
    first ? ofValue(reading, first, depth + 1) : unreadable('type of an object', reading.at);
  switch (value.path.at(-1)) {
    case 'PartialType':
    case 'DeepPartialType':
      return optional(reading, inside());
    case 'PickType':
    case 'OmitType': {
      const names = second?.t === 'array' && !second.open ? second.items.map(fixedText) : [undefined];
      return names.every((one) => one !== undefined)
        ? chosen(inside(), names, value.path.at(-1) === 'PickType')
        : unreadable('names of a mapped type', reading.at);
    }
    case 'IntersectionType':
      return merged((value.args ?? []).map((one) => ofValue(reading, one, depth + 1)));
    case 'createZodDto':
      return (first && schemaFields(reading, first)) ?? unreadable('zod schema', reading.at);
    default:
      return unreadable(`class of ${value.module}`, reading.at);
  }
}

/** What a schema takes; undefined for one that is no object we can read. */
function schemaFields({ run, at, wire }: DtoReading, schema: Value): DtoFields | undefined {
  const { shape } = readSchema(run, schema, wire);
  if (shape.kind !== 'object') return undefined;
  return {
    fields: new Map(Object.entries(shape.fields)),
    gaps: shape.open ? [{ why: 'dynamic', what: 'further fields of a schema', at }] : [],
    checked: true,
    ...(shape.strict && { strict: true as const }),
  };
}

function merged(parts: readonly DtoFields[]): DtoFields {
  const strict = parts.some((part) => part.strict);
  const checked = parts.some((part) => part.checked);
  return {
    fields: new Map(parts.flatMap(({ fields }) => [...fields])),
    gaps: parts.flatMap(({ gaps }) => gaps),
    dropped: new Map(parts.flatMap(({ dropped }) => [...(dropped ?? [])])),
    ...(strict && { strict: true as const }),
    ...(checked && { checked: true as const }),
  };
}

/** `PartialType` puts `@IsOptional()` on every property, which lets `null` in too. */
function optional({ validation, wire }: DtoReading, { fields, ...rest }: DtoFields): DtoFields {
  const change = (field: Field): Field => ({
    ...field,
    ...(validation && wire === 'json' && { shape: nullable(field.shape) }),
    required: false,
  });
  return { ...rest, fields: new Map([...fields].map(([name, field]) => [name, change(field)])) };
}

function chosen({ fields, dropped, ...rest }: DtoFields, names: readonly string[], keep: boolean): DtoFields {
  const some = <T>(all: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...all].filter(([name]) => names.includes(name) === keep));
  return { ...rest, fields: some(fields), ...(dropped && { dropped: some(dropped) }) };
}

function ownFields(reading: DtoReading, cls: ClassValue, depth: number): DtoFields {
  const { run, world, validation } = reading;
  const fields = new Map<string, Field>();
  const gaps: UnknownReason[] = [];
  const dropped = new Map<string, Span>();
  let readsObject = false;
  for (const member of cls.decl.members) {
    if (member.k !== 'field' || member.static) continue;
    const at: Span = { file: cls.scope.file, start: member.ns, end: member.ne };
    const name = keyText(run, member.key, cls.scope);
    if (name === undefined) {
      gaps.push({ why: 'dynamic', what: 'computed field name', at });
      continue;
    }
    const uses = decoratorUses(run, world, member.decorators, cls.scope);
    const exposed = uses.find((use) => use.module === 'class-transformer' && use.name === 'Expose');
    const field = validation
      ? checkedField({ ...reading, at, validation }, cls, member, uses, depth)
      : {
          shape: withDocLimits(run, asInput(shapeOfType(run, member.type, cls.scope, at)), member.tags),
          required: isRequired(member, uses),
          at,
        };
    const wireName = textOption(exposed?.args[0], 'name') ?? name;
    if (field) fields.set(wireName, uses.some(isHidden) ? { ...field, accepted: true } : field);
    else dropped.set(wireName, at);
    readsObject ||= uses.some(readsWhole);
  }
  // What is dropped may have been read for another field before.
  if (readsObject)
    for (const [name, at] of dropped) {
      const reason: UnknownReason = { why: 'dynamic', what: 'value that a transform may read', at };
      fields.set(name, { shape: { kind: 'unknown', reason }, required: false, at });
    }
  return {
    fields,
    gaps,
    dropped,
    ...(validation && { checked: true as const }),
    ...(validation?.unlisted === 'refused' && { strict: true as const }),
  };
}

/** Left out of the contract on purpose. */
function isHidden({ module, name }: DecoratorUse): boolean {
  return module === '@nestjs/swagger' && name === 'ApiHideProperty';
}

/** `@Transform(({ obj }) => …)`: made of other fields than its own. */
function readsWhole({ module, name, args: [callback] }: DecoratorUse): boolean {
  if (module !== 'class-transformer' || name !== 'Transform') return false;
  return callback?.t !== 'function' || saysName(callback.fn, 'obj');
}

/** Is this name anywhere in a piece of a program? */
function saysName(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return node === name;
  return Object.values(node).some((part) => saysName(part, name));
}

type FieldMember = Member & { readonly k: 'field' };

function checkedField(
  reading: DtoReading & { readonly validation: Validation },
  cls: ClassValue,
  member: FieldMember,
  uses: readonly DecoratorUse[],
  depth: number,
): Field | undefined {
  const { run, at, wire, validation } = reading;
  const made = madeOf(run, uses);
  const demand = propertyDemand({
    run,
    uses,
    partly: member.decorators.some(({ s }) => !uses.some((use) => use.at.start === s)),
    validation,
    wire,
    at,
    typed: asInput(shapeOfType(run, member.type, cls.scope, at)),
    typedOptional: !isRequired(member, uses),
    initialised: member.v !== undefined,
    nested: () => {
      const around = [...(reading.around ?? []), cls.decl];
      if (around.indexOf(cls.decl) < around.length - 1)
        return { kind: 'unknown', reason: { why: 'limit', what: 'a class that contains itself', at } };
      return made?.t === 'class'
        ? objectOfFields(ofValue({ ...reading, around }, made, depth + 1))
        : elementShape(inner({ ...reading, around }, member.type, cls.scope, depth + 1));
    },
    converter: made?.t === 'native' ? made.name : undefined,
  });
  if (!demand) return undefined;
  const { shape, optional: isOptional } = demand;
  const initial =
    validation.makesInstances && member.v ? scalarOf(evaluate(run, member.v, cls.scope)) : undefined;
  return {
    shape,
    ...(isOptional !== undefined && { required: !isOptional }),
    ...(initial !== undefined && { default: initial }),
    at,
  };
}

/** No JSON value is a date: which texts become one, the type does not say. */
function asInput(shape: Shape): Shape {
  return everywhere(shape, (one) =>
    one.kind === 'string' && one.format === 'date-time' ? { kind: 'string' } : one,
  );
}

function elementShape(shape: Shape): Shape {
  return shape.kind === 'array' ? shape.items : shape;
}

/** `@Type(() => Item)`; one that says which class by a property of the value says nothing here. */
function madeOf(run: Run, uses: readonly DecoratorUse[]): Value | undefined {
  const type = uses.find(({ module, name }) => module === 'class-transformer' && name === 'Type');
  const [named, options] = type?.args ?? [];
  if (!type || named?.t !== 'function' || option(options, 'discriminator')) return undefined;
  return callValue(run, named, [], { at: type.at, file: type.at.file });
}

function isRequired(member: FieldMember, uses: readonly DecoratorUse[]): boolean {
  if (member.optional || member.v || allowsMissing(member.type)) return false;
  return !uses.some(({ name, args }) => {
    const required = option(args[0], 'required');
    return (
      name === 'IsOptional' ||
      name === 'ValidateIf' ||
      name === 'ApiPropertyOptional' ||
      (name === 'ApiProperty' && required?.t === 'boolean' && !required.value)
    );
  });
}
