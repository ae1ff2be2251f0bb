/** Lists the files of a workspace: what git would keep, without what tools made. */

import type { Dirent } from 'node:fs';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import type { ListedFile } from '../engine/work.ts';
import { classify, skippedFolders } from './classify.ts';
import type { Ignored, Patterns } from './ignored.ts';
import { ignoredAbove, isIgnored, noPatterns, withFolder, withPatterns } from './ignored.ts';
import { codeLimit } from './limits.ts';
import { reasonOf } from './read-text.ts';
import type { Workspace } from './workspace.ts';

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly problems: readonly Problem[];
}

interface Folder {
  readonly path: string;
  readonly ignored: Ignored;
  /** Set inside of a linked folder. */
  readonly link?: string;
}

/** Lists `folders` (absolute paths, the workspace folder or others) without what `leftOut` matches, each file once. Never throws. */
export function listFiles(
  workspace: Workspace,
  folders: readonly string[],
  leftOut: Patterns = noPatterns,
): Listing {
  const files = new Map<string, ListedFile>();
  const problems: Problem[] = [];
  for (const path of folders) {
    const pending: Folder[] = [{ path, ignored: withPatterns(ignoredAbove(path), leftOut) }];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      pending.push(...listFolder(workspace, folder, files, problems));
    }
  }
  return { files: [...files.values()], problems };
}

/** Lists one folder into `files` and returns the folders below it. */
function listFolder(
  workspace: Workspace,
  folder: Folder,
  files: Map<string, ListedFile>,
  problems: Problem[],
): readonly Folder[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder.path, { withFileTypes: true });
  } catch (error) {
    problems.push(
      problemAt(workspace, folder.path, 'file/unreadable', `Cannot be listed: ${reasonOf(error)}.`),
    );
    return [];
  }
  const ignored = entries.some((entry) => entry.name === '.gitignore')
    ? withFolder(folder.ignored, folder.path)
    : folder.ignored;
  const below: Folder[] = [];
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    const kind = entry.isSymbolicLink() ? linkKind(path) : kindOf(entry);
    if (kind === 'folder') {
      if (entry.name.startsWith('.') || skippedFolders.has(entry.name) || isIgnored(ignored, path, true))
        continue;
      const next = enter(folder, path, entry.isSymbolicLink());
      if (next !== undefined) below.push({ ...next, ignored });
    } else if (kind === 'file') {
      const link = entry.isSymbolicLink() ? linkReason : folder.link;
      const listed = listFile(workspace, path, link, problems);
      if (listed !== undefined && !isIgnored(ignored, path, false)) files.set(listed.file, listed);
    }
  }
  return below;
}

const linkReason = 'a link to another file';

/**
 * A linked folder is listed, because imports may go through it, but what is in it counts only when imported.
 * Inside of it no further link is followed, and none that leads to a folder above, so listing always ends.
 */
function enter(folder: Folder, path: string, isLink: boolean): Omit<Folder, 'ignored'> | undefined {
  if (!isLink) return folder.link === undefined ? { path } : { path, link: folder.link };
  const target = realPath(path);
  if (folder.link !== undefined || target === undefined) return undefined;
  const here = realPath(folder.path) ?? folder.path;
  if (here === target || here.startsWith(target.endsWith(sep) ? target : target + sep)) return undefined;
  return { path, link: linkReason };
}

function listFile(
  workspace: Workspace,
  path: string,
  link: string | undefined,
  problems: Problem[],
): ListedFile | undefined {
  const file = workspace.idOf(path);
  const found = classify(file);
  if (found === undefined) return undefined;
  let size: number;
  let changed: number;
  try {
    ({ size, mtimeMs: changed } = statSync(path));
  } catch (error) {
    problems.push(problemAt(workspace, path, 'file/unreadable', `Cannot be read: ${reasonOf(error)}.`));
    return undefined;
  }
  if (found.code && size > codeLimit) return undefined;
  const aside = found.aside ?? link;
  return { file, version: `${size}-${changed}`, ...found, ...(aside === undefined ? {} : { aside }) };
}

function kindOf(entry: Dirent): 'file' | 'folder' | 'other' {
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
}

/** Links that lead nowhere or in a circle are nothing. */
function linkKind(path: string): 'file' | 'folder' | 'other' {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other';
  } catch {
    return 'other';
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function problemAt(workspace: Workspace, path: string, code: string, message: string): Problem {
  return { code, severity: 'warning', message, at: { file: workspace.idOf(path), start: 0, end: 0 } };
}
