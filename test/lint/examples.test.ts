/**
 * The rules about examples, remembered and looked at quickly, find what Spectral's own find: on random schemas with
 * examples that are mostly almost right, and on the specifications among the fixtures. SEED and RUNS to soak.
 */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spectralCore, {
  type IRuleResult,
  type Ruleset,
  type RulesetDefinition,
} from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { fileId } from '../../server/src/contract/span.ts';
import { rememberExamples, isExampleCheck } from '../../server/src/lint/examples/remember.ts';
import { dataOf } from '../../server/src/lint/document-data.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { createRandom } from '../support/random.ts';

const seed = Number(process.env['SEED'] ?? 20_261_124);
const runs = Number(process.env['RUNS'] ?? 3);

for (let run = 0; run < runs; run += 1) {
  for (const [version, named] of [
    ['3.0.3', 0],
    ['3.1.0', 0],
    ['3.0.3', 0.02],
    ['3.1.0', 0.02],
  ] as const) {
    test(`random examples of OpenAPI ${version}, named ${named}, seed ${seed + run}`, async () => {
      const document = randomDocument(version, named, seed + run);
      const stock = await results(rulesetOf(false), document);
      const quick = await results(rulesetOf(true), document);
      assert.deepEqual(
        {
          missing: stock.filter((one) => !quick.includes(one)),
          extra: quick.filter((one) => !stock.includes(one)),
        },
        { missing: [], extra: [] },
      );
      assert.equal(quick.length, stock.length);
      assert.ok(stock.length > 10, 'some examples are wrong');
    });
  }
}

const specs = fileURLToPath(new URL('../fixtures/specs/', import.meta.url));
for (const name of readdirSync(specs)) {
  const path = `${specs}${name}/openapi.yaml`;
  if (!existsSync(path)) continue;
  test(`examples of ${name}`, async () => {
    const { root } = readDocument(fileId('openapi.yaml'), readFileSync(path, 'utf8'));
    const document = root && dataOf(root);
    if (typeof document !== 'object' || document === null) return;
    assert.deepEqual(await results(rulesetOf(true), document), await results(rulesetOf(false), document));
  });
}

function rulesetOf(remembered: boolean): Ruleset {
  const names = ['oas2-valid-schema-example', 'oas2-valid-media-example'];
  names.push('oas3-valid-schema-example', 'oas3-valid-media-example');
  const ruleset = new spectralCore.Ruleset({
    extends: [[rulesets.oas as RulesetDefinition, 'off']],
    rules: Object.fromEntries(names.map((name) => [name, 'error'])),
  });
  for (const name of remembered ? names : []) {
    const rule = ruleset.rules[name];
    assert.ok(rule && rule.then.every((then) => isExampleCheck(then.function)));
    rule.then = rule.then.map((then) => ({ ...then, function: rememberExamples(then.function) }));
  }
  return ruleset;
}

async function results(ruleset: Ruleset, document: object): Promise<readonly string[]> {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset(ruleset);
  const found: readonly IRuleResult[] = await spectral.run(
    structuredClone(document) as Record<string, unknown>,
  );
  return found.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`).sort();
}

function randomDocument(version: string, named: number, from: number): object {
  const random = createRandom(from);
  const names = Array.from({ length: 60 }, (_, index) => `Book${index}`);
  const schemas = Object.fromEntries(
    names.map((name, index) => {
      const schema = randomSchema(random, 2, { version, named }, index < 40 ? names.slice(40) : []);
      return [name, { type: 'object', ...schema, example: randomValue(random, 3) }];
    }),
  );
  const media = (): object => {
    const schema = { $ref: `#/components/schemas/${random.pick(names)}` };
    return random.chance(0.5)
      ? { schema, example: randomValue(random, 3) }
      : { schema, examples: { novel: { value: randomValue(random, 3) }, linked: { externalValue: 'a' } } };
  };
  const paths = Object.fromEntries(
    names.map((name) => [
      `/${name}`,
      {
        post: {
          requestBody: { content: { 'application/json': media() } },
          responses: { 200: { description: 'OK', content: { 'application/json': media() } } },
        },
      },
    ]),
  );
  return { openapi: version, info: { title: 'Library', version: '1' }, paths, components: { schemas } };
}

