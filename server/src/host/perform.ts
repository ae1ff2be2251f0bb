/** Does the engine's work: reads files from disk and runs the readers on their texts. */

import { statSync } from 'node:fs';
import { scanText } from '../code/scan.ts';
import type { Renamed, SourceFolder, SourceRename } from '../contract/rename.ts';
import type { ModuleFacts } from '../code/program/program.ts';
import type { FileId } from '../contract/span.ts';
import type { WorkItem, WorkResult } from '../engine/work.ts';
import { detectSpec } from '../specs/openapi/detect.ts';
import { readAnnotations } from '../text/annotations.ts';
import { readDocument } from '../text/document.ts';
import type { Content, FactsCache } from './facts-cache.ts';
import { codeLimit, documentLimit } from './limits.ts';
import { versionOf } from './list-files.ts';
import { hashOf, readText, type TextRead } from './read-text.ts';
import type { Workspace } from './workspace.ts';

/** What needs the TypeScript parser. It is large, so it is loaded when the first file asks for it. */
export interface Analysis {
  readModule(file: FileId, text: string): ModuleFacts;
  renameInSources(folder: SourceFolder, rename: SourceRename): Renamed;
}

export interface Performing {
  readonly workspace: Workspace;
  /** The text that an editor holds of the file: it counts, and not what is on disk. */
  readonly openText?: (file: FileId) => string | undefined;
  readonly cache: FactsCache;
  readonly loadAnalysis: () => Analysis;
  /** Hears of each content that is read. */
  readonly onRead?: (content: Content) => void;
}

export function perform(host: Performing, item: WorkItem): WorkResult {
  const { file } = item;
  if (item.kind === 'probe') return probe(host.workspace, file);
  const { version } = item;
  switch (item.kind) {
    case 'config': {
      const { text, problem } = read(host, file, documentLimit);
      return { kind: 'config', file, version, text, ...given({ problem }) };
    }
    case 'sniff': {
      const { text, hash, problem } = read(host, file, documentLimit);
      return { kind: 'sniff', file, version, hash, ...given({ problem, spec: detectSpec(text) }) };
    }
    case 'scan': {
      const found = read(host, file, codeLimit);
      const scan = host.cache.through('scan', file, found, () => scanText(found.text));
      return { kind: 'scan', file, version, scan, ...given({ problem: found.problem }) };
    }
    case 'document': {
      const content = read(host, file, documentLimit);
      const { text, problem } = content;
      const found = host.cache.through('document', file, content, () => readDocument(file, text));
      // What is wrong with the file is also why its text is.
      const facts = problem !== undefined && text === '' ? { ...found, problems: [] } : found;
      return { kind: 'document', file, version, facts, ...given({ problem }) };
    }
    case 'module': {
      const content = read(host, file, codeLimit);
      const facts = host.cache.through('module', file, content, () =>
        host.loadAnalysis().readModule(file, content.text),
      );
      return { kind: 'module', file, version, facts, ...given({ problem: content.problem }) };
    }
    case 'annotations': {
      const content = read(host, file, codeLimit);
      const facts = host.cache.through('annotations', file, content, () =>
        readAnnotations(file, content.text),
      );
      return { kind: 'annotations', file, version, facts, ...given({ problem: content.problem }) };
    }
  }
}

function read(host: Performing, file: FileId, limit: number): TextRead {
  const open = host.openText?.(file);
  const found =
    open === undefined
      ? readText(host.workspace.pathOf(file), file, limit)
      : { text: open, hash: hashOf(open) };
  host.onRead?.(found);
  return found;
}

function probe(workspace: Workspace, file: FileId): WorkResult {
  try {
    const stat = statSync(workspace.pathOf(file));
    if (stat.isFile()) return { kind: 'probe', file, version: versionOf(stat) };
  } catch {
    // Whatever the reason: for whoever refers to it, it is not there.
  }
  return { kind: 'probe', file };
}

/** Leaves out what is undefined, as `exactOptionalPropertyTypes` asks. */
function given<T extends Readonly<Record<string, unknown>>>(
  optional: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const defined = Object.entries(optional).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
