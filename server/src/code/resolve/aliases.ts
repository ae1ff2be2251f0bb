/** Aliases that package.json gives to folders: module-alias, Babel's module-resolver, Parcel and `NODE_PATH`. */

import { joinDirs } from './file-path.ts';
import { isObject, listOf, objectOf, textsOf, type JsonObject } from './json.ts';

/** Where a specifier may lead, as paths from the workspace folder. `certain`: an alias for a folder names it. */
export interface AliasTargets {
  readonly certain: boolean;
  readonly paths: readonly string[];
}

/** What one package.json says about aliases. Most say nothing. */
export interface Aliases {
  readonly maps: readonly JsonObject[];
  readonly roots: readonly string[];
}

/** Undefined where there are none. Read once a package: every import of a bare name asks for it. */
export function aliasesOf(manifest: JsonObject): Aliases | undefined {
  const babel = babelOptions(manifest['babel']);
  const maps = [manifest['_moduleAliases'], manifest['alias'], ...babel.map((options) => options['alias'])]
    .map(objectOf)
    .filter((map) => Object.keys(map).length > 0);
  const roots = [
    ...textsOf(manifest['_moduleDirectories']),
    ...babel.flatMap((options) => textsOf(options['root'])),
    ...nodePaths(manifest),
  ].filter((root) => root !== 'node_modules');
  return maps.length + roots.length > 0 ? { maps, roots } : undefined;
}

/** Targets of a specifier under the aliases of the package.json in `dir`. */
export function aliasTargets(dir: string, { maps, roots }: Aliases, specifier: string): AliasTargets {
  const named = maps.flatMap((map) => {
    const target = longest(map, specifier);
    return target === undefined ? [] : [{ path: joinDirs(dir, target), folder: /^[./]/.test(target) }];
  });
  const paths = named.map((target) => target.path);
  return {
    certain: named.some((target) => target.folder),
    paths: [...paths, ...roots.map((root) => joinDirs(dir, root, specifier))],
  };
}

/** The alias of the longest name that the specifier is or starts with; regular expressions are not read. */
function longest(map: JsonObject, specifier: string): string | undefined {
  let best: string | undefined;
  for (const [name, target] of Object.entries(map)) {
    const matches = specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`);
    if (matches && typeof target === 'string' && (best === undefined || name.length > best.length))
      best = name;
  }
  const target = best === undefined ? undefined : map[best];
  // `/src` means the folder of the package here. A target that is itself a package leads to nothing, and is foreign then.
  return best !== undefined && typeof target === 'string'
    ? `${target}/${specifier.slice(best.length)}`
    : undefined;
}

function babelOptions(babel: unknown): readonly JsonObject[] {
  const config = objectOf(babel);
  const plugins = [config, ...Object.values(objectOf(config['env'])).map(objectOf)].flatMap((part) =>
    listOf(part['plugins']),
  );
  return plugins.flatMap((plugin) => {
    const [name, options] = listOf(plugin);
    return typeof name === 'string' && /module-resolver$/.test(name) && isObject(options) ? [options] : [];
  });
}

/** Folders that a script puts on `NODE_PATH`: `NODE_PATH=src node src/app`. */
function nodePaths(manifest: JsonObject): readonly string[] {
  const scripts = Object.values(objectOf(manifest['scripts'])).filter((script) => typeof script === 'string');
  const found = scripts.flatMap((script) => {
    const value = /\bNODE_PATH=["']?([^\s"'&;]+)/.exec(script)?.[1];
    return value === undefined ? [] : value.split(':').filter((path) => /^[\w.]/.test(path));
  });
  return [...new Set(found)];
}
