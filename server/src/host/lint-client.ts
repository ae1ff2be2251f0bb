/** The lint worker as its owner sees it: started when the first document is linted, ended when it takes too long. */

import { Worker } from 'node:worker_threads';
import type { Finding } from '../contract/finding.ts';
import { mayBeSpec } from '../lint/detect.ts';
import type { FromLint, ToLint } from './lint-protocol.ts';
import { LINT_DEADLINE, WORKER_MEMORY } from './timing.ts';

/** Characters in which a document says what it is, also below a licence. */
const headLength = 4_000;

export type LintJob = Omit<ToLint, 'id'>;

interface Running {
  readonly job: LintJob;
  readonly resolve: (findings: readonly Finding[] | undefined) => void;
  readonly deadline: NodeJS.Timeout;
}

export class LintClient {
  readonly #script: string;
  readonly #log: (message: string) => void;
  readonly #running = new Map<number, Running>();
  #worker: Worker | undefined;
  #last = 0;

  constructor(script: string, log: (message: string) => void) {
    this.#script = script;
    this.#log = log;
  }

  /** May there be something to lint in a document? The worker looks closer. */
  concerns(text: string): boolean {
    return mayBeSpec(text.slice(0, headLength));
  }

  /** Undefined where there is no result: a later job for the same document took over, or the worker came down. */
  lint(job: LintJob): Promise<readonly Finding[] | undefined> {
    for (const [id, running] of this.#running) if (running.job.path === job.path) this.#settle(id, undefined);
    const id = ++this.#last;
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.#down(`${job.path} takes too long`), LINT_DEADLINE);
      this.#running.set(id, { job, resolve, deadline });
      this.#started().postMessage({ id, ...job } satisfies ToLint);
    });
  }

  async dispose(): Promise<void> {
    for (const id of [...this.#running.keys()]) this.#settle(id, undefined);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script, {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY },
      stdout: true,
      stderr: true,
    });
    worker.on('message', ({ id, findings, fault }: FromLint) => {
      if (fault !== undefined) this.#log(`Linting failed: ${fault}`);
      this.#settle(id, fault === undefined ? findings : undefined);
    });
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#down(error.message);
    });
    this.#worker = worker;
    return worker;
  }

  #settle(id: number, findings: readonly Finding[] | undefined): void {
    const running = this.#running.get(id);
    if (!running) return;
    clearTimeout(running.deadline);
    this.#running.delete(id);
    running.resolve(findings);
  }

  /** The next job starts another worker. */
  #down(reason: string): void {
    this.#log(`The lint worker was ended: ${reason}.`);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    for (const id of [...this.#running.keys()]) this.#settle(id, undefined);
  }
}
