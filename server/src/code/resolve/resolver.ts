/**
 * Module resolution inside the workspace: which file an import means, without `node_modules` and without a disk.
 *
 * Follows TypeScript ("Modules: Reference") and Node.js ("Modules: Packages"), and departs from both in one way:
 * what would load build output leads to the source it is built from, because only sources are read.
 */

import { fileId, type FileId } from '../../contract/span.ts';
import { aliasTargets, aliasesOf, type Aliases } from './aliases.ts';
import { builtinOf } from './builtins.ts';
import { matchStar, targetsOf } from './conditions.ts';
import { ancestors, below, dirOf, joinDirs, sharedDepth } from './file-path.ts';
import { textOf } from './json.ts';
import { createLocator } from './locate.ts';
import { createPackages, majorOf } from './packages.ts';
import { createProbe, isPlainScript } from './probe.ts';
import { createTsConfigs, type ModuleOptions } from './tsconfig.ts';

export type Resolution =
  | { readonly kind: 'file'; readonly file: FileId }
  /** A package that is not part of the workspace, or a built-in module (named without `node:`). `subpath` is `''` or `router` of `express/router`. */
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
  /** Names something of the workspace that is not there: generated, ignored or misspelt. */
  | { readonly kind: 'missing' };

export interface Resolver {
  resolve(from: FileId, specifier: string): Resolution;
}

export interface ResolverInput {
  has(file: FileId): boolean;
  /** Texts of every package.json, tsconfig*.json and jsconfig*.json of the workspace. */
  readonly configs: ReadonlyMap<FileId, string>;
}

type Answers = Map<string, Resolution>;

const missing: Resolution = { kind: 'missing' };
const maxHops = 8;

