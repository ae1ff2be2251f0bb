/**
 * A file at every one of its prefixes, as if it were typed from its first letter to its last. What is found is at every
 * moment what a fresh start finds in the last text that was whole, and linting gets along with all of them.
 */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as sources from '../../server/src/code/ts/analysis.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { noCache } from '../../server/src/host/facts-cache.ts';
import { openFolder, type FolderAnalysis } from '../../server/src/host/folder-analysis.ts';
import { builtInRuleset } from '../../server/src/lint/built-in.ts';
import { checkHealth } from '../../server/src/lint/health/run.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { createRules } from '../../server/src/lint/rules.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { folderOf } from '../support/folder.ts';

const contract = `openapi: 3.0.3
info: { title: teas, version: '1' }
paths:
  /teas/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: "one tea"
          content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } }
components:
  schemas:
    Tea: { type: object, properties: { name: { type: string } } }
`;

const code = `import express from 'express';

const app = express();

/** One tea. */
app.get('/teas/:id', async (req, res) => {
  const { id, cup = 'small' } = { ...req.params, ...req.query };
  if (!/^\\d+$/.test(id)) return res.status(400).json({ message: \`no tea \${id}\` });
  res.json({ name: id, cup });
});

app.listen(80);
`;

const files = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'openapi.yaml': contract,
  'app.ts': code,
};

const analysisOf = (folder: string): FolderAnalysis => openFolder(folder, () => sources, noCache);

function found(analysis: FolderAnalysis): unknown {
  const { findings, snapshot } = analysis.result();
  const { specs, codes, links } = snapshot;
  return structuredClone({
    findings,
    operations: [...specs, ...codes].map(({ operations }) =>
      operations.items.map(({ key, at }) => ({ key, at })),
    ),
    pairs: links.map(({ pairs }) => pairs.map(({ state }) => state)),
  });
}

function typed(t: TestContext, file: 'openapi.yaml' | 'app.ts'): void {
  const text = files[file];
  const folder = folderOf(t, files);
  const scratch = folderOf(t, files);
  const analysis = analysisOf(folder);
  const path = join(folder, file);
  let expected = found(analysis);
  let wholes = 0;
  for (let end = 0; end <= text.length; end += 1) {
    const prefix = text.slice(0, end);
    analysis.edit(path, prefix, end);
    const isHeld = analysis.result().held.length > 0;
    if (!isHeld) {
      wholes += 1;
      writeFileSync(join(scratch, file), prefix);
      expected = found(analysisOf(scratch));
    }
    assert.deepEqual(found(analysis), expected, `after ${JSON.stringify(prefix.slice(-30))}`);
  }
  assert.ok(wholes > 10 && wholes < text.length, 'some prefixes are whole, and some are not');
}

test('a contract is typed', (t) => typed(t, 'openapi.yaml'));

test('a server is typed', (t) => typed(t, 'app.ts'));

test('a contract is linted while it is typed', async () => {
  const rules = createRules(builtInRuleset('openapi')).rulesFor('/openapi.yaml');
  for (let end = 0; end <= contract.length; end += 1) {
    const facts = readDocument(fileId('openapi.yaml'), contract.slice(0, end));
    const input = {
      path: '/openapi.yaml',
      facts,
      read: () => undefined,
      remote: () => undefined,
      idOf: fileId,
    };
    const { problems, findings } = await lint(input, rules);
    const failed = problems.filter(({ code: name }) => name.startsWith('lint/'));
    assert.deepEqual(failed, [], `after ${JSON.stringify(contract.slice(0, end).slice(-30))}`);
    for (const { at } of [...findings, ...checkHealth(input)])
      assert.ok(at.start >= 0 && at.start <= at.end && at.end <= end, 'places are inside of the text');
  }
});
