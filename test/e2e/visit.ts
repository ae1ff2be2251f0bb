/**
 * Opens any folder in a real VS Code, looks around, edits, and keeps the pictures:
 *
 *   node --import ./test/support/register.mjs test/e2e/visit.ts <folder> <pictures> [look] [edit] [themes]
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { prepare } from './driver/bench.ts';
import { prepareHost } from './driver/start.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder, pictures, ...groups] = process.argv.slice(2);
const start = await prepareHost();
if (folder === undefined || typeof start === 'string') {
  process.stderr.write(`${typeof start === 'string' ? start : 'Which folder?'}\n`);
  process.exit(2);
}
const vsix = join(mkdtempSync(join(tmpdir(), 'backend-contract-vsix-')), 'backend-contract.vsix');
spawnSync(process.execPath, ['server/run.mjs', 'package', vsix], { cwd: root, stdio: 'inherit' });
const prepared = await prepare(vsix, true, pictures && resolve(pictures));
const host = await start(prepared);
try {
  const workspace = prepared.copyOf(resolve(folder), basename(resolve(folder)));
  for (const group of groups.length > 0 ? groups : ['look', 'edit', 'themes']) {
    prepared.choose(group);
    const { cases, notes } = await host.run({ workspace, milliseconds: 780_000 });
    for (const note of notes) process.stdout.write(`${note}\n`);
    for (const { name, milliseconds, failure } of cases)
      process.stdout.write(`${name}: ${failure ?? 'fine'} (${milliseconds} ms)\n`);
  }
} finally {
  await host.stop();
  prepared.remove();
}
