import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as sources from '../../server/src/code/ts/analysis.ts';
import { createEngine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import type { Snapshot } from '../../server/src/engine/snapshot.ts';
import type { WorkItem, WorkResult } from '../../server/src/engine/work.ts';
import { noPatterns } from '../../server/src/host/ignored.ts';
import { drive } from '../../server/src/host/drive.ts';
import { noCache } from '../../server/src/host/facts-cache.ts';
import { openKeptResults } from '../../server/src/host/kept-results.ts';
import { listFiles } from '../../server/src/host/list-files.ts';
import { perform } from '../../server/src/host/perform.ts';
import { openWorkspace } from '../../server/src/host/workspace.ts';
import { folderOf, write } from '../support/folder.ts';

const files = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Kites, version: '1' }
paths:
  /kites:
    get: { responses: { '200': { $ref: 'answers.yaml#/Fine' } } }
`,
  'answers.yaml': `Fine: { description: Fine. }\n`,
  'package.json': `{ "dependencies": { "express": "5" } }`,
  'src/app.js': `const express = require('express');
const { list } = require('./list');
const { one } = require('../test/one');
const app = express();
app.get('/kites', list);
app.get('/kites/:id', one);
`,
  'src/list.js': `exports.list = (req, res) => res.status(200).json([]);\n`,
  'src/apart.js': `exports.apart = 1;\n`,
  'test/one.js': `exports.one = (req, res) => res.status(200).json({});\n`,
};

interface Ran {
  readonly snapshot: Snapshot;
  /** Files whose code or whose document was read for its facts. */
  readonly read: readonly string[];
}

function run(folder: string, path: string | undefined, given: Partial<EngineSettings> = {}): Ran {
  const workspace = openWorkspace(folder);
  const settings: EngineSettings = { bindings: [], rules: { severities: {} }, ...given };
  const listed = listFiles(workspace, [folder], noPatterns).files;
  const read: string[] = [];
  const host = { workspace, cache: noCache, loadAnalysis: () => sources };
  const kept =
    path === undefined ? undefined : openKeptResults(host, { path, build: 'one', settings, files: listed });
  const work = (item: WorkItem): WorkResult => {
    if (item.kind === 'module' || item.kind === 'document') read.push(item.file);
    return kept?.work(item) ?? perform(host, item);
  };
  const engine = createEngine(settings, work, 'once', kept);
  engine.apply(listed.map((one) => ({ kind: 'set', listed: one })));
  drive(engine, work);
  kept?.save();
  return { snapshot: engine.snapshot(), read };
}

function start(context: TestContext): { readonly folder: string; readonly path: string } {
  const folder = folderOf(context, files);
  const path = join(folder, 'node_modules/results.bin');
  assert.deepEqual([...run(folder, path).read].sort(), [
    'answers.yaml',
    'openapi.yaml',
    'src/app.js',
    'src/list.js',
    'test/one.js',
  ]);
  return { folder, path };
}

test('a run over the same files assembles nothing and finds the same', (context) => {
  const { folder, path } = start(context);
  const again = run(folder, path);
  assert.deepEqual(again.read, []);
  assert.deepEqual(again.snapshot, run(folder, undefined).snapshot);
  assert.equal(again.snapshot.codes[0]?.operations.items.length, 2);
});

const code = ['src/app.js', 'src/list.js', 'test/one.js'];
const spec = ['answers.yaml', 'openapi.yaml'];

const edits: readonly {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly read: readonly string[];
}[] = [
  { what: 'a handler', files: { 'src/list.js': files['src/list.js'].replace('200', '201') }, read: code },
  {
    what: 'a file that only an import leads to',
    files: { 'test/one.js': files['test/one.js'].replace('200', '404') },
    read: code,
  },
  { what: 'a file that takes no part', files: { 'src/apart.js': 'exports.apart = 2;' }, read: [] },
  {
    what: 'a file that begins to take part',
    files: { 'src/apart.js': `require('express')().get('/other', (req, res) => res.send());` },
    read: [...code, 'src/apart.js'],
  },
  {
    what: 'a part of the spec',
    files: { 'answers.yaml': 'Fine: { description: Good. }' },
    read: spec,
  },
  {
    what: 'configuration',
    files: { 'package.json': `{ "dependencies": { "express": "4" } }` },
    read: code,
  },
  {
    what: 'which files there are',
    files: { 'src/new.js': 'exports.a = 1;' },
    read: [...code, ...spec],
  },
  {
    what: 'another spec',
    files: { 'more.yaml': files['openapi.yaml'].replace('Kites', 'More') },
    read: [...code, ...spec, 'more.yaml'],
  },
];

for (const edit of edits) {
  test(`after an edit of ${edit.what} a run finds what a fresh one does`, (context) => {
    const { folder, path } = start(context);
    write(folder, edit.files);
    const edited = run(folder, path);
    assert.deepEqual([...edited.read].sort(), [...edit.read].sort());
    assert.deepEqual(edited.snapshot, run(folder, undefined).snapshot);
    const again = run(folder, path);
    assert.deepEqual(again.read, []);
    assert.deepEqual(again.snapshot, edited.snapshot);
  });
}

test('other settings make other results', (context) => {
  const { folder, path } = start(context);
  assert.equal(run(folder, path, { roots: ['test'] }).snapshot.codes[0]?.operations.items.length, 0);
  assert.equal(run(folder, path).snapshot.codes[0]?.operations.items.length, 2);
});

test('a document that a program loads is of its server: what is registered from it follows its edits', (context) => {
  const folder = folderOf(context, {
    'openapi.yaml': files['openapi.yaml'],
    'answers.yaml': files['answers.yaml'],
    'package.json': `{ "dependencies": { "express": "5", "js-yaml": "4" } }`,
    'src/app.js': `const app = require('express')();
