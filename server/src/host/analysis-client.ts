/**
 * The analysis worker as its owner sees it: started when the first folder is opened, started again after a crash, and
 * told everything anew then. A text that brings it down twice is left out and named.
 */

import type { Renamed, SourceRename } from '../contract/rename.ts';
import type { FromAnalysis, ToAnalysis } from './analysis-protocol.ts';
import type { Preset } from './configure.ts';
import type { FolderResult } from './folder-analysis.ts';
import { Falls } from './falls.ts';
import { hashOf } from './read-text.ts';
import { ResultReceiver } from './result-wire.ts';
import { ANALYSIS_DEADLINE, LONG_TEXT, SLICE } from './timing.ts';
import { runWorker, type RunningWorker } from './worker.ts';

export interface AnalysisEvents {
  result(folder: string, revision: number, result: FolderResult): void;
  /** The worker came down and is started again, or not: `failed`. */
  crashed(reason: string, failed: boolean): void;
  /** This text of the file brings the worker down: it does without. */
  leftOut(folder: string, path: string): void;
}

export interface AnalysisOptions {
  /** Path of the worker's bundle. */
  readonly script: string;
  /** A folder for caches. */
  readonly storage: string | undefined;
  /** Milliseconds in which every answer has to come. */
  readonly deadline?: number;
}

interface FolderState {
  /** Settings of the editor; undefined while it has none of its own. */
  preset?: Preset;
  /** Texts that editors hold, by path. */
  readonly texts: Map<string, OpenText>;
  /** What came since the worker was asked last, by path; without a text where an editor let go of the file. */
  readonly untold: Map<string, { readonly text: string | undefined; readonly revision: number }>;
  readonly receiver: ResultReceiver;
  asked: number;
  answered: number;
}

interface OpenText {
  readonly text: string;
  readonly revision: number;
}

const stopped: Renamed = { refused: 'The analysis stopped; rename it in the code by hand.' };

export class AnalysisClient {
  readonly #script: string;
  readonly #storage: string | undefined;
  readonly #patience: number;
  readonly #events: AnalysisEvents;
  readonly #folders = new Map<string, FolderState>();
  readonly #quarantine = new Set<string>();
  readonly #falls = new Falls();
  #worker: RunningWorker<ToAnalysis> | undefined;
  #deadline: NodeJS.Timeout | undefined;
  /** What was edited last: the first to be suspected. */
  #suspect: { readonly folder: string; readonly path: string; readonly text: string } | undefined;
  #failed = false;
  /** Those who wait for what a rename comes to, by its number. */
  readonly #renaming = new Map<number, (renamed: Renamed) => void>();
  #renames = 0;
  /** Results are taken in one after the other: each builds on the one before. */
  #results: Promise<void> = Promise.resolve();

  constructor({ script, storage, deadline = ANALYSIS_DEADLINE }: AnalysisOptions, events: AnalysisEvents) {
    this.#script = script;
    this.#storage = storage;
    this.#patience = deadline;
    this.#events = events;
  }

  open(folder: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.set(folder, {
      texts: new Map(),
      untold: new Map(),
      receiver: new ResultReceiver(),
      asked: 0,
      answered: 0,
    });
    this.#send({ kind: 'open', folder });
  }

