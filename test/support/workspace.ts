/** Workspaces on disk and commands run on them in this process. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../server/src/cli/main.ts';
import { readModule } from '../../server/src/code/ts/lower.ts';

export const exampleFolder = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));

/** Writes files below a new folder, which vanishes with the test. Returns its path. */
export function folderOf(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

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
