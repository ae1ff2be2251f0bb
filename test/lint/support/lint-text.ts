/** What linting finds in one text: every rule of Spectral's, those of contract health, and the faults of the text. */

import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import type { Finding, Problem } from '../../../server/src/contract/finding.ts';
import { fileId } from '../../../server/src/contract/span.ts';
import { checkHealth } from '../../../server/src/lint/health/run.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { plainly } from '../../../server/src/lint/plain-messages.ts';
import { createRules } from '../../../server/src/lint/rules.ts';
import { readDocument } from '../../../server/src/text/document.ts';

const rules = createRules(
  new spectralCore.Ruleset(
    { extends: [[rulesets.oas as RulesetDefinition, 'all']] },
    { severity: 'recommended' },
  ),
);

/** Rules that only those see who ask for them. */
export function isOptional(rule: string): boolean {
  const { rules: all } = rulesets.oas as {
    readonly rules: Readonly<Record<string, { recommended?: boolean }>>;
  };
  return all[rule]?.recommended === false;
}

export interface LintedOnce {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** `file` is a name without folders; other documents are not there. */
export async function lintText(file: string, text: string): Promise<LintedOnce> {
  const facts = readDocument(fileId(file), text);
  const path = `/${file}`;
  const host = { path, read: () => undefined, remote: () => undefined, idOf: fileId, facts };
  const { findings, problems } = await lint(host, rules.rulesFor(path));
  return { findings: [...plainly(findings, facts), ...checkHealth(host)], problems };
}
