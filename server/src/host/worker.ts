/** A worker thread whose end, however it comes, is told once. */

import { Worker } from 'node:worker_threads';
import { WORKER_MEMORY } from './timing.ts';

export interface WorkerEvents<From> {
  message(message: From): void;
  /** It ended by itself: an exception that nobody caught, exhausted memory, `process.exit`. */
  ended(reason: string): void;
}

export interface RunningWorker<To> {
  post(message: To): void;
  /** Ends it; nothing is heard of it afterwards. */
  end(): Promise<void>;
}

export function runWorker<To, From>(
  script: string,
  workerData: unknown,
  events: WorkerEvents<From>,
): RunningWorker<To> {
  const worker = new Worker(script, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY },
    // The loop's standard output may be the protocol's.
    stdout: true,
    stderr: true,
  });
  let over = false;
  const ended = (reason: string): void => {
    if (over) return;
    over = true;
    events.ended(reason);
  };
  worker.on('message', (message: From) => {
    if (!over) events.message(message);
  });
  worker.on('error', (error) => ended(error.message));
  worker.on('exit', (code) => ended(`it ended with code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    async end() {
      over = true;
      await worker.terminate();
    },
  };
}
