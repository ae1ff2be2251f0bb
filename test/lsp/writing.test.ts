/** A specification of twenty operations for a server that is there, written with completions, fixes and code actions alone. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CodeAction, CompletionItem, CompletionList, TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { startEditor } from '../support/lsp-client.ts';

const bakery = fileURLToPath(new URL('../fixtures/workspaces/bakery', import.meta.url));
const spec = 'openapi.yaml';

test('the contract of the bakery is written without typing more than where it goes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(bakery, folder, { recursive: true });
  writeFileSync(join(folder, spec), '');
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  const textDocument = { uri: editor.uri(spec) };
  const positionAt = (offset: number) => TextDocument.create('', '', 0, editor.text(spec)).positionAt(offset);
  /** Waits until what was written is analysed. */
  const current = () =>
    editor.until(
      'it is analysed',
      () => editor.status()?.phase === 'ready' && editor.status()?.operations === operations(),
    );
  const operations = (): number =>
    (editor.text(spec).match(/^ {4}(?:get|put|post|patch|delete):/gm) ?? []).length;

  /** Takes what is offered behind a text. */
  async function complete(behind: string, choose: (item: CompletionItem) => boolean): Promise<void> {
    const offset = editor.text(spec).indexOf(behind) + behind.length;
    const list = await editor.request<CompletionList>('textDocument/completion', {
      textDocument,
      position: positionAt(offset),
    });
    const item = list.items.find(choose);
    assert.ok(item?.textEdit, list.items.map(({ label }) => label).join(', '));
    editor.edit(spec, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
    await current();
  }

  /** Chooses a code action at a text of a file. */
  async function act(file: string, at: string, title: RegExp): Promise<void> {
    const document = TextDocument.create('', '', 0, editor.text(file));
    const position = document.positionAt(editor.text(file).indexOf(at));
    const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: editor.uri(file) },
      range: { start: position, end: position },
      context: { diagnostics: editor.diagnostics(file) },
    });
    const chosen = actions.find((each) => title.test(each.title));
    assert.ok(chosen, `${String(title)} in ${actions.map((each) => each.title).join(', ')}`);
    const resolved = chosen.edit ? chosen : await editor.request<CodeAction>('codeAction/resolve', chosen);
    for (const change of resolved.edit?.documentChanges ?? [])
      editor.edit(spec, (change as TextDocumentEdit).edits as object[]);
    await current();
  }

  await editor.until('the server is read', () => editor.status()?.routes === 20);
  editor.open(spec);
  await complete('', ({ label }) => label === 'OpenAPI 3.1');
  // Routes of the code, one after the other where paths stand.
  for (const path of ['/breads', '/breads/{breadId}', '/orders']) {
    editor.replace(spec, 'paths:\n', 'paths:\n  \n');
    await complete('paths:\n  ', ({ label, detail }) => label === path && /from code/.test(detail ?? ''));
  }
  const typed = operations();
  assert.ok(typed >= 3, editor.text(spec));
  // What the code has beyond them is a finding with a fix.
  for (const [file, at] of [
    ['src/routes/orders.js', 'Router()'],
    ['src/routes/customers.js', 'Router()'],
    ['src/routes/ovens.js', 'Router()'],
    ['src/routes/breads.js', "get('/:breadId/recipe'"],
  ] as const)
    await act(file, at, /^Document /);
  assert.equal(operations(), 20, editor.text(spec));
  // What it says more than once is said once, and every operation has a name.
  await act(spec, "'404':", /^Extract to components\/responses, for \d+ equal ones$/);
  await act(spec, '- name: breadId', /^Extract to components\/parameters, for \d+ equal ones$/);
  await act(spec, 'openapi:', /^Give every operation an operationId$/);
  const text = editor.text(spec);
  assert.equal(text.match(/operationId:/g)?.length, 20);
  assert.deepEqual(readDocument(fileId(spec), text).problems, []);
  assert.deepEqual(
    Object.values(editor.everything())
      .flat()
      .filter((each) => each.includes(' http/')),
    [],
  );
});
