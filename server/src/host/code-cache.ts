/**
 * Loads a bundle with V8's compiled form of it kept on disk: compiling the TypeScript parser anew at every start
 * costs more than reading a small workspace. Newer versions of Node do this themselves; here is the same for older
 * ones. Any failure means a plain load.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';

export interface BundleLoader {
  load(path: string): unknown;
  /** Keeps the compiled form of what was loaded, functions that ran included. Call it last. */
  keep(): void;
}

export function createBundleLoader(cacheFolder: string): BundleLoader {
  // Node 22.1 and later; the types are those of the oldest version that we support.
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache !== undefined) {
    enableCompileCache(join(cacheFolder, 'compiled'));
    return { load: (path) => createRequire(path)(path), keep: () => {} };
  }
  const loaded = new Map<string, unknown>();
  const scripts: { readonly script: Script; readonly cacheFile: string }[] = [];
  return {
    load(path) {
      if (loaded.has(path)) return loaded.get(path);
      const source = readFileSync(path, 'utf8');
      const cacheFile = join(cacheFolder, 'compiled', `${keyOf(source)}.bin`);
      const cachedData = readOrUndefined(cacheFile);
      const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
      const script = new Script(wrapped, {
        filename: path,
        ...(cachedData === undefined ? {} : { cachedData }),
      });
      if (cachedData === undefined || script.cachedDataRejected === true) scripts.push({ script, cacheFile });
      const module = { exports: {} as unknown };
      const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
      run(module.exports, createRequire(path), module, path, dirname(path));
      loaded.set(path, module.exports);
      return module.exports;
    },
    keep() {
      for (const { script, cacheFile } of scripts.splice(0)) write(cacheFile, script.createCachedData());
    },
  };
}

function keyOf(source: string): string {
  const { version, arch } = process;
  return createHash('sha1').update(`${version} ${arch}\0`).update(source).digest('hex');
}

function readOrUndefined(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function write(path: string, data: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, data);
    renameSync(partial, path);
  } catch {
    // The next start compiles again.
  }
}
