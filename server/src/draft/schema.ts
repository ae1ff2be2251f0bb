/** Shapes as schema objects: as much as is known, and nothing that is not. */

import type { Input, Output } from '../contract/operation.ts';
import { iso8601, type Field, type NumberLimits, type Shape, type ShapeId } from '../contract/shape.ts';
import type { Plain } from '../text/document-style.ts';

export type Draft = Readonly<Record<string, Plain>>;

/** What a draft is written for. */
export interface Drafting {
  /** Of OpenAPI: `2.0` to `3.2`. */
  readonly version: string;
  /** A schema that stands for a named shape: a reference, or what the name means; empty where neither can be. */
  named(id: ShapeId, drafting: Drafting): Draft;
  /** A reference to what says the same as this part already. */
  readonly known?: KnownParts;
  /** What is drafted is sent by clients. */
  readonly isRequest?: true;
  /** A single fixed value is a promise: of a request, a written type. In an answer it is what a handler happens to send. */
  readonly fixed?: true;
  /** Parameters say where they are before what they are called. */
  readonly placeFirst?: true;
  /** What guards and middlewares in front of many operations answer is written with each of them. */
  readonly shared?: true;
}

/** Parts that can be referred to; undefined where there is none. */
export interface KnownParts {
  object(shape: ObjectShape, drafting: Drafting): Draft | undefined;
  parameter(input: Pick<Input, 'name' | 'in' | 'shape' | 'required'>): Draft | undefined;
  response(status: string, output: Output | undefined): Draft | undefined;
}

export type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** Writes what names mean in their place. Recursion ends where a name would come back. */
export function inPlace(version: string, shapeOf: (id: ShapeId) => Shape | undefined): Drafting {
  const within: ShapeId[] = [];
  const drafting: Drafting = {
    version,
    named: (id) => {
      const shape = shapeOf(id);
      if (!shape || within.includes(id) || within.length > maxNesting) return {};
      within.push(id);
      const schema = draftSchema(shape, { ...drafting, fixed: true });
      within.pop();
      return schema;
    },
  };
  return drafting;
}

/** Nobody reads further down, and every level may be many times as large as the one above. */
const maxNesting = 4;

export function saysSomething(schema: Draft): boolean {
  return Object.keys(schema).length > 0;
}

/** A schema object (OpenAPI 3.1 section 4.8.24); empty for what is not known. */
export function draftSchema(shape: Shape | undefined, drafting: Drafting): Draft {
  switch (shape?.kind) {
    case 'string':
      return {
        type: 'string',
        // Of the forms of ISO 8601, the one that says most.
        ...(shape.format !== undefined && { format: shape.format === iso8601 ? 'date-time' : shape.format }),
        ...values(shape.values, drafting),
        ...kept(shape, ['minLength', 'maxLength', 'pattern']),
      };
    case 'number':
      return {
        type: shape.integer ? 'integer' : 'number',
        ...(shape.format !== undefined && { format: shape.format }),
        // Numbers of an answer are counted, and rarely one of a few.
        ...(drafting.fixed === true && values(shape.values, drafting)),
        ...range(shape, drafting.version),
      };
    case 'boolean':
      return { type: 'boolean', ...(drafting.fixed === true && shape.values && { enum: shape.values }) };
    case 'binary':
      return { type: 'string', format: 'binary' };
    case 'null':
      return knowsNull(drafting.version) ? { type: 'null' } : {};
    case 'array':
      return {
        type: 'array',
        items: draftSchema(shape.items, drafting),
        // An empty list that is written down is what a handler happens to send.
        ...kept(shape, shape.maxItems === 0 && drafting.fixed !== true ? [] : ['minItems', 'maxItems']),
      };
    case 'object':
      return drafting.known?.object(shape, drafting) ?? draftObject(shape, drafting);
    case 'union':
      return draftUnion(shape.of, drafting);
    case 'intersection':
      return draftIntersection(shape.of, drafting);
    case 'ref':
      return drafting.named(shape.id, drafting);
    default:
      return {};
  }
}

function values(of: readonly Plain[] | undefined, { fixed }: Drafting): Draft {
  return of && (fixed === true || of.length > 1) ? { enum: of } : {};
}

/** `null` is a type since 3.1. */
function knowsNull(version: string): boolean {
  return version !== '2.0' && version !== '3.0';
}

function draftObject(shape: ObjectShape, drafting: Drafting): Draft {
  const entries = Object.entries(shape.fields);
  const required = entries.flatMap(([name, field]) => (field.required === true ? [name] : []));
  const rest = shape.rest && draftSchema(shape.rest, drafting);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    ...(entries.length > 0 && {
      properties: Object.fromEntries(
        entries.map(([name, field]): [string, Plain] => [name, draftField(field, drafting)]),
      ),
    }),
    ...(shape.strict
      ? { additionalProperties: false }
      : rest && saysSomething(rest)
        ? { additionalProperties: rest }
        : {}),
  };
}

function draftField(field: Field, drafting: Drafting): Draft {
  const schema = draftSchema(field.shape, drafting);
  const marks = kept(field, drafting.version === '2.0' ? ['readOnly'] : ['readOnly', 'writeOnly']);
  // Until 3.1 nothing stands beside a reference.
  return '$ref' in schema && !knowsNull(drafting.version) ? schema : { ...schema, ...marks };
}

function draftUnion(of: readonly Shape[], drafting: Drafting): Draft {
  const { version } = drafting;
  const others = of.filter(({ kind }) => kind !== 'null');
  const drafts = unique(others.map((shape) => draftSchema(shape, drafting)));
  const [only] = drafts;
  if (!only || drafts.some((draft) => !saysSomething(draft))) return {};
  const isNullable = others.length < of.length;
  if (version === '2.0') return drafts.length > 1 ? {} : only;
  if (drafts.length > 1) {
    if (!isNullable) return { anyOf: drafts };
    return knowsNull(version) ? { anyOf: [...drafts, { type: 'null' }] } : { anyOf: drafts, nullable: true };
  }
  if (!isNullable) return only;
  if (!knowsNull(version))
    return '$ref' in only ? { allOf: [only], nullable: true } : { ...only, nullable: true };
  return nullable(only);
}

function nullable(schema: Draft): Draft {
  const { type } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = schema['enum'];
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) && { enum: [...(values as readonly Plain[]), null] }),
  };
}

function draftIntersection(of: readonly Shape[], drafting: Drafting): Draft {
  const drafts = unique(of.map((shape) => draftSchema(shape, drafting)).filter(saysSomething));
  const [only] = drafts;
  return drafts.length > 1 ? { allOf: drafts } : (only ?? {});
}

function unique(drafts: readonly Draft[]): readonly Draft[] {
  return [...new Map(drafts.map((draft) => [JSON.stringify(draft), draft])).values()];
}

/** Until 3.1 an exclusive limit is a mark beside the limit (OpenAPI 3.0 section 4.7.24; JSON Schema draft 5). */
function range(limits: NumberLimits, version: string): Draft {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = limits;
  const both = kept(limits, ['minimum', 'maximum', 'multipleOf']);
  if (knowsNull(version)) return { ...both, ...kept(limits, ['exclusiveMinimum', 'exclusiveMaximum']) };
  return {
    ...both,
    ...(above !== undefined && { minimum: above, exclusiveMinimum: true }),
    ...(below !== undefined && { maximum: below, exclusiveMaximum: true }),
  };
}

function kept(from: object, names: readonly string[]): Draft {
  return Object.fromEntries(
    Object.entries(from).filter(([name, value]) => names.includes(name) && value !== undefined),
  ) as Draft;
}
