/** Schemas of examples that are written or pasted into a specification. */

import { childOf, type Visited } from '../grammar.ts';
import { toJs, valueOf } from '../../text/document-node.ts';
import { insertEntry, openForEditing, type TextEdit } from '../../text/edit-document.ts';
import type { Edited } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import { inferSchema } from './infer.ts';
import { replacement } from './written.ts';

/** Keys that say nothing of what a schema allows. */
const remarks: ReadonlySet<string> = new Set([
  ...['example', 'examples', 'title', 'description', 'deprecated', 'externalDocs', '$comment'],
]);

const keywords: ReadonlySet<string> = new Set([
  ...[
    'type',
    'format',
    'enum',
    'const',
    '$ref',
    '$id',
    '$schema',
    '$anchor',
    '$dynamicRef',
    'required',
    'nullable',
  ],
  ...[
    'minimum',
    'maximum',
    'multipleOf',
    'pattern',
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'uniqueItems',
  ],
  ...['minProperties', 'maxProperties', 'default', 'readOnly', 'writeOnly', 'xml', 'discriminator'],
]);

/** Is there an example here that a schema could be made of? */
export function hasExample(object: Visited): boolean {
  return exampleOf(object) !== undefined;
}

type Example =
  | { readonly kind: 'beside'; readonly value: unknown }
  /** The example stands where the schema should. */
  | { readonly kind: 'instead'; readonly value: unknown };

function exampleOf({ role, node }: Visited): Example | undefined {
  if (node.kind !== 'map')
    return role === 'schema' && node.kind === 'seq' ? { kind: 'instead', value: toJs(node) } : undefined;
  const example = valueOf(node, 'example');
  if (role === 'mediaType') {
    const examples = valueOf(node, 'examples');
    const [first] = examples?.kind === 'map' ? examples.entries : [];
    const value = example ?? valueOf(first?.value, 'value');
    return value && !valueOf(node, 'schema') ? { kind: 'beside', value: toJs(value) } : undefined;
  }
  if (role !== 'schema' || node.entries.length === 0) return undefined;
  if (example && node.entries.every(({ key }) => remarks.has(key)))
    return { kind: 'beside', value: toJs(example) };
  const isSchema = node.entries.some(
    ({ key }) =>
      keywords.has(key) || remarks.has(key) || key.startsWith('x-') || childOf('schema', key) !== undefined,
  );
  return isSchema ? undefined : { kind: 'instead', value: toJs(node) };
}

export function schemaOfExample(sources: SpecSources, object: Visited, version: string): Edited {
  const example = exampleOf(object);
  const { file, node, role } = object;
  const text = sources.text(file);
  const language = sources.document(file)?.language;
  if (!example || text === undefined || language === undefined)
    return { refused: 'There is no example here.' };
  const schema = inferSchema(example.value, version);
  if (example.kind === 'instead') {
    const edit = replacement(sources, object, schema);
    return edit ? { edits: [edit] } : { refused: 'It is written in a way that cannot be replaced.' };
  }
  if (node.kind !== 'map') return { refused: 'There is no example here.' };
  const document = openForEditing(text, language);
  const made =
    role === 'mediaType'
      ? [insertEntry(document, node, 'schema', schema, () => false)]
      : Object.entries(schema).map(([key, value]) => insertEntry(document, node, key, value, () => false));
  const edits = made.filter((edit): edit is TextEdit => edit !== undefined);
  if (edits.length < made.length) return { refused: 'It is written in a way that cannot be added to.' };
  // All of them go to the same place, in this order.
  const [first] = edits;
  return first
    ? { edits: [{ file, ...first, text: edits.map((edit) => edit.text).join('') }] }
    : { refused: 'The example says nothing.' };
}
