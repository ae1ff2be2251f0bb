/** The documents that authoring works on: what editors show at this moment, saved or not. */

import type { DocumentFacts } from '../contract/facts.ts';
import type { FileId } from '../contract/span.ts';

/** INVARIANT: places in a document are offsets into the text that is given for the same file. */
export interface SpecSources {
  /** Root documents: those that say `openapi`, `swagger`, `asyncapi` or `arazzo`. */
  readonly roots: readonly FileId[];
  /** Undefined for a file that does not exist or cannot be read. */
  document(file: FileId): DocumentFacts | undefined;
  text(file: FileId): string | undefined;
}
