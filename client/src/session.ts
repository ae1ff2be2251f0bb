/** The language server as the client sees it: started when it is needed, restarted, told about trust. */

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  contractChanged,
  contractTree,
  statusChanged,
  trustGranted,
  type ContractTree,
  type InitializationOptions,
  type Status,
} from '../../server/src/lsp/protocol.ts';
import { withExplainLink } from './pages.ts';

const languages = ['yaml', 'json', 'jsonc', 'typescript', 'javascript'];

const noContract: ContractTree = { folders: [] };

export class Session implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #output: vscode.LogOutputChannel;
  readonly #onStatus = new vscode.EventEmitter<Status | undefined>();
  readonly #onContract = new vscode.EventEmitter<void>();
  readonly #trust: vscode.Disposable;
  #client: Promise<LanguageClient | undefined> | undefined;
  #status: Status | undefined;

  readonly onStatus = this.#onStatus.event;
  readonly onContract = this.#onContract.event;

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.#context = context;
    this.#output = output;
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(async () => {
      // A server that was never started hears of it when it starts.
      await (await this.#client)?.sendNotification(trustGranted);
    });
  }

  get status(): Status | undefined {
    return this.#status;
  }

  /** Starts the server unless it runs. Resolves when it is ready to answer, or with undefined if it cannot start. */
  start(): Promise<LanguageClient | undefined> {
    this.#client ??= this.#startClient();
    return this.#client;
  }

  /** The workspace is not on a disk: the server would find nothing. */
  cannotStart(): void {
    this.#client = Promise.resolve(undefined);
    this.#setStatus(notOnDisk);
  }

  async restart(): Promise<void> {
    const client = await this.#client;
    this.#client = undefined;
    this.#setStatus(undefined);
    await client?.dispose().catch((error: unknown) => this.#output.warn(String(error)));
    await this.start();
  }

  /** Undefined if the server cannot be started, or if the request fails; that has been logged then. */
  async request<R>(method: string, params?: object): Promise<R | undefined> {
    const client = await this.start();
    try {
      return await client?.sendRequest<R>(method, params);
    } catch (error) {
      this.#output.error(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  async contractTree(): Promise<ContractTree> {
    return (await this.request<ContractTree>(contractTree)) ?? noContract;
  }

  dispose(): void {
    this.#trust.dispose();
    this.#onStatus.dispose();
    this.#onContract.dispose();
    void this.#client?.then((client) => client?.dispose());
  }

  async #startClient(): Promise<LanguageClient | undefined> {
    try {
      const client = await this.#createClient();
      client.onNotification(statusChanged, (status: Status) => this.#setStatus(status));
      client.onNotification(contractChanged, () => this.#onContract.fire());
      await client.start();
      return client;
    } catch (error) {
      this.#output.error(`The language server does not start: ${String(error)}`);
      this.#setStatus(failedToStart);
      return undefined;
    }
  }

  async #createClient(): Promise<LanguageClient> {
    // Loaded here and not at activation: it is most of the bundle.
    const { LanguageClient, RevealOutputChannelOn, State, TransportKind } =
      await import('vscode-languageclient/node');
    const module = this.#context.asAbsolutePath('server/dist/server.cjs');
    const client = new LanguageClient(
      'backendContract',
      'Backend Contract',
      { module, transport: TransportKind.ipc },
      {
        documentSelector: languages.map((language) => ({ scheme: 'file', language })),
        outputChannel: this.#output,
        // Errors stand in the status bar; a panel that opens by itself is in the way.
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: (): InitializationOptions => {
          const storage = this.#context.storageUri?.fsPath;
          return {
            isTrusted: vscode.workspace.isTrusted,
            askAgain: 'editor.action.triggerSuggest',
            ...(storage !== undefined && { storage }),
          };
        },
        markdown: {
          isTrusted: { enabledCommands: ['backendContract.goTo', 'backendContract.explainFinding'] },
          supportThemeIcons: true,
        },
        middleware: {
          handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(withExplainLink)),
        },
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && this.#status !== undefined) this.#setStatus(stopped);
      if (newState === State.Running) this.#onContract.fire();
    });
    return client;
  }

  #setStatus(status: Status | undefined): void {
    this.#status = status;
    this.#onStatus.fire(status);
  }
}

const nothingKnown: Omit<Status, 'phase' | 'message'> = {
  restricted: false,
  lintFailed: false,
  kpis: [],
  specs: 0,
  operations: 0,
  routes: 0,
  states: { matched: 0, drift: 0, undocumented: 0, unimplemented: 0, unknown: 0, aside: 0 },
  errors: 0,
  warnings: 0,
  hidden: { ignored: 0, known: 0 },
  unknownReasons: [],
};
const notOnDisk: Status = {
  ...nothingKnown,
  phase: 'virtual',
  message:
    'This workspace is not on a disk. Files are read from disk, so nothing is compared or linted here; only colours work.',
};
const failedToStart: Status = {
  ...nothingKnown,
  phase: 'failed',
  message: 'The language server does not start.',
};
const stopped: Status = { ...nothingKnown, phase: 'failed', message: 'The language server stopped.' };
