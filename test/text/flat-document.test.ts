/** A document that crossed between threads is the document that was sent. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DocNode, DocumentFacts } from '../../server/src/contract/facts.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { lookUp } from '../../server/src/text/document-node.ts';
import { flatTransfers, flattenDocument, openDocument } from '../../server/src/text/flat-document.ts';

const folder = fileURLToPath(new URL('../fixtures/specs/', import.meta.url));

function crossed(facts: DocumentFacts): DocumentFacts {
  const flat = flattenDocument(facts);
  return openDocument(structuredClone(flat, { transfer: flatTransfers(flat) }));
}

/** Plain objects, without laziness. */
function plain(node: DocNode | undefined): unknown {
  return JSON.parse(JSON.stringify(node ?? null));
}

test('every document of the fixtures comes out as it went in', () => {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.(?:ya?ml|json)$/.test(name));
  assert.ok(files.length > 20);
  for (const name of files) {
    const facts = readDocument(fileId(name), readFileSync(join(folder, name), 'utf8'));
    const { root, ...rest } = crossed(facts);
    const { root: before, ...expected } = facts;
    assert.deepEqual(rest, expected, name);
    assert.deepEqual(plain(root), plain(before), name);
  }
});

test('scalars of every type keep their type', () => {
  const text = 'a: [1, -0, 1.5, 1e300, "1", true, false, null, "", "tea 🍵"]\n"": {}\nb: []';
  const facts = readDocument(fileId('teas.yaml'), text);
  assert.deepEqual(plain(crossed(facts).root), plain(facts.root));
  const list = lookUp(crossed(facts).root, ['a']);
  assert.deepEqual(
    list?.kind === 'seq' && list.items.map((item) => (item.kind === 'scalar' ? item.value : undefined)),
    [1, -0, 1.5, 1e300, '1', true, false, null, '', 'tea 🍵'],
  );
});

test('what an anchor shares stays shared, and a node is the same object every time', () => {
  const facts = readDocument(fileId('teas.yaml'), 'green: &tea { hot: true }\nblack: *tea\n');
  const { root } = crossed(facts);
  assert.equal(lookUp(root, ['green']), lookUp(root, ['black']));
  assert.equal(lookUp(root, ['green', 'hot']), lookUp(root, ['green', 'hot']));
});

test('a document in which nothing could be read', () => {
  const facts = readDocument(fileId('teas.yaml'), '');
  assert.equal('root' in crossed(facts), false);
  assert.deepEqual(crossed(facts).problems, facts.problems);
});
