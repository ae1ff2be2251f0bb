/** Folders, files and faults: what an editor does to a workspace, over the protocol of the language server. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Hover } from 'vscode-languageserver';
import { contractTree, type ContractTree } from '../../server/src/lsp/protocol.ts';
import { jsonOf, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const example = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));
const orders = 'apps/orders/src/routes/orders.ts';
const spec = 'spec/orders/openapi.yaml';

function copyOfExample(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'backend-contract-')));
  cpSync(example, folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function editorOn(t: TestContext, folder: string): Promise<Editor> {
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  return editor;
}

test('the editor finds what the command line finds', async (t) => {
  const folder = copyOfExample(t);
  const editor = await editorOn(t, folder);
  const report = jsonOf<{
    readonly findings: readonly {
      readonly rule: string;
      readonly message: string;
      readonly coveredBy?: string;
      readonly at: {
        readonly file: string;
        readonly start: { readonly line: number; readonly column: number };
      };
    }[];
  }>(runCli(['check', folder, '--format', 'json']));
  const told = report.findings
    .filter(({ coveredBy }) => coveredBy === undefined)
    .map(({ rule, message, at }) => `${at.file}:${at.start.line}:${at.start.column} ${rule} ${message}`);
  const files = [...new Set(report.findings.map(({ at }) => at.file))];
  const shown = files.flatMap((file) =>
    editor
      .diagnostics(file)
      .map(
        ({ range, code, message }) =>
          `${file}:${range.start.line + 1}:${range.start.character + 1} ${String(code)} ${message}`,
      ),
  );
  assert.ok(told.length > 10);
  assert.deepEqual(shown.sort(), told.sort());
});

test('places follow what was typed since the last results', async (t) => {
  const editor = await editorOn(t, copyOfExample(t));
  editor.open(orders);
  const first = editor.text(orders).split('\n')[0] ?? '';
  editor.replace(orders, first, `// One.\n// Two.\n// Three.\n${first}`);
  const lines = editor.text(orders).split('\n');
  const line = lines.findIndex((each) => each.includes("orderRouter.get('/:id'"));
  // Asked in the pause before the analysis hears of the edit.
  const hover = await editor.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: editor.uri(orders) },
    position: { line, character: (lines[line] ?? '').indexOf('get') + 1 },
  });
  assert.match(JSON.stringify(hover?.contents), /orders\/\{/);
  assert.equal(hover?.range?.start.line, line);
});

test('what is typed and not saved is forgotten when the document is closed', async (t) => {
  const editor = await editorOn(t, copyOfExample(t));
  const before = editor.shown(orders);
  editor.open(orders);
  const [first] = editor.text(orders).split('\n');
  editor.replace(orders, first ?? '', `\n\n\n${first}`);
  editor.replace(orders, 'const { limit, status } = req.query;', 'const { limit, tea } = req.query;');
  await editor.until('the new parameter is told', () =>
    editor.shown(orders).includes('http/undocumented-parameter at tea'),
  );
  editor.close(orders);
  await editor.until('the text on disk counts', () => editor.shown(orders).join() === before.join());
});

test('a half-typed file keeps its places until it is whole again', async (t) => {
  const editor = await editorOn(t, copyOfExample(t));
  editor.open(orders);
  editor.replace(orders, 'const { limit, status } = req.query;', 'const { limit, tea } = req.query;');
  editor.replace(orders, 'const { limit, tea } = req.query;', 'const { limit, tea } = req.query; if (');
  // The spec changes meanwhile, so that there are new results about the half-typed file.
  editor.write(spec, editor.text(spec).replace('title: ', 'title: The '));
  await editor.until('the results are there', () => editor.status()?.phase === 'ready');
  editor.replace(orders, 'const { limit, tea } = req.query; if (', 'const { limit, cup } = req.query;');
  await editor.until('the last text counts', () =>
    editor.shown(orders).includes('http/undocumented-parameter at cup'),
  );
});

test('workspace folders come and go', async (t) => {
  const [first, second] = [copyOfExample(t), copyOfExample(t)];
  const editor = await editorOn(t, first);
  const other = join('..', basename(second), orders);
  const names = async (): Promise<number> =>
    (await editor.request<ContractTree>(contractTree, {})).folders.length;
  assert.equal(await names(), 1);
  editor.folders([second], []);
  await editor.until('both are analysed', () => editor.shown(other).length > 0);
  assert.deepEqual(editor.shown(other), editor.shown(orders));
  assert.equal(await names(), 2);
  editor.folders([], [second]);
  await editor.until('nothing is said of it any more', () => editor.shown(other).length === 0);
  assert.equal(await names(), 1);
  assert.ok(editor.shown(orders).length > 0);
});

test('a folder that is deleted takes its routes along', async (t) => {
  const editor = await editorOn(t, copyOfExample(t));
  assert.ok(editor.shown(orders).length > 0);
  editor.remove('apps/orders');
  await editor.until('nothing is said of its files', () => editor.diagnostics(orders).length === 0);
});

test('files that the configuration ignores stay ignored while they are edited', async (t) => {
  const folder = copyOfExample(t);
  const editor = await editorOn(t, folder);
  editor.write('backend-contract.config.yaml', `ignore: ['${orders}']\n`);
  await editor.until('nothing is said of the file', () => editor.shown(orders).length === 0);
  editor.open(orders);
  editor.replace(orders, 'const { limit, status } = req.query;', 'const { limit, tea } = req.query;');
  await editor.until('the edit is taken in', () => editor.status()?.phase === 'ready');
  assert.deepEqual(editor.shown(orders), []);
});

test('notes can be turned off and on again', async (t) => {
  const editor = await editorOn(t, copyOfExample(t));
  const noteSeverity = 3;
  const notes = (): number =>
    [orders, spec]
      .flatMap((file) => editor.diagnostics(file))
      .filter(({ severity }) => severity === noteSeverity).length;
  const before = notes();
  assert.ok(before > 0);
  editor.configure({ 'notes.enabled': false });
  await editor.until('no note is left', () => notes() === 0);
  editor.configure({});
  await editor.until('they are back', () => notes() === before);
});

test('what spans lines is marked on its first one', async (t) => {
  const folder = folderOf(t, {
    'package.json': '{ "dependencies": { "express": "4.21.0" } }',
    'app.ts': `import express from 'express';
const app = express();
app.get('/teas', (req, res) => {
  res.json({
    page: {
      number: 1,
      extra: {
        size: 20,
      },
    },
  });
});
app.listen(80);
`,
    'openapi.yaml': `openapi: 3.0.3
info: { title: teas, version: '1' }
paths:
  /teas:
    get:
      responses:
        '200':
          description: a page
          content:
            application/json:
              schema: { type: object, properties: { page: { type: object, properties: { number: { type: integer } } } } }
`,
  });
  const editor = await editorOn(t, folder);
  const marks = editor.diagnostics('app.ts');
  assert.deepEqual(editor.shown('app.ts'), ['http/undocumented-response-field at {']);
  for (const { range } of marks) {
    assert.equal(range.start.line, range.end.line);
    assert.ok(range.start.character < range.end.character);
  }
});

test('a specification in comments of the code is compared while it is typed', async (t) => {
  const app = `const app = require('express')();
require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: { title: 'Teas' } }, apis: ['./app.js'] });
/**
 * @openapi
 * /teas:
 *   get:
 *     responses: { 200: { description: all } }
 */
