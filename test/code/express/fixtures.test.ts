/** Every file of test/fixtures/frameworks/express: its sources against the contract that its section `expect` tells. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skippedFolders } from '../../../server/src/host/classify.ts';
import { parseFixture } from '../../support/fixture.ts';
import { snapshotOf } from '../../support/pipeline.ts';
import { actualExpectation, parseExpectation, printExpectation } from './expectation.ts';

const folder = fileURLToPath(new URL('../../fixtures/frameworks/express', import.meta.url));

for (const name of readdirSync(folder).sort()) {
  test(`express/${name.replace(/\.txt$/, '')}`, () => {
    const files = new Map(parseFixture(readFileSync(join(folder, name), 'utf8')).files);
    const section = files.get('expect');
    assert.ok(section !== undefined, 'the fixture has no section `//- expect`');
    files.delete('expect');
    const expected = parseExpectation(section);
    // What is listed from a disk never has these.
    for (const file of files.keys())
      if (file.split('/').some((part) => skippedFolders.has(part))) files.delete(file);
    const { codes } = snapshotOf(files);
    assert.equal(printExpectation(actualExpectation(codes, expected)), printExpectation(expected));
  });
}
