/** Authoring over the protocol: rename, highlights, linked editing, definitions, references. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeAction,
  DocumentHighlight,
  FoldingRange,
  InlayHint,
  Location,
  LocationLink,
  Range,
  SelectionRange,
  SemanticTokens,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { wholeDocument, type WholeDocument } from '../../server/src/lsp/protocol.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';
import { editorOn, placeIn } from '../support/open-editor.ts';

const example = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));

const files = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Teas, version: '1' }
tags: [{ name: teas }]
paths:
  /teas/{teaId}:
    get:
      operationId: findTea
      tags: [teas]
      parameters:
        - { name: teaId, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: A tea
          content: { application/json: { schema: { $ref: 'schemas.yaml#/Tea' } } }
`,
  'schemas.yaml': 'Tea:\n  required: [name]\n  properties:\n    name: { type: string }\n',
};

function textAt(editor: Editor, path: string, range: Range): string {
  return TextDocument.create('', '', 0, editor.text(path)).getText(range);
}

test('a name is renamed in all files, in texts that are not saved too', async (t) => {
  const editor = await editorOn(t, files);
  editor.open('openapi.yaml');
  editor.replace('openapi.yaml', 'description: A tea', 'description: One tea');
  const at = placeIn(editor, 'schemas.yaml', 'T$0ea:');
  const prepared = await editor.request<{ placeholder: string } | null>('textDocument/prepareRename', at);
  assert.equal(prepared?.placeholder, 'Tea');
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'Brew' });
  const changes = (edit.documentChanges ?? []).flatMap((change) => ('edits' in change ? [change] : []));
  assert.deepEqual(changes.map(({ textDocument }) => textDocument.uri).sort(), [
    editor.uri('openapi.yaml'),
    editor.uri('schemas.yaml'),
  ]);
  for (const { textDocument, edits } of changes)
    if (textDocument.uri === editor.uri('openapi.yaml')) editor.edit('openapi.yaml', edits);
  assert.match(editor.text('openapi.yaml'), /One tea\n.*schemas\.yaml#\/Brew'/);
});

test('code that is tied to a path is renamed with it, from either side', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  cpSync(example, folder, { recursive: true });
  const editor = await startEditor(folder);
  t.after(async () => {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  const carts = 'apps/orders/src/routes/carts.ts';
  for (const at of [
    placeIn(editor, 'spec/orders/openapi.yaml', '/carts/{car$0tId}:'),
    placeIn(editor, carts, "delete('/:car$0tId'"),
  ]) {
    const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'basket' });
    const changes = (edit.documentChanges ?? []).flatMap((change) => ('edits' in change ? [change] : []));
    assert.deepEqual(
      changes.map(({ textDocument, edits }) => [textDocument.uri, edits.length]).sort(),
      [
        [editor.uri(carts), 4],
        [editor.uri('spec/orders/components/parameters.yaml'), 1],
        [editor.uri('spec/orders/openapi.yaml'), 2],
      ].sort(),
    );
  }
  // What is typed right before is waited for: the fourth place of the code is gone.
  editor.open(carts);
  editor.replace(carts, 'carts.delete(req.params.cartId);', '');
  const at = placeIn(editor, 'spec/orders/openapi.yaml', '/carts/{car$0tId}:');
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'basket' });
  const inCode = (edit.documentChanges ?? []).flatMap((change) =>
    'edits' in change && change.textDocument.uri === editor.uri(carts) ? [change.edits.length] : [],
  );
  assert.deepEqual(inCode, [3]);
});

test('a name that cannot be is refused, in words', async (t) => {
  const editor = await editorOn(t, files);
  const at = placeIn(editor, 'schemas.yaml', 'T$0ea:');
  await assert.rejects(editor.request('textDocument/rename', { ...at, newName: 'a tea' }), /made of letters/);
});

test('a parameter of a path is linked with its declaration, and its places are marked', async (t) => {
  const editor = await editorOn(t, files);
  const at = placeIn(editor, 'openapi.yaml', '{tea$0Id}');
  const linked = await editor.request<{ ranges: Range[] }>('textDocument/linkedEditingRange', at);
  assert.deepEqual(
    linked.ranges.map((range) => textAt(editor, 'openapi.yaml', range)),
    ['teaId', 'teaId'],
  );
  const marks = await editor.request<DocumentHighlight[]>('textDocument/documentHighlight', at);
  assert.deepEqual(
    marks.map(({ kind }) => kind),
    [3, 2],
  );
});

test('tags and ids are linked with what names them, where all of it is in the document', async (t) => {
  const document = `openapi: 3.1.0
info: { title: T, version: '1' }
tags:
  - name: teas
  - name: two words
paths:
  /teas:
    get:
      tags: [teas, two words]
      operationId: listTeas
      responses:
        '200': { description: all, links: { again: { operationId: "listTeas" } } }
`;
  const editor = await editorOn(t, { 'openapi.yaml': document });
  for (const [place, name, count] of [
    ['name: te$0as', 'teas', 2],
    ['"list$0Teas"', 'listTeas', 2],
  ] as const) {
    const linked = await editor.request<{ ranges: Range[] }>(
      'textDocument/linkedEditingRange',
      placeIn(editor, 'openapi.yaml', place),
    );
    assert.deepEqual(
      linked.ranges.map((range) => textAt(editor, 'openapi.yaml', range)),
      Array.from({ length: count }, () => name),
    );
  }
  const words = placeIn(editor, 'openapi.yaml', 'name: two$0 words');
  assert.equal(await editor.request('textDocument/linkedEditingRange', words), null);
});

test('names lead to where they are given, and from there to all uses', async (t) => {
  const editor = await editorOn(t, files);
  const [definition] = await editor.request<LocationLink[]>(
    'textDocument/definition',
    placeIn(editor, 'schemas.yaml', '[na$0me]'),
  );
  assert.equal(definition?.targetRange.start.line, 3);
  const uses = await editor.request<Location[]>('textDocument/references', {
    ...placeIn(editor, 'openapi.yaml', 'name: te$0as }'),
    context: { includeDeclaration: true },
  });
  assert.deepEqual(
    uses.map(({ range }) => range.start.line),
    [2, 7],
  );
});

test('names of a long specification lead there too, right behind an edit; what cannot be a name is asked in vain', async (t) => {
  const padding = '# as long as specifications that take their time\n'.repeat(3_500);
  const long = files['openapi.yaml'].replace('paths:', `${padding}paths:`);
  const editor = await editorOn(t, { ...files, 'openapi.yaml': long });
  editor.open('openapi.yaml');
  editor.replace('openapi.yaml', 'title: Teas', 'title: Many teas');
  const definition = (marked: string): Promise<LocationLink[] | null> =>
    editor.request('textDocument/definition', placeIn(editor, 'openapi.yaml', marked));
  assert.equal((await definition('tags: [te$0as]'))?.[0]?.targetRange.start.line, 2);
  assert.equal(await definition('title: Ma$0ny teas'), null);
  const uses = await editor.request<Location[]>('textDocument/references', {
    ...placeIn(editor, 'openapi.yaml', 'name: te$0as }'),
    context: { includeDeclaration: true },
  });
  assert.deepEqual(
    uses.map(({ range }) => range.start.line),
    [2, 3_507],
  );
});

test('a specification of many files is one document for whoever knows no files', async (t) => {
  const editor = await editorOn(t, files);
  editor.open('schemas.yaml');
  editor.replace('schemas.yaml', 'name: {', 'title: {');
  const whole = (path: string): Promise<WholeDocument | null> =>
    editor.request(wholeDocument, { uri: editor.uri(path) });
  await editor.until('what was typed is analysed', () => editor.status()?.phase === 'ready');
  for (const path of ['openapi.yaml', 'schemas.yaml']) {
    const text = JSON.stringify((await whole(path))?.document);
    assert.match(text, /"\$ref":"#\/components\/schemas\/Tea"/);
    assert.match(text, /"Tea":\{"required":\["name"\],"properties":\{"title":/);
  }
  assert.equal(await whole('none.yaml'), null);
});

test('a selection grows from the value to its entry and outwards', async (t) => {
  const editor = await editorOn(t, files);
  const { textDocument, position } = placeIn(editor, 'openapi.yaml', 'find$0Tea') as {
    textDocument: object;
    position: object;
  };
  const [selection] = await editor.request<SelectionRange[]>('textDocument/selectionRange', {
    textDocument,
    positions: [position],
  });
  assert.equal(textAt(editor, 'openapi.yaml', selection?.range ?? ({} as Range)), 'findTea');
  assert.equal(
    textAt(editor, 'openapi.yaml', selection?.parent?.range ?? ({} as Range)),
    'operationId: findTea',
  );
});

test('hints, colours of names, folds and callers come over the protocol', async (t) => {
  const editor = await editorOn(t, files);
  const textDocument = { uri: editor.uri('openapi.yaml') };
  editor.open('openapi.yaml');
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = (await editor.request('textDocument/inlayHint', { textDocument, range })) as InlayHint[];
  assert.deepEqual(
    hints.map(({ position, label }) => [position.line, label]),
    [[13, '{ name }']],
  );
  const { data } = (await editor.request('textDocument/semanticTokens/range', {
    textDocument,
    range,
  })) as SemanticTokens;
  // Lines from the one before, columns, lengths, types, modifiers: the tag first.
  assert.deepEqual(data.slice(0, 5), [2, 15, 4, 4, 1]);
  const code = { textDocument: { uri: editor.uri('app.ts') }, range };
  assert.equal(await editor.request('textDocument/semanticTokens/range', code), null);
  const folds = (await editor.request('textDocument/foldingRange', { textDocument })) as FoldingRange[];
  assert.deepEqual(folds[0], { startLine: 3, endLine: 13 });
  const [item] = (await editor.request(
    'textDocument/prepareCallHierarchy',
    placeIn(editor, 'openapi.yaml', 'schemas.yaml#/T$0ea'),
  )) as CallHierarchyItem[];
  const callers = (await editor.request('callHierarchy/incomingCalls', {
    item,
  })) as CallHierarchyIncomingCall[];
  assert.deepEqual(
    callers.map(({ from, fromRanges }) => [from.name, fromRanges.length]),
    [['GET /teas/{teaId}', 1]],
  );
  assert.deepEqual(await editor.request('callHierarchy/outgoingCalls', { item }), []);
});

test('refactorings are offered where the cursor is, and made when one is chosen', async (t) => {
  const editor = await editorOn(t, files);
  editor.open('openapi.yaml');
  const { textDocument, position } = placeIn(editor, 'openapi.yaml', '- { na$0me: teaId') as {
    textDocument: object;
    position: object;
  };
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor'] },
  });
  const offer = actions.find(({ title }) => title === 'Extract to components/parameters');
  assert.ok(offer, actions.map(({ title }) => title).join(', '));
  const { edit } = offer.edit ? offer : await editor.request<CodeAction>('codeAction/resolve', offer);
  for (const change of edit?.documentChanges ?? [])
    if ('edits' in change) editor.edit('openapi.yaml', change.edits);
  assert.match(editor.text('openapi.yaml'), /- \{ \$ref: '#\/components\/parameters\/TeaId' \}/);
  assert.match(editor.text('openapi.yaml'), /components:\n {2}parameters:\n {4}TeaId: \{ name: teaId/);
});
