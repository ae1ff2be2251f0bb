/** VS Code desktop, downloaded by `@vscode/test-electron`. It has no window that the tests can look into. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { resultFile, scratchVariable, type SuiteResult } from './ask.ts';
import { awaitResult } from './answering.ts';
import { settings, type Host, type HostOptions, type Run } from './host.ts';

/** The program, from the cache or downloaded; undefined where this machine cannot download or show it. */
export async function downloadDesktop(cachePath: string): Promise<string | undefined> {
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) return undefined;
  try {
    return await downloadAndUnzipVSCode({ cachePath, timeout: 5_000 });
  } catch {
    return undefined;
  }
}

export function startDesktop(executable: string, options: HostOptions): Host {
  const folders = [
    `--user-data-dir=${join(options.scratch, 'user')}`,
    `--extensions-dir=${join(options.scratch, 'extensions')}`,
  ];
  mkdirSync(join(options.scratch, 'user/User'), { recursive: true });
  writeFileSync(join(options.scratch, 'user/User/settings.json'), JSON.stringify(settings));
  const [cli = '', ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const installed = spawnSync(cli, [...args, ...folders, '--install-extension', options.vsix], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (installed.status !== 0)
    throw new Error(`installing the VSIX failed: ${installed.stdout}${installed.stderr}`);
  return {
    name: 'VS Code desktop',
    window: false,
    run: (run) => runIn(executable, folders, options, run),
    stop: async () => {},
  };
}

async function runIn(
  executable: string,
  folders: readonly string[],
  options: HostOptions,
  run: Run,
): Promise<SuiteResult> {
  rmSync(join(options.scratch, resultFile), { force: true });
  let ended: string | undefined;
  const running = runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: options.testExtension,
    extensionTestsPath: options.tests,
    extensionTestsEnv: { [scratchVariable]: options.scratch },
    launchArgs: [run.workspace, ...folders, ...(options.trust ? ['--disable-workspace-trust'] : [])],
  }).then(
    () => (ended = 'it ended'),
    (error: unknown) => (ended = String(error)),
  );
  const result = await awaitResult({
    scratch: options.scratch,
    milliseconds: run.milliseconds,
    answer: async () => ({ window: false }),
    gone: () => ended,
  });
  await running;
  return result;
}
