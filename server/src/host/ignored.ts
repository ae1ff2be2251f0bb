/** What git ignores: the patterns of every folder from the repository's root down to a file. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Ignore } from 'ignore';
import ignore from 'ignore';

interface Level {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Innermost last: a later level overrides an earlier one. */
export type Ignored = readonly Level[];

/** The patterns that hold for `folder` from above it; none where they would ignore `folder` itself. */
export function ignoredAbove(folder: string): Ignored {
  const above: string[] = [];
  let at = folder;
  while (!existsSync(join(at, '.git'))) {
    const parent = dirname(at);
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
  let levels: Ignored = [];
  for (const each of above) levels = withFolder(levels, each);
  // Whoever names an ignored folder wants it checked.
  return isIgnored(levels, folder, true) ? [] : levels;
}

export function withFolder(levels: Ignored, folder: string): Ignored {
  let text: string;
  try {
    text = readFileSync(join(folder, '.gitignore'), 'utf8');
  } catch {
    return levels;
  }
  return withPatterns(levels, { folder, globs: text.split(/\r?\n/) });
}

/** Globs as in .gitignore, relative to `folder`. */
export interface Patterns {
  readonly folder: string;
  readonly globs: readonly string[];
}

export const noPatterns: Patterns = { folder: '', globs: [] };

export function withPatterns(levels: Ignored, { folder, globs }: Patterns): Ignored {
  return globs.length === 0 ? levels : [...levels, { folder, patterns: ignore().add(globs) }];
}

export function isIgnored(levels: Ignored, path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { folder, patterns } of levels) {
    const inside = relative(folder, path).split(sep).join('/');
    if (inside === '' || inside.startsWith('../')) continue;
    const result = patterns.test(isFolder ? `${inside}/` : inside);
    if (result.ignored) ignored = true;
    else if (result.unignored) ignored = false;
  }
  return ignored;
}
