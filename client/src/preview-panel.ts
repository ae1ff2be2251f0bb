/** The preview of a specification: a panel beside it that follows what is typed, and the cursor both ways. */

import * as vscode from 'vscode';
import {
  preview,
  previewAt,
  previewDetails,
  type PreviewAt,
  type PreviewAtParams,
  type PreviewDetailsParams,
  type PreviewParams,
  type WireLocation,
} from '../../server/src/lsp/protocol.ts';
import { goTo } from './locations.ts';
import { pageHtml } from './page-html.ts';
import { isContract } from './relevance.ts';
import type { Session } from './session.ts';

const viewType = 'backendContract.preview';

/** What the page says; see server/page/preview.ts. */
type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'details'; readonly id: string }
  | { readonly kind: 'goTo'; readonly at: WireLocation };

export class PreviewPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #dist: vscode.Uri;
  readonly #session: Session;
  readonly #registrations: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** Of the document that is shown. */
  #uri: string | undefined;
  #isReady = false;

  constructor(extension: vscode.Uri, session: Session) {
    this.#dist = vscode.Uri.joinPath(extension, 'server', 'dist');
    this.#session = session;
    this.#registrations = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      session.onContract(() => void this.#send()),
      vscode.window.onDidChangeTextEditorSelection((event) => void this.#follow(event)),
      vscode.window.onDidChangeActiveTextEditor(offerPreview),
    );
    offerPreview(vscode.window.activeTextEditor);
  }

  /** Shows the document that is being edited, or another one. */
  show(target?: vscode.Uri): void {
    const uri = target ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    this.#uri = uri.toString();
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      void this.#send();
    } else {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(
        vscode.window.createWebviewPanel(viewType, 'API Preview', beside, { enableFindWidget: true }),
      );
    }
  }

  /** A panel that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#panel?.dispose();
    this.#uri = (state as { readonly uri?: string } | undefined)?.uri;
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
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.#receive(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.webview.html = pageHtml(panel.webview, this.#dist, 'preview', 'API Preview');
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.kind === 'ready') {
      this.#isReady = true;
      await this.#send();
    } else if (message.kind === 'goTo') {
      await goTo(message.at, vscode.ViewColumn.One);
    } else if (this.#uri !== undefined) {
      const params: PreviewDetailsParams = { uri: this.#uri, id: message.id };
      const details = await this.#session.request<object | null>(previewDetails, params);
      if (details) await this.#panel?.webview.postMessage({ details });
    }
  }

  async #send(): Promise<void> {
    const uri = this.#uri;
    if (!this.#panel || !this.#isReady || uri === undefined) return;
    const params: PreviewParams = { uri };
    const outline = await this.#session.request<{ readonly title: string } | null>(preview, params);
    if (outline === undefined || uri !== this.#uri) return;
    this.#panel.title = outline ? `Preview: ${outline.title}` : 'API Preview';
    await this.#panel.webview.postMessage({ uri, preview: outline });
  }

  /** Shows the operation that the cursor stands in. */
  async #follow({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): Promise<void> {
    const [selection] = selections;
    // A selection that a command makes may be our own jump from the preview.
    if (!this.#panel?.visible || !selection || kind === vscode.TextEditorSelectionChangeKind.Command) return;
    const { uri, languageId } = textEditor.document;
    if (!/^(?:yaml|jsonc?)$/.test(languageId)) return;
    const params: PreviewAtParams = { uri: uri.toString(), position: selection.active };
    const found = await this.#session.request<PreviewAt | null>(previewAt, params);
    if (found) await this.#panel?.webview.postMessage({ reveal: found.id });
  }
}

/** For the button in the title of editors. */
function offerPreview(editor: vscode.TextEditor | undefined): void {
  const isOffered = editor !== undefined && isContract(editor.document);
  void vscode.commands.executeCommand('setContext', 'backendContract.contractOpen', isOffered);
}
