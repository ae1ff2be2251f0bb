/** Specifications are written: what is offered, and what it is when it was taken. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, positionOf, ready, replace } from './editor.ts';
import { drawn, pause, until, type Bench, type Case } from './harness.ts';

const accounts = 'spec/accounts/openapi.yaml';

/** Puts the caret behind a text. */
function caretBehind(editor: vscode.TextEditor, text: string): void {
  const position = positionOf(editor.document, text, text.length);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
}

async function offered(editor: vscode.TextEditor): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    editor.document.uri,
    editor.selection.active,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Opens the list, and waits until something in it can be taken. */
async function suggest(bench: Bench): Promise<void> {
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await drawn(bench, '.suggest-widget.visible .monaco-list-row.focused');
}

/** Undoes until the text is what it was. */
async function back(editor: vscode.TextEditor, before: string): Promise<void> {
  for (let step = 0; step < 20 && editor.document.getText() !== before; step += 1)
    await vscode.commands.executeCommand('undo');
  assert.equal(editor.document.getText(), before);
}

export const completionCases: readonly Case[] = [
  {
    name: 'a status is typed, chosen from the list, and brings its response',
    async run(bench) {
      const { ask } = bench;
      await ready();
      const editor = await open(accounts);
      const before = editor.document.getText();
      const line = "        '410': { description: The account was closed. }";
      await replace(editor, line, `${line}\n        `);
      caretBehind(editor, `${line}\n        `);
      const labels = await until('statuses are offered', async () => {
        const all = await offered(editor);
        return all.includes('429') && all;
      });
      assert.ok(!labels.includes('404'), 'what is there is left out');
      await vscode.commands.executeCommand('type', { text: '42' });
      await suggest(bench);
      await ask({ kind: 'screenshot', name: 'complete-status' });
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      await until('the response is written', () =>
        /'42[29]':\n {10}description: \w/.test(editor.document.getText()),
      );
      await vscode.commands.executeCommand('leaveSnippet');
      await back(editor, before);
    },
  },
  {
    name: 'keys of an operation are offered where the caret is, required ones first',
    async run(bench) {
      const { ask } = bench;
      const editor = await open(accounts);
      const before = editor.document.getText();
      await replace(
        editor,
        '    post:\n      operationId: createAccount',
        '    post:\n      \n      operationId: createAccount',
      );
      caretBehind(editor, '    post:\n      ');
      const labels = await until('keys are offered', async () => {
        const all = await offered(editor);
        return all.includes('parameters') && all;
      });
      assert.ok(!labels.includes('operationId'));
      await suggest(bench);
      await ask({ kind: 'screenshot', name: 'complete-keys' });
      await vscode.commands.executeCommand('hideSuggestWidget');
      await back(editor, before);
    },
  },
  {
    name: 'a reference leads to components of the right kind',
    async run(bench) {
      const { ask } = bench;
      const editor = await open(accounts);
      const before = editor.document.getText();
      await replace(editor, "schema: { $ref: 'schemas.yaml#/NewAccount' }", "schema: { $ref: '' }");
      caretBehind(editor, "schema: { $ref: '");
      const labels = await until('schemas are offered', async () => {
        const all = await offered(editor);
        return all.some((label) => label.includes('schemas.yaml#/')) && all;
      });
      assert.ok(
        labels.every((label) => !label.includes('/parameters/')),
        labels.join('\n'),
      );
      await suggest(bench);
      await ask({ kind: 'screenshot', name: 'complete-reference' });
      await vscode.commands.executeCommand('hideSuggestWidget');
      await back(editor, before);
    },
  },
  {
    name: 'a route that only the code has is written with its parameters and answers',
    async run(bench) {
      const { ask, note } = bench;
      const editor = await open('spec/orders/openapi.yaml');
      const before = editor.document.getText();
      await replace(editor, 'paths:\n', 'paths:\n  \n');
      caretBehind(editor, 'paths:\n  ');
      const labels = await until('routes are offered', async () => {
        const all = await offered(editor);
        return all.some((label) => label.startsWith('/') && !label.includes('…')) && all;
      });
      note(`routes of the code: ${labels.filter((label) => label.startsWith('/')).join(', ')}`);
      await suggest(bench);
      await ask({ kind: 'screenshot', name: 'complete-route' });
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      await until('the operation is written', () =>
        /paths:\n {2}\/\S+:\n {4}(?:get|put|post|delete|patch):\n[^]*?responses:/.test(
          editor.document.getText(),
        ),
      );
      await pause(500);
      await ask({ kind: 'screenshot', name: 'completed-route' });
      await back(editor, before);
    },
  },
  {
    name: 'a hover says what a word means, and shows an example of a schema',
    async run({ ask }) {
      const editor = await open(accounts);
      const hoverAt = async (text: string, offset: number): Promise<string> => {
        const position = positionOf(editor.document, text, offset);
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          editor.document.uri,
          position,
        );
        editor.selection = new vscode.Selection(position, position);
        editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
        return hovers
          .flatMap(({ contents }) => contents)
          .map((part) => (typeof part === 'string' ? part : part.value))
          .join('\n');
      };
      await until('the word is explained', async () =>
        /The body that it takes\.[^]*Operation Object, OpenAPI 3\.1/.test(await hoverAt('requestBody:', 3)),
      );
      await vscode.commands.executeCommand('editor.action.showHover');
      await pause(1200);
      await ask({ kind: 'screenshot', name: 'hover-keyword' });
      await until('an example is shown', async () =>
        (await hoverAt("'schemas.yaml#/NewAccount'", 18)).includes('```json'),
      );
      await vscode.commands.executeCommand('editor.action.showHover');
      await pause(1200);
      await ask({ kind: 'screenshot', name: 'hover-example' });
    },
  },
];
