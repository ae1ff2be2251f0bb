/** What a rule finds of the subjects that it looks at. A rule that fails is a finding, and the others go on. */

import type { Finding } from '../contract/finding.ts';
import type { Link, Pair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import { type ComparedPair, type ComparePair, createComparePair } from './compare/pair.ts';
import type { RawFinding, Rule, Subjects } from './define-rule.ts';
import type { PairMemory } from './memory.ts';

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

/** What one rule found. One fault is enough to know; the other subjects still count. */
export interface Raising {
  readonly raised: readonly Raised[];
  readonly fault?: Finding;
}

export function raise(rule: Rule, subjects: readonly Placed[]): Raising {
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

/** What rules find in a link, each in the order of its pairs. What is known of a pair is not looked for again. */
export function raiseAll(rules: readonly Rule[], link: Link, memory: PairMemory): ReadonlyMap<Rule, Raising> {
  const all = new Map<Rule, { readonly raised: Raised[]; fault?: Finding }>();
  for (const rule of rules) all.set(rule, { raised: [] });
  const add = ({ raised, fault }: Raising, rule: Rule): void => {
    const own = all.get(rule);
    own?.raised.push(...raised);
    if (own && fault) own.fault ??= fault;
  };
  const compare = createComparePair(memory.tables);
  for (const pair of link.pairs) {
    const known = memory.get(pair) ?? raiseOf(rules, pair, compare);
    memory.set(pair, known);
    known.forEach(add);
  }
  const at = link.pairs[0] && placeOf(link.pairs[0]);
  for (const rule of rules)
    if (rule.on === 'link') add(raise(rule, [{ value: () => link, at, pair: undefined }]), rule);
  return all;
}

/** Only of those rules that found something. */
function raiseOf(rules: readonly Rule[], pair: Pair, compare: ComparePair): ReadonlyMap<Rule, Raising> {
  const found = new Map<Rule, Raising>();
  if (pair.state === 'matched' && pair.match.how === 'possible') return found;
  let compared: ComparedPair | undefined;
  for (const rule of rules) {
    const isCompared = pair.state === 'matched' && rule.on === 'compared';
    if (!isCompared && rule.on !== pair.state) continue;
    const value = (): Subjects[keyof Subjects] => (isCompared ? (compared ??= compare(pair)) : pair);
    const raising = raise(rule, [{ value, at: placeOf(pair), pair }]);
    if (raising.raised.length > 0 || raising.fault) found.set(rule, raising);
  }
  return found;
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
