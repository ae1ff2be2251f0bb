/** Runs the rules over links. Everything that a rule must not know happens here: severity, piling, order, faults. */

import type { Finding, Hidden, OperationName, Related, Severity } from '../contract/finding.ts';
import type { Link, MatchedPair, Pair } from '../contract/pair.ts';
import type { Span } from '../contract/span.ts';
import { type ComparedPair, type ComparePair, createComparePair } from './compare/pair.ts';
import type { Rule, RawFinding, Subjects } from './define-rule.ts';
import { createKnown } from './fingerprint.ts';
import { operationName } from './http/names.ts';
import { certainPairs } from './http/pairs.ts';
import { createIgnores, placesOf } from './ignores.ts';
import { rules as allRules } from './registry.ts';

export interface RuleSettings {
  /** Severity by rule id; a rule that is not named keeps its own. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Fingerprints of findings that are known and not told again. */
  readonly baseline?: readonly string[];
}

/** From this many findings with the same pile on they are told as one. */
const PILE = 3;

interface Raised {
  readonly rule: Rule;
  readonly raw: RawFinding;
  readonly pair: Pair | undefined;
}

/** What is told, and what is not. */
export interface Judgement extends Hidden {
  readonly findings: readonly Finding[];
  /** What the baseline knows and is not found any more. */
  readonly gone: readonly string[];
}

/** The findings alone. */
export function runRules(
  links: readonly Link[],
  settings: RuleSettings,
  rules: readonly Rule[] = allRules,
): readonly Finding[] {
  return judge(links, settings, rules).findings;
}

/** Findings in a deterministic order: by place, then by rule and message. */
export function judge(
  links: readonly Link[],
  settings: RuleSettings,
  rules: readonly Rule[] = allRules,
): Judgement {
  const [silent, speaking] = parted(rules, ({ id }) => settings.severities[id] === 'off');
  const ignores = createIgnores(links);
  const ignored = new Set<string>();
  const baseline = createKnown(settings.baseline ?? []);
  /** By finding, because several links may raise the same one. */
  const isKnown = new Map<string, boolean>();
  const knows = ({ rule, raw }: Raised): boolean => {
    const key = findingKey({ ...raw, rule: rule.id });
    const answer = isKnown.get(key) ?? baseline.take(raw.fingerprint);
    isKnown.set(key, answer);
    return answer;
  };
  const about = speaking.filter(({ on }) => on !== 'unused-ignore');
  const found = links.flatMap((link) => {
    const pairs = ignores.isEmpty ? new Map<string, readonly Pair[]>() : pairsByName(link);
    const compared = rememberPairs(createComparePair(link));
    return about.flatMap((rule) => {
      const { raised, fault } = raise(rule, subjectsOf(rule, link, compared));
      const [hushed, told] = parted(
        raised,
        (one) =>
          !ignores.isEmpty &&
          ignores.covering(rule.id, placesOfFinding(one, pairs), schemasOf(one)) !== undefined,
      );
      for (const { raw } of hushed) ignored.add(findingKey({ ...raw, rule: rule.id }));
      const findings = piled(
        told.filter((one) => !knows(one)),
        settings,
      );
      return fault ? [...findings, fault] : findings;
    });
  });
  const silentIds = new Set(silent.map(({ id }) => id));
  const unused = ignores
    .unused(rules, silentIds)
    .map((value): Placed => ({ value: () => value, at: value.ignore.at, pair: undefined }));
  const left = speaking
    .filter(({ on }) => on === 'unused-ignore')
    .flatMap((rule) => {
      const { raised, fault } = raise(rule, unused);
      const findings = raised.filter((one) => !knows(one)).map((one) => finding(one, settings));
      return fault ? [...findings, fault] : findings;
    });
  return {
    findings: ordered(unique([...found, ...left])),
    ignored: ignored.size,
    known: [...isKnown.values()].filter(Boolean).length,
    // A rule that does not run has mended nothing.
    gone: baseline.left().filter((print) => !silentIds.has(print.split(' ', 1)[0] ?? '')),
  };
}

/** Those for which it holds, and the others. */
function parted<T>(items: readonly T[], holds: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

/** Compares a pair when the first rule asks, and never again. */
function rememberPairs(compare: ComparePair): ComparePair {
  const known = new Map<MatchedPair, ComparedPair>();
  return (pair) => {
    const result = known.get(pair) ?? compare(pair);
    known.set(pair, result);
    return result;
  };
}

/** One fault a rule is enough to know; the other pairs still count. */
function raise(
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

interface Placed {
  /** Made when the rule looks at it. */
  readonly value: () => Subjects[keyof Subjects];
  readonly at: Span | undefined;
  /** Undefined for a subject that is more than one pair. */
  readonly pair: Pair | undefined;
}

function subjectsOf(rule: Rule, link: Link, compared: ComparePair): readonly Placed[] {
  if (rule.on === 'link')
    return [{ value: () => link, at: link.pairs[0] && placeOf(link.pairs[0]), pair: undefined }];
  if (rule.on === 'compared')
    return certainPairs(link).map((pair) => ({ value: () => compared(pair), at: placeOf(pair), pair }));
  return link.pairs
    .filter((pair) => pair.state === rule.on && !(pair.state === 'matched' && pair.match.how === 'possible'))
    .map((pair) => ({ value: () => pair, at: placeOf(pair), pair }));
}

type PairsByName = ReadonlyMap<string, readonly Pair[]>;

function pairsByName({ pairs }: Link): PairsByName {
  const byName = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const name = nameOf(operationName(pair.state === 'code-only' ? pair.code : pair.spec));
    const list = byName.get(name);
    if (list) list.push(pair);
    else byName.set(name, [pair]);
  }
  return byName;
}

/**
 * Where an ignore can stand that means this finding: at its own place, at either side of its operation, at the router
 * that it is told for. What it mentions of another operation (the nearest of the other side) is no such place.
 */
function placesOfFinding({ raw, pair }: Raised, pairs: PairsByName): readonly Span[] {
  const named = raw.operation && !pair ? (pairs.get(nameOf(raw.operation)) ?? []) : [];
  const own = pair ? [pair] : named;
  return [
    raw.at,
    ...(raw.pile ? [raw.pile.at] : []),
    ...own.flatMap((each) => [
      ...('spec' in each ? placesOf(each.spec) : []),
      ...('code' in each ? placesOf(each.code) : []),
    ]),
    ...(pair === undefined || pair.state === 'matched' ? (raw.related ?? []).map(({ at }) => at) : []),
  ];
}

function placeOf(pair: Pair): Span {
  return pair.state === 'code-only' ? pair.code.at : pair.spec.at;
}

/** The schemas that a finding about fields is about, each as the places of all of its fields. */
function schemasOf({ rule, pair }: Raised): readonly (readonly Span[])[] {
  if (rule.axis.subject !== 'field' || pair?.state !== 'matched') return [];
  const { bodies, outputs } = pair.spec;
  const all = [...bodies.items, ...outputs.items.flatMap((output) => output.bodies.items)];
  return all.map(({ shape }) =>
    shape.kind === 'object' ? Object.values(shape.fields).map(({ at }) => at) : [],
  );
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
    fingerprints: [raw.fingerprint],
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
    fingerprints: pile.map(({ raw }) => raw.fingerprint),
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
    const key = findingKey(one);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function findingKey({
  rule,
  at,
  operation,
  message,
}: Pick<Finding, 'rule' | 'at' | 'message'> & { readonly operation?: OperationName | undefined }): string {
  return [rule, at.file, at.start, at.end, operation ? nameOf(operation) : '', message].join('\0');
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
