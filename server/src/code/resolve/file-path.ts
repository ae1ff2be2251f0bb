/** Arithmetic on workspace paths: relative, `/`-separated, `.` for the workspace folder itself. */

import { fileId, type FileId } from '../../contract/span.ts';

/** The folder of a file or folder; the folder above `.` is `..`. */
export function dirOf(path: string): string {
  if (path === '.' || path === '..' || path.endsWith('/..')) return joinDirs(path, '..');
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** Joins and normalises: `.` and `..` are resolved as far as the path goes, doubled and trailing slashes vanish. */
export function joinDirs(...paths: readonly string[]): string {
  const parts: string[] = [];
  for (const part of paths.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

export function joinFile(...paths: readonly string[]): FileId {
  return fileId(joinDirs(...paths));
}

/** The part of `path` below `dir`; undefined where it is not below, `''` where it is `dir`. */
export function below(dir: string, path: string): string | undefined {
  if (path === dir) return '';
  if (dir === '.') return path.startsWith('../') || path === '..' ? undefined : path;
  return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : undefined;
}

/** A folder and those above it up to the workspace folder (or, outside of it, up to the last name), nearest first. */
export function ancestors(dir: string): readonly string[] {
  const dirs = [dir];
  for (let at = dir; at !== '.' && at !== '..' && !at.endsWith('/..');) {
    at = dirOf(at);
    dirs.push(at);
  }
  return dirs;
}

/** How many leading folders two paths share. */
export function sharedDepth(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let depth = 0;
  while (depth < left.length && depth < right.length && left[depth] === right[depth]) depth += 1;
  return depth;
}
