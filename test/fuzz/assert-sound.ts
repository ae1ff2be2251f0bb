/** What holds for every workspace, however broken. */

import assert from 'node:assert/strict';
import process from 'node:process';
import type { Snapshot } from '../../server/src/engine/snapshot.ts';
import { snapshotOf } from '../support/pipeline.ts';

/** Processor time that one file of a workspace may take: a wall clock would blame us for what else runs. */
const limitMs = 2_000;

/** Assembles a workspace and asserts that it took less time than its files may. */
export function timed(files: ReadonlyMap<string, string>): Snapshot {
  const started = process.cpuUsage();
  const snapshot = snapshotOf(files);
  const used = process.cpuUsage(started).user / 1_000;
  assert.ok(used < limitMs * files.size, `took ${used.toFixed(0)} ms`);
  return snapshot;
}

export function assertSound(files: ReadonlyMap<string, string>, snapshot: Snapshot): void {
  for (const { code, message, at } of snapshot.problems) {
    assert.ok(!code.startsWith('internal/'), message);
    const { length } = files.get(at.file) ?? '';
    assert.ok(at.start >= 0 && at.start <= at.end && at.end <= length, `${code} at ${JSON.stringify(at)}`);
  }
  for (const { operations } of snapshot.codes) {
    assert.equal(operations.complete, operations.gaps.length === 0);
    for (const { at } of operations.items) {
      assert.ok(at.start <= at.end && at.end <= (files.get(at.file) ?? '').length, JSON.stringify(at));
    }
  }
  assert.deepEqual(structuredClone(snapshot.codes), snapshot.codes);
}
