/**
 * What `npm start` and `npm test` run. Both do every step that is needed on a fresh clone, with nothing but Node,
 * and skip each step whose inputs did not change.
 *
 *   node server/run.mjs start [folder] [arguments of `check`]
 *   node server/run.mjs test [test files or folders]
 *   node server/run.mjs bench [specs|editor|edits|features|acting|lint|lint-edits] [arguments of the benchmark]
 *   node server/run.mjs package [file.vsix]
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const example = 'test/fixtures/workspaces/example';

const [command, ...rest] = process.argv.slice(2);
const commands = { start, test, bench, package: packageExtension };
if (!(command in commands)) {
  process.stderr.write('usage: node server/run.mjs start|test|bench|package\n');
  process.exit(2);
}
install();
await commands[command](rest);

async function start(args) {
  await build();
  const target = args[0] === undefined || args[0].startsWith('-') ? [join(root, example), ...args] : args;
  // npm runs scripts in the package's folder; a folder argument is meant relative to where the user stands.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  // Who wants the report and not a verdict does not want npm's complaint about exit code 1 under it.
  const verdict = target.some((arg) => arg.startsWith('--fail-on')) ? [] : ['--fail-on', 'never'];
  run(process.execPath, [join(root, 'server/dist/cli.cjs'), 'check', ...target, ...verdict], { cwd });
}

async function test(args) {
  await build();
  if (args.length === 0) run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']);
  const files = (args.length === 0 ? ['test'] : args).flatMap((path) => testFiles(resolve(root, path)));
  run(
    process.execPath,
    ['--enable-source-maps', '--import', './test/support/register.mjs', '--test', ...files],
    { cwd: root },
  );
}

async function bench(args) {
  await build();
  const [name] = args;
  const register = ['--import', pathToFileURL(join(root, 'test/support/register.mjs')).href];
  if (['specs', 'editor', 'edits', 'features', 'acting', 'lint', 'lint-edits'].includes(name))
    run(process.execPath, [...register, join(root, `test/bench/${name}.mjs`), ...args.slice(1)]);
  else run(process.execPath, [join(root, 'test/bench/run.mjs'), ...args]);
}

async function packageExtension([file = 'backend-contract.vsix']) {
  await build();
  // The bundles hold every dependency. Its own README, because the marketplace takes no SVG.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  run(
    process.execPath,
    [
      join(root, 'node_modules/@vscode/vsce/vsce'),
      'package',
      ...options,
      ...['--readme-path', 'client/README.md', '--out', resolve(root, file)],
    ],
    { cwd: root },
  );
}

async function build() {
  const built = await import('./build.mjs');
  await built.build();
}

function install() {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${process.platform} ${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing dependencies …\n');
  // Install scripts are refused: nothing here needs one, and one of the dependencies sends statistics from its own.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, wanted);
}

function testFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('node_modules') && !file.startsWith(join(root, 'test/fixtures')))
    .sort();
}

/** Runs a program and ends this process with its exit code, unless it succeeded. */
function run(program, args, options = {}) {
  const done = spawnSync(program, args, { stdio: 'inherit', ...options });
  if (done.error) process.stderr.write(`${program}: ${done.error.message}\n`);
  if (done.status !== 0) process.exit(done.status ?? 2);
}
