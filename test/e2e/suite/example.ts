/** The extension on the example workspace. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, extensionId, open, ready } from './editor.ts';
import { pause, type Case } from './harness.ts';

export const exampleCases: readonly Case[] = [
  {
    name: 'activates quickly, for a file that it knows',
    async run({ note, ask }) {
      const extension = vscode.extensions.getExtension(extensionId);
      assert.ok(extension, 'the VSIX is installed');
      await open('spec/accounts/openapi.yaml');
      const start = performance.now();
      await api();
      note(`activation ${Math.round(performance.now() - start)} ms`);
      assert.ok(extension.isActive);
      await pause(3000);
      await vscode.commands.executeCommand('backendContract.contract.focus');
      await ask({ kind: 'screenshot', name: 'first' });
      await ready();
    },
  },
];
