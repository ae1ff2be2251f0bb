/** Every file of test/fixtures/frameworks/nest: its sources against the contract that its section `expect` tells. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseFixture } from '../../support/fixture.ts';
import { snapshotOf } from '../../support/pipeline.ts';
import { actualExpectation, parseExpectation, printExpectation } from '../express/expectation.ts';

const folder = fileURLToPath(new URL('../../fixtures/frameworks/nest', import.meta.url));

for (const name of readdirSync(folder).sort()) {
  test(`nest/${name.replace(/\.txt$/, '')}`, () => {
    const files = new Map(parseFixture(readFileSync(join(folder, name), 'utf8')).files);
    const section = files.get('expect');
    assert.ok(section !== undefined, 'the fixture has no section `//- expect`');
    files.delete('expect');
    const expected = parseExpectation(section);
    const { codes } = snapshotOf(files);
    assert.equal(printExpectation(actualExpectation(codes, expected)), printExpectation(expected));
  });
}
