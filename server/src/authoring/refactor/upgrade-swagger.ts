/**
 * From OpenAPI 2.0 to 3.0: almost everything that is no schema has another form there
 * (https://spec.openapis.org/oas/v3.0.4.html, beside https://spec.openapis.org/oas/v2.0.html).
 */

import type { FileId } from '../../contract/span.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';
import {
  emptyMap,
  entryIn,
  isTreeMap,
  itemsOf,
  keyOf,
  nodeIn,
  openTree,
  placeOf,
  plainOf,
  put,
  rename,
  setText,
  take,
  textIn,
  type Tree,
  type TreeMap,
} from '../../text/tree.ts';
import { isRefused, type Edited } from '../edits.ts';
import type { Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import { createCollector, referenceOf, type Collected, type Collector } from '../symbols/collect.ts';
import { formBody, mediaTypes, valueBody } from './swagger-bodies.ts';
import { mendHeader, mendParameter, mendResponse, mendScheme } from './swagger-objects.ts';
import { mendSchema } from './swagger-schemas.ts';

/** The version after 2.0. */
export const SWAGGER_SUCCESSOR = '3.0.4';

interface SwaggerScene {
  readonly collector: Collector;
  readonly top: TreeMap;
  readonly trees: ReadonlyMap<FileId, Tree>;
}

/** Where the groups of the root stand in OpenAPI 3. */
const groups: Readonly<Record<string, string>> = {
  definitions: 'schemas',
  parameters: 'parameters',
  responses: 'responses',
  securityDefinitions: 'securitySchemes',
};

export function upgradeSwagger(sources: SpecSources, { root, objects }: Collected): Edited {
  const trees = new Map<FileId, Tree>();
  for (const { file } of objects) {
    if (trees.has(file)) continue;
    const language = sources.document(file)?.language;
    const tree = language && openTree(sources.text(file) ?? '', language);
    if (!tree) return { refused: `${file} has faults, or anchors: write out what they stand for first.` };
    trees.set(file, tree);
  }
  const top = trees.get(root)?.root;
  if (!isTreeMap(top)) return { refused: 'The document cannot be read.' };
  const scene: SwaggerScene = { collector: createCollector(sources), top, trees };
  // Before anything moves.
  const found = objects.map((object) => ({ object, map: mapOf(scene, object) }));
  for (const { object, map } of found) if (map) redirect(scene, root, object, map);
  // From the inside out: what of a schema stands under several media types is copied.
  const order = ['schema', 'header', 'response'];
  const rank = ({ object }: (typeof found)[number]): number => {
    const place = order.indexOf(object.role);
    return place < 0 ? order.length : place;
  };
  for (const { object, map } of found.toSorted((a, b) => rank(a) - rank(b))) {
    const refused = map && mend(scene, object, map);
    if (refused && isRefused(refused)) return refused;
  }
  mendRoot(scene, root);
  return {
    edits: [...trees].map(([file, tree]) => ({
      file,
      start: 0,
      end: sources.text(file)?.length ?? 0,
      text: tree.write(),
    })),
  };
}

function mapOf({ trees }: SwaggerScene, { file, pointer }: Located): TreeMap | undefined {
  const node = trees.get(file)?.at(pointer);
  return isTreeMap(node) ? node : undefined;
}

/** What an object of OpenAPI 2.0 becomes; a refusal where it has no counterpart. */
function mend(scene: SwaggerScene, object: Visited, map: TreeMap): Edited | undefined {
  const tree = scene.trees.get(object.file);
  if (!tree || entryIn(map, '$ref')) return undefined;
  switch (object.role) {
    case 'schema':
      mendSchema(tree, map);
      return undefined;
    case 'header':
      mendHeader(tree, map);
      return undefined;
    case 'response':
      mendResponse(tree, map, mediaTypes(operationAround(scene, object), scene.top, 'produces'));
      return undefined;
    case 'securityScheme':
      mendScheme(tree, map);
      return undefined;
    case 'parameter':
      return mendParameter(tree, map, mediaTypes(undefined, scene.top, 'consumes'));
    case 'operation':
      return mendOperation(scene, object, map, tree);
    case 'pathItem':
      return itemsOf(nodeIn(map, 'parameters')).some((_, index) => isBody(scene, object, index))
        ? { refused: 'A path has a body for all of its operations; move it to them first.' }
        : undefined;
    default:
      return undefined;
  }
}

function operationAround(scene: SwaggerScene, object: Visited): TreeMap | undefined {
  let around = object.parent;
  while (around && around.role !== 'operation') around = around.parent;
  return around && mapOf(scene, around);
}

/** What the parameter of an object with a number leads to, as the source has it. */
function parameterAt(
  { collector }: SwaggerScene,
  { file, node, pointer }: Visited,
  index: number,
): Located | undefined {
  const list = valueOf(node, 'parameters');
  const item = list?.kind === 'seq' ? list.items[index] : undefined;
  if (!item) return undefined;
  const at = { file, node: item, pointer: [...pointer, 'parameters', String(index)] };
  const reference = referenceOf(at);
  return reference === undefined ? at : collector.resolve(file, reference)?.target;
}

function placeIn(parameter: Located | undefined): string {
  return stringOf(valueOf(parameter?.node, 'in')) ?? '';
}

function isBody(scene: SwaggerScene, object: Visited, index: number): boolean {
  return ['body', 'formData'].includes(placeIn(parameterAt(scene, object, index)));
}

function mendOperation(scene: SwaggerScene, object: Visited, map: TreeMap, tree: Tree): Edited | undefined {
  const list = itemsOf(nodeIn(map, 'parameters'));
  const all = list.map((node, index) => ({ node, target: parameterAt(scene, object, index) }));
  const bodies = all.filter(({ target }) => placeIn(target) === 'body');
  const forms = all.filter(({ target }) => placeIn(target) === 'formData');
  const types = mediaTypes(map, scene.top, 'consumes');
  const place = placeOf(map, 'parameters') + 1;
  const [body] = bodies;
  if (body && isTreeMap(body.node)) {
    const reference = entryIn(body.node, '$ref');
    const made = reference ? body.node : valueBody(tree, body.node, types);
    put(map, tree.entry('requestBody', made), place);
  } else if (forms.length > 0) {
    const made = formBody(tree, forms, types);
    if (isRefused(made)) return made;
    put(map, tree.entry('requestBody', made.body), place);
  }
  for (const { node } of [...bodies, ...forms]) list.splice(list.indexOf(node), 1);
  if (list.length === 0) take(map, 'parameters');
  const schemes = plainOf(take(map, 'schemes')?.value as TreeMap | undefined);
  const servers = Array.isArray(schemes) ? serversOf(scene.top, schemes.map(String)) : [];
  if (servers.length > 0) put(map, tree.entry('servers', servers));
  for (const key of ['consumes', 'produces']) take(map, key);
  return undefined;
}

/** References to groups of the root lead to where those will stand. */
function redirect({ collector }: SwaggerScene, root: FileId, object: Visited, map: TreeMap): void {
  const reference = referenceOf(object);
  const parsed = reference === undefined ? undefined : parseReference(object.file, reference);
  if (reference === undefined || parsed?.kind !== 'file' || parsed.file !== root) return;
  const [group = ''] = parsed.fragment.kind === 'pointer' ? parsed.fragment.tokens : [];
  const to = groups[group];
  if (to === undefined) return;
  const target = collector.resolve(object.file, reference)?.target;
  const isValue = group === 'parameters' && placeIn(target) === 'body';
  setText(
    nodeIn(map, '$ref'),
    reference.replace(`#/${group}/`, () => `#/components/${isValue ? 'requestBodies' : to}/`),
  );
}

function mendRoot({ top, trees }: SwaggerScene, root: FileId): void {
  const tree = trees.get(root);
  const version = entryIn(top, 'swagger');
  if (!tree || !version) return;
  rename(version, 'openapi');
  version.value = tree.make(SWAGGER_SUCCESSOR);
  const schemes = plainOf(nodeIn(top, 'schemes'));
  const servers = serversOf(top, Array.isArray(schemes) ? schemes.map(String) : []);
  const place = placeOf(top, 'host', 'basePath', 'schemes');
  if (servers.length > 0) put(top, tree.entry('servers', servers), place);
  for (const key of ['host', 'basePath', 'schemes', 'consumes', 'produces']) take(top, key);
  const components = emptyMap();
  const at = placeOf(top, ...Object.keys(groups));
  const standing = top.items.filter((entry) => Object.hasOwn(groups, keyOf(entry)));
  for (const entry of standing) {
    take(top, keyOf(entry));
    if (keyOf(entry) === 'parameters' && isTreeMap(entry.value))
      splitParameters(tree, entry.value, components);
    rename(entry, groups[keyOf(entry)] ?? '');
    if (!isTreeMap(entry.value) || entry.value.items.length > 0) put(components, entry);
  }
  if (components.items.length > 0) put(top, tree.entry('components', components), at);
}

/** Bodies are a group of their own, and forms stand where they are used. */
function splitParameters(tree: Tree, parameters: TreeMap, components: TreeMap): void {
  const bodies = emptyMap();
  for (const entry of [...parameters.items]) {
    if (!isTreeMap(entry.value)) continue;
    const place = textIn(entry.value, 'in');
    if (place !== 'formData' && !entryIn(entry.value, 'content')) continue;
    take(parameters, keyOf(entry));
    if (place !== 'formData') put(bodies, entry);
  }
  if (bodies.items.length > 0) put(components, tree.entry('requestBodies', bodies));
}

/** Without a scheme an address has that of the document (RFC 3986, section 4.2). */
function serversOf(top: TreeMap, schemes: readonly string[]): { url: string }[] {
  const host = textIn(top, 'host');
  const path = textIn(top, 'basePath') ?? '';
  if (host === undefined) return path === '' ? [] : [{ url: path }];
  const address = `//${host}${path === '/' ? '' : path}`;
  return schemes.length === 0
    ? [{ url: address }]
    : schemes.map((scheme) => ({ url: `${scheme}:${address}` }));
}
