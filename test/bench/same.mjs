/**
 * Two builds side by side: is what they find of a folder of checkouts the same, byte for byte, and what does each take?
 *
 *   node test/bench/same.mjs <folder with checkouts> <server/dist of another build> [--only unleash,immich] [--rounds 3]
 *
 * Runs `check` and `routes` of both builds, cold, in turns; prints processor time of `check` and memory, and ends with 1
 * where anything differs. What differs is left in files beside each other.
 */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureNode, median } from './measure.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '1' } },
});
const [checkouts, other] = positionals.map((path) => resolve(path));
const builds = { before: other, after: fileURLToPath(new URL('../../server/dist', import.meta.url)) };
const only = values.only?.split(',');
const names = readdirSync(checkouts).filter((name) => !only || only.includes(name));
const scratch = join(tmpdir(), 'backend-contract-same');
mkdirSync(scratch, { recursive: true });

const print = (line) => process.stdout.write(`${line}\n`);
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
let differing = 0;
const sums = { before: 0, after: 0 };
print('| server | before | after | after ÷ before | memory | same |\n|---|---|---|---|---|---|');
for (const name of names) {
  const taken = { before: [], after: [] };
  const memory = { before: 0, after: 0 };
  const found = {};
  const run = (build, command) => {
    const args = [command, join(checkouts, name), '--format', 'json'];
    if (command === 'check') args.push('--fail-on', 'never');
    return measureNode([join(builds[build], 'cli.cjs'), ...args], { okay: [0, 1, 2] });
  };
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const build of ['before', 'after']) {
      const { cpu, megabytes, stdout } = run(build, 'check');
      taken[build].push(cpu);
      memory[build] = Math.max(memory[build], megabytes);
      found[build] = [stdout, ...(found[build]?.slice(1) ?? [run(build, 'routes').stdout])];
    }
  const same = ['check', 'routes'].filter((command, index) => {
    if (found.before[index] === found.after[index]) return true;
    for (const build of ['before', 'after'])
      writeFileSync(join(scratch, `${name}.${command}.${build}.json`), found[build][index]);
    return false;
  });
  if (same.length < 2) differing += 1;
  const [before, after] = [median(taken.before), median(taken.after)];
  sums.before += before;
  sums.after += after;
  const ratio = (after / before).toFixed(2);
  const sizes = `${Math.round(memory.before)} → ${Math.round(memory.after)} MB`;
  print(
    `| ${name} | ${seconds(before)} | ${seconds(after)} | ${ratio} | ${sizes} | ${same.length === 2 ? 'yes' : `**no**, see ${scratch}`} |`,
  );
}
print(
  `| all | ${seconds(sums.before)} | ${seconds(sums.after)} | ${(sums.after / sums.before).toFixed(2)} | | ${differing === 0 ? 'yes' : 'no'} |`,
);
process.exitCode = differing === 0 ? 0 : 1;
