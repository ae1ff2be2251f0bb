import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Listing } from '../../server/src/host/list-files.ts';
import { listFiles, listOne } from '../../server/src/host/list-files.ts';
import { openWorkspace } from '../../server/src/host/workspace.ts';
import { folderOf } from '../support/folder.ts';

/** Lists a folder, and every file on its disk by itself: both have to say the same. */
function list(folder: string, ignore: readonly string[] = []): Listing {
  const workspace = openWorkspace(folder);
  const patterns = { folder, globs: ignore };
  const listing = listFiles(workspace, [folder], patterns);
  const onDisk = (existsSync(folder) ? readdirSync(folder, { recursive: true }) : []).map((name) =>
    join(folder, String(name)),
  );
  const listed = listing.files.map(({ file }) => workspace.pathOf(file));
  for (const path of new Set([...onDisk, ...listed]))
    assert.deepEqual(
      listOne(workspace, [folder], patterns, path),
      listing.files.find(({ file }) => file === workspace.idOf(path)),
      path,
    );
  return listing;
}

function names(listing: Listing): readonly string[] {
  return listing.files.map(({ file }) => file as string).sort();
}

test('what tools made or fetched is not listed', (context) => {
  const folder = folderOf(context, {
    'src/app.ts': '',
    'src/app.d.ts': '',
    'src/app.min.js': '',
    'src/app.css': '',
    'dist/app.js': '',
    'node_modules/express/index.js': '',
    'packages/a/build/index.js': '',
    'packages/a/src/build/build.module.ts': '',
    'packages/a/src/build/dist/index.js': '',
    '.git/config.json': '',
    'openapi.yaml': '',
    'package.json': '{}',
    'package-lock.json': '{}',
  });
  assert.deepEqual(names(list(folder)), [
    'openapi.yaml',
    'package.json',
    'packages/a/src/build/build.module.ts',
    'src/app.ts',
  ]);
});

test('nested .gitignore files count, inner ones over outer ones', (context) => {
  const folder = folderOf(context, {
    '.gitignore': 'generated\n*.tmp.ts\n/only-here.ts\n',
    'api/.gitignore': '!keep.tmp.ts\nlocal.ts\n',
    'api/generated/routes.ts': '',
    'api/keep.tmp.ts': '',
    'api/drop.tmp.ts': '',
    'api/local.ts': '',
    'api/only-here.ts': '',
    'local.ts': '',
    'only-here.ts': '',
  });
  assert.deepEqual(names(list(folder)), ['api/keep.tmp.ts', 'api/only-here.ts', 'local.ts']);
});

test('a workspace inside a repository obeys what stands above it, unless that ignores the workspace itself', (context) => {
  const folder = folderOf(context, {
    '.git/HEAD': '',
    '.gitignore': 'secret.ts\n/checkouts\n',
    'api/secret.ts': '',
    'api/app.ts': '',
    'checkouts/api/secret.ts': '',
  });
  assert.deepEqual(names(list(join(folder, 'api'))), ['app.ts']);
  assert.deepEqual(names(list(join(folder, 'checkouts/api'))), ['secret.ts']);
});

test('tests are set aside by their path in the workspace, not by where the workspace is', (context) => {
  const folder = folderOf(context, {
    'test/api/src/app.ts': '',
    'test/api/test/app.ts': '',
    'test/api/src/app.spec.ts': '',
  });
  const aside = list(join(folder, 'test/api')).files.map((each) => [each.file, each.aside !== undefined]);
  assert.deepEqual(aside.sort(), [
    ['src/app.spec.ts', true],
    ['src/app.ts', false],
    ['test/app.ts', true],
  ]);
});

test('globs of the configuration leave files out', (context) => {
  const folder = folderOf(context, { 'a/app.ts': '', 'b/app.ts': '' });
  assert.deepEqual(names(list(folder, ['/a'])), ['b/app.ts']);
});

test('links are followed once and never in circles', (context) => {
  const folder = folderOf(context, { 'shared/routes.ts': '', 'api/app.ts': '' });
  symlinkSync(join(folder, 'shared'), join(folder, 'api/shared'));
  symlinkSync(folder, join(folder, 'api/up'));
  symlinkSync(join(folder, 'api/self'), join(folder, 'api/self'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'api/broken.ts'));
  mkdirSync(join(folder, 'x'));
  symlinkSync(join(folder, 'x'), join(folder, 'shared/x'));
  symlinkSync(join(folder, 'shared'), join(folder, 'x/back'));
  const listing = list(folder);
  assert.ok(names(listing).includes('api/shared/routes.ts'));
  assert.equal(
    listing.files.find(({ file }) => (file as string) === 'api/shared/routes.ts')?.aside,
    'a link to another file',
  );
  assert.equal(listing.files.find(({ file }) => (file as string) === 'shared/routes.ts')?.aside, undefined);
  assert.ok(listing.files.length < 10);
});

test('a folder that cannot be listed is a problem', (context) => {
  const folder = folderOf(context, {});
  const { files, problems } = list(join(folder, 'missing'));
  assert.deepEqual(files, []);
  assert.equal(problems[0]?.code, 'file/unreadable');
});
