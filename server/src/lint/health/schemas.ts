/** What rules of contract health ask of schemas. */

import type { DocNode } from '../../contract/facts.ts';
import { stringOf, valueOf } from '../../text/document-node.ts';
import { keyPlace, type Api, type Entry, type Reading } from './api.ts';
import type { ApiResponse } from './operations.ts';
import type { Part, Place } from './sections.ts';

/** An object with what `allOf` adds. */
export interface ObjectView {
  readonly properties: ReadonlyMap<string, Entry>;
  readonly required: ReadonlySet<string>;
  /** `oneOf`, `anyOf` or `additionalProperties` have something to say: there are other fields than those. */
  readonly open: boolean;
}

export function objectView(reading: Reading, schema: Part): ObjectView {
  return reading.once(schema.node, objectView, () => readObject(reading, schema));
}

function readObject({ entries, get, items }: Reading, schema: Part): ObjectView {
  const properties = new Map<string, Entry>();
  const required = new Set<string>();
  const seen = new Set<DocNode>();
  let open = false;
  const add = (part: Part): void => {
    if (seen.has(part.node)) return;
    seen.add(part.node);
    for (const entry of entries(get(part, 'properties'))) properties.set(entry.key, entry);
    for (const name of items(get(part, 'required'))) {
      const text = stringOf(name.node);
      if (text !== undefined) required.add(text);
    }
    for (const key of ['oneOf', 'anyOf', 'additionalProperties', 'patternProperties']) {
      const node = get(part, key)?.node;
      if (node !== undefined && !(node.kind === 'scalar' && node.value === false)) open = true;
    }
    for (const each of items(get(part, 'allOf'))) add(each);
  };
  add(schema);
  return { properties, required, open };
}

/** The items of an array; undefined for what is none. */
export function itemsOf({ get }: Reading, schema: Part): Part | undefined {
  return get(schema, 'items');
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

/** What is written in one place of a schema: references end it. */
export interface Written {
  /** Those that `wanted` says something of; without a place for the one that it begins with. */
  readonly schemas: readonly { readonly schema: Part; readonly at?: Place }[];
  readonly references: readonly { readonly reference: Part; readonly at?: Place }[];
}

/**
 * The schemas that a schema is made of, as far as they are written in it.
 *
 * @param wanted is the same function every time
 */
function writtenIn({ once }: Reading, schema: Part, wanted: (node: DocNode) => boolean): Written {
  return once(schema.node, wanted, () => {
    const { section } = schema;
    const schemas: Written['schemas'][number][] = [];
    const references: Written['references'][number][] = [];
    const visit = (node: DocNode, at?: Place): void => {
      if (node.kind !== 'map') return;
      const part = { node, section };
      const place = at && { at };
      if (stringOf(valueOf(node, '$ref')) !== undefined) {
        references.push({ reference: part, ...place });
        return;
      }
      if (wanted(node)) schemas.push({ schema: part, ...place });
      for (const { key, value } of node.entries) {
        if (key === 'items') visit(value, at);
        else if ((key === 'allOf' || key === 'oneOf' || key === 'anyOf') && value.kind === 'seq')
          for (const item of value.items) visit(item, at);
        else if (key === 'properties' && value.kind === 'map')
          for (const property of value.entries) visit(property.value, keyPlace(section, property));
      }
    };
    visit(schema.node);
    return { schemas, references };
  });
}

/**
 * Those of `written` and of what they refer to, each once, with the key that it stands at: its name, where it has one
 * in the document.
 */
export function reachedSchemas(
  api: Api,
  starts: readonly { readonly schema: Part; readonly at: Place }[],
  wanted: (node: DocNode) => boolean,
): readonly { readonly schema: Part; readonly at: Place }[] {
  const named = new Map<DocNode, Place>();
  for (const { at, value } of api.schemas) if (!named.has(value.node)) named.set(value.node, at);
  const seen = new Set<DocNode>();
  const found = new Map<DocNode, { readonly schema: Part; readonly at: Place }>();
  const open = [...starts].reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { schema, at } = next;
    if (schema.node.kind !== 'map' || seen.has(schema.node)) continue;
    seen.add(schema.node);
    const isNear = schema.section.document === at.section.document;
    const place = named.get(schema.node) ?? (isNear ? at : firstKey(schema));
    const { schemas, references } = writtenIn(api, schema, wanted);
    for (const one of schemas)
      if (!found.has(one.schema.node))
        found.set(one.schema.node, { schema: one.schema, at: one.at ?? place });
    for (const { reference, at: own } of references) {
      const target = api.follow(reference);
      if (target) open.push({ schema: target, at: own ?? place });
    }
  }
  return [...found.values()];
}

function firstKey({ node, section }: Part): Place {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first ? keyPlace(section, first) : { section, start: node.start, end: node.start + 1 };
}
