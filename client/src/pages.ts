/** Documents that the server writes and nobody edits: the pages of rules, and the drift report. */

import * as vscode from 'vscode';
import {
  driftReport,
  explainRule,
  pageScheme,
  type DriftReport,
  type Explanation,
  type ExplainParams,
} from '../../server/src/lsp/protocol.ts';
import type { Session } from './session.ts';

export const reportUri = vscode.Uri.from({ scheme: pageScheme, path: '/Drift Report.md' });

const rulePath = /^\/rules\/(.+)\.md$/;

/** Serves the pages, and keeps a report that is open up to date. */
export function registerPages(session: Session): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    session.onContract(() => changed.fire(reportUri)),
    vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => textOf(session, uri),
    }),
  );
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
  if (rule === undefined) {
    const report = await session.request<DriftReport>(driftReport);
    return report?.markdown ?? 'There is no report: the language server does not answer.';
  }
  const params: ExplainParams = { id: rule };
  const page = await session.request<Explanation | null>(explainRule, params);
  return page?.markdown ?? `There is no page for \`${rule}\`.`;
}
