/** `baseline`: what is known is not told again, wherever it moves, and what is new is. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonOf, runCli } from '../support/cli.ts';
import { folderOf, write } from '../support/folder.ts';

const manifest = JSON.stringify({ name: 'kites', dependencies: { express: '^4.18.0' } });
const routes = `app.get('/kites', (req, res) => res.json([]));
app.get('/kites/:id', (req, res) => { if (req.query.high) res.sendStatus(409); else res.json({}); });
app.get('/wind', (req, res) => res.json({}));
`;
const app = (lines: string): string => `const express = require('express');
const app = express();
${lines}app.listen(3000);
`;
const spec = `openapi: 3.0.3
info: { title: Kites, version: '1' }
paths:
  /kites:
    get: { responses: { '200': { description: ok } } }
  /kites/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok } }
`;
const files = { 'package.json': manifest, 'src/app.js': app(routes), 'openapi.yaml': spec };
const name = 'backend-contract.baseline.json';

interface Summary {
  readonly findings: readonly { readonly rule: string; readonly fingerprints?: readonly string[] }[];
  readonly summary: { readonly known: number; readonly gone: number };
}

function checked(folder: string, ...args: readonly string[]): readonly [readonly string[], number, number] {
  const { findings, summary } = jsonOf<Summary>(
    runCli(['check', folder, '--format', 'json', ...args], folder),
  );
  return [findings.flatMap(({ fingerprints }) => fingerprints ?? []).sort(), summary.known, summary.gone];
}

const known = [
  'http/undocumented-operation GET /wind',
  'http/undocumented-parameter GET /kites/{} in=query name=high',
  'http/undocumented-status GET /kites/{} status=409',
];

test('the file is sorted, one finding a line, without a place', (context) => {
  const folder = folderOf(context, files);
  const { code, out } = runCli(['baseline', folder], folder);
  assert.equal(code, 0);
  assert.match(out, /^Wrote 3 findings to backend-contract\.baseline\.json\.\nName it in the configuration/);
  const text = readFileSync(join(folder, name), 'utf8');
  assert.equal(
    text,
    `{\n  "version": 1,\n  "findings": [\n${known.map((print) => `    "${print}"`).join(',\n')}\n  ]\n}\n`,
  );
});

test('what is known is not told, and its number is', (context) => {
  const folder = folderOf(context, files);
  runCli(['baseline', folder]);
  assert.deepEqual(checked(folder), [known, 0, 0]);
  assert.deepEqual(checked(folder, '--baseline'), [[], 3, 0]);
  const { code, out } = runCli(['check', folder, '--baseline', '--fail-on', 'info'], folder);
  assert.equal(code, 0);
  assert.match(out, /3 known and not shown/);
  write(folder, { 'backend-contract.config.yaml': `baseline: ${name}\n` });
  assert.deepEqual(checked(folder), [[], 3, 0]);
});

test('moved code and renamed files make nothing new', (context) => {
  const folder = folderOf(context, { ...files, 'backend-contract.config.yaml': `baseline: ${name}\n` });
  runCli(['baseline', folder]);
  renameSync(join(folder, 'openapi.yaml'), join(folder, 'kites.yaml'));
  rmSync(join(folder, 'src/app.js'));
  const moved = routes.split('\n').reverse().join('\n');
  write(folder, { 'server/main.js': `// Moved.\n\n${app(`${moved}\n`)}` });
  assert.deepEqual(checked(folder), [[], 3, 0]);
});

test('what is new is told', (context) => {
  const folder = folderOf(context, { ...files, 'backend-contract.config.yaml': `baseline: ${name}\n` });
  runCli(['baseline', folder]);
  write(folder, {
    'src/app.js': app(`${routes.replace('409', '410')}app.get('/rain', (req, res) => res.json({}));\n`),
  });
  assert.deepEqual(checked(folder), [
    ['http/undocumented-operation GET /rain', 'http/undocumented-status GET /kites/{} status=410'],
    2,
    1,
  ]);
});

test('of two servers with the same finding, each is known by itself', (context) => {
  const server = (name: string): Readonly<Record<string, string>> => ({
    [`${name}/package.json`]: manifest,
    [`${name}/src/app.js`]: app(routes),
    [`${name}/openapi.yaml`]: spec.replace('Kites', name),
  });
  const folder = folderOf(context, { ...server('a'), 'backend-contract.config.yaml': `baseline: ${name}\n` });
  runCli(['baseline', folder]);
  assert.deepEqual(checked(folder), [[], 3, 0]);
  write(folder, server('b'));
  assert.deepEqual(checked(folder), [known, 3, 0]);
});

test('--update takes out what was mended, and adds nothing', (context) => {
  const folder = folderOf(context, { ...files, 'backend-contract.config.yaml': `baseline: ${name}\n` });
  runCli(['baseline', folder]);
  write(folder, {
    'src/app.js': app(routes.replace('res.sendStatus(409)', 'res.json(1)').replace('/wind', '/rain')),
  });
  assert.match(runCli(['check', folder]).out, /2 findings of the baseline not found any more/);
  const { out } = runCli(['baseline', folder, '--update'], folder);
  assert.equal(out, 'Took 2 findings out of backend-contract.baseline.json; 1 left.\n');
  assert.deepEqual(checked(folder), [['http/undocumented-operation GET /rain'], 1, 0]);
  assert.match(runCli(['baseline', folder, '--update'], folder).out, /^Nothing in .* was mended/);
});

test('a rule that is turned off mended nothing', (context) => {
  const folder = folderOf(context, {
    ...files,
    'backend-contract.config.yaml': `baseline: ${name}\nrules: { http/undocumented-status: off }\n`,
  });
  write(folder, { [name]: JSON.stringify({ version: 1, findings: known }) });
  assert.deepEqual(checked(folder), [[], 2, 0]);
});

test('a file that is not there or not to be read is a fault', (context) => {
  const folder = folderOf(context, files);
  const { code, err } = runCli(['check', folder, '--baseline'], folder);
  assert.equal(code, 2);
  assert.match(err, /There is no file .*baseline\.json/);
  assert.equal(runCli(['baseline', folder, '--update'], folder).code, 2);
  assert.equal(existsSync(join(folder, name)), false);
  write(folder, { 'backend-contract.config.yaml': `baseline: ${name}\n` });
  assert.equal(runCli(['check', folder]).code, 2);
  for (const text of ['', '[]', '{ "findings": [1] }', '{ "findings": {} }', '{ "findings": [']) {
    write(folder, { [name]: text });
    assert.match(runCli(['check', folder, '--fail-on', 'never']).out, /baseline\.json:1:/, text);
  }
});
