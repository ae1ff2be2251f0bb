/** Lints every specification of the workspace, not only those that are open. */

import * as vscode from 'vscode';
import { lintAll, type LintSummary } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

export async function lintAllSpecs(session: Session): Promise<void> {
  const summary = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Linting specifications' },
    () => session.request<LintSummary>(lintAll),
  );
  if (summary === undefined) return;
  const show = 'Show Problems';
  const answer = await vscode.window.showInformationMessage(
    told(summary),
    ...(summary.findings > 0 ? [show] : []),
  );
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function told({ documents, findings }: LintSummary): string {
  if (documents === 0) return 'There is no specification to lint in this workspace.';
  const what = documents === 1 ? '1 specification' : `${documents} specifications`;
  const found = findings === 0 ? 'nothing found' : findings === 1 ? '1 finding' : `${findings} findings`;
  return `Linted ${what}: ${found}.`;
}
