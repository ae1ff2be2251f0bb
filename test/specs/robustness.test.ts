/** Mutations of the fixtures: whatever stands in a file, reading it neither throws nor hangs. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

import { type FileId, fileId } from '../../server/src/contract/span.ts';
import { detectSpec } from '../../server/src/specs/openapi/detect.ts';
import { loadSpec } from './support/load-spec.ts';

const fixtures = fileURLToPath(new URL('../fixtures/specs', import.meta.url));

const corpus = readdirSync(fixtures, { recursive: true })
  .map(String)
  .filter((name) => /\.(?:yaml|json)$/.test(name))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }));

const MAX_MS = 2_000;

const splice = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ':',
      ': ',
      '- ',
      '\n',
      '\t',
      '  ',
      '*a ',
      '&a ',
      '<<: ',
      '? ',
      '|',
      '#',
      ',',
      '\0',
      '\r',
      '$ref: "#"',
      '!!int ',
    ),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(...corpus.map(({ text }) => text.slice(100, 260))),
  ),
});

const mutated = fc
  .tuple(fc.constantFrom(...corpus), fc.array(splice, { minLength: 1, maxLength: 6 }))
  .map(([{ name, text }, splices]) => ({
    name,
    text: splices.reduce((result, { at, remove, insert }) => {
      const start = Math.floor(at * result.length);
      return result.slice(0, start) + insert + result.slice(start + remove);
    }, text),
  }));

test('mutated specs', () => {
  fc.assert(
    fc.property(mutated, ({ name, text }) => {
      const root = fileId(name.split(/[\\/]/).at(-1) ?? name);
      const files = { has: (file: FileId) => file === root, text: () => text };
      const started = performance.now();
      detectSpec(text);
      const { contract, problems, wants } = loadSpec(root, files);
      assert.ok(performance.now() - started < MAX_MS, 'in time');
      assert.deepEqual(wants, []);
      assert.deepEqual(JSON.parse(JSON.stringify(contract)), contract);
      for (const { at } of problems)
        assert.ok(at.start >= 0 && at.start <= at.end && at.end <= text.length, JSON.stringify(at));
      for (const { at, origin } of contract.operations.items) {
        assert.ok(at.end <= text.length && at.start <= at.end && origin.pointer.startsWith('/'));
      }
      for (const { complete, gaps } of [
        contract.operations,
        ...contract.operations.items.map(({ inputs }) => inputs),
      ]) {
        assert.equal(complete, gaps.length === 0);
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 500) },
  );
});

test('what is wrong at the very end of a text has a place in it', () => {
  const text = "/rooms:\n  $ref: './rooms.yaml'|";
  const root = fileId('index.yaml');
  const { problems } = loadSpec(root, { has: (file) => file === root, text: () => text });
  assert.deepEqual(
    problems.filter(({ at }) => at.end > text.length),
    [],
  );
});

test('any text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a.yaml', 'a.json'),
      fc.string({ unit: 'binary', maxLength: 200 }),
      (name, text) => {
        loadSpec(fileId(name), { has: () => true, text: () => text });
      },
    ),
    { numRuns: 300 },
  );
});
