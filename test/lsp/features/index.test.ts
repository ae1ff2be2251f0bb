/** What is kept from one analysis to the next. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../../server/src/contract/span.ts';
import { createIndex } from '../../../server/src/lsp/features/feature-index.ts';
import { flattenDocument, openDocument } from '../../../server/src/text/flat-document.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { definition } from '../../../server/src/lsp/features/definition.ts';
import { hover } from '../../../server/src/lsp/features/hover.ts';
import { indexOf, scene } from './support/scene.ts';
import { orders } from './support/tea-house.ts';
import { parseFixture } from '../../support/fixture.ts';

const spec = fileId('openapi.yaml');
const { files } = parseFixture(orders);

test('a document that did not change is not read again, and one that did is', () => {
  const first = indexOf(files);
  const tree = first.document(spec)?.node;
  assert.ok(tree);
  const references = first.references();
  const same = createIndex(first.ready, first);
  assert.equal(same.document(spec)?.node, tree);
  assert.deepEqual(same.references(), references);

  const edited = new Map([
    ...files,
    [spec, (files.get(spec) ?? '').replace('title: Orders', 'title: Old orders')],
  ]);
  const next = createIndex(indexOf(edited).ready, same);
  assert.notEqual(next.document(spec)?.node, tree);
  assert.equal(next.document(fileId('schemas.yaml'))?.node, same.document(fileId('schemas.yaml'))?.node);
  assert.notDeepEqual(next.references(), references);
});

test('a file that is gone is forgotten', () => {
  const first = indexOf(files);
  first.references();
  const without = new Map([...files].filter(([name]) => name !== 'schemas.yaml'));
  const next = createIndex(indexOf(without).ready, first);
  assert.equal(next.document(fileId('schemas.yaml')), undefined);
  assert.equal(
    [...next.references().values()].flat().some(({ at }) => at.file === 'schemas.yaml'),
    false,
  );
});

test('trees that came from another thread serve as well as those read here', () => {
  const here = scene(orders);
  const { ready } = here.index;
  const there = createIndex({
    ...ready,
    textOf: (file) => (file.endsWith('.yaml') ? undefined : ready.textOf(file)),
    documentOf: (file) => openDocument(flattenDocument(readDocument(file, files.get(file) ?? ''))),
  });
  const offset = (files.get(spec) ?? '').indexOf('getTea');
  assert.ok(offset > 0);
  assert.deepEqual(hover(there, spec, offset), hover(here.index, spec, offset));
});

test('a document that is too long to be read by the loop still has its operations', () => {
  const text = `${files.get(spec) ?? ''}${'# Leaves.\n'.repeat(25_000)}`;
  const index = indexOf(new Map([...files, [spec, text]]));
  assert.equal(index.document(spec), undefined);
  const found = hover(index, spec, text.indexOf('get:') + 1);
  assert.match(String(found?.markdown[0]), /\*\*GET\*\* `\/api\/v1\/teas\/\{teaId\}`/);
  assert.equal(definition(index, spec, text.indexOf('/api/v1/teas') + 3)?.targets.length, 2);
  assert.equal(hover(index, spec, text.indexOf('title: Orders')), undefined);
});
