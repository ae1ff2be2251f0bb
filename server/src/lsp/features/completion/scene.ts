/** What a completion is made from: the cursor, what stands around it, and the last complete results. */

import type { DocNode } from '../../../contract/facts.ts';
import type { FileId } from '../../../contract/span.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { Value } from '../../../specs/openapi/vocabulary/model.ts';
import { collectionAt, type Cursor } from '../../../text/cursor/cursor.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { entriesAt } from '../spec-place.ts';
import type { Completion } from './item.ts';
import { valueIn, type SpecDocument } from './place.ts';
import type { Writer } from './write.ts';

/** A place in a document that is being written. */
export interface TypingPlace {
  readonly file: FileId;
  /** As it is now. */
  readonly text: string;
  readonly offset: number;
  /** Where that was in the text that the results are of. */
  readonly before: number;
}

export interface Scene extends TypingPlace {
  readonly index: FeatureIndex;
  readonly document: SpecDocument;
  readonly cursor: Cursor;
  readonly writer: Writer;
}

/** What may stand at the end of a way. */
export function expected({ index, file, document }: Scene, path: readonly string[]): Value | undefined {
  return valueIn(index, file, document, path);
}

/** The collection around the cursor, `up` levels further out; undefined for a long one. */
export function around({ text, cursor }: Scene, up = 0): DocNode | undefined {
  const level = cursor.levels[cursor.levels.length - 1 - up];
  return level && collectionAt(text, level);
}

/** The operations that the cursor is in, of the spec and of the code. */
export function operationsAround(scene: Scene): readonly Entry[] {
  const { index, file, cursor, before, document } = scene;
  const [first, path, method] = cursor.path;
  if (document.isRoot && first === 'paths' && path !== undefined) {
    const onPath = index.entries.filter(
      (entry) => entry.path === path && (entry.spec === undefined || entry.spec.origin.spec === file),
    );
    const exact = onPath.filter((entry) => method !== undefined && entry.method === method.toUpperCase());
    if (exact.length > 0 || onPath.length > 0) return exact;
  }
  return entriesAt(index, file, before);
}

/** The path template that the cursor is under, where the document says it. */
export function templateAround({ cursor, document }: Scene): string | undefined {
  const [first, path] = cursor.path;
  return document.isRoot && first === 'paths' ? path : undefined;
}

type Draft = Pick<Completion, 'label' | 'kind' | 'insert' | 'rank'> &
  Partial<Pick<Completion, 'detail' | 'docs' | 'again' | 'filter'>>;

/** An item that replaces the word that is typed. */
export function item({ cursor, writer }: Scene, draft: Draft): Completion {
  return {
    ...draft,
    start: cursor.start,
    end: cursor.end,
    also: writer.edits,
    filter: `${writer.filterStart}${draft.filter ?? draft.label}`,
  };
}
