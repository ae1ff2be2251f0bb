/** Which ruleset a document has, without loading one. */

import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtInRules } from '../config/config.ts';

const endings = ['yaml', 'yml', 'json', 'js', 'mjs', 'cjs'];
const names = endings.map((ending) => `.spectral.${ending}`);

export interface FoundRuleset {
  readonly path: string | undefined;
  /** Where nothing was found nearer than that. */
  readonly lookedFor: readonly string[];
}

/** The nearest ruleset of a document: in its folder, or in one above it up to the workspace folder. */
function findRuleset(document: string, folder: string): FoundRuleset {
  const lookedFor: string[] = [];
  for (let at = dirname(document); ; at = dirname(at)) {
    for (const name of names) {
      const path = slashed(join(at, name));
      if (stampOf(path) !== missing) return { path, lookedFor };
      lookedFor.push(path);
    }
    if (slashed(at) === slashed(folder) || at === dirname(at)) return { path: undefined, lookedFor };
  }
}

/** The ruleset that is named (see `LintConfig.ruleset`), else the nearest. */
export function rulesetOf(document: string, folder: string, named: string | undefined): FoundRuleset {
  if (named === undefined) return findRuleset(document, folder);
  if (named === builtInRules) return { path: undefined, lookedFor: [] };
  const path = slashed(named);
  return { path: stampOf(path) === missing ? undefined : path, lookedFor: [path] };
}

/** The stamp of a file that is not there. */
export const missing = '-';

/** Changes with the content of a file, as far as that can be told without reading it. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat?.isFile() === true ? `${stat.mtimeNs}:${stat.size}:${stat.ino}` : missing;
}

export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
