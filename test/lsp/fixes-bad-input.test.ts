/** Quick fixes on texts that are hard to edit, over the protocol: an edit that is right, or none. */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import type { Editor } from '../support/lsp-client.ts';
import { editorOn } from '../support/open-editor.ts';

const app = `const express = require('express');
const app = express();
app.get('/teas', (req, res) => {
  if (req.query.kind === 'none') return res.status(404).json({ message: 'none' });
  res.json([]);
});
app.listen(3000);
`;

function editorWith(t: TestContext, files: Readonly<Record<string, string>>): Promise<Editor> {
  const manifest = '{ "dependencies": { "express": "4.18.2" } }\n';
  return editorOn(t, { 'package.json': manifest, 'app.js': app, ...files });
}

/** What is offered for the first finding of a rule in a file, without what silences it. */
async function offered(editor: Editor, path: string, rule: string): Promise<readonly CodeAction[]> {
  const finding = editor.diagnostics(path).find(({ code }) => code === rule);
  assert.ok(finding, editor.shown(path).join('\n'));
  const actions = await editor.request<CodeAction[] | null>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(path) },
    range: finding.range,
    context: { diagnostics: [finding] },
  });
  return (actions ?? []).filter(({ title }) => !/^(?:Ignore|Turn|Make|Mark|Add .* baseline)/.test(title));
}

function apply(editor: Editor, path: string, action: CodeAction | undefined): void {
  for (const change of action?.edit?.documentChanges ?? []) {
    assert.ok('edits' in change && change.textDocument.uri === editor.uri(path));
    editor.edit(path, change.edits);
  }
}

const status = 'http/undocumented-status';

/** Documents the status and gives the text that comes of it, which has to be one without faults. */
async function documented(editor: Editor, path: string): Promise<string> {
  const [action] = await offered(editor, 'app.js', status);
  assert.match(action?.title ?? 'nothing', /^Document 404/);
  editor.open(path);
  apply(editor, path, action);
  const text = editor.text(path);
  assert.deepEqual(readDocument(fileId(path), text).problems, [], text);
  await editor.until('it is gone', () => !editor.diagnostics('app.js').some(({ code }) => code === status));
  return text;
}

const yaml = (responses: string): string => `openapi: 3.0.3
info: { title: Teas, version: '1' }
paths:
  /teas:
    get:
      responses:${responses}
`;

test('lines end as they did', async (t) => {
  const text = yaml("\n        '200':\n          description: teas").replaceAll('\n', '\r\n');
  const editor = await editorWith(t, { 'openapi.yaml': text });
  const after = await documented(editor, 'openapi.yaml');
  assert.doesNotMatch(after.replaceAll('\r\n', ''), /[\r\n]/);
});

test('JSON stays JSON', async (t) => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Teas', version: '1' },
    paths: { '/teas': { get: { responses: { 200: { description: 'teas' } } } } },
  };
  const editor = await editorWith(t, { 'openapi.json': `${JSON.stringify(document, undefined, 4)}\n` });
  const after = await documented(editor, 'openapi.json');
  const { paths } = JSON.parse(after) as typeof document;
  assert.deepEqual(Object.keys(paths['/teas'].get.responses), ['200', '404']);
  assert.match(after, /\n {20}"404": \{\n/);
});

test('what an anchor names gets an entry where nothing else refers to it, and beside what is merged there is none', async (t) => {
  const anchored = yaml(" &answers\n        '200': { description: teas }");
  const first = await editorWith(t, { 'openapi.yaml': anchored });
  assert.match(await documented(first, 'openapi.yaml'), /responses: &answers\n +'200': .*\n +'404':\n/);
  const shared = `x-answers: &answers\n  '200': { description: teas }\n`;
  const merging = await editorWith(t, {
    'openapi.yaml': yaml('\n        <<: *answers').replace('paths:', `${shared}paths:`),
  });
  assert.deepEqual(await offered(merging, 'app.js', status), []);
  const alias = await editorWith(t, {
    'openapi.yaml': yaml(' *answers').replace('paths:', `${shared}paths:`),
  });
  assert.deepEqual(await offered(alias, 'app.js', status), []);
  const aliased = await editorWith(t, {
    'openapi.yaml': `${anchored}  /pots:\n    get: { responses: *answers }\n`,
  });
  assert.deepEqual(await offered(aliased, 'app.js', status), []);
});

