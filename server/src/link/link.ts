/**
 * Brings the operations of specs and servers together, as pairs.
 *
 * What counts as the same operation:
 * - the same method and the same shape of path; parameters by position, never by name;
 * - a route with optional segments is one operation, named by its longest form. An operation of the spec at a
 *   shorter form is implemented by it; the route is documented when its longest form is;
 * - `HEAD` is served by `GET`, every method by a route for all methods;
 * - a parameter of the spec may stand for the words for which a loop registers one route after another;
 * - a parameter route or a wildcard that merely covers an address is a *possible* implementation: nothing is
 *   claimed about either side of it. A parameter route with an operation of its own in the spec is no dispatcher:
 *   the spec tells the two apart, so an operation that only it would answer is not implemented.
 *
 * Addresses in pairs are the spec's: base and path for its operations, and for routes below a mount that the spec
 * never names, the address without that mount. One report so never shows one address in two spellings; the missing
 * mount is told once.
 */

import type { UnknownReason } from '../contract/knowledge.ts';
import type { CodeContract, CodeOperation, SpecContract, SpecOperation } from '../contract/operation.ts';
import type { Alignment, CodeOnlyPair, Link, MatchedPair, Pair, SpecOnlyPair } from '../contract/pair.ts';
import type { Path } from '../contract/path.ts';
import { parseTemplate } from '../contract/path.ts';
import { addressed, inSpecTerms, namedWildcard, parameterPaths } from './address.ts';
import { align, codeKeys } from './align.ts';
import { mayServe, unreadAt } from './doubt.ts';
import { endsWithKeys, hasLiteral, joinKeys, PARAM, pathKeys, REST } from './keys.ts';
import { createMatcher, findCovering, findRoutes, type Hit, type Matcher } from './match.ts';
import { nearMisses } from './near.ts';
import { settlePrefixes } from './prefixes.ts';
import {
  type Form,
  isOpen,
  prefixed,
  promisedBy,
  type Promised,
  type Route,
  routeOf,
  type Server,
} from './routes.ts';
import { outsideOf, territoryOf } from './territory.ts';

/** One spec laid over the servers of the link. */
interface Laid {
  readonly spec: SpecContract;
  /** At the same index as the matchers. */
  readonly alignments: readonly Alignment[];
  /** The base that findings name, and the bases to fall back to. */
  readonly base: Path;
}

interface Found {
  readonly promised: Promised;
  readonly laid: Laid;
  readonly hits: readonly { readonly hit: Hit; readonly matcher: number }[];
  readonly covering: readonly { readonly route: Route; readonly matcher: number }[];
}

/** A server as the specs may see it: unknown prefixes concluded, and the deployment's base in front if that fits better. */
function serverOf(contract: CodeContract, specs: readonly SpecContract[]): Server {
  const plain = contract.operations.items.map(routeOf);
  const views = [plain];
  if (plain.some(({ operation }) => operation.origin.base)) {
    views.push(plain.map((route) => prefixed(route, parseTemplate(route.operation.origin.base ?? ''))));
  }
  const servers = views.map((view): Server => {
    const routes = settlePrefixes(view, specs);
    return { contract, routes, open: routes.filter(isOpen), based: view !== plain };
  });
  const [first = { contract, routes: plain, open: plain.filter(isOpen), based: false }, second] = servers;
  return second && fit(second, specs) > fit(first, specs) ? second : first;
}

/** With what a preferred base counts for, this is less than one operation. */
const STRAIGHT = 0.4;

/** How well a server answers specs. As many operations without a shift, and at a base that a spec prefers, count for a little more. */
function fit(server: Server, specs: readonly SpecContract[]): number {
  return specs.reduce((sum, spec) => {
    const { base, mount, cut, matched } = align(spec, server);
    if (matched === 0) return sum;
    const shifted = mount.length + cut.length > 0;
    return sum + matched + (shifted ? 0 : STRAIGHT) + 1 / (2 + spec.bases.indexOf(base));
  }, 0);
}

function layOver(spec: SpecContract, servers: readonly Server[]): Laid {
  const alignments = servers.map((server) => align(spec, server));
  const best = [...alignments].sort((a, b) => b.matched - a.matched)[0];
  return { spec, alignments, base: best?.base ?? spec.bases[0] ?? [] };
}

