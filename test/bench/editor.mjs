/**
 * The language server as an editor meets it, over its protocol: how long an edit in a handler takes to show in
 * diagnostics, whether requests wait meanwhile, how long the loop is blocked, what it costs at rest, how long a start takes.
 *
 *   node --import ./test/support/register.mjs test/bench/editor.mjs [--files 1000] [--edits 60]
 */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEditor } from '../support/lsp-client.ts';
import { generateWorkspace } from './generate.mjs';
import { median } from './measure.mjs';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '1000' }, edits: { type: 'string', default: '60' } },
});
const delay = 150;
/** Editors give a folder for caches, which holds compiled bundles from the second start on. */
const options = { isTrusted: true, storage: join(tmpdir(), 'backend-contract-bench/storage') };
const scratch = join(tmpdir(), 'backend-contract-bench');
const usageFile = join(scratch, `server-usage-${process.pid}.json`);
process.env.USAGE_FILE = usageFile;
process.env.NODE_OPTIONS = `--import=${new URL('server-usage.mjs', import.meta.url)}`;

process.stdout.write('| what | median | p95 | longest |\n|---|---|---|---|\n');
await starts(300, 4);
await edits(Number(values.files), Number(values.edits));

/** From the first byte to the first diagnostics and to a status that is ready. */
async function starts(files, rounds) {
  const folder = generated(files);
  const first = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const editor = await startEditor(folder, options);
    await editor.until('something is shown', () => editor.published('openapi.yaml') > 0 || shown(editor, 0));
    if (round > 0) first.push(performance.now() - begun);
    await editor.stop();
  }
  row(`start to first diagnostics, ${files} files`, first);
}

function shown(editor, index) {
  return editor.published(`src/thing${index}/controller.ts`) > 0;
}

async function edits(files, count) {
  const folder = generated(files);
  const begun = performance.now();
  const editor = await startEditor(folder, options);
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  row(`start to everything known, ${files} files`, [performance.now() - begun]);
  await usage(editor);

  const modules = Math.round(files / 8);
  const taken = [];
  const hovers = [];
  const definitions = [];
  for (let edit = 0; edit < count; edit += 1) {
    const file = `src/thing${(edit * 7) % modules}/controller.ts`;
    editor.open(file);
    const name = /req\.query\.(\w+)/.exec(editor.text(file))[1];
    const next = `tea${edit}`;
    const start = performance.now();
    editor.replace(file, `req.query.${name}`, `req.query.${next}`);
    let done = false;
    const asking = ask(editor, file, hovers, definitions, () => done);
    await editor.until('the edit shows', () =>
      editor.shown(file).includes(`http/undocumented-parameter at ${next}`),
    );
    taken.push(performance.now() - start - delay);
    done = true;
    await asking;
  }
  row(`edit in a handler to diagnostics, after the delay of ${delay} ms`, taken);
  row('hover, while edits are analysed', hovers);
  row('definition, while edits are analysed', definitions);
  const busy = await usage(editor);
  await sleep(3_000);
  await usage(editor);
  await sleep(5_000);
  const idle = await usage(editor);
  process.stdout.write(
    `\nLongest block of the loop while edits are analysed: ${busy.block.toFixed(0)} ms. ` +
      `Processor at rest: ${(100 * idle.cpu).toFixed(1)} %. Memory: ${idle.megabytes.toFixed(0)} MB, at most ${idle.peak.toFixed(0)} MB.\n`,
  );
  await editor.stop();
}

/** Requests at the pace of a restless mouse, for as long as an edit is analysed. */
async function ask(editor, file, hovers, definitions, isDone) {
  const textDocument = { uri: editor.uri(file) };
  while (!isDone()) {
    for (const [method, list] of [
      ['textDocument/hover', hovers],
      ['textDocument/definition', definitions],
    ]) {
      const start = performance.now();
      await editor.request(method, { textDocument, position: { line: 5, character: 24 } });
      list.push(performance.now() - start);
    }
    await sleep(20);
  }
}

async function usage(editor) {
  rmSync(usageFile, { force: true });
  process.kill(editor.pid, 'SIGUSR2');
  while (!existsSync(usageFile)) await sleep(10);
  return JSON.parse(readFileSync(usageFile, 'utf8'));
}

function row(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
  const show = (ms) => `${ms.toFixed(0)} ms`;
  process.stdout.write(`| ${what} | ${show(median(times))} | ${show(p95)} | ${show(sorted.at(-1))} |\n`);
}

function generated(files) {
  const folder = join(scratch, 'generated', String(files));
  if (!existsSync(join(folder, 'package.json'))) generateWorkspace(folder, files);
  return folder;
}
