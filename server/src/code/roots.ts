/** Server roots: the folders of a workspace that are deployed as one server each. */

import { fileId, type FileId } from '../contract/span.ts';
import { parseJsonc } from '../text/jsonc.ts';
import { ancestors, below, dirOf, joinDirs } from './resolve/file-path.ts';
import { isObject, objectOf, textOf, type JsonObject } from './resolve/json.ts';
import { manifestOf } from './resolve/packages.ts';

export interface ServerRoot {
  /** Relative to the workspace: `.` or `apps/api`. */
  readonly dir: string;
  /** Name of the package that the root is or lies in. */
  readonly package?: string;
}

export interface ServerRootsInput {
  /** Files that create an application. */
  readonly apps: readonly FileId[];
  /** Texts of package.json and tsconfig*.json; project.json and nest-cli.json are used where they are given. */
  readonly configs: ReadonlyMap<FileId, string>;
}

/** Folders of code that shows or tests the package around it and is no part of what the package serves. */
const aside = /^(?:examples?|samples?|demos?|tests?|__tests__|e2e|fixtures?|playgrounds?|benchmarks?)$/i;
/** Folders whose children are applications by convention. */
const collections = /^(?:apps|services|microservices|packages)$/;

/**
 * The roots of the given applications, by folder. A root is the package of an application; a package with several
 * projects in it (Nx, Nest monorepo, `apps/*`) that create applications has one root a project; applications in
 * `examples/` and the like are roots of their own.
 */
export function findServerRoots(input: ServerRootsInput): readonly ServerRoot[] {
  const byPackage = new Map<string, FileId[]>();
  for (const app of input.apps) {
    const home = packageDir(app, input.configs);
    byPackage.set(home, [...(byPackage.get(home) ?? []), app]);
  }
  const dirs = new Map<string, string>();
  for (const [home, apps] of byPackage) {
    const projects = projectDirs(home, input.configs);
    const main = apps.filter((app) => asideDir(home, app) === undefined);
    const split = new Set(main.map((app) => projectOf(home, app, projects))).size > 1;
    for (const app of apps)
      dirs.set(asideDir(home, app) ?? (split ? projectOf(home, app, projects) : home), home);
  }
  return [...dirs]
    .map(([dir, home]) => {
      const name = textOf(manifest(home, input.configs)?.['name']);
      return { dir, ...(name === undefined ? {} : { package: name }) };
    })
    .sort((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** The innermost of the roots that a file lies in. */
export function rootOf(file: FileId, roots: readonly ServerRoot[]): ServerRoot | undefined {
  const around = roots.filter((root) => below(root.dir, file) !== undefined);
  return around.sort((a, b) => depth(b.dir) - depth(a.dir))[0];
}

function depth(dir: string): number {
  return dir === '.' ? 0 : dir.length;
}

function manifest(dir: string, configs: ReadonlyMap<FileId, string>): JsonObject | undefined {
  const text = configs.get(manifestOf(dir));
  const value = text === undefined ? undefined : parseJsonc(text);
  return isObject(value) ? value : undefined;
}

/** The nearest folder with a package.json that describes a package, not just how Node is to load the folder's files. */
function packageDir(file: FileId, configs: ReadonlyMap<FileId, string>): string {
  const found = ancestors(dirOf(file)).find((dir) => {
    const described = manifest(dir, configs);
    return described !== undefined && ['name', 'dependencies', 'scripts'].some((key) => key in described);
  });
  return found ?? '.';
}

/** Folders below a package that its tools treat as projects. */
function projectDirs(home: string, configs: ReadonlyMap<FileId, string>): ReadonlySet<string> {
  const dirs = new Set<string>();
  for (const [file, text] of configs) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (name === 'project.json' || name === 'tsconfig.app.json') dirs.add(dirOf(file));
    if (name !== 'nest-cli.json') continue;
    for (const project of Object.values(objectOf(objectOf(parseJsonc(text))['projects']))) {
      const root = textOf(objectOf(project)['root']);
      if (root !== undefined) dirs.add(joinDirs(dirOf(file), root));
    }
  }
  return new Set([...dirs].filter((dir) => (below(home, dir) ?? '') !== ''));
}

function projectOf(home: string, app: FileId, projects: ReadonlySet<string>): string {
  const marked = ancestors(dirOf(app)).find((dir) => projects.has(dir));
  if (marked !== undefined) return marked;
  const [collection, project, ...rest] = (below(home, app) ?? '').split('/');
  const isProject =
    collection !== undefined && project !== undefined && rest.length > 0 && collections.test(collection);
  return isProject ? joinDirs(home, collection, project) : home;
}

/** The root of an application that stands aside: `examples/basic` for `examples/basic/src/app.js`, `test` for tests. */
function asideDir(home: string, app: FileId): string | undefined {
  const parts = (below(home, fileId(dirOf(app))) ?? '').split('/');
  const at = parts.findIndex((part) => aside.test(part));
  if (at < 0) return undefined;
  const isTest = /test|e2e|fixture/i.test(parts[at] ?? '');
  return joinDirs(home, ...parts.slice(0, isTest ? at + 1 : at + 2));
}
