/**
 * Schema objects as shapes. What is named (`$ref`) stays a name in fields, items and alternatives deeper down, and
 * is written out once, in the table that names lead to; so recursion and size are nothing special.
 */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Field, NumberLimits, Shape, ShapeId, Shapes, TextLimits } from '../../contract/shape.ts';
import { booleanOf, numberOf, stringOf, valueOf } from '../../text/document-node.ts';
import type { DocNode } from '../../contract/facts.ts';
import { child, children, type Located, type Reader, refOf, spanOf } from './reader.ts';
import { discriminated, enumShape, mergeShapes, unionOf, type PartialShape } from './shape-algebra.ts';

/** Written in place deeper than this, a schema gets a name of its own: what a name leads to stays small. */
const MAX_LEVELS = 4;

export interface SchemaReader {
  /** The shape of a schema object, of a reference to one, or of a boolean schema. */
  shape(schema: Located): Shape;
  /** What the names in the shapes made so far lead to. */
  named(): Shapes;
}

/**
 * @param siblings Do keywords beside a `$ref` count? They do from OpenAPI 3.1 on (JSON Schema 2020-12, section 8.2.3.1).
 */
export function createSchemaReader(reader: Reader, siblings: 'count' | 'ignored'): SchemaReader {
  const memo = new Map<DocNode, Shape>();
  const names = new Map<DocNode, ShapeId>();
  const waiting: Located[] = [];
  const table = new Map<ShapeId, Shape>();

  /** A schema written out, with those that it is composed of. */
  function expanded(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const { node } = schema;
    if (node.kind !== 'map') {
      if (booleanOf(node) === undefined) reader.map(schema, 'A schema');
      return undefined;
    }
    const doubt = doubtOf(reader, schema);
    if (doubt) return unknownShape(doubt);
    if (stack.includes(node)) return limit('a schema that contains itself', schema);
    const known = memo.get(node);
    if (known) return known;
    const shape = refOf(node)
      ? referenced(schema, level, [...stack, node])
      : inline(schema, level, [...stack, node]);
    if (shape && stack.length === 0) memo.set(node, shape);
    return shape;
  }

  function referenced(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const target = reader.step(schema);
    const shape = target.found
      ? expanded(target.at, level, stack)
      : ({ kind: 'unknown', reason: target.reason } as const);
    return siblings === 'count' ? mergeShapes([shape, inline(schema, level, stack)], spanOf(schema)) : shape;
  }

  /** A schema below another one: its name where it has one. */
  function inner(schema: Located, level: number): PartialShape {
    if (!refOf(schema.node)) return level > MAX_LEVELS ? nameOf(schema) : expanded(schema, level, []);
    const target = reader.step(schema);
    if (!target.found) return { kind: 'unknown', reason: target.reason };
    if (siblings === 'count' && speaks(schema.node)) return expanded(schema, level, []);
    return nameOf(target.at);
  }

  function nameOf(schema: Located): PartialShape {
    if (schema.node.kind !== 'map') return expanded(schema, 0, []);
    const known = names.get(schema.node);
    const id = known ?? (`${schema.file}#/${schema.pointer.join('/')}` as ShapeId);
    if (known === undefined) {
      names.set(schema.node, id);
      waiting.push(schema);
    }
    return { kind: 'ref', id };
  }

  function inline(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const parts = [own(schema, level)];
    for (const part of reader.list(child(schema, 'allOf'), 'allOf')) parts.push(expanded(part, level, stack));
    for (const key of ['oneOf', 'anyOf']) {
      const written = reader.list(child(schema, key), key);
      const isBare = parts.every((part) => part === undefined);
      const alternatives = written.map(
        (part) => expanded(part, level, stack) ?? (isBare ? anything(part) : undefined),
      );
      if (alternatives.length > 0)
        parts.push(
          unionOf(
            discriminated(
              schema.node,
              written.map(({ node }) => node),
              alternatives,
            ),
          ),
        );
    }
    const merged = mergeShapes(parts, spanOf(schema));
    const shape = merged && requireFields(merged, schema.node);
    // `nullable` beside `allOf` is how OpenAPI 3.0 says "this schema, or null": beside a `$ref` nothing may stand.
    return shape && isNullableWrap(schema.node) ? unionOf([shape, { kind: 'null' }]) : shape;
  }

  /** What the schema says by itself, without those that it is composed of. */
  function own(schema: Located, level: number): PartialShape {
    const { node } = schema;
    const types = typesOf(node);
    const listed = enumShape(node);
    if (listed) return nullable(node, types) ? unionOf([listed, { kind: 'null' }]) : listed;
    const shapes = types.filter((type) => type !== 'null').map((type) => typed(type, schema, level));
    if (types.length === 0) {
      if (isObjectLike(node)) shapes.push(objectShape(schema, level));
      else if (valueOf(node, 'items')) shapes.push(arrayShape(schema, level));
      else if (stringOf(valueOf(node, 'format')) === 'binary') shapes.push({ kind: 'binary' });
    }
    if (nullable(node, types) && (shapes.length > 0 || types.length > 0)) shapes.push({ kind: 'null' });
    return shapes.length === 0 ? undefined : unionOf(shapes);
  }

  function typed(type: string, schema: Located, level: number): PartialShape {
    switch (type) {
      case 'string':
        return textShape(schema.node);
      case 'file':
        return { kind: 'binary' };
      case 'integer':
      case 'number':
        return { kind: 'number', integer: type === 'integer', ...numberLimits(schema.node) };
      case 'boolean':
        return { kind: 'boolean' };
      case 'array':
        return arrayShape(schema, level);
      case 'object':
        return objectShape(schema, level);
      default:
        return unknownShape({ why: 'unsupported', construct: `type "${type}"`, at: spanOf(schema) });
    }
  }

  function arrayShape(schema: Located, level: number): Shape {
    const items = child(schema, 'items');
    return {
      kind: 'array',
      items: (items && inner(items, level + 1)) ?? anything(items ?? schema),
      ...numbersOf(schema.node, ['minItems', 'maxItems']),
    };
  }

  function objectShape(schema: Located, level: number): Shape {
    const fields = new Map<string, Field>();
    const properties = child(schema, 'properties');
    const map = properties && reader.map(properties, 'The properties of a schema');
    for (const property of map ? children(map) : []) {
      const shape = inner(property, level + 1) ?? anything(property);
      fields.set(property.key, { shape, required: false, ...directions(property), at: property.keyAt });
    }
    const { node } = schema;
    const additional = child(schema, 'additionalProperties');
    const closed = [additional?.node, valueOf(node, 'unevaluatedProperties')].some(
      (value) => booleanOf(value) === false,
    );
    const patterned = valueOf(node, 'patternProperties') !== undefined;
    const extended = additional ? booleanOf(additional.node) !== false : patterned;
    const silent = map === undefined && additional === undefined && !closed;
    const rest = additional?.node.kind === 'map' ? inner(additional, level + 1) : undefined;
    return requireFields(
      {
        kind: 'object',
        fields: Object.fromEntries(fields),
        open: extended || silent,
        ...(rest && { rest }),
        ...(closed && !extended && !patterned && { strict: true as const }),
      },
      node,
    );
  }

  /** `readOnly` and `writeOnly`, of the property or of what it refers to. */
  function directions(property: Located): Pick<Field, 'readOnly' | 'writeOnly'> {
    const followed = refOf(property.node) ? reader.follow(property) : undefined;
    const nodes = [property.node, ...(followed?.found ? [followed.at.node] : [])];
    const says = (key: string): boolean => nodes.some((node) => booleanOf(valueOf(node, key)) === true);
    return { ...(says('readOnly') && { readOnly: true }), ...(says('writeOnly') && { writeOnly: true }) };
  }

  return {
    shape: (schema) => expanded(schema, 0, []) ?? anything(schema),
    named() {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const id = names.get(next.node);
        if (id !== undefined) table.set(id, expanded(next, 0, []) ?? anything(next));
      }
      return Object.fromEntries([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** What a list of properties or of alternatives may have lost, the schema may have. */
function doubtOf(reader: Reader, schema: Located): UnknownReason | undefined {
  const parts = [schema, ...children(schema)];
  return parts.map((part) => reader.doubt(part)).find((reason) => reason !== undefined);
}

/** Does anything beside the `$ref` say something of values? */
function speaks(node: DocNode): boolean {
  return (
    node.kind === 'map' &&
    node.entries.some(
      ({ key }) =>
        !/^(?:\$ref|\$comment|title|description|summary|examples?|default|deprecated|readOnly|writeOnly|x-.*)$/.test(
          key,
        ),
    )
  );
}

/** A schema may require fields that another part of the same composition describes. */
function requireFields(shape: Shape, node: DocNode): Shape {
  const required = valueOf(node, 'required');
  if (required?.kind !== 'seq') return shape;
  const names = new Set(required.items.flatMap((item) => stringOf(item) ?? []));
  const demand = (one: Shape): Shape => {
    if (one.kind === 'union' || one.kind === 'intersection') return { ...one, of: one.of.map(demand) };
    if (one.kind !== 'object') return one;
    const fields = Object.entries(one.fields).map(([name, field]): [string, Field] => [
      name,
      names.has(name) ? { ...field, required: true } : field,
    ]);
    return { ...one, fields: Object.fromEntries(fields) };
  };
  return demand(shape);
}

function textShape(node: DocNode): Shape {
  const format = stringOf(valueOf(node, 'format'));
  if (format === 'binary') return { kind: 'binary' };
  const pattern = stringOf(valueOf(node, 'pattern'));
  const limits: TextLimits = {
    ...numbersOf(node, ['minLength', 'maxLength']),
    ...(pattern !== undefined && { pattern }),
  };
  return { kind: 'string', ...(format !== undefined && { format }), ...limits };
}

/** Exclusive limits are numbers (JSON Schema 2020-12), or say so of the limit beside them (OpenAPI 2.0 and 3.0). */
function numberLimits(node: DocNode): NumberLimits & { readonly format?: string } {
  const format = stringOf(valueOf(node, 'format'));
  const { minimum, maximum, ...rest } = numbersOf(node, [
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
  ]);
  const above = booleanOf(valueOf(node, 'exclusiveMinimum')) === true;
  const below = booleanOf(valueOf(node, 'exclusiveMaximum')) === true;
  return {
    ...(format !== undefined && { format }),
    ...rest,
    ...(minimum !== undefined && (above ? { exclusiveMinimum: minimum } : { minimum })),
    ...(maximum !== undefined && (below ? { exclusiveMaximum: maximum } : { maximum })),
  };
}

function numbersOf<K extends string>(node: DocNode, keys: readonly K[]): { readonly [key in K]?: number } {
  const found = keys.flatMap((key): [K, number][] => {
    const value = numberOf(valueOf(node, key));
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(found) as { readonly [key in K]?: number };
}

function typesOf(node: DocNode): readonly string[] {
  const type = valueOf(node, 'type');
  if (type?.kind === 'seq')
    return type.items.flatMap((item) => (item.kind === 'scalar' ? String(item.value) : []));
  const single = stringOf(type);
  return single === undefined ? [] : [single];
}

function nullable(node: DocNode, types: readonly string[]): boolean {
  return (
    types.includes('null') ||
    booleanOf(valueOf(node, 'nullable')) === true ||
    booleanOf(valueOf(node, 'x-nullable')) === true
  );
}

function isNullableWrap(node: DocNode): boolean {
  const isComposed = ['allOf', 'oneOf', 'anyOf'].some((key) => valueOf(node, key) !== undefined);
  return isComposed && typesOf(node).length === 0 && nullable(node, []);
}

function isObjectLike(node: DocNode): boolean {
  return valueOf(node, 'properties') !== undefined || valueOf(node, 'additionalProperties') !== undefined;
}

function anything(at: Located): Shape {
  return { kind: 'unknown', reason: { why: 'dynamic', what: 'any value', at: spanOf(at) } };
}

function limit(what: string, at: Located): Shape {
  return unknownShape({ why: 'limit', what, at: spanOf(at) });
}

function unknownShape(reason: UnknownReason): Shape {
  return { kind: 'unknown', reason };
}
