/** The preview of a specification: a panel beside it that follows what is typed, and the cursor both ways. */

import * as vscode from 'vscode';
import {
  preview,
  previewAt,
  previewDetails,
  tryForm,
  type PreviewAt,
  type PreviewAtParams,
  type PreviewDetailsParams,
  type PreviewParams,
  type SecretOwner,
  type TryParams,
  type WireCredential,
  type WireLocation,
} from '../../server/src/lsp/protocol.ts';
import { DocumentPage } from './document-page.ts';
import { goTo } from './locations.ts';
import { isContract } from './relevance.ts';
import type { Session } from './session.ts';
import { TryIt } from './try-it.ts';

/** What the page says; see server/page/preview.ts. */
type FromPage =
  | { readonly kind: 'details' | 'try'; readonly id: string }
  | { readonly kind: 'goTo'; readonly at: WireLocation }
  | { readonly kind: 'environments' }
  | { readonly kind: 'secrets'; readonly id: string; readonly owner: SecretOwner }
  | {
      readonly kind: 'secret';
      readonly id: string;
      readonly owner: SecretOwner;
      readonly credential: WireCredential;
    }
  | {
      readonly kind: 'send';
      readonly id: string;
      readonly environment?: string;
      readonly filled: TryParams['filled'];
    };

const title = 'API Preview';

const environmentsSetting = 'backendContract.tryIt.environments';

export class PreviewPanel implements vscode.Disposable {
  readonly #session: Session;
  readonly #tryIt: TryIt;
  readonly #page: DocumentPage<FromPage>;
  readonly #following: vscode.Disposable;

  constructor(extension: vscode.Uri, session: Session, secrets: vscode.SecretStorage) {
    this.#session = session;
    this.#tryIt = new TryIt(session, secrets);
    this.#page = new DocumentPage<FromPage>(extension, session, {
      viewType: 'backendContract.preview',
      page: 'preview',
      title,
      receive: (message) => void this.#receive(message),
      send: (uri) => this.#send(uri),
    });
    this.#following = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection((event) => void this.#follow(event)),
      vscode.window.onDidChangeActiveTextEditor(offerPreview),
    );
    offerPreview(vscode.window.activeTextEditor);
  }

  /** Shows the document that is being edited, or another one. */
  show(target?: vscode.Uri): void {
    this.#page.show(target);
  }

  dispose(): void {
    this.#following.dispose();
    this.#page.dispose();
  }

  async #receive(message: FromPage): Promise<void> {
    const { uri, panel } = this.#page;
    if (message.kind === 'goTo') {
      await goTo(message.at, vscode.ViewColumn.One);
      return;
    }
    if (message.kind === 'environments') {
      await vscode.commands.executeCommand('workbench.action.openSettings', environmentsSetting);
      return;
    }
    if (uri === undefined) return;
    const { id } = message;
    const operation: PreviewDetailsParams = { uri, id };
    switch (message.kind) {
      case 'details': {
        const details = await this.#session.request<object | null>(previewDetails, operation);
        if (details) await panel.post({ details });
        return;
      }
      case 'try': {
        const form = await this.#session.request<object | null>(tryForm, operation);
        if (form) await panel.post({ tryForm: form });
        return;
      }
      case 'secret':
        await this.#tryIt.ask(message.owner, message.credential);
        await this.#sendSecrets(operation, message.owner);
        return;
      case 'secrets':
        await this.#sendSecrets(operation, message.owner);
        return;
      case 'send': {
        const result = await this.#tryIt.send({ ...operation, filled: message.filled }, message.environment);
        await panel.post({ tried: { id, result } });
      }
    }
  }

  async #sendSecrets(operation: PreviewDetailsParams, owner: SecretOwner): Promise<void> {
    const form = await this.#session.request<{ readonly credentials: readonly WireCredential[] } | null>(
      tryForm,
      operation,
    );
    const given = await this.#tryIt.given(owner, form?.credentials ?? []);
    await this.#page.panel.post({ secrets: { id: operation.id, given } });
  }

  async #send(uri: string): Promise<void> {
    const { panel } = this.#page;
    const params: PreviewParams = { uri };
    const outline = await this.#session.request<{ readonly title: string } | null>(preview, params);
    if (outline === undefined || uri !== this.#page.uri) return;
    panel.title = outline ? `Preview: ${outline.title}` : title;
    await panel.post({ uri, preview: outline });
  }

  /** Shows the operation that the cursor stands in. */
  async #follow({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): Promise<void> {
    const [selection] = selections;
    // A selection that a command makes may be our own jump from the preview.
    if (!this.#page.panel.visible || !selection || kind === vscode.TextEditorSelectionChangeKind.Command)
      return;
    const { uri, languageId } = textEditor.document;
    if (!/^(?:yaml|jsonc?)$/.test(languageId)) return;
    const params: PreviewAtParams = { uri: uri.toString(), position: selection.active };
    const found = await this.#session.request<PreviewAt | null>(previewAt, params);
    if (found) await this.#page.panel.post({ reveal: found.id });
  }
}

/** For the button in the title of editors. */
function offerPreview(editor: vscode.TextEditor | undefined): void {
  const isOffered = editor !== undefined && isContract(editor.document);
  void vscode.commands.executeCommand('setContext', 'backendContract.contractOpen', isOffered);
}
