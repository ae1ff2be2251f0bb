/** Where an ignore can stand that means a finding. */

import type { Link, Pair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import { operationName } from './http/names.ts';
import { placesOf } from './ignores.ts';
import type { Raised } from './raise.ts';
import { nameOf } from './tell.ts';

export type PairsByName = ReadonlyMap<string, readonly Pair[]>;

export function pairsByName({ pairs }: Link): PairsByName {
  const byName = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const name = nameOf(operationName(pair.state === 'code-only' ? pair.code : pair.spec));
    const list = byName.get(name);
    if (list) list.push(pair);
    else byName.set(name, [pair]);
  }
  return byName;
}

/**
 * Where an ignore can stand that means this finding: at its own place, at either side of its operation, at the router
 * that it is told for. What it mentions of another operation (the nearest of the other side) is no such place.
 */
export function placesOfFinding({ raw, pair }: Raised, pairs: PairsByName): readonly Span[] {
  const named = raw.operation && !pair ? (pairs.get(nameOf(raw.operation)) ?? []) : [];
  const own = pair ? [pair] : named;
  return [
    raw.at,
    ...(raw.pile ? [raw.pile.at] : []),
    ...own.flatMap((each) => [
      ...('spec' in each ? placesOf(each.spec) : []),
      ...('code' in each ? placesOf(each.code) : []),
    ]),
    ...(pair === undefined || pair.state === 'matched' ? (raw.related ?? []).map(({ at }) => at) : []),
  ];
}

/** The schemas that a finding about fields is about, each as the places of all of its fields. */
export function schemasOf({ rule, pair }: Raised): readonly (readonly Span[])[] {
  if (rule.axis.subject !== 'field' || pair?.state !== 'matched') return [];
  const { bodies, outputs } = pair.spec;
  const all = [...bodies.items, ...outputs.items.flatMap((output) => output.bodies.items)];
  return all.map(({ shape }) =>
    shape.kind === 'object' ? Object.values(shape.fields).map(({ at }) => at) : [],
  );
}
