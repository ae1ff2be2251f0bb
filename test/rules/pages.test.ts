/** `server/docs/rules/` is made from the registries; `UPDATE=1` writes it anew. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '../../server/src/drift/registry.ts';
import { rulePage } from '../../server/src/drift/rule-page.ts';
import { healthRules } from '../../server/src/lint/health/registry.ts';

const folder = fileURLToPath(new URL('../../server/docs/rules/', import.meta.url));

test('every rule has its page, up to date, and no page is left over', () => {
  const pages = new Map([...rules, ...healthRules].map((rule) => [`${rule.id}.md`, rulePage(rule)]));
  if (process.env['UPDATE'] === '1') {
    rmSync(folder, { recursive: true, force: true });
    for (const [name, text] of pages) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
  const written = existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => String(name).replaceAll('\\', '/'))
        .filter((name) => name.endsWith('.md'))
    : [];
  assert.deepEqual(written.sort(), [...pages.keys()].sort());
  for (const [name, text] of pages) {
    assert.equal(
      readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'),
      text,
      `${name}: run with UPDATE=1`,
    );
  }
});
