/** Runs the command line in this process. */

import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { main } from '../../server/src/cli/main.ts';
import * as sources from '../../server/src/code/ts/analysis.ts';

export const exampleFolder = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command that is done at once: all but linting. */
export function runCli(args: readonly string[], cwd = tmpdir()): Run {
  const { code, output } = start(args, cwd);
  if (typeof code !== 'number') throw new Error(`${args[0]} takes its time: use runSlowCli`);
  return { code, ...output };
}

/** Runs any command. */
export async function runSlowCli(args: readonly string[], cwd = tmpdir()): Promise<Run> {
  const { code, output } = start(args, cwd);
  return { code: await code, ...output };
}

/** The command line without a terminal. The clock stands still, so that reports are the same every time. */
function start(
  args: readonly string[],
  cwd: string,
): { readonly code: ReturnType<typeof main>; readonly output: { out: string; err: string } } {
  const output = { out: '', err: '' };
  const code = main(args, {
    io: {
      out: (text) => void (output.out += text),
      err: (text) => void (output.err += text),
      cwd,
      colors: false,
      width: 100,
      progress: false,
      now: () => 0,
      today: () => '2026-01-31',
    },
    loadAnalysis: () => sources,
    loadPage: () => ({ script: 'script();', style: 'main {}' }),
    lintWorker: fileURLToPath(new URL('../../server/dist/lint-worker.cjs', import.meta.url)),
    build: 'test',
  });
  return { code, output };
}

/** The JSON report of a command. */
export function jsonOf<T>(run: Run): T {
  return JSON.parse(run.out) as T;
}
