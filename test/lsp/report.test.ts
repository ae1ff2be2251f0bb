/** The report as an editor asks for it: places that open, what linting found, what was before, and what is typed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driftReport, type DriftReport } from '../../server/src/lsp/protocol.ts';
import type { ReportData } from '../../server/src/report/data.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const files = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'app.js': `const app = require('express')();
app.get('/teas', (req, res) => res.json([]));
app.get('/cups', (req, res) => res.json([]));
app.listen(80);
`,
  'openapi.yaml': `openapi: 3.0.3
info: { title: Teas, version: '1', description: All, contact: { name: A } }
servers: [{ url: 'http://tea.example' }]
tags: [{ name: tea, description: Tea }]
paths:
  /teas:
    get: { operationId: teas, tags: [tea], description: All, responses: { '200': { description: All } } }
`,
  CODEOWNERS: '*.js @kitchen\n',
  'backend-contract.history.jsonl': '{"commit":"1","coverage":0.25}\n',
};

async function reportOf(editor: Editor): Promise<ReportData> {
  const { reports } = await editor.request<DriftReport>(driftReport, {});
  return (reports as readonly ReportData[])[0] ?? assert.fail('there is no report');
}

test('the report follows what is typed, and its places open', async (t) => {
  const editor = await startEditor(folderOf(t, files));
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  const { kpis, operations } = await reportOf(editor);
  assert.deepEqual(
    kpis.map(({ id, share, trend }) => [id, share, ...trend]),
    [
      ['coverage', '50 %', 0.25, 0.5],
      ['drift', '50 %'],
      ['lint', '–'],
      ['unknown', '0 %'],
    ],
  );
  const [cups] = operations;
  assert.deepEqual(
    [cups?.path, cups?.state, cups?.owners, cups?.inSpec],
    ['/cups', 'undocumented', ['@kitchen'], undefined],
  );
  assert.match(cups?.inCode?.uri ?? '', /^file:.*\/app\.js$/);
  assert.equal(cups?.inCode?.line, 3);
  editor.open('app.js');
  editor.replace('app.js', "app.get('/cups', (req, res) => res.json([]));\n", '');
  await editor.until('the route is gone', () => editor.status()?.routes === 1);
  assert.equal((await reportOf(editor)).kpis[0]?.share, '100 %');
});

test('lint health is that of documents that were linted', async (t) => {
  const editor = await startEditor(folderOf(t, files));
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  const health = (): string | undefined => editor.status()?.kpis.find(({ id }) => id === 'lint')?.share;
  editor.open('openapi.yaml');
  await editor.until('the document was linted', () => health() === '100 %');
  editor.replace('openapi.yaml', 'operationId: teas, ', '');
  await editor.until('a fault was found', () => health() === '0 %');
  editor.close('openapi.yaml');
  await editor.until('nothing is linted any more', () => health() === '–');
});
