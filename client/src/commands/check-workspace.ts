/** Runs the command line's check as a task, so that its report appears in the terminal. */

import * as vscode from 'vscode';

export async function checkWorkspace(extension: vscode.Uri): Promise<void> {
  const cli = vscode.Uri.joinPath(extension, 'server', 'dist', 'cli.cjs').fsPath;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    await vscode.window.showInformationMessage('Open a folder first: the check compares the files in it.');
    return;
  }
  for (const folder of folders) await vscode.tasks.executeTask(checkTask(cli, folder));
}

function checkTask(cli: string, folder: vscode.WorkspaceFolder): vscode.Task {
  // VS Code's own runtime runs the check, so that it works where no Node is installed.
  const execution = new vscode.ProcessExecution(process.execPath, [cli, 'check', folder.uri.fsPath], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  return new vscode.Task({ type: 'backend-contract' }, folder, 'check', 'Backend Contract', execution);
}
