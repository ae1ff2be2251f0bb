/** Pages of rules, for Explain This Finding and for the links of diagnostics. */

import type { Rule } from '../../drift/define-rule.ts';
import { rules } from '../../drift/registry.ts';
import { rulePage } from '../../drift/rule-page.ts';

export interface RulePage {
  readonly title: string;
  readonly markdown: string;
}

/** Undefined for an id that is no drift rule. */
export function explainRule(id: string): RulePage | undefined {
  const rule = ruleOf(id);
  return rule && { title: rule.title, markdown: rulePage(rule) };
}

export function ruleOf(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
