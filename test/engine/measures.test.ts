/** What counts as drift. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { definitions, shareText } from '../../server/src/engine/kpis.ts';
import { measure } from '../../server/src/engine/measures.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { parseFixture } from '../support/fixture.ts';
import { snapshotOf } from '../support/pipeline.ts';

const settings = { bindings: [], rules: { severities: {} } };

function measured(paths: string, routes: string): ReturnType<typeof measure> {
  const { files } = parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
${paths}
//- app.ts
import express from 'express';
const app = express();
${routes}
app.listen(3000);
`);
  const snapshot = snapshotOf(files);
  return measure(snapshot, analyse(snapshot, settings));
}

const teas = `  /teas: { get: { responses: { '200': { description: teas } } } }`;
const serveTeas = `app.get('/teas', (req, res) => { res.json([]); });`;

test('an operation that nothing is said about did not drift', () => {
  const { operations, drifted } = measured(teas, serveTeas);
  assert.deepEqual({ operations, drifted }, { operations: 1, drifted: 0 });
});

test('a note is no drift', () => {
  const { findings, operations, drifted } = measured(
    `  /teas/{teaId}: { get: { responses: { '200': { description: a tea } } } }`,
    `app.get('/teas/:id', (req, res) => { res.json(req.params.id); });`,
  );
  assert.equal(findings.info, 1);
  assert.deepEqual({ operations, drifted }, { operations: 1, drifted: 0 });
});

test('one fault of two operations is one drift, told by the finding that says it best', () => {
  const { operations, drifted } = measured(
    `${teas}\n  /pot/{id}: { get: { responses: { '200': { description: a pot } } } }`,
    `${serveTeas}\napp.get('/pots/:id', (req, res) => { res.json(req.params.id); });`,
  );
  assert.deepEqual({ operations, drifted }, { operations: 3, drifted: 1 });
});

test('what is hidden or cannot be told', () => {
  const hidden = `// backend-contract-internal -- of the cluster\napp.get('/metrics', (req, res) => { res.json([]); });`;
  const { routes, documented, operations, untold } = measured(
    `${teas}\n  /cups: { get: { responses: { '200': { description: cups } } } }`,
    `${serveTeas}\n${hidden}\napp.get(process.argv[2], (req, res) => { res.json([]); });`,
  );
  assert.deepEqual(
    { routes, documented, operations, untold },
    { routes: 1, documented: 1, operations: 2, untold: 1 },
  );
});

test('the figures are documented as they are computed', () => {
  const page = readFileSync(new URL('../../server/docs/kpis.md', import.meta.url), 'utf8');
  for (const { title, definition } of Object.values(definitions))
    assert.ok(page.includes(`## ${title}\n\n${definition}\n`), title);
});

test('a share is never rounded to all or nothing', () => {
  const texts = [
    [0, 0],
    [0, 7],
    [1, 1000],
    [999, 1000],
    [7, 7],
    [5, 6],
  ].map(([part = 0, whole = 0]) => shareText({ part, whole }));
  assert.deepEqual(texts, ['–', '0 %', '1 %', '99 %', '100 %', '83 %']);
});
