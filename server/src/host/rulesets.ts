/**
 * The rulesets of a workspace, each loaded once for as long as its files stay as they are. Where one breaks, its last good
 * version goes on.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Problem } from '../contract/finding.ts';
import type { FileId, Span } from '../contract/span.ts';
import { createRules, type RuleSource } from '../lint/rules.ts';
import { readRulesetFiles, rulesetProblem, type RulesetIo } from '../lint/ruleset-files.ts';
import { missing, slashed, stampOf } from './find-ruleset.ts';
import type { UsedRuleset } from './lint-protocol.ts';
import { documentLimit } from './limits.ts';
import { readText } from './read-text.ts';

export interface RulesetInUse {
  /** Undefined where it cannot be used and never could. */
  readonly rules: RuleSource | undefined;
  readonly problems: readonly Problem[];
  readonly paths: readonly string[];
}

interface Kept {
  readonly stamps: ReadonlyMap<string, string>;
  readonly loaded: RulesetInUse;
}

export interface RulesetsOptions {
  idOf(path: string): FileId;
}

export class Rulesets {
  readonly #options: RulesetsOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #lastGood = new Map<string, RuleSource>();

  constructor(options: RulesetsOptions) {
    this.#options = options;
  }

  /** The first line of a ruleset, for what is said of it as a whole. */
  startOf(path: string): Span {
    const text = this.#io().read(path) ?? '';
    return { file: this.#options.idOf(path), start: 0, end: text.search(/\r?\n|$/) };
  }

  /** The state of a ruleset, without running it. */
  used(path: string): UsedRuleset {
    return {
      path,
      key: this.pathsOf(path)
        .map((each) => `${each} ${stampOf(each)}`)
        .join('\n'),
    };
  }

  /** The files that it names, and itself. */
  pathsOf(path: string): readonly string[] {
    return readRulesetFiles(path, this.#io()).paths;
  }

  /** Runs the ruleset's modules, unless it was loaded before and nothing changed. */
  async load(path: string): Promise<RulesetInUse> {
    const kept = this.#kept.get(path);
    if (kept && [...kept.stamps].every(([file, stamp]) => stampOf(file) === stamp)) return kept.loaded;
    const stamps = new Map<string, string>();
    // The loader comes with a bundler, which only workspaces with a ruleset pay for.
    const { loadRuleset } = await import('../lint/ruleset-load.ts');
    const { ruleset, problems, paths } = await loadRuleset(path, this.#io(stamps));
    for (const file of paths) if (!stamps.has(file)) stamps.set(file, stampOf(file));
    const rules = ruleset && createRules(ruleset);
    if (rules) this.#lastGood.set(path, rules);
    const instead = this.#lastGood.get(path);
    const loaded: RulesetInUse = {
      rules: instead,
      problems: rules ? problems : problems.map((problem) => withConsequence(problem, instead !== undefined)),
      paths,
    };
    this.#kept.set(path, { stamps, loaded });
    return loaded;
  }

  /** Stamps are those from before a file is read, so that a change while it is read is seen. */
  #io(stamps?: Map<string, string>): RulesetIo {
    const { idOf } = this.#options;
    return {
      read(path) {
        const stamp = stampOf(path);
        stamps?.set(path, stamp);
        return stamp === missing ? undefined : readText(path, idOf(path), documentLimit).text;
      },
      resolve(name, folder) {
        try {
          return slashed(createRequire(join(folder, 'ruleset.js')).resolve(name));
        } catch {
          return undefined;
        }
      },
      fetch: (uri) =>
        Promise.reject(new Error(`Rulesets are not fetched from other hosts: save ${uri} beside this one.`)),
      idOf,
    };
  }
}

function withConsequence(problem: Problem, hasLastGood: boolean): Problem {
  if (problem.code !== rulesetProblem) return problem;
  const sentence = /[.!?]$/.test(problem.message) ? problem.message : `${problem.message}.`;
  const instead = hasLastGood ? 'its last version that could be used' : 'the built-in rules';
  return { ...problem, message: `${sentence} Documents are linted with ${instead} until this is mended.` };
}
