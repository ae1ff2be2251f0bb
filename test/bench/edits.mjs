/**
 * Measures what an edit of a handler costs an engine that takes in edits, from the text to findings, without the
 * pause of the editor and without the language server around it.
 *
 *   node --import ./test/support/register.mjs test/bench/edits.mjs [files] [edits]
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { readModule } from '../../server/src/code/ts/lower.ts';
import { noCache } from '../../server/src/host/facts-cache.ts';
import { openFolder } from '../../server/src/host/folder-analysis.ts';
import { generateWorkspace } from './generate.mjs';
import { median } from './measure.mjs';

const [files, edits] = [process.argv[2] ?? '1000', process.argv[3] ?? '80'].map(Number);
const folder = join(tmpdir(), 'backend-contract-bench/edits', String(files));
generateWorkspace(folder, files);

const opened = performance.now();
const analysis = openFolder(folder, () => ({ readModule }), noCache);
analysis.result();
process.stdout.write(`First result: ${Math.round(performance.now() - opened)} ms\n`);

const modules = Math.round(files / 8);
const times = [];
const cpu = [];
for (let edit = 0; edit < edits; edit += 1) {
  const path = join(folder, `src/thing${(edit * 37) % modules}/controller.ts`);
  const text = readFileSync(path, 'utf8');
  // Another status in the answer of one handler, somewhere else in the file at each edit.
  const changed = text.replace(/res\.status\(\d+\)/, `res.status(${[200, 202, 409, 418][edit % 4]})`);
  const before = process.cpuUsage();
  const started = performance.now();
  analysis.edit(path, `${changed}// ${edit}\n`, edit);
  analysis.result();
  times.push(performance.now() - started);
  const used = process.cpuUsage(before);
  cpu.push((used.user + used.system) / 1000);
}
const rank = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
process.stdout.write(
  `${edits} edits: median ${median(times).toFixed(0)} ms, p95 ${rank(times, 0.95).toFixed(0)} ms (processor: ${median(cpu).toFixed(0)}, ${rank(cpu, 0.95).toFixed(0)})\n`,
);
