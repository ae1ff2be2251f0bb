/** Reasons for not knowing, as `check` and `routes` tell them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnknownReason } from '../../server/src/contract/knowledge.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { createPlaces } from '../../server/src/cli/places.ts';
import { alike, placesOf } from '../../server/src/cli/report/reasons.ts';

const places = createPlaces(() => 'a\nb\nc\n');

function reason(what: string, start: number): UnknownReason {
  return { why: 'dynamic', what, at: { file: fileId('app.ts'), start, end: start + 1 } };
}

test('what is said in the same words is said once, with the number of its places', () => {
  const reasons = [reason('a path', 0), reason('a status', 2), reason('a path', 4), reason('a path', 4)];
  const groups = alike(reasons, (one) => one);
  assert.deepEqual(
    groups.map((group) => placesOf(group, places)),
    ['app.ts:1 and 1 further place', 'app.ts:2'],
  );
});

test('what is said about different things stays apart', () => {
  const groups = alike(
    [
      { about: 'operation', why: reason('a path', 0) },
      { about: 'code', why: reason('a path', 0) },
    ],
    ({ why }) => why,
    ({ about }) => about,
  );
  assert.equal(groups.length, 2);
});
