/** Renaming what sources declare: what is asked, and what comes of it. */

import type { FileId, Span } from './span.ts';

/** Sources of a project. Paths are absolute, with `/`. */
export interface SourceFolder {
  readonly path: string;
  readonly files: readonly FileId[];
  read(file: FileId): string | undefined;
  /** Any file on disk: declarations of packages, `tsconfig.json`. */
  readPath(path: string): string | undefined;
}

export interface SourceRename {
  /** Where the name is declared: the name itself, or what begins with it. */
  readonly declared: readonly Span[];
  readonly name: string;
  readonly to: string;
}

export interface SourceText extends Span {
  readonly text: string;
}

/** `refused` is a sentence for people. */
export type Renamed = { readonly edits: readonly SourceText[] } | { readonly refused: string };
