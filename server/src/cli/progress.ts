/** Tells people that a long check is alive, and takes the message away again. */

import type { Progress } from '../host/drive.ts';
import type { Io } from './io.ts';

/** Whoever waits less than this does not need to be told. In milliseconds. */
const patience = 1000;
const between = 80;
const clearLine = '\r\u001b[2K';

export interface ProgressLine {
  update(progress: Progress): void;
  clear(): void;
}

export function createProgressLine(io: Io): ProgressLine {
  const started = io.now();
  let last = started;
  let visible = false;
  return {
    update({ done, total }) {
      if (!io.progress) return;
      const now = io.now();
      if (now - started < patience || now - last < between) return;
      last = now;
      visible = true;
      io.err(`${clearLine}Reading … ${done} of ${total} files`);
    },
    clear() {
      if (visible) io.err(clearLine);
      visible = false;
    },
  };
}
