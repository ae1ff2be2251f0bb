/** Results on their way from the worker to the loop arrive as they were sent, and what did not change is not sent again. */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as sources from '../../server/src/code/ts/analysis.ts';
import { noCache } from '../../server/src/host/facts-cache.ts';
import { openFolder, type FolderResult } from '../../server/src/host/folder-analysis.ts';
import { ResultReceiver, ResultSender, type WireResult } from '../../server/src/host/result-wire.ts';
import { exampleFolder } from '../support/cli.ts';

const orders = 'apps/orders/src/routes/orders.ts';

function received(receiver: ResultReceiver, wire: WireResult): FolderResult {
  const steps = receiver.receive(structuredClone(wire));
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

test('a result arrives whole, and an edit sends what it changed', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(exampleFolder, folder, { recursive: true });
  const analysis = openFolder(folder, () => sources, noCache);
  const [sender, receiver] = [new ResultSender(), new ResultReceiver()];
  const path = join(folder, orders);
  const text = readFileSync(path, 'utf8');

  const first = analysis.result();
  const firstWire = sender.send(first);
  const before = received(receiver, firstWire);
  assert.deepEqual(before, first);
  assert.ok(firstWire.documents.length > 0);

  analysis.edit(path, text.replace('{ limit, status }', '{ limit, origin }'), 1);
  const second = analysis.result();
  const secondWire = sender.send(second);
  const after = received(receiver, secondWire);
  assert.deepEqual(after, second);
  assert.equal(secondWire.documents.length, 0, 'no document of a spec changed');
  assert.ok(secondWire.parts.length < firstWire.parts.length / 4, `${secondWire.parts.length} parts again`);
  const kept = after.snapshot.specs[0]?.operations.items[0];
  assert.ok(kept && kept === before.snapshot.specs[0]?.operations.items[0]);

  analysis.edit(path, undefined, 2);
  const third = analysis.result();
  assert.deepEqual(received(receiver, sender.send(third)), third);

  // The worker came down: another one numbers from the beginning.
  const fourth = openFolder(folder, () => sources, noCache).result();
  assert.deepEqual(received(receiver, new ResultSender().send(fourth)), fourth);
});
