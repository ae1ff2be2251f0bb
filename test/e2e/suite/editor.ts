/** What cases do in the editor. */

import * as vscode from 'vscode';
import type { ContractTree, Status } from '../../../server/src/lsp/protocol.ts';
import { until } from './harness.ts';

export const extensionId = 'backend-contract.backend-contract';

/** What the extension exports; see `client/src/extension.ts`. */
export interface Api {
  status(): Status | undefined;
  tree(): Promise<ContractTree>;
}

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(extensionId);
  if (extension === undefined) throw new Error(`${extensionId} is not installed`);
  return extension.activate();
}

/** Of the first workspace folder. */
export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(fileUri(path), { preview: false });
}

/** Our findings in a file: `rule: message`. */
export function findings(path: string): readonly string[] {
  return vscode.languages
    .getDiagnostics(fileUri(path))
    .filter(({ source }) => source === 'Backend Contract')
    .map((each) => `${ruleOf(each)}: ${each.message}`)
    .sort();
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces the only occurrence of a text, as typing would, and leaves the file unsaved. */
export async function replace(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const text = editor.document.getText();
  const start = text.indexOf(from);
  if (start < 0) throw new Error(`${editor.document.uri.path} has no ${JSON.stringify(from)}`);
  const range = new vscode.Range(
    editor.document.positionAt(start),
    editor.document.positionAt(start + from.length),
  );
  if (!(await editor.edit((builder) => builder.replace(range, to))))
    throw new Error(`${editor.document.uri.path} did not take an edit`);
}

/** The position of a text, moved by `offset` characters. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`${document.uri.path} has no ${JSON.stringify(text)}`);
  return document.positionAt(start + offset);
}

/** Waits until the first analysis is complete. */
export async function ready(): Promise<Status> {
  const extension = await api();
  return until(
    'the server is ready',
    () => {
      const status = extension.status();
      return status?.phase === 'ready' && status;
    },
    120_000,
  );
}
