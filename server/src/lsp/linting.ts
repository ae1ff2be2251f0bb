/** Linting as the loop sees it: which open documents are linted when, and what is shown of it. */

import type { Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { LintClient } from '../host/lint-client.ts';
import { LINT_DELAY } from '../host/timing.ts';
import { grouped } from './features/lookup.ts';
import type { Folders } from './folders.ts';
import { Pauses } from './pauses.ts';
import type { LintSummary } from './protocol.ts';
import type { Publisher } from './publisher.ts';
import { createPlaces, lintDiagnostic } from './to-lsp.ts';

export class Linting {
  readonly #client: LintClient;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #folders: Folders;
  readonly #publisher: Publisher;
  readonly #pauses = new Pauses();

  constructor(
    client: LintClient,
    documents: TextDocuments<TextDocument>,
    folders: Folders,
    publisher: Publisher,
  ) {
    this.#client = client;
    this.#documents = documents;
    this.#folders = folders;
    this.#publisher = publisher;
  }

  edited(uri: string): void {
    this.#pauses.after(uri, LINT_DELAY, () => void this.lint(uri));
  }

  closed(uri: string): void {
    this.#pauses.cancel(uri);
    this.#publisher.forget('lint', uri);
  }

  /** Lints an open document; the number of findings, undefined where it is not linted. */
  async lint(uri: string): Promise<number | undefined> {
    const found = this.#folders.find(uri);
    const document = this.#documents.get(uri);
    const text = document?.getText() ?? '';
    if (!found?.folder.settings['lint.enabled'] || !document || !this.#client.concerns(text)) {
      this.#publisher.forget('lint', uri);
      return undefined;
    }
    const { folder, path } = found;
    const { version } = document;
    const others = this.#documents.all().filter((other) => other.uri !== uri);
    const texts = others.map((other) => [URI.parse(other.uri).fsPath, other.getText()] as const);
    const findings = await this.#client.lint({ folder: folder.path, path, text, texts });
    // What was typed since is linted next.
    if (!findings || this.#documents.get(uri)?.version !== version) return undefined;
    const places = createPlaces(folder.path, (file) => folder.textNow(file));
    const byUri = new Map<string, Diagnostic[]>();
    for (const [file, ofFile] of grouped(findings, ({ at }) => at.file))
      byUri.set(
        places.uriOf(file),
        ofFile.map((finding) => lintDiagnostic(finding, places)),
      );
    this.#publisher.say('lint', uri, byUri);
    return findings.length;
  }

  /** Every open document. */
  async lintAll(): Promise<LintSummary> {
    const counts = await Promise.all(this.#documents.keys().map((uri) => this.lint(uri)));
    const linted = counts.filter((count) => count !== undefined);
    return { documents: linted.length, findings: linted.reduce((sum, count) => sum + count, 0) };
  }

  async dispose(): Promise<void> {
    this.#pauses.clear();
    await this.#client.dispose();
  }
}
