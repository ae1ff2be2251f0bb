/** Looks at a workspace that is not ours: opens what has findings, edits both sides for a while, takes pictures. */

import * as vscode from 'vscode';
import type { TreeOperation, WireLocation } from '../../../server/src/lsp/protocol.ts';
import { api, ready, ruleOf } from './editor.ts';
import { type Bench, type Case, pause, until } from './harness.ts';
import { switchBranch } from './visit-branch.ts';
import { editLikeAPerson } from './visit-edits.ts';
import { themes } from './visit-themes.ts';

/** An operation that stands on both sides. */
interface Both extends TreeOperation {
  readonly spec: WireLocation;
  readonly code: WireLocation;
}

/** What there is to see at first. */
export const lookCases: readonly Case[] = [
  {
    name: 'a look around',
    async run({ ask, note }) {
      await tidy();
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
      for (const [index, [uri, all]] of found.slice(0, 3).entries()) {
        await showPlace(uri, all[0]?.range ?? new vscode.Range(0, 0, 0, 0));
        await vscode.commands.executeCommand('editor.action.showHover');
        await pause(1_500);
        await ask({ kind: 'screenshot', name: `file-${index}` });
      }
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      await pause(1_500);
      await ask({ kind: 'screenshot', name: 'problems' });
      await vscode.commands.executeCommand('workbench.action.closePanel');
    },
  },
  {
    name: 'a handler and its operation are read',
    async run(bench) {
      const both = await chosen(bench);
      if (both === undefined) return;
      for (const side of ['code', 'spec'] as const) {
        const editor = await showPlace(vscode.Uri.parse(both[side].uri), rangeOf(both[side]));
        const place = [editor.document.uri, editor.selection.active] as const;
        await pause(1_500);
        const start = performance.now();
        const links = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          ...place,
        );
        const where = links.map((each) => ('uri' in each ? each.uri : each.targetUri));
        bench.note(
          `${side}, definition in ${Math.round(performance.now() - start)} ms: ${where.map((uri) => vscode.workspace.asRelativePath(uri)).join(', ')}`,
        );
        await vscode.commands.executeCommand('editor.action.showHover');
        await pause(1_500);
        await bench.ask({ kind: 'screenshot', name: `${side}-hover` });
        await vscode.commands.executeCommand('editor.action.hideHover');
      }
    },
  },
];

/** What happens under somebody's hands. */
export const editCases: readonly Case[] = [
  {
    name: 'both sides are edited',
    async run(bench) {
      const both = await chosen(bench);
      if (both === undefined) return;
      for (const side of ['code', 'spec'] as const) {
        const editor = await showPlace(vscode.Uri.parse(both[side].uri), rangeOf(both[side]));
        await editLikeAPerson(editor, side, bench);
      }
    },
  },
  {
    name: 'a branch is switched under open editors',
    async run(bench) {
      const both = await chosen(bench);
      if (both === undefined) return;
      await showPlace(vscode.Uri.parse(both.code.uri), rangeOf(both.code));
      await switchBranch(both.code.uri, both.spec.uri, bench);
    },
  },
];

export const themeCases: readonly Case[] = [
  {
    name: 'the pages in all kinds of themes',
    async run(bench) {
      const both = await chosen(bench);
      const spec = both?.spec ?? (await operations())[0]?.spec;
      await themes(spec && vscode.Uri.parse(spec.uri), bench);
    },
  },
];

async function tidy(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function operations(): Promise<readonly TreeOperation[]> {
  const { folders } = await (await api()).tree();
  return folders.flatMap(({ specs }) => specs.flatMap((group) => group.operations));
}

/** One with drift if there is any: it has more to show. */
async function chosen({ note }: Bench): Promise<Both | undefined> {
  await tidy();
  await ready();
  const both = (await operations()).filter(
    (each): each is Both => each.spec !== undefined && each.code !== undefined,
  );
  const operation = both.find(({ state }) => state === 'drift') ?? both[0];
  note(`chosen of ${both.length}: ${operation?.method} ${operation?.path} ${operation?.handler}`);
  return operation;
}

function rangeOf({ range: { start, end } }: WireLocation): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Opens a file with the caret at a place in the middle of the window. */
async function showPlace(uri: vscode.Uri, range: vscode.Range): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  await until('the editor is the active one', () => vscode.window.activeTextEditor === editor);
  return editor;
}
