/** Rulesets of a workspace, in the editor: over the protocol, on folders of a tea house. */

import assert from 'node:assert/strict';
import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { trustGranted } from '../../server/src/lsp/protocol.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor, type Editor } from '../support/lsp-client.ts';

const teas = `openapi: 3.0.3
info:
  title: teas
  version: '1'
servers:
  - url: http://tea.example
paths: {}
`;

const loud = `functions: [shout]
rules:
  title-is-loud:
    given: $.info.title
    severity: error
    then: { function: shout }
`;

const shout = `import { isLoud } from './loud.js';
export default (text) => (isLoud(text) ? undefined : [{ message: 'Say it louder.' }]);
`;

const isLoud = 'export const isLoud = (text) => text === text.toUpperCase();\n';

const withFunction = {
  'openapi.yaml': teas,
  '.spectral.yaml': loud,
  'functions/shout.js': shout,
  'functions/loud.js': isLoud,
};

/** What the built-in rules say of the document above. */
const builtIn = ['info-contact at info', 'info-description at info'];

async function open(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  options: { readonly isTrusted?: boolean; readonly document?: string } = {},
): Promise<{ readonly editor: Editor; readonly folder: string }> {
  const { isTrusted = true, document = 'openapi.yaml' } = options;
  const folder = folderOf(t, files);
  const editor = await startEditor(folder, { isTrusted });
  t.after(() => editor.stop());
  editor.open(document);
  return { editor, folder };
}

test('the rules of the workspace are used, with its own functions, and not the built-in ones', async (t) => {
  const { editor } = await open(t, withFunction);
  await editor.shows({ 'openapi.yaml': ['title-is-loud at teas'] });
  editor.replace('openapi.yaml', 'title: teas', 'title: TEAS');
  await editor.shows({ 'openapi.yaml': [] });
});

test('the ruleset that lies nearest counts', async (t) => {
  const quiet = 'rules:\n  title-is-known: { given: $.info, then: { field: summary, function: truthy } }\n';
  const { editor } = await open(
    t,
    { ...withFunction, 'menu/.spectral.yaml': quiet, 'menu/api/openapi.yaml': teas },
    { document: 'menu/api/openapi.yaml' },
  );
  await editor.shows({ 'menu/api/openapi.yaml': ['title-is-known at info'] });
});

test('a ruleset extends files, packages and the rulesets of Spectral, with severities', async (t) => {
  const folder = folderOf(t, {
    'openapi.yaml': teas,
    '.spectral.yaml':
      'extends: ["@stoplight/spectral-owasp-ruleset", ./rules/house.yaml, [spectral:oas, off]]\nrules:\n  info-license: error\n',
    'rules/house.yaml':
      'extends: ../more.json\nrules:\n  house: { given: $.info, then: { field: summary, function: truthy } }\n',
    'more.json':
      '{"rules": {"more": {"given": "$.info", "then": {"field": "x-house", "function": "truthy"}}}}',
  });
  mkdirSync(join(folder, 'node_modules/@stoplight'), { recursive: true });
  const owasp = fileURLToPath(
    new URL('../../node_modules/@stoplight/spectral-owasp-ruleset', import.meta.url),
  );
  symlinkSync(owasp, join(folder, 'node_modules/@stoplight/spectral-owasp-ruleset'), 'junction');
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  editor.open('openapi.yaml');
  const shown = () => editor.shown('openapi.yaml').map((line) => line.replace(/ at .*/, ''));
  await editor.until('the rules have spoken', () => shown().length > 0);
  for (const rule of ['house', 'more', 'info-license', 'owasp:api8:2023-no-server-http'])
    assert.ok(shown().includes(rule), `${rule} in ${shown().join(', ')}`);
  assert.ok(!shown().includes('info-contact'), 'what is off stays off');
});

test('no ruleset runs before the workspace is trusted, and that is said', async (t) => {
  const { editor } = await open(t, withFunction, { isTrusted: false });
  await editor.shows({
    '.spectral.yaml': ['lint/ruleset-not-loaded at functions: [shout]'],
    'openapi.yaml': builtIn,
  });
  await editor.connection.sendNotification(trustGranted);
  await editor.shows({ '.spectral.yaml': [], 'openapi.yaml': ['title-is-loud at teas'] });
});

test('a ruleset is watched with all that it is made of', async (t) => {
  const { editor } = await open(t, withFunction);
  await editor.until('the rule has spoken', () => editor.shown('openapi.yaml').length === 1);
  editor.write('functions/loud.js', 'export const isLoud = (text) => text === text.toLowerCase();\n');
  await editor.until('it is loud enough', () => editor.shown('openapi.yaml').length === 0);
  editor.write(
    '.spectral.yaml',
    'rules:\n  house: { given: $.info, then: { field: summary, function: truthy } }\n',
  );
  await editor.until('the other rule has spoken', () =>
    editor.shown('openapi.yaml').includes('house at info'),
  );
});

test('a ruleset that comes later is noticed', async (t) => {
  const { editor } = await open(t, { 'openapi.yaml': teas });
  await editor.until('the built-in rules have spoken', () => editor.shown('openapi.yaml').length > 1);
  editor.write('.spectral.yml', 'rules: {}\n');
  await editor.until('they are silent', () => editor.shown('openapi.yaml').length === 0);
});

