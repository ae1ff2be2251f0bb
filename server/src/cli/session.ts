/** A session: one workspace, listed, read and assembled, ready for a command. */

import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import { factsCacheFile } from '../host/cache-folder.ts';
import { drive } from '../host/drive.ts';
import { noCache, openCache } from '../host/facts-cache.ts';
import { documentLimit } from '../host/limits.ts';
import { listFiles } from '../host/list-files.ts';
import { perform, type Performing } from '../host/perform.ts';
import { readText } from '../host/read-text.ts';
import type { Workspace } from '../host/workspace.ts';
import { folderId, openWorkspace } from '../host/workspace.ts';
import type { FailOn } from './commands/check.ts';
import type { Program } from './main.ts';
import type { Places } from './places.ts';
import { createPlaces } from './places.ts';
import { createProgressLine } from './progress.ts';

export interface SessionOptions {
  readonly spec?: readonly string[];
  readonly root?: readonly string[];
  readonly config?: string;
  readonly cache?: boolean;
  /** For commands that do not look at specs. */
  readonly codeOnly?: boolean;
}

export interface Session {
  readonly workspace: Workspace;
  readonly settings: EngineSettings;
  readonly snapshot: Snapshot;
  readonly places: Places;
  readonly failOn: FailOn;
  /** In the time of `Io.now`. */
  readonly started: number;
}

/** Opens a folder; a text says what is wrong with the arguments. */
export function openSession(folder: string, options: SessionOptions, program: Program): Session | string {
  const { io } = program;
  const started = io.now();
  const workspace = openWorkspace(resolve(io.cwd, folder));
  if (!isFolder(workspace.folder)) return `There is no folder ${folder}.`;
  const specs = options.codeOnly === true ? [] : options.spec?.map((path) => found(path, workspace, io.cwd, isFile));
  const roots = options.root?.map((path) => found(path, workspace, io.cwd, isFolder));
  const wrong = [...(specs ?? []), ...(roots ?? [])].find((each) => 'missing' in each);
  if (wrong !== undefined && 'missing' in wrong) return `There is no ${wrong.missing}.`;

  const settings: EngineSettings = {
    bindings: [],
    rules: { severities: {} },
    ...(specs === undefined ? {} : { specs: pathsOf(specs).map((path) => workspace.idOf(path)) }),
    ...(roots === undefined ? {} : { roots: pathsOf(roots).map((path) => folderId(workspace, path)) }),
  };
  const outside = pathsOf(roots ?? []).filter((path) => workspace.idOf(path).startsWith('../'));
  const listing = listFiles(workspace, [workspace.folder, ...outside]);
  const cache = options.cache === true ? openCache(factsCacheFile(workspace), program.build) : noCache;
  const host: Performing = { workspace, cache, loadAnalysis: program.loadAnalysis };
  const engine = createEngine(settings, (item) => perform(host, item));
  engine.apply(listing.files.map((listed) => ({ kind: 'set', listed })));
  const progress = createProgressLine(io);
  drive(engine, host, (state) => progress.update(state));
  cache.save();
  const snapshot = engine.snapshot();
  progress.clear();
  return {
    workspace,
    settings,
    snapshot: withProblems(snapshot, listing.problems),
    places: createPlaces((file) => readText(workspace.pathOf(file), file, documentLimit).text),
    failOn: 'error',
    started,
  };
}

type Found = { readonly path: string } | { readonly missing: string };

/** Relative paths start where the user stands, else in the workspace folder. */
function found(path: string, workspace: Workspace, cwd: string, exists: (path: string) => boolean): Found {
  const here = resolve(cwd, path);
  if (exists(here)) return { path: here };
  const there = resolve(workspace.folder, path);
  if (exists(there)) return { path: there };
  return { missing: `${exists === isFolder ? 'folder' : 'file'} ${path}` };
}

function pathsOf(all: readonly Found[]): readonly string[] {
  return all.flatMap((each) => ('path' in each ? [each.path] : []));
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function withProblems(snapshot: Snapshot, problems: readonly Problem[]): Snapshot {
  return problems.length === 0 ? snapshot : { ...snapshot, problems: [...problems, ...snapshot.problems] };
}
