/** Reports for other programs: SARIF, annotations of GitHub, JUnit. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { exampleFolder, jsonOf, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
}

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly Result[];
  }[];
}

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly message: string;
    readonly severity: string;
    readonly coveredBy?: string;
    readonly at: {
      readonly file: string;
      readonly start: { readonly line: number; readonly column: number };
    };
  }[];
}

const shown = jsonOf<Report>(runCli(['check', exampleFolder, '--format', 'json'])).findings.filter(
  ({ coveredBy }) => coveredBy === undefined,
);

test('SARIF has every finding with its place, its rule and what makes it the same tomorrow', () => {
  const { code, out } = runCli(['check', exampleFolder, '--format', 'sarif'], exampleFolder);
  assert.equal(code, 1);
  const { version, runs } = JSON.parse(out) as Log;
  const [run, ...more] = runs;
  assert.ok(run && more.length === 0 && version === '2.1.0');
  const { rules } = run.tool.driver;
  assert.deepEqual(
    run.results.map(({ ruleId, message, locations }) => {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? assert.fail();
      return `${ruleId} ${artifactLocation.uri}:${region.startLine}:${region.startColumn} ${message.text}`;
    }),
    shown.map(({ rule, message, at }) => `${rule} ${at.file}:${at.start.line}:${at.start.column} ${message}`),
  );
  for (const { ruleId, ruleIndex, level, partialFingerprints } of run.results) {
    assert.equal(rules[ruleIndex ?? -1]?.id, ruleId);
    assert.ok(['error', 'warning', 'note'].includes(level));
    assert.ok((partialFingerprints?.['backendContract/v1'] ?? '').startsWith(ruleId));
  }
});

test('names of files are relative to where the command runs, and addresses in SARIF', (context) => {
  const folder = folderOf(context, {
    'a b/package.json': '{ "dependencies": { "express": "4.21.0" } }',
    'a b/größe:1.js':
      "const app = require('express')();\napp.get('/x', (req, res) => res.json());\napp.listen(1);\n",
    'a b/openapi.yaml': "openapi: 3.0.3\ninfo: { title: X, version: '1' }\npaths: {}\n",
  });
  const { runs } = jsonOf<Log>(runCli(['check', 'a b', '--format', 'sarif'], folder));
  const uris = runs[0]?.results.map(
    ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri ?? '',
  );
  assert.deepEqual([...new Set(uris)], ['a%20b/gr%C3%B6%C3%9Fe%3A1.js']);
  const { out } = runCli(['check', 'a b', '--format', 'github'], folder);
  assert.match(
    out,
    /^::warning file=a b\/größe%3A1\.js,line=2,endLine=2,col=\d+,endColumn=\d+,title=http\/undocumented-operation::GET \/x is not/,
  );
});

test('an annotation is one line, whatever is in it', () => {
  const { out } = runCli(['check', exampleFolder, '--format', 'github'], exampleFolder);
  const lines = out.trimEnd().split('\n');
  assert.equal(lines.length, shown.length);
  const kinds: Readonly<Record<string, string>> = { error: 'error', warning: 'warning', info: 'notice' };
  for (const [index, { severity, at }] of shown.entries())
    assert.ok(lines[index]?.startsWith(`::${kinds[severity]} file=${at.file},line=${at.start.line},`));
});

test('JUnit counts what fails, and shows the rest as cases that pass', () => {
  for (const [failOn, levels] of [
    ['warning', ['error', 'warning']],
    ['error', ['error']],
  ] as const) {
    const { out } = runCli(['check', exampleFolder, '--format', 'junit', '--fail-on', failOn], exampleFolder);
    const failures = shown.filter(({ severity }) => levels.some((level) => level === severity)).length;
    assert.ok(
      out.includes(`<testsuites name="Backend Contract" tests="${shown.length}" failures="${failures}">`),
    );
    assert.equal(out.match(/<failure /g)?.length, failures);
    assert.equal(out.match(/<testcase /g)?.length, shown.length);
    assert.equal(out.match(/&(?!(?:amp|lt|gt|quot|#\d+);)/g), null);
  }
});

test('a clean JUnit report has a case that passes', (context) => {
  const folder = folderOf(context, {
    'package.json': '{ "dependencies": { "express": "4.21.0" } }',
    'app.js': "const app = require('express')();\napp.get('/x', (req, res) => res.json());\napp.listen(1);\n",
    'openapi.yaml':
      "openapi: 3.0.3\ninfo: { title: X, version: '1' }\npaths:\n  /x: { get: { responses: { '200': { description: ok } } } }\n",
  });
  const { code, out } = runCli(['check', folder, '--format', 'junit']);
  assert.equal(code, 0);
  assert.match(out, /tests="1" failures="0"[^]*<testcase name="no drift"/);
});

test('--output writes the report to a file and nothing to the terminal', (context) => {
  const folder = folderOf(context, {});
  const { code, out, err } = runCli(
    ['check', exampleFolder, '--format', 'sarif', '--output', 'drift.sarif'],
    folder,
  );
  assert.deepEqual([code, out, err], [1, '', '']);
  assert.equal(
    readFileSync(join(folder, 'drift.sarif'), 'utf8'),
    runCli(['check', exampleFolder, '--format', 'sarif'], folder).out,
  );
  const failed = runCli(['check', exampleFolder, '--output', join('no', 'such', 'folder.txt')], folder);
  assert.equal(failed.code, 2);
  assert.match(failed.err, /cannot be written: there is no such file/);
  assert.equal(existsSync(dirname(join(folder, 'no', 'such'))), false);
});
