/** Schemas in a few words, as TypeScript would write them. */

import type { Shape } from '../../contract/shape.ts';
import { type Located, type Reader, child, children, refOf } from '../../specs/openapi/reader.ts';
import { booleanOf, stringOf, textOf, toJs, valueOf } from '../../text/document-node.ts';

const maxFields = 8;
const maxLength = 90;

/** The shape that assembly or evaluation made: without names. */
export function shapeText(shape: Shape, depth = 0): string {
  switch (shape.kind) {
    case 'unknown':
      return 'unknown';
    case 'ref':
      return nameIn(shape.id);
    case 'string':
      return shape.values
        ? literals(shape.values)
        : shape.format === undefined
          ? 'string'
          : `string (${shape.format})`;
    case 'number':
      return shape.values ? literals(shape.values) : shape.integer ? 'integer' : 'number';
    case 'array':
      return listOf(shapeText(shape.items, depth + 1));
    case 'object':
      return objectText(
        Object.entries(shape.fields).map(([name, field]) => ({
          name,
          optional: field.required === false,
          type: () => shapeText(field.shape, depth + 1),
        })),
        depth,
        shape.open,
      );
    case 'union':
    case 'intersection':
      return together(
        shape.of.map((one) => shapeText(one, depth + 1)),
        shape.kind === 'union' ? ' | ' : ' & ',
      );
    default:
      return shape.kind;
  }
}

/** A schema of a document: named where it is a reference, else written out for one level. */
export function schemaText(reader: Reader, schema: Located, depth = 0): string {
  const name = refName(schema);
  if (name !== undefined && depth > 0) return name;
  const followed = reader.follow(schema);
  if (!followed.found) return name ?? 'unknown';
  return followedText(reader, followed.at, depth);
}

/** The last part of what a `$ref` leads to: what people call it. */
export function refName(at: Located): string | undefined {
  const entry = refOf(at.node);
  const text = entry && stringOf(entry.value);
  if (text === undefined) return undefined;
  return nameIn(text);
}

function nameIn(text: string): string {
  const last = text.split(/[/#]/).filter(Boolean).at(-1) ?? text;
  return last
    .replace(/\.(?:ya?ml|json)$/i, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function followedText(reader: Reader, { file, node, pointer }: Located, depth: number): string {
  const at: Located = { file, node, pointer };
  const listed = valueOf(node, 'enum');
  const single = valueOf(node, 'const');
  if (listed?.kind === 'seq')
    return literals(listed.items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : [])));
  if (single?.kind === 'scalar') return literals([single.value]);
  for (const [key, sign] of [
    ['oneOf', ' | '],
    ['anyOf', ' | '],
    ['allOf', ' & '],
  ] as const) {
    const list = child(at, key);
    if (list?.node.kind !== 'seq') continue;
    const parts = list.node.items.map((item, index) =>
      schemaText(reader, { file, node: item, pointer: [...list.pointer, String(index)] }, depth + 1),
    );
    if (parts.length > 0) return together(parts, sign);
  }
  const types = typesOf(at);
  const isNullable = booleanOf(valueOf(node, 'nullable')) === true;
  const text = types.map((type) => typeText(reader, at, type, depth)).join(' | ');
  if (text === '') return child(at, 'properties') ? propertiesText(reader, at, depth) : 'any';
  return isNullable ? `${text} | null` : text;
}

function typesOf({ node }: Located): readonly string[] {
  const type = valueOf(node, 'type');
  if (type?.kind === 'seq') return type.items.flatMap((item) => textOf(item) ?? []);
  const one = textOf(type);
  return one === undefined ? [] : [one];
}

function typeText(reader: Reader, at: Located, type: string, depth: number): string {
  if (type === 'array') {
    const items = child(at, 'items');
    return listOf(items ? schemaText(reader, items, depth + 1) : 'any');
  }
  if (type === 'object') return propertiesText(reader, at, depth);
  const format = textOf(valueOf(at.node, 'format'));
  return format === undefined ? type : `${type} (${format})`;
}

function propertiesText(reader: Reader, at: Located, depth: number): string {
  const properties = child(at, 'properties');
  const required = valueOf(at.node, 'required');
  const names = new Set(required?.kind === 'seq' ? required.items.flatMap((item) => textOf(item) ?? []) : []);
  const fields = (properties ? children(properties) : []).map((property) => ({
    name: property.key,
    optional: !names.has(property.key),
    type: () => schemaText(reader, property, depth + 1),
  }));
  return objectText(fields, depth, fields.length === 0);
}

interface FieldText {
  readonly name: string;
  readonly optional: boolean;
  readonly type: () => string;
}

function objectText(fields: readonly FieldText[], depth: number, open: boolean): string {
  if (fields.length === 0) return 'object';
  if (depth > 1) return '{ … }';
  const shown = fields.slice(0, maxFields).map(({ name, optional, type }) => {
    const text = type();
    return `${name}${optional ? '?' : ''}${text === 'unknown' ? '' : `: ${text}`}`;
  });
  const more = fields.length > maxFields || open;
  return `{ ${shown.join(', ')}${more ? ', …' : ''} }`;
}

/** What is not known, and what there is no room for, is one ellipsis at the end. */
function together(parts: readonly string[], sign: ' | ' | ' & '): string {
  const unique = [...new Set(parts)];
  const known = unique.filter((part) => part !== 'unknown' && part !== '{ … }');
  if (known.length === 0) return unique[0] ?? 'unknown';
  return clipped([...known, ...(known.length < unique.length ? ['…'] : [])].join(sign));
}

function listOf(item: string): string {
  if (item === 'unknown') return 'array';
  return /[ |&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function literals(values: readonly (string | number | boolean | null)[]): string {
  return clipped(values.map((value) => JSON.stringify(value)).join(' | '));
}

function clipped(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength).replace(/[\s|&]*$/, '')} …`;
}

/** An example of a parameter, media type or schema, on one line; undefined where none is written. */
export function exampleText(reader: Reader, at: Located, limit = 60): string | undefined {
  const followed = reader.follow(at);
  if (!followed.found) return undefined;
  const own = exampleOf(reader, followed.at);
  if (own !== undefined) return clip(own, limit);
  const schema = child(followed.at, 'schema');
  const behind = schema && reader.follow(schema);
  const inner = behind?.found
    ? (exampleOf(reader, behind.at) ?? textOf(valueOf(behind.at.node, 'default')))
    : undefined;
  return inner === undefined ? undefined : clip(inner, limit);
}

function exampleOf(reader: Reader, at: Located): string | undefined {
  const example = valueOf(at.node, 'example');
  if (example) return written(example);
  const examples = child(at, 'examples');
  if (!examples) return undefined;
  const first =
    examples.node.kind === 'seq'
      ? child(examples, '0')
      : examples.node.kind === 'map'
        ? children(examples)[0]
        : undefined;
  if (!first) return undefined;
  const followed = reader.follow(first);
  if (!followed.found) return undefined;
  return written(valueOf(followed.at.node, 'value') ?? followed.at.node);
}

function written(node: Located['node']): string {
  return node.kind === 'scalar' ? String(node.value) : (JSON.stringify(toJs(node, 200)) ?? '');
}

function clip(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
