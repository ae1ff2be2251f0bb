/** Who refers to what in the documents of specifications. */

import type { FileId, Span } from '../../contract/span.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { formatPointer } from '../../text/document-node.ts';
import type { FeatureIndex } from './feature-index.ts';

export interface Reference {
  /** The text of the reference, without quotes. */
  readonly at: Span;
  readonly text: string;
  /** Undefined for what is not a file of the workspace. */
  readonly target?: { readonly file: FileId; readonly pointer: string };
}

/** A key `$ref` with a text on the same line, in YAML and JSON alike. */
const pattern = /\$ref["']?[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',}\]#][^\s,}\]]*))/g;

/** The references of one document, by a look at its text: no tree is needed, and a broken document has them too. */
export function referencesIn(file: FileId, text: string): readonly Reference[] {
  const hasComments = !/^\uFEFF?\s*[{[]/.test(text);
  return [...text.matchAll(pattern)].flatMap((match): readonly Reference[] => {
    if (hasComments && isComment(text, match.index)) return [];
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    const isQuoted = match[3] === undefined;
    const end = match.index + match[0].length - (isQuoted ? 1 : 0);
    const at = { file, start: end - value.length, end };
    const reference = parseReference(file, value);
    if (reference.kind === 'absolute' || reference.fragment.kind === 'anchor') return [{ at, text: value }];
    return [
      {
        at,
        text: value,
        target: { file: reference.file, pointer: formatPointer(reference.fragment.tokens) },
      },
    ];
  });
}

/** Lines of generated documents may be very long: a comment that begins further in front is not looked for. */
const lookBack = 300;

function isComment(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - lookBack), offset);
  return /(?:^|\s)#/.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** The references that lead to the value at a pointer. */
export function usesOf(index: FeatureIndex, file: FileId, pointer: string): readonly Reference[] {
  return index.references().get(`${file}#${pointer}`) ?? [];
}

/** References by what they lead to, as `file#pointer`. */
export function byTarget(references: readonly Reference[]): ReadonlyMap<string, readonly Reference[]> {
  const groups = new Map<string, Reference[]>();
  for (const reference of references) {
    if (!reference.target) continue;
    const key = `${reference.target.file}#${reference.target.pointer}`;
    const list = groups.get(key);
    if (list) list.push(reference);
    else groups.set(key, [reference]);
  }
  return groups;
}
