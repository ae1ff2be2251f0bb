/**
 * Measures `check` side by side with what it is compared to: `tsc --noEmit` of TypeScript 7 on the same server, and
 * parsing every file. The programs take turns, so that whatever else the machine does hits all of them.
 *
 *   npm run bench [-- <folder with checkouts>] [--rounds 5] [--only ghostfolio,unleash] [--no-tsc] [--scale 1000,3000,10000]
 *
 * Without checkouts, or for those that are not there, generated servers of the same size are measured. TypeScript 7 is
 * installed into a scratch folder, and so are the dependencies of a server (a copy of its checkout, no install scripts).
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generate.mjs';
import { measure, measureNode, median, slope } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, '../../server/dist/cli.cjs');
const scratch = join(tmpdir(), 'backend-contract-bench');

/** `root` is the folder of the server in its checkout; `install` is where its package.json is. */
const servers = [
  { name: 'ghostfolio', size: 300, root: 'apps/api', tsconfig: 'apps/api/tsconfig.app.json', install: '.' },
  { name: 'unleash', size: 1000, root: '.', tsconfig: 'tsconfig.json', install: '.', parse: ['src'] },
  { name: 'ttahub', size: 2000, root: '.', tsconfig: 'tsconfig.json', install: '.', parse: ['src'] },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    'no-tsc': { type: 'boolean', default: false },
    scale: { type: 'string', default: '1000,3000,10000' },
  },
});
const checkouts =
  positionals[0] === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', positionals[0]);
const rounds = Number(values.rounds);
const only = values.only?.split(',');
const print = (line) => process.stdout.write(`${line}\n`);

print(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${rounds} rounds, medians`,
);
const tsc = values['no-tsc'] ? undefined : installTypeScript();
print('');
print('| server | files | check | check ÷ parse all | check ÷ tsc 7 | warm ÷ cold | peak memory |');
print('|---|---|---|---|---|---|---|');
for (const server of servers) {
  if (!only || only.includes(server.name)) compare(server);
}
if (!only) scale(values.scale.split(',').map(Number));

function compare(server) {
  const folder = checkoutOf(server);
  const root = join(folder, server.root);
  const parsed = server.generated
    ? [join(folder, 'src')]
    : (server.parse ?? ['.']).map((path) => join(root, path));
  const cache = join(scratch, 'cache');
  const args = ['check', folder, '--root', root, '--format', 'json', '--fail-on', 'never'];
  const taken = { check: [], warm: [], parse: [], tsc: [], memory: [] };
  let files = 0;
  const checked = () => measureNode([cli, ...args], { okay: [0, 2] });
  const kept = () => measureNode([cli, ...args, '--cache'], { okay: [0, 2] });
  process.env.XDG_CACHE_HOME = cache;
  // Once before counting: compiled bundles and the file system's cache are then as they are for a user.
  checked();
  kept();
  const canCheck = tsc !== undefined && existsSync(join(folder, server.tsconfig));
  for (let round = 0; round < rounds; round += 1) {
    const cold = checked();
    taken.check.push(cold.ms);
    taken.memory.push(cold.megabytes);
    const parse = measureNode([join(here, 'parse-all.mjs'), ...parsed]);
    taken.parse.push(parse.ms);
    files = Number(parse.stdout);
    taken.warm.push(kept().ms);
    // Type errors (missing types of optional packages) make it end with 1 or 2 and change little of the time.
    if (canCheck)
      taken.tsc.push(
        measure(process.execPath, [tsc, '--noEmit', '-p', join(folder, server.tsconfig)], { okay: [0, 1, 2] })
          .ms,
      );
  }
  const ratio = (a, b) => (b.length === 0 ? '–' : `${(median(a) / median(b)).toFixed(2)}`);
  const name = server.generated ? `generated (${server.size})` : server.name;
  print(
    `| ${name} | ${files} | ${(median(taken.check) / 1000).toFixed(2)} s | ${ratio(taken.check, taken.parse)} | ${ratio(taken.check, taken.tsc)} | ${ratio(taken.warm, taken.check)} | ${Math.round(Math.max(...taken.memory))} MB |`,
  );
}

function scale(sizes) {
  print('');
  print('| generated | check | peak memory |');
  print('|---|---|---|');
  const points = [];
  for (const size of sizes) {
    const folder = generated(size);
    const runs = Array.from({ length: Math.min(rounds, 3) }, () =>
      measureNode([cli, 'check', folder, '--format', 'json', '--fail-on', 'never']),
    );
    const ms = median(runs.map((run) => run.ms));
    points.push([size, ms]);
    print(
      `| ${size} files | ${(ms / 1000).toFixed(2)} s | ${Math.round(Math.max(...runs.map((run) => run.megabytes)))} MB |`,
    );
  }
  if (points.length > 1) print(`\nTime grows with files to the power of ${slope(points).toFixed(2)}.`);
}

/** A copy of the checkout with its dependencies, the checkout itself where they cannot be installed, else a generated server. */
function checkoutOf(server) {
  const source = checkouts === undefined ? undefined : join(checkouts, server.name);
  if (source === undefined || !existsSync(source)) {
    Object.assign(server, { generated: true, root: '.', tsconfig: 'tsconfig.json' });
    return generated(server.size);
  }
  if (tsc === undefined) return source;
  const copy = join(scratch, 'installed', server.name);
  const stamp = join(copy, '.bench-installed');
  if (!existsSync(stamp)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(source, copy, { recursive: true, filter: (path) => !/[\\/](?:\.git|node_modules)$/.test(path) });
    process.stderr.write(`Installing the dependencies of ${server.name} …\n`);
    const options = [
      'install',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const done = spawnSync('npm', options, {
      cwd: join(copy, server.install),
      stdio: ['ignore', 2, 2],
      timeout: 600_000,
      shell: process.platform === 'win32',
    });
    if (done.status !== 0)
      process.stderr.write(
        `The dependencies of ${server.name} cannot be installed: tsc checks less than it would.\n`,
      );
    writeFileSync(stamp, String(done.status));
  }
  return copy;
}

function generated(size) {
  const folder = join(scratch, 'generated', String(size));
  if (!existsSync(join(folder, 'package.json'))) generateWorkspace(folder, size);
  return folder;
}

function installTypeScript() {
  const folder = join(scratch, 'typescript-7');
  const bin = join(folder, 'node_modules/typescript/bin/tsc');
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    measure(
      'npm',
      ['install', 'typescript@7', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: folder, shell: process.platform === 'win32' },
    );
  }
  return bin;
}
