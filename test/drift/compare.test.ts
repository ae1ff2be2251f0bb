/** Comparison against what shapes mean: no verdict is wrong, few are missing, and how a shape is written makes no difference. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Shape, ShapeId, Shapes } from '../../server/src/contract/shape.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { createCompare } from '../../server/src/drift/compare/compare.ts';
import type { CompareOptions } from '../../server/src/drift/compare/context.ts';
import { assembleSpec } from '../../server/src/specs/openapi/assemble.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { nodeShape, shapePair, tableId } from './support/arbitrary-shape.ts';
import { accepts, samples } from './support/values.ts';

const runs = Number(process.env['COMPARE_RUNS'] ?? 1_200);
const seed = 20_261_129;

function comparing(table: Shapes, options: Partial<CompareOptions> = {}): ReturnType<typeof createCompare> {
  return createCompare({ left: table, right: table, direction: 'request', trust: 'exact', ...options });
}

/** A value that the left side takes and the right one does not. */
function counterexample(left: Shape, right: Shape, table: Shapes): unknown {
  return samples([left, right], table).find(
    (value) => accepts(left, value, table, 'left') && !accepts(right, value, table, 'right'),
  );
}

test('no verdict is wrong, and nearly every pair has one', () => {
  const counts = { yes: 0, no: 0, unknown: 0 };
  fc.assert(
    fc.property(nodeShape, shapePair, (node, [left, right]) => {
      const table: Shapes = { [tableId]: node };
      const { holds } = comparing(table)(left, right);
      counts[holds] += 1;
      const found = counterexample(left, right, table);
      if (holds === 'yes') assert.equal(JSON.stringify(found), undefined);
      // A left side without values is within everything, whatever is wrong with its parts.
      if (holds === 'no' && samples([left], table).some((value) => accepts(left, value, table, 'left')))
        assert.notEqual(found, undefined);
    }),
    { numRuns: runs, seed },
  );
  const decided = (counts.yes + counts.no) / (counts.yes + counts.no + counts.unknown);
  assert.ok(decided >= 0.95, `${JSON.stringify(counts)}: ${decided}`);
  assert.ok(counts.yes > runs / 10 && counts.no > runs / 10, JSON.stringify(counts));
});

test('how a shape is written makes no difference', () => {
  fc.assert(
    fc.property(nodeShape, shapePair, (node, [left, right]) => {
      const table: Shapes = { [tableId]: node };
      const verdict = comparing(table)(left, right).holds;
      const named: Shapes = { ...table, [leftId]: left, [rightId]: right };
      const byName = comparing(named)({ kind: 'ref', id: leftId }, { kind: 'ref', id: rightId });
      assert.equal(byName.holds, verdict, 'named');
      assert.equal(
        comparing(table)(turned(left), turned(right)).holds,
        verdict,
        'alternatives in another order',
      );
      const wrapped = (shape: Shape): Shape => ({
        kind: 'intersection',
        of: [{ kind: 'union', of: [shape] }],
      });
      assert.equal(comparing(table)(wrapped(left), wrapped(right)).holds, verdict, 'wrapped');
    }),
    { numRuns: runs / 3, seed },
  );
});

const leftId = 'schema.yaml#/Left' as ShapeId;
const rightId = 'schema.yaml#/Right' as ShapeId;

/** Alternatives and fields in reverse order. */
function turned(shape: Shape): Shape {
  switch (shape.kind) {
    case 'union':
      return { kind: 'union', of: shape.of.map(turned).reverse() };
    case 'array':
      return { ...shape, items: turned(shape.items) };
    case 'object':
      return {
        ...shape,
        fields: Object.fromEntries(
          Object.entries(shape.fields)
            .reverse()
            .map(([name, field]) => [name, { ...field, shape: turned(field.shape) }]),
        ),
        ...(shape.rest && { rest: turned(shape.rest) }),
      };
    default:
      return shape;
  }
}

test('every shape is within itself', () => {
  fc.assert(
    fc.property(nodeShape, shapePair, (node, [shape]) => {
      const table: Shapes = { [tableId]: node };
      // Another table, so that the two are not one and the same.
      const result = createCompare({
        left: table,
        right: { ...table },
        direction: 'request',
        trust: 'exact',
      })(shape, structuredClone(shape));
      assert.notEqual(result.holds, 'no');
    }),
    { numRuns: runs / 3, seed },
  );
});

test('whoever knows less claims less', () => {
  fc.assert(
    fc.property(nodeShape, shapePair, (node, [left, right]) => {
      const table: Shapes = { [tableId]: node };
      if (comparing(table)(left, right).holds === 'no') return;
      assert.notEqual(comparing(table, { trust: 'types' })(left, right).holds, 'no');
    }),
    { numRuns: runs / 3, seed },
  );
});

test('null is null in every notation of OpenAPI', () => {
  const spec = (version: string, schema: object): Shape => {
    const document = {
      openapi: version,
      info: { title: 'Flights', version: '1' },
      paths: {
        '/flights': { post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} } },
      },
      components: { schemas: { Gate: { type: 'object', properties: { code: { type: 'string' } } } } },
    };
    const [one] = bodiesOf(JSON.stringify(document));
    return one ?? assert.fail();
  };
  const gate = { $ref: '#/components/schemas/Gate' };
  const notations = [
    [
      spec('3.0.3', { type: 'object', properties: { gate: { type: 'string', nullable: true } } }),
      spec('3.1.0', { type: 'object', properties: { gate: { type: ['string', 'null'] } } }),
      spec('3.1.0', {
        type: 'object',
        properties: { gate: { oneOf: [{ type: 'string' }, { type: 'null' }] } },
      }),
    ],
    [
      spec('3.0.3', { type: 'object', properties: { gate: { nullable: true, allOf: [gate] } } }),
      spec('3.1.0', { type: 'object', properties: { gate: { anyOf: [gate, { type: 'null' }] } } }),
    ],
  ];
  for (const same of notations)
    for (const left of same)
      for (const right of same)
        assert.equal(comparing({})(left, right).holds, 'yes', JSON.stringify([left, right]));
});

test('a format that is only a note contradicts another one, and refuses no text without', () => {
  const taken: Shape = { kind: 'string', format: 'email', noted: true };
  const verdict = (left: Shape): string =>
    createCompare({ left: {}, right: {}, direction: 'request', trust: 'exact' })(left, taken).holds;
  assert.equal(verdict({ kind: 'string' }), 'yes');
  assert.equal(verdict({ kind: 'string', format: 'email' }), 'yes');
  assert.equal(verdict({ kind: 'string', format: 'date' }), 'no');
});

test('of several types that one side takes, a difference tells the one that it is about', () => {
  const digits: Shape = { kind: 'string', pattern: '^[0-9]+$' };
  const small: Shape = { kind: 'number', integer: false, maximum: 6 };
  const right: Shape = { kind: 'union', of: [small, digits, { kind: 'array', items: small }] };
  const lefts: readonly Shape[] = [{ kind: 'number', integer: false }, { kind: 'string' }];
  const texts = lefts.map((left) => comparing({})(left, right).differences.map((one) => one.right.text));
  assert.deepEqual(texts, [['number (at most 6)'], ['string (/^[0-9]+$/)']]);
});

/** The request bodies of a document. */
function bodiesOf(text: string): readonly Shape[] {
  const file = fileId('openapi.json');
  const facts = readDocument(file, text);
  const { contract } = assembleSpec(file, { has: (name) => name === file, get: () => facts });
  return contract.operations.items.flatMap(({ bodies }) => bodies.items.map(({ shape }) => shape));
}