function findAll(laid: readonly Laid[], matchers: readonly Matcher[]): readonly Found[] {
  return laid.flatMap((one) =>
    promisedBy(one.spec).map((promised): Found => {
      const hits: Found['hits'][number][] = [];
      const covering: Found['covering'][number][] = [];
      matchers.forEach((matcher, at) => {
        const alignment = one.alignments[at];
        if (!alignment) return;
        for (const hit of findRoutes(matcher, promised, alignment, one.spec.bases))
          hits.push({ hit, matcher: at });
      });
      if (hits.length === 0) {
        matchers.forEach((matcher, at) => {
          const alignment = one.alignments[at];
          if (alignment)
            for (const route of findCovering(matcher, promised, alignment))
              covering.push({ route, matcher: at });
        });
      }
      return { promised, laid: one, hits, covering };
    }),
  );
}

/** Routes that some operation of a spec stands for in their longest form; whoever documents `GET` documents `HEAD`. */
function documentedRoutes(found: readonly Found[], matchers: readonly Matcher[]): ReadonlySet<Route> {
  const documented = new Set<Route>();
  for (const { hits } of found) {
    for (const { hit, matcher } of hits) {
      if (!hit.documents || !isWhole(hit.form, hit.route.forms[0])) continue;
      documented.add(hit.route);
      if (hit.route.operation.key.method !== 'GET') continue;
      for (const { route } of matchers[matcher]?.byAddress.get(`HEAD ${joinKeys(hit.form.keys)}`) ?? [])
        documented.add(route);
    }
  }
  return documented;
}

/** The longest form, or one that lacks nothing but words in front: a mount with several addresses. */
function isWhole({ keys }: Form, { keys: longest }: Form): boolean {
  return endsWithKeys(longest, keys) && !longest.slice(0, longest.length - keys.length).includes(PARAM);
}

function specDoubt({ promised, laid }: Found, matchers: readonly Matcher[]): UnknownReason | undefined {
  const { operation } = promised;
  const { wired, ignored, astray, pathAt } = operation.origin;
  if (astray) return astray;
  if (wired) return { why: 'aside', fact: `the handler is wired in the spec (${wired})`, at: pathAt };
  if (ignored) return { why: 'aside', fact: `the spec asks for silence (${ignored})`, at: pathAt };
  if (laid.alignments.every(({ poor }) => poor)) return foreign(pathAt);
  for (const [at, matcher] of matchers.entries()) {
    const alignment = laid.alignments[at];
    const keys = alignment && codeKeys(promised.keys, alignment);
    const reason = mayServe(matcher.server, operation.key.method, keys ?? promised.keys);
    if (reason) return reason;
  }
  return undefined;
}

function foreign(at: SpecOperation['at']): UnknownReason {
  return { why: 'aside', fact: 'this spec does not seem to describe this server', at };
}

function codeDoubt(route: Route, path: Path, at: number, laid: readonly Laid[]): UnknownReason | undefined {
  const { operation } = route;
  const { unknownPrefix, hidden } = operation.origin;
  if (unknownPrefix && isOpen(route)) return unknownPrefix;
  if (hidden) return { why: 'aside', fact: `hidden from contracts (${hidden})`, at: operation.at };
  if (laid.every(({ alignments }) => alignments[at]?.poor ?? true)) return foreign(operation.at);
  const keys = pathKeys(path);
  if (keys.at(-1) === REST && !hasLiteral(keys)) {
    return {
      why: 'aside',
      fact: 'a route for every address stands for no operation',
      at: operation.at,
    };
  }
  for (const { spec, base } of laid) {
    const reason = unreadAt(spec, base, operation.key.method, keys);
    if (reason) return reason;
  }
  return undefined;
}

