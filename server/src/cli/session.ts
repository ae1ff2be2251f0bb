/** A session: one workspace, listed, read and assembled, ready for a command. */

import { resolve } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { WorkItem, WorkResult } from '../engine/work.ts';
import { cacheFile } from '../host/cache-folder.ts';
import { drive } from '../host/drive.ts';
import { noCache, openCache } from '../host/facts-cache.ts';
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
  const { settings } = configured;

  const listing = listFiles(workspace, configured.folders, configured.ignore);
  const { build, loadAnalysis } = program;
  const cache = options.cache === true ? openCache(cacheFile(workspace, 'facts'), build) : noCache;
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
  progress.clear();
  return {
    workspace,
    settings,
    baseline: configured.baseline,
    snapshot: withProblems(snapshot, [...configured.problems, ...listing.problems]),
    places: createPlaces((file) => readText(workspace.pathOf(file), file, documentLimit).text),
    misconfigured: configured.problems.some(({ severity }) => severity === 'error'),
    started,
  };
}

function withProblems(snapshot: Snapshot, problems: readonly Problem[]): Snapshot {
  return problems.length === 0 ? snapshot : { ...snapshot, problems: [...problems, ...snapshot.problems] };
}
