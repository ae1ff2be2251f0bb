/** Drift as the loop sees it: what the analysis is told and asked, and what is shown of its results. */

import {
  CodeLensRefreshRequest,
  FoldingRangeRefreshRequest,
  type Connection,
  type FileEvent,
} from 'vscode-languageserver';
import type { Renamed, SourceRename } from '../contract/rename.ts';
import { AnalysisClient } from '../host/analysis-client.ts';
import type { FolderResult } from '../host/folder-analysis.ts';
import { missingOf } from '../host/configure.ts';
import { DISK_DELAY } from '../host/timing.ts';
import { openWorkspace } from '../host/workspace.ts';
import { lintMeasure } from './features/lint-health.ts';
import { figuresOf } from './features/status.ts';
import { grouped } from '../engine/lookup.ts';
import type { Folder } from './folder.ts';
import type { Folders } from './folders.ts';
import { Pauses } from './pauses.ts';
import { contractChanged, statusChanged, type ContractFigures, type Phase, type Status } from './protocol.ts';
import type { Publisher } from './publisher.ts';
import { presetOf, type Settings } from './settings.ts';

export interface DriftOptions {
  /** Path of the analysis worker's bundle. */
  readonly worker: string;
  /** A folder for caches. */
  readonly storage: string | undefined;
  readonly isTrusted: boolean;
  /** What the editor can be asked to ask for again. */
  readonly canRefresh: Readonly<Record<'lenses' | 'hints' | 'tokens' | 'folds', boolean>>;
}

export class Drift {
  readonly #connection: Connection;
  readonly #folders: Folders;
  readonly #publisher: Publisher;
  readonly #canRefresh: DriftOptions['canRefresh'];
  readonly #analysis: AnalysisClient;
  readonly #pauses = new Pauses();
  #trusted: boolean;
  #figures: ContractFigures = figuresOf([]);
  /** What was told last, as JSON. */
  #told = '';
  /** Why the analysis is not what it should be. */
  #trouble: { readonly phase: 'degraded' | 'failed'; readonly message: string } | undefined;
  #lintTrouble: string | undefined;

