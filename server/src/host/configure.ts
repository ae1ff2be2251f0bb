/** Settings of a session: what the command line says, else what the configuration file says, else what is found. */

import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { baselineFileName, readBaseline } from '../config/baseline.ts';
import type { Config, ConfiguredRoot, ConfiguredSpec } from '../config/config.ts';
import { builtInRules, configFileNames, readConfig } from '../config/config.ts';
import type { Problem } from '../contract/finding.ts';
import { fileId, type Span } from '../contract/span.ts';
import { rules } from '../drift/registry.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { healthRules } from '../lint/health/registry.ts';
import { documentLimit } from './limits.ts';
import { readText } from './read-text.ts';
import type { Workspace } from './workspace.ts';
import { folderId } from './workspace.ts';
import { readDocument } from '../text/document.ts';

export interface Named {
  readonly spec?: readonly string[];
  readonly root?: readonly string[];
  readonly config?: string;
  /** A file of known findings; `true` for the one that the configuration names, or for the usual name. */
  readonly baseline?: string | true;
}

/** What an editor's settings say. The configuration file goes before, each part of it by itself. */
export interface Preset {
  readonly specs: readonly ConfiguredSpec[];
  readonly roots: readonly ConfiguredRoot[];
  readonly rules: Config['rules'];
  readonly ruleset?: string;
}

export const noPreset: Preset = { specs: [], roots: [], rules: {} };

export interface Configured {
  readonly settings: EngineSettings;
  /** Folders to be listed, absolute. */
  readonly folders: readonly string[];
  /** Globs of files to leave out, and the folder that they are relative to. */
  readonly ignore: { readonly folder: string; readonly globs: readonly string[] };
  /** Absolute path of the file of known findings, which may not be there. */
  readonly baseline: string;
  /** Faults of the configuration file. */
  readonly problems: readonly Problem[];
}

/** A text says what is wrong with the arguments. */
export function configure(
  workspace: Workspace,
  cwd: string,
  named: Named,
  preset = noPreset,
): Configured | string {
  if (!isFolder(workspace.folder)) return `There is no folder ${workspace.folder}.`;
  const file = configFile(workspace, cwd, named.config);
  if (file === undefined && named.config !== undefined) return `There is no file ${named.config}.`;
  const { config: written, problems } = readConfigFile(workspace, file);
  const config = withPreset(written, preset);
  const folder = file === undefined ? workspace.folder : dirname(file);

  const specs = named.spec?.map((path) => existing(path, [cwd, workspace.folder], isFile));
  const roots = named.root?.map((path) => existing(path, [cwd, workspace.folder], isFolder));
  const missing = [...(specs ?? []), ...(roots ?? [])].find((each) => each.path === undefined);
  if (missing !== undefined)
    return `There is no ${roots?.includes(missing) === true ? 'folder' : 'file'} ${missing.given}.`;

  const baseline = baselineIn(workspace, cwd, folder, named, config);
  if (typeof baseline === 'string') return baseline;
  const present = presentIn(folder, config, written);
  const specPaths =
    specs === undefined ? present.specs.map((spec) => resolve(folder, spec.file)) : paths(specs);
  const rootPaths =
    roots === undefined ? present.roots.map((root) => resolve(folder, root.dir)) : paths(roots);
  return {
    settings: {
      ...(specPaths.length > 0 ? { specs: unique(specPaths.map((path) => workspace.idOf(path))) } : {}),
      ...(rootPaths.length > 0 ? { roots: unique(rootPaths.map((path) => folderId(workspace, path))) } : {}),
      bindings: bindingsOf(workspace, folder, present),
      rules: { severities: config.rules, ...(baseline.known && { baseline: baseline.known }) },
      ...(config.internal.length > 0 && { internal: config.internal }),
      ...(config.security.guards.length + config.security.public.length > 0 && { security: config.security }),
    },
    folders: unique([
      workspace.folder,
      ...rootPaths.filter((path) => workspace.idOf(path).startsWith('../')),
    ]),
    ignore: { folder, globs: config.ignore },
    baseline: baseline.path,
    problems: [...problems, ...present.problems, ...baseline.problems],
  };
}

interface Baseline {
  readonly path: string;
  /** Undefined where nobody asks for it. */
  readonly known?: readonly string[];
  readonly problems: readonly Problem[];
}

function baselineIn(
  workspace: Workspace,
  cwd: string,
  folder: string,
  named: Named,
  { baseline: configured }: Config,
): Baseline | string {
  const path =
    typeof named.baseline === 'string'
      ? resolve(cwd, named.baseline)
      : resolve(folder, configured?.path ?? baselineFileName);
  if (named.baseline === undefined && !configured) return { path, problems: [] };
  if (!isFile(path)) {
    const hint = '`backend-contract baseline` writes it.';
    if (named.baseline !== undefined || !configured) return `There is no file ${path}. ${hint}`;
    const message = `There is no file ${configured.path}. ${hint}`;
    return { path, problems: [{ code: 'config/missing', severity: 'error', message, at: configured.at }] };
  }
  const file = workspace.idOf(path);
  const { text, problem } = readText(path, file, documentLimit);
  const { known, problems } = readBaseline(readDocument(file, text));
  return { path, known, problems: problem ? [problem] : problems };
}

