/**
 * How long it takes to act on what is found, on a generated server: the menu of quick fixes at every finding, documenting
 * a router of 100 routes at once, and `check --since` beside a plain `check`.
 *
 *   node --import ./test/support/register.mjs test/bench/acting.mjs [files] [--rounds 5]
 */

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fixesAt, mendsOf } from '../../server/src/lsp/features/fixes/fixes.ts';
import { createLook, openCheckout } from '../accuracy/checkout.ts';
import { generateWorkspace } from './generate.mjs';
import { measureNode, median } from './measure.mjs';

const cli = fileURLToPath(new URL('../../server/dist/cli.cjs', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const files = Number(positionals[0] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'backend-contract-acting-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

generateWorkspace(folder, files);
const routes = Array.from(
  { length: 100 },
  (_, index) =>
    `many.get('/items${index}/:id', (req, res) => {\n  res.json({ id: req.params.id, size: ${index} });\n});\n`,
);
mkdirSync(join(folder, 'src/many'));
writeFileSync(
  join(folder, 'src/many/routes.ts'),
  `import { Router } from 'express';\n\nexport const many = Router();\n${routes.join('')}`,
);
const app = join(folder, 'src/app.ts');
writeFileSync(
  app,
  `import { many } from './many/routes';\n${readFileSync(app, 'utf8').replace('app.listen', "app.use('/api/many', many);\napp.listen")}`,
);

print(`${cpus()[0]?.model.trim()}, Node ${process.version}, ${files} files`);
const index = createLook(openCheckout(folder, {}))();
const { findings } = index.ready;
print(`${index.entries.length} operations, ${findings.length} findings`);
const [first, ...menus] = findings.map(({ at }) => timed(() => fixesAt(index, at)));
menus.sort((a, b) => a - b);
print(
  `menu of quick fixes: the first ${first.toFixed(1)} ms, then median ${median(menus).toFixed(1)} ms, p95 ${at(menus, 0.95).toFixed(1)} ms, longest ${menus.at(-1).toFixed(1)} ms`,
);
const many = findings.find(({ operations }) => operations?.length === 100);
const all = Array.from({ length: 5 }, () => timed(() => mendsOf(index, many)));
print(`document all 100 routes: median ${median(all).toFixed(0)} ms`);

const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b', ...args], { cwd: folder });
git('init', '-q');
git('add', '.');
git('commit', '-qm', 'before');
appendFileSync(
  join(folder, 'src/many/routes.ts'),
  "many.post('/more', (req, res) => res.sendStatus(204));\n",
);
const checks = { plain: [], since: [] };
for (let round = 0; round < Number(values.rounds); round += 1) {
  checks.plain.push(check());
  checks.since.push(check('--since', 'HEAD'));
}
const [plain, since] = [checks.plain, checks.since].map((runs) => median(runs.map(({ cpu }) => cpu)));
print(`check --since ÷ check, processor time: ${(since / plain).toFixed(2)}`);

function check(...args) {
  return measureNode([cli, 'check', folder, '--fail-on', 'never', ...args]);
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function at(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
