/**
 * Facts on disk. A fact is found again only for the same file with the same bytes, made by the same build.
 * Whatever is wrong with the cache, it is an empty cache.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { FileId } from '../contract/span.ts';

/** Bump when the layout of the cache file changes. */
const CACHE_FORMAT = 1;

export interface FactsCache {
  /** The kept value for these bytes, else what `make` returns, which is kept. */
  through<T>(kind: string, file: FileId, hash: string, make: () => T): T;
  /** Writes what this run used, if anything in it is new. */
  save(): void;
}

export const noCache: FactsCache = {
  through: (_kind, _file, _hash, make) => make(),
  save: () => {},
};

/**
 * The last facts of each file in memory, for who reads files over and over. What is not there is asked of a cache on
 * disk, until that is saved: edits to come are of no use to another run.
 */
export class RecentFacts implements FactsCache {
  readonly #last = new Map<string, { readonly hash: string; readonly value: unknown }>();
  #disk: FactsCache;

  constructor(disk: FactsCache) {
    this.#disk = disk;
  }

  through<T>(kind: string, file: FileId, hash: string, make: () => T): T {
    const key = `${kind}\0${file}`;
    const last = this.#last.get(key);
    if (last?.hash === hash) return last.value as T;
    const value = this.#disk.through(kind, file, hash, make);
    this.#last.set(key, { hash, value });
    return value;
  }

  save(): void {
    this.#disk.save();
    this.#disk = noCache;
  }
}

interface CacheFile {
  readonly format: number;
  readonly build: string;
  /** Serialised one by one, so that only what is asked for is read. */
  readonly entries: ReadonlyMap<string, Uint8Array>;
}

/** `build` names the program that makes the facts: facts of another build are not trusted. */
export function openCache(path: string, build: string): FactsCache {
  const before = load(path, build);
  const used = new Map<string, Uint8Array>();
  let fresh = false;
  return {
    through<T>(kind: string, file: FileId, hash: string, make: () => T): T {
      const key = `${kind}\0${file}\0${hash}`;
      const kept = before.get(key);
      const value = kept === undefined ? undefined : (read(kept) as { readonly value: T } | undefined);
      if (kept !== undefined && value !== undefined) {
        used.set(key, kept);
        return value.value;
      }
      const made = make();
      used.set(key, serialize({ value: made }));
      fresh = true;
      return made;
    },
    save() {
      if (fresh || used.size !== before.size) write(path, { format: CACHE_FORMAT, build, entries: used });
    },
  };
}

function load(path: string, build: string): ReadonlyMap<string, Uint8Array> {
  try {
    const content = deserialize(readFileSync(path)) as CacheFile;
    if (content.format === CACHE_FORMAT && content.build === build && content.entries instanceof Map) {
      return content.entries;
    }
  } catch {
    // Missing or damaged.
  }
  return new Map();
}

function read(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return undefined;
  }
}

function write(path: string, content: CacheFile): void {
  const partial = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, serialize(content));
    // Renaming is atomic, so two runs at once cannot damage the file.
    renameSync(partial, path);
  } catch {
    // A cache that cannot be written is a slower next run.
  }
}
