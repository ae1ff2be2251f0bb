/** Another branch is checked out while files of it are open. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Bench } from './harness.ts';
import { atRest, watchFindings } from './visit-edits.ts';

/** On the other branch, the handlers' file has no code and the spec one path less. */
export async function switchBranch(code: string, spec: string, bench: Bench): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const [codePath, specPath] = [vscode.Uri.parse(code).fsPath, vscode.Uri.parse(spec).fsPath];
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=visitor', '-c', 'user.email=visitor@example.com'];
    const done = spawnSync('git', [...identity, ...args], { cwd: folder.uri.fsPath, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`);
  };
  if (!existsSync(`${folder.uri.fsPath}/.git`)) {
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'as it was');
  }
  git('checkout', '--quiet', '-b', 'visited');
  git('checkout', '--quiet', '-b', 'other');
  writeFileSync(codePath, '// nothing yet\n');
  writeFileSync(specPath, readFileSync(specPath, 'utf8').replace(/^(\s*)(['"]?)\/\w/m, '$1$2/another'));
  git('commit', '--quiet', '--all', '--message', 'another');
  git('checkout', '--quiet', 'visited');
  await atRest();
  const seen = watchFindings();
  git('checkout', '--quiet', 'other');
  await atRest();
  await bench.ask({ kind: 'screenshot', name: 'branch-other' });
  bench.note(`the other branch: ${seen.told().slice(0, 1_500)}`);
  git('checkout', '--quiet', 'visited');
  await atRest();
  await bench.ask({ kind: 'screenshot', name: 'branch-back' });
  bench.note(`back on the first: ${seen.told().slice(0, 1_500)}`);
  seen.dispose();
}
