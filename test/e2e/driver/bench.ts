/** What every run needs: the packaged extension, the bundled suite, a copy of a workspace. */

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { groupFile } from './ask.ts';
import type { HostOptions } from './host.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Prepared extends HostOptions {
  /** Chooses the cases of the next run. */
  choose(group: string): void;
  /** A copy of a folder, to be edited. */
  copyOf(folder: string, name: string): string;
  remove(): void;
}

/** @param pictures Where screenshots go; the scratch folder if omitted. */
export async function prepare(vsix: string, trust: boolean, pictures?: string): Promise<Prepared> {
  const scratch = mkdtempSync(join(tmpdir(), 'backend-contract-e2e-'));
  const testExtension = join(scratch, 'test-extension');
  mkdirSync(testExtension);
  const manifest = { name: 'e2e', publisher: 'backend-contract', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(testExtension, 'package.json'), JSON.stringify(manifest));
  // Beside that manifest, so that no other one says what kind of module it is.
  const tests = join(testExtension, 'suite.js');
  await build({
    entryPoints: [join(root, 'test/e2e/suite/main.ts')],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const pictureFolder = pictures ?? join(scratch, 'pictures');
  mkdirSync(pictureFolder, { recursive: true });
  return {
    scratch,
    pictures: pictureFolder,
    vsix,
    testExtension,
    tests,
    trust,
    choose: (group) => writeFileSync(join(scratch, groupFile), group),
    copyOf(folder, name) {
      const copy = join(scratch, name);
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
    remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }),
  };
}
