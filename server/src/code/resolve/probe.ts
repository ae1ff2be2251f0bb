/** From a path as written in an import to the file that is meant: TypeScript's and Node's guesses about extensions. */

import { fileId, type FileId } from '../../contract/span.ts';
import { joinFile } from './file-path.ts';

const typed = ['.ts', '.tsx', '.mts', '.cts'];
const plain = ['.js', '.jsx', '.mjs', '.cjs'];
const fromTyped = [...typed, ...plain, '.json', '.d.ts', '.d.mts', '.d.cts'];
const fromPlain = [...plain, '.json', ...typed, '.d.ts', '.d.mts', '.d.cts'];

/** What may stand in a file's place (TypeScript handbook, "Modules: Theory", file extension substitution). */
const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx', '.ts', '.d.ts'],
  '.mjs': ['.mts', '.ts', '.d.mts'],
  '.cjs': ['.cts', '.ts', '.d.cts'],
  '.ts': ['.ts', '.tsx', '.d.ts'],
  '.tsx': ['.tsx', '.ts'],
};

/** Declarations name their source with the same stem. */
const declared = /\.d\.([mc]?)ts$/;

export interface Probe {
  /** The file that a path names, without looking into folders. Sources win over what is built from them in TypeScript. */
  file(path: string, from: FileId): FileId | undefined;
  /** `index.*` of a folder. */
  index(dir: string, from: FileId): FileId | undefined;
}

export function isPlainScript(file: string): boolean {
  return /\.[mc]?jsx?$/.test(file);
}

export function createProbe(has: (file: FileId) => boolean): Probe {
  function first(stem: string, extensions: readonly string[]): FileId | undefined {
    for (const extension of extensions) {
      const file = fileId(stem + extension);
      if (has(file)) return file;
    }
    return undefined;
  }

  function file(path: string, from: FileId): FileId | undefined {
    const exact = has(fileId(path)) ? fileId(path) : undefined;
    if (exact !== undefined && isPlainScript(from)) return exact;
    const output = /\.[mc]?[jt]sx?$/.exec(path)?.[0];
    const stem = output === undefined ? path : path.slice(0, -output.length);
    const source = output === undefined ? undefined : first(stem, sources[output] ?? []);
    // A declaration beside its script describes it, and only the script has the routes.
    if (source !== undefined && !(exact !== undefined && declared.test(source))) return source;
    if (exact !== undefined) return exact;
    const declaration = declared.exec(path);
    if (declaration !== null) {
      const suffix = declaration[1] ?? '';
      const origin = first(path.slice(0, declaration.index), [
        `.${suffix}ts`,
        '.tsx',
        `.${suffix}js`,
        '.jsx',
      ]);
      if (origin !== undefined) return origin;
    }
    return first(path, isPlainScript(from) ? fromPlain : fromTyped);
  }

  return {
    file,
    index: (dir, from) => file(joinFile(dir, 'index'), from),
  };
}
