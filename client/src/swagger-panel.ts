/** A specification in Swagger UI, live while it is typed; what tries operations is the preview. */

import * as vscode from 'vscode';
import { wholeDocument, type PreviewParams, type WholeDocument } from '../../server/src/lsp/protocol.ts';
import { DocumentPage } from './document-page.ts';
import type { Session } from './session.ts';

export class SwaggerPanel implements vscode.Disposable {
  readonly #session: Session;
  readonly #page: DocumentPage<never>;

  constructor(extension: vscode.Uri, session: Session) {
    this.#session = session;
    this.#page = new DocumentPage<never>(extension, session, {
      viewType: 'backendContract.swaggerUi',
      page: 'swagger-ui',
      title: 'Swagger UI',
      receive: () => undefined,
      send: (uri) => this.#send(uri),
    });
  }

  /** Shows the document that is being edited, or another one. */
  show(target?: vscode.Uri): void {
    this.#page.show(target);
  }

  dispose(): void {
    this.#page.dispose();
  }

  async #send(uri: string): Promise<void> {
    const params: PreviewParams = { uri };
    const whole = await this.#session.request<WholeDocument | null>(wholeDocument, params);
    if (whole !== undefined && uri === this.#page.uri) await this.#page.panel.post({ uri, whole });
  }
}
