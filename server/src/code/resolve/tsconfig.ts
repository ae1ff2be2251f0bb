/** What tsconfig.json and jsconfig.json say about where modules are. */

import { fileId, type FileId } from '../../contract/span.ts';
import { parseJsonc } from '../../text/jsonc.ts';
import { ancestors, dirOf, joinDirs, joinFile } from './file-path.ts';
import { isObject, listOf, objectOf, textOf, textsOf, type JsonObject } from './json.ts';
import type { Packages } from './packages.ts';

/** Options of one configuration after `extends`; every folder is relative to the workspace. */
export interface ModuleOptions {
  readonly file: FileId;
  readonly baseUrl?: string;
  /** Patterns with at most one `*` and their targets, which are relative to `pathsBase`. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly pathsBase: string;
  readonly rootDirs: readonly string[];
  readonly outDir?: string;
  readonly rootDir?: string;
}

export interface TsConfigs {
  /** The configurations of the nearest folder that has some, most authoritative first. */
  governing(dir: string): readonly ModuleOptions[];
  /** Those of every folder above that one, nearest first. */
  outer(dir: string): readonly ModuleOptions[];
  /** Those that lie in this very folder or are referenced from it. */
  at(dir: string): readonly ModuleOptions[];
}

const maxReferences = 32;

export function createTsConfigs(configs: ReadonlyMap<FileId, string>, packages: Packages): TsConfigs {
  const parsed = new Map<FileId, JsonObject | undefined>();
  const byDir = new Map<string, FileId[]>();
  const cache = new Map<string, readonly ModuleOptions[]>();

  for (const file of configs.keys()) {
    if (!/(?:^|\/)[tj]sconfig[^/]*\.json$/.test(file)) continue;
    byDir.set(dirOf(file), [...(byDir.get(dirOf(file)) ?? []), file]);
  }

  function read(file: FileId): JsonObject | undefined {
    if (parsed.has(file)) return parsed.get(file);
    const text = configs.get(file);
    const value = text === undefined ? undefined : parseJsonc(text);
    const config = isObject(value) ? value : undefined;
    parsed.set(file, config);
    return config;
  }

  /** A file that `extends` or `references` names: with or without `.json`, or a folder. */
  function named(path: string): FileId | undefined {
    return [fileId(path), fileId(`${path}.json`), joinFile(path, 'tsconfig.json')].find((file) =>
      configs.has(file),
    );
  }

  function base(from: FileId, name: string): FileId | undefined {
    if (name.startsWith('.')) return named(joinDirs(dirOf(from), name));
    const parts = name.split('/');
    const length = name.startsWith('@') ? 2 : 1;
    const subpath = parts.slice(length).join('/');
    for (const dir of packages.named(parts.slice(0, length).join('/'))) {
      const file = named(joinDirs(dir, subpath));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  function options(file: FileId, seen: ReadonlySet<FileId>): ModuleOptions | undefined {
    const config = read(file);
    if (config === undefined || seen.has(file)) return undefined;
    const inherited = textsOf(config['extends']).flatMap((name) => {
      const target = base(file, name);
      const found = target === undefined ? undefined : options(target, new Set([...seen, file]));
      return found === undefined ? [] : [found];
    });
    return inherited.concat(own(file, objectOf(config['compilerOptions']))).reduce(override);
  }

  /** Own configurations of a folder in order of authority, with what they reference. */
  function at(dir: string): readonly ModuleOptions[] {
    const cached = cache.get(dir);
    if (cached !== undefined) return cached;
    const queue = [...(byDir.get(dir) ?? [])].sort((a, b) => authority(a) - authority(b) || (a < b ? -1 : 1));
    const files = new Set<FileId>();
    for (const file of queue) {
      if (files.has(file) || files.size >= maxReferences) continue;
      files.add(file);
      for (const reference of listOf(read(file)?.['references'])) {
        const target = named(joinDirs(dirOf(file), textOf(objectOf(reference)['path']) ?? ''));
        // A tsconfig.json of another folder governs that folder; only a variant speaks for this one.
        if (target !== undefined && !target.endsWith('/tsconfig.json')) queue.push(target);
      }
    }
    const found = [...files].flatMap((file) => options(file, new Set()) ?? []);
    cache.set(dir, found);
    return found;
  }

  return {
    at,
    governing(dir) {
      const nearest = ancestors(dir).find((above) => byDir.has(above));
      return nearest === undefined ? [] : at(nearest);
    },
    outer(dir) {
      const dirs = ancestors(dir).filter((above) => byDir.has(above));
      return dirs.slice(1).flatMap((above) => at(above));
    },
  };
}

/** tsconfig.json itself first, then what other tools compile with, configurations of tests last. */
function authority(file: FileId): number {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === 'tsconfig.json') return 0;
  if (name === 'jsconfig.json') return 1;
  if (/spec|test|e2e|jest|cypress|storybook|lint/.test(name)) return 4;
  return /base|app|build|server|node/.test(name) ? 2 : 3;
}

function own(file: FileId, compiler: JsonObject): ModuleOptions {
  const dir = dirOf(file);
  // TypeScript 5.5: `${configDir}` is the folder of the outermost configuration; the defining one is near enough.
  const place = (path: string): string => joinDirs(dir, path.replace(/^\$\{configDir\}/, '.'));
  const folder = (key: string): string | undefined => {
    const path = textOf(compiler[key]);
    return path === undefined ? undefined : place(path);
  };
  const baseUrl = folder('baseUrl');
  const outDir = folder('outDir');
  const rootDir = folder('rootDir');
  return {
    file,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
    paths: new Map(
      Object.entries(objectOf(compiler['paths'])).map(([pattern, targets]) => [
        pattern,
        textsOf(targets).map((target) => target.replace(/^\$\{configDir\}/, '.')),
      ]),
    ),
    pathsBase: dir,
    rootDirs: textsOf(compiler['rootDirs']).map(place),
  };
}

/** An extending configuration replaces whole options; `paths` are relative to `baseUrl` where there is one. */
function override(base: ModuleOptions, over: ModuleOptions): ModuleOptions {
  const paths = over.paths.size > 0 ? over : base;
  return {
    ...base,
    ...over,
    paths: paths.paths,
    pathsBase: paths.pathsBase,
    rootDirs: over.rootDirs.length > 0 ? over.rootDirs : base.rootDirs,
  };
}