  constructor(connection: Connection, folders: Folders, publisher: Publisher, options: DriftOptions) {
    this.#connection = connection;
    this.#folders = folders;
    this.#publisher = publisher;
    this.#canRefresh = options.canRefresh;
    this.#trusted = options.isTrusted;
    this.#analysis = new AnalysisClient(
      { script: options.worker, storage: options.storage },
      {
        result: (path, revision, result) => this.#accept(path, revision, result),
        crashed: (reason, failed) =>
          this.#inTrouble(failed ? 'failed' : 'degraded', `The analysis stopped: ${reason}.`),
        leftOut: (path, file) => {
          const folder = this.#folders.withPath(path);
          folder?.leaveOut(folder.fileOf(file));
        },
      },
    );
  }

  opened(folder: Folder): void {
    this.#analysis.open(folder.path);
    this.#ask(folder, 0);
  }

  /** What renaming something that code declares comes to. */
  rename(folder: Folder, rename: SourceRename): Promise<Renamed> {
    return this.#analysis.rename(folder.path, rename);
  }

  removed(folder: Folder): void {
    this.#pauses.cancel(folder.uri);
    this.#analysis.close(folder.path);
    this.#publisher.forget('drift', folder.uri);
    this.#publisher.forget('syntax', folder.uri);
    this.count();
  }

  /** The text that the editor holds; undefined when it lets go of the document. */
  edited(uri: string, text: string | undefined, version: number | undefined): void {
    const found = this.#folders.find(uri);
    if (!found) return;
    const revision = found.folder.tell(found.file, text, version);
    this.#analysis.edit(found.folder.path, found.path, text, revision);
    this.#ask(found.folder, found.folder.settings.delay);
  }

  changedOnDisk(changes: readonly FileEvent[]): void {
    const files = changes.flatMap(({ uri }) => this.#folders.find(uri) ?? []);
    for (const [folder, changed] of grouped(files, (one) => one.folder)) {
      folder.forgetTexts(changed.map(({ file }) => file));
      this.#analysis.changed(
        folder.path,
        changed.map(({ path }) => path),
      );
      this.#ask(folder, DISK_DELAY);
    }
  }

  /** The folder has other settings than `before`. */
  configured(folder: Folder, before: Settings): void {
    const preset = presetOf(folder.settings);
    if (JSON.stringify(preset) !== JSON.stringify(presetOf(before))) {
      folder.count();
      for (const sentence of missingOf(openWorkspace(folder.path), preset))
        this.#connection.console.warn(sentence);
      this.#analysis.configure(folder.path, preset);
      this.#ask(folder, 0);
    }
    this.#publish(folder);
    this.#refresh(folder);
  }

  trusted(): void {
    this.#trusted = true;
    this.#sendStatus();
  }

  /** Nothing is linted any more. */
  lintFailed(reason: string): void {
    this.#lintTrouble = `Linting stopped, because it came down three times: ${reason}.`;
    this.#sendStatus();
  }

  async dispose(): Promise<void> {
    this.#pauses.clear();
    await this.#analysis.dispose();
  }

  #ask(folder: Folder, delay: number): void {
    this.#sendStatus();
    this.#pauses.after(folder.uri, delay, () => this.#analysis.analyse(folder.path, folder.revision));
  }

  #accept(path: string, revision: number, result: FolderResult): void {
    const folder = this.#folders.withPath(path);
    if (!folder) return;
    folder.accept(result, revision);
    if (this.#trouble?.phase === 'degraded') this.#trouble = undefined;
    // In steps, so that whoever asked meanwhile is answered in between.
    this.#soon(folder, () => {
      this.#publish(folder);
      this.#soon(folder, () => {
        this.count();
        void this.#connection.sendNotification(contractChanged);
        this.#refresh(folder);
      });
    });
  }

  /** Unless the folder is closed until then. */
  #soon(folder: Folder, step: () => void): void {
    setImmediate(() => {
      if (this.#folders.withPath(folder.path) === folder) step();
    });
  }

  #publish(folder: Folder): void {
    const shown = folder.diagnostics();
    if (shown) this.#publisher.say('drift', folder.uri, shown.byUri, shown.keep);
    // Linting tells these of documents that stand alone; a part of one is not linted by itself.
    const faults = folder.faults();
    if (faults) this.#publisher.say('syntax', folder.uri, faults.byUri, faults.keep);
  }

  #refresh({ settings }: Folder): void {
    const { lenses, hints, tokens, folds } = this.#canRefresh;
    if (lenses) void this.#connection.sendRequest(CodeLensRefreshRequest.type);
    if (hints && (settings['inlayHints.enabled'] || settings['inlayHints.specs']))
      void this.#connection.languages.inlayHint.refresh();
    if (tokens) void this.#connection.languages.semanticTokens.refresh();
    if (folds) void this.#connection.sendRequest(FoldingRangeRefreshRequest.type);
  }

  #inTrouble(phase: 'degraded' | 'failed', message: string): void {
    this.#connection.console.error(message);
    this.#trouble = { phase, message };
    this.#sendStatus();
  }

  #phase(): Phase {
    if (this.#trouble) return this.#trouble.phase;
    const folders = this.#folders.all();
    if (folders.some(({ index }) => index === undefined)) return 'starting';
    return folders.every((folder) => folder.isCurrent) ? 'ready' : 'working';
  }

  /** Figures are computed anew. */
  count(): void {
    const measured = this.#folders
      .all()
      .flatMap(({ index, linted }) => (index ? [{ index, lint: lintMeasure(index, linted) }] : []));
    this.#figures = figuresOf(
      measured.map(({ index }) => index),
      measured.map(({ lint }) => lint),
    );
    this.#sendStatus();
  }

  #sendStatus(): void {
    const message = this.#trouble?.message ?? this.#lintTrouble;
    const status: Status = {
      phase: this.#phase(),
      ...(message !== undefined && { message }),
      lintFailed: this.#lintTrouble !== undefined,
      restricted: !this.#trusted,
      ...this.#figures,
    };
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    void this.#connection.sendNotification(statusChanged, status);
  }
}
