/** Values of OpenAPI 2.0, in schemas and in parameters, as schemas of 3.0. */

import {
  emptyMap,
  entryIn,
  isTreeMap,
  keyOf,
  nodeIn,
  placeOf,
  put,
  rename,
  take,
  textIn,
  type Tree,
  type TreeMap,
} from '../../text/tree.ts';

export function mendSchema(tree: Tree, schema: TreeMap): void {
  const discriminator = textIn(schema, 'discriminator');
  const entry = entryIn(schema, 'discriminator');
  if (entry && discriminator !== undefined) entry.value = tree.make({ propertyName: discriminator });
  const nullable = entryIn(schema, 'x-nullable');
  if (nullable) rename(nullable, 'nullable');
  mendFile(tree, schema);
}

function mendFile(tree: Tree, schema: TreeMap): void {
  const type = entryIn(schema, 'type');
  if (!type || textIn(schema, 'type') !== 'file') return;
  type.value = tree.make('string');
  if (!entryIn(schema, 'format')) put(schema, tree.entry('format', 'binary'), placeOf(schema, 'type') + 1);
}

const schemaKeys: ReadonlySet<string> = new Set([
  ...['type', 'format', 'items', 'default', 'enum', 'multipleOf', 'pattern', 'uniqueItems', 'x-nullable'],
  ...[
    'maximum',
    'exclusiveMaximum',
    'minimum',
    'exclusiveMinimum',
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
  ],
]);

/** What says of a value how it looks becomes a schema. */
export function takeSchema(tree: Tree, from: TreeMap): TreeMap {
  const schema = emptyMap();
  for (const entry of [...from.items]) {
    if (!schemaKeys.has(keyOf(entry))) continue;
    take(from, keyOf(entry));
    put(schema, entry);
  }
  dropFormats(schema);
  mendSchema(tree, schema);
  return schema;
}

/** How lists within lists are written has no words in OpenAPI 3. */
function dropFormats(schema: TreeMap): void {
  const items = nodeIn(schema, 'items');
  if (!isTreeMap(items)) return;
  take(items, 'collectionFormat');
  dropFormats(items);
}

/** Style and explode of a list in a query or a form; undefined for what OpenAPI 3 cannot say. */
export function listStyle(format: string | undefined): { style: string; explode: boolean } | undefined {
  switch (format ?? 'csv') {
    case 'csv':
      return { style: 'form', explode: false };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    case 'multi':
      return { style: 'form', explode: true };
    default:
      return undefined;
  }
}
