/** A session: one workspace, listed, read and assembled, ready for a command. */

import { resolve } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { WorkItem, WorkResult } from '../engine/work.ts';
import { cacheFile } from '../host/cache-folder.ts';
import { drive } from '../host/drive.ts';
import { findEarlier, problemPrint, type Earlier } from '../host/earlier.ts';
import { noCache, openCache, RecentFacts } from '../host/facts-cache.ts';
import { openMergeBase } from '../host/git.ts';
import { openKeptResults } from '../host/kept-results.ts';
import { documentLimit } from '../host/limits.ts';
import { listFiles } from '../host/list-files.ts';
import { perform, type Performing } from '../host/perform.ts';
import { readText } from '../host/read-text.ts';
import type { Workspace } from '../host/workspace.ts';
import { openWorkspace } from '../host/workspace.ts';
import type { Named } from '../host/configure.ts';
import { configure } from '../host/configure.ts';
import type { Program } from './main.ts';
import type { Places } from './places.ts';
import { createPlaces } from './places.ts';
import { createProgressLine } from './progress.ts';

export interface SessionOptions extends Named {
  readonly cache?: boolean;
  /** Tell only what is new since the branch left this one: a branch, a tag, a commit. */
  readonly since?: string;
}

export interface Session {
  readonly workspace: Workspace;
  readonly settings: EngineSettings;
  readonly snapshot: Snapshot;
  /** Absolute path of the file of known findings. */
  readonly baseline: string;
  readonly places: Places;
  /** Is something wrong with the configuration file? */
  readonly misconfigured: boolean;
  /** Tells only what is new since here. */
  readonly since?: { readonly ref: string; readonly commit: string };
  /** In the time of `Io.now`. */
  readonly started: number;
}

/** Opens a folder; a text says what is wrong with the arguments. */
export function openSession(folder: string, options: SessionOptions, program: Program): Session | string {
  const { io } = program;
  const started = io.now();
  const workspace = openWorkspace(resolve(io.cwd, folder));
  const configured = configure(workspace, io.cwd, options);
  if (typeof configured === 'string') return configured;
  const revision = options.since === undefined ? undefined : openMergeBase(workspace.folder, options.since);
  if (typeof revision === 'string') return revision;
  const { settings } = configured;

  const listing = listFiles(workspace, configured.folders, configured.ignore);
  const { build, loadAnalysis } = program;
  const disk = options.cache === true ? openCache(cacheFile(workspace, 'facts'), build) : noCache;
  // What did not change since is read once.
  const cache = revision ? new RecentFacts(disk) : disk;
  const host: Performing = { workspace, cache, loadAnalysis };
  const kept =
    options.cache === true
      ? openKeptResults(host, {
          path: cacheFile(workspace, 'results'),
          build,
          settings,
          files: listing.files,
        })
      : undefined;
  const work = (item: WorkItem): WorkResult => kept?.work(item) ?? perform(host, item);
  const engine = createEngine(settings, work, 'once', kept);
  engine.apply(listing.files.map((listed) => ({ kind: 'set', listed })));
  const progress = createProgressLine(io);
  drive(engine, work, (state) => progress.update(state));
  cache.save();
  kept?.save();
  const snapshot = engine.snapshot();
  const earlier = revision && findEarlier(revision, configured, listing.files, host);
  progress.clear();
  const problems = [...configured.problems, ...listing.problems];
  return {
    workspace,
    settings: earlier ? { ...settings, rules: { ...settings.rules, baseline: earlier.known } } : settings,
    baseline: configured.baseline,
    snapshot: { ...snapshot, problems: [...problems, ...snapshot.problems.filter(isNew(earlier))] },
    places: createPlaces((file) => readText(workspace.pathOf(file), file, documentLimit).text),
    misconfigured: configured.problems.some(({ severity }) => severity === 'error'),
    ...(earlier && options.since !== undefined && { since: { ref: options.since, commit: earlier.commit } }),
    started,
  };
}

function isNew(earlier: Earlier | undefined): (problem: Problem) => boolean {
  return (problem) => earlier?.problems.has(problemPrint(problem)) !== true;
}
