/** Forms to try operations, and the requests that come of them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestOf, tryForm, type TryForm } from '../../../server/src/lsp/features/try-operation.ts';
import { scene } from './support/scene.ts';

function formOf(source: string, method: string, path: string): TryForm {
  const { index } = scene(`\n//- openapi.yaml\n${source}`);
  const entry = index.entries.find((one) => one.method === method && one.path.endsWith(path));
  const form = entry && tryForm(index, entry.id);
  assert.ok(form, index.entries.map((one) => `${one.method} ${one.path}`).join(', '));
  return form;
}

const teas = `openapi: 3.1.0
info: { title: Teas, version: '1' }
servers:
  - url: https://{region}.teas.example/v1/
    variables: { region: { default: eu } }
  - url: /v2
security: [{ token: [], key: [] }]
paths:
  /teas/{teaId}:
    parameters:
      - { name: teaId, in: path, required: true, schema: { type: string }, example: green/leaf }
    put:
      parameters:
        - { name: dry run, in: query, schema: { type: boolean } }
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: flavour, in: cookie, schema: { type: string } }
      requestBody:
        content:
          application/json: { schema: { type: object, properties: { name: { type: string } } }, example: { name: Sencha } }
          text/plain: {}
      responses: { '204': { description: done } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: query, name: api_key }
`;

const form = formOf(teas, 'PUT', '/teas/{teaId}');

test('a form has servers, parameters with examples, bodies and ways to authenticate', () => {
  assert.deepEqual(form.servers, [
    { url: 'https://{region}.teas.example/v1', variables: [{ name: 'region', value: 'eu' }] },
    { url: 'http://localhost:3000/v2', variables: [] },
  ]);
  assert.deepEqual(
    form.parameters.map((each) => [each.in, each.key, each.required, each.value]),
    [
      ['query', 'dry run', false, ''],
      ['header', 'X-Trace', false, ''],
      ['cookie', 'flavour', false, ''],
      ['path', 'teaId', true, 'green/leaf'],
    ],
  );
  assert.deepEqual(
    form.bodies.map(({ mediaType, example }) => [mediaType, example.replaceAll(/\s/g, '')]),
    [
      ['application/json', '{"name":"Sencha"}'],
      ['text/plain', ''],
    ],
  );
  assert.deepEqual(form.credentials, [
    { scheme: 'token', kind: 'bearer' },
    { scheme: 'key', kind: 'key', in: 'query', name: 'api_key' },
  ]);
});

const server = 'https://eu.teas.example/v1';

test('a request has what was filled in, each where it belongs, and no secret', () => {
  const values = {
    'path teaId': 'a/b c',
    'query dry run': 'a&b=c',
    'header X-Trace': '7',
    'cookie flavour': 'x;y',
  };
  assert.deepEqual(requestOf(form, { server, values, mediaType: 'application/json', body: '{}' }), {
    method: 'PUT',
    url: 'https://eu.teas.example/v1/teas/a%2Fb%20c?dry%20run=a%26b%3Dc',
    headers: { 'X-Trace': '7', Cookie: 'flavour=x%3By', 'Content-Type': 'application/json' },
    body: '{}',
    credentials: form.credentials,
  });
});

test('what is missing or wrong is said, and nothing comes of it', () => {
  const refused = (filled: Parameters<typeof requestOf>[1]): string => {
    const made = requestOf(form, filled);
    return 'refused' in made ? made.refused : '';
  };
  assert.match(refused({ server, values: {} }), /teaId is required/);
  for (const bad of ['file:///etc/passwd', 'localhost', 'javascript:alert(1)', ''])
    assert.match(refused({ server: bad, values: { 'path teaId': '1' } }), /http:/);
  assert.match(refused({ server: 'https://a:b@x.example', values: { 'path teaId': '1' } }), /password/);
  assert.match(refused({ server, values: { 'path teaId': '1', 'header X-Trace': 'a\nb: c' } }), /character/);
});

test('a document of OpenAPI 2.0 has its host, and a document without servers the machine itself', () => {
  const swagger = `swagger: '2.0'
info: { title: T, version: '1' }
host: teas.example
basePath: /v1
schemes: [http]
securityDefinitions: { basic: { type: basic } }
security: [{ basic: [] }]
paths:
  /teas:
    get:
      parameters: [{ name: page, in: query, type: integer }]
      responses: { '200': { description: ok } }
`;
  const old = formOf(swagger, 'GET', '/teas');
  assert.deepEqual(old.servers, [{ url: 'http://teas.example/v1', variables: [] }]);
  assert.deepEqual(old.credentials, [{ scheme: 'basic', kind: 'basic' }]);
  assert.deepEqual(requestOf(old, { server: 'http://teas.example/v1', values: { 'query page': '2' } }), {
    method: 'GET',
    url: 'http://teas.example/v1/teas?page=2',
    headers: {},
    credentials: old.credentials,
  });
  assert.deepEqual(
    formOf(teas.replace(/servers:[^]*?security/, 'security'), 'PUT', '/teas/{teaId}').servers,
    [{ url: 'http://localhost:3000', variables: [] }],
  );
});

test('variables of an address are filled in, and one that nobody knows is refused', () => {
  const values = { 'path teaId': 'sencha' };
  const url = (variables?: Readonly<Record<string, string>>): unknown => {
    const made = requestOf(form, {
      server: form.servers[0]?.url ?? '',
      values,
      ...(variables && { variables }),
    });
    return 'refused' in made ? made.refused : made.url;
  };
  assert.equal(url({ region: 'us' }), 'https://us.teas.example/v1/teas/sencha');
  assert.equal(url({ region: '{region}' }), 'Nothing says what {region} of the server is.');
  assert.equal(url(), 'Nothing says what {region} of the server is.');
});

test('an address may be a variable altogether, with values to choose from', () => {
  const { servers } = formOf(
    teas.replace(
      '  - url: /v2',
      "  - url: '{base}/'\n    variables: { base: { default: 'http://a.example', enum: ['http://a.example', 'http://b.example'] } }",
    ),
    'PUT',
    '/teas/{teaId}',
  );
  const values = ['http://a.example', 'http://b.example'];
  assert.deepEqual(servers[1], {
    url: '{base}',
    variables: [{ name: 'base', value: 'http://a.example', values }],
  });
});

test('the path of a server stands in front of a path once', () => {
  const code = `
//- package.json
{ "dependencies": { "express": "4" } }
//- app.js
const app = require('express')();
app.put('/api/teas/:teaId', (req, res) => res.sendStatus(204));
app.listen(3000);
`;
  const based = formOf(
    teas.replace(/servers:[^]*?security/, 'servers: [{ url: https://teas.example/api }]\nsecurity') + code,
    'PUT',
    '/teas/{teaId}',
  );
  const made = requestOf(based, { server: based.servers[0]?.url ?? '', values: { 'path teaId': '1' } });
  assert.equal('url' in made && made.url, 'https://teas.example/api/teas/1');
});
