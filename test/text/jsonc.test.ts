/** JSON as configuration files are written, whole and half. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonc } from '../../server/src/text/jsonc.ts';

test('comments and trailing commas are read past', () => {
  assert.deepEqual(parseJsonc('\uFEFF{ "name": "kites", /* ours */ "files": ["a",], // all\n}'), {
    name: 'kites',
    files: ['a'],
  });
});

test('every beginning of a text has an end', () => {
  const whole = '{ "name": "kites", /* ours */ "files": ["a\\u00e9"], // all\n "n": -1.5e3, "t": true }';
  for (let end = 0; end <= whole.length; end += 1) parseJsonc(whole.slice(0, end));
  for (const text of ['/*', '/**', '{}/*', '"', '"\\', '-', '{"a":/*']) parseJsonc(text);
  assert.deepEqual(parseJsonc('{ "name": "kites" } /*'), { name: 'kites' });
});
