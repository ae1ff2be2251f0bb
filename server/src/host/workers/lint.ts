/** The lint worker: runs Spectral, which blocks for as long as it takes. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { builtInRuleset } from '../../lint/built-in.ts';
import { kindOf } from '../../lint/detect.ts';
import { lint } from '../../lint/lint.ts';
import { readDocument } from '../../text/document.ts';
import type { FromLint, ToLint } from '../lint-protocol.ts';
import { openWorkspace } from '../workspace.ts';

const rulesetNames = ['yaml', 'yml', 'json', 'js', 'mjs', 'cjs'].map((end) => `.spectral.${end}`);

async function handle({ id, folder, path, text, texts }: ToLint): Promise<FromLint> {
  const workspace = openWorkspace(folder);
  const file = workspace.idOf(path);
  const kind = kindOf(readDocument(file, text).root);
  // A workspace with rules of its own is not to be told others; its rules are code, which is not run yet.
  if (kind === undefined || hasRuleset(folder, path)) return { id, findings: [] };
  const open = new Map(texts);
  const linted = await lint(
    {
      path,
      text,
      read: (other) => open.get(other) ?? readText(other),
      remote: () => undefined,
      idOf: (other) => workspace.idOf(other),
    },
    builtInRuleset(kind),
  );
  return { id, findings: linted.findings };
}

function hasRuleset(folder: string, path: string): boolean {
  for (let at = dirname(path); at.startsWith(folder); at = dirname(at)) {
    if (rulesetNames.some((name) => existsSync(join(at, name)))) return true;
    if (at === dirname(at)) break;
  }
  return false;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

parentPort?.on('message', (message: ToLint) => {
  handle(message).then(
    (answer) => parentPort?.postMessage(answer),
    (error: unknown) =>
      parentPort?.postMessage({ id: message.id, findings: [], fault: String(error) } satisfies FromLint),
  );
});
