/** The parity API: one contract, and one implementation of it as a workspace in memory. */

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../fixtures/parity', import.meta.url));

/** Folders of `test/fixtures/parity` that hold the same API. */
export const implementations: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'api')
  .map(({ name }) => name)
  .sort();

export type Files = ReadonlyMap<string, string>;

/** Texts by path: the contract below `api/`, the code below `server/`. */
export function workspaceOf(implementation: string): Files {
  return new Map([...filesIn('api', 'api'), ...filesIn(implementation, 'server')]);
}

function filesIn(name: string, below: string): readonly (readonly [string, string])[] {
  const root = join(folder, name);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [`${below}/${relative(root, file).split(sep).join('/')}`, readFileSync(file, 'utf8')]);
}
