/**
 * Facts on disk. A fact is found again only for the same file with the same bytes, made by the same build.
 * Whatever is wrong with the cache, it is an empty cache.
 */

import type { FileId } from '../contract/span.ts';
import { pack, readCacheFile, unpack, writeCacheFile, type CacheEntries } from './cache-file.ts';

/** What a fact is made of, by the hash of its bytes; it may be computed when it is asked for. */
export interface Content {
  readonly hash: string;
}

export interface FactsCache {
  /** The kept value for these bytes, else what `make` returns, which is kept. */
  through<T>(kind: string, file: FileId, content: Content, make: () => T): T;
  /** Writes what this run used, if anything in it is new. */
  save(): void;
}

export const noCache: FactsCache = {
  through: (_kind, _file, _content, make) => make(),
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

  through<T>(kind: string, file: FileId, content: Content, make: () => T): T {
    const { hash } = content;
    const key = `${kind}\0${file}`;
    const last = this.#last.get(key);
    if (last?.hash === hash) return last.value as T;
    const value = this.#disk.through(kind, file, content, make);
    this.#last.set(key, { hash, value });
    return value;
  }

  save(): void {
    this.#disk.save();
    this.#disk = noCache;
  }
}

/** `build` names the program that makes the facts: facts of another build are not trusted. */
export function openCache(path: string, build: string): FactsCache {
  let before: CacheEntries | undefined;
  const used = new Map<string, Uint8Array>();
  const kinds = new Set<string>();
  let fresh = false;
  return {
    through<T>(kind: string, file: FileId, content: Content, make: () => T): T {
      before ??= readCacheFile(path, build);
      kinds.add(kind);
      const key = `${kind}\0${file}\0${content.hash}`;
      const kept = before.get(key);
      const found = unpack<T>(kept);
      if (kept !== undefined && found !== undefined) {
        used.set(key, kept);
        return found.value;
      }
      const made = make();
      used.set(key, pack(made));
      fresh = true;
      return made;
    },
    save() {
      if (before === undefined) return;
      // Where no fact of a kind was asked for, what is made of them was at hand; they are worth as much as before.
      for (const [key, bytes] of before)
        if (!kinds.has(key.slice(0, key.indexOf('\0')))) used.set(key, bytes);
      if (fresh || used.size !== before.size) writeCacheFile(path, build, used);
    },
  };
}
