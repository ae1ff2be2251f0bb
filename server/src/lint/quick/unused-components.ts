/** Spectral writes down all that is referred to once for each kind of component. */

import type { RuleFunction } from '../examples/remember.ts';
import { isPlain } from './is-plain.ts';

interface Referred {
  readonly plain: ReadonlySet<string>;
  /** Written with escapes, which only Spectral reads as it does. */
  readonly escaped: readonly string[];
}

/** Gives the same results as `check`, Spectral's function of the rule about components that nothing refers to. */
export function unusedComponents(check: RuleFunction): RuleFunction {
  const quick: RuleFunction = (input, options, context) => {
    const { document, documentInventory } = context;
    const { graph } = documentInventory;
    if (graph === null || !isPlain(input) || !isPlain(input['components']))
      return check(input, options, context);
    const { plain, escaped } = referredIn(graph.overallOrder());
    const source = document.source ?? '';
    const candidates = Object.entries(input['components']).map(([kind, all]) => {
      if (!isPlain(all)) return [kind, all];
      const names = Object.keys(all).filter((name) => !plain.has(`${source}#/components/${kind}/${name}`));
      return [kind, Object.fromEntries(names.map((name) => [name, all[name]]))];
    });
    const inventory = { ...documentInventory, graph: { overallOrder: () => escaped } };
    return check({ ...input, components: Object.fromEntries(candidates) }, options, {
      ...context,
      documentInventory: inventory as unknown as typeof documentInventory,
    });
  };
  return Object.assign(quick, check);
}

function referredIn(order: readonly string[]): Referred {
  const isEscaped = (node: string): boolean => /[~%]/.test(node);
  return { plain: new Set(order.filter((node) => !isEscaped(node))), escaped: order.filter(isEscaped) };
}
