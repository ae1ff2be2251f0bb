/** Contracts in Swagger UI. */

import * as vscode from 'vscode';
import { open } from './editor.ts';
import { until, type Case } from './harness.ts';

export const swaggerUiCases: readonly Case[] = [
  {
    name: 'a contract of several files is shown in Swagger UI, and follows what is typed',
    async run({ ask }) {
      const editor = await open('spec/accounts/openapi.yaml');
      await vscode.commands.executeCommand('backendContract.openSwaggerUi');
      const shows = async (selector: string, text: string): Promise<boolean> => {
        const texts = await ask({ kind: 'page', selector });
        return texts?.some((each) => each.includes(text)) ?? true;
      };
      await until('the operations are there', () => shows('.opblock-summary-path', '/sessions/refresh'));
      await until('schemas of other files are there', () => shows('section.models', 'Account'));
      await ask({ kind: 'screenshot', name: 'swagger-ui' });
      const edit = new vscode.WorkspaceEdit();
      const { document } = editor;
      const start = document.positionAt(document.getText().indexOf('Tea House accounts'));
      edit.insert(document.uri, start, 'Renamed ');
      await vscode.workspace.applyEdit(edit);
      await until('the title is the one that was typed', () => shows('.info .title', 'Renamed Tea House'));
      await vscode.commands.executeCommand('undo');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
];
