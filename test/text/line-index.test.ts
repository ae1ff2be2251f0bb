/** Where lines begin, in a text and in what comes of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineIndex, nextLineIndex } from '../../server/src/text/line-index.ts';
import { createRandom } from '../support/random.ts';

const pieces = ['a', 'bc', '\n', '\r', '\r\n', '\n\n', ''];

test('lines of an edited text are those of a text that is read anew', () => {
  const random = createRandom(11);
  const upTo = (most: number): number => Math.floor(random.next() * (most + 1));
  const made = (most: number): string =>
    Array.from({ length: upTo(most) }, () => random.pick(pieces)).join('');
  for (let round = 0; round < 400; round += 1) {
    let text = made(30);
    let lines = createLineIndex(text);
    for (let edit = 0; edit < 10; edit += 1) {
      const start = upTo(text.length);
      const end = start + upTo(Math.min(text.length - start, 6));
      const next = text.slice(0, start) + made(4) + text.slice(end);
      lines = nextLineIndex(next, { text, lines });
      text = next;
      assert.deepEqual(Array.from(lines.starts), createLineIndex(text).starts, JSON.stringify(text));
    }
  }
});
