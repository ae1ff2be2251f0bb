/** What package.json files say, read once and asked by file. */

import { fileId, type FileId } from '../../contract/span.ts';
import { parseJsonc } from '../../text/jsonc.ts';
import { ancestors, dirOf, joinFile } from './file-path.ts';
import { isObject, objectOf, textOf, type JsonObject } from './json.ts';

export interface PackageInfo {
  /** Its folder; `.` for the workspace folder. */
  readonly dir: string;
  readonly name?: string;
  /**
   * Version ranges by name: `dependencies`, `devDependencies`, `peerDependencies` and `optionalDependencies`,
   * completed with those of the packages around it (an outer package's modules are installed above and found too).
   */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly main?: string;
  /** Scripts that the package installs as commands, relative to `dir`. */
  readonly bin: readonly string[];
  readonly scripts: ReadonlyMap<string, string>;
}

export interface Packages {
  /** The package that a file belongs to: the nearest package.json above it. */
  nearest(file: FileId): PackageInfo | undefined;
  /** The package whose package.json lies in this very folder. */
  at(dir: string): PackageInfo | undefined;
  /** The whole package.json of a folder. */
  manifest(dir: string): JsonObject | undefined;
  /** Folders of the packages of that name. */
  named(name: string): readonly string[];
  /** The range under which the package of a folder or one around it depends on `name`, and the folder that says so. */
  declared(dir: string, name: string): { readonly range: string; readonly dir: string } | undefined;
}

const dependencyKeys = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

export function createPackages(configs: ReadonlyMap<FileId, string>): Packages {
  const manifests = new Map<string, JsonObject>();
  const byName = new Map<string, string[]>();
  const infos = new Map<string, PackageInfo>();

  for (const [file, text] of configs) {
    if (file !== 'package.json' && !file.endsWith('/package.json')) continue;
    const manifest = parseJsonc(text);
    if (!isObject(manifest)) continue;
    const dir = dirOf(file);
    manifests.set(dir, manifest);
    const name = textOf(manifest['name']);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), dir]);
  }

  function at(dir: string): PackageInfo | undefined {
    const cached = infos.get(dir);
    if (cached !== undefined) return cached;
    const manifest = manifests.get(dir);
    if (manifest === undefined) return undefined;
    const info = describe(dir, manifest, dir === '.' ? undefined : nearestDir(dirOf(dir)));
    infos.set(dir, info);
    return info;
  }

  function nearestDir(dir: string): PackageInfo | undefined {
    const found = ancestors(dir).find((above) => manifests.has(above));
    return found === undefined ? undefined : at(found);
  }

  return {
    nearest: (file) => nearestDir(dirOf(file)),
    at,
    manifest: (dir) => manifests.get(dir),
    named: (name) => byName.get(name) ?? [],
    declared(dir, name) {
      for (const above of ancestors(dir)) {
        const manifest = manifests.get(above);
        if (manifest === undefined) continue;
        for (const key of dependencyKeys) {
          const range = textOf(objectOf(manifest[key])[name]);
          if (range !== undefined) return { range, dir: above };
        }
      }
      return undefined;
    },
  };
}

function describe(dir: string, manifest: JsonObject, outer: PackageInfo | undefined): PackageInfo {
  const dependencies = new Map<string, string>();
  for (const key of dependencyKeys) {
    for (const [name, range] of Object.entries(objectOf(manifest[key]))) {
      if (typeof range === 'string' && !dependencies.has(name)) dependencies.set(name, range);
    }
  }
  for (const [name, range] of outer?.dependencies ?? []) {
    if (!dependencies.has(name)) dependencies.set(name, range);
  }
  const name = textOf(manifest['name']);
  const main = textOf(manifest['main']);
  return {
    dir,
    ...(name === undefined ? {} : { name }),
    dependencies,
    ...(main === undefined ? {} : { main }),
    bin: commands(manifest['bin']),
    scripts: new Map(
      Object.entries(objectOf(manifest['scripts'])).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value] as const] : [],
      ),
    ),
  };
}

function commands(bin: unknown): readonly string[] {
  if (typeof bin === 'string') return [bin];
  return Object.values(objectOf(bin)).filter((value) => typeof value === 'string');
}

/** The place of a folder's package.json. */
export function manifestOf(dir: string): FileId {
  return dir === '.' ? fileId('package.json') : joinFile(dir, 'package.json');
}

/**
 * The major version that a range asks for: `^4.18.2` is 4, `npm:express@5.0.0` is 5; of several alternatives the
 * last. Undefined where the range does not say: `latest`, `*`, `workspace:*`, `>=4`, a URL.
 */
export function majorOf(range: string): number | undefined {
  const plain = range.trim().replace(/^(?:workspace:|npm:(?:@[^/]*\/)?[^@/]*@)/, '');
  const last = plain.split('||').at(-1)?.trim() ?? '';
  const match = /^(?:[\^~=v]\s*)*(\d+)(?:[.\s-]|$)/.exec(last) ?? /^>=\s*(\d+)\S*\s+<\s*=?\s*\d+/.exec(last);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
