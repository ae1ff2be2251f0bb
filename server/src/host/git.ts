/**
 * A commit of the repository that a folder is in, read through git's plumbing: nothing is checked out, fetched or
 * written.
 */

import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';

export interface TreeFile {
  /** Absolute. */
  readonly path: string;
  /** The name of its content. */
  readonly blob: string;
}

export interface Revision {
  readonly commit: string;
  /** Every file of the commit, without links and submodules. */
  readonly files: readonly TreeFile[];
  /** Absolute paths of files whose content in the work tree may be another one, or that are not in it. */
  readonly changed: ReadonlySet<string>;
  /** The contents of blobs, by name. What the repository does not have is left out. */
  read(blobs: readonly string[]): ReadonlyMap<string, Buffer>;
}

/** Where the branch that is checked out left the one that `ref` names; a text says why that cannot be told. */
export function openMergeBase(folder: string, ref: string): Revision | string {
  const inside = run(folder, ['rev-parse', '--show-toplevel']);
  if (inside.missing) return 'git is not installed, or not to be found.';
  const top = inside.text?.replace(/\r?\n$/, '');
  if (top === undefined || top === '') return `${folder} is in no git repository.`;
  const isShallow = run(folder, ['rev-parse', '--is-shallow-repository']).text?.trim() === 'true';
  const hint = isShallow
    ? ' This is a shallow clone: fetch its history (git fetch --unshallow, or fetch-depth: 0).'
    : '';
  const head = commitOf(folder, 'HEAD');
  if (head === undefined) return 'There is no commit yet.';
  const named = commitOf(folder, ref);
  if (named === undefined) return `There is no commit ${ref}.${hint}`;
  const commit = run(folder, ['merge-base', named, head]).text?.trim();
  if (commit === undefined || commit === '') return `${ref} and HEAD have no commit in common.${hint}`;
  const tree = run(top, ['ls-tree', '-r', '-z', '--full-tree', commit]).text;
  const changed = run(top, ['diff-index', '-z', '--name-only', '--no-renames', commit, '--']).text;
  if (tree === undefined || changed === undefined) return `The files of ${commit} cannot be read.${hint}`;
  // Git names folders by where they really are, and links may lead here.
  const here = realpathSync(folder);
  const pathOf = (name: string): string => join(folder, relative(here, join(top, name)));
  return {
    commit,
    files: tree.split('\0').flatMap((line) => treeFile(pathOf, line)),
    changed: new Set(
      changed
        .split('\0')
        .filter((path) => path !== '')
        .map(pathOf),
    ),
    read: (blobs) => readBlobs(top, blobs),
  };
}

/** The commit that is checked out; undefined where there is none. */
export function headOf(folder: string): string | undefined {
  return commitOf(folder, 'HEAD');
}

function commitOf(folder: string, ref: string): string | undefined {
  const name = run(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const commit = name.text?.trim() ?? '';
  return commit === '' ? undefined : commit;
}

/** `100644 blob 3b18e512… <tab>src/app.ts`; links have the mode 120000, submodules 160000. */
function treeFile(pathOf: (name: string) => string, line: string): readonly TreeFile[] {
  const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
  return blob !== undefined && path !== undefined ? [{ path: pathOf(path), blob }] : [];
}

function readBlobs(folder: string, blobs: readonly string[]): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (blobs.length === 0) return found;
  const { bytes } = run(folder, ['cat-file', '--batch'], `${[...new Set(blobs)].join('\n')}\n`);
  for (let at = 0; bytes !== undefined && at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    const [, name, size] = /^(\S+) blob (\d+)$/.exec(bytes.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (name === undefined || size === undefined) continue;
    found.set(name, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

interface Ran {
  /** Undefined where git ends with a fault. */
  readonly bytes: Buffer | undefined;
  readonly text: string | undefined;
  readonly missing: boolean;
}

/** Everything of a large repository, and no end to it by mistake. In bytes. */
const maxBuffer = 2 ** 30;

function run(folder: string, args: readonly string[], input?: string): Ran {
  const { stdout, status, error } = spawnSync('git', [...args], {
    cwd: folder,
    maxBuffer,
    ...(input !== undefined && { input }),
    // Nothing is fetched, asked or locked.
    env: {
      ...process.env,
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    },
    windowsHide: true,
  });
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  const bytes = status === 0 ? stdout : undefined;
  return { bytes, text: bytes?.toString('utf8'), missing };
}
