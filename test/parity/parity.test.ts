/** One API, written once as a contract and implemented in several ways: nothing may be found in any of them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { snapshotOf } from '../support/pipeline.ts';
import { unknownOf, type Unknown } from './unknown.ts';
import { implementations, workspaceOf } from './workspace.ts';

const OPERATIONS = 44;

/** What cannot be told of each implementation; the figures may only fall. Whether a file that Express sends is there is an output. */
const unknown: Readonly<Record<string, Unknown>> = {
  'routing-controllers': { inputs: 0, bodies: 0, outputs: 0, security: 1, shapes: 2 },
  tsoa: { inputs: 0, bodies: 0, outputs: 0, security: 1, shapes: 3 },
  'express-joi': { inputs: 0, bodies: 1, outputs: 1, security: 1, shapes: 78 },
  'express-validator': { inputs: 0, bodies: 1, outputs: 1, security: 1, shapes: 19 },
  'express-zod': { inputs: 0, bodies: 0, outputs: 1, security: 1, shapes: 10 },
  'nest-zod': { inputs: 0, bodies: 0, outputs: 0, security: 1, shapes: 51 },
  'nest-class-validator': { inputs: 0, bodies: 0, outputs: 0, security: 1, shapes: 30 },
};

const settings = { bindings: [], rules: { severities: {} } };

for (const name of implementations) {
  test(`parity: ${name}`, () => {
    const files = workspaceOf(name);
    const snapshot = snapshotOf(files);
    const found = analyse(snapshot, settings).map(
      ({ rule, message, at }) => `${at.file}: ${message} [${rule}]`,
    );
    assert.deepEqual([...snapshot.problems.map(({ message, at }) => `${at.file}: ${message}`), ...found], []);
    const pairs = snapshot.links.flatMap((link) => link.pairs);
    assert.equal(
      pairs.filter((pair) => pair.state === 'matched' && pair.match.how === 'exact').length,
      OPERATIONS,
    );
    assert.deepEqual(unknownOf(snapshot), unknown[name]);
  });
}