export function createResolver(input: ResolverInput): Resolver {
  const packages = createPackages(input.configs);
  const tsConfigs = createTsConfigs(input.configs, packages);
  const probe = createProbe((file) => input.has(file));
  const locator = createLocator(probe, packages, tsConfigs);
  /** By where the question comes from, then by specifier; files of one folder and one language share theirs. */
  const answers = new Map<string, Answers>();
  const answersByFile = new Map<FileId, Answers>();
  const zones = zonesOf(input.configs);
  const aliasesByDir = new Map<string, Aliases | undefined>();

  function aliasesIn(dir: string): Aliases | undefined {
    const manifest = packages.manifest(dir);
    if (manifest !== undefined && !aliasesByDir.has(dir)) aliasesByDir.set(dir, aliasesOf(manifest));
    return aliasesByDir.get(dir);
  }

  function relative(from: FileId, specifier: string): Resolution {
    const target = joinDirs(dirOf(from), specifier);
    const isFolder = /(?:^|\/)\.{0,2}$/.test(specifier);
    const file = isFolder ? locator.folder(target, from) : locator.load(target, from);
    if (file !== undefined) return { kind: 'file', file };
    for (const options of tsConfigs.governing(dirOf(from))) {
      const found = inRootDirs(options, target, from);
      if (found !== undefined) return { kind: 'file', file: found };
    }
    const home = packages.nearest(from)?.dir;
    const source = home === undefined ? undefined : locator.source(home, below(home, target) ?? target, from);
    return source === undefined ? missing : { kind: 'file', file: source };
  }

  /** `rootDirs` are laid over each other: what is relative in one may be found in another. */
  function inRootDirs(options: ModuleOptions, target: string, from: FileId): FileId | undefined {
    for (const root of options.rootDirs) {
      const rest = below(root, target);
      if (rest === undefined) continue;
      for (const other of options.rootDirs) {
        const found = locator.load(joinDirs(other, rest), from);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** `paths` of a configuration. `claimed`: an alias (not a catch-all) names this specifier. */
  function inPaths(
    options: ModuleOptions,
    specifier: string,
    from: FileId,
  ): { file?: FileId; claimed: boolean } {
    const base = options.baseUrl ?? options.pathsBase;
    let claimed = false;
    for (const { pattern, rest } of matching([...options.paths.keys()], specifier)) {
      claimed ||= pattern !== '*';
      for (const target of options.paths.get(pattern) ?? []) {
        const place = joinDirs(
          base,
          target.replace('*', () => rest),
        );
        const home = packages.nearest(fileId(`${place}/.`))?.dir;
        const file =
          loadTyped(place, from) ??
          (home === undefined ? undefined : locator.source(home, below(home, place) ?? '', from));
        if (file !== undefined) return { file, claimed };
      }
    }
    return { claimed };
  }

  function hashImport(from: FileId, specifier: string, hops: number): Resolution {
    const home = ancestors(dirOf(from)).find((dir) => packages.manifest(dir)?.['imports'] !== undefined);
    if (home === undefined) return missing;
    for (const target of targetsOf(packages.manifest(home)?.['imports'], specifier)) {
      if (target.startsWith('.')) {
        const file = locator.source(home, target, from);
        if (file !== undefined) return { kind: 'file', file };
      } else if (hops < maxHops) {
        return bare(from, target, hops + 1);
      }
    }
    return missing;
  }

  /** The folder of the workspace package that a dependency of this name is, if it is one. */
  function workspacePackage(from: FileId, name: string): { dir: string; certain: boolean } | undefined {
    const declared = packages.declared(dirOf(from), name);
    const local = /^(?:file|link|portal|workspace):(\.{0,2}\/.*|\.\.?)$/.exec(declared?.range ?? '')?.[1];
    if (declared !== undefined && local !== undefined) {
      const dir = joinDirs(declared.dir, local);
      if (packages.manifest(dir) !== undefined) return { dir, certain: true };
    }
    const dirs = [...packages.named(name)].sort(
      (a, b) => sharedDepth(b, from) - sharedDepth(a, from) || (a < b ? -1 : 1),
    );
    const dir = dirs[0];
    if (dir === undefined) return undefined;
    const wanted = declared === undefined ? undefined : majorOf(declared.range);
    const version = textOf(packages.manifest(dir)?.['version']);
    const present = version === undefined ? undefined : majorOf(version);
    // An example that depends on an older release of the package around it gets that release.
    if (wanted !== undefined && present !== undefined && wanted !== present) return undefined;
    return { dir, certain: wanted === undefined };
  }

  function bare(from: FileId, specifier: string, hops: number): Resolution {
    const builtin = builtinOf(specifier);
    if (builtin !== undefined) return { kind: 'package', ...builtin };
    const { name, subpath } = split(specifier);
    const isDependency = packages.declared(dirOf(from), name) !== undefined;
    let claimed = false;

    for (const options of tsConfigs.governing(dirOf(from))) {
      const alias = inPaths(options, specifier, from);
      claimed ||= alias.claimed;
      const file = alias.file ?? inBaseUrl(options, specifier, from, isDependency);
      // Declarations written for an installed package are no module of the workspace.
      if (file !== undefined && !(isDependency && file.endsWith('.d.ts'))) return { kind: 'file', file };
    }
    if (specifier.startsWith('#')) {
      const found = hashImport(from, specifier, hops);
      if (found.kind !== 'missing') return found;
    }
    for (const dir of ancestors(dirOf(from))) {
      const aliases = aliasesIn(dir);
      const alias = aliases && aliasTargets(dir, aliases, specifier);
      claimed ||= alias?.certain ?? false;
      for (const path of alias?.paths ?? []) {
        const file = locator.load(path, from);
        if (file !== undefined) return { kind: 'file', file };
      }
    }
    const own = workspacePackage(from, name);
    if (own !== undefined) {
      const file = locator.entry(own.dir, subpath, from);
      if (file !== undefined) return { kind: 'file', file };
      claimed ||= own.certain;
    }
    // Not TypeScript's rule: a folder with its own configuration may still be compiled by one further up.
    for (const options of isDependency ? [] : tsConfigs.outer(dirOf(from))) {
      const file = inPaths(options, specifier, from).file;
      if (file !== undefined) return { kind: 'file', file };
    }
    if (!claimed && !isDependency) {
      const found = inSources(from, specifier);
      if (found !== undefined) return { kind: 'file', file: found };
    }
    return (claimed && !isDependency) || !isPackageName(name) ? missing : { kind: 'package', name, subpath };
  }

  /**
   * A name that no package has and a file of the package: whatever makes it work (Babel's module-resolver, a bundler, an
   * environment) is configured where nobody reads it, and nothing else can be meant. `api/routes` may be in `src`, in the
   * package itself, or in the sources of its part `api`.
   */
  function inSources(from: FileId, specifier: string): FileId | undefined {
    const home = packages.nearest(from)?.dir;
    const [, part = '', rest = ''] = /^([^@/][^/]*)\/(.+)$/.exec(specifier) ?? [];
    if (home === undefined || part === '') return undefined;
    for (const place of [joinDirs('src', specifier), specifier, joinDirs(part, 'src', rest)]) {
      const file = locator.load(joinDirs(home, place), from);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  function inBaseUrl(
    options: ModuleOptions,
    specifier: string,
    from: FileId,
    isDependency: boolean,
  ): FileId | undefined {
    // In a script nothing but the editor reads `baseUrl`; at run time the installed package is loaded.
    if (options.baseUrl === undefined || (isDependency && isPlainScript(from))) return undefined;
    return loadTyped(joinDirs(options.baseUrl, specifier), from);
  }

  /** What TypeScript's own options lead to: unlike Node it adds no `.json`, so `tsoa` is not the `tsoa.json` beside it. */
  function loadTyped(place: string, from: FileId): FileId | undefined {
    const file = locator.load(place, from);
    return file?.endsWith('.json') === true && !place.endsWith('.json') ? undefined : file;
  }

  return {
    resolve(from, specifier) {
      const known = answersByFile.get(from) ?? answersAt(dirOf(from), from);
      answersByFile.set(from, known);
      const answer = known.get(specifier) ?? resolveAnew(from, specifier);
      known.set(specifier, answer);
      return answer;
    },
  };

  function answersAt(place: string, from: FileId): Answers {
    const key = `${isPlainScript(from) ? 'js' : 'ts'} ${place}`;
    const known = answers.get(key) ?? new Map<string, Resolution>();
    answers.set(key, known);
    return known;
  }

  function resolveAnew(from: FileId, specifier: string): Resolution {
    const plain = specifier.startsWith('#') ? specifier : specifier.replace(/[?#].*$/, '');
    if (/^\.\.?(?:\/|$)/.test(plain)) return relative(from, plain);
    if (plain === '' || plain.startsWith('/')) return missing;
    // Of several packages of one name the nearest is meant, and names with `#` can mean any name.
    if (plain.startsWith('#') || packages.named(split(plain).name).length > 1) return bare(from, plain, 0);
    const known = answersAt(`zone ${zones(dirOf(from))}`, from);
    const answer = known.get(plain) ?? bare(from, plain, 0);
    known.set(plain, answer);
    return answer;
  }
}

/** The nearest folder with a configuration, or the last one above: in all folders of it a package name means the same. */
function zonesOf(configs: ReadonlyMap<FileId, string>): (dir: string) => string {
  const configured = new Set([...configs.keys()].map(dirOf));
  const known = new Map<string, string>();
  return (dir) => {
    const there = known.get(dir);
    if (there !== undefined) return there;
    const above = ancestors(dir);
    const zone = above.find((one) => configured.has(one)) ?? above.at(-1) ?? dir;
    known.set(dir, zone);
    return zone;
  };
}

/** The patterns that match, most specific first: an exact one, then by length in front of the star. */
function matching(
  patterns: readonly string[],
  specifier: string,
): readonly { pattern: string; rest: string }[] {
  const found: { readonly pattern: string; readonly rest: string; readonly weight: number }[] = [];
  for (const pattern of patterns) {
    if (pattern === specifier) found.push({ pattern, rest: '', weight: Infinity });
    const match = matchStar(pattern, specifier);
    if (match !== undefined) found.push({ pattern, rest: match.rest, weight: match.prefix.length });
  }
  return found.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight));
}

/** `@scope/name/sub/path` is the package `@scope/name` and the subpath `sub/path`. */
function split(specifier: string): { readonly name: string; readonly subpath: string } {
  // Deno and some bundlers write `npm:express@5/router`.
  const plain = /^npm:/.test(specifier)
    ? specifier.slice('npm:'.length).replace(/^(@?[^@]+)@[^/]*/, '$1')
    : specifier;
  const parts = plain.split('/');
  const length = plain.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}

/** Could the npm registry know it? `~`, `@` and `#lib` are aliases; `bun:test` and `virtual:x` are modules of a host. */
function isPackageName(name: string): boolean {
  return /^(?:@[\w.~-]+\/)?[a-z0-9_-][\w.~-]*$/i.test(name) || /^[a-z][a-z+.-]+:/i.test(name);
}
