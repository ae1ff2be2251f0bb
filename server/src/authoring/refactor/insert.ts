/** Puts cut values under keys of a document, the mappings around them included. */

import { areSorted } from '../../contract/words.ts';
import { type DocMap, valueOf } from '../../text/document-node.ts';
import { type Plain, eolOf, stepOf } from '../../text/document-style.ts';
import { insertEntry, type Editable, type TextEdit } from '../../text/edit-document.ts';
import { type Cutting, lineStartOf, planted } from '../../text/transplant.ts';

const standIn = 'backend-contract-stand-in';

/** Adds `key` to a mapping; undefined where it has the key, or cannot take the value as it is written. */
export function insertCutting(
  document: Editable,
  map: DocMap,
  keys: readonly string[],
  cutting: Cutting,
  isBefore: (key: string) => boolean,
): TextEdit | undefined {
  const [key = '', ...inner] = keys;
  const value = inner.reduceRight<Plain>((around, each) => ({ [each]: around }), standIn);
  const edit = insertEntry(document, map, key, value, isBefore);
  if (!edit) return undefined;
  const match = new RegExp(`[ ](['"]?)${standIn}\\1`).exec(edit.text);
  if (!match) return undefined;
  const { text, language } = document;
  const before = edit.text.slice(0, match.index);
  const lineStart = before.lastIndexOf('\n') + 1;
  const isOwnLine = lineStart > 0 || text.slice(lineStartOf(text, edit.start), edit.start).trim() === '';
  const column = lineStart > 0 ? '' : text.slice(lineStartOf(text, edit.start), edit.start);
  const indent = column + (/^\s*/.exec(before.slice(lineStart))?.[0] ?? '');
  const written = planted(cutting, {
    language,
    eol: eolOf(text),
    step: stepOf(text),
    inFlow: text[map.start] === '{' || /[{[]/.test(before.slice(lineStart)),
    indent: isOwnLine ? indent : undefined,
  });
  if (written === undefined) return undefined;
  return { ...edit, text: before + written + edit.text.slice(match.index + match[0].length) };
}

/** Follows keys as far as they are there: the last mapping, and the keys that it lacks. */
export function deepest(
  root: DocMap,
  keys: readonly string[],
): { readonly map: DocMap; readonly missing: readonly string[] } | undefined {
  let map = root;
  for (const [index, key] of keys.entries()) {
    const next = valueOf(map, key);
    if (!next) return { map, missing: keys.slice(index) };
    if (next.kind !== 'map' || valueOf(next, '$ref')) return undefined;
    map = next;
  }
  return { map, missing: [] };
}

/** Behind the last one that begins before it, where all are in order; else behind the last one. */
export function inOrder(map: DocMap, key: string): (other: string) => boolean {
  const keys = map.entries.map((entry) => entry.key);
  const isSorted = areSorted(keys);
  return isSorted ? (other) => other < key : () => true;
}