const fs = require('fs');
const spec = require('js-yaml').load(fs.readFileSync(__dirname + '/../openapi.yaml', 'utf8'));
for (const path of Object.keys(spec.paths)) app.get(path, (req, res) => res.status(200).json({}));
for (const path of require('./paths.json').paths) app.get(path, (req, res) => res.status(200).json({}));
`,
    'src/paths.json': '{ "paths": ["/strings"] }',
  });
  const path = join(folder, 'node_modules/results.bin');
  const routes = (ran: Ran): readonly string[] =>
    ran.snapshot.codes.flatMap(({ operations }) => operations.items.map(({ title }) => title)).sort();
  assert.deepEqual(routes(run(folder, path)), ['GET /kites', 'GET /strings']);
  assert.deepEqual(run(folder, path).read, []);
  write(folder, { 'src/paths.json': '{ "paths": ["/tails"] }' });
  assert.deepEqual(routes(run(folder, path)), ['GET /kites', 'GET /tails']);
  write(folder, { 'openapi.yaml': files['openapi.yaml'].replace('/kites', '/dragons') });
  const edited = run(folder, path);
  assert.deepEqual(routes(edited), ['GET /dragons', 'GET /tails']);
  assert.deepEqual(edited.snapshot, run(folder, undefined).snapshot);
  assert.deepEqual(run(folder, path).read, []);
});

test('what is wrong with a file is told again', (context) => {
  const { folder, path } = start(context);
  writeFileSync(join(folder, 'test/one.js'), Buffer.from([0x65, 0x00, 0x66]));
  write(folder, { 'answers.yaml': 'Fine: { description: [ }' });
  const { problems } = run(folder, path).snapshot;
  assert.ok(problems.some(({ code: kind, at }) => kind === 'file/binary' && at.file === 'test/one.js'));
  assert.ok(problems.some(({ at }) => at.file === 'answers.yaml'));
  assert.deepEqual(run(folder, path).snapshot.problems, problems);
});

test('damaged results are none', (context) => {
  const { folder, path } = start(context);
  const bytes = readFileSync(path);
  for (const damage of [bytes.subarray(0, bytes.length >> 1), Buffer.from('no results')]) {
    writeFileSync(path, damage);
    assert.deepEqual(run(folder, path).snapshot, run(folder, undefined).snapshot);
  }
});
