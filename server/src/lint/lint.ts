/**
 * Lints one document and what it refers to. The only folder that imports Spectral; it gets its texts and rulesets
 * handed in and returns plain data.
 */

import type { IRuleResult } from '@stoplight/spectral-core';
import type { DocumentFacts } from '../contract/facts.ts';
import type { Finding, Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';
import { dataOf } from './document-data.ts';
import { findingsOf, placesIn, tidied, type Places } from './findings.ts';
import type { Rules, Thrown } from './rules.ts';
import {
  createResolver,
  createTarget,
  pathOfUri,
  runSpectral,
  type LintTarget,
  type Resolution,
} from './run.ts';

/** A document as it is now, unsaved edits included. */
export interface LintedDocument {
  readonly text: string;
  readonly facts: DocumentFacts;
}

export interface LintHost {
  /** Absolute, with `/` as separator. */
  readonly path: string;
  /** A file that a document refers to; undefined where there is none. */
  read(path: string): LintedDocument | undefined;
  /** The text of a remote document, if its host was approved and it was fetched before. */
  remote(uri: string): string | undefined;
  idOf(path: string): FileId;
}

export interface LintInput extends LintHost {
  readonly facts: DocumentFacts;
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
export async function lint(input: LintInput, rules: Rules): Promise<Linted> {
  return (await lintWhole(input, rules)).linted;
}

/** What a run was made from and came to, for those that go on from there. */
export interface WholeRun {
  readonly target: LintTarget;
  readonly resolution: Resolution;
  readonly uriCache: unknown;
  readonly results: readonly IRuleResult[];
  readonly others: Others;
}

/** The documents that a run asked for, by their paths. */
export interface Others {
  readonly documents: ReadonlyMap<string, LintedDocument | undefined>;
  /** Those of other hosts, by their addresses. */
  readonly remotes: ReadonlyMap<string, string | undefined>;
  placesOf(source: string): Places | 'broken' | undefined;
}

/** @param resolved is called with the document's references resolved, before any rule runs */
export async function lintWhole(
  input: LintInput,
  { ruleset, takeThrown }: Rules,
  resolved: (resolution: Resolution) => void = () => undefined,
): Promise<{ readonly linted: Linted; readonly run?: WholeRun }> {
  const { facts } = input;
  const { root } = facts;
  if (!root || root.kind !== 'map')
    return { linted: { findings: [], problems: facts.problems, dependsOn: [] } };
  const home = placesIn(facts.file, root);
  const documents = new Map<string, LintedDocument | undefined>();
  const remotes = new Map<string, string | undefined>();
  const others = othersIn(documents, remotes);
  const resolver = createResolver({
    file(path) {
      const document = input.read(path);
      documents.set(path, document);
      return document?.text;
    },
    remote(uri) {
      const text = input.remote(uri);
      remotes.set(uri, text);
      return text;
    },
    nameOf: (path) => input.idOf(path),
  });
  const target = createTarget(dataOf(root), input.path);
  const problemsOfTexts = (): readonly Problem[] => [
    ...facts.problems,
    ...[...documents].flatMap(([path, document]) =>
      path === input.path ? [] : (document?.facts.problems ?? []),
    ),
  ];
  let resolution: Resolution | undefined;
  const { uriCache } = resolver;
  let results: readonly IRuleResult[];
  try {
    results = await runSpectral(target, ruleset, {
      uriCache,
      async resolve(...request) {
        resolution = await resolver.resolve(...request);
        resolved(resolution);
        return resolution;
      },
    });
  } catch (error) {
    const problems = [...problemsOfTexts(), failed(home, error)];
    return { linted: { findings: [], problems, dependsOn: [...documents.keys()] } };
  }
  const thrown = takeThrown().map((each) => threw(home, each));
  const placesOf = (source: string): Places | 'broken' | undefined =>
    source === input.path || pathOfUri(source) === input.path ? home : others.placesOf(source);
  const linted = {
    findings: tidied(results.flatMap((result) => findingsOf(result, home, placesOf))),
    problems: [...problemsOfTexts(), ...thrown],
    dependsOn: [...documents.keys()],
  };
  return resolution ? { linted, run: { target, resolution, uriCache, results, others } } : { linted };
}

function othersIn(
  documents: ReadonlyMap<string, LintedDocument | undefined>,
  remotes: Others['remotes'],
): Others {
  const places = new Map<LintedDocument, Places>();
  return {
    documents,
    remotes,
    placesOf(source) {
      const document = documents.get(source) ?? documents.get(pathOfUri(source));
      const root = document?.facts.root;
      if (!document || !root) return document && 'broken';
      const made = places.get(document) ?? placesIn(document.facts.file, root);
      places.set(document, made);
      return made;
    },
  };
}

function failed(home: Places, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'lint/failed',
    severity: 'error',
    message: `The ruleset failed on this document: ${reason}`,
    at: placed(home, []),
  };
}

export function threw(home: Places, thrown: Thrown): Problem {
  return {
    code: 'lint/function-failed',
    severity: 'warning',
    message: `The function ${thrown.function} of the rule ${thrown.rule} failed here: ${thrown.reason}`,
    at: placed(home, thrown.path),
  };
}

function placed(home: Places, path: Thrown['path']): Problem['at'] {
  const { start, end } = home.placeOf(path);
  return { file: home.file, start, end };
}