app.get('/teas', (req, res) => res.json([]));
app.listen(3000);
`;
  const editor = await editorOn(t, folderOf(t, { 'app.js': app, 'package.json': '{ "name": "teas" }' }));
  assert.deepEqual(editor.shown('app.js'), []);
  editor.open('app.js');
  editor.replace('app.js', '   get:', '   post:');
  await editor.shows({
    'app.js': ['http/method-mismatch at post'],
  });
  editor.replace('app.js', '   post:', '   get: [');
  await editor.until('the fault is told', () =>
    editor.shown('app.js').some((line) => line.startsWith('document/')),
  );
  editor.replace('app.js', '   get: [', '   get:');
  await editor.shows({ 'app.js': [] });
});

test('what is not on a disk is left alone: no folder, no diagnostics, no error', async (t) => {
  const folder = copyOfExample(t);
  const editor = await editorOn(t, folder);
  const before = editor.status();
  const uri = 'vscode-vfs://github/tea/house/openapi.yaml';
  const text = readFileSync(join(folder, spec), 'utf8');
  const published: string[] = [];
  editor.connection.onNotification('textDocument/publishDiagnostics', (said: { uri: string }) => {
    if (said.uri === uri) published.push(said.uri);
  });
  const added = [{ uri: 'vscode-vfs://github/tea/house', name: 'house' }];
  await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added, removed: [] },
  });
  await editor.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  for (const method of ['hover', 'definition', 'codeLens', 'documentSymbol'])
    await editor.request(`textDocument/${method}`, {
      textDocument: { uri },
      position: { line: 4, character: 4 },
    });
  assert.deepEqual(published, []);
  assert.deepEqual(editor.status(), before);
});
