/**
 * Rules that are ready to run. Spectral ends a run at the first function that throws, and the findings of all other
 * rules go with it; here one that throws is silent, and told if it is the workspace's own.
 */

import spectralCore, { type Ruleset, type RulesetDefinition } from '@stoplight/spectral-core';
import spectralFunctions from '@stoplight/spectral-functions';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { isExampleCheck, rememberExamples, type RuleFunction } from './examples/remember.ts';
import { pathParameters } from './quick/path-parameters.ts';
import { uniqueOperationIds } from './quick/unique-ids.ts';
import { unusedComponents } from './quick/unused-components.ts';

/** A function of the workspace that threw, the first time a rule called it. */
export interface Thrown {
  readonly rule: string;
  readonly function: string;
  readonly reason: string;
  /** Of the value that it was given, in the document with its references resolved. */
  readonly path: readonly (string | number)[];
}

/** A ruleset with the overrides that it has for one document. */
export interface Rules {
  readonly ruleset: Ruleset;
  /** What threw since this was asked the last time. */
  takeThrown(): readonly Thrown[];
  /** The names of the functions of a rule; undefined where one does not come with Spectral. */
  checksOf(rule: Rule): readonly string[] | undefined;
  readonly watch: Watch;
}

type Rule = Ruleset['rules'][string];

/** Who watches a run sees where each rule looks, and marks what it finds there. */
export interface Watch {
  /**
   * The mark stands behind the name of the rule in every result of this call; undefined spares the call. Functions
   * that answer later get no mark, so none may be given where the function is not one of Spectral's.
   */
  markOf?:
    ((rule: string, path: Thrown['path'], field: string | undefined) => string | undefined) | undefined;
  /**
   * Spectral makes validators anew for each run, and keeps them by the document that it runs on. This object takes its
   * place, so that they last as long as it does.
   */
  workshop?: object | undefined;
}

export interface RuleSource {
  /** `source` is the absolute path of the document. */
  rulesFor(source: string): Rules;
}

/** Takes the ruleset over: its functions are exchanged. */
export function createRules(ruleset: Ruleset): RuleSource {
  const guard = createGuard();
  const guarded = new WeakMap<Ruleset, Rules>();
  const bySource = new Map<string, Rules>();
  return {
    rulesFor(source) {
      const known = bySource.get(source);
      if (known) return known;
      const effective = ruleset.fromSource(source);
      const rules = guarded.get(effective) ?? guard(effective);
      guarded.set(effective, rules);
      bySource.set(source, rules);
      return rules;
    },
  };
}

function createGuard(): (ruleset: Ruleset) => Rules {
  const theirs = functionsOfSpectral();
  return (ruleset) => {
    const thrown = new Map<string, Thrown>();
    const watch: Watch = {};
    const checks = new Map<Rule, readonly string[]>();
    for (const [rule, definition] of Object.entries(ruleset.rules)) {
      const names = definition.then.flatMap((then) => theirs.get(then.function) ?? []);
      if (names.length === definition.then.length) checks.set(definition, names);
      let mark = '';
      Object.defineProperty(definition, 'name', { get: () => rule + mark, configurable: true });
      definition.then = definition.then.map((then) => {
        const tell = theirs.has(then.function)
          ? undefined
          : (error: unknown, path: Thrown['path']): void => {
              if (thrown.has(rule)) return;
              const reason = error instanceof Error ? error.message : String(error);
              thrown.set(rule, { rule, function: then.function.name, reason, path });
            };
        const name = theirs.get(then.function);
        const check = name === undefined ? then.function : quickly(name, then.function, watch);
        const forgiven = forgiving(check, tell);
        const watched: RuleFunction = (input, options, context) => {
          const given = watch.markOf ? watch.markOf(rule, context.path, then.field) : '';
          mark = given ?? '';
          return given === undefined ? undefined : forgiven(input, options, context);
        };
        return { ...then, function: Object.assign(watched, check) };
      });
    }
    return {
      ruleset,
      watch,
      checksOf: (rule) => checks.get(rule),
      takeThrown() {
        const all = [...thrown.values()];
        thrown.clear();
        return all;
      },
    };
  };
}

/** One of Spectral's functions, with the same results. */
function quickly(name: string, check: RuleFunction, watch: Watch): RuleFunction {
  const quick = QUICKLY[name];
  if (quick) return quick(check);
  if (!VALIDATES.has(name)) return check;
  const inWorkshop: RuleFunction = (input, options, context) =>
    check(
      input,
      options,
      watch.workshop
        ? { ...context, documentInventory: watch.workshop as typeof context.documentInventory }
        : context,
    );
  return isExampleCheck(check) ? rememberExamples(inWorkshop) : inWorkshop;
}

/** Functions that look at a whole document take longer than an edit may, in Spectral's form. */
const QUICKLY: Readonly<Record<string, ((check: RuleFunction) => RuleFunction) | undefined>> = {
  oasOpIdUnique: uniqueOperationIds,
  oasPathParam: pathParameters,
  oasUnusedComponent: unusedComponents,
};

/** They make use of the inventory only as what validators are kept by. */
const VALIDATES: ReadonlySet<string> = new Set(['schema', 'oasSchema', 'oasExample']);

/**
 * Some of Spectral's functions throw at half-typed documents (`schema:` without a value yet). What is half-typed is
 * told by the structural rules.
 */
function forgiving(
  check: RuleFunction,
  tell: ((error: unknown, path: Thrown['path']) => void) | undefined,
): RuleFunction {
  const checked: RuleFunction = (input, options, context) => {
    const { path } = context;
    const failed = (error: unknown): undefined => void tell?.(error, [...path]);
    try {
      const results = check(input, options, context);
      return results instanceof Promise ? results.catch(failed) : results;
    } catch (error) {
      return failed(error);
    }
  };
  return Object.assign(checked, check);
}

/** With their names; a bundler may have called those that have a public one otherwise. */
function functionsOfSpectral(): ReadonlyMap<unknown, string> {
  const rules = Object.values(spectralRulesets).flatMap((ruleset) =>
    Object.values(new spectralCore.Ruleset(ruleset as RulesetDefinition).rules),
  );
  const used = rules.flatMap((rule) => rule.then.map((then) => then.function));
  return new Map<unknown, string>([
    ...used.map((each) => [each, each.name] as const),
    ...Object.entries(spectralFunctions).map(([name, each]) => [each, name] as const),
  ]);
}
