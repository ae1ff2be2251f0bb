/**
 * Lints one document and what it refers to. The only folder that imports Spectral; it gets its texts and rulesets
 * handed in and returns plain data.
 *
 * INVARIANT: no request leaves while linting. Spectral's own resolver would go to the network for a `$ref`; ours
 * answers from `LintInput.read`, and says so where it may not.
 */

import spectralCore, { type IRuleResult } from '@stoplight/spectral-core';
import refResolver from '@stoplight/spectral-ref-resolver';
import type { DocNode, DocumentFacts } from '../contract/facts.ts';
import type { Finding, Problem, Severity } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { dataOf, placeOf, type JsonPath, type Place } from './document-data.ts';
import { isDeclared, referencesIn } from './references.ts';
import type { Rules, Thrown } from './rules.ts';

/** A document as it is now, unsaved edits included. */
export interface LintedDocument {
  readonly text: string;
  readonly facts: DocumentFacts;
}

export interface LintInput {
  /** Absolute, with `/` as separator. */
  readonly path: string;
  readonly facts: DocumentFacts;
  /** A file that a document refers to; undefined where there is none. */
  read(path: string): LintedDocument | undefined;
  /** The text of a remote document, if its host was approved and it was fetched before. */
  remote(uri: string): string | undefined;
  idOf(path: string): FileId;
}

export interface Linted {
  /** Of the rules. */
  readonly findings: readonly Finding[];
  /** What is wrong with the documents as texts, and with the rules. */
  readonly problems: readonly Problem[];
  /** Files that were read or looked for: the findings may change when one of them does. */
  readonly dependsOn: readonly string[];
}

/** Never throws because of a document or a rule; a function of the ruleset that throws becomes a problem. */
export async function lint(input: LintInput, { ruleset, takeThrown }: Rules): Promise<Linted> {
  const { facts } = input;
  const { root } = facts;
  if (!root || root.kind !== 'map') return { findings: [], problems: facts.problems, dependsOn: [] };
  const documents = new Map<string, DocumentFacts>([[input.path, facts]]);
  const dependsOn = new Set<string>();
  const spectral = new spectralCore.Spectral({ resolver: resolverOf(input, documents, dependsOn) });
  spectral.setRuleset(ruleset);
  const target = {
    parsed: { data: dataOf(root), ast: {}, lineMap: [], diagnostics: [] },
    getLocationForJsonPath: () => undefined,
    source: input.path,
  };
  let results: readonly IRuleResult[];
  try {
    results = await spectral.run(target, { ignoreUnknownFormat: true });
  } catch (error) {
    return {
      findings: [],
      problems: [...problemsOf(documents), failed(facts.file, root, error)],
      dependsOn: [...dependsOn],
    };
  }
  const findings = results.flatMap((result) => findingOf(result, input, documents));
  const thrown = takeThrown().map((each) => threw(facts.file, root, each));
  return {
    findings: sorted(unique(findings)),
    problems: [...problemsOf(documents), ...thrown],
    dependsOn: [...dependsOn],
  };
}

function problemsOf(documents: ReadonlyMap<string, DocumentFacts>): readonly Problem[] {
  return [...documents.values()].flatMap(({ problems }) => problems);
}

function resolverOf(input: LintInput, documents: Map<string, DocumentFacts>, dependsOn: Set<string>) {
  const file = {
    resolve: (uri: { toString(): string }): Promise<string> => {
      const path = pathOfUri(uri.toString());
      dependsOn.add(path);
      const document = input.read(path);
      if (!document) return Promise.reject(new Error(`There is no file ${input.idOf(path)}.`));
      documents.set(path, document.facts);
      return Promise.resolve(document.text);
    },
  };
  const remote = {
    resolve: (uri: { toString(): string }): Promise<string> => {
      const text = input.remote(uri.toString());
      if (text !== undefined) return Promise.resolve(text);
      const host = /^\w+:\/\/([^/]+)/.exec(uri.toString())?.[1] ?? 'this host';
      return Promise.reject(
        new Error(
          `Documents of ${host} are not fetched, because the host is not approved: ${uri.toString()}`,
        ),
      );
    },
  };
  return new refResolver.Resolver({ resolvers: { file, http: remote, https: remote } });
}

function pathOfUri(uri: string): string {
  const path = uri.replace(/^file:\/\//, '').replace(/#.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const severities: readonly Exclude<Severity, 'off'>[] = ['error', 'warning', 'info', 'info'];

function findingOf(
  result: IRuleResult,
  input: LintInput,
  documents: ReadonlyMap<string, DocumentFacts>,
): readonly Finding[] {
  const code = String(result.code);
  const source = result.source ?? input.path;
  const known = documents.get(source) ?? documents.get(pathOfUri(source));
  const facts = known ?? input.facts;
  const { root } = facts;
  // Syntax is reported by our own reader, which places it better and goes on after the first fault.
  if (!root || code === 'parser') return [];
  const path = result.path as JsonPath;
  const finding = (at: Place): Finding => ({
    rule: code,
    severity: severities[result.severity] ?? 'warning',
    message: known ? result.message : `${result.message} (in ${source})`,
    at: { file: facts.file, ...at },
    related: [],
    ...(result.documentationUrl !== undefined && { docs: result.documentationUrl }),
  });
  // A document of another host cannot be opened here: what it has is shown at a reference to it.
  if (!known) {
    const reference = referencesIn(root).find(({ ref }) => ref.startsWith(source));
    return [finding(reference ? { start: reference.start, end: reference.end } : placeOf(root, []))];
  }
  if (code !== 'invalid-ref') return [finding(placeOf(root, path))];
  const places = brokenReferences(root, path, result.message);
  return places.map(finding);
}

/**
 * Where a broken reference stands. Spectral keeps one of several equal messages, and has no place for a fragment
 * that is no pointer; so every reference with the same text is shown, and those that an `$anchor` or `$id` of
 * OpenAPI 3.1 answers are not broken.
 */
function brokenReferences(root: DocNode, path: JsonPath, message: string): readonly Place[] {
  const references = referencesIn(root);
  const place = placeOf(root, path);
  const text =
    /^'([^']*)' JSON pointer is invalid/.exec(message)?.[1] ??
    references.find(({ start, end }) => start === place.start && end === place.end)?.ref;
  if (text === undefined) return [place];
  if (isDeclared(root, text)) return [];
  const same = references.filter(({ ref }) => ref === text).map(({ start, end }) => ({ start, end }));
  return same.length > 0 ? same : [place];
}

function failed(file: FileId, root: DocNode, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'lint/failed',
    severity: 'error',
    message: `The ruleset failed on this document: ${reason}`,
    at: { file, ...placeOf(root, []) },
  };
}

function threw(file: FileId, root: DocNode, thrown: Thrown): Problem {
  return {
    code: 'lint/function-failed',
    severity: 'warning',
    message: `The function ${thrown.function} of the rule ${thrown.rule} failed here: ${thrown.reason}`,
    at: { file, ...placeOf(root, thrown.path) },
  };
}

/** The same fault of a shared schema, found on several ways, is one. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, message, at }) => {
    const key = `${at.file}\0${at.start}\0${at.end}\0${rule}\0${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      order(a.at.file, b.at.file) ||
      a.at.start - b.at.start ||
      order(a.rule, b.rule) ||
      order(a.message, b.message),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
