/**
 * Loads a ruleset of a workspace with Spectral's own loader. INVARIANT: only called for rulesets that may run. Every
 * ruleset is a program, YAML ones too: a filter in a JSONPath can call functions.
 */

import type { Ruleset } from '@stoplight/spectral-core';
import { builtins } from '@stoplight/spectral-ruleset-bundler/plugins/builtins';
import { commonjs } from '@stoplight/spectral-ruleset-bundler/plugins/commonjs';
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader';
import type { Problem } from '../contract/finding.ts';
import type { Span } from '../contract/span.ts';
import { createLineIndex } from '../text/line-index.ts';
import { folderOf } from '../text/relative-path.ts';
import { placeOf } from './document-data.ts';
import {
  isWritten,
  readRulesetFiles,
  rulesetProblem,
  whereWritten,
  type RulesetFiles,
  type RulesetIo,
} from './ruleset-files.ts';

export interface LoadedRuleset {
  /** Undefined where it cannot be used; the problems say why. */
  readonly ruleset?: Ruleset;
  readonly problems: readonly Problem[];
  /** Every file that it is made of, and those that were looked for in vain. */
  readonly paths: readonly string[];
}

type Plugin = NonNullable<Parameters<typeof bundleAndLoadRuleset>[2]>[number];

/** Never rejects. The ruleset's own modules run while it loads. */
export async function loadRuleset(path: string, io: RulesetIo): Promise<LoadedRuleset> {
  const files = readRulesetFiles(path, io);
  const paths = new Set(files.paths);
  if (!files.complete) return { problems: files.problems, paths: [...paths] };
  const read = (file: string): string => {
    const text = io.read(file);
    paths.add(file);
    if (text === undefined) throw new Error(`There is no file ${io.idOf(file)}.`);
    return text;
  };
  try {
    const plugins = [builtins(), commonjs({ extensions: ['.js', '.cjs'] }), modulesOf(io, read)];
    const ruleset = await bundleAndLoadRuleset(path, { fs: fileSystemOf(read), fetch: io.fetch }, plugins);
    return { ruleset, problems: files.problems, paths: [...paths] };
  } catch (error) {
    const faults = faultsOf(error).map((fault) => problemOf(fault, path, files, io));
    return { problems: [...files.problems, ...faults], paths: [...paths] };
  }
}

/** Modules of a ruleset are found as Node finds them, and read so that it is known which they are. */
function modulesOf(io: RulesetIo, read: (path: string) => string): Plugin {
  return {
    name: 'modules',
    resolveId: (name, importer) =>
      importer !== undefined && /^\.\.?(?:\/|$)/.test(name) && importer.startsWith('/')
        ? (io.resolve(name, folderOf(importer)) ?? null)
        : null,
    load: (id) => (id.startsWith('/') && io.read(id) !== undefined ? read(id) : null),
  };
}

function fileSystemOf(read: (path: string) => string): Parameters<typeof bundleAndLoadRuleset>[1]['fs'] {
  const readFile = (path: unknown): Promise<string> =>
    Promise.resolve().then(() => read(String(path).replaceAll('\\', '/')));
  return { promises: { readFile: readFile as never } };
}

/** One fault of several that Spectral tells at once. */
interface Fault {
  readonly message: string;
  /** Where in the definition. */
  readonly path?: readonly (string | number)[];
  /** Where in a module; line and column as bundlers count them, from 1 and from 0. */
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number };
}

function faultsOf(error: unknown): readonly Fault[] {
  if (!(error instanceof Error)) return [{ message: String(error) }];
  const { errors, path, loc, message } = error as Error & Partial<Fault> & { errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return errors.flatMap(faultsOf);
  const unknown = /^Cannot extend non-existing rule: "(.*)"$/.exec(message)?.[1];
  if (unknown !== undefined)
    return [{ message: `There is no rule "${unknown}" to change here.`, path: ['rules', unknown] }];
  return [{ message, ...(path && { path }), ...(loc && { loc }) }];
}

function problemOf(fault: Fault, path: string, { documents }: RulesetFiles, io: RulesetIo): Problem {
  return {
    code: rulesetProblem,
    severity: 'error',
    message: fault.message,
    at: placeOfFault(fault, path, documents, io),
  };
}

function placeOfFault(
  { path: within, loc }: Fault,
  path: string,
  documents: RulesetFiles['documents'],
  io: RulesetIo,
): Span {
  const text = loc?.file === undefined ? undefined : io.read(loc.file);
  if (loc?.file !== undefined && text !== undefined) {
    const start = createLineIndex(text).offset(loc.line - 1, loc.column);
    return { file: io.idOf(loc.file), start, end: Math.min(start + 1, text.length) };
  }
  if (within && isWritten(path)) {
    const written = whereWritten(documents, within);
    if (written) return written;
  }
  return startOf(path, documents, io);
}

/** The first key of a ruleset that is data, the first line of a program. */
function startOf(path: string, documents: RulesetFiles['documents'], io: RulesetIo): Span {
  const file = io.idOf(path);
  const root = documents.get(path)?.root;
  if (root) return { file, ...placeOf(root, []) };
  const text = io.read(path) ?? '';
  const end = text.search(/\r?\n|$/);
  return { file, start: 0, end };
}
