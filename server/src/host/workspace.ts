/** One workspace folder: the translation between file ids and paths on disk. */

import { relative, resolve, sep } from 'node:path';
import type { FileId } from '../contract/span.ts';
import { fileId } from '../contract/span.ts';

export interface Workspace {
  /** Absolute path of the folder. */
  readonly folder: string;
  pathOf(file: FileId): string;
  idOf(path: string): FileId;
}

export function openWorkspace(folder: string): Workspace {
  const root = resolve(folder);
  return {
    folder: root,
    pathOf: (file) => resolve(root, file),
    idOf: (path) => fileId(relative(root, resolve(root, path)).split(sep).join('/')),
  };
}

/** The id of a folder: `.` for the workspace folder itself. */
export function folderId(workspace: Workspace, path: string): string {
  const id = workspace.idOf(path);
  return id === fileId('') ? '.' : id;
}
