/** Where caches live. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Workspace } from './workspace.ts';

/** The user's cache folder of this program, as each system has it. */
export function userCacheFolder(): string {
  const { env, platform } = process;
  const name = 'backend-contract';
  if (platform === 'win32' && env['LOCALAPPDATA'] !== undefined)
    return join(env['LOCALAPPDATA'], name, 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', name);
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, name);
}

/** Facts of files, and what was assembled from them. */
type CacheKind = 'facts' | 'results';

/** Beside the workspace's other caches where it has modules installed, else in the user's cache folder. */
export function cacheFile(workspace: Workspace, kind: CacheKind): string {
  const modules = join(workspace.folder, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache', 'backend-contract', `${kind}.bin`);
  return join(userCacheFolder(), cacheName(workspace, kind));
}

/** One for each workspace folder, where the caches of several lie together. */
export function cacheName({ folder }: Workspace, kind: CacheKind): string {
  return `${kind}-${createHash('sha1').update(folder).digest('hex').slice(0, 16)}.bin`;
}
