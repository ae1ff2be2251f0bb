/** What the language server and its analysis worker say to each other. Plain data; `path`s are absolute. */

import type { Renamed, SourceRename } from '../contract/rename.ts';
import type { Preset } from './configure.ts';
import type { WireResult } from './result-wire.ts';

export type ToAnalysis =
  | { readonly kind: 'open'; readonly folder: string }
  | { readonly kind: 'close'; readonly folder: string }
  | { readonly kind: 'configure'; readonly folder: string; readonly preset: Preset }
  /** `text` is undefined when the editor lets go of the file. */
  | {
      readonly kind: 'edit';
      readonly folder: string;
      readonly path: string;
      readonly text: string | undefined;
      readonly revision: number;
    }
  | { readonly kind: 'changed'; readonly folder: string; readonly paths: readonly string[] }
  /** Asks what renaming in code comes to; answered with the same `id`. */
  | { readonly kind: 'rename'; readonly folder: string; readonly id: number; readonly rename: SourceRename }
  /** Asks for results; answered with the same `revision`. */
  | { readonly kind: 'analyse'; readonly folder: string; readonly revision: number };

export type FromAnalysis =
  | {
      readonly kind: 'result';
      readonly folder: string;
      readonly revision: number;
      readonly result: WireResult;
    }
  | { readonly kind: 'renamed'; readonly folder: string; readonly id: number; readonly renamed: Renamed }
  /** A fault of ours; the folder keeps its last results. */
  | { readonly kind: 'fault'; readonly folder: string; readonly revision: number; readonly message: string };
