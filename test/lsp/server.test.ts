/** The language server over its protocol, on a copy of the example workspace. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic, Hover, LocationLink } from 'vscode-languageserver';
import { contractTree, type ContractTree } from '../../server/src/lsp/protocol.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const example = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));
const orders = 'apps/orders/src/routes/orders.ts';
const spec = 'spec/orders/openapi.yaml';

async function editorOn(t: TestContext): Promise<Editor> {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  cpSync(example, folder, { recursive: true });
  const editor = await startEditor(folder);
  t.after(async () => {
    await editor.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  return editor;
}

test('drift is shown in closed files, with the other side and the page of its rule', async (t) => {
  const editor = await editorOn(t);
  const [first] = editor.diagnostics(orders);
  assert.ok(
    editor.shown(orders).includes('http/undocumented-parameter at status'),
    editor.shown(orders).join('\n'),
  );
  assert.equal(first?.source, 'Backend Contract');
  assert.match(String(first?.codeDescription?.href), /^backend-contract:\/rules\/http\//);
  const related = editor.diagnostics(orders).flatMap(({ relatedInformation }) => relatedInformation ?? []);
  assert.ok(related.some(({ location }) => location.uri.includes('/spec/orders/')));
});

test('typing in a handler changes what is said of it, and nothing flickers', async (t) => {
  const editor = await editorOn(t);
  editor.open(orders);
  editor.replace(orders, 'const { limit, status } = req.query;', 'const { limit, tea } = req.query;');
  await editor.until('the new parameter is told', () =>
    editor.shown(orders).includes('http/undocumented-parameter at tea'),
  );
  assert.ok(!editor.shown(orders).some((line) => line.endsWith('at status')));
  const times = editor.published(spec);
  editor.replace(orders, 'const { limit, tea } = req.query;', 'const { limit } = req.query;');
  await editor.until(
    'the parameter is gone',
    () => !editor.shown(orders).some((line) => line.includes('undocumented-parameter')),
  );
  assert.equal(editor.published(spec), times, 'a file of which the same is said is not published again');
});

test('typing in a spec changes what is said of the code', async (t) => {
  const editor = await editorOn(t);
  const before = editor.shown(orders).join('\n');
  editor.open(spec);
  const [path] = /^ {2}\/orders:.*$/m.exec(editor.text(spec)) ?? [];
  assert.ok(path !== undefined);
  editor.replace(spec, path, path.replace('/orders', '/purchases'));
  await editor.until('the routes are not documented any more', () => {
    const now = editor.shown(orders);
    return now.some((line) => /undocumented-operation|path-typo/.test(line) && !before.includes(line));
  });
  editor.close(spec);
  await editor.until('the text on disk counts again', () => editor.shown(orders).join('\n') === before);
});

test('a half-typed line changes nothing', async (t) => {
  const editor = await editorOn(t);
  const before = editor.shown(orders);
  const line = 'const { limit, status } = req.query;';
  editor.open(orders);
  const times = editor.published(orders);
  editor.replace(orders, line, 'const { limit, status } = req.query; if (');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal(editor.published(orders), times);
  editor.replace(orders, 'const { limit, status } = req.query; if (', line);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.deepEqual(editor.shown(orders), before);
});

test('what changes on disk is noticed', async (t) => {
  const editor = await editorOn(t);
  editor.write(orders, editor.text(orders).replace('const { limit, status }', 'const { limit, origin }'));
  await editor.until('the new parameter is told', () =>
    editor.shown(orders).includes('http/undocumented-parameter at origin'),
  );
});

test('the configuration is watched', async (t) => {
  const editor = await editorOn(t);
  editor.write('backend-contract.config.yaml', 'rules:\n  http/undocumented-parameter: off\n');
  await editor.until(
    'the rule is silent',
    () => !editor.shown(orders).some((line) => line.includes('undocumented-parameter')),
  );
});

test('hover, definition and the tree answer from the last results', async (t) => {
  const editor = await editorOn(t);
  editor.open(orders);
  const lines = editor.text(orders).split('\n');
  const line = lines.findIndex((each) => each.includes("orderRouter.get('/:id'"));
  const position = { line, character: (lines[line] ?? '').indexOf('get') + 1 };
  const textDocument = { uri: editor.uri(orders) };
  const hover = await editor.request<Hover | null>('textDocument/hover', { textDocument, position });
  const contents = hover?.contents;
  assert.ok(contents && typeof contents === 'object' && 'value' in contents);
  assert.match(contents.value, /orders\/\{/);
  const links = await editor.request<LocationLink[] | null>('textDocument/definition', {
    textDocument,
    position,
  });
  assert.ok(links?.some(({ targetUri }) => targetUri.includes('/spec/orders/')));
  const tree = await editor.request<ContractTree>(contractTree, {});
  assert.equal(tree.folders.length, 1);
  assert.ok((tree.folders[0]?.specs.length ?? 0) >= 2);
});

test('a quick fix of a finding in code edits the spec', async (t) => {
  const editor = await editorOn(t);
  editor.open(orders);
  const finding = editor.diagnostics(orders).find(({ code }) => code === 'http/undocumented-status');
  assert.ok(finding);
  const ask = (): Promise<CodeAction[] | null> =>
    editor.request('textDocument/codeAction', {
      textDocument: { uri: editor.uri(orders) },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
  const [first] = (await ask()) ?? [];
  assert.equal(first?.title, 'Document 409 in the spec');
  assert.deepEqual(first.diagnostics, [finding]);
  const [change] = first.edit?.documentChanges ?? [];
  assert.ok(change && 'edits' in change);
  const file = ['spec/orders/paths/order.yaml', spec].find(
    (path) => editor.uri(path) === change.textDocument.uri,
  );
  assert.ok(file !== undefined, change.textDocument.uri);
  editor.open(file);
  editor.edit(file, change.edits);
  await editor.until(
    'the finding is gone',
    () => !editor.shown(orders).some((line) => line.startsWith('http/undocumented-status')),
  );
});

test('what linting found is mended, one by one and all of a rule, and not in a text that moved', async (t) => {
  const editor = await editorOn(t);
  const accounts = 'spec/accounts/openapi.yaml';
  const found = (rule: string): readonly Diagnostic[] =>
    editor.diagnostics(accounts).filter(({ code }) => code === rule);
  const actions = async (finding: Diagnostic): Promise<readonly CodeAction[]> =>
    (await editor.request<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: editor.uri(accounts) },
      range: finding.range,
      context: { diagnostics: [finding] },
    })) ?? [];
  const apply = (action: CodeAction | undefined): void => {
    const [change] = action?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    editor.edit(accounts, change.edits);
  };
  editor.open(accounts);
  await editor.until('Spectral has spoken', () => found('operation-tags').length > 1);
  const [tags] = found('operation-tags');
  assert.ok(tags);
  const all = (await actions(tags)).find(({ title }) => title.includes('of operation-tags'));
  assert.ok(all && all.edit === undefined, 'made when it is chosen');
  apply(await editor.request<CodeAction>('codeAction/resolve', all));
  // Nothing is offered for what was found in an earlier text.
  assert.ok(!(await actions(tags)).some(({ title }) => title.startsWith('Tag it')));
  await editor.until('all have tags', () => found('operation-tags').length === 0);
  const [contact] = found('info-contact');
  assert.ok(contact);
  apply((await actions(contact)).find(({ title }) => title === 'Add a contact'));
  await editor.until('there is a contact', () => found('info-contact').length === 0);
});

test('an open specification is linted, and not once it has a ruleset of its own', async (t) => {
  const editor = await editorOn(t);
  const accounts = 'spec/accounts/openapi.yaml';
  const lintOf = (): readonly string[] =>
    editor
      .diagnostics(accounts)
      .filter(({ source }) => source === 'Spectral')
      .map(({ code }) => String(code));
  editor.open(accounts);
  await editor.until('Spectral has spoken', () => lintOf().length > 0);
  const title = /^info:$/m.exec(editor.text(accounts))?.[0] ?? '';
  editor.replace(accounts, title, 'info:\n  contact: { name: Tea House }');
  await editor.until('the contact is there', () => !lintOf().includes('info-contact'));
  editor.write('.spectral.yaml', 'rules: {}\n');
  editor.replace(accounts, 'Tea House }', 'Tea Houses }');
  await editor.until('the built-in rules are silent', () => lintOf().length === 0);
});

test('what is no key of a path is told once, by linting where there is linting', async (t) => {
  const editor = await editorOn(t);
  const file = 'spec/accounts/openapi.yaml';
  const atTypo = (): readonly string[] => editor.shown(file).filter((line) => line.endsWith(' at psot'));
  editor.open(file);
  editor.replace(
    file,
    '    post:\n      operationId: createAccount',
    '    psot:\n      operationId: createAccount',
  );
  await editor.until('linting has spoken', () => atTypo().includes('oas3-schema at psot'));
  await editor.until('the analysis is done', () => editor.status()?.phase === 'ready');
  assert.deepEqual(atTypo(), ['oas3-schema at psot']);
  editor.configure({ 'lint.enabled': false });
  await editor.until('the analysis speaks', () => atTypo().includes('openapi/unknown-method at psot'));
});

test('linting of a half-typed specification stays, where it stood, with the fault beside it', async (t) => {
  const editor = await editorOn(t);
  const file = 'spec/accounts/openapi.yaml';
  const linted = (): readonly string[] =>
    editor
      .diagnostics(file)
      .filter(({ source, code }) => source === 'Spectral' || String(code).startsWith('health/'))
      .map(({ code, range }) => `${String(code)} ${range.start.line}:${range.start.character}`);
  editor.open(file);
  await editor.until('linting has spoken', () => linted().some((line) => line.startsWith('health/')));
  const before = linted();
  editor.replace(file, 'title: Tea House accounts', 'title: "Tea House accounts');
  await editor.until('the fault is told', () =>
    editor.shown(file).some((line) => line.startsWith('document/yaml-syntax')),
  );
  assert.deepEqual(linted(), before);
  editor.replace(file, '  version: 2.0.0', '  # a remark\n  version: 2.0.0');
  const moved = (line: string): string =>
    line.replace(/ (\d+):/, (_, number: string) => ` ${Number(number) < 3 ? number : Number(number) + 1}:`);
  await editor.until('findings move with the text', () => linted().join() === before.map(moved).join());
  editor.replace(file, '"Tea House accounts', 'Tea House accounts');
  await editor.until(
    'the fault is gone',
    () => !editor.shown(file).some((line) => line.startsWith('document/')),
  );
  assert.deepEqual(linted(), before.map(moved));
});
