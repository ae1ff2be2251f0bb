/** Operation ids for operations that have none, in the style of those that are there. */

import { freeName } from '../../contract/words.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { insertEntry, openForEditing } from '../../text/edit-document.ts';
import type { Edited, SourceEdit } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import type { Collected } from '../symbols/collect.ts';

const verbs: Readonly<Record<string, string>> = {
  ...{ get: 'get', post: 'create', put: 'replace', patch: 'update', delete: 'delete' },
  ...{ head: 'head', options: 'options', trace: 'trace', query: 'query' },
};

type Words = readonly string[];

const styles: readonly { readonly pattern: RegExp; readonly write: (words: Words) => string }[] = [
  { pattern: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/, write: (words) => words.join('_').toLowerCase() },
  { pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/, write: (words) => words.join('-').toLowerCase() },
  { pattern: /^[A-Z]/, write: (words) => words.map(capital).join('') },
];

export function generateOperationIds(sources: SpecSources, { objects }: Collected): Edited {
  const operations = objects.filter(({ role }) => role === 'operation');
  const taken = new Set(operations.flatMap(({ node }) => textOf(valueOf(node, 'operationId')) ?? []));
  const write = styleOf([...taken]);
  const edits: SourceEdit[] = [];
  for (const { file, node, entry, parent } of operations) {
    const path = parent?.entry?.key;
    const method = entry?.key;
    if (node.kind !== 'map' || path === undefined || method === undefined) continue;
    if (textOf(valueOf(node, 'operationId')) !== undefined) continue;
    const text = sources.text(file);
    const language = sources.document(file)?.language;
    if (text === undefined || language === undefined) continue;
    const wanted = write(wordsOf(method, path));
    const id = freeName(wanted, (one) => taken.has(one));
    const edit = insertEntry(openForEditing(text, language), node, 'operationId', id, (key) =>
      ['tags', 'summary', 'description', 'externalDocs'].includes(key),
    );
    if (!edit) continue;
    taken.add(id);
    edits.push({ file, ...edit });
  }
  return edits.length > 0 ? { edits } : { refused: 'Every operation has an operationId.' };
}

/** The style of most; `getUserById` where there are none. */
function styleOf(ids: readonly string[]): (words: Words) => string {
  for (const { pattern, write } of styles)
    if (ids.filter((id) => pattern.test(id)).length * 2 > ids.length) return write;
  return (words) => words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join('');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** `GET /users/{userId}/orders` → get user orders; `GET /users` → list users; `GET /users/{id}` → get user. */
function wordsOf(method: string, path: string): Words {
  const segments = path.split('/').filter((segment) => segment !== '');
  const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') === true;
  const isList = method === 'get' && segments.length > 0 && !isParameter(segments.at(-1));
  const named = segments.flatMap((segment, index) => {
    if (isParameter(segment)) {
      const name = segment.replaceAll(/[{}]/g, ' ');
      return isParameter(segments[index - 1]) || index === 0 ? ['by', ...split(name)] : [];
    }
    const words = split(segment);
    const last = words.at(-1) ?? '';
    const isOne = isParameter(segments[index + 1]) || (method === 'post' && index === segments.length - 1);
    return isOne ? [...words.slice(0, -1), singular(last)] : words;
  });
  const isPlural = isList && /s$/i.test(segments.at(-1) ?? '');
  return [isPlural ? 'list' : (verbs[method] ?? method), ...named];
}

function split(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

function singular(word: string): string {
  if (/ies$/i.test(word)) return word.replace(/ies$/i, 'y');
  if (/(?:ss|us|is)$/i.test(word)) return word;
  return word.replace(/s$/i, '');
}
