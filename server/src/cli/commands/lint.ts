/** `lint`: what the editor says of specifications, of all that are found or of those that are named. */

import { resolve } from 'node:path';
import { builtInRules } from '../../config/config.ts';
import type { Finding, Problem } from '../../contract/finding.ts';
import { configure, lintConfig, noPreset } from '../../host/configure.ts';
import { findDocuments } from '../../host/find-documents.ts';
import { rulesetOf } from '../../host/find-ruleset.ts';
import { documentLimit } from '../../host/limits.ts';
import { LintClient } from '../../host/lint-client.ts';
import type { LintJob, LintResult } from '../../host/lint-protocol.ts';
import { readText, textOnDisk } from '../../host/read-text.ts';
import { openWorkspace, type Workspace } from '../../host/workspace.ts';
import type { ExitCode } from '../io.ts';
import type { Program } from '../main.ts';
import { createPlaces } from '../places.ts';
import { lintJson } from '../report/json.ts';
import { lintReport } from '../report/lint.ts';
import { createTheme } from '../report/theme.ts';
import { fails, type FailOn } from './check.ts';

export interface LintOptions {
  readonly in: string;
  readonly format: 'pretty' | 'json';
  readonly failOn: FailOn;
  readonly ruleset?: string;
  readonly trustRulesets?: true;
  readonly builtInOnly?: true;
}

/** What was found in all documents. */
export interface LintOutcome {
  readonly documents: readonly string[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Nobody types meanwhile: a document may take as long as the largest ones do. In milliseconds. */
const deadline = 600_000;

export async function lint(
  files: readonly string[],
  options: LintOptions,
  program: Program,
): Promise<ExitCode> {
  const { io } = program;
  const started = io.now();
  const workspace = openWorkspace(resolve(io.cwd, options.in));
  const configured = configure(workspace, io.cwd, {});
  const complain = (message: string): ExitCode => {
    io.err(`${message}\n`);
    return 2;
  };
  if (typeof configured === 'string') return complain(configured);
  const paths =
    files.length > 0 ? files.map((file) => resolve(io.cwd, file)) : findDocuments(workspace, noPreset);
  const chosen = options.ruleset === undefined ? undefined : resolve(io.cwd, options.ruleset);
  const unread = [...paths, ...(chosen === undefined ? [] : [chosen])].find(
    (path) => textOf(workspace, path) === undefined,
  );
  if (unread !== undefined) return complain(`There is no file ${workspace.idOf(unread)}.`);
  const ruleset = chosen ?? (options.builtInOnly ? builtInRules : undefined);
  if (ruleset === undefined && !options.trustRulesets) {
    const found = rulesetsOf(workspace, paths);
    if (found.length > 0) return complain(askForConsent(found));
  }

  const results = await lintPaths(workspace, paths, program.lintWorker, {
    trusted: chosen !== undefined || options.trustRulesets === true,
    ...(ruleset !== undefined && { ruleset }),
  });
  const failed = results.find(({ result }) => result === undefined);
  if (failed) return complain(`The linter came down too often; the last document was ${failed.path}.`);
  const linted = results.flatMap(({ path, result }) => (result?.linted ? [{ path, result }] : []));
  const other = files.length > 0 && results.find(({ result }) => result?.linted === false);
  if (other) return complain(`${workspace.idOf(other.path)} is no OpenAPI, AsyncAPI or Arazzo document.`);
  if (linted.length === 0) return complain('Found no OpenAPI, AsyncAPI or Arazzo document here.');

  const outcome: LintOutcome = {
    documents: linted.map(({ path }) => workspace.idOf(path)),
    findings: unique(linted.flatMap(({ result }) => result.findings)),
    problems: unique([...configured.problems, ...linted.flatMap(({ result }) => result.problems)]),
  };
  const places = createPlaces((file) => readText(workspace.pathOf(file), file, documentLimit).text);
  if (options.format === 'json') io.out(lintJson(outcome, places));
  else io.out(lintReport(outcome, places, createTheme(io.colors, io.width), io.now() - started));
  if (configured.problems.some(({ severity }) => severity === 'error')) return 2;
  return fails([...outcome.findings, ...outcome.problems], options.failOn) ? 1 : 0;
}

interface LintedPath {
  readonly path: string;
  /** Undefined where the linter came down too often. */
  readonly result: LintResult | undefined;
}

/** Lints documents by absolute paths, as they are on disk. */
export async function lintPaths(
  workspace: Workspace,
  paths: readonly string[],
  worker: string,
  options: Pick<LintJob, 'trusted' | 'ruleset'>,
): Promise<readonly LintedPath[]> {
  const client = new LintClient(worker, { log: () => {}, deadline });
  const results = await Promise.all(
    paths.map(async (path) => {
      const text = textOf(workspace, path) ?? '';
      const job: LintJob = { folder: workspace.folder, path, text, texts: [], preset: noPreset, ...options };
      return { path, result: await client.lint(job) };
    }),
  );
  await client.dispose();
  return results;
}

function textOf(workspace: Workspace, path: string): string | undefined {
  return textOnDisk(path, workspace.idOf(path), documentLimit);
}

/** The rulesets that documents have, as ids. */
export function rulesetsOf(workspace: Workspace, paths: readonly string[]): readonly string[] {
  const { ruleset } = lintConfig(workspace, noPreset);
  const found = paths.flatMap((path) => rulesetOf(path, workspace.folder, ruleset).path ?? []);
  return [...new Set(found)].map((path) => workspace.idOf(path));
}

function askForConsent(found: readonly string[]): string {
  const which = found.length === 1 ? `the ruleset ${found.join()}` : `the rulesets ${found.join(', ')}`;
  return `Found ${which}, which can run code. Say --trust-rulesets to use what is found, --ruleset <file> to use one, or --built-in-only to use none.`;
}

/** A part that several documents share is linted with each of them. */
function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
