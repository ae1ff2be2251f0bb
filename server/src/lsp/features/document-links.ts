/** Links of a specification's document: every `$ref` that leads somewhere. */

import type { FileId, Span } from '../../contract/span.ts';
import { descend } from '../../specs/openapi/reader.ts';
import { parsePointer } from '../../text/document-node.ts';
import { locatedTarget } from './definition.ts';
import type { FeatureIndex } from './feature-index.ts';

export interface DocumentLink {
  readonly at: Span;
  readonly target: { readonly file: FileId; readonly pointer: string };
}

/** References to files that belong to a specification; where exactly they lead is asked for when one is followed. */
export function documentLinks(index: FeatureIndex, file: FileId): readonly DocumentLink[] {
  if (!index.specFiles.has(file)) return [];
  return index.texts
    .references(file)
    .flatMap(({ at, target }) => (target && index.specFiles.has(target.file) ? [{ at, target }] : []));
}

/** The place of a link's target: its key, or the top of its file where there is no such thing. */
export function linkTarget(index: FeatureIndex, { target }: DocumentLink): Span {
  const { file, pointer } = target;
  const found = descend(index.document(file), parsePointer(pointer) ?? []);
  return found ? locatedTarget(index, found).at : { file, start: 0, end: 0 };
}
