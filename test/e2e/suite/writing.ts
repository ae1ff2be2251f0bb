/** A contract of twenty operations, written with completions, quick fixes and refactorings alone, for a server that is there. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, fileUri, findings, open, positionOf, ready } from './editor.ts';
import { drawn, pause, until, type Bench, type Case } from './harness.ts';

const spec = 'openapi.yaml';

function operations(): number {
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.toString() === fileUri(spec).toString(),
  );
  return (document?.getText().match(/^ {4}(?:get|put|post|patch|delete):/gm) ?? []).length;
}

/** Waits until the analysis knows what is written. */
async function analysed(): Promise<void> {
  const extension = await api();
  await until('what was written is analysed', () => {
    const status = extension.status();
    return status?.phase === 'ready' && status.operations === operations();
  });
}

/** Opens the list behind a text, filters it by what is typed, and takes its first row. */
async function complete(bench: Bench, behind: string, typed: string, picture?: string): Promise<void> {
  const editor = await open(spec);
  const position = positionOf(editor.document, behind, behind.length);
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await drawn(bench, '.suggest-widget.visible .monaco-list-row.focused');
  await vscode.commands.executeCommand('type', { text: typed });
  await pause(600);
  if (picture !== undefined) await bench.ask({ kind: 'screenshot', name: picture });
  const before = editor.document.getText();
  await vscode.commands.executeCommand('acceptSelectedSuggestion');
  await until('what was chosen is written', () => editor.document.getText() !== before);
  await vscode.commands.executeCommand('leaveSnippet');
  await analysed();
}

/** Chooses a code action at a text of a file. */
async function act(path: string, at: string, title: RegExp): Promise<void> {
  const editor = await open(path);
  const position = positionOf(editor.document, at);
  editor.selection = new vscode.Selection(position, position);
  const chosen = await until(`${String(title)} is offered in ${path}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      new vscode.Range(position, position),
      undefined,
      20,
    );
    return actions.find((each) => title.test(each.title) && each.edit !== undefined);
  });
  assert.ok(chosen.edit && (await vscode.workspace.applyEdit(chosen.edit)));
  await analysed();
}

export const writingCases: readonly Case[] = [
  {
    name: 'a contract is begun, and the routes of the code are chosen from the list',
    async run(bench) {
      await ready();
      await vscode.workspace.fs.writeFile(fileUri(spec), new Uint8Array());
      await complete(bench, '', 'open', 'write-begin');
      for (const [path, picture] of [
        ['/breads', 'write-route'],
        ['/orders', undefined],
      ] as const) {
        const editor = await open(spec);
        const end = positionOf(editor.document, 'paths:\n', 'paths:\n'.length);
        await editor.edit((builder) => builder.insert(end, '  \n'));
        await complete(bench, 'paths:\n  ', path, picture);
      }
      assert.ok(operations() >= 2, `${operations()} operations`);
    },
  },
  {
    name: 'what the code has beyond them is documented by quick fixes, until both are the same',
    async run({ ask, note }) {
      for (const router of ['orders', 'customers', 'ovens', 'breads']) {
        const path = `src/routes/${router}.js`;
        for (let fixes = 0; fixes < 8; fixes += 1) {
          const { document } = await open(path);
          await analysed();
          const [missing] = vscode.languages
            .getDiagnostics(document.uri)
            .filter(({ message }) => /not in the spec/.test(message));
          if (!missing) break;
          if (router === 'ovens' && fixes === 0) {
            const editor = await open(path);
            editor.selection = new vscode.Selection(missing.range.start, missing.range.start);
            await vscode.commands.executeCommand('editor.action.quickFix');
            await pause(1_500);
            await ask({ kind: 'screenshot', name: 'write-fix' });
            await ask({ kind: 'press', keys: 'Escape' });
          }
          await act(path, document.getText(missing.range), /^Document /);
        }
      }
      assert.equal(operations(), 20);
      note('20 operations are documented');
      await ready();
      for (const router of ['orders', 'customers', 'ovens', 'breads'])
        assert.deepEqual(findings(`src/routes/${router}.js`), []);
    },
  },
  {
    name: 'what is said several times is said once, operations get names, and nothing is found',
    async run({ ask }) {
      await act(spec, "'404':", /^Extract to components\/responses, for \d+ equal ones$/);
      await act(spec, '- name: breadId', /^Extract to components\/parameters, for \d+ equal ones$/);
      await act(spec, 'openapi:', /^Give every operation an operationId$/);
      const editor = await open(spec);
      assert.equal(editor.document.getText().match(/operationId:/g)?.length, 20);
      await ready();
      assert.deepEqual(
        findings(spec).filter((each) => each.startsWith('http/')),
        [],
      );
      const top = new vscode.Position(0, 0);
      editor.revealRange(new vscode.Range(top, top), vscode.TextEditorRevealType.AtTop);
      await pause(2_000);
      await ask({ kind: 'screenshot', name: 'write-top' });
      const reference = positionOf(editor.document, "$ref: '#/components/parameters/BreadId'");
      editor.revealRange(new vscode.Range(reference, reference), vscode.TextEditorRevealType.InCenter);
      await pause(2_000);
      await ask({ kind: 'screenshot', name: 'write-done' });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
];
