/** Linting as the loop sees it: which documents are linted when, and what is shown of it. */

import type { Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Finding } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import type { LintClient } from '../host/lint-client.ts';
import { RemoteDocuments } from '../host/remote-documents.ts';
import { LINT_WAITS_LONGER } from '../host/timing.ts';
import { ruleOf } from './features/explain.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import { Pauses } from './pauses.ts';
import type { LintSummary } from './protocol.ts';
import type { Publisher } from './publisher.ts';
import { presetOf } from './settings.ts';
import { createPlaces, lintDiagnostic, problemDiagnostic, type Places } from './to-lsp.ts';

export class Linting {
  readonly #client: LintClient;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #folders: Folders;
  readonly #publisher: Publisher;
  readonly #changed: () => void;
  readonly #pauses = new Pauses();
  /** What each document's findings rest on, beside its own text. */
  readonly #dependsOn = new Map<string, ReadonlySet<string>>();
  /** Closed documents that are linted because somebody asked for all. */
  readonly #closed = new Set<string>();
  /** Documents whose last findings are those of a text that did not parse: there was none before that did. */
  readonly #broken = new Set<string>();
  readonly #remotes = new RemoteDocuments();
  #trusted: boolean;

  constructor(
    client: LintClient,
    documents: TextDocuments<TextDocument>,
    folders: Folders,
    publisher: Publisher,
    isTrusted: boolean,
    /** Told whenever something was linted, or is no longer. */
    changed: () => void,
  ) {
    this.#changed = changed;
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
    if (!this.#closed.has(uri)) this.#forget(uri);
    // From now on the text on disk counts.
    this.changed([uri]);
  }

  /** Files changed, or folders went with all that was in them: what rests on one of them is linted anew. */
  changed(uris: readonly string[]): void {
    const isIn = (path: string, changed: string): boolean =>
      path === changed || path.startsWith(`${changed}/`);
    const paths = uris.map(pathOfUri);
    for (const [uri, dependsOn] of this.#dependsOn)
      if ([...dependsOn].some((each) => paths.some((path) => isIn(each, path)))) this.#schedule(uri);
    for (const uri of this.#closed) if (paths.some((path) => isIn(pathOfUri(uri), path))) this.#schedule(uri);
  }

  trusted(): void {
    this.#trusted = true;
    this.configured();
  }

  /** Everything that is linted is linted anew. */
  configured(): void {
    for (const uri of new Set([...this.#documents.keys(), ...this.#closed])) this.#schedule(uri);
  }

  #schedule(uri: string): void {
    const delay = this.#folders.find(uri)?.folder.settings.delay ?? 0;
    this.#pauses.after(uri, delay + LINT_WAITS_LONGER, () => void this.lint(uri));
  }

  /** Lints a document that is open, or one of those that were asked for; the number of findings, undefined without any result. */
  async lint(uri: string): Promise<number | undefined> {
    const found = this.#folders.find(uri);
    const document = this.#documents.get(uri);
    const text =
      document?.getText() ?? (found && this.#closed.has(uri) ? found.folder.textNow(found.file) : '');
    if (text === undefined) this.#closed.delete(uri);
    if (!found?.folder.settings['lint.enabled'] || !this.#client.concerns(text ?? '')) {
      this.#forget(uri);
      return undefined;
    }
    const { folder, path } = found;
    const others = this.#documents.all().filter((other) => other.uri !== uri);
    const { approvedHosts } = folder.settings;
    const result = await this.#client.lint({
      folder: folder.path,
      path,
      text: text ?? '',
      texts: others.map((other) => [URI.parse(other.uri).fsPath, other.getText()] as const),
      trusted: this.#trusted,
      preset: presetOf(folder.settings),
      ...(approvedHosts.length > 0 && { remotes: this.#remotes.known() }),
    });
    // What was typed since is linted next.
    if (!result || this.#documents.get(uri)?.version !== document?.version) return undefined;
    if (!result.linted) {
      this.#closed.delete(uri);
      this.#forget(uri);
      return undefined;
    }
    void this.#remotes
      .fetch(result.remotes, approvedHosts)
      .then((isNew) => (isNew ? this.lint(uri) : undefined));
    const { findings, problems, dependsOn } = result;
    this.#dependsOn.set(uri, new Set(dependsOn));
    const isBroken = problems.some(({ code }) => /^document\/\w+-syntax$/.test(code));
    // What a half-typed text lacks is mostly about to be typed: what was found in the last whole one stays.
    const held = isBroken && !this.#broken.has(uri) ? heldLint(folder, found.file) : undefined;
    const places = createPlaces(folder.path, (file) => folder.textNow(file));
    const byUri = new Map<string, Diagnostic[]>();
    const shown = (held?.findings ?? findings).filter(
      (finding) => !isNote(finding) || folder.settings['notes.enabled'],
    );
    const add = (file: FileId, diagnostic: Diagnostic): void => {
      const list = byUri.get(places.uriOf(file));
      if (list) list.push(diagnostic);
      else byUri.set(places.uriOf(file), [diagnostic]);
    };
    for (const each of shown) add(each.at.file, lintDiagnostic(each, held?.places ?? places));
    for (const each of problems) add(each.at.file, problemDiagnostic(each, places));
    this.#publisher.say('lint', uri, byUri);
    if (!held) {
      if (isBroken) this.#broken.add(uri);
      else this.#broken.delete(uri);
      folder.acceptLinted(found.file, findings);
      this.#changed();
    }
    return shown.length;
  }

  /** Every document of the workspace, open or not. Those that are closed are followed from then on. */
  async lintAll(): Promise<LintSummary> {
    this.#remotes.forget();
    const wanted = this.#folders.all().filter(({ settings }) => settings['lint.enabled']);
    const found = await Promise.all(
      wanted.map(({ path, settings }) => this.#client.find(path, presetOf(settings))),
    );
    for (const path of found.flat()) this.#closed.add(URI.file(path).toString());
    const uris = new Set([...this.#documents.keys(), ...this.#closed]);
    const counts = await Promise.all([...uris].map((uri) => this.lint(uri)));
    const linted = counts.filter((count) => count !== undefined);
    return { documents: linted.length, findings: linted.reduce((sum, count) => sum + count, 0) };
  }

  #forget(uri: string): void {
    this.#dependsOn.delete(uri);
    this.#broken.delete(uri);
    this.#publisher.forget('lint', uri);
    const found = this.#folders.find(uri);
    if (found?.folder.forgetLinted(found.file)) this.#changed();
  }

  async dispose(): Promise<void> {
    this.#pauses.clear();
    await this.#client.dispose();
  }
}

/** What was found in earlier texts and still stands there, with places that lead to where it is now. */
function heldLint(
  folder: Folder,
  document: FileId,
): { readonly findings: readonly Finding[]; readonly places: Places } | undefined {
  const linted = folder.lintedBefore(document);
  if (!linted) return undefined;
  const places = createPlaces(
    folder.path,
    (file) => linted.texts.get(file),
    (file) => folder.textNow(file),
  );
  return { findings: linted.findings.filter(({ at }) => places.stands(at)), places };
}

/** A note of ours, and not what somebody chose a ruleset for. */
function isNote({ rule, severity }: Finding): boolean {
  return severity === 'info' && ruleOf(rule) !== undefined;
}

/** With `/`, as the paths in results. */
function pathOfUri(uri: string): string {
  return URI.parse(uri).fsPath.replaceAll('\\', '/');
}
