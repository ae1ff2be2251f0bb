/** One workspace folder, kept analysed while it is edited: an engine, the files on disk, and what editors hold unsaved. */

import { existsSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import type { Renamed, SourceRename } from '../contract/rename.ts';
import { configFileNames } from '../config/config.ts';
import type { DocumentFacts } from '../contract/facts.ts';
import type { Finding, Hidden, Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { createJudge } from '../drift/run.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { judgeSnapshot, type Snapshot } from '../engine/snapshot.ts';
import type { ListedFile, WorkItem, WorkResult } from '../engine/work.ts';
import { readDocument } from '../text/document.ts';
import { flattenDocument, type FlatDocument } from '../text/flat-document.ts';
import { classify } from './classify.ts';
import { configure, noPreset, type Preset } from './configure.ts';
import { drive } from './drive.ts';
import { RecentFacts, type FactsCache } from './facts-cache.ts';
import { noPatterns } from './ignored.ts';
import { codeLimit } from './limits.ts';
import { listFiles, listOne } from './list-files.ts';
import { perform, type Analysis, type Performing } from './perform.ts';
import { hashOf, textOnDisk } from './read-text.ts';
import { openWorkspace } from './workspace.ts';

export interface FolderResult {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly hidden: Hidden;
  readonly held: readonly HeldFile[];
  /** Trees of the documents of specs that are not those of the result before. */
  readonly documents: readonly FlatDocument[];
}

/**
 * A file whose unsaved text does not parse while an earlier one did: what is said of it comes from that one, which is
 * the text of this revision, or what is on disk.
 */
export interface HeldFile {
  readonly file: FileId;
  readonly revision: number | undefined;
  /** What is wrong with the text that does not parse. */
  readonly faults: readonly Problem[];
}

export interface FolderAnalysis {
  /** Settings of the editor; none until then. */
  configure(preset: Preset): void;
  /** Takes the text that an editor holds; undefined when it lets go of the file. `revision` names it in results. */
  edit(path: string, text: string | undefined, revision: number): void;
  /** Files on disk that came, changed or went; a folder that went stands for all that was in it. */
  changed(paths: readonly string[]): void;
  /** What renaming something that code declares comes to. */
  rename(rename: SourceRename): Renamed;
  /** Everything that follows from what is known now. */
  result(): FolderResult;
}

/** A change of these can change which files there are, and what is made of all of them. */
const settingFiles: ReadonlySet<string> = new Set([...configFileNames, '.gitignore']);

/** Beyond this, listing anew costs less than asking about each: a branch switch. */
const manyFiles = 100;

/**
 * `loadAnalysis` gives the parser of source code, when the first file needs it. `cache` is where facts of an earlier
 * run may be.
 */
export function openFolder(folder: string, loadAnalysis: () => Analysis, cache: FactsCache): FolderAnalysis {
  const workspace = openWorkspace(folder);
  const overlays = new Map<FileId, Overlay>();
  const host: Performing = {
    workspace,
    cache: new RecentFacts(cache),
    loadAnalysis,
    openText: (file) => overlays.get(file)?.text,
  };
  const judge = createJudge();
  let preset = noPreset;
  let state = start(host, overlays, preset);
  let sent: ReadonlyMap<FileId, DocumentFacts> = new Map();

  /** What a parser finds wrong with the text. The engine finds what was parsed in the cache. */
  function faultsOf(file: FileId, text: string, hash: string): readonly Problem[] {
    const found = classify(file);
    const facts =
      found?.document === true
        ? host.cache.through('document', file, { hash }, () => readDocument(file, text))
        : found?.code === true
          ? host.cache.through('module', file, { hash }, () => loadAnalysis().readModule(file, text))
          : undefined;
    return facts?.problems ?? [];
  }

  function textOf(file: FileId): string | undefined {
    return overlays.get(file)?.text ?? textOnDisk(workspace.pathOf(file), file, codeLimit);
  }

  function list(file: FileId): void {
    const listed = state.listed(file);
    state.engine.apply([listed ? { kind: 'set', listed } : { kind: 'remove', file }]);
    if (listed) state.files.add(file);
    else state.files.delete(file);
  }

  return {
    configure(next) {
      preset = next;
      state = start(host, overlays, preset);
    },
    edit(path, text, revision) {
      const file = workspace.idOf(path);
      if (!classify(file)) return;
      const before = overlays.get(file);
      if (text === undefined) overlays.delete(file);
      else if (before?.text === text) overlays.set(file, { ...before, revision, faults: undefined });
      else {
        const hash = hashOf(text);
        const faults = faultsOf(file, text, hash);
        const isWhole = faults.length === 0;
        if (!isWhole && state.good.has(file)) {
          overlays.set(file, { ...(before ?? { text: undefined, revision: undefined }), faults });
          return;
        }
        overlays.set(file, { text, version: `open ${hash}`, revision, faults: undefined });
        if (isWhole) state.good.add(file);
      }
      list(file);
    },
    changed(paths) {
      const names = paths.map((path) => basename(path));
      const isSetting = names.some((name) => settingFiles.has(name)) || paths.includes(state.baseline);
      if (paths.length > manyFiles || isSetting) {
        state = start(host, overlays, preset);
        return;
      }
      for (const path of paths) {
        const file = workspace.idOf(path);
        if (classify(file)) list(file);
        else if (!existsSync(path))
          for (const each of [...state.files]) if (each.startsWith(`${file}/`)) list(each);
      }
    },
    rename: (rename) =>
      loadAnalysis().renameInSources(
        {
          path: workspace.folder.split(sep).join('/'),
          files: [...state.files].filter((file) => classify(file)?.code === true && !file.startsWith('../')),
          read: (file) => textOf(file),
          readPath: (path) => textOnDisk(path, workspace.idOf(path), codeLimit),
        },
        rename,
      ),
    result() {
      drive(state.engine, state.work);
      const snapshot = state.engine.snapshot();
      host.cache.save();
      const specFiles = new Set(snapshot.specs.flatMap(({ files }) => files));
      const documents = new Map([...state.documents].filter(([file]) => specFiles.has(file)));
      const changed = [...documents].filter(([file, facts]) => sent.get(file) !== facts);
      sent = documents;
      const { findings, ignored, known } = judgeSnapshot(snapshot, state.settings, judge);
      return {
        snapshot: { ...snapshot, problems: [...state.problems, ...snapshot.problems] },
        findings,
        hidden: { ignored, known },
        held: [...overlays].flatMap(([file, { faults, revision }]) =>
          faults ? [{ file, revision, faults }] : [],
        ),
        documents: changed.map(([, facts]) => flattenDocument(facts)),
      };
    },
  };
}

/** What an editor holds of a file. */
interface Overlay {
  /** Undefined where only the text on disk ever parsed. */
  readonly text: string | undefined;
  /** Names the text. */
  readonly version?: string;
  readonly revision: number | undefined;
  /** What is wrong with a later text, which does not parse; undefined where there is none. */
  readonly faults: readonly Problem[] | undefined;
}

interface Started {
  readonly engine: Engine;
  readonly work: (item: WorkItem) => WorkResult;
  readonly settings: EngineSettings;
  /** Absolute path of the file of known findings. */
  readonly baseline: string;
  readonly problems: readonly Problem[];
  /** Files that the engine knows of. */
  readonly files: Set<FileId>;
  /** Files of which a text without faults was read. */
  readonly good: Set<FileId>;
  /** The last trees of documents. */
  readonly documents: ReadonlyMap<FileId, DocumentFacts>;
  /** The file as the engine is to be told of it now; undefined where there is none for it. */
  listed(file: FileId): ListedFile | undefined;
}

function start(host: Performing, overlays: ReadonlyMap<FileId, Overlay>, preset: Preset): Started {
  const { workspace } = host;
  const configured = configure(workspace, workspace.folder, {}, preset);
  // A folder that went away has nothing in it.
  const { settings, folders, ignore, baseline, problems } =
    typeof configured === 'string'
      ? {
          settings: { bindings: [], rules: { severities: {} } },
          folders: [],
          ignore: noPatterns,
          baseline: '',
          problems: [],
        }
      : configured;
  const listing = listFiles(workspace, folders, ignore);
  const documents = new Map<FileId, DocumentFacts>();
  /** Files that no listing has and that something refers to. */
  const named = new Set<FileId>();
  const versionOf = (file: FileId): string | undefined => overlays.get(file)?.version;
  const work = (item: WorkItem): WorkResult => {
    const result = perform(host, item);
    if (result.kind === 'document') documents.set(result.file, result.facts);
    if (result.kind === 'probe' && result.version !== undefined) named.add(result.file);
    return result;
  };
  const engine = createEngine(settings, work, 'edits');
  const listed = (file: FileId): ListedFile | undefined => {
    const path = workspace.pathOf(file);
    const version = versionOf(file);
    return named.has(file)
      ? listOne(workspace, [dirname(path)], noPatterns, path, version)
      : listOne(workspace, folders, ignore, path, version);
  };
  const files = new Map(
    listing.files.map((one) => [one.file, { ...one, version: versionOf(one.file) ?? one.version }]),
  );
  for (const file of overlays.keys()) {
    const open = listed(file);
    if (open) files.set(file, open);
  }
  engine.apply([...files.values()].map((one) => ({ kind: 'set', listed: one })));
  return {
    engine,
    work,
    settings,
    baseline,
    problems: [...problems, ...listing.problems],
    files: new Set(files.keys()),
    good: new Set(files.keys()),
    documents,
    listed,
  };
}
