/** One workspace folder on the loop: the last complete results, and the texts that they were made from. */

import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver';
import type { DocumentFacts } from '../contract/facts.ts';
import type { Finding, Problem } from '../contract/finding.ts';
import { fileId, type FileId } from '../contract/span.ts';
import type { FolderResult } from '../host/folder-analysis.ts';
import { documentLimit } from '../host/limits.ts';
import { textOnDisk } from '../host/read-text.ts';
import { openDocument } from '../text/flat-document.ts';
import { createIndex, type FeatureIndex } from './features/feature-index.ts';
import type { LintedText } from './features/fixes/lint/lint-fixes.ts';
import type { Settings } from './settings.ts';
import {
  createPlaces,
  findingDiagnostic,
  problemDiagnostic,
  type Places,
  type ShownTexts,
} from './to-lsp.ts';

/** What the worker was told of a file: the text that the editor holds; undefined from when it let go of it. */
interface Told {
  readonly revision: number;
  readonly text: string | undefined;
  /** The editor's number for it. */
  readonly version: number | undefined;
}

interface MadeDiagnostic {
  readonly states: readonly object[];
  readonly diagnostic: Diagnostic;
}

interface Accepted {
  readonly result: FolderResult;
  readonly revision: number;
  readonly index: FeatureIndex;
  readonly places: Places;
}

export interface Shown {
  readonly byUri: ReadonlyMap<string, readonly Diagnostic[]>;
  /** URIs that nothing new is known about. */
  readonly keep: ReadonlySet<string>;
}

export class Folder {
  readonly uri: string;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  settings: Settings;
  #revision = 0;
  /** By file, oldest first, from the one that the last results were made from. */
  readonly #told = new Map<FileId, readonly Told[]>();
  /** Texts that the last results were made from, as far as somebody asked. */
  #texts: ReadonlyMap<FileId, string> = new Map();
  readonly #linted = new Map<FileId, readonly Finding[]>();
  /** By the document that was linted, the texts that its findings are places in. */
  readonly #lintedTexts = new Map<FileId, ReadonlyMap<FileId, string | undefined>>();
  /** Files whose text brings the worker down. */
  readonly #leftOut = new Set<FileId>();
  #documents: ReadonlyMap<FileId, DocumentFacts> = new Map();
  #accepted: Accepted | undefined;
  /** Those who wait for results of everything that was told. */
  readonly #waiting = new Set<() => void>();
  readonly #shown: ShownTexts = new Map();
  /** Diagnostics that were made, with the states of the files that they have places in. */
  readonly #made = new WeakMap<Finding, MadeDiagnostic>();

  constructor(uri: string, path: string, name: string, settings: Settings) {
    this.uri = uri;
    this.path = path;
    this.name = name;
    this.settings = settings;
  }

  /** Counts what the worker was told: results carry the revision that they were asked at. */
  get revision(): number {
    return this.#revision;
  }

  /** Are the last results those of everything that was told? */
  get isCurrent(): boolean {
    return this.#accepted?.revision === this.#revision;
  }

