/** The language server's bundle as an editor runs it, spoken to over its standard streams. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { statusChanged, type Status } from '../../server/src/lsp/protocol.ts';

const server = fileURLToPath(new URL('../../server/dist/server.cjs', import.meta.url));

export interface Editor {
  readonly connection: MessageConnection;
  /** Of the server's process. */
  readonly pid: number;
  /** Of the folder, by paths relative to it. */
  uri(path: string): string;
  text(path: string): string;
  open(path: string): void;
  /** Replaces the only occurrence of a text in an open file, and does not save. */
  replace(path: string, from: string, to: string): void;
  /** Applies edits to an open file. */
  edit(path: string, edits: readonly object[]): void;
  close(path: string): void;
  /** Writes to disk, as a tool outside of the editor would. */
  write(path: string, text: string): void;
  /** Deletes a file or a folder from the disk; the editor hears of that alone. */
  remove(path: string): void;
  /** Adds and removes workspace folders, by absolute paths. */
  folders(added: readonly string[], removed: readonly string[]): void;
  /** Gives the user's settings, by their names without prefix. */
  configure(settings: Readonly<Record<string, unknown>>): void;
  diagnostics(path: string): readonly Diagnostic[];
  /** `rule at the text that is marked`, in order. */
  shown(path: string): readonly string[];
  /** What is shown in all files: `line:character rule message`, sorted, by path. */
  everything(): Readonly<Record<string, readonly string[]>>;
  /** Waits until just these lines are shown of files, as `shown` gives them in any order. */
  shows(expected: Readonly<Record<string, readonly string[]>>): Promise<void>;
  status(): Status | undefined;
  /** Waits until what is published satisfies `test`; fails with `what` after a while. */
  until(what: string, test: () => boolean): Promise<void>;
  request<R>(method: string, params: object): Promise<R>;
  /** How often diagnostics of a file were published. */
  published(path: string): number;
  stop(): Promise<void>;
}

const patience = 30_000;

export async function startEditor(folder: string, options: object = { isTrusted: true }): Promise<Editor> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const shown = new Map<string, readonly Diagnostic[]>();
  const counts = new Map<string, number>();
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  let status: Status | undefined;
  let settings: Readonly<Record<string, unknown>> = {};
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
      shown.set(uri, diagnostics);
      counts.set(uri, (counts.get(uri) ?? 0) + 1);
    },
  );
  connection.onNotification(statusChanged, (next: Status) => void (status = next));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => nested(settings)),
  );
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(folder, path)).toString();
  const text = (path: string): string => texts.get(path) ?? readFileSync(join(folder, path), 'utf8');
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).toString(),
    workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: 'workspace' }],
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        codeLens: { refreshSupport: true },
      },
      textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } },
    },
    initializationOptions: options,
  });
  await connection.sendNotification('initialized', {});
  const notify = (method: string, params: object): void => void connection.sendNotification(method, params);
  const change = (path: string, next: string): void => {
    texts.set(path, next);
    const version = (versions.get(path) ?? 0) + 1;
    versions.set(path, version);
    notify('textDocument/didChange', {
      textDocument: { uri: uri(path), version },
      contentChanges: [{ text: next }],
    });
  };
  const editor: Editor = {
    connection,
    pid: child.pid ?? 0,
    uri,
    text,
    open(path) {
      texts.set(path, text(path));
      versions.set(path, 1);
      const languageId = /\.ya?ml$/.test(path) ? 'yaml' : path.endsWith('.json') ? 'json' : 'typescript';
      notify('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId, version: 1, text: text(path) },
      });
    },
    replace(path, from, to) {
      const before = text(path);
      if (before.split(from).length !== 2) throw new Error(`${JSON.stringify(from)} is not in ${path} once`);
      change(
        path,
        before.replace(from, () => to),
      );
    },
    edit(path, edits) {
      const document = TextDocument.create(uri(path), '', 0, text(path));
      change(path, TextDocument.applyEdits(document, edits.filter(isTextEdit)));
    },
    close(path) {
      texts.delete(path);
      notify('textDocument/didClose', { textDocument: { uri: uri(path) } });
    },
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
      notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(path), type: 2 }] });
    },
    remove(path) {
      rmSync(join(folder, path), { recursive: true });
      notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(path), type: 3 }] });
    },
    folders(added, removed) {
      const named = (paths: readonly string[]): object[] =>
        paths.map((path) => ({ uri: pathToFileURL(path).toString(), name: basename(path) }));
      notify('workspace/didChangeWorkspaceFolders', {
        event: { added: named(added), removed: named(removed) },
      });
    },
    configure(given) {
      settings = given;
      notify('workspace/didChangeConfiguration', { settings: null });
    },
    diagnostics: (path) => shown.get(uri(path)) ?? [],
    shown: (path) =>
      (shown.get(uri(path)) ?? []).map(({ code, range }) => `${String(code)} at ${slice(text(path), range)}`),
    everything: () =>
      Object.fromEntries(
        [...shown]
          .filter(([, all]) => all.length > 0)
          .map(([at, all]) => {
            const lines = all.map(
              ({ range: { start, end }, code, message }) =>
                `${start.line}:${start.character}-${end.line}:${end.character} ${String(code)} ${String(message)}`,
            );
            return [relative(folder, fileURLToPath(at)), lines.sort()] as const;
          })
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    async shows(expected) {
      const now = (): object =>
        Object.fromEntries(Object.keys(expected).map((path) => [path, editor.shown(path).toSorted()]));
      const wanted = Object.fromEntries(
        Object.entries(expected).map(([path, lines]) => [path, lines.toSorted()]),
      );
      const end = performance.now() + patience;
      while (!isDeepStrictEqual(now(), wanted) && performance.now() < end) await sleep(10);
      assert.deepEqual(now(), wanted);
    },
    status: () => status,
    async until(what, test) {
      const end = performance.now() + patience;
      while (!test()) {
        if (performance.now() > end) throw new Error(`It never happened that ${what}.`);
        await sleep(10);
      }
    },
    request: (method, params) => connection.sendRequest(method, params),
    published: (path) => counts.get(uri(path)) ?? 0,
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      await new Promise((resolve) =>
        child.exitCode === null ? child.once('exit', resolve) : resolve(undefined),
      );
    },
  };
  return editor;
}

function isTextEdit(edit: object): edit is TextEdit {
  return 'range' in edit && 'newText' in edit;
}

/** `{'a.b': 1}` as the protocol gives it: `{a: {b: 1}}`. */
function nested(settings: Readonly<Record<string, unknown>>): object {
  const all: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let at = all;
    for (const part of parts) at = (at[part] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return all;
}

function slice(text: string, { start, end }: Range): string {
  const lines = text.split(/\r?\n/);
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.character, end.character);
  return `${(lines[start.line] ?? '').slice(start.character)}…`;
}
