/** Who owns a file, by the CODEOWNERS of its repository. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore from 'ignore';

export type Owners = (path: string) => readonly string[];

/** Where forges look for it, in this order. */
const names = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** For absolute paths. The last line that matches a file says who owns it; nobody where it names none. */
export function openOwners(folder: string): Owners {
  const top = repositoryOf(folder);
  const file = names.map((name) => join(top, name)).find((path) => existsSync(path));
  if (file === undefined) return () => [];
  const lines = readLines(file).map(({ pattern, owners }) => ({
    matcher: ignore().add(pattern),
    owners,
  }));
  return (path) => {
    const inside = relative(top, path).split(sep).join('/');
    if (inside === '' || inside.startsWith('../')) return [];
    return lines.findLast(({ matcher }) => matcher.ignores(inside))?.owners ?? [];
  };
}

function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

interface Line {
  readonly pattern: string;
  readonly owners: readonly string[];
}

/** Sections of GitLab (`[Docs] @writers`) are headings here. */
function readLines(file: string): readonly Line[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split(/\r?\n/).flatMap((line): readonly Line[] => {
    const [pattern = '', ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    return pattern === '' || /^\^?\[/.test(pattern) ? [] : [{ pattern, owners }];
  });
}
