/** Documents that the server writes and nobody edits: the pages of rules. */

import * as vscode from 'vscode';
import {
  explainRule,
  pageScheme,
  type Explanation,
  type ExplainParams,
} from '../../server/src/lsp/protocol.ts';
import type { Session } from './session.ts';

const rulePath = /^\/rules\/(.+)\.md$/;

export function registerPages(session: Session): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
    provideTextDocumentContent: (uri) => textOf(session, uri),
  });
}

export async function openPage(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The Markdown extension that comes with VS Code can be turned off.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

/** The link of a finding's rule opens its page as a preview; without this it would open as plain text. */
export function withExplainLink(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object' || code.target.scheme !== pageScheme) return diagnostic;
  const args = encodeURIComponent(JSON.stringify([code.value]));
  diagnostic.code = {
    value: code.value,
    target: vscode.Uri.parse(`command:backendContract.explainFinding?${args}`),
  };
  return diagnostic;
}

async function textOf(session: Session, uri: vscode.Uri): Promise<string> {
  const rule = rulePath.exec(uri.path)?.[1];
  if (rule === undefined) return 'There is no such page.';
  const params: ExplainParams = { id: rule };
  const page = await session.request<Explanation | null>(explainRule, params);
  return page?.markdown ?? `There is no page for \`${rule}\`.`;
}
