/**
 * The language server's loop. It holds documents, answers from the last complete results, and leaves everything that
 * takes time to its workers.
 */

import { join } from 'node:path';
import {
  CodeActionKind,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  WatchKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LintClient } from '../host/lint-client.ts';
import { Authoring } from './authoring.ts';
import { answerAuthoring } from './authoring-requests.ts';
import { answerCompletion, triggerCharacters } from './completion.ts';
import { answerDocumentRequests } from './document-requests.ts';
import { Drift } from './drift.ts';
import { tokenModifiers, tokenTypes } from './features/semantic-tokens.ts';
import { Folders } from './folders.ts';
import { Linting } from './linting.ts';
import { lintAll, trustGranted, type InitializationOptions } from './protocol.ts';
import { Publisher } from './publisher.ts';
import { answerRequests } from './requests.ts';
import { readSettings, section } from './settings.ts';

/** Where names are coloured, folded and called: of several providers some editors ask one alone, which in code is not ours to be. */
const ofDocuments = ['yaml', 'json', 'jsonc'].map((language) => ({ scheme: 'file', language }));

const abilities: InitializeResult = {
  serverInfo: { name: 'backend-contract' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [...triggerCharacters] },
    definitionProvider: true,
    referencesProvider: true,
    documentSymbolProvider: { label: 'Backend Contract' },
    workspaceSymbolProvider: true,
    codeLensProvider: {},
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor],
      resolveProvider: true,
    },
    inlayHintProvider: true,
    // A part at a time: nobody looks at a whole document.
    semanticTokensProvider: {
      documentSelector: ofDocuments,
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      range: true,
    },
    foldingRangeProvider: { documentSelector: ofDocuments },
    callHierarchyProvider: { documentSelector: ofDocuments },
    documentLinkProvider: { resolveProvider: true },
    renameProvider: { prepareProvider: true },
    documentHighlightProvider: true,
    linkedEditingRangeProvider: true,
    selectionRangeProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};

const watchers = [
  { globPattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,yaml,yml,prisma}' },
  { globPattern: '**/.gitignore' },
  // Who deletes a folder tells of the folder, not of the files in it.
  { globPattern: '**', kind: WatchKind.Delete },
];

function startServer(connection: Connection): void {
  // The protocol lets nothing in before `initialize`.
  connection.onInitialize((params) => {
    const session = startSession(connection, params);
    connection.onInitialized(() => session.initialized());
    return abilities;
  });
  connection.listen();
}

function startSession(
  connection: Connection,
  { capabilities, initializationOptions, workspaceFolders }: InitializeParams,
): { initialized(): void } {
  const { isTrusted, storage, askAgain } = (initializationOptions ?? {}) as Partial<InitializationOptions>;
  const { workspace, textDocument } = capabilities;
  const resolved = textDocument?.codeAction?.resolveSupport?.properties ?? [];
  const documents = new TextDocuments(TextDocument);
  const folders = new Folders();
  const publisher = new Publisher(
    (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
  );
  const drift = new Drift(connection, folders, publisher, {
    worker: join(__dirname, 'analysis-worker.cjs'),
    storage,
    isTrusted: isTrusted === true,
    canRefresh: {
      lenses: workspace?.codeLens?.refreshSupport === true,
      hints: workspace?.inlayHint?.refreshSupport === true,
      tokens: workspace?.semanticTokens?.refreshSupport === true,
      folds: workspace?.foldingRange?.refreshSupport === true,
    },
  });
  const lintClient = new LintClient(join(__dirname, 'lint-worker.cjs'), {
    log: (message) => connection.console.error(message),
    gaveUp: (reason) => drift.lintFailed(reason),
  });
  const linting = new Linting(lintClient, documents, folders, publisher, isTrusted === true, () =>
    drift.count(),
  );

  function addFolder(uri: string, name: string): void {
    const folder = folders.add(uri, name);
    if (folder) drift.opened(folder);
  }

  function removeFolder(uri: string): void {
    const folder = folders.remove(uri);
    if (!folder) return;
    drift.removed(folder);
    // What lies in no folder any more, or in an outer one, is linted anew or not at all.
    for (const each of documents.keys()) void linting.lint(each);
  }

  async function configure(): Promise<void> {
    if (workspace?.configuration !== true) return;
    for (const folder of folders.all()) {
      const given: unknown = await connection.workspace.getConfiguration({ scopeUri: folder.uri, section });
      const { settings, faults } = readSettings(given);
      for (const fault of faults) connection.console.warn(fault);
      const before = folder.settings;
      folder.settings = settings;
      drift.configured(folder, before);
    }
    linting.configured();
  }

  documents.onDidChangeContent(({ document }) => {
    drift.edited(document.uri, document.getText(), document.version);
    linting.edited(document.uri);
  });
  documents.onDidClose(({ document }) => {
    drift.edited(document.uri, undefined, undefined);
    linting.closed(document.uri);
  });
  documents.listen(connection);
  const authoring = new Authoring();
  answerRequests(connection, folders, authoring, resolved.includes('edit'));
  answerDocumentRequests(connection, folders, textDocument?.foldingRange?.rangeLimit);
  answerAuthoring(connection, folders, authoring, drift);
  answerCompletion(connection, folders, {
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    askAgain,
  });
  connection.onRequest(lintAll, () => linting.lintAll());
  connection.onDidChangeConfiguration(() => void configure());
  connection.onDidChangeWatchedFiles(({ changes }) => {
    drift.changedOnDisk(changes);
    linting.changed(changes.map(({ uri }) => uri));
  });
  connection.onNotification(trustGranted, () => {
    drift.trusted();
    linting.trusted();
  });
  connection.onShutdown(() => Promise.all([drift.dispose(), linting.dispose()]).then(() => undefined));
  for (const { uri, name } of workspaceFolders ?? []) addFolder(uri, name);

  return {
    initialized() {
      if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
        void connection.client.register(DidChangeConfigurationNotification.type);
      if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
        void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      if (workspace?.workspaceFolders === true)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          for (const { uri } of removed) removeFolder(uri);
          for (const { uri, name } of added) addFolder(uri, name);
          void configure();
        });
      void configure();
    },
  };
}

startServer(createConnection(ProposedFeatures.all));