/** Pure and deterministic: specs in their order, then the routes that none of them documents, in theirs. */
export function linkContracts(specs: readonly SpecContract[], codes: readonly CodeContract[]): Link {
  const servers = codes.map((code) => serverOf(code, specs));
  const laid = specs.map((spec) => layOver(spec, servers));
  const alignments = laid.flatMap((one) => one.alignments);
  if (specs.length === 0 || codes.length === 0) return { specs, codes, pairs: [], alignments };

  const matchers = servers.map(createMatcher);
  const found = findAll(laid, matchers);
  const documented = documentedRoutes(found, matchers);
  const mounted = (at: number): Path =>
    laid.map(({ alignments: own }) => own[at]?.mount ?? []).find((mount) => mount.length > 0) ?? [];
  const wildcards = parameterPaths(
    found.map(({ promised, laid: { base } }) => addressed(promised.operation, base)),
  );

  const undocumented = servers.flatMap((server, at) =>
    server.routes
      .filter((route) => !documented.has(route))
      .map((route) => ({
        route,
        at,
        operation: namedWildcard(inSpecTerms(route, route.forms[0].path, mounted(at)), wildcards),
      })),
  );
  const dispatchers = (one: Found): Found['covering'] =>
    one.covering.filter(({ route }) => !documented.has(route));

  const near = nearMisses(
    found.map((one) => {
      const operation = addressed(one.promised.operation, one.laid.base);
      const alone = one.hits.length === 0 && dispatchers(one).length === 0;
      return { operation, method: operation.key.method, path: operation.key.path, alone };
    }),
    [
      ...undocumented.map(({ operation }) => ({
        operation,
        method: operation.key.method,
        path: operation.key.path,
        alone: true,
      })),
      ...servers.flatMap((server, at) =>
        server.routes
          .filter((route) => documented.has(route))
          .map((route) => {
            const operation = inSpecTerms(route, route.forms[0].path, mounted(at));
            return { operation, method: operation.key.method, path: operation.key.path, alone: false };
          }),
      ),
    ],
  );

  const pairs: Pair[] = [];
  found.forEach((one, index) => {
    const spec = addressed(one.promised.operation, one.laid.base);
    const mountOf = (at: number): Path => one.laid.alignments[at]?.mount ?? [];
    if (one.hits.length > 0) {
      for (const { hit, matcher } of one.hits) {
        pairs.push(matched(spec, inSpecTerms(hit.route, hit.form.path, mountOf(matcher)), hit.match));
      }
      return;
    }
    const [dispatcher] = dispatchers(one);
    if (dispatcher) {
      const { route, matcher } = dispatcher;
      pairs.push(
        matched(spec, inSpecTerms(route, route.forms[0].path, mountOf(matcher)), { how: 'possible' }),
      );
      return;
    }
    const doubt = specDoubt(one, matchers);
    const [reached] = one.covering;
    const alone: SpecOnlyPair = {
      protocol: 'http',
      state: 'spec-only',
      spec,
      near: near.left[index] ?? [],
      ...(doubt && { doubt }),
      ...(reached && {
        reaches: inSpecTerms(reached.route, reached.route.forms[0].path, mountOf(reached.matcher)),
      }),
    };
    pairs.push(alone);
  });
  const territories = servers.map((_, at) =>
    laid.flatMap(({ spec, alignments: own }) => {
      const alignment = own[at];
      return alignment && !alignment.poor ? [territoryOf(promisedBy(spec), alignment)] : [];
    }),
  );
  undocumented.forEach(({ route, at, operation }, index) => {
    const doubt = codeDoubt(route, operation.key.path, at, laid);
    const outside = outsideOf(route, territories[at] ?? []);
    const alone: CodeOnlyPair = {
      protocol: 'http',
      state: 'code-only',
      code: operation,
      near: near.right[index] ?? [],
      ...(doubt && { doubt }),
      ...(outside && { outside }),
    };
    pairs.push(alone);
  });
  return { specs, codes, pairs, alignments };
}

/** Indexes of the operations of a spec that a server certainly implements: what linking the two would match. */
export function implementedBy(spec: SpecContract, code: CodeContract): ReadonlySet<number> {
  const server = serverOf(code, [spec]);
  const found = findAll([layOver(spec, [server])], [createMatcher(server)]);
  const indexes = found.flatMap(({ hits }, index) =>
    hits.some(({ hit }) => hit.match.how !== 'possible') ? [index] : [],
  );
  return new Set(indexes);
}

function matched(spec: SpecOperation, code: CodeOperation, match: MatchedPair['match']): MatchedPair {
  return { protocol: 'http', state: 'matched', match, spec, code };
}
