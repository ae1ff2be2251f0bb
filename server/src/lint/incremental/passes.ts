/** Runs of Spectral over what an edit leaves to be looked at again. */

import type { IRuleResult } from '@stoplight/spectral-core';
import { createTarget, runSpectral, type Resolution, type Resolving } from '../run.ts';
import type { Rules } from '../rules.ts';
import type { Live, LiveStart } from './live.ts';
import { markIn, marking, rulesetOf, type Reaches } from './marks.ts';
import type { Found, State } from './states.ts';
import { stubFor } from './stubs.ts';
import { errorsOf, type ResolutionError } from './wiring.ts';

export interface Passes {
  /** Notes what the rules that look at one part found in them. */
  takeLocal(results: readonly IRuleResult[]): void;
  /** Those rules on some parts; false where one looked at something that is in no part. */
  runLocal(dirty: ReadonlySet<State>): Promise<boolean>;
  /**
   * The check against the schema of OpenAPI, of a document in which most parts are stubs: what is found above the parts.
   * Undefined where a stub may have been the reason.
   */
  runStructural(fresh: ReadonlySet<State>): Promise<readonly IRuleResult[] | undefined>;
  /** All other rules, on the whole document. Undefined where it is not certain what Spectral's resolver would say. */
  runGlobal(): Promise<readonly IRuleResult[] | undefined>;
}

export interface PassesStart extends LiveStart {
  readonly rules: Rules;
  readonly reaches: Reaches;
}

export function createPasses(live: Live, start: PassesStart): Passes {
  const { path: source, rules, run, reaches, states, wiring, kept } = start;
  const { resolution, target, uriCache } = run;
  const { foundIn } = live;
  const rulesets = {
    local: rulesetOf(rules.ruleset, reaches, 'local'),
    structural: rulesetOf(rules.ruleset, reaches, 'structural'),
    global: rulesetOf(rules.ruleset, reaches, 'global'),
  };

  function resolverOf(result: unknown, errors: ResolutionError[] = []): Resolving {
    const answer: Resolution = { ...resolution, result, errors, graph: wiring.graph };
    return { uriCache: uriCache as Resolving['uriCache'], resolve: () => Promise.resolve(answer) };
  }

  function takeLocal(results: readonly IRuleResult[]): void {
    for (const result of results) {
      const key = markIn(result);
      const state = key === undefined ? undefined : states.all.get(key);
      const found = state && foundIn(result);
      if (found) state.local.push(found);
    }
  }

  async function runLocal(dirty: ReadonlySet<State>): Promise<boolean> {
    const parts = [...dirty].map(({ part }) => part);
    const keys = new Set(parts.map(({ key }) => key));
    const watching = { isCertain: true };
    for (const state of dirty) state.local = [];
    target.parsed.data = live.trees.data.showing(parts);
    rules.watch.markOf = marking(live.index, reaches, watching, (key) => keys.has(key));
    takeLocal(await runSpectral(target, rulesets.local, resolverOf(live.trees.resolved.showing(parts))));
    rules.watch.markOf = undefined;
    return watching.isCertain;
  }

  async function runStructural(fresh: ReadonlySet<State>): Promise<readonly IRuleResult[] | undefined> {
    const { index, trees } = live;
    const { stubs } = trees;
    for (const { part, data } of fresh) stubs.set(part, data);
    const { root } = stubs;
    const results = await runSpectral(createTarget(root, source), rulesets.structural, resolverOf(root));
    for (const { part, data } of fresh) stubs.set(part, stubFor(part.path) ?? data);
    const above: IRuleResult[] = [];
    for (const result of results) {
      const reached = index.reach(result.path);
      const state = reached && states.all.get(reached.key);
      const isStub = state && !fresh.has(state) && stubFor(state.path) !== undefined;
      const found = foundIn(result);
      if (!reached || !state || !found || (!isStub && !fresh.has(state))) above.push(result);
      else if (fresh.has(state)) state.structural.push(found);
      else if (result.path.length > reached.depth || !state.structural.some((each) => isSame(each, found)))
        return undefined;
      // The check looks up what is referred to, which may be a stub now.
      if (!isStub && state?.links.hasSiblings === true && result.message.includes('allowed values'))
        return undefined;
    }
    return above;
  }

  return {
    takeLocal,
    runLocal,
    runStructural,
    async runGlobal() {
      const errors = errorsOf(kept, states.all.values());
      if (!errors) return undefined;
      const { data, resolved } = live.trees;
      return runSpectral(createTarget(data.root, source), rulesets.global, resolverOf(resolved.root, errors));
    },
  };
}

function isSame(one: Found, other: Found): boolean {
  return one.finding.rule === other.finding.rule && one.finding.message === other.finding.message;
}