  /** Resolves when the results are those of everything that was told, and after `patience` milliseconds all the same. */
  async whenCurrent(patience: number): Promise<void> {
    if (this.isCurrent) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, patience);
      this.#waiting.add(done);
    });
  }

  /** Undefined before the first results. */
  get index(): FeatureIndex | undefined {
    return this.#accepted?.index;
  }

  get places(): Places | undefined {
    return this.#accepted?.places;
  }

  fileOf(path: string): FileId {
    return fileId(relative(this.path, path).split(sep).join('/'));
  }

  contains(path: string): boolean {
    const inside = relative(this.path, path);
    return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  }

  /** The worker is told something that is no text. */
  count(): void {
    this.#revision += 1;
  }

  /** Gives the revision that it is told at. */
  tell(file: FileId, text: string | undefined, version: number | undefined): number {
    this.count();
    this.#leftOut.delete(file);
    this.#told.set(file, [...(this.#told.get(file) ?? []), { revision: this.#revision, text, version }]);
    return this.#revision;
  }

  /** Files on disk changed: what was read of them is read anew. */
  forgetTexts(files: readonly FileId[]): void {
    this.count();
    const texts = new Map(this.#texts);
    for (const file of files) texts.delete(file);
    this.#texts = texts;
  }

  /** The worker does without the text of this file. */
  leaveOut(file: FileId): void {
    this.#leftOut.add(file);
  }

  /** What an editor holds, else what is on disk. */
  textNow(file: FileId): string | undefined {
    return this.#told.get(file)?.at(-1)?.text ?? this.#onDisk(file);
  }

  /** Undefined for a document that is not open. */
  versionOf(file: FileId): number | undefined {
    return this.#told.get(file)?.at(-1)?.version;
  }

  /** Is the text that the last results were made from the one that there is now? */
  isShown(file: FileId): boolean {
    return this.#accepted?.index.ready.textOf(file) === this.textNow(file);
  }

  /** What linting found, by the document that was linted. */
  get linted(): ReadonlyMap<FileId, readonly Finding[]> {
    return this.#linted;
  }

  /** Findings are places in the texts that there are now. */
  acceptLinted(document: FileId, findings: readonly Finding[]): void {
    const files = new Set(findings.map(({ at }) => at.file));
    this.#linted.set(document, findings);
    this.#lintedTexts.set(document, new Map([...files].map((file) => [file, this.textNow(file)])));
  }

  /** What linting last found at a document, and the texts that those are places in; undefined where it was not linted. */
  lintedBefore(
    document: FileId,
  ):
    | { readonly findings: readonly Finding[]; readonly texts: ReadonlyMap<FileId, string | undefined> }
    | undefined {
    const findings = this.#linted.get(document);
    const texts = this.#lintedTexts.get(document);
    return findings && texts && { findings, texts };
  }

  /** Gives whether there was something. */
  forgetLinted(document: FileId): boolean {
    this.#lintedTexts.delete(document);
    return this.#linted.delete(document);
  }

  /** What linting found in a file as it is now; undefined where it was edited since. */
  lintedNow(file: FileId): LintedText | undefined {
    const text = this.textNow(file);
    const current = [...this.#linted].filter(
      ([document]) => text !== undefined && this.#lintedTexts.get(document)?.get(file) === text,
    );
    if (text === undefined || current.length === 0) return undefined;
    const index = this.index;
    const isSame = index?.ready.textOf(file) === text;
    const facts = isSame ? index.texts.document(file) : undefined;
    const findings = current.flatMap(([, found]) => found.filter(({ at }) => at.file === file));
    return { file, text, findings, facts };
  }

  accept(result: FolderResult, revision: number): void {
    const texts = this.#textsAt(revision, new Map(result.held.map((each) => [each.file, each.revision])));
    this.#texts = texts;
    const textOf = (file: FileId): string | undefined => {
      const known = texts.get(file);
      if (known !== undefined) return known;
      const read = this.#onDisk(file);
      if (read !== undefined) texts.set(file, read);
      return read;
    };
    const textNow = (file: FileId): string | undefined => this.#told.get(file)?.at(-1)?.text ?? textOf(file);
    const { snapshot, findings, hidden } = result;
    this.#takeDocuments(result);
    const documents = this.#documents;
    const documentOf = (file: FileId): DocumentFacts | undefined => documents.get(file);
    this.#accepted = {
      result,
      revision,
      index: createIndex(
        { folder: this.uri, snapshot, findings, hidden, textOf, documentOf },
        this.#accepted?.index,
      ),
      places: createPlaces(this.path, textOf, textNow, this.#shown),
    };
    if (this.isCurrent) for (const done of this.#waiting) done();
  }

  /** What is to be shown, by URI, and the files about which nothing new is known: half-typed, or edited since. */
  diagnostics(): Shown | undefined {
    if (!this.#accepted) return undefined;
    const { result, revision, places } = this.#accepted;
    const byUri = new Map<string, Diagnostic[]>();
    const add = (file: FileId, diagnostic: Diagnostic): void => {
      const uri = places.uriOf(file);
      const list = byUri.get(uri);
      if (list) list.push(diagnostic);
      else byUri.set(uri, [diagnostic]);
    };
    for (const finding of result.findings) {
      if (finding.coveredBy !== undefined) continue;
      if (finding.severity === 'info' && !this.settings['notes.enabled']) continue;
      add(finding.at.file, this.#diagnosticOf(finding, places));
    }
    for (const problem of [...result.snapshot.problems, ...[...this.#leftOut].map(leftOutProblem)])
      if (!isCode(problem.at.file) || problem.code === leftOutCode || isOfSpec(problem))
        add(problem.at.file, problemDiagnostic(problem, places));
    return {
      byUri,
      keep: new Set(
        [...this.#editedSince(revision), ...result.held.map(({ file }) => file)].map((file) =>
          places.uriOf(file),
        ),
      ),
    };
  }

  /** What is wrong with half-typed texts of specifications: results are of the texts before. As `diagnostics`. */
  faults(): Shown | undefined {
    if (!this.#accepted) return undefined;
    const { result, revision } = this.#accepted;
    const places = createPlaces(this.path, (file) => this.textNow(file));
    const ofSpecs = new Set(result.snapshot.specs.flatMap(({ files }) => files));
    const byUri = result.held
      .filter(({ file }) => ofSpecs.has(file))
      .map(({ file, faults }): [string, readonly Diagnostic[]] => [
        places.uriOf(file),
        faults.map((fault) => problemDiagnostic(fault, places)),
      ]);
    return {
      byUri: new Map(byUri),
      keep: new Set(this.#editedSince(revision).map((file) => places.uriOf(file))),
    };
  }

  #editedSince(revision: number): readonly FileId[] {
    return [...this.#told].flatMap(([file, told]) => ((told.at(-1)?.revision ?? 0) > revision ? [file] : []));
  }

  /** Most findings are those of the result before, and so are their diagnostics. */
  #diagnosticOf(finding: Finding, places: Places): Diagnostic {
    const states = [finding.at, ...finding.related.map(({ at }) => at)].map(({ file }) =>
      places.stateOf(file),
    );
    const known = this.#made.get(finding);
    if (known && states.every((state, index) => known.states[index] === state)) return known.diagnostic;
    const diagnostic = findingDiagnostic(finding, places);
    this.#made.set(finding, { states, diagnostic });
    return diagnostic;
  }

  /** The texts that results of `revision` were made from, where they are not those of the disk. */
  #textsAt(revision: number, held: ReadonlyMap<FileId, number | undefined>): Map<FileId, string> {
    const texts = new Map(this.#texts);
    for (const [file, all] of this.#told) {
      const until = held.has(file) ? (held.get(file) ?? 0) : revision;
      const used = all.findLast((told) => told.revision <= until);
      if (used?.text === undefined) texts.delete(file);
      else texts.set(file, used.text);
      const last = all.at(-1);
      if (used === last && last?.text === undefined) this.#told.delete(file);
      else
        this.#told.set(
          file,
          all.filter((told) => told === used || told === last || told.revision > revision),
        );
    }
    return texts;
  }

  #takeDocuments({ snapshot, documents }: FolderResult): void {
    const specFiles = new Set(snapshot.specs.flatMap(({ files }) => files));
    const all = new Map([...this.#documents].filter(([file]) => specFiles.has(file)));
    for (const flat of documents) all.set(flat.file, openDocument(flat));
    this.#documents = all;
  }

  #onDisk(file: FileId): string | undefined {
    return textOnDisk(resolve(this.path, file), file, documentLimit);
  }
}

const leftOutCode = 'file/left-out';

function leftOutProblem(file: FileId): Problem {
  return {
    code: leftOutCode,
    severity: 'warning',
    message: 'Brings the analysis down and is left out until it changes.',
    at: { file, start: 0, end: 0 },
  };
}

/** Syntax errors of source code are shown by whoever serves the language. */
function isCode(file: FileId): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

/** What is wrong with a specification, also where it stands in comments of code. */
function isOfSpec({ code }: Problem): boolean {
  return /^(?:document|openapi)\//.test(code);
}
