/**
 * What our grammars make of YAML and JSON, on top of those that VS Code has for them: they are injected into its, so only
 * with its own do the colours come out. Assertions stand in the files of `grammar/`, in the format of vscode-tmgrammar-test.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { webPrograms } from './driver/install-web.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = join(root, 'test/e2e/grammar');
const program = join(root, 'node_modules/vscode-tmgrammar-test/dist/unit.js');
const extensions = join(dirname(webPrograms.server), '../extensions');

/** The grammars that VS Code has for a language; none where it is not installed. */
function grammarsOf(language: string): readonly string[] {
  const folder = join(extensions, language, 'syntaxes');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

for (const name of readdirSync(here)) {
  test(`the colours of ${name}`, (context) => {
    const grammars = [...grammarsOf('yaml'), ...grammarsOf('json')];
    if (grammars.length === 0) {
      context.skip('VS Code from npm is not installed yet: editor.test.ts does it');
      return;
    }
    const args = grammars.flatMap((path) => ['--grammar', path]);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, '--config', join(root, 'package.json'), ...args, join(here, name)],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(status, 0, stdout + stderr);
  });
}
