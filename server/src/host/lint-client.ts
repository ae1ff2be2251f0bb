/**
 * The lint worker as its owner sees it: started when the first document is linted, given one job at a time, and started
 * again when it comes down. A ruleset or a document that brings it down twice is left out and named.
 */

import type { Problem } from '../contract/finding.ts';
import { mayBeSpec } from '../lint/detect.ts';
import { Falls } from './falls.ts';
import type { Preset } from './configure.ts';
import type { FromLint, LintJob, LintResult, ToLint, UsedRuleset } from './lint-protocol.ts';
import { hashOf } from './read-text.ts';
import { LINT_DEADLINE } from './timing.ts';
import { runWorker, type RunningWorker } from './worker.ts';
import { openWorkspace } from './workspace.ts';

interface Queued {
  readonly id: number;
  readonly job: LintJob;
  /** What runs for it, of the workspace. */
  ruleset?: UsedRuleset;
  readonly resolve: (result: LintResult | undefined) => void;
}

export interface LintClientOptions {
  log(message: string): void;
  /** It came down too often: nothing is linted any more. */
  gaveUp?(reason: string): void;
  /** Milliseconds that a document may take. */
  readonly deadline?: number;
}

export class LintClient {
  readonly #script: string;
  readonly #options: LintClientOptions;
  #queue: readonly Queued[] = [];
  #running: Queued | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #worker: RunningWorker<ToLint> | undefined;
  #last = 0;
  readonly #falls = new Falls();
  #failed = false;
  readonly #avoided = new Map<string, UsedRuleset>();
  readonly #leftOut = new Set<string>();
  readonly #searches = new Map<number, (paths: readonly string[]) => void>();

  constructor(script: string, options: LintClientOptions) {
    this.#script = script;
    this.#options = options;
  }

  /** A quick look: may this text be a document that is linted? */
  concerns(text: string): boolean {
    return mayBeSpec(text);
  }

  /** Undefined where there is no result: a later job for the same document took over, or there is no worker any more. */
  lint(job: LintJob): Promise<LintResult | undefined> {
    for (const queued of this.#queue) if (queued.job.path === job.path) queued.resolve(undefined);
    this.#queue = this.#queue.filter((queued) => queued.job.path !== job.path);
    if (this.#failed) return Promise.resolve(undefined);
    // A hash of a long text takes time that nobody needs who has left nothing out.
    if (this.#leftOut.size > 0 && this.#leftOut.has(keyOf(job))) return Promise.resolve(resultOfLeftOut(job));
    return new Promise((resolve) => {
      this.#queue = [...this.#queue, { id: ++this.#last, job, resolve }];
      this.#next();
    });
  }

  /** Absolute paths of the documents of a folder that may be linted. */
  find(folder: string, preset: Preset): Promise<readonly string[]> {
    if (this.#failed) return Promise.resolve([]);
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#searches.set(id, resolve);
      this.#started().post({ kind: 'find', id, folder, preset });
    });
  }

  async dispose(): Promise<void> {
    this.#failed = true;
    clearTimeout(this.#deadline);
    this.#abandon();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }

  /** The deadline is of the job that runs: one that waits has all the time there is. */
  #next(): void {
    if (this.#running) return;
    const [next, ...rest] = this.#queue;
    if (!next) return;
    this.#queue = rest;
    this.#running = next;
    const { deadline = LINT_DEADLINE } = this.#options;
    this.#deadline = setTimeout(() => this.#down(`${next.job.path} takes too long`), deadline);
    this.#started().post({ kind: 'lint', id: next.id, ...next.job });
  }

  #started(): RunningWorker<ToLint> {
    if (this.#worker) return this.#worker;
    const worker = runWorker<ToLint, FromLint>(this.#script, undefined, {
      message: (message) => this.#receive(message),
      ended: (reason) => this.#down(reason),
    });
    for (const ruleset of this.#avoided.values()) worker.post({ kind: 'avoid', ...ruleset });
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromLint): void {
    if (message.kind === 'found') {
      this.#searches.get(message.id)?.(message.paths);
      this.#searches.delete(message.id);
      return;
    }
    const running = this.#running;
    if (running?.id !== message.id) return;
    if (message.kind === 'using') {
      running.ruleset = message.ruleset;
      return;
    }
    if (message.kind === 'fault') this.#options.log(`Linting failed: ${message.message}`);
    clearTimeout(this.#deadline);
    this.#running = undefined;
    running.resolve(message.kind === 'linted' ? message.result : undefined);
    this.#next();
  }

  #down(reason: string): void {
    this.#options.log(`The lint worker was ended: ${reason}.`);
    clearTimeout(this.#deadline);
    const worker = this.#worker;
    const running = this.#running;
    this.#worker = undefined;
    this.#running = undefined;
    void worker?.end();
    for (const resolve of this.#searches.values()) resolve([]);
    this.#searches.clear();
    this.#failed = this.#falls.note();
    if (this.#failed) {
      this.#options.log('The lint worker came down too often and is not started again.');
      this.#options.gaveUp?.(reason);
      running?.resolve(undefined);
      this.#abandon();
      return;
    }
    if (running) {
      this.#suspect(running);
      if (this.#leftOut.has(keyOf(running.job))) running.resolve(resultOfLeftOut(running.job));
      else this.#queue = [{ id: running.id, job: running.job, resolve: running.resolve }, ...this.#queue];
    }
    this.#next();
  }

  /** Rulesets are programs and come first; with ours, it is the document. */
  #suspect({ job, ruleset }: Queued): void {
    const key = ruleset ? `${ruleset.path}\n${ruleset.key}` : keyOf(job);
    if (!this.#falls.suspect(key)) return;
    if (ruleset) this.#avoided.set(ruleset.path, ruleset);
    else this.#leftOut.add(key);
  }

  #abandon(): void {
    for (const { resolve } of this.#queue) resolve(undefined);
    this.#running?.resolve(undefined);
    this.#queue = [];
    this.#running = undefined;
  }
}

function keyOf({ path, text }: LintJob): string {
  return `${path}\0${hashOf(text)}`;
}

function resultOfLeftOut({ folder, path }: LintJob): LintResult {
  const problem: Problem = {
    code: 'lint/left-out',
    severity: 'warning',
    message:
      'Linting this document did not end, or ended the linter, twice. It is not linted until it changes.',
    at: { file: openWorkspace(folder).idOf(path), start: 0, end: 1 },
  };
  return { linted: true, findings: [], problems: [problem], dependsOn: [], remotes: [] };
}
