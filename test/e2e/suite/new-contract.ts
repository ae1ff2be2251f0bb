/** Contracts that are begun, and that are read. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, fileUri, findings, open, positionOf, ready } from './editor.ts';
import { pause, until, type Case } from './harness.ts';

export const newContractCases: readonly Case[] = [
  {
    name: 'a new contract is drafted from the code, and nothing is found between the two',
    async run({ ask, note }) {
      await ready();
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const root = 'apps/accounts';
      const draft = fileUri(`${root}/drafted.yaml`);
      await vscode.commands.executeCommand(
        'backendContract.newContract',
        { kind: 'server', folder: folder.uri.toString(), root },
        draft,
      );
      const editor = await until('the draft is open', () => {
        const active = vscode.window.activeTextEditor;
        return active?.document.uri.toString() === draft.toString() && active;
      });
      note(`${editor.document.lineCount} lines were drafted`);
      const tree = async (): Promise<readonly string[]> =>
        (await (await api()).tree()).folders.flatMap(({ specs }) => specs.map(({ title }) => title));
      await until('the contract is read', async () => (await tree()).some((title) => /accounts/.test(title)));
      await ready();
      assert.deepEqual(
        findings(`${root}/drafted.yaml`).filter((each) => each.startsWith('http/')),
        [],
      );
      await ask({ kind: 'screenshot', name: 'new-contract' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(draft);
    },
  },
  {
    name: 'the preview follows the cursor and what is typed',
    async run({ ask, note }) {
      await ready();
      const editor = await open('spec/orders/paths/orders.yaml');
      const first = positionOf(editor.document, 'get:', 1);
      editor.selection = new vscode.Selection(first, first);
      await vscode.commands.executeCommand('backendContract.openPreview');
      const shown = (): vscode.Tab | undefined =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(
            ({ input, label }) => input instanceof vscode.TabInputWebview && label.startsWith('Preview: '),
          );
      const start = performance.now();
      await until('the preview has the title of the contract', shown);
      note(`preview ${Math.round(performance.now() - start)} ms`);
      await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
      await vscode.commands.executeCommand('cursorMove', { to: 'down', by: 'line', value: 3 });
      await pause(3_000);
      await ask({ kind: 'screenshot', name: 'preview' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
];
