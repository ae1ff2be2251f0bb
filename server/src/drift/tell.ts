/** Findings as they are told: how severe, those of one pile together, each once and in order. */

import type { Finding, OperationName, Related, Severity } from '../contract/finding.ts';
import type { Span } from '../contract/span.ts';
import type { Raised } from './raise.ts';
import type { RuleSettings } from './run.ts';

/** What rests on a guess is worth a look and no more; what the user set for the rule is the most it may be. */
function severityOf({ rule, raw }: Raised, settings: RuleSettings): Exclude<Severity, 'off'> {
  if (raw.evidence === 'guessed' || raw.coveredBy !== undefined) return 'info';
  const set = settings.severities[rule.id];
  return set === undefined || set === 'off' ? (raw.severity ?? rule.severity) : set;
}

/** Makes findings of what was raised; of the same object the same finding. */
export interface Teller {
  one(raised: Raised): Finding;
  /** Those of one pile together. */
  all(raised: readonly Raised[]): readonly Finding[];
}

export function createTeller(settings: RuleSettings): Teller {
  const told = new WeakMap<Raised, Finding>();
  const one = (raised: Raised): Finding => {
    const known = told.get(raised) ?? finding(raised, settings);
    told.set(raised, known);
    return known;
  };
  return { one, all: (raised) => piled(raised, settings, one) };
}

function finding(one: Raised, settings: RuleSettings): Finding {
  const { rule, raw } = one;
  return {
    rule: rule.id,
    severity: severityOf(one, settings),
    message: raw.message,
    at: raw.at,
    related: raw.related ?? [],
    ...(raw.operation && { operation: raw.operation }),
    ...(raw.coveredBy !== undefined && { coveredBy: raw.coveredBy }),
    fingerprints: [raw.fingerprint],
    state: raw.state,
  };
}

function piled(raised: readonly Raised[], settings: RuleSettings, tell: Teller['one']): readonly Finding[] {
  const piles = new Map<string, Raised[]>();
  const single: Finding[] = [];
  for (const one of raised) {
    const key = one.raw.pile && `${severityOf(one, settings)} ${one.raw.pile.key}`;
    if (key === undefined) {
      single.push(tell(one));
      continue;
    }
    const pile = piles.get(key);
    if (pile) pile.push(one);
    else piles.set(key, [one]);
  }
  const told = [...piles.values()].flatMap((pile) => {
    const together = isPile(pile) ? tellTogether(pile, settings) : undefined;
    return together ? [together] : pile.map(tell);
  });
  return [...single, ...told];
}

/** Enough findings of more than one operation: what one of them does in several places is told for each place. */
function isPile(pile: readonly Raised[]): boolean {
  const operations = distinct(pile.flatMap(({ raw }) => (raw.operation ? [raw.operation] : [])));
  return operations.length > 1 && pile.length >= (pile[0]?.raw.pile?.least ?? Infinity);
}

function tellTogether(pile: readonly Raised[], settings: RuleSettings): Finding | undefined {
  const [first] = pile;
  const where = first?.raw.pile;
  const states = pile.map(({ raw }) => raw.state);
  const message = where && first.rule.summarise(where, states);
  if (!where || message === undefined) return undefined;
  return {
    rule: first.rule.id,
    severity: severityOf(first, settings),
    message,
    at: where.at,
    related: relatedOf(pile, where.at),
    operations: distinct(pile.flatMap(({ raw }) => (raw.operation ? [raw.operation] : []))),
    fingerprints: pile.map(({ raw }) => raw.fingerprint),
    state: { together: states },
  };
}

/** Every place of every finding, each once, but for that of the pile itself. */
function relatedOf(pile: readonly Raised[], at: Span): readonly Related[] {
  const places = new Map<string, Related>();
  const keyOf = ({ file, start }: Span): string => `${file} ${start}`;
  for (const { raw } of pile) {
    const own = { at: raw.at, note: raw.operation ? nameOf(raw.operation) : raw.message };
    for (const place of [own, ...(raw.related ?? [])]) {
      const key = keyOf(place.at);
      if (key !== keyOf(at) && !places.has(key)) places.set(key, place);
    }
  }
  return [...places.values()];
}

export function nameOf({ method, path }: OperationName): string {
  return `${method} ${path}`;
}

function distinct(operations: readonly OperationName[]): readonly OperationName[] {
  return [...new Map(operations.map((operation) => [nameOf(operation), operation])).values()];
}

/** Two servers of one spec, or one file under two roots, may raise the very same finding. */
export function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const one of findings) {
    const key = findingKey(one);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

export function findingKey({
  rule,
  at,
  operation,
  message,
}: Pick<Finding, 'rule' | 'at' | 'message'> & { readonly operation?: OperationName | undefined }): string {
  return [rule, at.file, at.start, at.end, operation ? nameOf(operation) : '', message].join('\0');
}

export function ordered(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.at.file, b.at.file) ||
      a.at.start - b.at.start ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message) ||
      compare(a.operation ? nameOf(a.operation) : '', b.operation ? nameOf(b.operation) : ''),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
