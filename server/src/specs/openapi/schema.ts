/** Schema objects as shapes: as much as parameters and the first levels of bodies need. */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Field, Shape } from '../../contract/shape.ts';
import { booleanOf, stringOf, valueOf } from '../../text/document-node.ts';
import type { DocNode } from '../../contract/facts.ts';
import { child, children, type Located, type Reader, refOf, spanOf } from './reader.ts';
import { enumShape, mergeShapes, unionOf, type PartialShape } from './shape-algebra.ts';

/** Levels of fields and items below the top. */
const MAX_LEVELS = 3;

export interface SchemaReader {
  /** The shape of a schema object, of a reference to one, or of a boolean schema. */
  shape(schema: Located): Shape;
}

/**
 * @param siblings Do keywords beside a `$ref` count? They do from OpenAPI 3.1 on (JSON Schema 2020-12, section 8.2.3.1).
 */
export function createSchemaReader(reader: Reader, siblings: 'count' | 'ignored'): SchemaReader {
  const memo = new Map<DocNode, Shape[]>();

  function shapeOf(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const { node } = schema;
    if (node.kind !== 'map') {
      if (booleanOf(node) === undefined) reader.map(schema, 'A schema');
      return undefined;
    }
    if (stack.includes(node)) return limit('a schema that contains itself', schema);
    const known = memo.get(node)?.[level];
    if (known) return known;
    const shape = refOf(node)
      ? referenced(schema, level, [...stack, node])
      : inline(schema, level, [...stack, node]);
    if (shape) {
      const levels = memo.get(node) ?? [];
      levels[level] = shape;
      memo.set(node, levels);
    }
    return shape;
  }

  function referenced(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const target = reader.step(schema);
    const shape = target.found
      ? shapeOf(target.at, level, stack)
      : ({ kind: 'unknown', reason: target.reason } as const);
    return siblings === 'count' ? mergeShapes([shape, inline(schema, level, stack)], spanOf(schema)) : shape;
  }

  function inline(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const parts = [own(schema, level, stack)];
    const allOf = child(schema, 'allOf');
    for (const part of reader.list(allOf, 'allOf')) parts.push(shapeOf(part, level, stack));
    for (const key of ['oneOf', 'anyOf']) {
      const alternatives = reader.list(child(schema, key), key).map((part) => shapeOf(part, level, stack));
      if (alternatives.length > 0) parts.push(unionOf(alternatives));
    }
    const merged = mergeShapes(parts, spanOf(schema));
    return merged && requireFields(merged, schema.node);
  }

  /** What the schema says by itself, without those that it is composed of. */
  function own(schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    const { node } = schema;
    const types = typesOf(node);
    const listed = enumShape(node);
    if (listed) return nullable(node, types) ? unionOf([listed, { kind: 'null' }]) : listed;
    const shapes = types.filter((type) => type !== 'null').map((type) => typed(type, schema, level, stack));
    if (types.length === 0) {
      if (isObjectLike(node)) shapes.push(objectShape(schema, level, stack));
      else if (valueOf(node, 'items')) shapes.push(arrayShape(schema, level, stack));
      else if (stringOf(valueOf(node, 'format')) === 'binary') shapes.push({ kind: 'binary' });
    }
    if (nullable(node, types) && (shapes.length > 0 || types.length > 0)) shapes.push({ kind: 'null' });
    return shapes.length === 0 ? undefined : unionOf(shapes);
  }

  function typed(type: string, schema: Located, level: number, stack: readonly DocNode[]): PartialShape {
    switch (type) {
      case 'string': {
        const format = stringOf(valueOf(schema.node, 'format'));
        if (format === 'binary') return { kind: 'binary' };
        return format === undefined ? { kind: 'string' } : { kind: 'string', format };
      }
      case 'file':
        return { kind: 'binary' };
      case 'integer':
        return { kind: 'number', integer: true };
      case 'number':
        return { kind: 'number', integer: false };
      case 'boolean':
        return { kind: 'boolean' };
      case 'array':
        return arrayShape(schema, level, stack);
      case 'object':
        return objectShape(schema, level, stack);
      default:
        return unsupported(`type "${type}"`, schema);
    }
  }

  function arrayShape(schema: Located, level: number, stack: readonly DocNode[]): Shape {
    const items = child(schema, 'items');
    if (!items) return { kind: 'array', items: anything(schema) };
    if (level >= MAX_LEVELS) return { kind: 'array', items: limit('items at this depth', items) };
    return { kind: 'array', items: shapeOf(items, level + 1, stack) ?? anything(items) };
  }

  function objectShape(schema: Located, level: number, stack: readonly DocNode[]): Shape {
    const fields = new Map<string, Field>();
    const properties = child(schema, 'properties');
    const map = properties && reader.map(properties, 'The properties of a schema');
    for (const property of map ? children(map) : []) {
      const shape =
        level >= MAX_LEVELS ? limit('fields at this depth', property) : shapeOf(property, level + 1, stack);
      fields.set(property.key, { shape: shape ?? anything(property), required: false, at: property.keyAt });
    }
    const { node } = schema;
    const additional = valueOf(node, 'additionalProperties');
    const extended =
      additional !== undefined
        ? booleanOf(additional) !== false
        : valueOf(node, 'patternProperties') !== undefined;
    const silent = map === undefined && additional === undefined;
    return requireFields(
      { kind: 'object', fields: Object.fromEntries(fields), open: extended || silent },
      node,
    );
  }

  return { shape: (schema) => shapeOf(schema, 0, []) ?? anything(schema) };
}

/** A schema may require fields that another part of the same composition describes. */
function requireFields(shape: Shape, node: DocNode): Shape {
  const required = valueOf(node, 'required');
  if (shape.kind !== 'object' || required?.kind !== 'seq') return shape;
  const names = new Set(required.items.flatMap((item) => stringOf(item) ?? []));
  const fields = Object.entries(shape.fields).map(([name, field]): [string, Field] => [
    name,
    names.has(name) ? { ...field, required: true } : field,
  ]);
  return { ...shape, fields: Object.fromEntries(fields) };
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

function isObjectLike(node: DocNode): boolean {
  return valueOf(node, 'properties') !== undefined || valueOf(node, 'additionalProperties') !== undefined;
}

function anything(at: Located): Shape {
  return { kind: 'unknown', reason: { why: 'dynamic', what: 'any value', at: spanOf(at) } };
}

function limit(what: string, at: Located): Shape {
  return unknownShape({ why: 'limit', what, at: spanOf(at) });
}

function unsupported(construct: string, at: Located): Shape {
  return unknownShape({ why: 'unsupported', construct, at: spanOf(at) });
}

function unknownShape(reason: UnknownReason): Shape {
  return { kind: 'unknown', reason };
}
