/** One workspace folder, kept analysed while it is edited: an engine, the files on disk, and what editors hold unsaved. */

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding, Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { analyse, type Snapshot } from '../engine/snapshot.ts';
import type { ListedFile, WorkItem, WorkResult } from '../engine/work.ts';
import { scanText } from '../code/scan.ts';
import { detectSpec } from '../specs/openapi/detect.ts';
import { readDocument } from '../text/document.ts';
import { classify, skippedFolders } from './classify.ts';
import { configure } from './configure.ts';
import { drive } from './drive.ts';
import { noCache } from './facts-cache.ts';
import { ignoredAbove, isIgnored, withFolder } from './ignored.ts';
import { listFiles } from './list-files.ts';
import { perform, type Analysis, type Performing } from './perform.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export interface FolderResult {
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  /** Files whose unsaved text does not parse while an earlier one did: what is said of them comes from that one. */
  readonly held: readonly FileId[];
  /** What is wrong with the held texts. */
  readonly heldProblems: readonly Problem[];
}

export interface FolderAnalysis {
  /** Takes the text that an editor holds; undefined when it lets go of the file. */
  edit(path: string, text: string | undefined): void;
  /** Files on disk that came, changed or went. */
  changed(paths: readonly string[]): void;
  /** Everything that follows from what is known now. */
  result(): FolderResult;
}

/** Configuration files whose change can change everything. */
const configName = /(?:^|[\\/])(?:backend-contract\.config\.(?:ya?ml|json)|\.gitignore)$/;

const manyFiles = 100;

/** `loadAnalysis` gives the parser of source code, when the first file needs it. */
export function openFolder(folder: string, loadAnalysis: () => Analysis): FolderAnalysis {
  const workspace = openWorkspace(folder);
  const overlays = new Map<FileId, Overlay>();
  const host: Performing = { workspace, cache: noCache, loadAnalysis };
  let state = start(workspace, host, overlays);
  let edition = 0;

  /** Does the text say as much as the one before, as far as a parser can tell? */
  function parses(file: FileId, text: string): readonly Problem[] {
    const found = classify(file);
    if (found?.document === true) return readDocument(file, text).problems;
    return found?.code === true ? loadAnalysis().readModule(file, text).problems : [];
  }

  function list(file: FileId, path: string): void {
    const listed = listedFile(file, path, overlays.get(file));
    state.engine.apply([listed ? { kind: 'set', listed } : { kind: 'remove', file }]);
  }

  return {
    edit(path, text) {
      const file = workspace.idOf(path);
      if (file.startsWith('../') || !classify(file)) return;
      if (text === undefined) {
        overlays.delete(file);
      } else {
        const before = overlays.get(file);
        if (before?.text === text && before.held === undefined) return;
        const problems = parses(file, text);
        edition += 1;
        if (problems.length > 0 && state.good.has(file)) {
          overlays.set(file, { ...(before ?? diskOverlay), held: problems });
          return;
        }
        if (problems.length === 0) state.good.add(file);
        overlays.set(file, { text, version: `edit ${edition}`, held: undefined });
      }
      list(file, path);
    },
    changed(paths) {
      if (paths.some((path) => configName.test(path))) {
        state = start(workspace, host, overlays);
        return;
      }
      // A branch switch: listing anew costs less than asking about each file.
      if (paths.length > manyFiles) state = start(workspace, host, overlays);
      else for (const path of paths) if (isListed(workspace, path)) list(workspace.idOf(path), path);
    },
    result() {
      drive(state.engine, state.work);
      const snapshot = state.engine.snapshot();
      const held = [...overlays].filter(([, overlay]) => overlay.held !== undefined);
      for (const { file } of snapshot.specs) state.good.add(file);
      return {
        snapshot: { ...snapshot, problems: [...state.problems, ...snapshot.problems] },
        findings: analyse(snapshot, state.settings),
        held: held.map(([file]) => file),
        heldProblems: held.flatMap(([, overlay]) => overlay.held ?? []),
      };
    },
  };
}

/** Would a listing of the folder have it? What is gone is no matter. */
function isListed(workspace: Workspace, path: string): boolean {
  const parts = workspace.idOf(path).split('/').slice(0, -1);
  if (parts.some((part) => skippedFolders.has(part) || (part.startsWith('.') && part !== '..'))) return false;
  const folder = dirname(path);
  return !isIgnored(withFolder(ignoredAbove(folder), folder), path, false);
}

interface Overlay {
  /** Undefined where only the text on disk ever parsed. */
  readonly text: string | undefined;
  readonly version: string;
  /** What is wrong with a later text, which is not used. */
  readonly held: readonly Problem[] | undefined;
}

const diskOverlay: Overlay = { text: undefined, version: '', held: undefined };

interface Started {
  readonly engine: Engine;
  readonly work: (item: WorkItem) => WorkResult;
  readonly settings: EngineSettings;
  readonly problems: readonly Problem[];
  /** Files of which a text without faults was read. */
  readonly good: Set<FileId>;
}

function start(workspace: Workspace, host: Performing, overlays: ReadonlyMap<FileId, Overlay>): Started {
  const configured = configure(workspace, workspace.folder, {});
  const none: EngineSettings = { bindings: [], rules: { severities: {} } };
  const settings = typeof configured === 'string' ? none : configured.settings;
  const listing =
    typeof configured === 'string'
      ? { files: [], problems: [] }
      : listFiles(workspace, configured.folders, configured.ignore);
  const work = (item: WorkItem): WorkResult =>
    fromOverlay(item, overlays, host.loadAnalysis) ?? perform(host, item);
  const engine = createEngine(settings, work, 'edits');
  engine.apply(
    listing.files.map((listed) => ({ kind: 'set', listed: withOverlay(listed, overlays.get(listed.file)) })),
  );
  const problems = typeof configured === 'string' ? [] : [...configured.problems, ...listing.problems];
  return { engine, work, settings, problems, good: new Set(listing.files.map(({ file }) => file)) };
}

function withOverlay(listed: ListedFile, overlay: Overlay | undefined): ListedFile {
  return overlay?.text === undefined ? listed : { ...listed, version: overlay.version };
}

function listedFile(file: FileId, path: string, overlay: Overlay | undefined): ListedFile | undefined {
  const found = classify(file);
  if (!found) return undefined;
  if (overlay?.text !== undefined) return { file, version: overlay.version, ...found };
  try {
    const stat = statSync(path);
    return stat.isFile() ? { file, version: `${stat.size}-${stat.mtimeMs}`, ...found } : undefined;
  } catch {
    return undefined;
  }
}

function fromOverlay(
  item: WorkItem,
  overlays: ReadonlyMap<FileId, Overlay>,
  loadAnalysis: () => Analysis,
): WorkResult | undefined {
  const overlay = overlays.get(item.file);
  if (overlay?.text === undefined || item.kind === 'probe' || item.version !== overlay.version)
    return undefined;
  const { file, version } = item;
  const { text } = overlay;
  switch (item.kind) {
    case 'config':
      return { kind: 'config', file, version, text };
    case 'sniff': {
      const spec = detectSpec(text);
      return { kind: 'sniff', file, version, hash: version, ...(spec !== undefined && { spec }) };
    }
    case 'scan':
      return { kind: 'scan', file, version, scan: scanText(text) };
    case 'document':
      return { kind: 'document', file, version, facts: readDocument(file, text) };
    case 'module':
      return { kind: 'module', file, version, facts: loadAnalysis().readModule(file, text) };
  }
}
