/** What rules of contract health ask of schemas. */

import type { DocNode } from '../../contract/facts.ts';
import type { Span } from '../../contract/span.ts';
import { stringOf } from '../../text/document-node.ts';
import { keySpan, type Api, type ApiResponse, type Entry, type Part } from './api.ts';

/** An object with what `allOf` adds. */
export interface ObjectView {
  readonly properties: ReadonlyMap<string, Entry>;
  readonly required: ReadonlySet<string>;
  /** `oneOf`, `anyOf` or `additionalProperties` have something to say: there are other fields than those. */
  readonly open: boolean;
}

export function objectView(api: Api, schema: Part): ObjectView {
  const properties = new Map<string, Entry>();
  const required = new Set<string>();
  const seen = new Set<Part['node']>();
  let open = false;
  const add = (part: Part): void => {
    if (seen.has(part.node)) return;
    seen.add(part.node);
    for (const entry of api.entries(api.get(part, 'properties'))) properties.set(entry.key, entry);
    for (const name of api.items(api.get(part, 'required'))) {
      const text = stringOf(name.node);
      if (text !== undefined) required.add(text);
    }
    for (const key of ['oneOf', 'anyOf', 'additionalProperties', 'patternProperties']) {
      const node = api.get(part, key)?.node;
      if (node !== undefined && !(node.kind === 'scalar' && node.value === false)) open = true;
    }
    for (const each of api.items(api.get(part, 'allOf'))) add(each);
  };
  add(schema);
  return { properties, required, open };
}

/** The items of an array; undefined for what is none. */
export function itemsOf(api: Api, schema: Part): Part | undefined {
  return api.get(schema, 'items');
}

export function isSuccess({ status }: ApiResponse): boolean {
  return /^2/.test(status);
}

export function isFailure({ status }: ApiResponse): boolean {
  return /^[45]/.test(status) || status === 'default';
}

/** The schemas of JSON bodies. */
export function jsonSchemas({ schemas }: ApiResponse): readonly Part[] {
  return schemas.flatMap(({ mediaType, schema }) => (/json|^\*/i.test(mediaType) ? [schema] : []));
}

/**
 * The schemas that JSON answers with a status of success are made of, each once, with the key that it stands at: those
 * that `wanted` says something of.
 */
export function answeredSchemas(
  api: Api,
  wanted: (schema: Part) => boolean,
): readonly { readonly schema: Part; readonly at: Span }[] {
  const named = new Map<Part['node'], Span>();
  const components = api.get(api.root, 'components', 'schemas') ?? api.get(api.root, 'definitions');
  for (const { at, value } of api.entries(components)) if (!named.has(value.node)) named.set(value.node, at);
  const seen = new Set<DocNode>();
  const found: { readonly schema: Part; readonly at: Span }[] = [];
  const visit = (schema: Part, at: Span): void => {
    const { node } = schema;
    if (node.kind !== 'map' || seen.has(node)) return;
    seen.add(node);
    const place = named.get(node) ?? (schema.file === at.file ? at : firstKey(schema));
    if (wanted(schema)) found.push({ schema, at: place });
    const visitAll = (nodes: readonly DocNode[]): void => {
      for (const each of nodes) {
        const target = api.follow({ node: each, file: schema.file, path: schema.path });
        if (target) visit(target, place);
      }
    };
    for (const { key, value } of node.entries) {
      if (key === 'items') visitAll([value]);
      else if ((key === 'allOf' || key === 'oneOf' || key === 'anyOf') && value.kind === 'seq')
        visitAll(value.items);
      else if (key === 'properties')
        for (const property of api.entries({ ...schema, node: value })) visit(property.value, property.at);
    }
  };
  for (const { responses } of api.operations)
    for (const response of responses.filter(isSuccess))
      for (const schema of jsonSchemas(response)) visit(schema, response.at);
  return found;
}

function firstKey(part: Part): Span {
  const { node, file } = part;
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first ? keySpan(part, first) : { file, start: node.start, end: node.start + 1 };
}
