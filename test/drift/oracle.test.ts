/**
 * Comparison against another implementation of JSON Schema: schemas are read as those of a contract and compared, and
 * Ajv says of samples which of the two takes them. `yes` is wrong where a sample is taken by the left side alone, `no`
 * where none is. `ORACLE_PAIRS=100000` makes a soak of it.
 */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Shape } from '../../server/src/contract/shape.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { createCompare } from '../../server/src/drift/compare/compare.ts';
import { assembleSpec } from '../../server/src/specs/openapi/assemble.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { type Schema, schemaPair } from './support/arbitrary-schema.ts';
import { samples } from './support/values.ts';

const pairs = Number(process.env['ORACLE_PAIRS'] ?? 200);
const seed = 20_261_130;

type Validate = (value: unknown) => boolean;

/** The part of Ajv that is used here; it is the one that Spectral brings along. */
interface Validator {
  compile(schema: Schema): Validate;
  removeSchema(schema: Schema): void;
}

const beside = createRequire(createRequire(import.meta.url).resolve('@stoplight/spectral-functions'));
const { Ajv2020 } = beside('ajv/dist/2020.js') as { readonly Ajv2020: new (options: object) => Validator };
const ajv = new Ajv2020({ strict: false, logger: false });
const file = fileId('openapi.json');
const compare = createCompare({ left: {}, right: {}, direction: 'request', trust: 'exact' });

/** Both schemas as the bodies of two operations of one contract. */
function read(left: Schema, right: Schema): readonly Shape[] {
  const paths = Object.fromEntries(
    [left, right].map((schema, index) => [
      `/${index}`,
      { post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} } },
    ]),
  );
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'Flights', version: '1' }, paths });
  const facts = readDocument(file, text);
  const { contract } = assembleSpec(file, { has: (name) => name === file, get: () => facts });
  return contract.operations.items.flatMap(({ bodies }) => bodies.items.map(({ shape }) => shape));
}

/** Who lists the properties of an object sends no others, whether or not the schema says so. */
function asSent(schema: Schema): Schema {
  const isObject = 'allOf' in schema || schema['type'] === 'object';
  return { ...within(schema), ...(isObject && { unevaluatedProperties: false }) };
}

/** The same for all that is inside; only the whole of a composition says what is sent. */
function within(schema: Schema): Schema {
  const changes: readonly (readonly [keyword: string, change: (one: Schema) => Schema])[] = [
    ['anyOf', asSent],
    ['allOf', within],
    ['items', asSent],
    ['additionalProperties', asSent],
  ];
  const result: Record<string, unknown> = { ...schema };
  for (const [keyword, change] of changes) {
    const value = schema[keyword];
    if (Array.isArray(value)) result[keyword] = (value as readonly Schema[]).map(change);
    else if (isSchema(value)) result[keyword] = change(value);
  }
  if (isSchema(schema['properties']))
    result['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, one]) => [name, asSent(one as Schema)]),
    );
  return result;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validator(schema: Schema): Validate {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
}

test('no verdict is wrong by another implementation', () => {
  const counts = { yes: 0, no: 0, unknown: 0 };
  fc.assert(
    fc.property(schemaPair, ([first, second]) => {
      const [left, right] = read(first, second);
      assert.ok(left && right);
      const { holds } = compare(left, right);
      counts[holds] += 1;
      if (holds === 'unknown') return;
      const [sends, takes] = [validator(asSent(first)), validator(second)];
      const sent = samples([left, right], {}).filter((value) => sends(value));
      const witness = sent.find((value) => !takes(value));
      if (holds === 'yes') assert.equal(JSON.stringify(witness), undefined);
      // A left side without values is within everything.
      else if (sent.length > 0) assert.notEqual(witness, undefined);
    }),
    { numRuns: pairs, seed, endOnFailure: pairs > 1_000 },
  );
  const decided = (counts.yes + counts.no) / pairs;
  assert.ok(decided >= 0.9, `${JSON.stringify(counts)}: ${decided}`);
});
