/** `lint`: consent to rulesets, reports, exit codes, and that the editor says the same. */

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { test } from 'node:test';
import { exampleFolder, jsonOf, runSlowCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor } from '../support/lsp-client.ts';

interface Report {
  readonly documents: readonly string[];
  readonly findings: readonly {
    readonly rule: string;
    readonly message: string;
    readonly at: {
      readonly file: string;
      readonly start: { readonly line: number; readonly column: number };
    };
  }[];
}

const teas = `openapi: 3.0.3
info: { title: teas, version: '1' }
servers: [{ url: 'http://tea.example' }]
paths: {}
`;
const rules = 'rules:\n  has-summary: { given: $.info, then: { field: summary, function: truthy } }\n';
const files = {
  'openapi.yaml': teas,
  '.spectral.yaml': rules,
  'own/rules.yaml': rules.replace('has', 'own'),
};

async function rulesFound(args: readonly string[], folder: string): Promise<readonly string[]> {
  const run = await runSlowCli(['lint', '--format', 'json', ...args], folder);
  assert.equal(run.err, '');
  return jsonOf<Report>(run).findings.map(({ rule }) => rule);
}

test('a ruleset that is found is not run without consent, and that is said', async (t) => {
  const folder = folderOf(t, files);
  const refused = await runSlowCli(['lint'], folder);
  assert.deepEqual([refused.code, refused.out], [2, '']);
  assert.match(refused.err, /^Found the ruleset \.spectral\.yaml, which can run code\. Say --trust-rulesets/);
  assert.deepEqual(await rulesFound(['--trust-rulesets'], folder), ['has-summary']);
  assert.deepEqual(await rulesFound(['--ruleset', 'own/rules.yaml'], folder), ['own-summary']);
  assert.deepEqual(await rulesFound(['--built-in-only'], folder), ['info-contact', 'info-description']);
});

test('a ruleset that the configuration names is one that is found', async (t) => {
  const config = { 'backend-contract.config.yaml': 'lint: { ruleset: own/rules.yaml }\n' };
  const folder = folderOf(t, { ...files, ...config });
  const refused = await runSlowCli(['lint', 'openapi.yaml'], folder);
  assert.deepEqual([refused.code, /own\/rules\.yaml/.test(refused.err)], [2, true]);
  assert.deepEqual(await rulesFound(['--trust-rulesets'], folder), ['own-summary']);
});

test('wrong use is told', async (t) => {
  const folder = folderOf(t, { 'notes.yaml': 'title: a note\n', 'openapi.yaml': teas });
  const told = async (...args: readonly string[]) => {
    const { code, err } = await runSlowCli(['lint', ...args], folder);
    return [code, err.trim()];
  };
  assert.deepEqual(await told('gone.yaml'), [2, 'There is no file gone.yaml.']);
  assert.deepEqual(await told('--ruleset', 'gone.yaml'), [2, 'There is no file gone.yaml.']);
  assert.deepEqual(await told('notes.yaml'), [2, 'notes.yaml is no OpenAPI, AsyncAPI or Arazzo document.']);
  const empty = folderOf(t, { 'notes.yaml': 'title: a note\n' });
  assert.equal(
    (await runSlowCli(['lint'], empty)).err,
    'Found no OpenAPI, AsyncAPI or Arazzo document here.\n',
  );
});

test('the report for people, and what decides the exit code', async (t) => {
  const folder = folderOf(t, { 'openapi.yaml': teas });
  const run = await runSlowCli(['lint'], folder);
  assert.equal(run.code, 1);
  assert.match(run.out, /^openapi\.yaml {2}2 findings/m);
  assert.match(run.out, /▲ 2 warnings · 1 document linted/);
  assert.equal((await runSlowCli(['lint', '--fail-on', 'error'], folder)).code, 0);
});

test('the editor says what the command line says', async (t) => {
  const folder = folderOf(t, {});
  cpSync(exampleFolder, folder, { recursive: true });
  const report = jsonOf<Report>(await runSlowCli(['lint', '--format', 'json'], folder));
  const told = report.findings.map(
    ({ rule, message, at }) => `${at.file}:${at.start.line}:${at.start.column} ${rule} ${message}`,
  );
  assert.deepEqual(report.documents, ['spec/accounts/openapi.yaml', 'spec/orders/openapi.yaml']);
  assert.ok(told.some((line) => line.includes(' health/')));
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  for (const document of report.documents) editor.open(document);
  const touched = [...new Set(report.findings.map(({ at }) => at.file))];
  const shown = (): readonly string[] =>
    touched.flatMap((file) =>
      editor
        .diagnostics(file)
        .filter(({ source, code }) => source === 'Spectral' || String(code).startsWith('health/'))
        .map(({ range, code, message }) => {
          const { line, character } = range.start;
          return `${file}:${line + 1}:${character + 1} ${String(code)} ${message}`;
        }),
    );
  await editor.until('both documents are linted', () => shown().length >= told.length);
  assert.deepEqual([...shown()].sort(), [...told].sort());
});
