/** The drift report: a panel that opens at once, follows the workspace, and leads to both sides. */

import * as vscode from 'vscode';
import { driftReport, type DriftReport, type WireLocation } from '../../server/src/lsp/protocol.ts';
import { goTo } from './locations.ts';
import { PagePanel } from './page-panel.ts';
import type { Session } from './session.ts';

/** What the page says; see server/page/report.ts. */
interface FromPage {
  readonly kind: 'goTo';
  readonly place: { readonly uri?: string; readonly line: number; readonly column: number };
}

export class ReportPanel implements vscode.Disposable {
  readonly #session: Session;
  readonly #page: PagePanel<FromPage>;
  readonly #following: vscode.Disposable;

  constructor(extension: vscode.Uri, session: Session) {
    this.#session = session;
    this.#page = new PagePanel<FromPage>(extension, {
      viewType: 'backendContract.report',
      page: 'report',
      title: 'Drift Report',
      ready: () => void this.#send(),
      receive: open,
    });
    this.#following = session.onContract(() => void this.#send());
  }

  show(): void {
    this.#page.show(vscode.ViewColumn.Active);
  }

  dispose(): void {
    this.#following.dispose();
    this.#page.dispose();
  }

  async #send(): Promise<void> {
    if (!this.#page.listens) return;
    const report = await this.#session.request<DriftReport>(driftReport);
    if (report) await this.#page.post({ reports: report.reports });
  }
}

function open({ place: { uri, line, column } }: FromPage): void {
  if (uri === undefined) return;
  const at = { line: line - 1, character: column - 1 };
  const location: WireLocation = { uri, range: { start: at, end: at } };
  void goTo(location);
}