interface Kind {
  readonly version: string;
  /** How likely a schema names itself: validators then behave differently from one to the next. */
  readonly named: number;
}
type Random = ReturnType<typeof createRandom>;
const properties = ['title', 'id', 'pages', 'constructor', 'tags', 'author', 'example'] as const;

function randomSchema(random: Random, depth: number, kind: Kind, names: readonly string[]): object {
  const maybe = (chance: number, part: () => object): object => (random.chance(chance) ? part() : {});
  const sub = (): object =>
    names.length > 0 && random.chance(0.15)
      ? { $ref: `#/components/schemas/${random.pick(names)}` }
      : randomSchema(random, depth - 1, kind, names);
  const type = random.pick(['string', 'integer', 'number', 'boolean', 'array', 'object', 'object', 'null']);
  const { version, named } = kind;
  const newer = version.startsWith('3.1');
  return {
    ...maybe(0.85, () => ({ type: newer && random.chance(0.2) ? [type, 'null'] : type })),
    ...maybe(0.1, () => ({ nullable: random.chance(0.8) })),
    ...maybe(0.1, () => ({ enum: [1, 'novel', random.chance(0.5) ? 'poem' : null] })),
    ...maybe(0.1, () => ({
      format: random.pick(['date', 'date-time', 'uuid', 'email', 'uri', 'int32', 'isbn']),
    })),
    ...maybe(0.1, () => ({ pattern: random.pick(['^n', '\\d+', '(']) })),
    ...maybe(0.1, () => ({ minLength: random.pick([0, 3, -1]), maxLength: 6 })),
    ...maybe(0.1, () => ({ minimum: 1, maximum: random.pick([3, 300]) })),
    ...maybe(0.05, () => ({ exclusiveMinimum: newer ? 2 : true, minimum: 2 })),
    ...maybe(0.05, () => ({ uniqueItems: true, minItems: 1 })),
    ...maybe(0.05, () => ({ readOnly: true })),
    ...maybe(0.05, () => ({ writeOnly: true })),
    ...maybe(named, () => ({ $id: 'book' })),
    ...maybe(named, () => ({ id: 'book' })),
    ...maybe(0.02, () => ({ examples: ['novel'] })),
    ...(depth > 0 && {
      ...maybe(0.5, () => ({
        properties: Object.fromEntries(
          properties.filter(() => random.chance(0.3)).map((name) => [name, sub()]),
        ),
        ...maybe(0.4, () => ({ required: [random.pick(properties)] })),
        ...maybe(0.2, () => ({ additionalProperties: random.chance(0.5) ? false : sub() })),
      })),
      ...maybe(0.4, () => ({ items: sub() })),
      ...maybe(0.1, () => ({ allOf: [sub(), sub()] })),
      ...maybe(0.1, () => ({ anyOf: [sub(), sub()] })),
      ...maybe(0.1, () => ({ oneOf: [sub(), sub()] })),
      ...maybe(0.05, () => ({ not: sub() })),
    }),
    ...maybe(0.2, () => ({ default: randomValue(random, 1) })),
  };
}

function randomValue(random: Random, depth: number): unknown {
  if (depth > 0 && random.chance(0.5))
    return Object.fromEntries(
      properties.filter(() => random.chance(0.4)).map((name) => [name, randomValue(random, depth - 1)]),
    );
  if (depth > 0 && random.chance(0.2))
    return [randomValue(random, depth - 1), randomValue(random, depth - 1)];
  return random.pick([
    ...[null, true, 0, 2, 2.5, 3_000_000_000, 'novel', 'n', 'poetry', '2024-02-28', '2024-02-30'],
    ...['2024-01-31T10:00:00Z', '9b2f4c1e-5d3a-4c7b-8f21-0a1b2c3d4e5f', 'a@b.org', 'https://b.org/a', ''],
  ]);
}
