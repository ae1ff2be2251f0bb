/** Schemas as trees of fields, to be shown. */

import type { DocNode } from '../../contract/facts.ts';
import { child, children, type Located, type Reader } from '../../specs/openapi/reader.ts';
import { booleanOf, textOf, toJs, valueOf } from '../../text/document-node.ts';
import { schemaExample } from './schema-example.ts';
import { refName, requiredNames, schemaText } from './shape-text.ts';

export interface PreviewSchema {
  /** As TypeScript would write it, on one line. */
  readonly type: string;
  readonly description?: string;
  /** `minLength 3`, `default 10`. */
  readonly limits: readonly string[];
  /** Of the object, or of the objects in the list. */
  readonly fields: readonly PreviewField[];
}

export interface PreviewField extends PreviewSchema {
  readonly key: string;
  /** Of a parameter: `path`, `query`, `header`, `cookie`. */
  readonly in?: string;
  readonly required: boolean;
  readonly deprecated: boolean;
}

export interface PreviewContent {
  readonly mediaType: string;
  readonly schema?: PreviewSchema;
  /** JSON, indented. */
  readonly example?: string;
}

/** Nobody reads further down. */
const maxDepth = 6;
const maxFields = 200;

const limitKeys = [
  ...['format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems', 'default', 'example'],
];

function previewSchema(reader: Reader, schema: Located, around: readonly DocNode[] = []): PreviewSchema {
  const followed = reader.follow(schema);
  const at = followed.found ? followed.at : schema;
  const type = schemaText(reader, schema, 1);
  const description = textOf(valueOf(at.node, 'description'));
  // Recursion ends with the name, which stands further up.
  const isAgain = around.includes(at.node) || around.length >= maxDepth;
  return {
    type,
    ...(description !== undefined && { description }),
    limits: limitsOf(at.node, type),
    fields: isAgain ? [] : fieldsOf(reader, at, [...around, at.node]).slice(0, maxFields),
  };
}

function limitsOf(node: DocNode, type: string): readonly string[] {
  return limitKeys.flatMap((key) => {
    const value = valueOf(node, key);
    if (value?.kind !== 'scalar' || (key === 'format' && type.includes(String(value.value)))) return [];
    return [key === 'format' ? String(value.value) : `${key} ${String(value.value)}`];
  });
}

function fieldsOf(reader: Reader, at: Located, around: readonly DocNode[]): readonly PreviewField[] {
  const names = requiredNames(at);
  const properties = child(at, 'properties');
  const own = (properties ? children(properties) : []).map((property) => ({
    ...previewSchema(reader, property, around),
    key: property.key,
    required: names.has(property.key),
    deprecated: booleanOf(valueOf(property.node, 'deprecated')) === true,
  }));
  const items = child(at, 'items');
  const ofItems = items ? previewSchema(reader, items, around).fields : [];
  const parts = child(at, 'allOf');
  const ofParts = listOf(parts).flatMap((part) => previewSchema(reader, part, around).fields);
  const alternatives = (['oneOf', 'anyOf'] as const).flatMap((key) => listOf(child(at, key)));
  const ofAlternatives = alternatives
    .map((one): PreviewField => ({
      ...previewSchema(reader, one, around),
      key: `or ${refName(one) ?? ''}`.trim(),
      required: false,
      deprecated: false,
    }))
    .filter(({ fields }) => fields.length > 0);
  return [...ofParts, ...own, ...ofItems, ...ofAlternatives];
}

function listOf(list: Located | undefined): readonly Located[] {
  if (list?.node.kind !== 'seq') return [];
  return list.node.items.flatMap((_, index) => child(list, String(index)) ?? []);
}

/** A parameter or header object; `name` for a header, which has none of its own. Bodies of OpenAPI 2.0 are none. */
export function previewParameter(reader: Reader, at: Located, name?: string): PreviewField | undefined {
  const followed = reader.follow(at);
  if (!followed.found) return undefined;
  const { node } = followed.at;
  const key = name ?? textOf(valueOf(node, 'name'));
  const where = name === undefined ? textOf(valueOf(node, 'in')) : undefined;
  if (key === undefined || where === 'body') return undefined;
  const schema = child(followed.at, 'schema');
  const shown = previewSchema(reader, schema ?? followed.at);
  const description = textOf(valueOf(node, 'description'));
  return {
    ...shown,
    ...(description !== undefined && { description }),
    key,
    ...(where !== undefined && { in: where }),
    required: where === 'path' || booleanOf(valueOf(node, 'required')) === true,
    deprecated: booleanOf(valueOf(node, 'deprecated')) === true,
  };
}

/** The request body: a `requestBody`, or the `body` parameter of OpenAPI 2.0. */
export function previewBody(reader: Reader, operation: Located): readonly PreviewContent[] {
  const body = child(operation, 'requestBody');
  const followed = body && reader.follow(body);
  if (followed?.found) return previewContents(reader, followed.at);
  return listOf(child(operation, 'parameters')).flatMap((one) => {
    const parameter = reader.follow(one);
    if (!parameter.found || textOf(valueOf(parameter.at.node, 'in')) !== 'body') return [];
    const schema = child(parameter.at, 'schema');
    return schema ? [{ mediaType: 'body', schema: previewSchema(reader, schema) }] : [];
  });
}

/** What stands under `content`; the schema itself in OpenAPI 2.0. */
export function previewContents(reader: Reader, at: Located): readonly PreviewContent[] {
  const content = child(at, 'content');
  if (!content) {
    const schema = child(at, 'schema');
    return schema ? [{ mediaType: 'body', schema: previewSchema(reader, schema) }] : [];
  }
  return children(content).map((media) => {
    const schema = child(media, 'schema');
    const example =
      exampleOf(reader, media) ?? (schema && (exampleOf(reader, schema) ?? schemaExample(reader, schema)));
    return {
      mediaType: media.key,
      ...(schema && { schema: previewSchema(reader, schema) }),
      ...(example !== undefined && { example }),
    };
  });
}

function exampleOf(reader: Reader, from: Located): string | undefined {
  const followed = reader.follow(from);
  if (!followed.found) return undefined;
  const one = valueOf(followed.at.node, 'example');
  const examples = child(followed.at, 'examples');
  const first = examples && (examples.node.kind === 'seq' ? child(examples, '0') : children(examples)[0]);
  const behind = first && reader.follow(first);
  const node = one ?? (behind?.found ? (valueOf(behind.at.node, 'value') ?? behind.at.node) : undefined);
  return node && JSON.stringify(toJs(node, 2000), null, 2);
}
