/** What the user fixed about one workspace. Settings are arguments, never state. */

import type { FileId } from '../contract/span.ts';
import type { RuleSettings } from '../drift/run.ts';
import type { BindingOverride } from '../link/bind.ts';

export interface EngineSettings {
  /** Specs named by the user; undefined to find them. */
  readonly specs?: readonly FileId[];
  /** Folders of server roots named by the user, relative to the workspace (`.` for itself); undefined to find them. */
  readonly roots?: readonly string[];
  readonly bindings: readonly BindingOverride[];
  readonly rules: RuleSettings;
  /** Routes that no contract has to know: `GET /metrics`, `/internal/**`. */
  readonly internal?: readonly string[];
  /** Guards, and what lets anonymous callers in, by name; undefined to judge by the code alone. */
  readonly security?: { readonly guards: readonly string[]; readonly public: readonly string[] };
}

export function isUnder(file: string, folder: string): boolean {
  return folder === '.' ? !file.startsWith('../') : file.startsWith(`${folder}/`);
}
