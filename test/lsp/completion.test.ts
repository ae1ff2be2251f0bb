/** Completion over the protocol: on unsaved text, as an editor asks for it. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const spec = `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /teas:
    get:
      responses: { '200': { description: teas } }
`;
const app = `import express from 'express';
const app = express();
app.get('/teas', (req, res) => res.json([]));
app.put('/teas/:teaId', (req, res) => res.status(204).end());
app.listen(3000);
`;

async function itemsAt(
  editor: Editor,
  file: string,
  line: number,
  character: number,
): Promise<readonly CompletionItem[]> {
  const list = await editor.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: editor.uri(file) },
    position: { line, character },
  });
  return list?.items ?? [];
}

test('what is offered fits the text that is typed, whether or not it is analysed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'openapi.yaml'), spec);
  writeFileSync(join(folder, 'app.js'), app);
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5.0.0"}}');
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  editor.open('openapi.yaml');

  editor.replace('openapi.yaml', '  /teas:\n', '  \n  /teas:\n');
  const paths = await itemsAt(editor, 'openapi.yaml', 3, 2);
  const route = paths.find(({ label }) => label === '/teas/{teaId}');
  assert.equal(route?.detail, 'PUT · from code');
  assert.ok(route.textEdit && 'range' in route.textEdit);
  editor.edit('openapi.yaml', [route.textEdit]);
  assert.match(
    editor.text('openapi.yaml'),
    /paths:\n {2}\/teas\/\{teaId\}:\n {4}put:\n[^]*'204'[^]*\n {2}\/teas:\n/,
  );

  editor.replace('openapi.yaml', '    get:\n', '    get:\n      \n');
  const lines = editor.text('openapi.yaml').split('\n');
  const keys = await itemsAt(editor, 'openapi.yaml', lines.indexOf('      '), 6);
  assert.ok(keys.some(({ label }) => label === 'operationId'));
  assert.ok(!keys.some(({ label }) => label === 'responses'));

  editor.configure({ 'completion.enabled': false });
  await editor.until('it is off', () => true);
  let off: readonly CompletionItem[] = keys;
  for (let tries = 0; off.length > 0 && tries < 50; tries += 1)
    off = await itemsAt(editor, 'openapi.yaml', lines.indexOf('      '), 6);
  assert.deepEqual(off, []);
});
