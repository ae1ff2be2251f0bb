/** Pages of rules, for Explain This Finding and for the links of diagnostics. */

import { rules } from '../../drift/registry.ts';
import { rulePage, type DocumentedRule } from '../../drift/rule-page.ts';
import { healthRules } from '../../lint/health/registry.ts';

export interface RulePage {
  readonly title: string;
  readonly markdown: string;
}

/** Undefined for an id that is no rule of ours. */
export function explainRule(id: string): RulePage | undefined {
  const rule = ruleOf(id);
  return rule && { title: rule.title, markdown: rulePage(rule) };
}

export function ruleOf(id: string): DocumentedRule | undefined {
  return [...rules, ...healthRules].find((rule) => rule.id === id);
}
