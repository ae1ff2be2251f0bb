/**
 * Facts: what one file says, as plain data.
 *
 * INVARIANT: facts are made from the text of one file alone, deterministically. What a file says about others
 * (imports, `$ref`s) stays a name in its facts and is resolved when facts are assembled into contracts.
 * INVARIANT: facts survive `structuredClone` and JSON unchanged.
 */

import type { Problem } from './finding.ts';
import type { FileId } from './span.ts';

/** Facts of the files read so far, handed to assembly. */
export interface FactsView<F> {
  /** Is there such a file in the workspace? True also for files whose facts are not there yet. */
  has(file: FileId): boolean;
  /** Undefined for a file that does not exist or was not read yet. */
  get(file: FileId): F | undefined;
}

/**
 * What assembly gives back. `wants` names files that exist and whose facts were asked for and missing: the result
 * is final when it is empty, else the engine has them read and assembles again.
 */
export interface Assembled<C> {
  readonly contract: C;
  readonly problems: readonly Problem[];
  readonly wants: readonly FileId[];
}

/** A node of a YAML or JSON document with exact offsets into its file. */
export type DocNode =
  | {
      readonly kind: 'map';
      readonly entries: readonly DocEntry[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'seq'; readonly items: readonly DocNode[]; readonly start: number; readonly end: number }
  | {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      readonly start: number;
      readonly end: number;
    };

export interface DocEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: DocNode;
}

/** Facts of a YAML or JSON file. `root` is undefined for a file in which nothing could be read. */
export interface DocumentFacts {
  readonly kind: 'document';
  readonly file: FileId;
  readonly language: 'yaml' | 'json';
  readonly root?: DocNode;
  readonly problems: readonly Problem[];
  /** Around faults of syntax; undefined where there is none. */
  readonly doubts?: readonly Doubt[];
}

/**
 * A stretch of a document that may say something else than its tree: it may hold more than was read, or what belongs
 * elsewhere. In doubt is what touches it, unless it begins in front of `from`: that was found whole. What begins behind
 * `fault` may not even stand where it belongs. Offsets.
 */
export interface Doubt {
  readonly from: number;
  readonly start: number;
  readonly fault: number;
  readonly end: number;
}

/** Facts of a file that a specification may be gathered from: the YAML of each of its comments that has any. */
export interface AnnotationFacts {
  readonly kind: 'annotations';
  readonly file: FileId;
  readonly blocks: readonly DocNode[];
  readonly problems: readonly Problem[];
}
