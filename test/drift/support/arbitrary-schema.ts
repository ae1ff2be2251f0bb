/** Random JSON Schemas (2020-12) in the notations that OpenAPI 3.1 documents use, and pairs of them that differ in a little. */

import fc from 'fast-check';

export type Schema = { readonly [keyword: string]: unknown };

const size = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
const limit = fc.option(fc.integer({ min: -2, max: 5 }), { nil: undefined });

function without(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  fc
    .tuple(size, size)
    .filter(([least, most]) => (least ?? 0) <= (most ?? 9))
    .map(([minLength, maxLength]) => without({ type: 'string', minLength, maxLength })),
  fc.subarray(['red', 'green', 'blue'], { minLength: 1 }).map((values) => ({ type: 'string', enum: values })),
  fc.constantFrom<Schema>({ const: 'red' }, { enum: ['red', null] }, { enum: [1, 'red'] }, { const: 2 }),
  fc
    .tuple(fc.constantFrom('integer', 'number'), limit, limit, fc.constantFrom(undefined, 2))
    .filter(([, least, most]) => (least ?? -9) < (most ?? 9))
    .map(([type, minimum, maximum, multipleOf]) => without({ type, minimum, maximum, multipleOf })),
  fc.constantFrom<Schema>(
    { type: 'boolean' },
    { type: 'null' },
    { type: ['string', 'null'] },
    { type: ['integer', 'string'] },
    { type: ['boolean', 'null'] },
  ),
);

const names = ['a', 'b', 'kind'];

function part(among: readonly string[], any: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...among), any, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      fc.subarray([...among]),
    )
    .map(([properties, wanted]) => {
      const required = wanted.filter((name) => name in properties);
      return { type: 'object', properties, ...(required.length > 0 && { required }) };
    });
}

/** Every schema says something of the type: one that says nothing is not known to the comparison, by design. */
export const schema: fc.Arbitrary<Schema> = fc.letrec<{
  any: Schema;
  object: Schema;
  part: Schema;
  other: Schema;
}>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    { weight: 4, arbitrary: scalar },
    { weight: 3, arbitrary: tie('object') },
    fc
      .tuple(tie('any'), size, size)
      .filter(([, least, most]) => (least ?? 0) <= (most ?? 9))
      .map(([items, minItems, maxItems]) => without({ type: 'array', items, minItems, maxItems })),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.tuple(tie('part'), tie('other')).map((allOf) => ({ allOf })),
  ),
  object: fc
    .tuple(tie('part'), fc.constantFrom('plain', 'strict', 'map'), tie('any'))
    .map(([part, how, rest]) =>
      how === 'plain' ? part : { ...part, additionalProperties: how === 'strict' ? false : rest },
    ),
  part: part(names, tie('any')),
  // Parts that contradict each other have no value, and a comparison takes every type to have one.
  other: part(['c', 'd'], tie('any')),
})).any;

/**
 * The schema with one thing somewhere in it made another.
 *
 * @param inside Is it a part of a composition? Those that refuse each other's fields are read as their author means them.
 */
function changed(one: Schema, inside = false): fc.Arbitrary<Schema> {
  const { properties, required, items, anyOf, allOf } = one as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
  };
  const others: fc.Arbitrary<Schema>[] = inside ? [fc.constant(one)] : [schema];
  const each = (list: readonly Schema[], key: string): void =>
    list.forEach((part, index) =>
      others.push(
        changed(part, key === 'allOf').map((next) => ({
          ...one,
          [key]: list.map((each, at) => (at === index ? next : each)),
        })),
      ),
    );
  if (properties) {
    for (const [name, inner] of Object.entries(properties)) {
      others.push(changed(inner).map((next) => ({ ...one, properties: { ...properties, [name]: next } })));
      if (!required?.includes(name))
        others.push(fc.constant({ ...one, required: [...(required ?? []), name] }));
    }
    if (required) others.push(fc.constant(without({ ...one, required: undefined })));
    if (!inside) others.push(fc.constant({ ...one, additionalProperties: false }));
  }
  if (items) others.push(changed(items).map((next) => ({ ...one, items: next })));
  if (anyOf) each(anyOf, 'anyOf');
  if (allOf) each(allOf, 'allOf');
  return fc.oneof(...others);
}

export const schemaPair: fc.Arbitrary<readonly [Schema, Schema]> = fc.oneof(
  { weight: 4, arbitrary: schema.chain((one) => changed(one).map((other) => [one, other] as const)) },
  { weight: 1, arbitrary: fc.tuple(schema, schema) },
);
