/**
 * Lays the addresses of a spec over those of a server: which base of the spec stands in front, and whether one side
 * has a prefix that the other lacks (a router mounted at `/api` that `servers` does not name; a gateway that takes
 * `/api` off). Prefixes are tried only if the endings vote for them and accepted only if they explain most of the
 * spec: a wrong prefix would turn strangers into counterparts.
 */

import type { Alignment } from '../contract/pair.ts';
import type { SpecContract } from '../contract/operation.ts';
import type { Path } from '../contract/path.ts';
import { cuts, joinKeys, type Keys, pathKeys, startsWithKeys } from './keys.ts';
import { promisedBy, type Promised, type Server } from './routes.ts';

/** Below this share of matched operations a spec with more than `SMALL_SPEC` operations is not taken to describe a server. */
const POOR_SHARE = 0.1;
const SMALL_SPEC = 3;
/** With more than so many routes for each operation of a small spec, a server of which none matches is another one. */
const LARGE_SERVER = 4;
const MAX_CANDIDATES = 4;

interface Candidate {
  readonly base: Path;
  readonly mount: Path;
  readonly cut: Path;
  readonly matched: number;
}

/** Every `METHOD keys` that the server answers. */
function addressesOf(server: Server): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const { operation, forms } of server.routes) {
    for (const form of forms) addresses.add(`${operation.key.method} ${joinKeys(form.keys)}`);
  }
  return addresses;
}

function answers(addresses: ReadonlySet<string>, method: string, keys: Keys): boolean {
  const at = joinKeys(keys);
  return (
    addresses.has(`${method} ${at}`) ||
    addresses.has(`ALL ${at}`) ||
    (method === 'HEAD' && addresses.has(`GET ${at}`))
  );
}

/** The address in code that an operation of the spec should have. Undefined where the spec's path does not start with `cut`. */
export function codeKeys(
  keys: Keys,
  at: { readonly base: Path; readonly mount: Path; readonly cut: Path },
): Keys | undefined {
  const full = [...pathKeys(at.base), ...keys];
  const cut = pathKeys(at.cut);
  if (!startsWithKeys(full, cut)) return undefined;
  return [...pathKeys(at.mount), ...full.slice(cut.length)];
}

function count(
  promised: readonly Promised[],
  addresses: ReadonlySet<string>,
  at: Omit<Candidate, 'matched'>,
): Candidate {
  let matched = 0;
  for (const { operation, keys } of promised) {
    const code = codeKeys(keys, at);
    if (code && answers(addresses, operation.key.method, code)) matched += 1;
  }
  return { ...at, matched };
}

/** Fronts of `whole` addresses whose backs are among `parts`, most frequent first. */
function fronts(
  whole: Iterable<{ readonly method: string; readonly path: Path; readonly keys: Keys }>,
  parts: ReadonlySet<string>,
): readonly Path[] {
  const votes = new Map<string, { path: Path; votes: number }>();
  for (const { method, path, keys } of whole) {
    for (const { front, back } of cuts(keys)) {
      if (front.length === 0 || !parts.has(`${method} ${joinKeys(back)}`)) continue;
      const name = joinKeys(front);
      const vote = votes.get(name) ?? { path: path.slice(0, front.length), votes: 0 };
      vote.votes += 1;
      votes.set(name, vote);
    }
  }
  return [...votes.values()]
    .sort((a, b) => b.votes - a.votes || a.path.length - b.path.length)
    .slice(0, MAX_CANDIDATES)
    .map(({ path }) => path);
}

function withMounts(spec: SpecContract, server: Server): readonly Omit<Candidate, 'matched'>[] {
  const candidates: Omit<Candidate, 'matched'>[] = [];
  for (const base of spec.bases) {
    const parts = new Set<string>();
    for (const { key } of spec.operations.items)
      parts.add(`${key.method} ${joinKeys(pathKeys([...base, ...key.path]))}`);
    const whole = server.routes.flatMap(({ operation, forms }) =>
      forms.map(({ path, keys }) => ({ method: operation.key.method, path, keys })),
    );
    for (const mount of fronts(whole, parts)) candidates.push({ base, mount, cut: [] });
  }
  return candidates;
}

function withCuts(spec: SpecContract, addresses: ReadonlySet<string>): readonly Omit<Candidate, 'matched'>[] {
  return spec.bases.flatMap((base) => {
    const whole = spec.operations.items.map(({ key }) => {
      const path = [...base, ...key.path];
      return { method: key.method, path, keys: pathKeys(path) };
    });
    return fronts(whole, addresses).map((cut) => ({ base, mount: [], cut }));
  });
}

function best(candidates: readonly Candidate[]): Candidate | undefined {
  let top: Candidate | undefined;
  for (const candidate of candidates) if (!top || candidate.matched > top.matched) top = candidate;
  return top;
}

/**
 * Is a prefix on one side worth believing? It must explain most of the spec and far more than no prefix does, and more
 * than one operation: some route of a large server ends like any single one.
 */
function convincing(shifted: Candidate, plain: Candidate, operations: number): boolean {
  if (shifted.matched < 2 || shifted.matched * 2 < operations) return false;
  return shifted.matched === operations
    ? plain.matched * 2 < operations
    : shifted.matched > plain.matched * 2;
}

/** Pure and deterministic. On a tie the earlier base wins, and no prefix over some. */
export function align(spec: SpecContract, server: Server): Alignment {
  const promised = promisedBy(spec);
  const addresses = addressesOf(server);
  const nothing: Candidate = { base: spec.bases[0] ?? [], mount: [], cut: [], matched: 0 };
  let chosen =
    best(spec.bases.map((base) => count(promised, addresses, { base, mount: [], cut: [] }))) ?? nothing;
  if (chosen.matched * 2 < promised.length) {
    const shifted = best(
      [...withMounts(spec, server), ...withCuts(spec, addresses)].map((at) => count(promised, addresses, at)),
    );
    if (shifted && convincing(shifted, chosen, promised.length)) chosen = shifted;
  }
  const operations = promised.length;
  const { base, mount, cut, matched } = chosen;
  return {
    spec: spec.file,
    root: server.contract.root,
    base,
    mount,
    cut,
    based: server.based,
    matched,
    operations,
    poor: isPoor(matched, operations, server.routes.length) || isUnsettled(spec, matched),
  };
}

/** Where the spec's own base is not known, only a base that most of it agrees on is worth claims. */
function isUnsettled({ openBase, operations }: SpecContract, matched: number): boolean {
  return openBase === true && matched * 2 < operations.items.length;
}

/** Is it rather a spec of something else, or a server that was not understood? */
function isPoor(matched: number, operations: number, routes: number): boolean {
  if (routes === 0) return true;
  if (operations > SMALL_SPEC) return matched < operations * POOR_SHARE;
  // Of a small spec a single match would be enough, and a large server would hardly lack each of its operations.
  return operations > 0 && matched === 0 && routes > operations * LARGE_SERVER;
}
