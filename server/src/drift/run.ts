/** Runs the rules over links. Everything that a rule must not know happens here and beside it: ignores, severity, piling, order, faults. */

import type { Finding, Hidden, Severity } from '../contract/finding.ts';
import type { Link, Pair } from '../contract/pair.ts';
import type { Rule } from './define-rule.ts';
import { createKnown } from './fingerprint.ts';
import { createIgnores } from './ignores.ts';
import { createMemory, type MemoryOfLink } from './memory.ts';
import { type Placed, raise, raiseAll, type Raised } from './raise.ts';
import { rules as allRules } from './registry.ts';
import { createTeller, findingKey, ordered, type Teller, unique } from './tell.ts';
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
  return createJudge(rules)(links, settings);
}

export type Judge = (links: readonly Link[], settings: RuleSettings) => Judgement;

/** For links that are made again and again: rules look only at pairs that are not those of an earlier run. */
export function createJudge(rules: readonly Rule[] = allRules): Judge {
  const memoryOf = createMemory();
  let last: { readonly settings: RuleSettings; readonly teller: Teller } | undefined;
  return (links, settings) => {
    if (last?.settings !== settings) last = { settings, teller: createTeller(settings) };
    return judgeWith({ memoryOf, teller: last.teller }, links, settings, rules);
  };
}

/** What is known from earlier runs. */
interface Kept {
  readonly memoryOf: MemoryOfLink;
  readonly teller: Teller;
}

function judgeWith(
  { memoryOf, teller }: Kept,
  links: readonly Link[],
  settings: RuleSettings,
  rules: readonly Rule[],
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
    const raisings = raiseAll(about, link, memoryOf(link, about));
    return [...raisings].flatMap(([rule, { raised, fault }]) => {
      const [hushed, told] = parted(
        raised,
        (one) =>
          !ignores.isEmpty &&
          ignores.covering(rule.id, placesOfFinding(one, pairs), schemasOf(one)) !== undefined,
      );
      for (const { raw } of hushed) ignored.add(findingKey({ ...raw, rule: rule.id }));
      const findings = teller.all(told.filter((one) => !knows(one)));
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
      const findings = raised.filter((one) => !knows(one)).map(teller.one);
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
