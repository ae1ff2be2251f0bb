/** Edits of several files, and refusals. */

import type { FileId } from '../contract/span.ts';
import type { TextEdit } from '../text/edit-document.ts';

/** Offsets are into the text that the sources give for the file. */
export interface SourceEdit extends TextEdit {
  readonly file: FileId;
  /** The file does not exist yet. */
  readonly create?: true;
}

/** `refused` is a sentence that says why, for people. */
export type Edited = { readonly edits: readonly SourceEdit[] } | { readonly refused: string };

export function isRefused(edited: object): edited is { readonly refused: string } {
  return 'refused' in edited;
}
