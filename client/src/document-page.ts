/** A page about one document, live while it is typed. */

import * as vscode from 'vscode';
import { PagePanel, type PageOptions } from './page-panel.ts';
import type { Session } from './session.ts';

export interface DocumentPageOptions<M> extends Pick<
  PageOptions<M>,
  'viewType' | 'page' | 'title' | 'receive'
> {
  /** Sends the page what it draws of a document. */
  readonly send: (uri: string) => Promise<void>;
}

export class DocumentPage<M extends { readonly kind: string }> implements vscode.Disposable {
  readonly panel: PagePanel<M>;
  readonly #following: vscode.Disposable;
  readonly #send: (uri: string) => Promise<void>;
  #uri: string | undefined;

  constructor(extension: vscode.Uri, session: Session, { send, ...options }: DocumentPageOptions<M>) {
    this.#send = send;
    this.panel = new PagePanel<M>(extension, {
      ...options,
      ready: () => this.#refresh(),
      restored: (state) => {
        this.#uri = (state as { readonly uri?: string } | undefined)?.uri;
      },
    });
    this.#following = session.onContract(() => this.#refresh());
  }

  /** Of the document that is shown. */
  get uri(): string | undefined {
    return this.#uri;
  }

  /** Shows the document that is being edited, or another one. */
  show(target?: vscode.Uri): void {
    const uri = target ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    this.#uri = uri.toString();
    this.panel.show(vscode.ViewColumn.Beside, true);
    this.#refresh();
  }

  dispose(): void {
    this.#following.dispose();
    this.panel.dispose();
  }

  #refresh(): void {
    if (this.panel.listens && this.#uri !== undefined) void this.#send(this.#uri);
  }
}
