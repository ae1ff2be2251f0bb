/** Work: what the engine asks of its host, and what it gets back. The engine itself reads nothing. */

import type { Scan } from '../code/scan.ts';
import type { ModuleFacts } from '../code/program/program.ts';
import type { AnnotationFacts, DocumentFacts } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import type { SpecVersion } from '../specs/openapi/detect.ts';

/**
 * A file as its host lists it. `version` changes whenever the content may have: a result that was made from another
 * version is refused. It is compared for equality and never interpreted.
 */
export interface ListedFile {
  readonly file: FileId;
  readonly version: string;
  /** Source code that can be parsed. */
  readonly code: boolean;
  /** YAML or JSON that can hold a spec. */
  readonly document: boolean;
  /** package.json, tsconfig, jsconfig: read as text, for module resolution. */
  readonly config: boolean;
  /** Tests, mocks, examples: read when something names them, never a place to start from. Holds why. */
  readonly aside?: string;
}

export type FileChange =
  { readonly kind: 'set'; readonly listed: ListedFile } | { readonly kind: 'remove'; readonly file: FileId };

export type WorkItem =
  /** Text of a configuration file. */
  | { readonly kind: 'config'; readonly file: FileId; readonly version: string }
  /** Is this document a spec? */
  | { readonly kind: 'sniff'; readonly file: FileId; readonly version: string }
  /** The cheap look at a source file. */
  | { readonly kind: 'scan'; readonly file: FileId; readonly version: string }
  | { readonly kind: 'document'; readonly file: FileId; readonly version: string }
  | { readonly kind: 'module'; readonly file: FileId; readonly version: string }
  /** OpenAPI in the comments of a file. */
  | { readonly kind: 'annotations'; readonly file: FileId; readonly version: string }
  /** Does this file exist? Something refers to it and the listing does not have it. */
  | { readonly kind: 'probe'; readonly file: FileId };

export type WorkKind = WorkItem['kind'];

/** A result repeats file and version of its item. `problem`: the file could not be read as asked; the rest is empty. */
export type WorkResult =
  | (ResultBase & { readonly kind: 'config'; readonly text: string })
  | (ResultBase & { readonly kind: 'sniff'; readonly hash: string; readonly spec?: SpecVersion })
  | (ResultBase & { readonly kind: 'scan'; readonly scan: Scan })
  | (ResultBase & { readonly kind: 'document'; readonly facts: DocumentFacts })
  | (ResultBase & { readonly kind: 'module'; readonly facts: ModuleFacts })
  | (ResultBase & { readonly kind: 'annotations'; readonly facts: AnnotationFacts })
  /** `version` is undefined where there is no such file. */
  | { readonly kind: 'probe'; readonly file: FileId; readonly version?: string };

interface ResultBase {
  readonly file: FileId;
  readonly version: string;
  readonly problem?: Problem;
}

/** Does one item of work at once, for hosts that can; undefined where it has to wait. */
export type Demand = (item: WorkItem) => WorkResult | undefined;
