/** Makes what a reference leads to, where there is nothing yet: a component, or a file. */

import type { FileId } from '../../contract/span.ts';
import { wordsOf } from '../../contract/words.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { isEmpty } from '../../text/document-node.ts';
import { type Plain, eolOf } from '../../text/document-style.ts';
import { insertEntry, openForEditing } from '../../text/edit-document.ts';
import { writeDocument } from '../../text/write-document.ts';
import type { Edited } from '../edits.ts';
import type { Role, Visited } from '../grammar.ts';
import type { SpecSources } from '../sources.ts';
import { createCollector, referenceOf } from '../symbols/collect.ts';
import { deepest, inOrder } from './insert.ts';
import type { Refactoring } from './refactoring.ts';

type Skeleton = Readonly<Record<string, Plain>>;

/** Undefined where the reference leads to something, to another host, or to what has no usual beginning. */
export function targetCreation(
  sources: SpecSources,
  object: Visited,
  version: string,
): Refactoring | undefined {
  const reference = referenceOf(object);
  const target = reference === undefined ? undefined : parseReference(object.file, reference);
  if (reference === undefined || object.isMap === true || target?.kind !== 'file') return undefined;
  if (target.fragment.kind !== 'pointer' || createCollector(sources).resolve(object.file, reference)?.target)
    return undefined;
  const { tokens } = target.fragment;
  const { file } = target;
  const name = tokens.at(-1) ?? file.replace(/^.*\/|\.[^./]+$/g, '');
  const skeleton = skeletonOf(object, name, version);
  if (!skeleton) return undefined;
  const base = { id: 'create target', kind: 'quickfix' } as const;
  if (sources.text(file) === undefined) {
    const language = /\.json$/i.test(file) ? 'json' : /\.ya?ml$/i.test(file) ? 'yaml' : undefined;
    if (language === undefined || file.startsWith('../')) return undefined;
    const text = writeDocument(nested(tokens, skeleton), language);
    return {
      ...base,
      title: `Create ${file}`,
      edits: () => ({ edits: [{ file, start: 0, end: 0, text, create: true }] }),
    };
  }
  if (tokens.length === 0) return undefined;
  return {
    ...base,
    title: `Create ${tokens.join('/')}${file === object.file ? '' : ` in ${file}`}`,
    edits: () => added(sources, file, tokens, skeleton),
  };
}

function added(sources: SpecSources, file: FileId, tokens: readonly string[], value: Skeleton): Edited {
  const facts = sources.document(file);
  const text = sources.text(file) ?? '';
  if (!facts || facts.problems.some(({ severity }) => severity === 'error'))
    return { refused: `${file} cannot be read.` };
  if (isEmpty(facts.root)) {
    const written = writeDocument(nested(tokens, value), facts.language).replaceAll('\n', eolOf(text));
    return { edits: [{ file, start: 0, end: text.length, text: written }] };
  }
  const place = facts.root?.kind === 'map' ? deepest(facts.root, tokens) : undefined;
  const [key, ...inner] = place?.missing ?? [];
  if (!place || key === undefined) return { refused: `${file} has no place for it.` };
  const edit = insertEntry(
    openForEditing(text, facts.language),
    place.map,
    key,
    nested(inner, value),
    inner.length === 0 ? inOrder(place.map, key) : () => true,
  );
  return edit
    ? { edits: [{ file, ...edit }] }
    : { refused: `${file} is written in a way that cannot be added to.` };
}

function nested(tokens: readonly string[], value: Skeleton): Plain {
  return tokens.reduceRight<Plain>((inner, token) => ({ [token]: inner }), value);
}

const json = 'application/json';

/** The least that the specification wants of such an object. */
function skeletonOf(object: Visited, name: string, version: string): Skeleton | undefined {
  const words = wordsOf(name);
  const typed: Skeleton = version === '2.0' ? { type: 'string' } : { schema: { type: 'string' } };
  const byRole: Partial<Record<Role, Skeleton>> = {
    schema: { type: 'object' },
    parameter: { ...parameterHead(object, words), ...typed },
    header: typed,
    response: { description: sentence(words) },
    requestBody: { content: { [json]: { schema: { type: 'object' } } } },
    mediaType: { schema: { type: 'object' } },
    example: { summary: sentence(words), value: {} },
    pathItem: { get: { responses: { '200': { description: 'OK' } } } },
    securityScheme: version === '2.0' ? { type: 'basic' } : { type: 'http', scheme: 'bearer' },
  };
  return byRole[object.role];
}

/** A parameter that the path around the reference has in braces is one of the path. */
function parameterHead(object: Visited, words: readonly string[]): Skeleton {
  let around: Visited | undefined = object;
  while (around && around.role !== 'pathItem') around = around.parent;
  const braces = (around?.entry?.key ?? '').match(/(?<=\{)[^{}]+(?=\})/g) ?? [];
  const same = braces.find((brace) => wordsOf(brace).join(' ') === words.join(' '));
  if (same !== undefined) return { name: same, in: 'path', required: true };
  const [first = 'name', ...more] = words;
  const name = first + more.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return { name, in: 'query' };
}

function sentence(words: readonly string[]): string {
  const text = words.join(' ');
  return text === '' ? 'OK' : text.slice(0, 1).toUpperCase() + text.slice(1);
}
