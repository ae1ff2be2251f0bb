/** The rulesets that come with us: Spectral's. */

import spectralCore, { type Ruleset, type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import type { DocumentKind } from './detect.ts';

/** Used where a workspace has no ruleset of its own, or none that may be loaded. */
export function builtInRuleset(kind: DocumentKind): Ruleset {
  return new spectralCore.Ruleset(definitions[kind](), { severity: 'recommended' });
}

const definitions: Readonly<Record<DocumentKind, () => RulesetDefinition>> = {
  openapi: () => ({ extends: [rulesets.oas as RulesetDefinition] }),
  asyncapi: () => ({ extends: [rulesets.asyncapi as RulesetDefinition] }),
  arazzo: () => ({ extends: [rulesets.arazzo as RulesetDefinition] }),
};
