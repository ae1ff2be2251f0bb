/** One workspace folder on the loop: the last complete results, and the texts that they were made from. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver';
import type { FolderResult } from '../host/folder-analysis.ts';
import { fileId, type FileId } from '../contract/span.ts';
import { createIndex, type FeatureIndex } from './features/feature-index.ts';
import type { Settings } from './settings.ts';
import { createPlaces, findingDiagnostic, problemDiagnostic, type Places } from './to-lsp.ts';
import { relative, sep } from 'node:path';

export class Folder {
  readonly uri: string;
  readonly path: string;
  readonly name: string;
  settings: Settings;
  /** Counts what was told to the worker; results that are older than an edit of a file say nothing about it. */
  revision = 0;
  /** The revision at which each open file was last edited. */
  readonly edited = new Map<FileId, number>();
  #index: FeatureIndex | undefined;
  #places: Places | undefined;
  #texts = new Map<FileId, string>();
  /** Texts of editors as they were told to the worker, for results to come. */
  readonly #told = new Map<FileId, string>();
  /** The revision at which a file was closed: from then on results come from the disk, whatever was typed. */
  readonly #closed = new Map<FileId, number>();
  #held: ReadonlySet<FileId> = new Set();

  constructor(uri: string, path: string, name: string, settings: Settings) {
    this.uri = uri;
    this.path = path;
    this.name = name;
    this.settings = settings;
  }

  /** Undefined before the first results. */
  get index(): FeatureIndex | undefined {
    return this.#index;
  }

  get places(): Places | undefined {
    return this.#places;
  }

  fileOf(path: string): FileId {
    return fileId(relative(this.path, path).split(sep).join('/'));
  }

  contains(path: string): boolean {
    const file = this.fileOf(path);
    return !file.startsWith('../') && file !== '..';
  }

  tell(file: FileId, text: string | undefined): void {
    this.revision += 1;
    if (text === undefined) {
      this.#told.delete(file);
      this.edited.delete(file);
      this.#closed.set(file, this.revision);
    } else {
      this.#closed.delete(file);
      this.#told.set(file, text);
      this.edited.set(file, this.revision);
    }
  }

  /** What an editor holds, else what is on disk. */
  textNow(file: FileId): string | undefined {
    return this.#told.get(file) ?? readText(resolve(this.path, file));
  }

  /** Files on disk changed: what was read of them is read anew. */
  forgetTexts(files: readonly FileId[]): void {
    for (const file of files) this.#texts.delete(file);
    this.revision += 1;
  }

  accept(result: FolderResult, revision: number): void {
    const before = new Map(this.#texts);
    const held = new Set(result.held);
    const texts = new Map<FileId, string>();
    // A held file keeps the text that its last facts came from.
    for (const [file, text] of this.#told)
      texts.set(file, held.has(file) ? (before.get(file) ?? text) : text);
    for (const [file, closed] of this.#closed) {
      if (closed > revision) continue;
      before.delete(file);
      this.#closed.delete(file);
    }
    for (const [file, text] of before) if (!texts.has(file) && !this.edited.has(file)) texts.set(file, text);
    this.#texts = texts;
    this.#held = held;
    const textOf = (file: FileId): string | undefined => {
      const known = texts.get(file);
      if (known !== undefined) return known;
      const read = readText(resolve(this.path, file));
      if (read !== undefined) texts.set(file, read);
      return read;
    };
    const { snapshot, findings } = result;
    this.#places = createPlaces(this.path, textOf);
    this.#index = createIndex({ folder: this.uri, snapshot, findings, textOf }, this.#index);
  }

  /** What is to be shown, by URI, and the files about which nothing new is known: half-typed, or edited since. */
  diagnostics(
    result: FolderResult,
    revision: number,
  ): { readonly byUri: ReadonlyMap<string, readonly Diagnostic[]>; readonly keep: ReadonlySet<string> } {
    const places = this.#places;
    const byUri = new Map<string, Diagnostic[]>();
    if (!places) return { byUri, keep: new Set() };
    const add = (file: FileId, diagnostic: Diagnostic): void => {
      const uri = places.uriOf(file);
      const list = byUri.get(uri);
      if (list) list.push(diagnostic);
      else byUri.set(uri, [diagnostic]);
    };
    for (const finding of result.findings) {
      if (finding.coveredBy !== undefined) continue;
      if (finding.severity === 'info' && !this.settings['notes.enabled']) continue;
      add(finding.at.file, findingDiagnostic(finding, places));
    }
    for (const problem of result.snapshot.problems)
      if (!isCode(problem.at.file)) add(problem.at.file, problemDiagnostic(problem, places));
    const stale = [...this.edited].filter(([, edited]) => edited > revision).map(([file]) => file);
    return { byUri, keep: new Set([...stale, ...this.#held].map((file) => places.uriOf(file))) };
  }
}

/** Syntax errors of source code are shown by whoever serves the language. */
function isCode(file: FileId): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
