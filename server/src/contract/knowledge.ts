/** What we know, how we came to know it, and why we do not know the rest. */

import type { Span } from './span.ts';

/**
 * How a fact was learnt, strongest first. Evidence chooses the severity of a finding and never its truth.
 *
 * - `declared`: written down as such: a literal path, a decorator, a type, a key of the spec.
 * - `inferred`: follows from the source by evaluating it.
 * - `guessed`: rests on a naming convention or on a default that may be configured away.
 */
export type Evidence = 'declared' | 'inferred' | 'guessed';

/** Why something is not known. `explain`, `routes` and the summary print it; no rule treats it as absence. */
export type UnknownReason =
  | { readonly why: 'dynamic'; readonly what: string; readonly at: Span }
  | { readonly why: 'unresolved'; readonly symbol: string; readonly at: Span }
  | { readonly why: 'unsupported'; readonly construct: string; readonly at: Span }
  | { readonly why: 'limit'; readonly what: string; readonly at: Span }
  /** All was read, and it proves nothing: `fact` says why, as half a sentence. */
  | { readonly why: 'aside'; readonly fact: string; readonly at: Span }
  | { readonly why: 'pending' };

/** A single fact that may be unknown. */
export type Maybe<T> =
  | { readonly known: true; readonly value: T; readonly evidence: Evidence; readonly at: Span }
  | { readonly known: false; readonly reason: UnknownReason };

/**
 * A list of which we may have seen only a part.
 *
 * INVARIANT: `complete: false` means "there may be more". A rule may report an item that is here and may
 * never report one that is missing. `gaps` says why; an incomplete collection has at least one.
 */
export interface Collection<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
  readonly gaps: readonly UnknownReason[];
}

export function known<T>(value: T, evidence: Evidence, at: Span): Maybe<T> {
  return { known: true, value, evidence, at };
}

export function unknown(reason: UnknownReason): { readonly known: false; readonly reason: UnknownReason } {
  return { known: false, reason };
}

export function collection<T>(items: readonly T[], gaps: readonly UnknownReason[] = []): Collection<T> {
  return { items, complete: gaps.length === 0, gaps: gaps.length > 1 ? distinct(gaps) : gaps };
}

/** Each reason once: many ways through a handler lack the same. */
function distinct(reasons: readonly UnknownReason[]): readonly UnknownReason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

const strength: Readonly<Record<Evidence, number>> = { declared: 2, inferred: 1, guessed: 0 };

/** The evidence of a conclusion: that of the weakest fact it rests on. */
export function weakest(first: Evidence, ...rest: readonly Evidence[]): Evidence {
  return rest.reduce((low, next) => (strength[next] < strength[low] ? next : low), first);
}
