/**
 * Spectral looks at the parameters of all operations after every edit. What it finds in a path item depends on the
 * path and the item alone, so each is looked at once; only that no two paths are the same is asked of all of them.
 */

import type { RuleFunction } from '../examples/remember.ts';
import { isPlain } from './is-plain.ts';

type Results = readonly Result[];
type Result = Extract<Exclude<ReturnType<RuleFunction>, undefined>, readonly unknown[]>[number];

const NOTHING = {};

/** Gives the same results as `check`, Spectral's function of the rule about parameters of paths, some of them twice. */
export function pathParameters(check: RuleFunction): RuleFunction {
  const found = new WeakMap<object, Map<string, Results>>();
  const remembering: RuleFunction = (paths, options, context) => {
    if (!isPlain(paths)) return check(paths, options, context);
    const items = Object.entries(paths);
    const bare = items.map(([path, item]) => [path, isPlain(item) ? NOTHING : item]);
    const results = [...asList(check(Object.fromEntries(bare), options, context))];
    for (const [path, item] of items) {
      if (!isPlain(item)) continue;
      const ofItem = found.get(item) ?? new Map<string, Results>();
      found.set(item, ofItem);
      const known = ofItem.get(path) ?? asList(check(Object.fromEntries([[path, item]]), options, context));
      ofItem.set(path, known);
      results.push(...known);
    }
    return results;
  };
  return Object.assign(remembering, check);
}

function asList(results: ReturnType<RuleFunction>): Results {
  return Array.isArray(results) ? results : [];
}
