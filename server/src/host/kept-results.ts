/**
 * What was assembled, on disk, with all that it rests on. A run over the same files then assembles nothing and reads
 * them only to see that they are the same.
 */

import { createHash } from 'node:crypto';
import type { Scan } from '../code/scan.ts';
import { fileId, type FileId } from '../contract/span.ts';
import type { Assembling, Kept } from '../engine/kept.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { ListedFile, WorkItem, WorkKind, WorkResult } from '../engine/work.ts';
import { pack, readCacheFile, unpack, writeCacheFile } from './cache-file.ts';
import { codeLimit, documentLimit } from './limits.ts';
import { perform, type Performing } from './perform.ts';
import { readText } from './read-text.ts';

/** What a result rests on. `work` has what came of each piece of work that was done for it. */
interface Grounds {
  readonly settings: string;
  readonly listing: string;
  readonly work: ReadonlyMap<string, string>;
}

/** The work that each side asks for: the same in every run until one of its outcomes differs. Code may load documents besides. */
const kindsOf: Readonly<Record<Assembling, ReadonlySet<WorkKind>>> = {
  spec: new Set(['sniff', 'document', 'probe']),
  code: new Set(['config', 'scan', 'module', 'annotations', 'probe']),
};

/** `hash` is of the bytes that were read, empty where they could not be. */
interface Outcome {
  readonly hash: string;
  readonly scan?: Scan;
}

export interface KeptResults extends Kept {
  /** Does a piece of work and notes what came of it. */
  work(item: WorkItem): WorkResult;
  /** Writes what was made anew, if anything was. */
  save(): void;
}

export interface Keeping {
  readonly path: string;
  readonly build: string;
  readonly settings: EngineSettings;
  readonly files: readonly ListedFile[];
}

export function openKeptResults(host: Performing, { path, build, settings, files }: Keeping): KeptResults {
  const before = readCacheFile(path, build);
  const done = new Map<string, Outcome>();
  const looked = new Map<string, Outcome | undefined>();
  const recalled = new Map<Assembling, unknown>();
  const made = new Map<Assembling, { readonly value: object; readonly documents: readonly FileId[] }>();
  const listing = digest(
    files
      .map(({ file, code, document, config, aside }) => ({ file, code, document, config, aside }))
      .sort(byFile),
  );
  // What is linked and what rules look for is decided afterwards.
  const assembled = { ...settings, bindings: undefined, rules: undefined };
  const settingsOf: Readonly<Record<Assembling, string>> = {
    spec: digest({ ...assembled, roots: undefined }),
    code: digest({ ...assembled, specs: undefined }),
  };
  let hash = '';
  const noting: Performing = {
    ...host,
    onRead: (content) => {
      ({ hash } = content);
    },
  };

  /** Would this piece of work give what it gave? What was not done in this run is looked at now. */
  function isStill(key: string, outcome: string): boolean {
    if (!done.has(key) && !looked.has(key)) looked.set(key, lookAt(itemOf(key)));
    const now = done.get(key) ?? looked.get(key);
    if (now === undefined || now.hash === '') return false;
    // Most edits leave what a file imports as it is.
    const [was, scan] = outcome.split(' ');
    return now.hash === was || (now.scan !== undefined && digest(now.scan) === scan);
  }

  function lookAt({ kind, file }: Item): Outcome | undefined {
    const read = (limit: number): Outcome => readText(host.workspace.pathOf(file), file, limit);
    switch (kind) {
      case 'module':
      case 'annotations':
        return done.get(keyOf({ kind: 'scan', file })) ?? read(codeLimit);
      case 'document':
        return done.get(keyOf({ kind: 'sniff', file })) ?? read(documentLimit);
      case 'probe':
        return outcomeOf(perform(host, { kind, file }), '');
      default:
        return undefined;
    }
  }

  function groundsOf(side: Assembling, documents: readonly FileId[]): Grounds {
    const loaded = new Set(documents.map((file) => keyOf({ kind: 'document', file })));
    const work = new Map<string, string>();
    for (const [key, { hash: read, scan }] of done)
      if (isOf(side, key) || loaded.has(key))
        work.set(key, scan === undefined ? read : `${read} ${digest(scan)}`);
    return { settings: settingsOf[side], listing, work };
  }

  return {
    work(item) {
      const result = perform(noting, item);
      done.set(keyOf(item), outcomeOf(result, hash));
      return result;
    },
    recall(side) {
      const grounds = unpack<Grounds>(before.get(`${side} grounds`))?.value;
      if (grounds?.settings !== settingsOf[side] || grounds.listing !== listing) return undefined;
      for (const key of done.keys()) if (isOf(side, key) && !grounds.work.has(key)) return undefined;
      for (const [key, outcome] of grounds.work) if (!isStill(key, outcome)) return undefined;
      if (!recalled.has(side)) recalled.set(side, unpack(before.get(side))?.value);
      return recalled.get(side);
    },
    keep(side, value, documents) {
      made.set(side, { value, documents });
    },
    save() {
      if (made.size === 0) return;
      const after = new Map(before);
      for (const [side, { value, documents }] of made) {
        after.set(`${side} grounds`, pack(groundsOf(side, documents)));
        after.set(side, pack(value));
      }
      writeCacheFile(path, build, after);
    },
  };
}

interface Item {
  readonly kind: WorkKind;
  readonly file: FileId;
}

function keyOf({ kind, file }: Item): string {
  return `${kind}\0${file}`;
}

function itemOf(key: string): Item {
  const [kind = '', file = ''] = key.split('\0');
  return { kind: kind as WorkKind, file: fileId(file) };
}

function isOf(side: Assembling, key: string): boolean {
  return kindsOf[side].has(itemOf(key).kind);
}

function outcomeOf(result: WorkResult, hash: string): Outcome {
  if (result.kind === 'probe') return { hash: result.version === undefined ? 'absent' : 'there' };
  return result.kind === 'scan' ? { hash, scan: result.scan } : { hash };
}

function digest(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64url');
}

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return a.file < b.file ? -1 : 1;
}
