/** Opens the configuration of a workspace folder, and writes one that says what is found if there is none. */

import * as vscode from 'vscode';
import { configText, type ConfigText, type ConfigTextParams } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

const names = ['backend-contract.config.yaml', 'backend-contract.config.yml', 'backend-contract.config.json'];

export async function openConfiguration(session: Session): Promise<void> {
  const folder = await chosenFolder();
  if (folder === undefined) return;
  const file = (await existing(folder)) ?? (await created(session, folder));
  await vscode.window.showTextDocument(file);
}

async function chosenFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    await vscode.window.showInformationMessage('Open a folder first: its configuration lies in it.');
    return undefined;
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  const current = active && vscode.workspace.getWorkspaceFolder(active);
  if (current !== undefined) return current.uri;
  return folders.length === 1 ? folders[0]?.uri : (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function existing(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const name of names) {
    const file = vscode.Uri.joinPath(folder, name);
    try {
      await vscode.workspace.fs.stat(file);
      return file;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

async function created(session: Session, folder: vscode.Uri): Promise<vscode.Uri> {
  const params: ConfigTextParams = { folder: folder.toString() };
  const answer = await session.request<ConfigText | null>(configText, params);
  const file = vscode.Uri.joinPath(folder, names[0] ?? '');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(answer?.text ?? template));
  return file;
}

/** Where the server cannot say what there is. */
const template = `# The OpenAPI documents to check, and the servers that they describe. Found by itself where it is left out.
# specs:
#   - file: openapi.yaml
#     roots: [apps/api]

# How severe the findings of a rule are: error, warning, info or off.
rules: {}
`;
