/** What the language server and its lint worker say to each other. Paths are absolute. */

import type { Finding, Problem } from '../contract/finding.ts';
import type { Preset } from './configure.ts';
import type { KnownRemotes } from './remote-documents.ts';

export type ToLint =
  | ({ readonly kind: 'lint'; readonly id: number } & LintJob)
  /** Which documents of a folder may be linted? */
  | { readonly kind: 'find'; readonly id: number; readonly folder: string; readonly preset: Preset }
  /** This state of a ruleset brings the worker down. */
  | ({ readonly kind: 'avoid' } & UsedRuleset);

export interface LintJob {
  /** The workspace folder. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  /** Unsaved texts of other documents, by path. */
  readonly texts: readonly (readonly [string, string])[];
  /** May rulesets of the workspace run? */
  readonly trusted: boolean;
  /** Counts where the configuration file of the folder says nothing. */
  readonly preset: Preset;
  /** What goes before the configuration: an absolute path, or `built-in`. */
  readonly ruleset?: string;
  /** What is known of documents of other hosts. */
  readonly remotes?: KnownRemotes;
}

/** A ruleset of the workspace as it is now. */
export interface UsedRuleset {
  readonly path: string;
  /** Another one when its files change. */
  readonly key: string;
}

export interface LintResult {
  /** False for a document that is none of those that are linted. */
  readonly linted: boolean;
  /** Of the rules. */
  readonly findings: readonly Finding[];
  /** Of documents as texts, and of rulesets. */
  readonly problems: readonly Problem[];
  /** Files that were read or looked for: the result may be another one when one of them changes. */
  readonly dependsOn: readonly string[];
  /** Addresses of documents of other hosts that it refers to. */
  readonly remotes: readonly string[];
}

export type FromLint =
  /** Runs for the job from now on: the first suspect if that never ends. */
  | { readonly kind: 'using'; readonly id: number; readonly ruleset: UsedRuleset }
  | { readonly kind: 'found'; readonly id: number; readonly paths: readonly string[] }
  | { readonly kind: 'linted'; readonly id: number; readonly result: LintResult }
  /** A fault of ours. */
  | { readonly kind: 'fault'; readonly id: number; readonly message: string };
