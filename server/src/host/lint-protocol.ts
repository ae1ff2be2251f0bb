/** What the language server and its lint worker say to each other. Paths are absolute. */

import type { Finding } from '../contract/finding.ts';

export interface ToLint {
  readonly id: number;
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** Unsaved texts of other documents, by path. */
  readonly texts: readonly (readonly [string, string])[];
}

export interface FromLint {
  readonly id: number;
  readonly findings: readonly Finding[];
  /** A fault of ours. */
  readonly fault?: string;
}
