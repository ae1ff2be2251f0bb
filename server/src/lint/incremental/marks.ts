/** Who finds what: results of rules that look at one part alone carry the part that Spectral was in. */

import type { IRuleResult, Ruleset } from '@stoplight/spectral-core';
import type { Rules, Watch } from '../rules.ts';
import { reachOf, type Formats, type Reach } from './locality.ts';
import type { PartIndex } from './parts.ts';

/** By the names of rules. */
export type Reaches = ReadonlyMap<string, Reach>;

export function formatsOf(ruleset: Ruleset, document: unknown, source: string): NonNullable<Formats> {
  return new Set([...ruleset.formats].filter((format) => format(document, source)));
}

export function reachesOf({ ruleset, checksOf }: Rules, formats: Formats): Reaches {
  const entries = Object.entries(ruleset.rules);
  return new Map(entries.map(([name, rule]) => [name, reachOf(rule, formats, checksOf(rule))]));
}

/** A ruleset of some of the rules; it has no overrides, because those were taken in when it was made for a document. */
export function rulesetOf(ruleset: Ruleset, reaches: Reaches, reach: Reach): Ruleset {
  const rules = Object.entries(ruleset.rules).filter(([name]) => reaches.get(name) === reach);
  const part: Ruleset = Object.create(ruleset, {
    rules: { value: Object.fromEntries(rules) },
    fromSource: { value: () => part },
  }) as Ruleset;
  return part;
}

/** Becomes false when a rule looked at something that is in no part. */
export interface Watching {
  isCertain: boolean;
}

export function marking(
  index: PartIndex,
  reaches: Reaches,
  watching: Watching,
  isWanted: (key: string) => boolean,
): NonNullable<Watch['markOf']> {
  return (rule, path, field) => {
    if (reaches.get(rule) !== 'local') return '';
    const reached = index.reach(path);
    // Above the parts, or perhaps so: the last key may come from the path or from the field.
    if (!reached?.part || (reached.depth === path.length && path.at(-1) === field)) {
      watching.isCertain = false;
      return '';
    }
    return isWanted(reached.key) ? `\0${reached.key}` : undefined;
  };
}

/** The part that a result was found in; undefined for results of other rules. */
export function markIn({ code }: IRuleResult): string | undefined {
  const text = String(code);
  const at = text.indexOf('\0');
  return at === -1 ? undefined : text.slice(at + 1);
}
