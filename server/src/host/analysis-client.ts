/**
 * The analysis worker as its owner sees it: started when the first folder is opened, started again after a crash, and
 * told everything anew then. A text that brings it down twice is left out and named.
 */

import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FromAnalysis, ToAnalysis } from './analysis-protocol.ts';
import type { FolderResult } from './folder-analysis.ts';
import { ANALYSIS_DEADLINE, CRASH_WINDOW, MOST_CRASHES, WORKER_MEMORY } from './timing.ts';

export interface AnalysisEvents {
  result(folder: string, revision: number, result: FolderResult): void;
  /** The worker came down and is started again, or not: `failed`. */
  crashed(message: string, failed: boolean): void;
  /** This text of the file brings the worker down; it is left out. */
  quarantined(path: string): void;
}

interface FolderState {
  /** Texts that editors hold. */
  readonly texts: Map<string, string>;
  asked: number;
  answered: number;
}

export class AnalysisClient {
  readonly #script: string;
  readonly #storage: string | undefined;
  readonly #events: AnalysisEvents;
  readonly #folders = new Map<string, FolderState>();
  readonly #quarantine = new Set<string>();
  #worker: Worker | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #crashes: number[] = [];
  /** What was changed last: the first to be suspected. */
  #suspect: { readonly folder: string; readonly path: string; readonly text: string } | undefined;
  #suspicions = new Map<string, number>();
  #failed = false;

  constructor(script: string, storage: string | undefined, events: AnalysisEvents) {
    this.#script = script;
    this.#storage = storage;
    this.#events = events;
  }

  open(folder: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.set(folder, { texts: new Map(), asked: 0, answered: 0 });
    this.#send({ kind: 'open', folder });
  }

  close(folder: string): void {
    if (this.#folders.delete(folder)) this.#send({ kind: 'close', folder });
  }

  edit(folder: string, path: string, text: string | undefined): void {
    const state = this.#folders.get(folder);
    if (!state) return;
    if (text === undefined) state.texts.delete(path);
    else {
      if (this.#quarantine.has(keyOf(path, text))) return;
      state.texts.set(path, text);
      this.#suspect = { folder, path, text };
    }
    this.#send({ kind: 'edit', folder, path, text });
  }

  changed(folder: string, paths: readonly string[]): void {
    if (this.#folders.has(folder)) this.#send({ kind: 'changed', folder, paths });
  }

  /** Asks for results, which come with this revision. */
  analyse(folder: string, revision: number): void {
    const state = this.#folders.get(folder);
    if (!state) return;
    state.asked = revision;
    this.#send({ kind: 'analyse', folder, revision });
    this.#deadline ??= setTimeout(() => this.#down('it did not answer in time'), ANALYSIS_DEADLINE);
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#deadline);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #send(message: ToAnalysis): void {
    if (this.#failed) return;
    if (this.#worker) this.#worker.postMessage(message);
    // What is said to a worker that does not run yet, it is told when it starts.
    else this.#start();
  }

  #start(): void {
    const worker = new Worker(this.#script, {
      workerData: { storage: this.#storage },
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY },
      // The loop's standard output may be the protocol's.
      stdout: true,
      stderr: true,
    });
    this.#worker = worker;
    worker.on('message', (message: FromAnalysis) => {
      if (worker === this.#worker) this.#receive(message);
    });
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#down(error.message);
    });
    worker.on('exit', (code) => {
      if (worker === this.#worker) this.#down(`it ended with code ${code}`);
    });
    for (const [folder, { texts, asked, answered }] of this.#folders) {
      worker.postMessage({ kind: 'open', folder } satisfies ToAnalysis);
      for (const [path, text] of texts)
        worker.postMessage({ kind: 'edit', folder, path, text } satisfies ToAnalysis);
      if (asked > answered) this.analyse(folder, asked);
    }
  }

  #receive(message: FromAnalysis): void {
    const state = this.#folders.get(message.folder);
    if (!state) return;
    state.answered = message.revision;
    if ([...this.#folders.values()].every(({ asked, answered }) => answered >= asked)) {
      clearTimeout(this.#deadline);
      this.#deadline = undefined;
    }
    if (message.kind === 'fault') {
      this.#events.crashed(message.message, false);
      // The worker has let go of the folder.
      for (const [path, text] of state.texts)
        this.#send({ kind: 'edit', folder: message.folder, path, text });
      return;
    }
    this.#suspect = undefined;
    this.#events.result(message.folder, message.revision, message.result);
  }

  #down(reason: string): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#suspectLastEdit();
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW), now];
    this.#failed = this.#crashes.length >= MOST_CRASHES;
    this.#events.crashed(reason, this.#failed);
    if (!this.#failed) this.#start();
  }

  /** Once may be chance; a text that was the last to come in twice is left out from then on. */
  #suspectLastEdit(): void {
    const suspect = this.#suspect;
    if (!suspect) return;
    const key = keyOf(suspect.path, suspect.text);
    const times = (this.#suspicions.get(key) ?? 0) + 1;
    this.#suspicions.set(key, times);
    if (times < 2) return;
    this.#quarantine.add(key);
    this.#folders.get(suspect.folder)?.texts.delete(suspect.path);
    this.#suspect = undefined;
    this.#events.quarantined(suspect.path);
  }
}

function keyOf(path: string, text: string): string {
  return `${path}\0${createHash('sha1').update(text).digest('base64')}`;
}
