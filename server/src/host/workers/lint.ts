/** The lint worker: runs Spectral, which blocks for as long as it takes, and the rulesets of a workspace. */

import { parentPort } from 'node:worker_threads';
import type { DocumentFacts } from '../../contract/facts.ts';
import type { Finding, Problem } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';
import { builtInRuleset } from '../../lint/built-in.ts';
import type { DocumentKind } from '../../lint/detect.ts';
import { createKeptLints } from '../../lint/incremental/kept.ts';
import { withoutKnownFaults } from '../../lint/known-faults.ts';
import { plainly } from '../../lint/plain-messages.ts';
import type { LintedDocument, LintHost } from '../../lint/lint.ts';
import { createRules, type RuleSource } from '../../lint/rules.ts';
import { withSeverities } from '../../lint/severity.ts';
import { readDocument } from '../../text/document.ts';
import { lintConfig } from '../configure.ts';
import { findDocuments } from '../find-documents.ts';
import { rulesetOf, slashed } from '../find-ruleset.ts';
import { documentLimit } from '../limits.ts';
import { textOnDisk } from '../read-text.ts';
import type { FromLint, LintJob, LintResult, ToLint } from '../lint-protocol.ts';
import type { KnownRemotes } from '../remote-documents.ts';
import { Rulesets, type RulesetInUse } from '../rulesets.ts';
import { openWorkspace } from '../workspace.ts';

class Linter {
  readonly #rulesets = new Map<string, Rulesets>();
  readonly #builtIn = new Map<DocumentKind, RuleSource>();
  readonly #avoided = new Map<string, string>();
  readonly #kept = createKeptLints();

  avoid(path: string, key: string): void {
    this.#avoided.set(path, key);
  }

  async lint(
    { folder, path, text, texts, trusted, preset, ruleset, remotes }: LintJob,
    using: (ruleset: { readonly path: string; readonly key: string }) => void,
  ): Promise<LintResult> {
    const workspace = openWorkspace(folder);
    const idOf = (other: string) => workspace.idOf(other);
    const document = this.#kept.read(slashed(path), idOf(path), text);
    const { kind } = document;
    if (kind === undefined) return { linted: false, findings: [], problems: [], dependsOn: [], remotes: [] };
    const config = lintConfig(workspace, preset);
    const found = rulesetOf(path, workspace.folder, ruleset ?? config.ruleset);
    const own = found.path === undefined ? undefined : await this.#own(found.path, folder, trusted, using);
    const open = new Map(texts);
    const rules = own?.rules;
    const remoteTexts = new Map(remotes?.texts);
    const wanted = new Set<string>();
    const host: LintHost = {
      path: slashed(path),
      read(other) {
        const file = idOf(other);
        const content = open.get(other) ?? textOnDisk(other, file, documentLimit);
        return content === undefined ? undefined : readWhenAsked(file, content);
      },
      remote(uri) {
        wanted.add(uri);
        return remoteTexts.get(uri);
      },
      idOf,
    };
    const effective = (rules ?? this.#builtInRules(kind)).rulesFor(slashed(path));
    const { linted, facts, health } = await this.#kept.lint(document, host, effective);
    return {
      linted: true,
      // The rules of a workspace replace all of ours.
      findings: withSeverities(
        [
          ...plainly(withoutKnownFaults(linted.findings, facts), facts).map((each) =>
            withReason(each, remotes),
          ),
          ...(rules ? [] : health()),
        ],
        config.rules,
      ),
      problems: [...linted.problems, ...(own?.problems ?? [])],
      dependsOn: [...linted.dependsOn, ...found.lookedFor, ...config.paths, ...(own?.paths ?? [])],
      remotes: [...wanted],
    };
  }

  /** The workspace's own ruleset; without rules where it may not run or cannot. */
  async #own(
    path: string,
    folder: string,
    trusted: boolean,
    using: (ruleset: { readonly path: string; readonly key: string }) => void,
  ): Promise<RulesetInUse> {
    const rulesets = this.#rulesetsOf(folder);
    const withheld = (code: string, severity: Problem['severity'], message: string): RulesetInUse => ({
      rules: undefined,
      problems: [{ code, severity, message, at: rulesets.startOf(path) }],
      paths: rulesets.pathsOf(path),
    });
    if (!trusted) {
      const message =
        'This ruleset is not loaded, because a ruleset can run code and the workspace is not trusted. Documents are linted with the built-in rules.';
      return withheld('lint/ruleset-not-loaded', 'info', message);
    }
    const used = rulesets.used(path);
    if (this.#avoided.get(path) === used.key) {
      const message =
        'Linting with this ruleset did not end, or ended the linter, twice. Documents are linted with the built-in rules until it changes.';
      return withheld('lint/ruleset-left-out', 'error', message);
    }
    using(used);
    return rulesets.load(path);
  }

  #rulesetsOf(folder: string): Rulesets {
    const known = this.#rulesets.get(folder);
    if (known) return known;
    const workspace = openWorkspace(folder);
    const rulesets = new Rulesets({ idOf: (path) => workspace.idOf(path) });
    this.#rulesets.set(folder, rulesets);
    return rulesets;
  }

  #builtInRules(kind: DocumentKind): RuleSource {
    const known = this.#builtIn.get(kind);
    if (known) return known;
    const rules = createRules(builtInRuleset(kind));
    this.#builtIn.set(kind, rules);
    return rules;
  }
}

/** Documents that did not change since the last time are not read again. */
function readWhenAsked(file: FileId, text: string): LintedDocument {
  let facts: DocumentFacts | undefined;
  return {
    text,
    get facts() {
      return (facts ??= readDocument(file, text));
    },
  };
}

/** A document of an approved host that could not be had: why. */
function withReason(finding: Finding, remotes: KnownRemotes | undefined): Finding {
  const failure = remotes?.failures.find(([uri]) => finding.message.endsWith(` approved: ${uri}`));
  return failure ? { ...finding, message: `${failure[0]} could not be fetched: ${failure[1]}.` } : finding;
}

const linter = new Linter();

parentPort?.on('message', (message: ToLint) => {
  const say = (answer: FromLint): void => parentPort?.postMessage(answer);
  if (message.kind === 'avoid') {
    linter.avoid(message.path, message.key);
    return;
  }
  const { id } = message;
  if (message.kind === 'find') {
    say({ kind: 'found', id, paths: findDocuments(openWorkspace(message.folder), message.preset) });
    return;
  }
  linter
    .lint(message, (ruleset) => say({ kind: 'using', id, ruleset }))
    .then(
      (result) => say({ kind: 'linted', id, result }),
      (error: unknown) => say({ kind: 'fault', id, message: String(error) }),
    );
});
