/** Knowing less never makes a rule say more: over every example, valid and invalid, one fact at a time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/src/contract/finding.ts';
import { type Example, type Rule, defineRule } from '../../server/src/drift/define-rule.ts';
import { rules } from '../../server/src/drift/registry.ts';
import { runRules } from '../../server/src/drift/run.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { linksOf } from '../support/check.ts';
import { degradedWorlds } from '../support/degrade.ts';

const settings = { severities: {} };

/** What a finding claims, whatever its wording: the message may name fewer things in a world that knows fewer. */
function claims({ rule, at, operation, operations }: Finding): readonly string[] {
  const about = operations ?? (operation ? [operation] : []);
  if (about.length === 0) return [`${rule} ${at.file}`];
  return about.flatMap(({ method, path }) =>
    (includes[rule] ?? [rule]).map((claimed) => `${claimed} ${method} ${lastLiteral(path)}`),
  );
}

/**
 * A new name is a field too few and one too many, and says which two they are; another body is all of its fields; what
 * is never sent is left out.
 */
const includes: Readonly<Record<string, readonly string[]>> = {
  'http/unsent-field': ['http/unsent-field', 'http/response-required'],
  'http/parameter-location': [
    'http/parameter-location',
    'http/undocumented-parameter',
    'http/unread-parameter',
  ],
  'http/request-body': ['http/request-body', 'http/undocumented-field', 'http/unread-field'],
  'http/response-body': [
    'http/response-body',
    'http/undocumented-response-field',
    'http/unsent-field',
    'http/response-required',
  ],
  'http/renamed-field': [
    'http/renamed-field',
    'http/undocumented-field',
    'http/unread-field',
    'http/undocumented-response-field',
    'http/unsent-field',
    'http/response-required',
  ],
};

/** A prefix that is no longer known changes the address that a finding names, and not what it is about. */
function lastLiteral(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .slice(-1)
    .join('/');
}

/** Claims that only a degraded world makes. */
function newClaims(
  example: Example,
  all: readonly Rule[],
): { readonly worlds: number; readonly claims: readonly string[] } {
  let worlds = 0;
  const found: string[] = [];
  for (const { specs, codes } of linksOf(example.files)) {
    const before = new Set(runRules([linkContracts(specs, codes)], settings, all).flatMap(claims));
    for (const world of degradedWorlds(specs, codes)) {
      worlds += 1;
      const after = runRules([linkContracts(world.specs, world.codes)], settings, all).flatMap(claims);
      for (const claim of after) if (!before.has(claim)) found.push(`${world.name}: ${claim}`);
    }
  }
  return { worlds, claims: found };
}

const worldsOf = new Map<string, number>();

for (const rule of rules) {
  test(`${rule.id} never says more by knowing less`, () => {
    for (const example of [...rule.valid, ...rule.invalid]) {
      const { worlds, claims: extra } = newClaims(example, rules);
      worldsOf.set(`${rule.id} ${example.name}`, worlds);
      assert.deepEqual(extra, [], example.name);
    }
  });
}

test('there were enough worlds to mean something', () => {
  const total = [...worldsOf.values()].reduce((sum, worlds) => sum + worlds, 0);
  assert.ok(total > 1000, `${total} worlds`);
});

const careless = defineRule({
  ...(rules.find(({ id }) => id === 'http/unread-parameter') ?? assert.fail()),
  on: 'matched',
  *detect({ spec, code }) {
    const read = new Set(code.inputs.items.map(({ name }) => name));
    for (const input of spec.inputs.items)
      if (!read.has(input.name)) yield { at: input.at, state: { name: input.name } };
  },
  message: ({ name }: { readonly name: string }) => `${name} is never read`,
});

test('a rule without its guard is noticed', () => {
  assert.ok(careless.valid.some((example) => newClaims(example, [careless]).claims.length > 0));
});
