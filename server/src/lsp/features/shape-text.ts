/** Schemas in a few words, as TypeScript would write them. */

import { lastPart, listText, literalsText, objectText, togetherText } from '../../contract/shape-text.ts';
import { type Located, type Reader, child, children, refOf } from '../../specs/openapi/reader.ts';
import { booleanOf, stringOf, textOf, toJs, valueOf } from '../../text/document-node.ts';

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
  return lastPart(text);
}

function followedText(reader: Reader, { file, node, pointer }: Located, depth: number): string {
  const at: Located = { file, node, pointer };
  const listed = valueOf(node, 'enum');
  const single = valueOf(node, 'const');
  if (listed?.kind === 'seq')
    return literalsText(listed.items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : [])));
  if (single?.kind === 'scalar') return literalsText([single.value]);
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
    if (parts.length > 0) return togetherText(parts, sign);
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
    return listText(items ? schemaText(reader, items, depth + 1) : 'any');
  }
  if (type === 'object') return propertiesText(reader, at, depth);
  const format = textOf(valueOf(at.node, 'format'));
  return format === undefined ? type : `${type} (${format})`;
}

function propertiesText(reader: Reader, at: Located, depth: number): string {
  const properties = child(at, 'properties');
  const names = requiredNames(at);
  const fields = (properties ? children(properties) : []).map((property) => ({
    name: property.key,
    optional: !names.has(property.key),
    type: () => schemaText(reader, property, depth + 1),
  }));
  return objectText(fields, depth, fields.length === 0);
}

/** The properties that a schema requires by name. */
export function requiredNames({ node }: Located): ReadonlySet<string> {
  const required = valueOf(node, 'required');
  return new Set(required?.kind === 'seq' ? required.items.flatMap((item) => textOf(item) ?? []) : []);
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
