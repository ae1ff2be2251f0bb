/** Cache files: named pieces of data, serialised one by one, so that only what is asked for is read. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { deserialize, serialize } from 'node:v8';

/** Bump when the layout of cache files changes. */
const CACHE_FORMAT = 2;

interface CacheFile {
  readonly format: number;
  readonly build: string;
  readonly entries: CacheEntries;
}

export type CacheEntries = ReadonlyMap<string, Uint8Array>;

/** `build` names the program that wrote it: what another build made is not trusted. Whatever is wrong with the file, it is empty. */
export function readCacheFile(path: string, build: string): CacheEntries {
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

export function writeCacheFile(path: string, build: string, entries: CacheEntries): void {
  const content: CacheFile = { format: CACHE_FORMAT, build, entries };
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

export function pack(value: unknown): Uint8Array {
  return serialize({ value });
}

/** Undefined where there is nothing, or nothing that can be read. */
export function unpack<T>(bytes: Uint8Array | undefined): { readonly value: T } | undefined {
  if (bytes === undefined) return undefined;
  try {
    return deserialize(bytes) as { readonly value: T };
  } catch {
    return undefined;
  }
}
