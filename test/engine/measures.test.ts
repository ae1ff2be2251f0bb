/** What counts as drift. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
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
