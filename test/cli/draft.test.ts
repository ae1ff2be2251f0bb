/** `draft`: the document says what the code does, so a check of the two finds nothing. */

import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { exampleFolder, jsonOf, runCli, runSlowCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

interface Found {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
  }[];
}

const parity = fileURLToPath(new URL('../fixtures/parity', import.meta.url));
const servers = readdirSync(parity, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(parity, entry.name, 'package.json')))
  .map(({ name }): readonly [string, string] => [name, join(parity, name)]);

const app = {
  'package.json': '{ "name": "teas", "version": "2.1.0", "dependencies": { "express": "5.1.0" } }',
  'src/tea.ts':
    "export interface Tea { id: number; name: string; kind: 'black' | 'green'; blend?: Tea[]; note: string | null }\n",
  'src/app.ts': `import express, { type Response } from 'express';
import type { Tea } from './tea';
const app = express();
const router = express.Router();
app.use('/api/v1', router);
router.get('/teas', (req, res: Response<Tea[]>) => { find(req.query.kind); res.json(all()); });
router.get('/teas/:id', (req, res: Response<Tea>) => { if (bad(req)) return res.sendStatus(404); res.json(one(req.params.id)); });
router.get('/teas/:id/leaves', function leavesOf(req, res) { if (bad(req)) return res.sendStatus(404); res.json([1]); });
router.delete('/teas/:id', function removeTea(req, res) { if (bad(req)) return res.sendStatus(404); res.sendStatus(204); });
router.get('/files/*path', (req, res) => res.json({}));
app.listen(1);
`,
};

test('named types become components, errors that are alike are written once', (context) => {
  const folder = folderOf(context, app);
  const { code, out, err } = runCli(['draft', folder]);
  assert.equal(code, 0, err);
  const document = parse(out) as Record<string, unknown>;
  assert.deepEqual(document['info'], { title: 'teas', version: '2.1.0' });
  assert.deepEqual(document['servers'], [{ url: '/api/v1' }]);
  assert.deepEqual(document['tags'], [{ name: 'teas' }]);
  const paths = document['paths'] as Record<
    string,
    Record<string, { operationId: string; responses: object }>
  >;
  assert.deepEqual(Object.keys(paths), ['/teas', '/teas/{id}', '/teas/{id}/leaves']);
  assert.deepEqual(
    Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId)),
    ['listTeas', 'getTea', 'removeTea', 'leavesOf'],
  );
  assert.deepEqual(paths['/teas/{id}']?.['get']?.responses, {
    '200': {
      description: 'OK',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Tea' } } },
    },
    '404': { $ref: '#/components/responses/NotFound' },
  });
  assert.deepEqual(document['components'], {
    schemas: {
      Tea: {
        type: 'object',
        required: ['id', 'name', 'kind', 'note'],
        properties: {
          id: { type: 'number' },
          name: { type: 'string' },
          kind: { type: 'string', enum: ['black', 'green'] },
          blend: { type: 'array', items: { $ref: '#/components/schemas/Tea' } },
          note: { type: ['string', 'null'] },
        },
      },
    },
    responses: {
      NotFound: { description: 'Not Found', content: { 'text/plain': { schema: { type: 'string' } } } },
    },
  });
  assert.equal(
    err,
    '4 operations drafted.\nLeft out: GET /api/v1/files/{path} has a wildcard in its path (src/app.ts:10)\n',
  );
});

test('a contract is drafted from requests as well, and the file is named where it is none', (context) => {
  const folder = folderOf(context, {
    'teas.json': JSON.stringify({
      info: { name: 'Teas' },
      item: [{ name: 'List teas', request: { method: 'GET', url: 'https://tea.example/teas?page=1' } }],
    }),
    'other.json': '{}',
  });
  const drafted = runCli(['draft', folder, '--from', join(folder, 'teas.json'), '--format', 'json']);
  assert.equal(drafted.code, 0, drafted.err);
  assert.equal(drafted.err, '1 operation drafted.\n');
  const { paths } = JSON.parse(drafted.out) as { paths: object };
  assert.deepEqual(Object.keys(paths), ['/teas']);
  const refused = runCli(['draft', folder, '--from', join(folder, 'other.json')]);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /other\.json: It is neither a collection of Postman/);
  assert.match(runCli(['draft', '--from', join(folder, 'none.json')]).err, /there is no such file/);
});

test('in OpenAPI 3.0 null is a mark', (context) => {
  const document = JSON.parse(
    runCli(['draft', folderOf(context, app), '--openapi', '3.0', '--format', 'json']).out,
  ) as { openapi: string; components: { schemas: { Tea: { properties: { note: unknown } } } } };
  assert.equal(document.openapi, '3.0.4');
  assert.deepEqual(document.components.schemas.Tea.properties.note, { type: 'string', nullable: true });
});

test('a file that is there is not written over, and one of several servers has to be chosen', (context) => {
  const folder = folderOf(context, app);
  const taken = join(folder, 'package.json');
  const refused = runCli(['draft', folder, '--output', taken]);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /cannot be written/);
  assert.equal(readFileSync(taken, 'utf8'), app['package.json']);
  const several = runCli(['draft', exampleFolder]);
  assert.equal(several.code, 2);
  assert.match(several.err, /^There are several servers\. Choose one: --root \S+, --root \S+\n$/);
});

for (const [name, source] of servers)
  test(`a check of the draft of parity/${name} finds nothing, and the draft is a valid document`, async (context) => {
    const folder = folderOf(context, {});
    cpSync(source, folder, { recursive: true });
    const file = join(folder, 'drafted.yaml');
    const drafted = runCli(['draft', folder, '--output', file]);
    assert.equal(drafted.code, 0, drafted.err);
    const { findings } = jsonOf<Found>(runCli(['check', folder, '--spec', file, '--format', 'json'], folder));
    assert.deepEqual(findings, []);
    const linted = await runSlowCli(['lint', file, '--in', folder, '--built-in-only', '--format', 'json']);
    const errors = jsonOf<Found>(linted).findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });
