/** Runs the rules over links. Everything that a rule must not know happens here and beside it: ignores, severity, piling, order, faults. */

import type { Finding, Hidden, Severity } from '../contract/finding.ts';
import type { Link, MatchedPair, Pair } from '../contract/pair.ts';
import { type ComparedPair, type ComparePair, createComparePair } from './compare/pair.ts';
import type { Rule } from './define-rule.ts';
import { createKnown } from './fingerprint.ts';
import { createIgnores } from './ignores.ts';
import { type Placed, raise, type Raised, subjectsOf } from './raise.ts';
import { rules as allRules } from './registry.ts';
import { finding, findingKey, ordered, piled, unique } from './tell.ts';
import { pairsByName, placesOfFinding, schemasOf } from './where.ts';

export interface RuleSettings {
  /** Severity by rule id; a rule that is not named keeps its own. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Fingerprints of findings that are known and not told again. */
  readonly baseline?: readonly string[];
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
