/** What is kept from one analysis to the next. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../../server/src/contract/span.ts';
import { createIndex } from '../../../server/src/lsp/features/feature-index.ts';
import { flattenDocument, openDocument } from '../../../server/src/text/flat-document.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { definition } from '../../../server/src/lsp/features/definition.ts';
import { hover } from '../../../server/src/lsp/features/hover.ts';
import { referencesIn } from '../../../server/src/lsp/features/spec-references.ts';
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

test('references that are kept from an earlier text are those that a fresh look finds', () => {
  const texts = [
    ...new Set([
      refs(
        'one: { $ref: "#/a" } # $ref: "#/no"',
        'two:',
        '  $ref: other.yaml#/b',
        '',
        "three: { $ref: '#/c' }",
      ),
      refs('zero: 0', 'one: { $ref: "#/a" }', 'two:', '  $ref: other.yaml#/b', "three: { $ref: '#/c' }"),
      refs('zero: 0', 'two:', '  $ref: other.yaml#/bb', "three: { $ref: '#/c' }"),
      refs('zero: 0', '# two:', '#  $ref: other.yaml#/bb', "three: { $ref: '#/c' } # 𝄞"),
      refs("{ three: { $ref: '#/c' },", "'#': 0, one: { $ref: '#/a' } }"),
      refs("{ three: { $ref: '#/c' }, '#': 0, one: { $ref: '#/a' } }"),
      refs(''),
      refs("\n$ref: '#/d'"),
    ]),
  ];
  for (const from of texts) {
    for (const to of texts) {
      const earlier = referencesIn(spec, from);
      assert.deepEqual(referencesIn(spec, to, earlier), referencesIn(spec, to), `${from}\n→\n${to}`);
      for (const { at, text } of referencesIn(spec, to, earlier).all)
        assert.equal(to.slice(at.start, at.end), text);
    }
  }

  function refs(...lines: readonly string[]): string {
    return lines.join('\n');
  }
});

test('entries of a long mapping are found like those of a short one, also where a merge key brings them', () => {
  const many = Array.from({ length: 30 }, (_, number) => `    S${number}: { type: string }`);
  const text = [
    "openapi: 3.1.0\ninfo: { title: t, version: '1' }\nx-base: &base",
    ...many.map((line) => line.replace('S', 'B')),
    'paths:\n  /a: { get: { responses: { 200: { description: d } } } }\ncomponents:\n  schemas:',
    '    <<: *base',
    ...many,
    "    Last: { properties: { s: { $ref: '#/components/schemas/S17' }, b: { $ref: '#/components/schemas/B3' } } }",
  ].join('\n');
  const index = indexOf(new Map([[spec, text]]));
  const targets = ["S17' }", "B3' }"].map((end) => definition(index, spec, text.indexOf(end) + 1)?.targets);
  assert.deepEqual(
    targets.map((found) => found?.map(({ at }) => text.slice(at.start, at.end))),
    [['S17'], ['B3']],
  );
  const keys = many.map((_, number) => text.lastIndexOf(`S${number}:`));
  assert.deepEqual(
    keys.map((offset) => hover(index, spec, offset)?.at.start),
    keys,
  );
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
