/** Finds the routes of one server that implement an operation of a spec. */

import type { Alignment, Match } from '../contract/pair.ts';
import { codeKeys } from './align.ts';
import { type Cover, covering, createCover } from './cover.ts';
import { endsWithKeys, hasLiteral, isLiteralKey, joinKeys, type Keys, PARAM, REST } from './keys.ts';
import { type Form, isOpen, type Promised, type Route, type Server } from './routes.ts';

export interface Matcher {
  readonly server: Server;
  readonly byAddress: ReadonlyMap<string, readonly Placed[]>;
  /** Unsettled routes by method and last segment: all that is known of their address is its end. */
  readonly byEnd: ReadonlyMap<string, readonly Placed[]>;
  /** What one registration serves at several addresses of one length (a loop over words), by method and length. */
  readonly byRegistration: ReadonlyMap<string, readonly (readonly Placed[])[]>;
  readonly cover: Cover;
}

/** A route in one of its forms. */
export interface Placed {
  readonly route: Route;
  readonly form: Form;
}

export interface Hit extends Placed {
  readonly match: Match;
  /** The route is documented by this; a wildcard that merely covers an address is not. */
  readonly documents: boolean;
}

export function createMatcher(server: Server): Matcher {
  const byAddress = new Map<string, Placed[]>();
  const byEnd = new Map<string, Placed[]>();
  const file = (index: Map<string, Placed[]>, key: string, placed: Placed): void => {
    const there = index.get(key);
    if (there) there.push(placed);
    else index.set(key, [placed]);
  };
  for (const route of server.routes) {
    const { method } = route.operation.key;
    const open = isOpen(route);
    for (const form of route.forms) {
      if (!open) file(byAddress, `${method} ${joinKeys(form.keys)}`, { route, form });
      else if (hasLiteral(form.keys)) file(byEnd, `${method} ${form.keys.at(-1) ?? ''}`, { route, form });
    }
  }
  return {
    server,
    byAddress,
    byEnd,
    byRegistration: registeredTogether(server.routes),
    cover: createCover(server.routes),
  };
}

function registeredTogether(routes: readonly Route[]): Matcher['byRegistration'] {
  const groups = new Map<string, { readonly key: string; readonly placed: Placed[] }>();
  for (const route of routes) {
    if (isOpen(route)) continue;
    const { at, key } = route.operation;
    const [form] = route.forms;
    const name = `${key.method} ${String(form.keys.length)}`;
    const place = `${name} ${at.file} ${String(at.start)}`;
    const group = groups.get(place) ?? { key: name, placed: [] };
    groups.set(place, group);
    if (!group.placed.some((other) => joinKeys(other.form.keys) === joinKeys(form.keys)))
      group.placed.push({ route, form });
  }
  const several = new Map<string, (readonly Placed[])[]>();
  for (const { key, placed } of groups.values())
    if (placed.length > 1) several.set(key, [...(several.get(key) ?? []), placed]);
  return several;
}

function hits(placed: readonly Placed[], how: Match['how'], documents: boolean): readonly Hit[] {
  // A route with several apps or handlers behind one address: only the first is compared in depth.
  return placed.map((at, i) => ({ ...at, match: { how: i === 0 ? how : 'possible' }, documents }));
}

function atAddress(matcher: Matcher, method: string, keys: Keys): readonly Hit[] {
  const find = (as: string, at: Keys): readonly Placed[] =>
    matcher.byAddress.get(`${as} ${joinKeys(at)}`) ?? [];
  const exact = find(method, keys);
  if (exact.length > 0) return hits(exact, 'exact', true);
  if (keys.at(-1) === PARAM) {
    const wild = find(method, [...keys.slice(0, -1), REST]);
    if (wild.length > 0) return hits(wild, 'exact', true);
  }
  const every = find('ALL', keys);
  if (every.length > 0) return hits(every, 'possible', true);
  return method === 'HEAD' ? hits(find('GET', keys), 'possible', false) : [];
}

/** A route whose prefix is unknown may stand at any address that ends like it. */
function atEnd(matcher: Matcher, method: string, full: Keys): readonly Hit[] {
  const ends = full.at(-1) === PARAM ? [full, [...full.slice(0, -1), REST]] : [full];
  const find = (as: string): readonly Placed[] => {
    const fitting = ends.flatMap((end) =>
      (matcher.byEnd.get(`${as} ${end.at(-1) ?? ''}`) ?? []).filter(({ form }) =>
        endsWithKeys(end, form.keys),
      ),
    );
    const longest = Math.max(...fitting.map(({ form }) => form.keys.length));
    return fitting.filter(({ form }) => form.keys.length === longest);
  };
  const same = find(method);
  if (same.length > 0) return hits(same, 'suffix', true);
  const every = find('ALL');
  if (every.length > 0) return hits(every, 'possible', true);
  return method === 'HEAD' ? hits(find('GET'), 'possible', false) : [];
}

/** At the address that the alignment gives, or else at one that another of the spec's bases would give. */
export function findRoutes(
  matcher: Matcher,
  { operation, keys }: Promised,
  alignment: Alignment,
  bases: readonly Alignment['base'][],
): readonly Hit[] {
  const { method } = operation.key;
  const main = codeKeys(keys, alignment);
  const found = main ? atAddress(matcher, method, main) : [];
  if (found.length > 0) return found;
  for (const base of bases) {
    const other = codeKeys(keys, { base, mount: [], cut: [] });
    const at = other ? atAddress(matcher, method, other).filter(({ match }) => match.how === 'exact') : [];
    if (at.length > 0) return at;
  }
  const end = atEnd(matcher, method, main ?? keys);
  return end.length > 0 ? end : asInstances(matcher, method, main ?? keys);
}

/**
 * A parameter of the spec stands for the words for which one registration was run. Of several registrations, the one
 * that has the most in common with the spec is meant: `/{kind}/{id}` is no `/birds/history`.
 */
function asInstances(matcher: Matcher, method: string, keys: Keys): readonly Hit[] {
  if (!keys.includes(PARAM)) return [];
  let best: { readonly fitting: readonly Placed[]; readonly same: number } = { fitting: [], same: -1 };
  for (const together of matcher.byRegistration.get(`${method} ${String(keys.length)}`) ?? []) {
    const fitting = together.filter(({ form }) =>
      keys.every((key, i) => {
        const own = form.keys[i] ?? '';
        return key === own || (key === PARAM && isLiteralKey(own));
      }),
    );
    const same = keys.filter((key, i) => key === fitting[0]?.form.keys[i]).length;
    if (fitting.length > 1 && same > best.same) best = { fitting, same };
  }
  return best.fitting.map((placed) => ({ ...placed, match: { how: 'possible' }, documents: true }));
}

/** Parameter routes and wildcards that requests to this operation would reach. */
export function findCovering(
  matcher: Matcher,
  { operation, keys }: Promised,
  alignment: Alignment,
): readonly Route[] {
  const at = codeKeys(keys, alignment);
  return at ? covering(matcher.cover, operation.key.method, at) : [];
}
