/** Runs the command line in this process. */

import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { main } from '../../server/src/cli/main.ts';
import { readModule } from '../../server/src/code/ts/lower.ts';

export const exampleFolder = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line without a terminal. The clock stands still, so that reports are the same every time. */
export function runCli(args: readonly string[], cwd = tmpdir()): Run {
  let out = '';
  let err = '';
  const code = main(args, {
    io: {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      cwd,
      colors: false,
      width: 100,
      progress: false,
      now: () => 0,
    },
    loadAnalysis: () => ({ readModule }),
    build: 'test',
  });
  return { code, out, err };
}

/** The JSON report of a command. */
export function jsonOf<T>(run: Run): T {
  return JSON.parse(run.out) as T;
}
