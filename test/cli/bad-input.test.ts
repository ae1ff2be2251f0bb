/** Whatever lies around in a workspace: a message with a place, the rest analysed, no hang. */

import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonOf, runCli } from '../support/cli.ts';
import { folderOf, write } from '../support/folder.ts';

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly at: { readonly file: string; readonly start: { readonly line: number } };
  }[];
}

const operation = `\n    get:\n      responses:\n        '200':\n          description: ok\n`;
const workspace = {
  'package.json': JSON.stringify({ name: 'boats', dependencies: { express: '^4.18.0' } }),
  'src/app.js': `const express = require('express');\nconst app = express();\napp.get('/boats', (req, res) => res.json([]));\napp.listen(3000);\n`,
  'openapi.yaml': `openapi: 3.0.3\ninfo: { title: Boats, version: '1' }\npaths:\n  /boats:${operation}  /oars:${operation}`,
};
const drift = 'http/unimplemented-operation openapi.yaml';

/** Rule and file of each finding. */
function found(folder: string): readonly string[] {
  const run = runCli(['check', folder, '--format', 'json']);
  return jsonOf<Report>(run).findings.map(({ rule, at }) => `${rule} ${at.file}`);
}

test('binary, empty and oddly encoded files', (context) => {
  const folder = folderOf(context, {
    ...workspace,
    'src/video.ts': Buffer.from([0x47, 0x40, 0x00, 0x10, 0x00, 0xff]),
    'src/empty.ts': '',
    'empty.yaml': '',
    'empty.json': '',
    'data.json': Buffer.from([0, 1, 2, 3]),
    'src/latin.js': Buffer.from(`// caf\xe9\nmodule.exports = {};\n`, 'latin1'),
  });
  assert.deepEqual([...found(folder)].sort(), [
    'file/binary data.json',
    'file/binary src/video.ts',
    'file/encoding src/latin.js',
    drift,
  ]);
});

test('byte order marks, UTF-16 and Windows line ends move no place', (context) => {
  const folder = folderOf(context, workspace);
  const lines = (): readonly number[] =>
    jsonOf<Report>(runCli(['check', folder, '--format', 'json'])).findings.map(({ at }) => at.start.line);
  const plain = lines();
  assert.equal(plain.length, 1);
  const windows = (text: string) => text.replaceAll('\n', '\r\n');
  write(folder, {
    'openapi.yaml': `\ufeff${windows(workspace['openapi.yaml'])}`,
    'src/app.js': windows(workspace['src/app.js']),
  });
  assert.deepEqual(lines(), plain);
  write(folder, { 'openapi.yaml': Buffer.from(`\ufeff${workspace['openapi.yaml']}`, 'utf16le') });
  assert.deepEqual(lines(), plain);
});

test('syntax errors on both sides', (context) => {
  const folder = folderOf(context, {
    ...workspace,
    'openapi.yaml': `${workspace['openapi.yaml']}  /rudders: {\n`,
    'src/app.js': `${workspace['src/app.js']}app.get('/sails', (req, res) => {\n`,
  });
  const rules = found(folder);
  assert.ok(rules.includes(drift), rules.join('\n'));
  assert.ok(
    rules.some((each) => each.endsWith('openapi.yaml') && !each.startsWith('http/')),
    rules.join('\n'),
  );
  assert.ok(
    rules.some((each) => each === 'code/syntax src/app.js'),
    rules.join('\n'),
  );
});

test('broken configuration of packages', (context) => {
  const folder = folderOf(context, {
    ...workspace,
    'package.json': '{',
    'tsconfig.json': '[[[',
    'jsconfig.json': 'null',
  });
  assert.ok(found(folder).includes(drift));
});

test('links in circles', (context) => {
  const folder = folderOf(context, workspace);
  symlinkSync(folder, join(folder, 'src/again'));
  symlinkSync(join(folder, 'loop.yaml'), join(folder, 'loop.yaml'));
  assert.deepEqual(found(folder), [drift]);
});

test('references in circles, to nowhere, and to what is no text', (context) => {
  const folder = folderOf(context, {
    ...workspace,
    'openapi.yaml': `${workspace['openapi.yaml']}  /a: { $ref: 'a.yaml' }\n  /b: { $ref: 'nowhere.yaml' }\n  /c: { $ref: 'c.yaml' }\n`,
    'a.yaml': `$ref: a.yaml\n`,
    'c.yaml': Buffer.from([0, 1, 2]),
  });
  const rules = found(folder);
  assert.ok(rules.includes(drift), rules.join('\n'));
  assert.ok(rules.includes('file/binary c.yaml'), rules.join('\n'));
  for (const rule of ['openapi/ref-cycle', 'openapi/dangling-ref']) {
    assert.ok(
      rules.some((each) => each.startsWith(rule)),
      rules.join('\n'),
    );
  }
});

test('a data file of 50 MB is neither parsed nor in the way', (context) => {
  const row = `{"name":"boat","metres":7},\n`;
  const folder = folderOf(context, {
    ...workspace,
    'data/large.json': `[${row.repeat(52_000_000 / row.length)}{}]`,
  });
  const started = performance.now();
  assert.deepEqual(found(folder), [drift]);
  assert.ok(performance.now() - started < 10_000);
});

test(
  'a file that may not be read',
  { skip: process.getuid?.() === 0 && 'root may read everything' },
  (context) => {
    const folder = folderOf(context, { ...workspace, 'secret.yaml': 'x' });
    chmodSync(join(folder, 'secret.yaml'), 0);
    assert.deepEqual([...found(folder)].sort(), ['file/unreadable secret.yaml', drift]);
  },
);
