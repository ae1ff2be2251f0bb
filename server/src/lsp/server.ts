/**
 * The language server's loop. It holds documents, answers from the last complete results, and leaves everything that
 * takes time to its workers.
 */

import { join } from 'node:path';
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  InlayHintRequest,
  ProposedFeatures,
  SymbolKind,
  TextDocuments,
  TextDocumentSyncKind,
  type Diagnostic,
  type DocumentSymbol,
  type InitializeParams,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { FileId, Span } from '../contract/span.ts';
import { AnalysisClient } from '../host/analysis-client.ts';
import type { FolderResult } from '../host/folder-analysis.ts';
import { LintClient } from '../host/lint-client.ts';
import { ANALYSIS_DELAY, DISK_DELAY, LINT_DELAY } from '../host/timing.ts';
import { codeLenses } from './features/code-lens.ts';
import { contractTree, type Group } from './features/contract-tree.ts';
import { definition } from './features/definition.ts';
import { documentLinks, linkTarget } from './features/document-links.ts';
import { driftReport } from './features/drift-report.ts';
import { explainRule } from './features/explain.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { counterparts, references } from './features/references.ts';
import { figuresOf } from './features/status.ts';
import { documentSymbols, workspaceSymbols, type OutlineSymbol } from './features/symbols.ts';
import { Folder } from './folder.ts';
import * as protocol from './protocol.ts';
import { Publisher } from './publisher.ts';
import { readSettings, section } from './settings.ts';
import { createPlaces, lintDiagnostic, markup, pageText, type Places } from './to-lsp.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const folders = new Map<string, Folder>();
const publisher = new Publisher((uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }));

interface Session {
  readonly analysis: AnalysisClient;
  readonly lint: LintClient;
  trusted: boolean;
  phase: protocol.Phase;
  message: string | undefined;
  readonly canWatch: boolean;
  readonly canConfigure: boolean;
  readonly canRefresh: { readonly lenses: boolean; readonly hints: boolean };
}

/** Set by `initialize`, before which the protocol lets nothing else in. */
const state: { session: Session | undefined } = { session: undefined };
const timers = new Map<string, NodeJS.Timeout>();

