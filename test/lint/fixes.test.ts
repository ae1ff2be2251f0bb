/**
 * Mends of lint findings. Each file in `test/fixtures/lint-fixes` has a document and what it is when all of one rule is
 * mended; `UPDATE=1` writes the second. Afterwards the rule finds nothing, no other finds more, and nothing is left to do.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileId } from '../../server/src/contract/span.ts';
import {
  applied,
  fixAllOf,
  lintFixesAt,
  mendedRules,
} from '../../server/src/lsp/features/fixes/lint/lint-fixes.ts';
import { isOptional, lintText, type LintedOnce } from './support/lint-text.ts';
import { parseFixture } from '../support/fixture.ts';
import { lineDiff } from '../support/line-diff.ts';

const folder = fileURLToPath(new URL('../fixtures/lint-fixes', import.meta.url));
const page = fileURLToPath(new URL('../../server/docs/lint-fixes.md', import.meta.url));
const updates = process.env['UPDATE'] === '1';

/** Files have no `/` and no `$` in their names. */
const nameOf = (rule: string): string => `${rule.replace('/', '.').replace('$', '')}.fixture`;

/** Times that a rule finds something. */
function counts({ findings, problems }: LintedOnce): ReadonlyMap<string, number> {
  const all = [...findings.map(({ rule }) => rule), ...problems.map(({ code }) => code)];
  return new Map(all.map((rule) => [rule, all.filter((one) => one === rule).length]));
}

for (const rule of mendedRules)
  test(`${rule}: all of it in a document`, async () => {
    const path = join(folder, nameOf(rule));
    const source = readFileSync(path, 'utf8');
    const { files } = parseFixture(source);
    const [[file = '', before = ''] = []] = [...files];
    const linted = await lintText(file, before.trimEnd() + '\n');
    const text = before.trimEnd() + '\n';
    const found = linted.findings.filter((one) => one.rule === rule);
    assert.ok(found.length > 0, `nothing to mend; found ${[...counts(linted)].join(' ')}`);

    const fix = fixAllOf({ file: fileId(file), text, findings: linted.findings }, rule);
    assert.ok(fix, 'no fix');
    const after = applied(text, fix.edits);
    const again = await lintText(file, after);
    const [was, is] = [counts(linted), counts(again)];
    assert.equal(is.get(rule) ?? 0, 0, after);
    for (const [other, count] of is)
      assert.ok(isOptional(other) || count <= (was.get(other) ?? 0), `${other} came\n${after}`);
    assert.equal(fixAllOf({ file: fileId(file), text: after, findings: again.findings }, rule), undefined);

    if (updates) writeFileSync(path, `//- ${file}\n${text}//- ${file.replace('before', 'after')}\n${after}`);
    else assert.equal(`${after}\n`, files.get(file.replace('before', 'after')));
  });

test('each finding is mended by itself', async () => {
  for (const rule of mendedRules) {
    const { files } = parseFixture(readFileSync(join(folder, nameOf(rule)), 'utf8'));
    const [[file = '', before = ''] = []] = [...files];
    const text = before.trimEnd() + '\n';
    const { findings } = await lintText(file, text);
    const finding = findings.find((one) => one.rule === rule);
    assert.ok(finding, rule);
    const fixes = lintFixesAt({ file: fileId(file), text, findings }, finding.at);
    const own = fixes.single.find((one) => one.finding.rule === rule);
    assert.ok(own, rule);
    const after = await lintText(file, applied(text, own.fix.edits));
    const left = after.findings.filter((one) => one.rule === rule).length;
    assert.ok(left < findings.filter((one) => one.rule === rule).length, `${rule}: ${own.fix.title}`);
  }
});

test('the page shows each of them as it is', () => {
  const parts = mendedRules.map((rule) => {
    const [before = '', after = ''] = [
      ...parseFixture(readFileSync(join(folder, nameOf(rule)), 'utf8')).files.values(),
    ];
    return `## \`${rule}\`\n\n\`\`\`diff\n${lineDiff(before, after)}\n\`\`\`\n`;
  });
  const text = `${introduction}\n${parts.join('\n')}`;
  if (updates) writeFileSync(page, text);
  else assert.equal(readFileSync(page, 'utf8'), text);
});

const introduction = `# Fixes of lint findings

${mendedRules.length} rules of Spectral and of contract health have quick fixes: of one finding, and of all that the rule finds in the file.
What somebody has to finish says TODO. A fix is offered where only one thing can be meant; comments, quotes and indentation
stay as they are. Each of these is a test: the document in front of it, and after _Fix all_.
`;

test('each rule that is mended has its fixture, and there are many', () => {
  assert.deepEqual(readdirSync(folder).sort(), mendedRules.map(nameOf).sort());
  assert.ok(mendedRules.length >= 25);
});
