/** The report of the example workspace, word for word. `UPDATE=1` writes it anew. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exampleFolder, jsonOf, runCli } from '../support/cli.ts';

const snapshot = fileURLToPath(new URL('example.report.txt', import.meta.url));

/** What the example promises to show: one drift of each kind. */
const kinds = [
  'duplicate-route',
  'media-type',
  'method-mismatch',
  'parameter-name',
  'path-typo',
  'success-status',
  'undocumented-body',
  'undocumented-operation',
  'undocumented-parameter',
  'undocumented-security',
  'undocumented-status',
  'unenforced-security',
  'unimplemented-operation',
  'unread-body',
  'unread-parameter',
  'unsent-status',
];

test('the report of the example workspace', () => {
  const { out, code } = runCli(['check', exampleFolder]);
  assert.equal(code, 1);
  if (process.env['UPDATE'] === '1') writeFileSync(snapshot, out);
  assert.equal(out, readFileSync(snapshot, 'utf8'));
});

test('the example has a drift of each kind', () => {
  const { findings } = jsonOf<{ findings: readonly { rule: string; coveredBy?: string }[] }>(
    runCli(['check', exampleFolder, '--format', 'json']),
  );
  const seen = new Set(findings.filter(({ coveredBy }) => coveredBy === undefined).map(({ rule }) => rule));
  assert.deepEqual(
    kinds.filter((kind) => !seen.has(`http/${kind}`)),
    [],
  );
});
