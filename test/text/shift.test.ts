/** Places of a text in a later one, however long both are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { shiftBetween } from '../../server/src/text/shift.ts';

for (const [name, head, removed, added, tail] of [
  ['short texts', 'ab', 'x', 'yz', 'cd'],
  ['long texts', 'a'.repeat(9_000), 'x'.repeat(5_000), 'y', 'b'.repeat(10_000)],
  ['ends of blocks', 'a'.repeat(4_096), '', 'y'.repeat(4_096), 'b'.repeat(4_096)],
  ['nothing in front', '', 'x', 'y', 'b'.repeat(4_097)],
] as const) {
  test(`${name}: what stands around a change moves along, there and back`, () => {
    const before = `${head}${removed}${tail}`;
    const after = `${head}${added}${tail}`;
    const { forward, back } = shiftBetween(before, after);
    assert.equal(forward(0), 0);
    assert.equal(forward(before.length), after.length);
    assert.equal(back(after.length), before.length);
    for (let offset = 0; offset < before.length; offset += 97) {
      const there = forward(offset);
      if (offset < head.length) assert.equal(before[offset], after[there]);
      if (offset >= head.length + removed.length) assert.equal(after.length - there, before.length - offset);
    }
  });
}

test('lines end with all three signs', () => {
  const index = createLineIndex('a\nb\r\nc\rd\r\r\n\r');
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((line) => index.offset(line, 0)),
    [0, 2, 5, 7, 9],
  );
  assert.deepEqual(index.position(12), { line: 6, column: 0 });
});
