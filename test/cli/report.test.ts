/** `report`: one page, the same as Markdown and as data, with owners and with what was before. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ReportData } from '../../server/src/report/data.ts';
import { exampleFolder, jsonOf, runCli, runSlowCli } from '../support/cli.ts';
import { folderOf, write } from '../support/folder.ts';

const files = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'src/app.js':
    "const app = require('express')();\napp.get('/teas', (req, res) => res.json([]));\napp.get('/cups', (req, res) => res.json([]));\napp.listen(1);\n",
  'openapi.yaml':
    "openapi: 3.0.3\ninfo: { title: '<b>Teas</b>', version: '1' }\npaths:\n  /teas:\n    get: { tags: [tea], summary: '</script><b>All</b>', responses: { '200': { description: ok } } }\n",
};

function dataOf(folder: string, ...args: readonly string[]): ReportData {
  return jsonOf<ReportData>(runCli(['report', folder, '--format', 'json', ...args], folder));
}

test('the figures are those of a check', () => {
  const { kpis, operations } = dataOf(exampleFolder);
  const { out } = runCli(['check', exampleFolder]);
  assert.ok(
    out.includes('15 of 18 routes documented (83 %) · drift in 13 of 20 operations (65 %)'),
    out.slice(-200),
  );
  assert.deepEqual(
    kpis.map(({ id, part, whole, share }) => `${id} ${part}/${whole} ${share}`),
    ['coverage 15/18 83 %', 'drift 13/20 65 %', 'lint 0/0 –', 'unknown 0/20 0 %'],
  );
  assert.equal(new Set(operations.map(({ id }) => id)).size, operations.length);
});

test('specs are linted when that is asked for, and rulesets run only when they may', async (context) => {
  const folder = folderOf(context, files);
  const run = (...args: readonly string[]) =>
    runSlowCli(['report', folder, '--format', 'json', ...args], folder);
  const lintOf = async (...args: readonly string[]): Promise<string | undefined> =>
    jsonOf<ReportData>(await run(...args)).kpis.find(({ id }) => id === 'lint')?.share;
  assert.equal(dataOf(folder).kpis.find(({ id }) => id === 'lint')?.share, '–');
  assert.equal(await lintOf('--lint'), '0 %');
  write(folder, { '.spectral.yaml': 'rules: {}\n' });
  assert.match((await run('--lint')).err, /Nothing was linted: \.spectral\.yaml can run/);
  assert.equal(await lintOf('--lint', '--trust-rulesets'), '100 %');
});

test('an operation has both places, its tags, its router and its owners', (context) => {
  const folder = folderOf(context, {
    ...files,
    CODEOWNERS: '# all\n* @everybody # really\n/src/ @server @web\n[Docs] @nobody\n*.yaml\n',
  });
  const [cups, teas] = dataOf(folder).operations;
  assert.deepEqual(
    { ...teas, id: '' },
    {
      id: '',
      method: 'GET',
      path: '/teas',
      state: 'matched',
      deprecated: false,
      summary: '</script><b>All</b>',
      spec: 'openapi.yaml',
      tags: ['tea'],
      controller: teas?.controller,
      owners: ['@server', '@web'],
      inSpec: { file: 'openapi.yaml', line: 5, column: 5 },
      inCode: { file: 'src/app.js', line: 2, column: 18 },
      findings: [],
    },
  );
  assert.equal(cups?.state, 'undocumented');
  assert.deepEqual(
    cups.findings.map(({ rule, severity, at }) => `${severity} ${rule} ${at.file}:${at.line}`),
    ['warning http/undocumented-operation src/app.js:3'],
  );
});

test('Markdown says what is not as it should be, and is no markup by mistake', (context) => {
  const folder = folderOf(context, { ...files, 'a_b/x.txt': '' });
  const { code, out } = runCli(['report', folder, '--format', 'markdown']);
  assert.equal(code, 0);
  assert.match(out, /\| Contract coverage \| 50 % \| 1 of 2 \|/);
  assert.match(
    out,
    /## Not in the spec \(1\)\n\n- `GET \/cups` — `src\/app\.js:3`\n {2}- ⚠️ GET \/cups is not in the spec/,
  );
  assert.doesNotMatch(out, /<b>/);
});

test('a page holds all that it needs, and its policy names it', (context) => {
  const folder = folderOf(context, files);
  const { out } = runCli(['report', folder]);
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  assert.ok(
    out.includes(
      `default-src 'none'; script-src 'sha256-${hash('script();')}'; style-src 'sha256-${hash('main {}')}'`,
    ),
  );
  assert.equal(out.match(/<\/script>/g)?.length, 2);
  assert.doesNotMatch(out, /<b>|https?:\/\//);
});

test('a history grows by a line a report, and shows how the figures moved', (context) => {
  const folder = folderOf(context, files);
  const history = join(folder, 'h.jsonl');
  assert.deepEqual(dataOf(folder, '--history', 'h.jsonl').kpis[0]?.trend, []);
  assert.equal(
    readFileSync(history, 'utf8'),
    '{"date":"2026-01-31","coverage":0.5,"drift":0.5,"lint":null,"unknown":0}\n',
  );
  write(folder, { 'openapi.yaml': files['openapi.yaml'].replace('/teas', '/cups') });
  write(folder, { 'src/app.js': files['src/app.js'].replace(/.*teas.*\n/, '') });
  assert.deepEqual(dataOf(folder, '--history', 'h.jsonl').kpis[0]?.trend, [0.5, 1]);
  write(folder, { 'h.jsonl': `broken\n[]\n${readFileSync(history, 'utf8')}` });
  assert.deepEqual(dataOf(folder, '--history', 'h.jsonl').kpis[0]?.trend, [0.5, 1, 1]);
});

test('where there is nothing to compare there is no report', (context) => {
  const folder = folderOf(context, { 'package.json': '{}' });
  const { code, out, err } = runCli(['report', folder]);
  assert.deepEqual([code, out], [2, '']);
  assert.match(err, /Found neither/);
});
