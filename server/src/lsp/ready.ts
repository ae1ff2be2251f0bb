/** What the loop knows of one workspace folder: the last complete results, from which every request is answered at once. */

import type { DocumentFacts } from '../contract/facts.ts';
import type { Finding, Hidden } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import type { Snapshot } from '../engine/snapshot.ts';

/** INVARIANT: immutable; places in `snapshot` and `findings` are offsets into the texts that `textOf` gives. */
export interface Ready {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  /** Findings that are not among them. */
  readonly hidden?: Hidden;
  /** The text that the results were made from; undefined for a file that cannot be read. */
  textOf(file: FileId): string | undefined;
  /** The tree of a specification's document, where somebody has it at hand; it is read from the text otherwise. */
  documentOf?(file: FileId): DocumentFacts | undefined;
}
