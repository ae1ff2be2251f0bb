/**
 * Links that are made again after an edit: what an edit left as it was is the same object as before, so that whoever
 * remembers something about a pair need not look at it again.
 */

import type { Link, Pair } from '../contract/pair.ts';

/** The new links, with the pairs of the earlier ones wherever those say the same. */
export function keepPairs(links: readonly Link[], earlier: readonly Link[]): readonly Link[] {
  const known = new Map<object, Pair[]>();
  for (const { pairs } of earlier)
    for (const pair of pairs) {
      const there = known.get(anchorOf(pair));
      if (there) there.push(pair);
      else known.set(anchorOf(pair), [pair]);
    }
  if (known.size === 0) return links;
  return links.map((link) => ({
    ...link,
    pairs: link.pairs.map((pair) => known.get(anchorOf(pair))?.find((one) => isSame(one, pair)) ?? pair),
  }));
}

/** Linking gives operations other addresses, and what they answer is the same object still. */
function anchorOf(pair: Pair): object {
  return pair.state === 'code-only' ? pair.code.outputs : pair.spec.outputs;
}

/** Plain data that says the same. Most of two pairs are the same objects, so this seldom goes deep. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        name in other &&
        isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}
