/** The drift report: a panel that opens at once, follows the workspace, and leads to both sides. */

import * as vscode from 'vscode';
import { driftReport, type DriftReport, type WireLocation } from '../../server/src/lsp/protocol.ts';
import { goTo } from './locations.ts';
import { pageHtml } from './page-html.ts';
import type { Session } from './session.ts';

const viewType = 'backendContract.report';

/** What the page says; see server/page/report.ts. */
type FromPage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'goTo';
      readonly place: { readonly uri?: string; readonly line: number; readonly column: number };
    };

export class ReportPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #dist: vscode.Uri;
  readonly #session: Session;
  readonly #registrations: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** The page has said that it listens. */
  #isReady = false;

  constructor(extension: vscode.Uri, session: Session) {
    this.#dist = vscode.Uri.joinPath(extension, 'server', 'dist');
    this.#session = session;
    this.#registrations = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      session.onContract(() => void this.#send()),
    );
  }

  show(): void {
    if (this.#panel) this.#panel.reveal();
    else
      this.#adopt(
        vscode.window.createWebviewPanel(viewType, 'Drift Report', vscode.ViewColumn.Active, {
          enableFindWidget: true,
        }),
      );
  }

  /** A panel that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#isReady = false;
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.onDidChangeViewState(() => {
      // What is hidden is taken down, and says that it is ready when it is built again.
      if (!panel.visible) this.#isReady = false;
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.webview.html = pageHtml(panel.webview, this.#dist, 'report', 'Drift Report');
  }

  #receive(message: FromPage): void {
    if (message.kind === 'ready') {
      this.#isReady = true;
      void this.#send();
      return;
    }
    const { uri, line, column } = message.place;
    if (uri === undefined) return;
    const at = { line: line - 1, character: column - 1 };
    const location: WireLocation = { uri, range: { start: at, end: at } };
    void goTo(location);
  }

  async #send(): Promise<void> {
    if (!this.#panel || !this.#isReady) return;
    const report = await this.#session.request<DriftReport>(driftReport);
    if (report) await this.#panel?.webview.postMessage({ reports: report.reports });
  }
}
