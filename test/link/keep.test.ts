/** Links that are made again: what an edit left as it was is the same object. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collection } from '../../server/src/contract/knowledge.ts';
import type { Link } from '../../server/src/contract/pair.ts';
import { keepPairs } from '../../server/src/link/keep.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { code, output, promised, served, spec } from '../support/build.ts';

const promises = ['GET /flights', 'GET /seats', 'GET /gone'].map((what) => promised(what));
const [flights, seats, crews] = ['GET /v1/flights', 'GET /v1/seats', 'GET /v1/crews'].map((what) =>
  served(what),
);
assert.ok(flights && seats && crews);
const before = linkContracts([spec(promises)], [code([flights, seats, crews])]);

/** For each pair of a link, whether it is one of `before`. */
function kept(link: Link): readonly boolean[] {
  const [again] = keepPairs([link], [before]);
  assert.deepEqual(again, link, 'it says what it said');
  return again?.pairs.map((pair) => before.pairs.includes(pair)) ?? [];
}

test('a server that is linked again has the same pairs, at whatever address', () => {
  assert.deepEqual(kept(linkContracts([spec(promises)], [code([flights, seats, crews])])), [
    true,
    true,
    true,
    true,
  ]);
});

test('a handler that answers something else has a pair of its own', () => {
  const busy = { ...seats, outputs: collection([output('409', 'app.ts')]) };
  assert.deepEqual(kept(linkContracts([spec(promises)], [code([flights, busy, crews])])), [
    true,
    false,
    true,
    true,
  ]);
});

test('what stands nearest is part of a pair', () => {
  const near = served('GET /v1/gones');
  assert.deepEqual(kept(linkContracts([spec(promises)], [code([flights, seats, near])])), [
    true,
    true,
    false,
    false,
  ]);
});

test('an alternative that is doubted is another pair', () => {
  const torn = code([flights, seats, crews], { complete: false });
  assert.deepEqual(kept(linkContracts([spec(promises)], [torn])), [true, true, false, true]);
});