  close(folder: string): void {
    if (this.#folders.delete(folder)) this.#send({ kind: 'close', folder });
  }

  configure(folder: string, preset: Preset): void {
    const state = this.#folders.get(folder);
    if (!state) return;
    state.preset = preset;
    this.#send({ kind: 'configure', folder, preset });
  }

  /**
   * `revision` names the text in results. The worker hears of a long one when it is asked next, because reading it takes
   * longer than the next key is away; a short one is read in the pause.
   */
  edit(folder: string, path: string, text: string | undefined, revision: number): void {
    const state = this.#folders.get(folder);
    if (!state) return;
    // A hash of a long text takes time that nobody needs who has nothing to leave out.
    if (text !== undefined && this.#quarantine.size > 0 && this.#quarantine.has(keyOf(path, text))) {
      this.#events.leftOut(folder, path);
      return;
    }
    if (text === undefined) state.texts.delete(path);
    else state.texts.set(path, { text, revision });
    // What is edited last is told last.
    state.untold.delete(path);
    state.untold.set(path, { text, revision });
    if (text === undefined || text.length < LONG_TEXT) this.#tellOf(folder, state, path);
  }

  changed(folder: string, paths: readonly string[]): void {
    if (this.#folders.has(folder)) this.#send({ kind: 'changed', folder, paths });
  }

  /** Asks for results, which come with this revision. */
  analyse(folder: string, revision: number): void {
    const state = this.#folders.get(folder);
    if (!state) return;
    this.#tell(folder, state);
    state.asked = revision;
    this.#send({ kind: 'analyse', folder, revision });
    this.#expect();
  }

  /** Asks what renaming something that code declares comes to. */
  async rename(folder: string, rename: SourceRename): Promise<Renamed> {
    const state = this.#folders.get(folder);
    if (!state || this.#failed) return stopped;
    this.#tell(folder, state);
    this.#renames += 1;
    const id = this.#renames;
    return new Promise((resolve) => {
      this.#renaming.set(id, resolve);
      this.#send({ kind: 'rename', folder, id, rename });
      this.#expect();
    });
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#deadline);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }

  /** Tells of the texts that the worker has not heard of. */
  #tell(folder: string, state: FolderState): void {
    for (const path of [...state.untold.keys()]) this.#tellOf(folder, state, path);
  }

  #tellOf(folder: string, { untold }: FolderState, path: string): void {
    const edit = untold.get(path);
    if (!edit) return;
    untold.delete(path);
    if (edit.text !== undefined) this.#suspect = { folder, path, text: edit.text };
    this.#send({ kind: 'edit', folder, path, ...edit });
  }

  /** Tells a worker that knows nothing of the folder. */
  #tellAll(folder: string, state: FolderState): void {
    const { preset, texts, untold } = state;
    if (preset) this.#send({ kind: 'configure', folder, preset });
    for (const [path, open] of texts)
      if (!untold.has(path)) this.#send({ kind: 'edit', folder, path, ...open });
    this.#tell(folder, state);
  }

  #send(message: ToAnalysis): void {
    if (this.#failed) return;
    if (this.#worker) this.#worker.post(message);
    // What is said to a worker that does not run yet, it is told when it starts.
    else this.#start();
  }

  #start(): void {
    const worker = runWorker<ToAnalysis, FromAnalysis>(
      this.#script,
      { storage: this.#storage },
      {
        message: (message) => this.#receive(message),
        ended: (reason) => this.#down(reason),
      },
    );
    this.#worker = worker;
    for (const [folder, state] of this.#folders) {
      worker.post({ kind: 'open', folder });
      this.#tellAll(folder, state);
      if (state.asked > state.answered) this.analyse(folder, state.asked);
    }
  }

  #receive(message: FromAnalysis): void {
    const state = this.#folders.get(message.folder);
    if (!state) return;
    if (message.kind === 'renamed') {
      this.#renaming.get(message.id)?.(message.renamed);
      this.#renaming.delete(message.id);
      this.#rest();
      return;
    }
    state.answered = message.revision;
    this.#rest();
    if (message.kind === 'fault') {
      this.#events.crashed(message.message, false);
      // The worker has let go of the folder.
      this.#tellAll(message.folder, state);
      return;
    }
    this.#suspect = undefined;
    this.#results = this.#results
      .then(() => this.#takeIn(state, message))
      .catch((error: unknown) => this.#events.crashed(String(error), false));
  }

  /** An answer is due from now on. */
  #expect(): void {
    this.#deadline ??= setTimeout(() => this.#down('it did not answer in time'), this.#patience);
  }

  /** Nothing is waited for while everything was answered. */
  #rest(): void {
    const isAnswered = [...this.#folders.values()].every(({ asked, answered }) => answered >= asked);
    if (!isAnswered || this.#renaming.size > 0) return;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  async #takeIn(state: FolderState, { folder, revision, result }: ResultMessage): Promise<void> {
    const received = await inSlices(state.receiver.receive(result));
    // The folder may have been closed meanwhile, and opened again.
    if (this.#folders.get(folder) === state) this.#events.result(folder, revision, received);
  }

  #down(reason: string): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.end();
    for (const resolve of this.#renaming.values()) resolve(stopped);
    this.#renaming.clear();
    this.#suspectLastEdit();
    this.#failed = this.#falls.note();
    this.#events.crashed(reason, this.#failed);
    if (!this.#failed) this.#start();
  }

  /** A text that was the last to come in twice is left out from then on. */
  #suspectLastEdit(): void {
    const suspect = this.#suspect;
    if (!suspect) return;
    const key = keyOf(suspect.path, suspect.text);
    if (!this.#falls.suspect(key)) return;
    this.#quarantine.add(key);
    this.#suspect = undefined;
    const texts = this.#folders.get(suspect.folder)?.texts;
    // What was typed since may be what it can do with.
    if (texts?.get(suspect.path)?.text !== suspect.text) return;
    texts.delete(suspect.path);
    this.#events.leftOut(suspect.folder, suspect.path);
  }
}

type ResultMessage = Extract<FromAnalysis, { kind: 'result' }>;

/** Lets others have their turn whenever a slice of time is used up. */
async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let end = performance.now() + SLICE;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setImmediate(resolve));
    end = performance.now() + SLICE;
  }
}

function keyOf(path: string, text: string): string {
  return `${path}\0${hashOf(text)}`;
}