test('a broken ruleset is told of where it is broken, and the last good one goes on', async (t) => {
  const { editor } = await open(t, withFunction);
  await editor.until('the rule has spoken', () => editor.shown('openapi.yaml').length === 1);
  editor.write('.spectral.yaml', loud.replace('severity: error', 'severity: deafening'));
  await editor.shows({
    '.spectral.yaml': ['lint/ruleset at deafening'],
    'openapi.yaml': ['title-is-loud at teas'],
  });
  editor.write('.spectral.yaml', loud);
  await editor.shows({ '.spectral.yaml': [], 'openapi.yaml': ['title-is-loud at teas'] });
});

const broken: readonly (readonly [what: string, ruleset: string, shown: string])[] = [
  ['a package that is not installed', 'extends: "@tea/rules"\n', 'lint/ruleset at "@tea/rules"'],
  ['a file that is not there', 'extends: [./house.yaml]\n', 'lint/ruleset at ./house.yaml'],
  ['a function that is not there', 'functions: [brew]\nrules: {}\n', 'lint/ruleset at brew'],
  ['a rule that is not there', 'rules:\n  steep: off\n', 'lint/ruleset at off'],
  [
    'a function that nobody knows',
    'rules:\n  steep: { given: $, then: { function: brew } }\n',
    'lint/ruleset at brew',
  ],
];

for (const [what, ruleset, shown] of broken)
  test(`a ruleset with ${what} is told of, and the built-in rules are used`, async (t) => {
    const { editor } = await open(t, { 'openapi.yaml': teas, '.spectral.yaml': ruleset });
    await editor.shows({ '.spectral.yaml': [shown], 'openapi.yaml': builtIn });
  });

test('a function that throws is told of, and the findings of other rules stay', async (t) => {
  const { editor } = await open(t, {
    ...withFunction,
    '.spectral.yaml': `${loud}  house: { given: $.info, then: { field: summary, function: truthy } }\n`,
    'functions/shout.js': "export default function shout() { throw new Error('no voice'); }\n",
  });
  await editor.shows({ 'openapi.yaml': ['house at info', 'lint/function-failed at teas'] });
});

test('a ruleset that ends the worker twice is left out until it changes', async (t) => {
  const { editor } = await open(t, {
    ...withFunction,
    'functions/shout.js': 'process.exit(1);\nexport default () => undefined;\n',
  });
  await editor.shows({
    '.spectral.yaml': ['lint/ruleset-left-out at functions: [shout]'],
    'openapi.yaml': builtIn,
  });
  editor.write('functions/shout.js', shout);
  await editor.shows({ '.spectral.yaml': [], 'openapi.yaml': ['title-is-loud at teas'] });
});

test('findings stand in the file that has the fault, once, and vanish when it is mended on disk', async (t) => {
  const shared = 'type: object\nproperties:\n  name: { type: string, example: 7 }\n';
  const { editor } = await open(t, {
    '.spectral.yaml': 'extends: [[spectral:oas, off]]\nrules:\n  oas3-valid-schema-example: error\n',
    'openapi.yaml': `${teas}components: { schemas: { Tea: { $ref: ./tea.yaml } } }\n`,
    'orders.yaml': `${teas}components: { schemas: { Tea: { $ref: ./tea.yaml } } }\n`,
    'tea.yaml': shared,
  });
  editor.open('orders.yaml');
  await editor.until('the example is told', () => editor.shown('tea.yaml').length > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.deepEqual(editor.shown('tea.yaml'), ['oas3-valid-schema-example at 7']);
  assert.deepEqual(editor.shown('openapi.yaml'), []);
  editor.write('tea.yaml', shared.replace('7', 'Assam'));
  await editor.until('nothing is told', () => editor.shown('tea.yaml').length === 0);
});

test('a linter that comes down three times is not started again, and the status says so', async (t) => {
  const deadly = 'export default () => process.exit(1);\n';
  const { editor } = await open(t, { ...withFunction, 'functions/shout.js': deadly });
  await editor.until('it is left out', () =>
    editor.shown('.spectral.yaml').some((line) => line.startsWith('lint/ruleset-left-out')),
  );
  assert.equal(editor.status()?.lintFailed, false);
  editor.write('functions/shout.js', `${deadly}\n`);
  await editor.until('the status says so', () => editor.status()?.lintFailed === true);
  assert.match(editor.status()?.message ?? '', /^Linting stopped, because it came down three times/);
  assert.equal(editor.status()?.phase, 'ready');
});

test('a path item of OpenAPI 3.1 may be a reference, and nothing else may stand beside it that is none of its keys', async (t) => {
  const contract = `openapi: 3.1.0
info: { title: teas, version: '1' }
servers: [{ url: 'http://tea.example' }]
paths:
  /teas: { $ref: teas.yaml }
  /cups: { $ref: teas.yaml, handle: left }
`;
  const { editor } = await open(t, { 'openapi.yaml': contract, 'teas.yaml': 'summary: teas\n' });
  const faults = (): readonly string[] =>
    editor.shown('openapi.yaml').filter((line) => line.startsWith('oas3-schema'));
  await editor.until('it is linted', () => editor.shown('openapi.yaml').includes('info-contact at info'));
  assert.deepEqual(faults(), ['oas3-schema at handle']);
});
