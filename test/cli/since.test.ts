/** `check --since`: what a branch introduced, in code and in the spec, without touching the work tree. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { jsonOf, runCli } from '../support/cli.ts';
import { folderOf, write } from '../support/folder.ts';

const app = (routes: string): string => `const express = require('express');
const app = express();
app.get('/kites', (req, res) => res.json([]));
app.get('/wind', require('./wind').blow);
${routes}app.listen(3000);
`;
const spec = (paths: string): string => `openapi: 3.0.3
info: { title: Kites, version: '1' }
paths:
  /kites:
    get: { responses: { '200': { description: ok } } }
  /wind:
    get: { responses: { '200': { description: ok } } }
${paths}`;
const files = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'src/app.js': app("app.get('/old', (req, res) => res.json([]));\n"),
  'src/wind.js': 'exports.blow = (req, res) => res.json({});\n',
  'openapi.yaml': spec(''),
};

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@b.example', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
}

/** A repository with one commit on `main`, and a branch that is checked out. */
function repository(context: TestContext, below = ''): string {
  const folder = folderOf(
    context,
    Object.fromEntries(Object.entries(files).map(([name, text]) => [join(below, name), text])),
  );
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'first');
  git(folder, 'checkout', '--quiet', '-b', 'branch');
  return folder;
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly operation?: { readonly path: string } }[];
  readonly summary: { readonly known: number; readonly gone: number };
}

function since(folder: string, ref = 'main'): readonly [readonly string[], number, number] {
  const run = runCli(['check', folder, '--since', ref, '--format', 'json', '--fail-on', 'never'], folder);
  assert.equal(run.err, '');
  const { findings, summary } = jsonOf<Report>(run);
  const told = findings.map(({ rule, operation }) => `${rule} ${operation?.path ?? ''}`.trim());
  return [told, summary.known, summary.gone];
}

test('without a change nothing is new', (context) => {
  assert.deepEqual(since(repository(context)), [[], 1, 0]);
});

test('what the branch introduced in code and in the spec is told, committed or not', (context) => {
  const folder = repository(context);
  write(folder, {
    'openapi.yaml': spec("  /rain:\n    get: { responses: { '200': { description: ok } } }\n"),
  });
  git(folder, 'commit', '--quiet', '-am', 'second');
  write(folder, { 'src/app.js': app("app.get('/new', (req, res) => res.json([]));\n") });
  assert.deepEqual(since(folder), [
    ['http/unimplemented-operation /rain', 'http/undocumented-operation /new'],
    0,
    1,
  ]);
});

test('what main did meanwhile is nothing that the branch introduced', (context) => {
  const folder = repository(context);
  git(folder, 'checkout', '--quiet', 'main');
  write(folder, { 'src/app.js': app('') });
  git(folder, 'commit', '--quiet', '-am', 'mended on main');
  git(folder, 'checkout', '--quiet', 'branch');
  assert.deepEqual(since(folder), [[], 1, 0]);
});

test('files that were renamed, deleted or never committed are those that they were', (context) => {
  const folder = repository(context);
  renameSync(join(folder, 'openapi.yaml'), join(folder, 'kites.yaml'));
  rmSync(join(folder, 'src/wind.js'));
  write(folder, {
    'src/app.js': app("app.get('/old', (req, res) => res.json([]));\n").replace('./wind', './breeze'),
    'src/breeze.js': 'exports.blow = (req, res) => res.sendStatus(418);\n',
  });
  const [told, known, gone] = since(folder);
  assert.deepEqual([known, gone], [1, 0]);
  assert.deepEqual(told, ['http/unsent-status /wind', 'http/undocumented-status /wind']);
});

test('a folder below the top of the repository, and a tag', (context) => {
  const folder = repository(context, 'apps/kites');
  git(folder, 'tag', 'v1');
  const inside = join(folder, 'apps/kites');
  write(inside, { 'src/app.js': app("app.get('/new', (req, res) => res.json([]));\n") });
  assert.deepEqual(since(inside, 'v1'), [['http/undocumented-operation /new'], 0, 1]);
});

test('a folder that is reached by a link', (context) => {
  const folder = repository(context, 'apps/kites');
  write(join(folder, 'apps/kites'), {
    'src/app.js': app("app.get('/new', (req, res) => res.json([]));\n"),
  });
  const link = join(folderOf(context, {}), 'link');
  symlinkSync(join(folder, 'apps/kites'), link, 'junction');
  assert.deepEqual(since(link), [['http/undocumented-operation /new'], 0, 1]);
});

test('the work tree and the index stay as they are', (context) => {
  const folder = repository(context);
  write(folder, { 'src/app.js': app('') });
  const before = [
    git(folder, '--no-optional-locks', 'status', '--porcelain'),
    git(folder, 'rev-parse', 'HEAD'),
  ];
  const index = statSync(join(folder, '.git/index')).mtimeMs;
  since(folder);
  assert.deepEqual(
    [git(folder, '--no-optional-locks', 'status', '--porcelain'), git(folder, 'rev-parse', 'HEAD')],
    before,
  );
  assert.equal(statSync(join(folder, '.git/index')).mtimeMs, index);
  assert.equal(readFileSync(join(folder, 'src/app.js'), 'utf8'), app(''));
});

test('a summary says since when', (context) => {
  const folder = repository(context);
  write(folder, { 'src/app.js': app('') });
  const { out, code } = runCli(['check', folder, '--since', 'main']);
  assert.equal(code, 0);
  assert.match(out, /1 finding of main not found any more/);
});

test('what keeps it from comparing is said', (context) => {
  const folder = repository(context);
  const fails = (at: string, ref: string): string => {
    const { code, out, err } = runCli(['check', at, '--since', ref]);
    assert.deepEqual([code, out], [2, '']);
    return err;
  };
  assert.match(fails(folder, 'nowhere'), /^There is no commit nowhere\.\n/);
  assert.match(fails(folder, '--output=x'), /^There is no commit --output=x\.\n/);
  const loose = folderOf(context, files);
  assert.match(fails(loose, 'main'), /is in no git repository/);
  git(loose, 'init', '--quiet');
  assert.match(fails(loose, 'main'), /no commit yet/);
  git(folder, 'checkout', '--quiet', '--orphan', 'alone');
  git(folder, 'commit', '--quiet', '-m', 'another beginning');
  assert.match(fails(folder, 'main'), /main and HEAD have no commit in common/);
});

test('a shallow clone says what to do', (context) => {
  const folder = repository(context);
  write(folder, { 'a.txt': 'a' });
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'second');
  const clone = folderOf(context, {});
  git(clone, 'clone', '--quiet', '--depth', '1', `file://${folder}`, '.');
  const { code, err } = runCli(['check', clone, '--since', 'origin/main']);
  assert.equal(code, 2);
  assert.match(err, /There is no commit origin\/main\. This is a shallow clone: fetch its history/);
});
