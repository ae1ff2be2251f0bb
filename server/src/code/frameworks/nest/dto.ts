/** DTO classes as lists of fields: class-validator, mapped types, inheritance, zod objects. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Field } from '../../../contract/shape.ts';
import type { Span } from '../../../contract/span.ts';
import type { Member, TypeExpr } from '../../program/program.ts';
import { lookup } from '../../evaluate/expressions.ts';
import { keyText } from '../../evaluate/members.ts';
import type { Run } from '../../evaluate/run.ts';
import {
  fixedText,
  type ClassValue,
  type ExternalValue,
  type Scope,
  type Value,
} from '../../evaluate/values.ts';
import { decoratorUses, option, textOption, type DecoratorUse } from './decorators.ts';
import { readSchema } from '../../shapes/validators/read.ts';
import { allowsMissing, shapeOfType } from '../../shapes/types.ts';
import type { NestWorld } from './world.ts';

/** `gaps` says why there may be more fields than those listed. */
export interface DtoFields {
  readonly fields: ReadonlyMap<string, Field>;
  readonly gaps: readonly UnknownReason[];
}

interface Reading {
  readonly run: Run;
  readonly world: NestWorld;
  readonly at: Span;
}

/** Classes that extend each other deeper than this go round in circles. */
const depthLimit = 12;

/** The fields of a value of this written type. */
export function fieldsOfType(
  run: Run,
  world: NestWorld,
  type: TypeExpr | undefined,
  scope: Scope,
  at: Span,
): DtoFields {
  return ofType({ run, world, at }, type, scope, 0);
}

function unreadable(what: string, at: Span): DtoFields {
  return { fields: new Map(), gaps: [{ why: 'dynamic', what, at }] };
}

function ofType(reading: Reading, type: TypeExpr | undefined, scope: Scope, depth: number): DtoFields {
  const { run, at } = reading;
  if (!type || depth > depthLimit) return unreadable('type of an object', at);
  if (type.k === 'obj') {
    const fields = new Map(
      type.members.map((member): [string, Field] => {
        const place: Span = { file: scope.file, start: member.s, end: member.e };
        return [
          member.name,
          {
            shape: shapeOfType(run, member.t, scope, place),
            required: !member.optional && !allowsMissing(member.t),
            at: place,
          },
        ];
      }),
    );
    return { fields, gaps: type.index ? [{ why: 'dynamic', what: 'index signature', at }] : [] };
  }
  if (type.k === 'inter') return merged(type.of.map((one) => ofType(reading, one, scope, depth + 1)));
  if (type.k !== 'ref') return unreadable('type of an object', at);
  const [first, second] = type.args;
  switch (type.name) {
    case 'Partial':
      return optional(ofType(reading, first, scope, depth + 1));
    case 'Readonly':
    case 'Required':
      return ofType(reading, first, scope, depth + 1);
    case 'Pick':
    case 'Omit':
      return chosen(ofType(reading, first, scope, depth + 1), literals(second), type.name === 'Pick');
    default:
  }
  const named = type.name.includes('.') ? undefined : lookup(run, type.name, scope);
  return named ? ofValue(reading, named, depth + 1) : unreadable(`type ${type.name}`, at);
}

function literals(type: TypeExpr | undefined): readonly string[] {
  const parts = type?.k === 'union' ? type.of : type ? [type] : [];
  return parts.flatMap((one) => (one.k === 'lit' ? [String(one.v)] : []));
}

function ofValue(reading: Reading, value: Value, depth: number): DtoFields {
  if (depth > depthLimit) return unreadable('type of an object', reading.at);
  if (value.t === 'class') {
    const inherited = value.parent
      ? ofValue(reading, value.parent, depth + 1)
      : { fields: new Map(), gaps: [] };
    return merged([inherited, ownFields(reading, value)]);
  }
  return value.t === 'external'
    ? ofExternal(reading, value, depth)
    : unreadable('type of an object', reading.at);
}

/** Mapped types of `@nestjs/swagger`, `@nestjs/mapped-types` and `@nestjs/graphql`; `createZodDto` of nestjs-zod. */
function ofExternal(reading: Reading, value: ExternalValue, depth: number): DtoFields {
  const [first, second] = value.args ?? [];
  const inner = (): DtoFields =>
    first ? ofValue(reading, first, depth + 1) : unreadable('type of an object', reading.at);
  switch (value.path.at(-1)) {
    case 'PartialType':
    case 'DeepPartialType':
      return optional(inner());
    case 'PickType':
    case 'OmitType': {
      const names = second?.t === 'array' ? second.items.flatMap((item) => fixedText(item) ?? []) : [];
      return chosen(inner(), names, value.path.at(-1) === 'PickType');
    }
    case 'IntersectionType':
      return merged((value.args ?? []).map((one) => ofValue(reading, one, depth + 1)));
    case 'createZodDto':
      return (first && schemaFields(reading, first)) ?? unreadable('zod schema', reading.at);
    default:
      return unreadable(`class of ${value.module}`, reading.at);
  }
}

/** What a schema takes as JSON; undefined for one that is no object we can read. */
function schemaFields({ run, at }: Reading, schema: Value): DtoFields | undefined {
  const { shape } = readSchema(run, schema, 'json');
  if (shape.kind !== 'object') return undefined;
  return {
    fields: new Map(Object.entries(shape.fields)),
    gaps: shape.open ? [{ why: 'dynamic', what: 'further fields of a schema', at }] : [],
  };
}

function merged(parts: readonly DtoFields[]): DtoFields {
  return {
    fields: new Map(parts.flatMap(({ fields }) => [...fields])),
    gaps: parts.flatMap(({ gaps }) => gaps),
  };
}

function optional({ fields, gaps }: DtoFields): DtoFields {
  return { fields: new Map([...fields].map(([name, field]) => [name, { ...field, required: false }])), gaps };
}

function chosen({ fields, gaps }: DtoFields, names: readonly string[], keep: boolean): DtoFields {
  return { fields: new Map([...fields].filter(([name]) => names.includes(name) === keep)), gaps };
}

function ownFields({ run, world }: Reading, cls: ClassValue): DtoFields {
  const fields = new Map<string, Field>();
  const gaps: UnknownReason[] = [];
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
    fields.set(textOption(exposed?.args[0], 'name') ?? name, {
      shape: shapeOfType(run, member.type, cls.scope, at),
      required: isRequired(member, uses),
      at,
    });
  }
  return { fields, gaps };
}

function isRequired(member: Member & { readonly k: 'field' }, uses: readonly DecoratorUse[]): boolean {
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
