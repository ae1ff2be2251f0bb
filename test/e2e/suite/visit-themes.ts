/** Report, preview and tree in light, dark and high contrast. */

import * as vscode from 'vscode';
import { type Bench, pause } from './harness.ts';

const names: Readonly<Record<string, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

export async function themes(spec: vscode.Uri | undefined, { ask }: Bench): Promise<void> {
  const settings = vscode.workspace.getConfiguration('workbench');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const pages = [
    ['report', async () => vscode.commands.executeCommand('backendContract.showDriftReport')],
    [
      'preview',
      async () => {
        if (spec === undefined) return;
        await vscode.window.showTextDocument(spec);
        await vscode.commands.executeCommand('backendContract.openPreview');
      },
    ],
  ] as const;
  for (const [page, open] of pages) {
    await open();
    await vscode.commands.executeCommand('backendContract.contract.focus');
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('list.expand');
    await pause(3_000);
    for (const [theme, name] of Object.entries(names)) {
      await settings.update('colorTheme', name, vscode.ConfigurationTarget.Global);
      await pause(2_000);
      await ask({ kind: 'screenshot', name: `${page}-${theme}` });
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
}
