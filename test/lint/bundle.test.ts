/** What linting rests on has to outlive bundling. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralFunctions from '@stoplight/spectral-functions';
import rulesets from '@stoplight/spectral-rulesets';

const worker = fileURLToPath(new URL('../../server/dist/lint-worker.cjs', import.meta.url));

test('functions of Spectral have their names in the bundle, by which we know what they look at', () => {
  const { rules } = new spectralCore.Ruleset({ extends: [rulesets.oas as RulesetDefinition] });
  const names = new Set(
    Object.values(rules).flatMap((rule) => rule.then.map((then) => (then.function as { name: string }).name)),
  );
  assert.ok(names.has('oasExample') && names.has('oasPathParam'), [...names].join(', '));
  // What these are called is known from what they are exported as.
  for (const name of Object.keys(spectralFunctions)) names.delete(name);
  const bundle = readFileSync(worker, 'utf8');
  const lost = [...names].filter((name) => !bundle.includes(`function ${name}(`));
  assert.deepEqual(lost, []);
});
