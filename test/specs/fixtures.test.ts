/** Every folder of test/fixtures/specs against its contract.snap. `UPDATE=1` rewrites them. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { fileId } from '../../server/src/contract/span.ts';
import { folderFiles, loadSpec } from './support/load-spec.ts';
import { printContract } from './support/print-contract.ts';

const fixtures = fileURLToPath(new URL('../fixtures/specs', import.meta.url));

const roots = ['openapi.yaml', 'openapi.json', 'swagger.json'];

for (const name of readdirSync(fixtures).sort()) {
  test(`specs/${name}`, () => {
    const folder = join(fixtures, name);
    const root = roots.find((file) => existsSync(join(folder, file)));
    assert.ok(root, `no ${roots.join(', ')} in ${folder}`);
    const { contract, problems, text } = loadSpec(fileId(root), folderFiles(folder));
    const printed = printContract(contract, problems, text);
    const snapshot = join(folder, 'contract.snap');
    if (process.env['UPDATE']) writeFileSync(snapshot, printed);
    assert.equal(printed, existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : '');
    assert.deepEqual(JSON.parse(JSON.stringify(contract)), contract, 'survives JSON');
    assert.deepEqual(structuredClone(contract), contract, 'survives cloning');
  });
}
