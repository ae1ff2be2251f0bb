/** Names and refactorings of specifications, as people use them. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, open, positionOf, ready } from './editor.ts';
import { until, type Case } from './harness.ts';

const spec = 'spec/orders/openapi.yaml';
const carts = 'apps/orders/src/routes/carts.ts';

export const authoringCases: readonly Case[] = [
  {
    name: 'a parameter of a path is renamed in the spec and in the code of its routes, there and back',
    async run({ ask, note }) {
      await ready();
      const { document } = await open(spec);
      const code = await vscode.workspace.openTextDocument(fileUri(carts));
      const before = [document.getText(), code.getText()];
      const rename = async (from: string, to: string): Promise<void> => {
        const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
          'vscode.executeDocumentRenameProvider',
          document.uri,
          positionOf(document, `{${from}}`, 2),
          to,
        );
        assert.deepEqual(
          edit
            .entries()
            .map(([uri]) => vscode.workspace.asRelativePath(uri))
            .sort(),
          [carts, 'spec/orders/components/parameters.yaml', spec],
        );
        await vscode.workspace.applyEdit(edit);
      };
      const start = performance.now();
      await rename('cartId', 'basket');
      note(`rename: ${Math.round(performance.now() - start)} ms`);
      await until(
        'both texts have the new name',
        () =>
          /get\('\/:basket'[^]*req\.params\.basket/.test(code.getText()) &&
          /\/carts\/\{basket\}\/items\/\{tea\}/.test(document.getText()),
      );
      await ask({ kind: 'screenshot', name: 'renamed' });
      await rename('basket', 'cartId');
      await until('both texts are what they were', () =>
        [document, code].every((each, index) => each.getText() === before[index]),
      );
    },
  },
  {
    name: 'a response is extracted to the components of its spec',
    async run({ ask }) {
      const path = 'spec/orders/paths/cart.yaml';
      const editor = await open(path);
      const { document } = editor;
      const position = positionOf(document, 'schema:', 1);
      editor.selection = new vscode.Selection(position, position);
      const actions = await until('the refactoring is offered', async () => {
        const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(position, position),
          vscode.CodeActionKind.RefactorExtract.value,
          5,
        );
        return offered.some(({ title }) => title.startsWith('Extract to')) ? offered : undefined;
      });
      const extract = actions.find(({ title }) => title === 'Extract to components/schemas');
      assert.ok(extract?.edit, actions.map(({ title }) => title).join(', '));
      const root = await vscode.workspace.openTextDocument(fileUri(spec));
      const before = [document.getText(), root.getText()];
      await vscode.workspace.applyEdit(extract.edit);
      await until('a reference is in its place', () =>
        /\$ref: '\.\.\/openapi\.yaml#\/components\/schemas\/GetCartResponse'/.test(document.getText()),
      );
      await ask({ kind: 'screenshot', name: 'extracted' });
      await vscode.commands.executeCommand('undo');
      await until('the text is what it was', () => document.getText() === before[0]);
      // Whether the other file goes back with it is up to the editor; later cases want it as it was.
      if (root.getText() !== before[1]) {
        const all = new vscode.Range(new vscode.Position(0, 0), root.lineAt(root.lineCount - 1).range.end);
        const back = new vscode.WorkspaceEdit();
        back.replace(root.uri, all, before[1] ?? '');
        await vscode.workspace.applyEdit(back);
      }
      await until('so is that of the components', () => root.getText() === before[1]);
    },
  },
];
