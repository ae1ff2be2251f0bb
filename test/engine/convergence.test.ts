/** Whatever happened before, the same files give the same snapshot: random edit scripts against a fresh engine. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Engine } from '../../server/src/engine/engine.ts';
import { createEngine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { Folder, settle } from '../support/memory-folder.ts';

const settings: EngineSettings = { bindings: [], rules: { severities: {} } };

/** Several texts for each file; `null` is a file that is not there. */
const versions: Readonly<Record<string, readonly (string | null)[]>> = {
  'package.json': ['{"name":"kites","dependencies":{"express":"^4.0.0"}}', '{"name":"kites"}', null, '{'],
  'openapi.yaml': [
    `openapi: 3.0.0\ninfo: { title: Kites, version: '1' }\npaths:\n  /kites: { $ref: 'paths/kites.yaml' }\n`,
    `openapi: 3.0.0\ninfo: { title: Kites, version: '1' }\npaths:\n  /kites/{id}:\n    get:\n      responses: { '200': { description: ok } }\n`,
    'openapi: [',
    null,
  ],
  'copy.yaml': [
    null,
    `openapi: 3.0.0\ninfo: { title: Kites, version: '1' }\npaths:\n  /kites/{id}:\n    get:\n      responses: { '200': { description: ok } }\n`,
  ],
  'paths/kites.yaml': [
    `get:\n  responses: { '200': { description: ok } }\n`,
    `post:\n  responses: { '201': { description: ok } }\n`,
    null,
  ],
  'src/app.js': [
    `const express = require('express');\nconst kites = require('./kites');\nconst app = express();\napp.use('/kites', kites);\napp.listen(1);\n`,
    `const express = require('express');\nconst app = express();\napp.get('/wind', (req, res) => res.json({}));\n`,
    'const express = require(',
    null,
  ],
  'src/kites.js': [
    `const { Router } = require('express');\nconst names = require('./names');\nconst r = Router();\nr.get('/', (req, res) => res.json([]));\nr.get('/' + names.one, (req, res) => res.json({}));\nmodule.exports = r;\n`,
    `const { Router } = require('express');\nmodule.exports = Router().post('/', (req, res) => res.status(201).json(req.body));\n`,
    null,
  ],
  'src/names.js': [`exports.one = ':id';\n`, `exports.one = process.env.ONE;\n`, null],
};

const names = Object.keys(versions);

function outcome(engine: Engine): unknown {
  const snapshot = engine.snapshot();
  assert.equal(snapshot.complete, true);
  return structuredClone({ snapshot, findings: analyse(snapshot, settings) });
}

const edit = fc.record({
  name: fc.constantFrom(...names),
  version: fc.nat({ max: 3 }),
  /** How much of the owed work is done before the next edit. */
  work: fc.constantFrom(0, 1, 2, 5, 1000),
});

test('edit scripts end where a fresh start does', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (script) => {
      const folder = new Folder();
      for (const name of names) folder.set(name, versions[name]?.[0] ?? null);
      const engine = createEngine(settings, undefined, 'edits');
      engine.apply(folder.changes());
      settle(engine, folder);
      for (const { name, version, work } of script) {
        const texts = versions[name] ?? [];
        // Work that was done before the edit and is delivered after it.
        const late = engine.owed().map((item) => folder.perform(item));
        const change = folder.set(name, texts[version % texts.length] ?? null);
        engine.apply([change]);
        for (const result of late) engine.accept(result);
        for (const item of engine.owed().slice(0, work)) engine.accept(folder.perform(item));
      }
      settle(engine, folder);

      const fresh = createEngine(settings);
      fresh.apply(folder.changes());
      settle(fresh, folder);
      assert.deepEqual(outcome(engine), outcome(fresh));

      const eager = createEngine(settings, (item) => folder.perform(item));
      eager.apply(folder.changes());
      settle(eager, folder);
      assert.deepEqual(outcome(eager), outcome(fresh));
    }),
    { numRuns: 200, verbose: true },
  );
});

test('a result from another version of the file is refused', () => {
  const folder = new Folder();
  const engine = createEngine(settings);
  engine.apply([folder.set('src/app.js', versions['src/app.js']?.[0] ?? '')]);
  const [item] = engine.owed();
  assert.ok(item);
  const result = folder.perform(item);
  engine.apply([folder.set('src/app.js', versions['src/app.js']?.[1] ?? '')]);
  assert.equal(engine.accept(result), false);
  const [again] = engine.owed();
  assert.ok(again);
  assert.equal(engine.accept(folder.perform(again)), true);
});

test('a removed file takes what followed from it along', () => {
  const folder = new Folder();
  for (const name of names) folder.set(name, versions[name]?.[0] ?? null);
  const engine = createEngine(settings);
  engine.apply(folder.changes());
  settle(engine, folder);
  assert.equal(engine.snapshot().codes[0]?.operations.items.length, 2);
  engine.apply([folder.set('src/kites.js', null)]);
  settle(engine, folder);
  assert.equal(engine.snapshot().codes[0]?.operations.items.length, 0);
});
