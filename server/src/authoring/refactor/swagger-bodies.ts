/** Parameters of OpenAPI 2.0 that are the body of a request. */

import type { Located } from '../../specs/openapi/reader.ts';
import { toJs } from '../../text/document-node.ts';
import type { Plain } from '../../text/document-style.ts';
import {
  emptyMap,
  entryIn,
  isTreeMap,
  keyOf,
  nodeIn,
  placeOf,
  plainOf,
  put,
  take,
  textIn,
  copyOf,
  type Tree,
  type TreeMap,
  type TreeNode,
} from '../../text/tree.ts';
import { listStyle, takeSchema } from './swagger-schemas.ts';

/** Of the operation, else of the document, else any. */
export function mediaTypes(
  operation: TreeMap | undefined,
  top: TreeMap,
  key: 'consumes' | 'produces',
): readonly string[] {
  const listed = plainOf((operation && nodeIn(operation, key)) ?? nodeIn(top, key));
  const types = Array.isArray(listed) ? listed.map(String) : [];
  return types.length > 0 ? types : ['*/*'];
}

/** Makes a request body of a parameter `in: body`, in its place. */
export function valueBody(tree: Tree, parameter: TreeMap, types: readonly string[]): TreeMap {
  const place = placeOf(parameter, 'schema');
  const schema = take(parameter, 'schema')?.value as TreeNode | undefined;
  const content = emptyMap();
  for (const type of types) {
    const media = emptyMap();
    if (schema) put(media, tree.entry('schema', copyOf(schema)));
    put(content, tree.entry(type, media));
  }
  put(parameter, tree.entry('content', content), place);
  for (const key of ['in', 'name']) take(parameter, key);
  return parameter;
}

export interface FormParameter {
  readonly node: TreeNode;
  readonly target: Located | undefined;
}

/** One object of all parameters `in: formData`. */
export function formBody(
  tree: Tree,
  forms: readonly FormParameter[],
  consumed: readonly string[],
): { readonly body: TreeMap } | { readonly refused: string } {
  const properties = emptyMap();
  const required: string[] = [];
  const encoding: Record<string, Plain> = {};
  let hasFile = false;
  for (const { node, target } of forms) {
    const own = fieldOf(tree, node, target);
    const name = own && textIn(own, 'name');
    if (!own || name === undefined) return { refused: 'A form has a parameter without a name.' };
    hasFile ||= textIn(own, 'type') === 'file';
    if (plainOf(nodeIn(own, 'required')) === true) required.push(name);
    const isList = textIn(own, 'type') === 'array';
    const style = listStyle(textIn(own, 'collectionFormat'));
    if (isList && !style)
      return { refused: `The list "${name}" is written with tabs, for which OpenAPI 3 has no words.` };
    if (isList && style && !style.explode) encoding[name] = style;
    const description = take(own, 'description');
    const schema = takeSchema(tree, own);
    if (description) put(schema, description);
    for (const entry of own.items) if (keyOf(entry).startsWith('x-')) put(schema, entry);
    put(properties, tree.entry(name, schema));
  }
  const listed = consumed.filter((type) => /form/.test(type));
  const types =
    listed.length > 0 ? listed : [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
  const schema = emptyMap();
  put(schema, tree.entry('type', 'object'));
  if (required.length > 0) put(schema, tree.entry('required', required));
  put(schema, tree.entry('properties', properties));
  const content = emptyMap();
  for (const type of types) {
    const media = emptyMap();
    put(media, tree.entry('schema', copyOf(schema)));
    if (Object.keys(encoding).length > 0) put(media, tree.entry('encoding', encoding));
    put(content, tree.entry(type, media));
  }
  const body = emptyMap();
  if (required.length > 0) put(body, tree.entry('required', true));
  put(body, tree.entry('content', content));
  return { body };
}

/** A parameter as it stands there, or a copy of the shared one that is referred to. */
function fieldOf(tree: Tree, node: TreeNode, target: Located | undefined): TreeMap | undefined {
  if (isTreeMap(node) && !entryIn(node, '$ref')) return node;
  const made = target && tree.make(toJs(target.node) as Plain);
  return isTreeMap(made) ? made : undefined;
}