connection.onInitialize((params: InitializeParams) => {
  const options = (params.initializationOptions ?? {}) as Partial<protocol.InitializationOptions>;
  const { workspace } = params.capabilities;
  state.session = {
    analysis: new AnalysisClient(join(__dirname, 'analysis-worker.cjs'), options.storage, {
      result: accept,
      crashed(message, failed) {
        connection.console.error(`The analysis stopped: ${message}.`);
        setPhase(failed ? 'failed' : 'degraded', `The analysis stopped: ${message}.`);
      },
      quarantined(path) {
        connection.console.error(`${path} brings the analysis down and is left out until it changes.`);
      },
    }),
    lint: new LintClient(join(__dirname, 'lint-worker.cjs'), (message) => connection.console.error(message)),
    trusted: options.isTrusted === true,
    phase: 'starting',
    message: undefined,
    canWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    canConfigure: workspace?.configuration === true,
    canRefresh: {
      lenses: workspace?.codeLens?.refreshSupport === true,
      hints: workspace?.inlayHint?.refreshSupport === true,
    },
  };
  for (const { uri, name } of params.workspaceFolders ?? []) addFolder(uri, name);
  return {
    serverInfo: { name: 'backend-contract' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentSymbolProvider: { label: 'Backend Contract' },
      workspaceSymbolProvider: true,
      codeLensProvider: {},
      inlayHintProvider: true,
      documentLinkProvider: { resolveProvider: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
});

connection.onInitialized(() => {
  const { session } = state;
  if (!session) return;
  if (session.canConfigure) void connection.client.register(DidChangeConfigurationNotification.type);
  if (session.canWatch) {
    const watchers = [
      { globPattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,yaml,yml}' },
      { globPattern: '**/.gitignore' },
    ];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    for (const { uri } of removed) removeFolder(uri);
    for (const { uri, name } of added) {
      addFolder(uri, name);
      void configure();
    }
  });
  void configure();
});

async function configure(): Promise<void> {
  for (const folder of folders.values()) {
    const given: unknown = state.session?.canConfigure
      ? await connection.workspace.getConfiguration({ scopeUri: folder.uri, section })
      : undefined;
    folder.settings = readSettings(given);
    schedule(folder, 0);
  }
}

connection.onDidChangeConfiguration(() => void configure());

function addFolder(uri: string, name: string): void {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file' || folders.has(uri)) return;
  const folder = new Folder(uri, parsed.fsPath, name, readSettings(undefined));
  folders.set(uri, folder);
  state.session?.analysis.open(folder.path);
  schedule(folder, 0);
}

function removeFolder(uri: string): void {
  const folder = folders.get(uri);
  if (!folder) return;
  folders.delete(uri);
  clearTimeout(timers.get(uri));
  timers.delete(uri);
  state.session?.analysis.close(folder.path);
  publisher.forget('drift', uri);
  // What lies in no folder any more, or in an outer one, is linted anew or not at all.
  for (const document of documents.all())
    if (folder.contains(URI.parse(document.uri).fsPath)) void lintDocument(document.uri);
  sendStatus();
}

/** Asks for results after a pause; a further edit begins the pause anew. */
function schedule(folder: Folder, delay: number): void {
  clearTimeout(timers.get(folder.uri));
  timers.set(
    folder.uri,
    setTimeout(() => {
      timers.delete(folder.uri);
      const { session } = state;
      if (!session) return;
      if (session.phase !== 'failed') setPhase(session.phase === 'starting' ? 'starting' : 'working');
      session.analysis.analyse(folder.path, folder.revision);
    }, delay),
  );
}

function accept(path: string, revision: number, result: FolderResult): void {
  const folder = [...folders.values()].find((one) => one.path === path);
  if (!folder) return;
  folder.accept(result, revision);
  const { byUri, keep } = folder.diagnostics(result, revision);
  publisher.say('drift', folder.uri, byUri, keep);
  if (timers.size === 0) setPhase('ready');
  sendStatus();
  void connection.sendNotification(protocol.contractChanged);
  const { session } = state;
  if (session?.canRefresh.lenses) void connection.sendRequest(CodeLensRefreshRequest.type);
  if (session?.canRefresh.hints && folder.settings['inlayHints.enabled'])
    void connection.languages.inlayHint.refresh();
}

function setPhase(phase: protocol.Phase, message?: string): void {
  const { session } = state;
  if (!session || (session.phase === phase && session.message === message)) return;
  session.phase = phase;
  session.message = message;
  sendStatus();
}

function sendStatus(): void {
  const { session } = state;
  if (!session) return;
  const indexes = [...folders.values()].flatMap(({ index }) => (index ? [index] : []));
  const status: protocol.Status = {
    phase: session.phase,
    ...(session.message !== undefined && { message: session.message }),
    restricted: !session.trusted,
    ...figuresOf(indexes),
  };
  void connection.sendNotification(protocol.statusChanged, status);
}

function folderOf(
  uri: string,
): { readonly folder: Folder; readonly file: FileId; readonly path: string } | undefined {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return undefined;
  const path = parsed.fsPath;
  // The innermost of nested folders.
  const [folder] = [...folders.values()]
    .filter((one) => one.contains(path))
    .sort((a, b) => b.path.length - a.path.length);
  return folder && { folder, file: folder.fileOf(path), path };
}

documents.onDidChangeContent(({ document }) => {
  const found = folderOf(document.uri);
  if (!found) return;
  const text = document.getText();
  found.folder.tell(found.file, text);
  state.session?.analysis.edit(found.folder.path, found.path, text);
  schedule(found.folder, ANALYSIS_DELAY);
  scheduleLint(document.uri);
});

documents.onDidClose(({ document }) => {
  clearTimeout(lintTimers.get(document.uri));
  lintTimers.delete(document.uri);
  publisher.forget('lint', document.uri);
  const found = folderOf(document.uri);
  if (!found) return;
  found.folder.tell(found.file, undefined);
  state.session?.analysis.edit(found.folder.path, found.path, undefined);
  schedule(found.folder, ANALYSIS_DELAY);
});

const lintTimers = new Map<string, NodeJS.Timeout>();
/** What a document that is linted begins with; the worker looks closer. */
const lintable = /(?:^|[\s{,"'])(?:openapi|swagger|asyncapi|arazzo)["']?\s*:/;

function scheduleLint(uri: string): void {
  clearTimeout(lintTimers.get(uri));
  lintTimers.set(
    uri,
    setTimeout(() => {
      lintTimers.delete(uri);
      void lintDocument(uri);
    }, LINT_DELAY),
  );
}

/** Lints an open document; the number of findings, undefined where it is not linted. */
async function lintDocument(uri: string): Promise<number | undefined> {
  const found = folderOf(uri);
  const document = documents.get(uri);
  if (!found || !document || !state.session) {
    publisher.forget('lint', uri);
    return undefined;
  }
  const text = document.getText();
  if (!found.folder.settings['lint.enabled'] || !lintable.test(text.slice(0, 4_000))) {
    publisher.forget('lint', uri);
    return undefined;
  }
  const { folder, path } = found;
  const others = documents.all().filter((other) => other.uri !== uri);
  const texts = others.map((other) => [URI.parse(other.uri).fsPath, other.getText()] as const);
  const { version } = document;
  const findings = await state.session.lint.lint({ folder: folder.path, path, text, texts });
  // What was typed since is linted next.
  if (!findings || documents.get(uri)?.version !== version) return undefined;
  const places = createPlaces(folder.path, (file) => folder.textNow(file));
  const byUri = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const target = places.uriOf(finding.at.file);
    byUri.set(target, [...(byUri.get(target) ?? []), lintDiagnostic(finding, places)]);
  }
  publisher.say('lint', uri, byUri);
  return findings.length;
}

connection.onDidChangeWatchedFiles(({ changes }) => {
  const byFolder = new Map<Folder, string[]>();
  for (const { uri } of changes) {
    const found = folderOf(uri);
    if (!found) continue;
    const paths = byFolder.get(found.folder);
    if (paths) paths.push(found.path);
    else byFolder.set(found.folder, [found.path]);
  }
  for (const [folder, paths] of byFolder) {
    folder.forgetTexts(paths.map((path) => folder.fileOf(path)));
    state.session?.analysis.changed(folder.path, paths);
    schedule(folder, DISK_DELAY);
  }
});

connection.onNotification(protocol.trustGranted, () => {
  if (state.session) state.session.trusted = true;
  sendStatus();
});

interface At {
  readonly folder: Folder;
  readonly index: FeatureIndex;
  readonly places: Places;
  readonly file: FileId;
}

function at(uri: string): At | undefined {
  const found = folderOf(uri);
  const { index, places } = found?.folder ?? {};
  return found && index && places ? { folder: found.folder, index, places, file: found.file } : undefined;
}

function offsetAt({ places, file }: At, { position }: TextDocumentPositionParams): number {
  return places.offset(file, position);
}

connection.onHover((params) => {
  const here = at(params.textDocument.uri);
  if (!here?.folder.settings['hover.enabled']) return null;
  const found = hover(here.index, here.file, offsetAt(here, params));
  return found ? { range: here.places.range(found.at), contents: markup(found.markdown, here.places) } : null;
});

connection.onDefinition((params) => {
  const here = at(params.textDocument.uri);
  const found = here && definition(here.index, here.file, offsetAt(here, params));
  if (!here || !found) return null;
  const { places } = here;
  return found.targets.map((target) => ({
    originSelectionRange: places.range(found.origin),
    targetUri: places.uriOf(target.at.file),
    targetRange: places.range(target.whole),
    targetSelectionRange: places.range(target.at),
  }));
});

connection.onReferences((params) => {
  const here = at(params.textDocument.uri);
  if (!here) return null;
  const { includeDeclaration } = params.context;
  return references(here.index, here.file, offsetAt(here, params), {
    withDeclaration: includeDeclaration,
  }).map(here.places.location);
});

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  group: SymbolKind.Namespace,
  path: SymbolKind.Module,
  operation: SymbolKind.Method,
  schema: SymbolKind.Struct,
  component: SymbolKind.Object,
};

connection.onDocumentSymbol((params) => {
  const here = at(params.textDocument.uri);
  if (!here) return null;
  const symbol = (one: OutlineSymbol): DocumentSymbol => ({
    name: one.name,
    detail: one.detail,
    kind: symbolKinds[one.kind],
    range: here.places.range(one.whole),
    selectionRange: here.places.range(one.at),
    ...(one.deprecated && { tags: [1] }),
    children: one.children.map(symbol),
  });
  return documentSymbols(here.index, here.file).map(symbol);
});

connection.onWorkspaceSymbol(({ query }) =>
  [...folders.values()].flatMap(({ index, places }) =>
    index && places
      ? workspaceSymbols(index, query).map((one) => ({
          name: one.name,
          containerName: one.container,
          kind: SymbolKind.Method,
          location: places.location(one.at),
        }))
      : [],
  ),
);

connection.onRequest(CodeLensRequest.type, ({ textDocument }) => {
  const here = at(textDocument.uri);
  if (!here?.folder.settings['codeLens.enabled']) return null;
  const { places } = here;
  return codeLenses(here.index, here.file).map((lens) => {
    const range = places.range(lens.at);
    const locations = lens.targets.map(places.location);
    const [only] = locations;
    const command =
      locations.length === 1 && only
        ? { title: lens.title, command: 'backendContract.goTo', arguments: [only] }
        : locations.length > 1
          ? {
              title: lens.title,
              command: 'backendContract.peek',
              arguments: [{ uri: textDocument.uri, range }, locations],
            }
          : { title: lens.title, command: '' };
    return { range, command };
  });
});

connection.onRequest(InlayHintRequest.type, ({ textDocument, range }) => {
  const here = at(textDocument.uri);
  if (!here?.folder.settings['inlayHints.enabled']) return null;
  const { places, file } = here;
  const span: Span = { file, start: places.offset(file, range.start), end: places.offset(file, range.end) };
  return inlayHints(here.index, span).map((hint) => ({
    position: places.range(hint.at).end,
    label: hint.label,
    tooltip: hint.tooltip,
    paddingLeft: true,
  }));
});

connection.onDocumentLinks(({ textDocument }) => {
  const here = at(textDocument.uri);
  if (!here) return null;
  return documentLinks(here.index, here.file).map((link) => ({
    range: here.places.range(link.at),
    data: { uri: textDocument.uri, link },
  }));
});

connection.onDocumentLinkResolve((link) => {
  const { uri, link: found } = link.data as { uri: string; link: ReturnType<typeof documentLinks>[number] };
  const here = at(uri);
  if (!here) return link;
  const target = here.places.location(linkTarget(here.index, found));
  const { line, character } = target.range.start;
  return { ...link, target: `${target.uri}#${line + 1},${character + 1}` };
});

connection.onRequest(protocol.contractTree, (): protocol.ContractTree => {
  const group = (one: Group, places: Places): protocol.TreeGroup => ({
    id: one.id,
    title: one.title,
    detail: one.detail,
    ...(one.at && { at: places.location(one.at) }),
    operations: one.operations.map(({ spec, code, ...operation }) => ({
      ...operation,
      ...(spec && { spec: places.location(spec) }),
      ...(code && { code: places.location(code) }),
    })),
  });
  return {
    folders: [...folders.values()].flatMap(({ uri, name, index, places }) => {
      if (!index || !places) return [];
      const tree = contractTree(index);
      return [
        {
          uri,
          name,
          specs: tree.specs.map((one) => group(one, places)),
          controllers: tree.controllers.map((one) => group(one, places)),
        },
      ];
    }),
  };
});

connection.onRequest(
  protocol.counterpart,
  (params: protocol.CounterpartParams): readonly protocol.Counterpart[] => {
    const here = at(params.uri);
    if (!here) return [];
    const offset = here.places.offset(here.file, params.position);
    return counterparts(here.index, here.file, offset, params.side).map(({ title, at: place }) => ({
      title,
      at: here.places.location(place),
    }));
  },
);

connection.onRequest(
  protocol.explainRule,
  ({ id }: protocol.ExplainParams): protocol.Explanation | null => explainRule(id) ?? null,
);

connection.onRequest(protocol.driftReport, (): protocol.DriftReport => {
  const reports = [...folders.values()].flatMap(({ index, name }) =>
    index ? [pageText(driftReport(index, name))] : [],
  );
  return { markdown: reports.join('\n\n') };
});

connection.onRequest(protocol.lintAll, async (): Promise<protocol.LintSummary> => {
  const counts = await Promise.all(documents.keys().map(lintDocument));
  const linted = counts.filter((count) => count !== undefined);
  return { documents: linted.length, findings: linted.reduce((sum, count) => sum + count, 0) };
});

connection.onShutdown(async () => {
  for (const timer of timers.values()) clearTimeout(timer);
  for (const timer of lintTimers.values()) clearTimeout(timer);
  await state.session?.analysis.dispose();
  await state.session?.lint.dispose();
});

documents.listen(connection);
connection.listen();
