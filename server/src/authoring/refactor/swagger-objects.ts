/** Objects of OpenAPI 2.0 in the form that they have in 3.0. */

import {
  copyOf,
  emptyMap,
  entryIn,
  isTreeMap,
  keyOf,
  placeOf,
  plainOf,
  put,
  take,
  textIn,
  type Tree,
  type TreeMap,
  type TreeNode,
} from '../../text/tree.ts';
import type { Edited } from '../edits.ts';
import { valueBody } from './swagger-bodies.ts';
import { listStyle, takeSchema } from './swagger-schemas.ts';

export function mendHeader(tree: Tree, header: TreeMap): void {
  take(header, 'collectionFormat');
  put(header, tree.entry('schema', takeSchema(tree, header)));
}

/** @param consumed media types of a body that has no operation around it */
export function mendParameter(
  tree: Tree,
  parameter: TreeMap,
  consumed: readonly string[],
): Edited | undefined {
  const place = textIn(parameter, 'in');
  if (place === 'body') valueBody(tree, parameter, consumed);
  // The operation has made a body of it.
  if (place === undefined || place === 'body' || place === 'formData') return undefined;
  const isList = textIn(parameter, 'type') === 'array';
  const format = take(parameter, 'collectionFormat');
  const style = listStyle(format && (plainOf(format.value as TreeNode) as string));
  if (isList && !style)
    return {
      refused: `The list "${textIn(parameter, 'name') ?? ''}" is written with tabs, for which OpenAPI 3 has no words.`,
    };
  put(parameter, tree.entry('schema', takeSchema(tree, parameter)));
  if (isList && style && place === 'query')
    for (const [key, value] of Object.entries(style)) put(parameter, tree.entry(key, value));
  return undefined;
}

export function mendResponse(tree: Tree, response: TreeMap, types: readonly string[]): void {
  const place = placeOf(response, 'schema', 'examples');
  const schema = take(response, 'schema')?.value as TreeNode | undefined;
  const examples = take(response, 'examples')?.value;
  const byType = isTreeMap(examples) ? examples.items : [];
  if (!schema && byType.length === 0) return;
  const content = emptyMap();
  for (const type of new Set([...(schema ? types : []), ...byType.map(keyOf)])) {
    const media = emptyMap();
    if (schema) put(media, tree.entry('schema', copyOf(schema)));
    const example = byType.find((entry) => keyOf(entry) === type);
    if (example) put(media, tree.entry('example', example.value as TreeNode));
    put(content, tree.entry(type, media));
  }
  put(response, tree.entry('content', content), place);
}

const flows: Readonly<Record<string, string>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
};

export function mendScheme(tree: Tree, scheme: TreeMap): void {
  const type = entryIn(scheme, 'type');
  if (!type) return;
  if (textIn(scheme, 'type') === 'basic') {
    type.value = tree.make('http');
    put(scheme, tree.entry('scheme', 'basic'), placeOf(scheme, 'type') + 1);
  }
  const name = textIn(scheme, 'flow');
  if (textIn(scheme, 'type') !== 'oauth2' || name === undefined) return;
  const place = placeOf(scheme, 'flow');
  take(scheme, 'flow');
  const flow = emptyMap();
  for (const key of ['authorizationUrl', 'tokenUrl', 'scopes']) {
    const entry = take(scheme, key);
    if (entry) put(flow, entry);
  }
  if (!entryIn(flow, 'scopes')) put(flow, tree.entry('scopes', {}));
  const all = emptyMap();
  put(all, tree.entry(flows[name] ?? name, flow));
  put(scheme, tree.entry('flows', all), place);
}
