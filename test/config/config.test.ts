import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { configSchema, defaultConfig, readConfig } from '../../server/src/config/config.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { rules } from '../../server/src/drift/registry.ts';
import { healthRules } from '../../server/src/lint/health/registry.ts';
import { readDocument } from '../../server/src/text/document.ts';

const known = ['http/undocumented-status', 'http/path-typo'];

function read(text: string, file = 'backend-contract.config.yaml') {
  const { config, problems } = readConfig(readDocument(fileId(file), text), known);
  return {
    config,
    problems: problems.map(({ code, message, at }) => `${code} ${text.slice(at.start, at.end)}: ${message}`),
  };
}

test('a full configuration', () => {
  const text = `
specs:
  - openapi.yaml
  - file: ./docs/v2/api.yaml
    roots: [apps/api/, '.']
    base: /api/v2
roots:
  - apps/api
  - { dir: apps\\admin, specs: [docs/admin.yaml] }
ignore: ['generated/**']
rules:
  http/path-typo: off
  http/undocumented-status: error
security: { guards: [AuthGuard], public: [Public] }
lint: { ruleset: ./rules/api.yaml }
`;
  const { config, problems } = read(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    config.specs.map(({ at, ...rest }) => [rest, text.slice(at.start, at.start + 12)]),
    [
      [{ file: 'openapi.yaml', roots: [] }, 'openapi.yaml'],
      [{ file: 'docs/v2/api.yaml', roots: ['apps/api', '.'], base: '/api/v2' }, 'file: ./docs'],
    ],
  );
  assert.deepEqual(
    config.roots.map(({ dir, specs }) => ({ dir, specs })),
    [
      { dir: 'apps/api', specs: [] },
      { dir: 'apps/admin', specs: ['docs/admin.yaml'] },
    ],
  );
  assert.deepEqual(config.rules, { 'http/path-typo': 'off', 'http/undocumented-status': 'error' });
  assert.deepEqual(config.security, { guards: ['AuthGuard'], public: ['Public'] });
  assert.deepEqual(config.ignore, ['generated/**']);
  assert.equal(config.lint.ruleset?.path, 'rules/api.yaml');
});

test('none, empty and half-written ones are the defaults', () => {
  assert.deepEqual(readConfig(undefined), { config: defaultConfig, problems: [] });
  assert.deepEqual(read('# nothing yet').config, defaultConfig);
  assert.deepEqual(read('specs:\nrules:\n'), { config: defaultConfig, problems: [] });
  assert.deepEqual(read('{ "$schema": "x.json" }', 'backend-contract.config.json'), {
    config: defaultConfig,
    problems: [],
  });
});

test('mistakes have places, and the rest counts', () => {
  const { config, problems } = read(`
spec: [a.yaml]
ignore: x
specs: [1, /etc/passwd, { fiel: a.yaml }, ok.yaml]
rules:
  http/undocumented-statsu: error
  http/unheard-of: error
  path-typo: off
  operation-tags: off
  http/path-typo: eror
security: { guards: [A, [B]] }
other: 1
`);
  assert.deepEqual(problems, [
    'config/unknown-key spec: There is no setting "spec". Did you mean "specs"?',
    'config/wrong-type x: This must be a list of globs.',
    'config/wrong-type 1: This must be a path.',
    'config/absolute-path /etc/passwd: Paths are relative to the folder of this file.',
    'config/unknown-key fiel: There is no setting "fiel". Did you mean "file"?',
    'config/missing-key { fiel: a.yaml }: "file" is missing here.',
    'config/unknown-rule http/undocumented-statsu: There is no rule "http/undocumented-statsu". Did you mean "http/undocumented-status"?',
    'config/unknown-rule http/unheard-of: There is no rule "http/unheard-of".',
    'config/unknown-rule path-typo: There is no rule "path-typo". Did you mean "http/path-typo"?',
    'config/unknown-value eror: This must be one of error, warning, info, off. Did you mean "error"?',
    'config/wrong-type [B]: This must be a name.',
    'config/unknown-key other: There is no setting "other".',
  ]);
  assert.deepEqual(
    config.specs.map(({ file }) => file),
    ['ok.yaml'],
  );
  assert.deepEqual(config.security.guards, ['A']);
  assert.deepEqual(config.rules, { 'operation-tags': 'off' }, 'rulesets have names of their own');
});

test('not a mapping', () => {
  assert.deepEqual(read('- a').problems, ['config/wrong-type - a: This must be a mapping of settings.']);
});

test('the JSON Schema that is shipped is the one of the table (UPDATE=1 rewrites it)', () => {
  const file = fileURLToPath(new URL('../../server/backend-contract.schema.json', import.meta.url));
  const printed = `${JSON.stringify(configSchema([...rules, ...healthRules].map(({ id }) => id)), undefined, 2)}\n`;
  if (process.env['UPDATE']) writeFileSync(file, printed);
  assert.equal(readFileSync(file, 'utf8'), printed);
});
