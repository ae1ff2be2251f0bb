/** What the schemas of OpenAPI find, as people read it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../server/src/contract/span.ts';
import { plainly } from '../../server/src/lint/plain-messages.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { lintText } from './support/lint-text.ts';

/** `line text: message` of what the schema of the version finds, and the number that Spectral has. */
async function told(version: string, body: string): Promise<readonly string[]> {
  const text = `openapi: ${version}\ninfo: { title: T, version: '1' }\n${body}`;
  const { findings } = await lintText('openapi.yaml', text);
  const facts = readDocument(fileId('openapi.yaml'), text);
  return plainly(findings, facts)
    .filter(({ rule }) => rule === 'oas3-schema')
    .map(({ at, message }) => `${text.slice(at.start, at.end).split('\n')[0] ?? ''}: ${message}`);
}

const operation = (inside: string): string =>
  `paths:\n  /a:\n    get:\n${inside.replace(/^(?=.)/gm, '      ')}\n`;
const answers = "responses: { '200': { description: x } }";

for (const version of ['3.0.3', '3.1.0']) {
  const short = version.slice(0, 3);

  test(`${version}: a parameter says where it is`, async () => {
    assert.deepEqual(await told(version, operation(`parameters:\n  - name: x\n    schema: {}\n${answers}`)), [
      'name: A parameter must have "in": query, path, header or cookie.',
    ]);
  });

  test(`${version}: a value that is none of those that are possible`, async () => {
    const [line = '', ...more] = await told(
      version,
      operation(`parameters:\n  - name: x\n    in: pth\n    schema: {}\n${answers}`),
    );
    assert.match(line, /^pth: "in" cannot be "pth": it is [\w, ]+ or [\w]+\. Did you mean "path"\?$/);
    assert.deepEqual(more, []);
  });

  test(`${version}: a key that does not belong there, once and at the key`, async () => {
    assert.deepEqual(await told(version, operation(`paramters: []\n${answers}`)), [
      `paramters: "paramters" is no key of an operation in OpenAPI ${short}. Did you mean "parameters"?`,
    ]);
  });

  test(`${version}: a response says what it means`, async () => {
    assert.deepEqual(await told(version, operation("responses: { '200': { content: {} } }")), [
      '\'200\': A response must have "description": What the answer means.',
    ]);
  });

  test(`${version}: no answers`, async () => {
    assert.deepEqual(await told(version, operation('responses: {}')), [
      'responses: "responses" is empty: an operation must have at least one answer.',
    ]);
  });

  test(`${version}: a fault inside is told once`, async () => {
    assert.deepEqual(
      await told(version, `paths: {}\ncomponents:\n  securitySchemes:\n    k: { type: apiKey, name: x }\n`),
      ['k: A security scheme must have "in": header, query or cookie.'],
    );
  });
}

test('a key of another version says so', async () => {
  assert.deepEqual(await told('3.0.3', 'paths: {}\nwebhooks: {}\n'), [
    'webhooks: "webhooks" is no key of a document in OpenAPI 3.0: 3.1, 3.2 have it.',
  ]);
});

test('a value of another type', async () => {
  assert.deepEqual(
    await told('3.0.3', 'paths: {}\ncomponents: { schemas: { A: { type: object, required: name } } }\n'),
    ['name: "required" must be a list: The names of properties that must be there.'],
  );
});

test('a key that is still being typed has one fault, that it is no key yet', async () => {
  const body = operation(`descr\nsummry: x\n${answers}`);
  assert.deepEqual(await told('3.0.3', body), [
    'summry: "summry" is no key of an operation in OpenAPI 3.0. Did you mean "summary"?',
  ]);
});
