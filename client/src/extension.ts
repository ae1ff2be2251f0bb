/**
 * The editor side. Activation registers what is cheap and returns; the language client is loaded and its server
 * started afterwards, and only where something in the workspace concerns us.
 */

import * as vscode from 'vscode';
import type { ContractTree, Status } from '../../server/src/lsp/protocol.ts';
import { checkWorkspace } from './commands/check-workspace.ts';
import { explainFinding } from './commands/explain-finding.ts';
import { goToCounterpart } from './commands/go-to-counterpart.ts';
import { lintAllSpecs } from './commands/lint-all-specs.ts';
import { beginContract } from './commands/new-contract.ts';
import { openConfiguration } from './commands/open-configuration.ts';
import { goTo, peek } from './locations.ts';
import { registerPages } from './pages.ts';
import { whenRelevant } from './relevance.ts';
import { PreviewPanel } from './preview-panel.ts';
import { SwaggerPanel } from './swagger-panel.ts';
import { ReportPanel } from './report-panel.ts';
import { Session } from './session.ts';
import { registerContractView } from './views/contract-view.ts';
import { registerStatusItem } from './views/status-item.ts';

/** What other extensions, and the tests, may ask. */
export interface Api {
  /** The last status of the server; undefined while there is none. */
  status(): Status | undefined;
  /** Starts the server if it does not run. */
  tree(): Promise<ContractTree>;
}

export function activate(context: vscode.ExtensionContext): Api {
  const output = vscode.window.createOutputChannel('Backend Contract', { log: true });
  const session = new Session(context, output);
  const report = new ReportPanel(context.extensionUri, session);
  const preview = new PreviewPanel(context.extensionUri, session, context.secrets);
  const swagger = new SwaggerPanel(context.extensionUri, session);
  context.subscriptions.push(
    output,
    session,
    report,
    preview,
    swagger,
    registerPages(session),
    registerContractView(session),
    registerStatusItem(session),
    ...registerCommands(context, session, report, output),
    vscode.commands.registerCommand('backendContract.openPreview', (uri) => preview.show(uri)),
    vscode.commands.registerCommand('backendContract.openSwaggerUi', (uri) => swagger.show(uri)),
    session.onStatus(setContexts),
    whenRelevant(({ onDisk }) => void (onDisk ? session.start() : session.cannotStart())),
  );
  return { status: () => session.status, tree: () => session.contractTree() };
}

/** For the `when` clauses of the manifest. */
function setContexts(status: Status | undefined): void {
  const active = status !== undefined && (status.specs > 0 || status.routes > 0);
  void vscode.commands.executeCommand('setContext', 'backendContract.phase', status?.phase);
  void vscode.commands.executeCommand('setContext', 'backendContract.active', active);
}

function registerCommands(
  context: vscode.ExtensionContext,
  session: Session,
  report: ReportPanel,
  output: vscode.LogOutputChannel,
): readonly vscode.Disposable[] {
  const register = vscode.commands.registerCommand;
  return [
    register('backendContract.showDriftReport', () => report.show()),
    register('backendContract.goToHandler', (target) => goToCounterpart(session, 'code', target)),
    register('backendContract.goToOperation', (target) => goToCounterpart(session, 'spec', target)),
    register('backendContract.lintAllSpecs', () => lintAllSpecs(session)),
    register('backendContract.explainFinding', (id) => explainFinding(id)),
    register('backendContract.newContract', (source, target) => beginContract(session, source, target)),
    register('backendContract.restartServer', () => session.restart()),
    register('backendContract.showOutput', () => output.show(true)),
    register('backendContract.openConfiguration', () => openConfiguration(session)),
    register('backendContract.check', () => checkWorkspace(context.extensionUri)),
    // For code lenses, hovers and the tree.
    register('backendContract.goTo', (location) => goTo(location)),
    register('backendContract.peek', (from, locations) => peek(from, locations)),
  ];
}
