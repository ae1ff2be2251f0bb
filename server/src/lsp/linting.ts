/** Linting as the loop sees it: which open documents are linted when, and what is shown of it. */

import type { Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Finding } from '../contract/finding.ts';
import type { LintClient } from '../host/lint-client.ts';
import { LINT_WAITS_LONGER } from '../host/timing.ts';
import { ruleOf } from './features/explain.ts';
import { grouped } from './features/lookup.ts';
import type { Folders } from './folders.ts';
import { Pauses } from './pauses.ts';
import type { LintSummary } from './protocol.ts';
import type { Publisher } from './publisher.ts';
import { presetOf } from './settings.ts';
import { createPlaces, lintDiagnostic, problemDiagnostic } from './to-lsp.ts';

export class Linting {
  readonly #client: LintClient;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #folders: Folders;
  readonly #publisher: Publisher;
  readonly #pauses = new Pauses();
  /** What each document's findings rest on, beside its own text. */
  readonly #dependsOn = new Map<string, ReadonlySet<string>>();
  #trusted: boolean;

  constructor(
    client: LintClient,
    documents: TextDocuments<TextDocument>,
    folders: Folders,
    publisher: Publisher,
    isTrusted: boolean,
  ) {
    this.#trusted = isTrusted;
    this.#client = client;
    this.#documents = documents;
    this.#folders = folders;
    this.#publisher = publisher;
  }

  edited(uri: string): void {
    this.#schedule(uri);
    this.changed([uri]);
  }

  closed(uri: string): void {
    this.#pauses.cancel(uri);
    this.#dependsOn.delete(uri);
    this.#publisher.forget('lint', uri);
    // From now on the text on disk counts.
    this.changed([uri]);
  }

  /** Files changed: what rests on one of them is linted anew. */
  changed(uris: readonly string[]): void {
    const paths = uris.map((uri) => URI.parse(uri).fsPath.replaceAll('\\', '/'));
    for (const [uri, dependsOn] of this.#dependsOn)
      if (paths.some((path) => dependsOn.has(path))) this.#schedule(uri);
  }

  trusted(): void {
    this.#trusted = true;
    this.configured();
  }

  /** Every open document is linted anew. */
  configured(): void {
    for (const uri of this.#documents.keys()) this.#schedule(uri);
  }

  #schedule(uri: string): void {
    const delay = this.#folders.find(uri)?.folder.settings.delay ?? 0;
    this.#pauses.after(uri, delay + LINT_WAITS_LONGER, () => void this.lint(uri));
  }

  /** Lints an open document; the number of findings, undefined where it is not linted. */
  async lint(uri: string): Promise<number | undefined> {
    const found = this.#folders.find(uri);
    const document = this.#documents.get(uri);
    const text = document?.getText() ?? '';
    if (!found?.folder.settings['lint.enabled'] || !document || !this.#client.concerns(text)) {
      this.#dependsOn.delete(uri);
      this.#publisher.forget('lint', uri);
      return undefined;
    }
    const { folder, path } = found;
    const { version } = document;
    const others = this.#documents.all().filter((other) => other.uri !== uri);
    const texts = others.map((other) => [URI.parse(other.uri).fsPath, other.getText()] as const);
    const preset = presetOf(folder.settings);
    const job = { folder: folder.path, path, text, texts, trusted: this.#trusted, preset };
    const result = await this.#client.lint(job);
    // What was typed since is linted next.
    if (!result || this.#documents.get(uri)?.version !== version) return undefined;
    const { findings, problems, dependsOn } = result;
    this.#dependsOn.set(uri, new Set(dependsOn));
    const places = createPlaces(folder.path, (file) => folder.textNow(file));
    const byUri = new Map<string, Diagnostic[]>();
    const shown = findings.filter((finding) => !isNote(finding) || folder.settings['notes.enabled']);
    for (const [file, ofFile] of grouped([...shown, ...problems], ({ at }) => at.file))
      byUri.set(
        places.uriOf(file),
        ofFile.map((each) =>
          'code' in each ? problemDiagnostic(each, places) : lintDiagnostic(each, places),
        ),
      );
    this.#publisher.say('lint', uri, byUri);
    return shown.length;
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

/** A note of ours, and not what somebody chose a ruleset for. */
function isNote({ rule, severity }: Finding): boolean {
  return severity === 'info' && ruleOf(rule) !== undefined;
}