test('no route is scaffolded beside one that a loop registers', async (t) => {
  const editor = await editorWith(t, {
    'app.js': `const express = require('express');
const app = express();
for (const kind of ['green', 'black']) app.get('/teas/' + kind, (req, res) => res.json([]));
app.listen(3000);
`,
    'openapi.yaml': `openapi: 3.0.3
info: { title: Teas, version: '1' }
paths:
  /teas/green: { get: { responses: { '200': { description: green } } } }
  /teas/black: { get: { responses: { '200': { description: black } } } }
  /teas/white: { get: { responses: { '200': { description: white } } } }
`,
  });
  const titles = (await offered(editor, 'openapi.yaml', 'http/unimplemented-operation')).map(
    (one) => one.title,
  );
  assert.ok(titles.length > 0);
  assert.ok(!titles.some((title) => title.startsWith('Add a route')), titles.join(', '));
});

test('what takes a while is made when it is chosen', async (t) => {
  const names = Array.from({ length: 20 }, (_, number) => `tea${number}`);
  const editor = await editorWith(t, {
    'app.js': `const express = require('express');
const app = express();
${names.map((name) => `app.get('/${name}', (req, res) => res.json([]));`).join('\n')}
app.listen(3000);
`,
    'openapi.yaml': yaml("\n        '200': { description: teas }").replace('/teas', '/tea0'),
  });
  const [action] = await offered(editor, 'app.js', 'http/undocumented-operation');
  assert.equal(action?.title, 'Document 19 routes in openapi.yaml');
  assert.equal(action.edit, undefined);
  const whole = await editor.request<CodeAction>('codeAction/resolve', action);
  editor.open('openapi.yaml');
  apply(editor, 'openapi.yaml', whole);
  assert.equal(editor.text('openapi.yaml').match(/\n {2}\/tea\d+:/g)?.length, 20);
});

test('of two fixes for one place the second is made for the text that the first left', async (t) => {
  const editor = await editorWith(t, {
    'app.js': app.replace(
      '  res.json([]);',
      '  if (req.query.kind === "all") return res.sendStatus(403);\n  res.json([]);',
    ),
    'openapi.yaml': yaml("\n        '200':\n          description: teas"),
  });
  editor.open('openapi.yaml');
  const before = await offered(editor, 'app.js', status);
  const version = (action: CodeAction | undefined): unknown => {
    const [change] = action?.edit?.documentChanges ?? [];
    return change && 'edits' in change ? change.textDocument.version : undefined;
  };
  // Editors refuse an edit of another version.
  assert.equal(typeof version(before[0]), 'number');
  apply(editor, 'openapi.yaml', before[0]);
  await editor.until(
    'one is left',
    () => editor.diagnostics('app.js').filter(({ code }) => code === status).length === 1,
  );
  const [next] = await offered(editor, 'app.js', status);
  assert.notEqual(version(next), version(before[0]));
  apply(editor, 'openapi.yaml', next);
  await editor.until(
    'both are there',
    () => !editor.diagnostics('app.js').some(({ code }) => code === status),
  );
  const text = editor.text('openapi.yaml');
  assert.equal(text.match(/'40[34]':/g)?.length, 2, text);
  assert.deepEqual(readDocument(fileId('openapi.yaml'), text).problems, []);
});

test('nothing is written into a text that is half typed', async (t) => {
  const editor = await editorWith(t, {
    'openapi.yaml': yaml("\n        '200':\n          description: teas"),
  });
  editor.open('openapi.yaml');
  editor.replace('openapi.yaml', 'info: {', 'info: {{');
  assert.deepEqual(
    (await offered(editor, 'app.js', status)).map(({ title }) => title),
    [],
  );
});
