/** Looks at a workspace that is not ours: opens what has findings, notes how long it took, takes pictures. */

import * as vscode from 'vscode';
import { api, ready, ruleOf } from './editor.ts';
import type { Case } from './harness.ts';

export const visitCases: readonly Case[] = [
  {
    name: 'a look around',
    async run({ ask, note }) {
      const start = performance.now();
      await (await api()).tree();
      const status = await ready();
      note(`ready after ${Math.round(performance.now() - start)} ms: ${JSON.stringify(status)}`);
      await vscode.commands.executeCommand('backendContract.contract.focus');
      const found = vscode.languages
        .getDiagnostics()
        .map(([uri, all]) => [uri, all.filter(({ source }) => source === 'Backend Contract')] as const)
        .filter(([, all]) => all.length > 0)
        .sort(([, a], [, b]) => b.length - a.length);
      const rules = new Map<string, number>();
      for (const each of found.flatMap(([, all]) => all))
        rules.set(ruleOf(each), (rules.get(ruleOf(each)) ?? 0) + 1);
      note(`findings: ${JSON.stringify([...rules].sort(([, a], [, b]) => b - a))}`);
      await ask({ kind: 'screenshot', name: 'tree' });
      for (const [index, [uri, all]] of found.slice(0, 4).entries()) {
        const editor = await vscode.window.showTextDocument(uri);
        const range = all[0]?.range ?? new vscode.Range(0, 0, 0, 0);
        editor.selection = new vscode.Selection(range.start, range.start);
        editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await ask({ kind: 'screenshot', name: `file-${index}` });
        await vscode.commands.executeCommand('editor.action.showHover');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        await ask({ kind: 'screenshot', name: `file-${index}-hover` });
      }
    },
  },
];
