/** From a place in a package to the source file there, through build output that the workspace does not hold. */

import type { FileId } from '../../contract/span.ts';
import { targetsOf } from './conditions.ts';
import { below, joinDirs, joinFile } from './file-path.ts';
import { textOf } from './json.ts';
import type { Packages } from './packages.ts';
import type { Probe } from './probe.ts';
import type { TsConfigs } from './tsconfig.ts';

export interface Locator {
  /** A file or folder as Node and TypeScript load it, `main` and `index` included. */
  load(path: string, from: FileId): FileId | undefined;
  /** As `load` for what can only be a folder: `..`, `./users/`. */
  folder(path: string, from: FileId): FileId | undefined;
  /** As `load`, and where that is build output of the package in `dir`, what it is built from. */
  source(dir: string, path: string, from: FileId): FileId | undefined;
  /** The file that `import 'name/subpath'` means in the package of `dir`. */
  entry(dir: string, subpath: string, from: FileId): FileId | undefined;
}

const entryKeys = ['source', 'main', 'module', 'types', 'typings'];
/** Folders that hold nothing but output. `lib` and others are sources as often, so what is there is taken as it is. */
const outputOnly = /^(?:dist|build|out|output|compiled|\.build|\.output)\//;
const outputMaybe = /^(?:lib|es|esm|cjs|js|types)\//;
/** One folder per module format, as dual builds have. */
const format = /^(?:cjs|esm|es|mjs|commonjs|module|node|types|umd)\//;
const sourceFolders = ['src', 'source', '.', 'lib'];
/** Mains that point at a folder that points at a folder: more than any real package has. */
const maxDepth = 4;

export function createLocator(probe: Probe, packages: Packages, tsConfigs: TsConfigs): Locator {
  function load(path: string, from: FileId, depth = 0): FileId | undefined {
    const file = path === '.' || path.endsWith('..') ? undefined : probe.file(path, from);
    return file ?? folder(path, from, depth);
  }

  function folder(path: string, from: FileId, depth = 0): FileId | undefined {
    const manifest = packages.manifest(path);
    if (manifest !== undefined && depth < maxDepth) {
      for (const key of entryKeys) {
        const main = textOf(manifest[key]);
        const found = main === undefined ? undefined : source(path, main, from, depth + 1);
        if (found !== undefined) return found;
      }
    }
    return probe.index(path, from);
  }

  function source(dir: string, path: string, from: FileId, depth = 0): FileId | undefined {
    const target = joinDirs(dir, path);
    if (target === dir) return probe.index(dir, from);
    const inPackage = below(dir, target);
    const compiled = firstOf(emitted(dir, target), from);
    if (compiled !== undefined) return compiled;
    const rest = inPackage === undefined ? undefined : cut(outputOnly, inPackage);
    const built = rest === undefined ? undefined : firstOf(guesses(dir, rest), from);
    if (built !== undefined) return built;
    const plain = load(target, from, depth);
    if (plain !== undefined) return plain;
    const maybe = inPackage === undefined ? undefined : cut(outputMaybe, inPackage);
    return maybe === undefined ? undefined : firstOf(guesses(dir, maybe), from);
  }

  /** What the package's own compiler options say that `target` is emitted from. */
  function emitted(dir: string, target: string): readonly string[] {
    return tsConfigs.governing(dir).flatMap((options) => {
      const rest =
        options.outDir === undefined || options.outDir === dir ? undefined : below(options.outDir, target);
      if (rest === undefined) return [];
      return options.rootDir === undefined ? guesses(dir, rest) : [joinDirs(options.rootDir, rest)];
    });
  }

  function firstOf(candidates: readonly string[], from: FileId): FileId | undefined {
    for (const candidate of candidates) {
      const found = probe.file(candidate, from) ?? probe.index(candidate, from);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function entry(dir: string, subpath: string, from: FileId): FileId | undefined {
    const manifest = packages.manifest(dir);
    const exported = targetsOf(manifest?.['exports'], subpath === '' ? '.' : `./${subpath}`);
    const mains = subpath === '' ? entryKeys.flatMap((key) => textOf(manifest?.[key]) ?? []) : [];
    // What is not exported can still be meant: `exports` often names only what is published.
    const direct =
      subpath === ''
        ? ['index', 'src/index', 'src/main', 'lib/index']
        : [subpath, `src/${subpath}`, `lib/${subpath}`];
    for (const target of [...exported, ...mains, ...direct]) {
      const found = source(dir, target, from);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return {
    load: (path, from) => load(path, from),
    folder: (path, from) => folder(path, from),
    source: (dir, path, from) => source(dir, path, from),
    entry,
  };
}

function cut(prefix: RegExp, path: string): string | undefined {
  const match = prefix.exec(`${path}/`);
  return match === null ? undefined : path.slice(match[0].length);
}

/** Places in a package where the source of an output file commonly is. */
function guesses(dir: string, rest: string): readonly string[] {
  const plain = cut(format, rest);
  return [rest, ...(plain === undefined ? [] : [plain])].flatMap((path) =>
    sourceFolders.map((folder): string => joinFile(dir, folder, path)),
  );
}
