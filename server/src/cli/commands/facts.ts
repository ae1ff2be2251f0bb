/** `facts`: what is read in one file, before anything is resolved. A tool for whoever works on the readers. */

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { classify } from '../../host/classify.ts';
import { noCache } from '../../host/facts-cache.ts';
import type { Analysis } from '../../host/perform.ts';
import { perform } from '../../host/perform.ts';
import { openWorkspace } from '../../host/workspace.ts';
import type { ExitCode, Io } from '../io.ts';
import { print } from '../report/json.ts';

export function facts(path: string, loadAnalysis: () => Analysis, io: Io): ExitCode {
  const absolute = resolve(io.cwd, path);
  if (!statSync(absolute, { throwIfNoEntry: false })?.isFile()) {
    io.err(`There is no file ${path}.\n`);
    return 2;
  }
  const workspace = openWorkspace(dirname(absolute));
  const file = workspace.idOf(absolute);
  const isCode = classify(file)?.code === true;
  const host = { workspace, cache: noCache, loadAnalysis };
  const result = perform(host, { kind: isCode ? 'module' : 'document', file, version: '' });
  const { facts: read, problem } = { facts: undefined, problem: undefined, ...result };
  io.out(print({ version: 1, facts: read, problem }));
  return 0;
}