function configFile(workspace: Workspace, cwd: string, named: string | undefined): string | undefined {
  if (named !== undefined) return existing(named, [cwd, workspace.folder], isFile).path;
  return configFileNames.map((name) => join(workspace.folder, name)).find(isFile);
}

function withPreset(config: Config, { specs, roots, rules, ruleset }: Preset): Config {
  return {
    ...config,
    specs: config.specs.length > 0 ? config.specs : specs,
    roots: config.roots.length > 0 ? config.roots : roots,
    rules: { ...rules, ...config.rules },
    lint: { ...(ruleset !== undefined && { ruleset: { path: ruleset, at: nowhere } }), ...config.lint },
  };
}

const nowhere: Span = { file: fileId('.'), start: 0, end: 0 };

/** What the editor's settings of a workspace folder name and the disk does not have, as sentences. */
export function missingOf({ folder }: Workspace, { specs, roots, ruleset }: Preset): readonly string[] {
  return [
    ...specs.map(({ file }) => file).filter((file) => !isFile(resolve(folder, file))),
    ...roots.map(({ dir }) => dir).filter((dir) => !isFolder(resolve(folder, dir))),
    ...(ruleset === undefined || ruleset === builtInRules || isFile(resolve(folder, ruleset))
      ? []
      : [ruleset]),
  ].map((path) => `The settings name ${path}, which is not there.`);
}

export interface LintConfig {
  /** Absolute, with the system's separators, or `built-in`; undefined to take the nearest of each document. */
  readonly ruleset: string | undefined;
  readonly rules: Config['rules'];
  /** Absolute paths of files that decide this. */
  readonly paths: readonly string[];
}

export function lintConfig(workspace: Workspace, preset: Preset): LintConfig {
  const paths = configFileNames.map((name) => join(workspace.folder, name));
  const { rules, lint } = withPreset(readConfigFile(workspace, paths.find(isFile)).config, preset);
  const path = lint.ruleset?.path;
  const ruleset = path === undefined || path === builtInRules ? path : resolve(workspace.folder, path);
  return { ruleset, rules, paths };
}

function readConfigFile(workspace: Workspace, path: string | undefined): ReturnType<typeof readConfig> {
  if (path === undefined) return readConfig(undefined);
  const file = workspace.idOf(path);
  const { text, problem } = readText(path, file, documentLimit);
  const read = readConfig(
    readDocument(file, text),
    [...rules, ...healthRules].map(({ id }) => id),
  );
  return problem === undefined ? read : { ...read, problems: [problem, ...read.problems] };
}

interface Present {
  readonly specs: readonly ConfiguredSpec[];
  readonly roots: readonly ConfiguredRoot[];
  readonly problems: readonly Problem[];
}

/** What is named and the disk has. What the file itself names in vain is a fault with its place. */
function presentIn(folder: string, config: Config, written: Config): Present {
  const specs = config.specs.filter(({ file }) => isFile(resolve(folder, file)));
  const roots = config.roots.filter(({ dir }) => isFolder(resolve(folder, dir)));
  const { ruleset } = written.lint;
  const lost = [
    ...written.specs
      .filter((spec) => !specs.includes(spec))
      .map(({ file, at }) => ({ what: `file ${file}`, at })),
    ...written.roots
      .filter((root) => !roots.includes(root))
      .map(({ dir, at }) => ({ what: `folder ${dir}`, at })),
    ...(ruleset && ruleset.path !== builtInRules && !isFile(resolve(folder, ruleset.path))
      ? [{ what: `file ${ruleset.path}`, at: ruleset.at }]
      : []),
  ];
  const problems = lost.map(({ what, at }): Problem => ({
    code: 'config/missing',
    severity: 'error',
    message: `There is no ${what}.`,
    at,
  }));
  return { specs, roots, problems };
}

function bindingsOf(
  workspace: Workspace,
  folder: string,
  { specs, roots }: Present,
): EngineSettings['bindings'] {
  const idOf = (path: string) => workspace.idOf(resolve(folder, path));
  const bound = specs.map((spec) => {
    const chosen = [
      ...spec.roots,
      ...roots
        .filter((root) => root.specs.some((path) => idOf(path) === idOf(spec.file)))
        .map(({ dir }) => dir),
    ];
    return {
      spec: idOf(spec.file),
      ...(chosen.length === 0
        ? {}
        : { roots: unique(chosen.map((dir) => folderId(workspace, resolve(folder, dir)))) }),
      ...(spec.base === undefined ? {} : { base: spec.base }),
    };
  });
  const listed = new Set(bound.map(({ spec }) => spec));
  const others = unique(roots.flatMap((root) => root.specs.map(idOf))).filter((spec) => !listed.has(spec));
  const byRoot = others.map((spec) => ({
    spec,
    roots: roots
      .filter((root) => root.specs.some((path) => idOf(path) === spec))
      .map(({ dir }) => folderId(workspace, resolve(folder, dir))),
  }));
  return [...bound, ...byRoot];
}

interface Given {
  readonly given: string;
  /** Undefined where it does not exist. */
  readonly path: string | undefined;
}

function existing(given: string, bases: readonly string[], exists: (path: string) => boolean): Given {
  return { given, path: bases.map((base) => resolve(base, given)).find(exists) };
}

function paths(all: readonly Given[]): readonly string[] {
  return all.flatMap(({ path }) => (path === undefined ? [] : [path]));
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
