/** Pairs: what linking makes of both sides, and what a rule sees. */

import type { UnknownReason } from './knowledge.ts';
import type { CodeContract, CodeOperation, SpecContract, SpecOperation } from './operation.ts';
import type { Path } from './path.ts';
import type { FileId } from './span.ts';

/** How the two sides of a pair were brought together. `exact`: the same method and shape of path. */
export type Match =
  | { readonly how: 'exact' }
  /** The code's path ends with the spec's (or the reverse) where a prefix is unknown. */
  | { readonly how: 'suffix' }
  /** A wildcard, a generic dispatch (`/:a/:b`) or a route for all methods may serve it. */
  | { readonly how: 'possible' };

/** An operation of the other side that looks like what is missing. `path-typo`: one segment off. */
export interface NearMiss<O> {
  readonly kind: 'method' | 'path';
  readonly operation: O;
  /** For `path`: what the missing operation's path would be if it were spelled as the other side does. */
  readonly suggestion: string;
  /** Both lack a counterpart and are each other's nearest: they are most likely one operation, written differently. */
  readonly mutual: boolean;
}

/**
 * Both sides of one HTTP operation; a side is missing where it has no counterpart.
 * GraphQL and gRPC add variants of their own, told apart by `protocol`: rules are written per protocol.
 */
export type Pair = HttpPair;

export type HttpPair = MatchedPair | SpecOnlyPair | CodeOnlyPair;

export interface MatchedPair {
  readonly protocol: 'http';
  readonly state: 'matched';
  readonly match: Match;
  readonly spec: SpecOperation;
  readonly code: CodeOperation;
}

export interface SpecOnlyPair {
  readonly protocol: 'http';
  readonly state: 'spec-only';
  readonly spec: SpecOperation;
  readonly near: readonly NearMiss<CodeOperation>[];
  /** Why "not implemented" cannot be proven; undefined where it can. */
  readonly doubt?: UnknownReason;
  /** A parameter route with a counterpart of its own that requests to this operation would reach (`/users/{id}` for `/users/me`). */
  readonly reaches?: CodeOperation;
}

export interface CodeOnlyPair {
  readonly protocol: 'http';
  readonly state: 'code-only';
  readonly code: CodeOperation;
  readonly near: readonly NearMiss<SpecOperation>[];
  /** Why "not documented" cannot be proven; undefined where it can. */
  readonly doubt?: UnknownReason;
  /** What the specs speak of (`/api/v1`), where the route lies outside of all of it. */
  readonly outside?: readonly string[];
}

/**
 * How the addresses of a spec were laid over those of a server root: `base` + path of the spec, without `cut`,
 * equals the path of the code without `mount`. `mount` and `cut` are empty unless only they make the two meet.
 */
export interface Alignment {
  readonly spec: FileId;
  readonly root: string;
  /** Stands in front of every path of the spec: one of its `bases`. */
  readonly base: Path;
  /** In front of the code's paths and named nowhere in the spec. */
  readonly mount: Path;
  /** In front of the spec's paths and absent from the code's: something in front of the server takes it off. */
  readonly cut: Path;
  /** The base of the deployment (`CodeOrigin.base`) stands in front of the code's paths, and the spec has it. */
  readonly based: boolean;
  /** Operations of the spec with the same method and shape of path in the code, out of `operations`. */
  readonly matched: number;
  readonly operations: number;
  /** Too little is in common to say that the spec describes this server: nothing is claimed about either. */
  readonly poor: boolean;
}

/** One spec, or several that describe the same servers, bound to the server roots that they describe. */
export interface Link {
  readonly specs: readonly SpecContract[];
  readonly codes: readonly CodeContract[];
  /** Addresses in pairs are the spec's: see `linkContracts`. */
  readonly pairs: readonly Pair[];
  /** One for each spec and root. */
  readonly alignments: readonly Alignment[];
}
