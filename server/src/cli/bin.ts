#!/usr/bin/env node
/** The executable: loads the program and its parser with their compiled forms kept, and runs the command. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { userCacheFolder } from '../host/cache-folder.ts';
import { createBundleLoader } from '../host/code-cache.ts';
import type { Analysis } from '../host/perform.ts';
import type { Io } from './io.ts';
import type * as Main from './main.ts';

/** Replaced by the build with a name for this build. */
declare const BUILD: string;

deferOptimisation();
const bundles = createBundleLoader(userCacheFolder());
const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  cwd: process.cwd(),
  colors: wantsColors(),
  width: Math.min(Math.max(process.stdout.columns ?? 100, 60), 120),
  progress: process.stderr.isTTY === true,
  now: () => performance.now(),
  today: () => new Date().toISOString().slice(0, 10),
};
const { main } = bundles.load(join(__dirname, 'main.cjs')) as typeof Main;
const loadAnalysis = () => bundles.load(join(__dirname, 'analysis.cjs')) as Analysis;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `… | head` closes the pipe when it has seen enough.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
// The exit code is set and not forced: a forced exit would cut off output that is still being written to a pipe.
void Promise.resolve(
  main(process.argv.slice(2), {
    io,
    loadAnalysis,
    loadPage: () => ({
      script: readFileSync(join(__dirname, 'report-page.js'), 'utf8'),
      style: readFileSync(join(__dirname, 'report-page.css'), 'utf8'),
    }),
    lintWorker: join(__dirname, 'lint-worker.cjs'),
    build: BUILD,
  }),
).then((code) => {
  process.exitCode = code;
  bundles.keep();
});

/**
 * The optimising compiler of V8 11 (Node 20) took a third of the processor time of a check, for code that runs for a few
 * seconds and in many shapes. It now begins when a function has run for about eight times as long. Newer versions have
 * a tier before it.
 */
function deferOptimisation(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');
}

function wantsColors(): boolean {
  const { env, stdout } = process;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}
