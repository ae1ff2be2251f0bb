/** The rulesets that come with us: Spectral's. */

import spectralCore, { type Ruleset, type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import type { DocumentKind } from './detect.ts';
import { isExampleCheck, rememberExamples, type RuleFunction } from './examples/remember.ts';

/** Used where a workspace has no ruleset of its own, or none that may be loaded. */
export function builtInRuleset(kind: DocumentKind): Ruleset {
  const ruleset = new spectralCore.Ruleset(definitions[kind](), { severity: 'recommended' });
  for (const rule of Object.values(ruleset.rules)) {
    rule.then = rule.then.map((then) => {
      const check = isExampleCheck(then.function) ? rememberExamples(then.function) : then.function;
      return { ...then, function: forgiving(check) };
    });
  }
  return ruleset;
}

/**
 * Some of Spectral's functions throw at half-typed documents (`schema:` without a value yet), which would take the
 * findings of all other rules with them. What is half-typed is told by the structural rules.
 */
function forgiving(check: RuleFunction): RuleFunction {
  const checked: RuleFunction = (...given) => {
    try {
      return check(...given);
    } catch {
      return undefined;
    }
  };
  return Object.assign(checked, check);
}

const definitions: Readonly<Record<DocumentKind, () => RulesetDefinition>> = {
  openapi: () => ({ extends: [rulesets.oas as RulesetDefinition] }),
  asyncapi: () => ({ extends: [rulesets.asyncapi as RulesetDefinition] }),
  arazzo: () => ({ extends: [rulesets.arazzo as RulesetDefinition] }),
};
