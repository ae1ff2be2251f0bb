/** The command line on real folders: exit codes, the choice of files, and only the report on standard output. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../server/src/drift/registry.ts';
import { jsonOf, runCli } from '../support/cli.ts';
import { folderOf, write } from '../support/folder.ts';

interface Report {
  readonly version: number;
  readonly specs: readonly { readonly file: string }[];
  readonly roots: readonly { readonly root: string }[];
  readonly skipped: readonly { readonly file: string; readonly copyOf?: string }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly operation?: { readonly method: string; readonly path: string };
    readonly at: {
      readonly file: string;
      readonly start: { readonly line: number; readonly column: number };
    };
  }[];
}

const manifest = JSON.stringify({ name: 'kites', dependencies: { express: '^4.18.0' } });
const app = `const express = require('express');
const app = express();
app.get('/kites', (req, res) => res.json([]));
app.get('/kites/:id', (req, res) => res.json({}));
app.listen(3000);
`;
const operation = `
    get:
      responses:
        '200':
          description: ok`;
const spec = `openapi: 3.0.3
info: { title: Kites, version: '1' }
paths:
  /kites:${operation}
  /kites/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }${operation}
`;
const clean = { 'package.json': manifest, 'src/app.js': app, 'openapi.yaml': spec };
const drifted = {
  ...clean,
  'openapi.yaml': `${spec}  /kites/{id}/tail:\n    parameters:\n      - { name: id, in: path, required: true, schema: { type: string } }${operation}\n`,
};

function checkJson(folder: string, ...args: readonly string[]): Report {
  return jsonOf(runCli(['check', folder, '--format', 'json', ...args]));
}

test('a workspace without drift is clean', (context) => {
  const folder = folderOf(context, clean);
  const { code, out, err } = runCli(['check', folder]);
  assert.match(out, /no drift found/);
  assert.deepEqual([code, err], [0, '']);
});

test('the exit code follows --fail-on', (context) => {
  const folder = folderOf(context, drifted);
  assert.equal(runCli(['check', folder]).code, 1);
  assert.equal(runCli(['check', folder, '--fail-on', 'error']).code, 1);
  assert.equal(runCli(['check', folder, '--fail-on', 'never']).code, 0);
});

test('wrong use ends with 2 and says why on standard error only', (context) => {
  const folder = folderOf(context, clean);
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['check', join(folder, 'nowhere')], /no folder/],
    [['check', folder, '--spec', 'nowhere.yaml'], /no file nowhere\.yaml/],
    [['check', folder, '--root', 'nowhere'], /no folder nowhere/],
    [['check', folder, '--config', 'nowhere.yaml'], /no file nowhere\.yaml/],
    [['check', folder, '--fail-on', 'sometimes'], /sometimes/],
    [['check', folder, '--colour'], /unknown option/],
    [['explain', 'http/nothing'], /http\/undocumented-operation/],
    [['pair', 'GET', '/nothing', '--in', folder], /Neither side/],
    [['facts', join(folder, 'nowhere.ts')], /no file/],
    [['dance'], /unknown command/],
  ];
  for (const [args, message] of wrong) {
    const { code, out, err } = runCli(args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(out, '', args.join(' '));
    assert.match(err, message);
  }
});

test('an operation of a server without a specification has one side', (context) => {
  const folder = folderOf(context, { 'package.json': manifest, 'src/app.js': app });
  const { pairs } = jsonOf<{ readonly pairs: readonly { readonly state: string }[] }>(
    runCli(['pair', 'GET', '/kites', '--in', folder]),
  );
  assert.deepEqual(
    pairs.map(({ state }) => state),
    ['code-only'],
  );
});

test('a check that compares nothing does not look clean', (context) => {
  const noSpec = runCli(['check', folderOf(context, { 'package.json': manifest, 'src/app.js': app })]);
  assert.equal(noSpec.code, 2);
  assert.match(noSpec.err, /no OpenAPI document/);
  const noCode = runCli(['check', folderOf(context, { 'openapi.yaml': spec })]);
  assert.equal(noCode.code, 2);
  assert.match(noCode.err, /no Express or NestJS/);
  assert.equal(runCli(['check', folderOf(context, {})]).code, 2);
});

test('specs and roots may be named relative to the current folder, and lie outside of the workspace', (context) => {
  const folder = folderOf(context, { 'api/package.json': manifest, 'api/src/app.js': app });
  write(folder, { 'docs/contract.yaml': drifted['openapi.yaml'] });
  for (const named of ['../docs/contract.yaml', join(folder, 'docs/contract.yaml')]) {
    const report = jsonOf<Report>(
      runCli(['check', '.', '--spec', named, '--format', 'json'], join(folder, 'api')),
    );
    assert.deepEqual(
      report.specs.map(({ file }) => file),
      ['../docs/contract.yaml'],
    );
    assert.deepEqual(
      report.findings.map(({ rule, at }) => [rule, at.file]),
      [['http/unimplemented-operation', '../docs/contract.yaml']],
    );
  }
  const fromAbove = jsonOf<Report>(runCli(['check', 'docs', '--root', 'api', '--format', 'json'], folder));
  assert.deepEqual(
    fromAbove.roots.map(({ root }) => root),
    ['../api'],
  );
  assert.deepEqual(
    fromAbove.findings.map(({ rule }) => rule),
    ['http/unimplemented-operation'],
  );
});

test('references lead to files outside of the listing', (context) => {
  const folder = folderOf(context, {
    'api/package.json': manifest,
    'api/src/app.js': app,
    'api/openapi.yaml': spec.replace(
      / \/kites:[\s\S]*?ok/,
      ` /kites: { $ref: '../shared/paths.yaml#/kites' }`,
    ),
    'shared/paths.yaml': `kites:${operation}\n`,
  });
  const report = checkJson(join(folder, 'api'));
  assert.deepEqual(report.findings, []);
});

test('lines and columns count from 1', (context) => {
  const folder = folderOf(context, {
    ...clean,
    'src/app.js': `${app}app.post('/kites', (req, res) => res.sendStatus(204));\n`,
  });
  const [finding] = checkJson(folder).findings.filter(({ rule }) => rule === 'http/undocumented-operation');
  assert.deepEqual(finding?.operation, { method: 'POST', path: '/kites' });
  assert.equal(finding?.at.start.line, 6);
});

test('copies and bundles of a spec are skipped and named', (context) => {
  const folder = folderOf(context, {
    ...clean,
    'docs/openapi.yaml': spec,
    'docs/openapi.bundled.yaml': `# bundled\n${spec}`,
    'test/petstore.yaml': spec.replace('Kites', 'Pets'),
  });
  const report = checkJson(folder);
  assert.deepEqual(
    report.specs.map(({ file }) => file),
    ['openapi.yaml'],
  );
  assert.deepEqual(report.skipped.map(({ file, copyOf }) => [file, copyOf]).sort(), [
    ['docs/openapi.bundled.yaml', 'openapi.yaml'],
    ['docs/openapi.yaml', 'openapi.yaml'],
    ['test/petstore.yaml', undefined],
  ]);
});

test('the configuration chooses specs, roots and severities; its faults end with 2', (context) => {
  const folder = folderOf(context, {
    ...drifted,
    'old.yaml': spec.replace('Kites', 'Old kites'),
    'backend-contract.config.yaml': `specs: [{ file: openapi.yaml, roots: [.] }]\nrules: { http/unimplemented-operation: info }\n`,
  });
  const report = checkJson(folder);
  assert.deepEqual(
    report.specs.map(({ file }) => file),
    ['openapi.yaml'],
  );
  assert.deepEqual(
    report.findings.map(({ severity }) => severity),
    ['info'],
  );
  assert.equal(runCli(['check', folder]).code, 0);

  write(folder, { 'backend-contract.config.yaml': `specs: [nowhere.yaml]\ncolour: red\n` });
  const faulty = runCli(['check', folder]);
  assert.equal(faulty.code, 2);
  assert.match(faulty.out, /no file nowhere\.yaml/);
  assert.match(faulty.out, /colour/);
});

test('init writes a configuration that finds the same', (context) => {
  const folder = folderOf(context, drifted);
  const before = checkJson(folder);
  assert.equal(runCli(['init', folder]).code, 0);
  assert.ok(existsSync(join(folder, 'backend-contract.config.yaml')));
  assert.deepEqual(checkJson(folder).findings, before.findings);
  const text = readFileSync(join(folder, 'backend-contract.config.yaml'), 'utf8');
  const again = runCli(['init', folder]);
  assert.equal(again.code, 2);
  assert.equal(readFileSync(join(folder, 'backend-contract.config.yaml'), 'utf8'), text);
});

test('the cache changes nothing but the time', (context) => {
  const folder = folderOf(context, { ...drifted, 'node_modules/.keep': '' });
  const cold = runCli(['check', folder, '--format', 'json', '--cache']);
  assert.ok(existsSync(join(folder, 'node_modules/.cache/backend-contract/facts.bin')));
  const warm = runCli(['check', folder, '--format', 'json', '--cache']);
  assert.equal(warm.out, cold.out);
  write(folder, { 'src/app.js': app.replace(`app.get('/kites/:id'`, `app.get('/kites/:id/tail'`) });
  assert.equal(
    runCli(['check', folder, '--format', 'json', '--cache']).out,
    runCli(['check', folder, '--format', 'json']).out,
  );
});

test('routes, facts, pair and explain tell what they know', (context) => {
  const folder = folderOf(context, drifted);
  const { routes } = jsonOf<{ routes: readonly { method: string; path: string; line: number }[] }>(
    runCli(['routes', folder, '--format', 'json']),
  );
  assert.deepEqual(
    routes.map(({ method, path, line }) => `${method} ${path} ${line}`),
    ['GET /kites 3', 'GET /kites/{id} 4'],
  );
  assert.match(runCli(['routes', folder]).out, /GET +\/kites\/\{id\} +src\/app\.js:4/);
  assert.match(runCli(['facts', join(folder, 'src/app.js')]).out, /"kind": "module"/);
  assert.match(runCli(['facts', join(folder, 'openapi.yaml')]).out, /"kind": "document"/);
  assert.match(runCli(['pair', 'GET', '/kites/:whatever', '--in', folder]).out, /"state": "matched"/);
  for (const { id, title } of rules) {
    const { code, out } = runCli(['explain', id]);
    assert.equal(code, 0);
    assert.ok(out.replace(/\s+/g, ' ').includes(title.replace(/\s+/g, ' ')), id);
  }
});

test('help is help and no error', () => {
  const { code, out, err } = runCli(['--help']);
  assert.deepEqual([code, err], [0, '']);
  for (const command of ['check', 'routes', 'explain', 'facts', 'pair', 'init'])
    assert.ok(out.includes(command));
});
