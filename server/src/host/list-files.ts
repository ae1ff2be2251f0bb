/** Lists the files of a workspace: what git would keep, without what tools made. */

import type { Dirent, Stats } from 'node:fs';
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import type { ListedFile } from '../engine/work.ts';
import { classify, isSkipped } from './classify.ts';
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
  /** Is it inside of a folder `src` of the workspace? */
  readonly inSources: boolean;
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
    const pending: Folder[] = [topFolder(path, leftOut)];
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
  const here = entries.some((entry) => entry.name === '.gitignore') ? withOwnPatterns(folder) : folder;
  const below: Folder[] = [];
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    const kind = entry.isSymbolicLink() ? linkKind(path) : kindOf(entry);
    if (kind === 'folder') {
      const next = enter(here, path, entry.isSymbolicLink());
      if (next !== undefined) below.push(next);
    } else if (kind === 'file') {
      const listed = listFile(workspace, here, path, entry.isSymbolicLink(), problems);
      if (listed !== undefined) files.set(listed.file, listed);
    }
  }
  return below;
}

/**
 * One file as `listFiles` with the same arguments lists it; undefined where that would not have it. With a `version`,
 * which stands for a text that somebody holds, the file need not exist.
 */
export function listOne(
  workspace: Workspace,
  folders: readonly string[],
  leftOut: Patterns,
  path: string,
  version?: string,
): ListedFile | undefined {
  for (const top of folders) {
    const inside = relative(top, path);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) continue;
    const folder = folderAround(top, leftOut, dirname(inside).split(sep));
    if (folder !== undefined) return listFile(workspace, folder, path, isLink(path), [], version);
  }
  return undefined;
}

/** Goes down from `top`; undefined where a listing would not. */
function folderAround(top: string, leftOut: Patterns, names: readonly string[]): Folder | undefined {
  let folder: Folder | undefined = topFolder(top, leftOut);
  for (const name of names) {
    if (name === '.') continue;
    folder = withOwnPatterns(folder);
    const path = join(folder.path, name);
    folder = enter(folder, path, isLink(path));
    if (folder === undefined) return undefined;
  }
  return withOwnPatterns(folder);
}

function topFolder(path: string, leftOut: Patterns): Folder {
  return { path, ignored: withPatterns(ignoredAbove(path), leftOut), inSources: false };
}

function withOwnPatterns(folder: Folder): Folder {
  return { ...folder, ignored: withFolder(folder.ignored, folder.path) };
}

const linkReason = 'a link to another file';

/**
 * The folder below, unless it is none that is listed. A linked folder is listed, because imports may go through it, but
 * what is in it counts only when imported. Inside of it no further link is followed, and none that leads to a folder
 * above, so listing always ends.
 */
function enter(folder: Folder, path: string, isLinked: boolean): Folder | undefined {
  const { ignored, link, inSources } = folder;
  const name = basename(path);
  if (name.startsWith('.') || isSkipped(name, inSources) || isIgnored(ignored, path, true)) return undefined;
  const inside = { path, ignored, inSources: inSources || name === 'src' };
  if (!isLinked) return { ...inside, ...(link !== undefined && { link }) };
  const target = realPath(path);
  if (link !== undefined || target === undefined) return undefined;
  const here = realPath(folder.path) ?? folder.path;
  if (here === target || here.startsWith(target.endsWith(sep) ? target : target + sep)) return undefined;
  return { ...inside, link: linkReason };
}

function listFile(
  workspace: Workspace,
  folder: Folder,
  path: string,
  isLinked: boolean,
  problems: Problem[],
  version?: string,
): ListedFile | undefined {
  const file = workspace.idOf(path);
  const found = classify(file);
  if (found === undefined || isIgnored(folder.ignored, path, false)) return undefined;
  const aside = found.aside ?? (isLinked ? linkReason : folder.link);
  const listed = { file, ...found, ...(aside === undefined ? {} : { aside }) };
  if (version !== undefined) return { ...listed, version };
  try {
    const stat = statSync(path);
    if (!stat.isFile() || (found.code && stat.size > codeLimit)) return undefined;
    return { ...listed, version: versionOf(stat) };
  } catch (error) {
    problems.push(problemAt(workspace, path, 'file/unreadable', `Cannot be read: ${reasonOf(error)}.`));
    return undefined;
  }
}

/** Changes when the content may have changed. */
export function versionOf({ size, mtimeMs }: Stats): string {
  return `${size}-${mtimeMs}`;
}

function kindOf(entry: Dirent): 'file' | 'folder' | 'other' {
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
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
