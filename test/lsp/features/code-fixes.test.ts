/**
 * Fixes that make the code do what the spec says. Each file in `test/fixtures/code-fixes` is a workspace with a finding
 * (`rule: what the fix does` is its first line), and beside it is what its first fix changes; `UPDATE=1` writes that.
 * Afterwards the finding is gone, nothing that weighs as much came, all files compile as before, and nothing is left to do.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeFixers } from '../../../server/src/lsp/features/fixes/code/code-follows-spec.ts';
import { fixesAt } from '../../../server/src/lsp/features/fixes/fixes.ts';
import { faultsOf } from '../../support/compile.ts';
import { parseFixture } from '../../support/fixture.ts';
import { lineDiff } from '../../support/line-diff.ts';
import { applied } from './support/apply.ts';
import { indexOf } from './support/scene.ts';

const folder = fileURLToPath(new URL('../../fixtures/code-fixes', import.meta.url));
const page = fileURLToPath(new URL('../../../server/docs/code-fixes.md', import.meta.url));
const updates = process.env['UPDATE'] === '1';
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.fixture'))
  .map((name) => name.replace('.fixture', ''))
  .sort();

interface CodeFixture {
  readonly rule: string;
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
}

function fixtureOf(name: string): CodeFixture {
  const source = readFileSync(join(folder, `${name}.fixture`), 'utf8');
  const [, rule = '', title = ''] = /^(\S+): (.*)\n/.exec(source) ?? [];
  const files = [...parseFixture(source).files].map(([file, text]) => [file, `${text.trimEnd()}\n`] as const);
  return { rule, title, files: new Map(files) };
}

function diffOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const changed = [...after].filter(([file, text]) => before.get(file) !== text);
  return changed
    .map(([file, text]) => `--- ${file}\n${lineDiff(before.get(file) ?? '', text, 2)}\n`)
    .join('');
}

for (const name of names)
  test(name, () => {
    const { rule, files } = fixtureOf(name);
    const index = indexOf(files);
    const finding = index.ready.findings.find((one) => one.rule === rule);
    assert.ok(finding, `found ${index.ready.findings.map(({ message }) => message).join(' ')}`);
    const edits = (path: string): boolean => /\.[jt]s$/.test(path);
    const fixes = fixesAt(index, finding.at).filter(
      (one) =>
        one.finding === finding &&
        one.fix.edits.every(({ file, text }) => edits(file) && !text.includes('backend-contract-')),
    );
    const [chosen] = fixes;
    assert.ok(chosen, `no fix of ${finding.message}`);
    const after = applied(files, chosen.fix.edits);

    const next = indexOf(after);
    const before = new Set(index.ready.findings.map(({ message }) => message));
    const came = next.ready.findings.filter(({ message }) => !before.has(message));
    assert.ok(!next.ready.findings.some(({ message }) => message === finding.message), diffOf(files, after));
    const worse = came.filter(({ severity }) => severity !== 'info' || finding.severity === 'info');
    assert.deepEqual(
      worse.map(({ message }) => message),
      [],
      diffOf(files, after),
    );
    assert.deepEqual(faultsOf(after), faultsOf(files), diffOf(files, after));

    const path = join(folder, `${name}.diff`);
    if (updates) writeFileSync(path, diffOf(files, after));
    else assert.equal(diffOf(files, after), readFileSync(path, 'utf8'));
  });

const shown = [
  ...['express-route', 'express-controller', 'express-functions', 'nest-method', 'nest-known-class'],
  ...['express-guard', 'nest-status', 'express-parameter-name', 'nest-parameter', 'nest-property'],
];

test('the page shows ten of them as they are', () => {
  const parts = shown.map((name) => {
    const { rule, title } = fixtureOf(name);
    const diff = readFileSync(join(folder, `${name}.diff`), 'utf8').trimEnd();
    return `## ${title}\n\n[\`${rule}\`](rules/${rule}.md), \`test/fixtures/code-fixes/${name}.fixture\`:\n\n\`\`\`diff\n${diff}\n\`\`\`\n`;
  });
  const text = `${introduction}\n${parts.join('\n')}`;
  if (updates) writeFileSync(page, text);
  else assert.equal(readFileSync(page, 'utf8'), text);
});

const introduction = `# Fixes in code

Where the spec is right, a quick fix makes the code follow it. What is added looks like what stands beside it: its quotes,
semicolons and indentation, its handlers (inline, wrapped, in a controller), its guards. Routes are put where they are
reached. Nothing is offered where several places are as good, or where the code is written in a way that an edit could
break. These ten are tests.
`;

test('every rule with a fix in code has a fixture', () => {
  const rules = new Set(names.map((name) => fixtureOf(name).rule));
  assert.deepEqual([...rules].sort(), Object.keys(codeFixers).sort());
});
