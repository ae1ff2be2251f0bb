/** Runs the rules over links. Everything that a rule must not know happens here: severity, piling, order, faults. */

import type { Finding, OperationName, Related, Severity } from '../contract/finding.ts';
import type { Link, Pair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import type { Rule, RawFinding, Subjects } from './define-rule.ts';
import { rules as allRules } from './registry.ts';

export interface RuleSettings {
  /** Severity by rule id; a rule that is not named keeps its own. */
  readonly severities: Readonly<Record<string, Severity>>;
}

/** From this many findings with the same pile on they are told as one. */
const PILE = 3;

interface Raised {
  readonly rule: Rule;
  readonly raw: RawFinding;
}

/** Findings in a deterministic order: by place, then by rule and message. */
export function runRules(
  links: readonly Link[],
  settings: RuleSettings,
  rules: readonly Rule[] = allRules,
): readonly Finding[] {
  const findings = links.flatMap((link) => runOnLink(link, settings, rules));
  return ordered(unique(findings));
}

function runOnLink(link: Link, settings: RuleSettings, rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap((rule) => {
    if (settings.severities[rule.id] === 'off') return [];
    const { raised, fault } = raise(rule, link);
    const findings = piled(raised, settings);
    return fault ? [...findings, fault] : findings;
  });
}

/** One fault a rule is enough to know; the other pairs still count. */
function raise(rule: Rule, link: Link): { readonly raised: readonly Raised[]; readonly fault?: Finding } {
  const raised: Raised[] = [];
  let fault: Finding | undefined;
  for (const subject of subjectsOf(rule, link)) {
    try {
      for (const raw of rule.find(subject.value)) raised.push({ rule, raw });
    } catch (error) {
      fault ??= faultOf(rule, subject.at, error);
    }
  }
  return fault ? { raised, fault } : { raised };
}

interface Placed {
  readonly value: Subjects[keyof Subjects];
  readonly at: Span | undefined;
}

function subjectsOf(rule: Rule, link: Link): readonly Placed[] {
  if (rule.on === 'link') return [{ value: link, at: link.pairs[0] && placeOf(link.pairs[0]) }];
  return link.pairs
    .filter((pair) => pair.state === rule.on && !(pair.state === 'matched' && pair.match.how === 'possible'))
    .map((pair) => ({ value: pair, at: placeOf(pair) }));
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

/** What rests on a guess is worth a look and no more; what the user set for the rule is the most it may be. */
function severityOf({ rule, raw }: Raised, settings: RuleSettings): Exclude<Severity, 'off'> {
  if (raw.evidence === 'guessed' || raw.coveredBy !== undefined) return 'info';
  const set = settings.severities[rule.id];
  return set === undefined || set === 'off' ? (raw.severity ?? rule.severity) : set;
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
    state: raw.state,
  };
}

function piled(raised: readonly Raised[], settings: RuleSettings): readonly Finding[] {
  const piles = new Map<string, Raised[]>();
  const single: Finding[] = [];
  for (const one of raised) {
    const key = one.raw.pile && `${severityOf(one, settings)} ${one.raw.pile.key}`;
    if (key === undefined) {
      single.push(finding(one, settings));
      continue;
    }
    const pile = piles.get(key);
    if (pile) pile.push(one);
    else piles.set(key, [one]);
  }
  const told = [...piles.values()].flatMap((pile) => {
    const together = pile.length >= PILE ? tellTogether(pile, settings) : undefined;
    return together ? [together] : pile.map((one) => finding(one, settings));
  });
  return [...single, ...told];
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
    related: relatedOf(pile),
    operations: distinct(pile.flatMap(({ raw }) => (raw.operation ? [raw.operation] : []))),
    state: { together: states },
  };
}

/** Every place of every finding, each once. */
function relatedOf(pile: readonly Raised[]): readonly Related[] {
  const places = new Map<string, Related>();
  for (const { raw } of pile) {
    const own = { at: raw.at, note: raw.operation ? nameOf(raw.operation) : raw.message };
    for (const place of [own, ...(raw.related ?? [])]) {
      const key = `${place.at.file} ${place.at.start}`;
      if (!places.has(key)) places.set(key, place);
    }
  }
  return [...places.values()];
}

function nameOf({ method, path }: OperationName): string {
  return `${method} ${path}`;
}

function distinct(operations: readonly OperationName[]): readonly OperationName[] {
  return [...new Map(operations.map((operation) => [nameOf(operation), operation])).values()];
}

/** Two servers of one spec, or one file under two roots, may raise the very same finding. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const one of findings) {
    const name = one.operation ? nameOf(one.operation) : '';
    const key = [one.rule, one.at.file, one.at.start, one.at.end, name, one.message].join('\0');
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function ordered(findings: readonly Finding[]): readonly Finding[] {
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
