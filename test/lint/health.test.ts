/** Rules of contract health: every example, and what each rule owes to whoever meets it. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileId } from '../../server/src/contract/span.ts';
import { healthRules } from '../../server/src/lint/health/registry.ts';
import { checkHealth } from '../../server/src/lint/health/run.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { compare } from '../support/check.ts';
import { parseFixture } from '../support/fixture.ts';

const folder = fileURLToPath(new URL('../../server/src/lint/health/rules/', import.meta.url));

/** Checks the first document of a fixture against its markers. */
function check(source: string): void {
  const fixture = parseFixture(source);
  const facts = (path: string) => {
    const text = fixture.files.get(path.slice(1));
    return text === undefined ? undefined : { text, facts: readDocument(fileId(path.slice(1)), text) };
  };
  const [main = ''] = fixture.files.keys();
  const input = {
    path: `/${main}`,
    facts: readDocument(fileId(main), fixture.files.get(main) ?? ''),
    read: facts,
  };
  compare(fixture, checkHealth(input));
}

/** What the other rules would say of every small document. */
function alone(id: string, source: string): void {
  const rules = healthRules.filter((rule) => rule.id === id);
  const fixture = parseFixture(source);
  const [main = ''] = fixture.files.keys();
  const facts = readDocument(fileId(main), fixture.files.get(main) ?? '');
  compare(fixture, checkHealth({ path: `/${main}`, facts, read: () => undefined }, rules));
}

for (const { id, valid, invalid } of healthRules) {
  for (const { name, files } of valid) test(`${id} is silent: ${name}`, () => alone(id, files));
  for (const { name, files } of invalid) test(`${id} speaks: ${name}`, () => alone(id, files));
}

test('every rule is well declared, and its id is its file', () => {
  const faults = healthRules.flatMap(({ id, title, docs, valid, invalid }) => [
    ...(/^health\/[a-z]+(?:-[a-z]+)*$/.test(id) ? [] : [`${id}: id`]),
    ...(title.length < 20 || title.endsWith('.') ? [`${id}: title`] : []),
    ...(docs.length < 150 ? [`${id}: docs`] : []),
    ...(valid.length < 2 || invalid.length < 2 ? [`${id}: examples`] : []),
    ...(invalid.every(({ files }) => files.includes(` ${id}\n`)) ? [] : [`${id}: expects nothing`]),
    ...(valid.some(({ files }) => files.includes(` ${id}\n`)) ? [`${id}: expects itself`] : []),
  ]);
  assert.deepEqual(faults, []);
  const files = readdirSync(folder).map((name) => `health/${name.replace(/\.ts$/, '')}`);
  assert.deepEqual(files.sort(), healthRules.map(({ id }) => id).sort());
  for (const { id } of healthRules)
    assert.ok(readFileSync(`${folder}${id.slice('health/'.length)}.ts`, 'utf8').includes(`id: '${id}'`));
});

test('a good document gives nothing to say', () => {
  check(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: 1.2.0, description: At most 100 requests per minute. }
servers: [{ url: 'https://tea.example/v1' }]
security: [{ session: [] }]
paths:
  /teas: { $ref: paths/teas.yaml }
components:
  securitySchemes: { session: { type: apiKey, in: cookie, name: sid } }
//- paths/teas.yaml
get:
  parameters: [{ name: limit, in: query, schema: { type: integer } }, { name: cursor, in: query, schema: { type: string } }]
  responses:
    '200':
      description: some teas
      content: { application/json: { schema: { $ref: ../schemas.yaml#/Teas } } }
    default:
      description: what went wrong
      content: { application/problem+json: { schema: { $ref: ../schemas.yaml#/Problem } } }
//- schemas.yaml
Teas:
  required: [items]
  properties: { items: { type: array, items: { $ref: '#/Tea' } }, next: { type: string } }
Tea: { required: [name], properties: { name: { type: string } } }
Problem: { properties: { title: { type: string }, detail: { type: string } } }
`);
});

test('faults stand in the file that has them, and circles end', () => {
  check(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: 1.2.0, description: No rate limit. }
servers: [{ url: 'https://tea.example/v1' }]
paths:
  /teas: { $ref: paths/teas.yaml }
  /loop: { $ref: '#/paths/~1loop' }
//- paths/teas.yaml
get:
#^^ health/undocumented-errors
  parameters: [{ name: limit, in: query, schema: { type: integer } }]
  responses:
    '200':
      description: some teas
      content: { application/json: { schema: { $ref: ../schemas.yaml#/Tea } } }
//- schemas.yaml
Tea:
  properties:
 #^^^^^^^^^^ health/optional-fields
    { a: { $ref: '#/Tea' }, b: { items: { $ref: '#/Tea' } }, c: {}, d: {}, e: {}, f: {}, g: {}, h: { $ref: '#/Gone' }, i: {} }
`);
});

test('half-typed documents are no fault of a rule', () => {
  const whole = healthRules.flatMap(({ invalid }) => invalid.map(({ files }) => parseFixture(files)));
  for (const { files } of whole)
    for (const [name, text] of files)
      for (let end = 0; end < text.length; end += 7) {
        const facts = readDocument(fileId(name), text.slice(0, end));
        checkHealth({ path: `/${name}`, facts, read: () => undefined });
      }
});
