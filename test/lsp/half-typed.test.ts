/** Typing in a part of a specification, over the protocol: nothing is said of what was fine, and the fault is shown. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorOn } from '../support/open-editor.ts';

const files = {
  'package.json': '{ "dependencies": { "express": "4.21.0" } }',
  'openapi.yaml': `openapi: 3.0.3
info: { title: teas, version: '1' }
paths:
  /teas/{id}: { $ref: teas.yaml }
`,
  'teas.yaml': `parameters:
  - { name: id, in: path, required: true, schema: { type: string } }
get:
  parameters:
    - { name: cup, in: query, schema: { type: string } }
  responses:
    '200':
      description: it's here
    '404': { description: 'none' }
`,
  'app.ts': `import express from 'express';
const app = express();
app.get('/teas/:id', (req, res) => {
  if (req.query.cup === undefined) return res.status(404).json();
  res.status(200).end();
});
app.listen(80);
`,
};

test('an unfinished line in a part of a specification', async (t) => {
  const editor = await editorOn(t, files);
  const part = 'teas.yaml';
  const drift = (): readonly string[] =>
    Object.keys(files)
      .flatMap((file) => editor.diagnostics(file).map(({ code }) => String(code)))
      .filter((code) => code.startsWith('http/'));
  const hasFault = (): boolean =>
    editor.diagnostics(part).some(({ code }) => code === 'document/yaml-syntax');
  editor.open(part);
  assert.deepEqual(drift(), []);
  for (const line of [`x-note: 'half`, 'description: [a', '  get', `    - 'a`]) {
    for (let end = 1; end <= line.length; end += 1) {
      const before = end === 1 ? 'get:\n' : `${line.slice(0, end - 1)}\nget:\n`;
      editor.replace(part, before, `${line.slice(0, end)}\nget:\n`);
      await editor.until('all is analysed', () => editor.status()?.phase === 'ready');
      assert.deepEqual(drift(), [], line.slice(0, end));
    }
    await editor.until('the fault is shown where it is', hasFault);
    editor.replace(part, `${line}\nget:\n`, 'get:\n');
    await editor.until('the fault is gone', () => !hasFault());
    assert.deepEqual(drift(), []);
  }
});
