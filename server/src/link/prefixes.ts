/**
 * Concludes unknown prefixes from the spec. `app.use(config.get('base'), api)` leaves every route below it without
 * its front; if most of those routes end like operations of the spec do, what the spec has in front of them is the
 * prefix. Routes with the same reason stand or fall together, so one odd match settles nothing.
 */

import type { UnknownReason } from '../contract/knowledge.ts';
import type { SpecContract } from '../contract/operation.ts';
import type { Path } from '../contract/path.ts';
import { cuts, joinKeys, pathKeys } from './keys.ts';
import { prefixed, type Route } from './routes.ts';

const MIN_VOTES = 2;
/** Of the routes that end like some operation, the share that has to agree on what stands in front. */
const MIN_SHARE = 0.5;

/** Fronts by method and back: what the specs have in front of each ending. */
type Fronts = ReadonlyMap<string, ReadonlyMap<string, Path>>;

function frontsOf(specs: readonly SpecContract[]): Fronts {
  const fronts = new Map<string, Map<string, Path>>();
  for (const spec of specs) {
    for (const base of spec.bases) {
      for (const { key } of spec.operations.items) {
        const full = [...base, ...key.path];
        for (const { front, back } of cuts(pathKeys(full))) {
          const at = `${key.method} ${joinKeys(back)}`;
          const known = fronts.get(at) ?? new Map<string, Path>();
          fronts.set(at, known);
          const name = joinKeys(front);
          if (!known.has(name)) known.set(name, full.slice(0, front.length));
        }
      }
    }
  }
  return fronts;
}

function reasonKey(reason: UnknownReason): string {
  return 'at' in reason ? `${reason.at.file}:${reason.at.start}` : reason.why;
}

function agreedFront(routes: readonly Route[], fronts: Fronts): Path | undefined {
  const votes = new Map<string, { path: Path; count: number }>();
  let voters = 0;
  for (const { operation, forms } of routes) {
    const seen = new Map<string, Path>();
    for (const form of forms) {
      for (const [name, path] of fronts.get(`${operation.key.method} ${joinKeys(form.keys)}`) ?? [])
        seen.set(name, path);
    }
    if (seen.size > 0) voters += 1;
    for (const [name, path] of seen) {
      const vote = votes.get(name) ?? { path, count: 0 };
      vote.count += 1;
      votes.set(name, vote);
    }
  }
  // Specs offer their longest fronts first (`[]` is the last base), so on a tie the first stays.
  let best: { path: Path; count: number } | undefined;
  for (const vote of votes.values()) if (!best || vote.count > best.count) best = vote;
  if (!best || best.count < MIN_VOTES || best.count < voters * MIN_SHARE) return undefined;
  return best.path;
}

/** The routes with concluded prefixes in front, in the same order. Routes whose paths are whole stay as they are. */
export function settlePrefixes(routes: readonly Route[], specs: readonly SpecContract[]): readonly Route[] {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const reason = route.operation.origin.unknownPrefix;
    if (!reason) continue;
    const key = reasonKey(reason);
    const group = groups.get(key);
    if (group) group.push(route);
    else groups.set(key, [route]);
  }
  if (groups.size === 0) return routes;
  const fronts = frontsOf(specs);
  const agreed = new Map<string, Path>();
  for (const [key, group] of groups) {
    const front = agreedFront(group, fronts);
    if (front) agreed.set(key, front);
  }
  return routes.map((route) => {
    const reason = route.operation.origin.unknownPrefix;
    const front = reason && agreed.get(reasonKey(reason));
    return front ? { ...prefixed(route, front), settled: true } : route;
  });
}
