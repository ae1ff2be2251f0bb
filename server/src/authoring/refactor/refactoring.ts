/** What a refactoring is, and what it is made from. */

import type { FileId } from '../../contract/span.ts';
import type { Edited } from '../edits.ts';
import type { SpecSources } from '../sources.ts';
import type { SpecSymbols } from '../symbols/build.ts';

export interface Refactoring {
  /** Unique at a place. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor.extract' | 'refactor.inline' | 'refactor.move' | 'refactor.rewrite';
  /** Why it cannot be done here; then it has no edits. */
  readonly disabled?: string;
  readonly edits: () => Edited;
}

export interface Scene {
  readonly sources: SpecSources;
  readonly file: FileId;
  readonly offset: number;
  /** Names of all specifications. */
  readonly symbols: () => SpecSymbols;
  /** They are known, or found in no time. */
  readonly isQuick: boolean;
}
