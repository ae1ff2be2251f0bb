/** Places in source text. Everything below `lsp/` and `cli/` speaks offsets, never lines. */

declare const brand: unique symbol;

/**
 * A file of the workspace: its path relative to the workspace folder, with `/` as separator.
 * A file outside the folder starts with `../`, so an id is the same on every machine.
 */
export type FileId = string & { readonly [brand]: 'FileId' };

export function fileId(path: string): FileId {
  return path as FileId;
}

/** A half-open range `[start, end)` of UTF-16 offsets into a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A range in the text of `file`. */
export interface Span extends TextRange {
  readonly file: FileId;
}
