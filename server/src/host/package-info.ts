/** What a package says of itself. */

import { basename, join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Workspace } from './workspace.ts';

export interface PackageInfo {
  readonly title: string;
  readonly version: string;
}

/** `root` is a folder of the workspace, `.` for the workspace itself. What the package does not say comes from its folder. */
export function packageInfo(workspace: Workspace, root: string): PackageInfo {
  const folder = join(workspace.folder, root);
  const { name, version } = readPackage(join(folder, 'package.json'));
  return {
    title: typeof name === 'string' && name !== '' ? name : basename(folder),
    version: typeof version === 'string' && version !== '' ? version : '1.0.0',
  };
}

function readPackage(path: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    // It is not there, or is not JSON: then the folder has a name all the same.
    return {};
  }
}
