/** Settings of the editor: what the table makes of what users write, and what they do in a workspace. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { defaultSettings, readSettings } from '../../server/src/lsp/settings.ts';
import { configText, explainRule, type ConfigText, type Explanation } from '../../server/src/lsp/protocol.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const contract = (title: string, path: string): string => `openapi: 3.0.3
info: { title: ${title}, version: '1' }
servers: [{ url: 'http://tea.example' }]
paths:
  ${path}:
    get: { operationId: ${title}, responses: { '200': { description: All of it } } }
`;

const house = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'src/app.js': `const app = require('express')();
app.get('/teas', (req, res) => res.json([]));
app.listen(80);
`,
  'teas.yaml': contract('teas', '/teas'),
  'cups.yaml': contract('cups', '/cups'),
};

async function editorOn(t: TestContext, files: Readonly<Record<string, string>>): Promise<Editor> {
  const editor = await startEditor(folderOf(t, files));
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.phase === 'ready');
  return editor;
}

test('what is missing or of no use has its default, and what is of no use is told', () => {
  assert.deepEqual(readSettings(undefined), { settings: defaultSettings, faults: [] });
  const { settings, faults } = readSettings({
    specs: ['./teas.yaml', 7],
    rules: { 'http/path-typo': 'off' },
    delay: -1,
    lint: { enabled: 'yes', ruleset: '' },
    codeLens: { enabled: false },
  });
  assert.deepEqual(
    settings.specs.map(({ file }) => file),
    ['teas.yaml'],
  );
  assert.deepEqual(settings.rules, { 'http/path-typo': 'off' });
  assert.equal(settings.delay, defaultSettings.delay);
  assert.equal(settings['lint.enabled'], true);
  assert.equal(settings['codeLens.enabled'], false);
  assert.deepEqual(faults, [
    'backendContract.specs: This must be a path.',
    'backendContract.delay: This must be a whole number from 0 to 10000.',
    'backendContract.lint.enabled: This must be true or false.',
  ]);
});

test('every setting is documented', () => {
  const page = readFileSync(new URL('../../server/docs/settings.md', import.meta.url), 'utf8');
  for (const name of Object.keys(defaultSettings))
    assert.ok(page.includes(`\`backendContract.${name}\``), `${name} is in server/docs/settings.md`);
});

test('specs and severities can be set, and the configuration file goes before them', async (t) => {
  const editor = await editorOn(t, house);
  const unimplemented = { 'cups.yaml': ['http/unimplemented-operation at get'] };
  await editor.shows(unimplemented);
  editor.configure({ specs: ['teas.yaml'] });
  await editor.shows({ 'cups.yaml': [] });
  editor.configure({ rules: { 'http/unimplemented-operation': 'off' } });
  await editor.until('both specs are back', () => editor.status()?.specs === 2);
  await editor.shows({ 'cups.yaml': [] });
  editor.write('backend-contract.config.yaml', 'rules:\n  http/unimplemented-operation: error\n');
  await editor.shows(unimplemented);
  editor.configure({});
  editor.remove('backend-contract.config.yaml');
  await editor.shows(unimplemented);
});

test('a ruleset can be named, by the settings and by the configuration file', async (t) => {
  const rule = (name: string): string =>
    `rules:\n  ${name}: { given: $.info, then: { field: summary, function: truthy } }\n`;
  const editor = await editorOn(t, {
    'teas.yaml': house['teas.yaml'],
    '.spectral.yaml': rule('nearest'),
    'rules/one.yaml': rule('one'),
    'rules/other.yaml': rule('other'),
  });
  editor.open('teas.yaml');
  await editor.shows({ 'teas.yaml': ['nearest at info'] });
  editor.configure({ 'lint.ruleset': 'rules/one.yaml' });
  await editor.shows({ 'teas.yaml': ['one at info'] });
  editor.write('backend-contract.config.yaml', 'lint: { ruleset: rules/other.yaml }\n');
  await editor.shows({ 'teas.yaml': ['other at info'] });
  editor.write('backend-contract.config.yaml', 'lint: { ruleset: built-in }\nrules: { other: off }\n');
  await editor.until('the built-in rules speak', () =>
    editor.shown('teas.yaml').some((line) => line.startsWith('operation-')),
  );
  editor.write('backend-contract.config.yaml', 'lint: { ruleset: rules/gone.yaml }\n');
  await editor.shows({ 'backend-contract.config.yaml': ['config/missing at rules/gone.yaml'] });
});

test('findings of linting have the severity that is set, or none', async (t) => {
  const editor = await editorOn(t, {
    'teas.yaml': house['teas.yaml'],
    '.spectral.yaml': 'rules:\n  nearest: { given: $.info, then: { field: summary, function: truthy } }\n',
  });
  editor.open('teas.yaml');
  await editor.shows({ 'teas.yaml': ['nearest at info'] });
  editor.configure({ rules: { nearest: 'error' } });
  await editor.until('it is an error', () => editor.diagnostics('teas.yaml')[0]?.severity === 1);
  editor.configure({ rules: { nearest: 'off' } });
  await editor.shows({ 'teas.yaml': [] });
});

test('contract health is told with its pages where a workspace has no ruleset, and can be turned off', async (t) => {
  const editor = await editorOn(t, { 'teas.yaml': house['teas.yaml'] });
  const health = (): readonly string[] =>
    editor.shown('teas.yaml').filter((line) => line.startsWith('health/'));
  editor.open('teas.yaml');
  await editor.until('it speaks', () => health().includes('health/versioning at version'));
  const [first] = editor.diagnostics('teas.yaml').filter(({ code }) => code === 'health/versioning');
  assert.equal(first?.source, 'Backend Contract');
  assert.equal(first.codeDescription?.href, 'backend-contract:/rules/health/versioning.md');
  const params = { id: 'health/versioning' };
  const page = await editor.request<Explanation | null>(explainRule, params);
  assert.match(page?.markdown ?? '', /^# health\/versioning/);
  editor.write('backend-contract.config.yaml', 'rules: { health/versioning: off }\n');
  await editor.until('it is silent', () => health().length === 0);
  editor.remove('backend-contract.config.yaml');
  await editor.until('it speaks again', () => health().length === 1);
  editor.configure({ 'notes.enabled': false });
  await editor.until('notes are not shown', () => health().length === 0);
  editor.configure({});
  await editor.until('they are shown again', () => health().length === 1);
  editor.write('.spectral.yaml', 'extends: spectral:oas\n');
  await editor.until('the ruleset of the workspace replaces it', () => health().length === 0);
});

test('a longer delay holds back what was typed', async (t) => {
  const editor = await editorOn(t, house);
  editor.configure({ delay: 1_500, 'lint.enabled': false });
  await new Promise((resolve) => setTimeout(resolve, 200));
  editor.open('teas.yaml');
  const start = performance.now();
  editor.replace('teas.yaml', '/teas:', '/pots:');
  await editor.until('the path is not served', () =>
    editor.shown('teas.yaml').some((line) => line.startsWith('http/unimplemented')),
  );
  assert.ok(performance.now() - start >= 1_400);
});

test('the configuration that is offered names what was found', async (t) => {
  const editor = await editorOn(t, house);
  const folder = editor.uri('').replace(/\/$/, '');
  const offered = await editor.request<ConfigText | null>(configText, { folder });
  assert.match(offered?.text ?? '', /- file: "teas.yaml"\n {4}roots: \["\."\]/);
});

test('what the baseline knows is counted and not shown, until it is taken out of the file', async (t) => {
  const editor = await editorOn(t, {
    ...house,
    'backend-contract.config.yaml': 'baseline: known.json\n',
    'known.json': '{ "findings": ["http/unimplemented-operation GET /cups"] }',
  });
  await editor.shows({ 'cups.yaml': [] });
  assert.deepEqual(editor.status()?.hidden, { ignored: 0, known: 1 });
  editor.write('known.json', '{ "findings": [] }');
  await editor.shows({ 'cups.yaml': ['http/unimplemented-operation at get'] });
  assert.deepEqual(editor.status()?.hidden, { ignored: 0, known: 0 });
});
