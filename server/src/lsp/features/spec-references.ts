/** Who refers to what in the documents of specifications. */

import type { FileId, Span, TextRange } from '../../contract/span.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { formatPointer } from '../../text/document-node.ts';
import { firstIndex } from '../../text/halving.ts';
import { shiftBetween } from '../../text/shift.ts';
import type { FeatureIndex } from './feature-index.ts';

export interface Reference {
  /** The text of the reference, without quotes. */
  readonly at: Span;
  readonly text: string;
  /** Undefined for what is not a file of the workspace. */
  readonly target?: ReferenceTarget;
}

export interface ReferenceTarget {
  readonly file: FileId;
  readonly pointer: string;
  /** `file#pointer` */
  readonly key: string;
}

/** The references of one text, in its order. */
export interface TextReferences {
  readonly text: string;
  readonly all: readonly Reference[];
}

/** A key `$ref` with a text on the same line, in YAML and JSON alike. */
const pattern = /\$ref["']?[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',}\]#][^\s,}\]]*))/g;

/**
 * The references of one document, by a look at its text: no tree is needed, and a broken document has them too. Of an
 * earlier text of it, those are kept that stand on lines which did not change.
 */
export function referencesIn(file: FileId, text: string, earlier?: TextReferences): TextReferences {
  const hasComments = mayHaveComments(text);
  if (earlier && mayHaveComments(earlier.text) === hasComments)
    return { text, all: referencesAfter(file, text, earlier, hasComments) };
  return { text, all: scan(file, text, { start: 0, end: text.length }, hasComments) };
}

function mayHaveComments(text: string): boolean {
  return !/^\uFEFF?\s*[{[]/.test(text);
}

function referencesAfter(
  file: FileId,
  text: string,
  earlier: TextReferences,
  hasComments: boolean,
): readonly Reference[] {
  const { changed } = shiftBetween(earlier.text, text);
  const moved = changed.after - changed.before;
  const start = text.lastIndexOf('\n', changed.start - 1) + 1;
  const lineEnd = text.indexOf('\n', changed.after);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const before = firstFrom(earlier.all, start);
  const behind = firstFrom(earlier.all, end - moved);
  return [
    ...earlier.all.slice(0, before),
    ...scan(file, text, { start, end }, hasComments),
    ...(moved === 0
      ? earlier.all.slice(behind)
      : earlier.all.slice(behind).map((one) => movedBy(one, moved))),
  ];
}

function movedBy({ at, ...rest }: Reference, by: number): Reference {
  return { ...rest, at: { file: at.file, start: at.start + by, end: at.end + by } };
}

/** The number of the first reference that begins at an offset or behind it. */
export function firstFrom(references: readonly Reference[], offset: number): number {
  return firstIndex(references.length, (number) => (references[number]?.at.start ?? 0) >= offset);
}

/** Those on some lines. No reference stands on two. */
function scan(file: FileId, text: string, lines: TextRange, hasComments: boolean): readonly Reference[] {
  const found: Reference[] = [];
  for (const match of text.slice(lines.start, lines.end).matchAll(pattern)) {
    const start = lines.start + match.index;
    if (hasComments && isComment(text, start)) continue;
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    const end = start + match[0].length - (match[3] === undefined ? 1 : 0);
    const target = targetOf(file, value);
    found.push({ at: { file, start: end - value.length, end }, text: value, ...(target && { target }) });
  }
  return found;
}

function targetOf(from: FileId, text: string): ReferenceTarget | undefined {
  const reference = parseReference(from, text);
  if (reference.kind === 'absolute' || reference.fragment.kind === 'anchor') return undefined;
  const { file } = reference;
  const pointer = formatPointer(reference.fragment.tokens);
  return { file, pointer, key: `${file}#${pointer}` };
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
    const list = groups.get(reference.target.key);
    if (list) list.push(reference);
    else groups.set(reference.target.key, [reference]);
  }
  return groups;
}
