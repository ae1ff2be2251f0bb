/** What a rule finds of the subjects that it looks at. A rule that fails is a finding, and the others go on. */

import type { Finding } from '../contract/finding.ts';
import type { Link, Pair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import type { ComparePair } from './compare/pair.ts';
import type { RawFinding, Rule, Subjects } from './define-rule.ts';
import { certainPairs } from './http/pairs.ts';

export interface Raised {
  readonly rule: Rule;
  readonly raw: RawFinding;
  readonly pair: Pair | undefined;
}

export interface Placed {
  /** Made when the rule looks at it. */
  readonly value: () => Subjects[keyof Subjects];
  readonly at: Span | undefined;
  /** Undefined for a subject that is more than one pair. */
  readonly pair: Pair | undefined;
}

/** One fault a rule is enough to know; the other pairs still count. */
export function raise(
  rule: Rule,
  subjects: readonly Placed[],
): { readonly raised: readonly Raised[]; readonly fault?: Finding } {
  const raised: Raised[] = [];
  let fault: Finding | undefined;
  for (const { value, at, pair } of subjects) {
    try {
      for (const raw of rule.find(value())) raised.push({ rule, raw, pair });
    } catch (error) {
      fault ??= faultOf(rule, at, error);
    }
  }
  return fault ? { raised, fault } : { raised };
}

export function subjectsOf(rule: Rule, link: Link, compared: ComparePair): readonly Placed[] {
  if (rule.on === 'link')
    return [{ value: () => link, at: link.pairs[0] && placeOf(link.pairs[0]), pair: undefined }];
  if (rule.on === 'compared')
    return certainPairs(link).map((pair) => ({ value: () => compared(pair), at: placeOf(pair), pair }));
  return link.pairs
    .filter((pair) => pair.state === rule.on && !(pair.state === 'matched' && pair.match.how === 'possible'))
    .map((pair) => ({ value: () => pair, at: placeOf(pair), pair }));
}

function placeOf(pair: Pair): Span {
  return pair.state === 'code-only' ? pair.code.at : pair.spec.at;
}

function faultOf(rule: Rule, at: Span | undefined, error: unknown): Finding | undefined {
  if (!at) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The rule ${rule.id} failed here and perhaps elsewhere: ${reason}. Please report this; other rules are not affected.`;
  return { rule: 'internal/rule-failed', severity: 'warning', message, at, related: [] };
}
