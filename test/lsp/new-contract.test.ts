/** New contracts: from a server that was read, and from templates that nothing is wrong with. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { draftVersions, type DraftVersion } from '../../server/src/draft/contract.ts';
import { templates } from '../../server/src/draft/templates.ts';
import {
  contractSources,
  newContract,
  type ContractSources,
  type DraftedContract,
  type NewContractParams,
} from '../../server/src/lsp/protocol.ts';
import { writeDocument } from '../../server/src/text/write-document.ts';
import { jsonOf, runSlowCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { startEditor } from '../support/lsp-client.ts';

test('a contract is drafted from a server of the workspace, with what is typed and not saved', async (t) => {
  const folder = folderOf(t, {
    'package.json': '{ "name": "teas", "dependencies": { "express": "4.21.0" } }',
    'app.js': `const app = require('express')();
app.get('/teas', (req, res) => res.json([]));
app.all('/any', (req, res) => res.json([]));
app.listen(80);
`,
  });
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  await editor.until('the first results are there', () => editor.status()?.routes === 2);
  const sources = await editor.request<ContractSources>(contractSources, {});
  assert.deepEqual(
    sources.servers.map(({ root, title, routes }) => [root, title, routes]),
    [['.', 'teas', 2]],
  );
  assert.ok(sources.templates.length > 1);
  editor.open('app.js');
  editor.replace('app.js', "'/teas'", "'/teas/:id'");
  const [server] = sources.servers;
  assert.ok(server);
  const ask = (more: Partial<NewContractParams>): Promise<DraftedContract | null> =>
    editor.request(newContract, {
      kind: 'server',
      folder: server.folder,
      root: '.',
      version: '3.1',
      language: 'yaml',
      ...more,
    });
  let contract = await ask({});
  for (let tries = 0; tries < 100 && contract?.text.includes('/teas/{id}:') !== true; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    contract = await ask({});
  }
  assert.match(
    contract?.text ?? '',
    /^openapi: 3\.1\.1\ninfo:\n {2}title: teas\n[^]*\n {2}\/teas\/\{id\}:\n/,
  );
  assert.equal(contract?.operations, 1);
  assert.deepEqual(
    contract.left.map(({ title, why, at }) => [title, why, at?.range.start.line]),
    [['ALL /any', 'answers every method', 2]],
  );
  assert.equal(await ask({ root: 'elsewhere' }), null);
});

for (const { id, make } of templates)
  for (const version of Object.keys(draftVersions) as DraftVersion[])
    test(`nothing is found in the template ${id} for OpenAPI ${version}`, async (t) => {
      const folder = folderOf(t, {});
      const file = join(folder, 'openapi.yaml');
      writeFileSync(file, writeDocument(make('Tea House', version), 'yaml'));
      const run = await runSlowCli(['lint', file, '--in', folder, '--built-in-only', '--format', 'json']);
      assert.deepEqual(jsonOf<{ findings: readonly object[] }>(run).findings, []);
    });
