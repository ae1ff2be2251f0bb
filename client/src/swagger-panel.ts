/** A specification in Swagger UI, live while it is typed; what tries operations is the preview. */

import * as vscode from 'vscode';
import { wholeDocument, type PreviewParams, type WholeDocument } from '../../server/src/lsp/protocol.ts';
import { PagePanel } from './page-panel.ts';
import type { Session } from './session.ts';

export class SwaggerPanel implements vscode.Disposable {
  readonly #session: Session;
  readonly #page: PagePanel<never>;
  readonly #following: vscode.Disposable;
  /** Of the document that is shown. */
  #uri: string | undefined;

  constructor(extension: vscode.Uri, session: Session) {
    this.#session = session;
    this.#page = new PagePanel<never>(extension, {
      viewType: 'backendContract.swaggerUi',
      page: 'swagger-ui',
      title: 'Swagger UI',
      ready: () => void this.#send(),
      receive: () => undefined,
      restored: (state) => {
        this.#uri = (state as { readonly uri?: string } | undefined)?.uri;
      },
    });
    this.#following = session.onContract(() => void this.#send());
  }

  /** Shows the document that is being edited, or another one. */
  show(target?: vscode.Uri): void {
    const uri = target ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    this.#uri = uri.toString();
    this.#page.show(vscode.ViewColumn.Beside, true);
    void this.#send();
  }

  dispose(): void {
    this.#following.dispose();
    this.#page.dispose();
  }

  async #send(): Promise<void> {
    const uri = this.#uri;
    if (!this.#page.listens || uri === undefined) return;
    const params: PreviewParams = { uri };
    const whole = await this.#session.request<WholeDocument | null>(wholeDocument, params);
    if (whole !== undefined && uri === this.#uri) await this.#page.post({ uri, whole });
  }
}
