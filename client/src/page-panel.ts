/** A panel that shows one of the pages of `server/page/`: one at a time, and again after the window was closed. */

import * as vscode from 'vscode';
import { pageHtml } from './page-html.ts';

/** What every page says when it listens, beside what is its own. */
type Message<M> = { readonly kind: 'ready' } | M;

export interface PageOptions<M> {
  readonly viewType: string;
  /** Of the bundle; see `pageHtml`. */
  readonly page: string;
  readonly title: string;
  /** The page listens: it has been opened, or was hidden and is shown again. */
  readonly ready: () => void;
  readonly receive: (message: M) => void;
  /** `state` is what the page kept of itself when the window was closed. */
  readonly restored?: (state: unknown) => void;
}

export class PagePanel<M extends { readonly kind: string }>
  implements vscode.Disposable, vscode.WebviewPanelSerializer
{
  readonly #dist: vscode.Uri;
  readonly #options: PageOptions<M>;
  readonly #serializer: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #listens = false;

  constructor(extension: vscode.Uri, options: PageOptions<M>) {
    this.#dist = vscode.Uri.joinPath(extension, 'server', 'dist');
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(options.viewType, this);
  }

  /** Is there a panel, and does its page listen? */
  get listens(): boolean {
    return this.#panel !== undefined && this.#listens;
  }

  get visible(): boolean {
    return this.#panel?.visible === true;
  }

  set title(title: string) {
    if (this.#panel) this.#panel.title = title;
  }

  /** Brings the panel to the front where it stands, or opens it in `column`. */
  show(column: vscode.ViewColumn, preserveFocus = false): void {
    const { viewType, title } = this.#options;
    if (this.#panel) this.#panel.reveal(undefined, preserveFocus);
    else
      this.#adopt(
        vscode.window.createWebviewPanel(
          viewType,
          title,
          { viewColumn: column, preserveFocus },
          { enableFindWidget: true },
        ),
      );
  }

  async post(message: object): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#panel?.dispose();
    this.#options.restored?.(state);
    this.#adopt(panel);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { page, title, ready, receive } = this.#options;
    this.#panel = panel;
    this.#listens = false;
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.onDidChangeViewState(() => {
      // What is hidden is taken down, and says that it is ready when it is built again.
      if (!panel.visible) this.#listens = false;
    });
    panel.webview.onDidReceiveMessage((message: Message<M>) => {
      if (message.kind === 'ready') {
        this.#listens = true;
        ready();
      } else receive(message as M);
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.webview.html = pageHtml(panel.webview, this.#dist, page, title);
  }
}
