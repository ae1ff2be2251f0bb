/** Contracts that are begun, that are read, and that are tried. */

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  {
    name: 'an operation is tried from the preview, against the server that is chosen',
    async run({ ask }) {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
        response.setHeader('content-type', 'application/json').end('{"tried":true}');
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      try {
        await open('spec/accounts/openapi.yaml');
        await vscode.commands.executeCommand('backendContract.openPreview');
        const row = 'details.operation.get';
        const inPage = async (
          selector: string,
          more: { fill?: string; click?: true } = {},
        ): Promise<boolean> => {
          const texts = await ask({ kind: 'page', selector, ...more });
          return texts === undefined || texts.length > 0;
        };
        // The preview may have opened it for the cursor, and draws itself anew when more is known: a click may come too soon.
        await until('it can be tried', async () => {
          if (await inPage(`${row}[open] .try-it`, { click: true })) return true;
          await inPage(`${row}:not([open]) > summary`, { click: true });
          return false;
        });
        await until('the server is chosen', () =>
          inPage(`${row} .try input[aria-label=Server]`, { fill: `http://127.0.0.1:${port}` }),
        );
        for (const input of ['accountId', 'limit'])
          await inPage(`${row} .try input[aria-label=${input}]`, { fill: '7' });
        assert.deepEqual(asked, [], 'nothing is sent before the click');
        await inPage(`${row} .send`, { click: true });
        const shown = await ask({ kind: 'page', selector: 'body' });
        // Hosts without a window cannot click.
        if (shown === undefined) return;
        await until('the answer is shown', async () =>
          ((await ask({ kind: 'page', selector: `${row} .tried .body` })) ?? []).some((text) =>
            text.includes('tried'),
          ),
        );
        assert.equal(asked.length, 1);
        assert.match(asked[0] ?? '', /^GET \/\w+/);
        await ask({ kind: 'screenshot', name: 'try-it' });
      } finally {
        server.close();
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
    },
  },
];
