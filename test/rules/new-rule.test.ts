/** `npm run new:rule`: what it writes fits into the registry as it is. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rules } from '../../server/src/drift/registry.ts';

interface Generator {
  faultOf(id: string | undefined): string | undefined;
  ruleFile(id: string): string;
  withRule(registry: string, id: string): string;
}

const at = (path: string): string => fileURLToPath(new URL(`../../server/${path}`, import.meta.url));
const { faultOf, ruleFile, withRule } = (await import(pathToFileURL(at('new-rule.mjs')).href)) as Generator;
const registry = readFileSync(at('src/drift/registry.ts'), 'utf8');

test('a rule is one file that declares its id', () => {
  const text = ruleFile('http/undocumented-tea');
  assert.match(text, /export const undocumentedTea = defineRule\(\{\n {2}id: 'http\/undocumented-tea',/);
  const [, ...imports] = [...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path);
  // The same helpers as the rules that are there: what this names exists.
  const written = readFileSync(at('src/drift/rules/http/undocumented-parameter.ts'), 'utf8');
  for (const path of imports) assert.ok(written.includes(`'${path ?? ''}'`), path);
});

test('the registry gets two lines, and the import stands in its place', () => {
  const text = withRule(registry, 'http/undocumented-tea');
  const added = text.split('\n').filter((line) => !registry.split('\n').includes(line));
  assert.deepEqual(added, [
    "import { undocumentedTea } from './rules/http/undocumented-tea.ts';",
    '  undocumentedTea,',
  ]);
  const imported = [...text.matchAll(/from '\.\/rules\/([^']+)\.ts'/g)].map(([, id]) => id);
  assert.deepEqual(imported, [...imported].sort());
  assert.equal(imported.length, rules.length + 1);
  assert.match(text, / {2}undocumentedTea,\n\];/);
});

test('an import that comes after all others is the last', () => {
  const text = withRule(registry, 'http/zero-status');
  assert.match(text, /unsent-status\.ts';\nimport \{ zeroStatus \}/);
});

test('ids are what settings can name for ever', () => {
  assert.equal(faultOf('grpc/missing-rpc'), undefined);
  for (const id of [undefined, 'status', 'HTTP/Status', 'http/status_code', '../evil', 'http/a/b'])
    assert.ok(faultOf(id), id);
});
