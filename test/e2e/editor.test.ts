/**
 * The packaged extension, installed in a real VS Code and used as people use it. Which VS Code is chosen in
 * `driver/start.ts`; the cases are in `suite/`, and run inside it.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepare } from './driver/bench.ts';
import type { Host, Run } from './driver/host.ts';
import { prepareHost } from './driver/start.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = join(root, 'test/fixtures/workspaces/example');
const bakery = join(root, 'test/fixtures/workspaces/bakery');

test('the extension in a real VS Code', async (context) => {
  const start = await prepareHost();
  if (typeof start === 'string') {
    context.skip(start);
    return;
  }
  const packaged = mkdtempSync(join(tmpdir(), 'backend-contract-vsix-'));
  context.after(() => rmSync(packaged, { recursive: true, force: true }));
  const vsix = join(packaged, 'backend-contract.vsix');
  const done = spawnSync(process.execPath, ['server/run.mjs', 'package', vsix], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, done.stdout + done.stderr);

  const pictures = process.env['E2E_PICTURES'];
  const trusted = await prepare(vsix, true, pictures);
  context.after(() => trusted.remove());
  const host = await start(trusted);
  context.after(() => host.stop());
  context.diagnostic(`host: ${host.name}`);

  await run(context, host, () => trusted.choose('example'), {
    workspace: trusted.copyOf(example, 'tea-house'),
    milliseconds: 900_000,
  });
  await run(context, host, () => trusted.choose('writing'), {
    workspace: trusted.copyOf(bakery, 'bakery'),
    milliseconds: 600_000,
  });
  await host.stop();

  const restricted = await prepare(vsix, false, pictures);
  context.after(() => restricted.remove());
  const careful = await start(restricted);
  context.after(() => careful.stop());
  const workspace = restricted.copyOf(example, 'tea-house');
  writeFileSync(join(workspace, '.spectral.yaml'), 'rules: {}\n');
  await run(context, careful, () => restricted.choose('restricted'), { workspace, milliseconds: 300_000 });
});

/** Runs a group of cases; each becomes a test. */
async function run(context: TestContext, host: Host, choose: () => void, what: Run): Promise<void> {
  choose();
  const { cases, notes } = await host.run(what);
  for (const note of notes) context.diagnostic(note);
  assert.ok(cases.length > 0);
  for (const { name, milliseconds, failure } of cases) {
    await context.test(name, (inner) => {
      inner.diagnostic(`${milliseconds} ms`);
      if (failure !== undefined) assert.fail(failure);
    });
  }
}
