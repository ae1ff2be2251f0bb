/** What every rule owes to whoever meets it: an id that is its file, documentation, examples, a place in the order of things. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Drift, Rule, Subject } from '../../server/src/drift/define-rule.ts';
import { rules } from '../../server/src/drift/registry.ts';

const folder = fileURLToPath(new URL('../../server/src/drift/rules/', import.meta.url));

/** What is wrong with the declarations of these rules; empty for nothing. */
function faults(all: readonly Rule[]): readonly string[] {
  const seen = new Set<string>();
  return all.flatMap((rule) => {
    const found: string[] = [];
    if (!/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(rule.id)) found.push('id');
    if (seen.has(rule.id)) found.push('duplicate');
    seen.add(rule.id);
    if (rule.title.length < 20 || rule.title.endsWith('.')) found.push('title');
    if (rule.docs.length < 150) found.push('docs');
    if (rule.valid.length < 2 || rule.invalid.length < 2) found.push('examples');
    if (rule.invalid.some(({ files }) => !files.includes(` ${rule.id}\n`)))
      found.push('an invalid example does not expect the rule');
    if (rule.valid.some(({ files }) => files.includes(` ${rule.id}\n`)))
      found.push('a valid example expects the rule');
    return found.map((what) => `${rule.id}: ${what}`);
  });
}

test('every rule is well declared', () => {
  assert.deepEqual(faults(rules), []);
});

test('a badly declared rule is noticed', () => {
  const [good] = rules;
  assert.ok(good);
  const bad: Rule = {
    ...good,
    id: 'HTTP/Bad',
    title: 'Bad.',
    docs: '',
    valid: [],
    invalid: [{ name: 'none', files: '' }],
  };
  assert.equal(faults([bad, bad]).length > 6, true);
});

test('the id is the path of the file, every file is in the registry, and none imports another rule', () => {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/').replace(/\.ts$/, ''));
  assert.deepEqual(files.sort(), rules.map(({ id }) => id).sort());
  for (const file of files) {
    const text = readFileSync(`${folder}${file}.ts`, 'utf8');
    assert.ok(text.includes(`id: '${file}'`), `${file} declares another id`);
    assert.ok(!/^import .* from '(?:\.\/|\.\.\/[a-z]+\/)[^']*\.ts';$/m.test(text), `${file} imports a rule`);
  }
});

/** Why there is no rule for a pair of subject and drift. A rule that fills a hole makes its waiver a fault. */
const waived: Readonly<Record<string, string>> = {
  'path unimplemented':
    'an operation without code is operation/unimplemented; a path that is merely spelled otherwise is path/different',
  'media-type undocumented':
    'a type beside documented ones is media-type/different: one is always in place of another',
  'media-type unimplemented':
    'content negotiation is mostly done by the framework, so a type that is never sent is rarely provable',
  'security different':
    'names of schemes in a spec and of guards in code have nothing in common by which to compare them',
};

const subjects: readonly Subject[] = [
  'operation',
  'path',
  'parameter',
  'status',
  'body',
  'field',
  'media-type',
  'security',
];
const drifts: readonly Drift[] = ['undocumented', 'unimplemented', 'different'];

/** Holes without a reason, and reasons without a hole. */
function asymmetries(all: readonly Rule[], waivers: Readonly<Record<string, string>>): readonly string[] {
  const filled = new Set(all.map(({ axis }) => `${axis.subject} ${axis.drift}`));
  return subjects.flatMap((subject) =>
    drifts.flatMap((drift) => {
      const cell = `${subject} ${drift}`;
      const reason = waivers[cell];
      if (filled.has(cell)) return reason ? [`${cell}: waived and filled`] : [];
      return reason ? [] : [`${cell}: neither filled nor waived`];
    }),
  );
}

test('whatever can drift in one direction is looked at in the other too, or there is a reason', () => {
  assert.deepEqual(asymmetries(rules, waived), []);
});

test('a hole and a stale waiver are noticed', () => {
  const without = rules.filter(({ id }) => id !== 'http/unsent-status');
  assert.deepEqual(asymmetries(without, waived), ['status unimplemented: neither filled nor waived']);
  assert.deepEqual(asymmetries(rules, { ...waived, 'status undocumented': 'no' }), [
    'status undocumented: waived and filled',
  ]);
});
