/** Contracts from requests: collections of Postman, recordings of browsers. Nothing that a request carried is in them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  draftRequests,
  readRequests,
  type RequestsDraft,
} from '../../server/src/draft/requests/from-requests.ts';
import { addressOf, templateOf } from '../../server/src/draft/requests/addresses.ts';
import { writeDocument } from '../../server/src/text/write-document.ts';
import { same } from '../lsp/features/support/scene.ts';

function drafted(document: object): RequestsDraft {
  const read = readRequests(JSON.stringify(document));
  assert.ok('exchanges' in read, JSON.stringify(read));
  return draftRequests(read, '3.1');
}

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.dBjftJeZ4CVPmB92K27uhbUJU1p1r';

const collection = {
  info: { name: 'Tea House', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: [{ key: 'baseUrl', value: 'https://tea.example/v1' }],
  auth: { type: 'bearer', bearer: [{ key: 'token', value: token }] },
  item: [
    {
      name: 'Teas',
      item: [
        {
          name: 'List teas',
          request: {
            method: 'GET',
            description: 'All teas, a page at a time.',
            header: [
              { key: 'X-Trace-Id', value: 'abc-secret' },
              { key: 'X-Off', value: '1', disabled: true },
              { key: 'Accept', value: '*/*' },
            ],
            url: {
              raw: '{{baseUrl}}/teas?page=2&kind=green&off=1',
              query: [
                { key: 'page', value: '2' },
                { key: 'kind', value: 'green' },
                { key: 'off', value: '1', disabled: true },
              ],
            },
          },
          response: [
            {
              code: 200,
              header: [{ key: 'Content-Type', value: 'application/json; charset=utf-8' }],
              body: '[{"id":1,"name":"Sencha","price":3.5},{"id":2,"name":"Assam"}]',
            },
            { code: 401, body: '{"error":"no token"}', _postman_previewlanguage: 'json' },
          ],
        },
        {
          name: 'Add tea',
          request: {
            method: 'POST',
            url: '{{baseUrl}}/teas',
            body: {
              mode: 'raw',
              raw: '{"name": "{{name}}", "stock": {{stock}}, "tags": ["x"]}',
              options: { raw: { language: 'json' } },
            },
          },
          response: [],
        },
        {
          name: 'Get tea',
          request: { method: 'GET', url: { raw: '{{baseUrl}}/teas/:teaId' } },
        },
        {
          name: 'Photo',
          request: {
            method: 'PUT',
            description: `Use Bearer ${token}`,
            auth: {
              type: 'apikey',
              apikey: [
                { key: 'key', value: 'X-Photo-Key' },
                { key: 'value', value: 'hunter2' },
              ],
            },
            url: '{{baseUrl}}/teas/42/photo',
            body: {
              mode: 'formdata',
              formdata: [
                { key: 'file', type: 'file' },
                { key: 'title', value: 'mine', type: 'text' },
              ],
            },
          },
        },
      ],
    },
    { name: 'Elsewhere', request: { method: 'POST', url: 'https://other.example/hook' } },
  ],
};

test('a collection of Postman becomes a contract', () => {
  const { document, operations, left } = drafted(collection);
  assert.equal(operations, 4);
  assert.deepEqual(left, [
    { title: 'POST https://other.example/hook', why: 'is not of https://tea.example' },
  ]);
  same(
    writeDocument(document, 'yaml'),
    `
    openapi: 3.1.1
    info:
      title: Tea House
      version: 1.0.0
    servers:
      - url: https://tea.example/v1
    tags:
      - name: teas
    paths:
      /teas:
        get:
          tags:
            - teas
          summary: List teas
          description: All teas, a page at a time.
          operationId: listTeas
          parameters:
            - name: page
              in: query
              schema:
                type: integer
            - name: kind
              in: query
              schema:
                type: string
            - name: x-trace-id
              in: header
              schema:
                type: string
          responses:
            "200":
              description: OK
              content:
                application/json:
                  schema:
                    type: array
                    items:
                      type: object
                      required:
                        - id
                        - name
                      properties:
                        id:
                          type: integer
                        name:
                          type: string
                        price:
                          type: number
            "401":
              description: Unauthorized
              content:
                application/json:
                  schema:
                    type: object
                    required:
                      - error
                    properties:
                      error:
                        type: string
          security:
            - bearer: []
        post:
          tags:
            - teas
          summary: Add tea
          operationId: addTea
          requestBody:
            required: true
            content:
              application/json:
                schema:
                  type: object
                  properties:
                    name:
                      type: string
                    stock: {}
                    tags:
                      type: array
                      items:
                        type: string
          responses:
            default:
              description: Any answer
          security:
            - bearer: []
      /teas/{teaId}:
        get:
          tags:
            - teas
          summary: Get tea
          operationId: getTea
          parameters:
            - name: teaId
              in: path
              required: true
              schema:
                type: string
          responses:
            default:
              description: Any answer
          security:
            - bearer: []
      /teas/{teaId}/photo:
        put:
          tags:
            - teas
          summary: Photo
          operationId: photo
          parameters:
            - name: teaId
              in: path
              required: true
              schema:
                type: integer
          requestBody:
            required: true
            content:
              multipart/form-data:
                schema:
                  type: object
                  properties:
                    file:
                      type: string
                      format: binary
                    title:
                      type: string
          responses:
            default:
              description: Any answer
          security:
            - x-photo-key: []
    components:
      securitySchemes:
        bearer:
          type: http
          scheme: bearer
        x-photo-key:
          type: apiKey
          in: header
          name: X-Photo-Key
    `.replaceAll('\n    ', '\n'),
  );
});

const entry = (method: string, url: string, response: object, more: object = {}): object => ({
  request: {
    method,
    url,
    headers: [
      { name: 'Authorization', value: `Bearer ${token}` },
      { name: 'Cookie', value: 'session=s3cr3t-cookie' },
      { name: 'User-Agent', value: 'Mozilla' },
      { name: 'Idempotency-Key', value: 'idem-1234' },
    ],
    ...more,
  },
  response,
});

const json = (status: number, text: string): object => ({
  status,
  content: { mimeType: 'application/json', text, size: text.length },
});

const recording = {
  log: {
    entries: [
      entry('GET', 'https://tea.example/', {
        status: 200,
        content: { mimeType: 'text/html', text: '<html>', size: 6 },
      }),
      entry('GET', 'https://tea.example/app.js', {
        status: 200,
        content: { mimeType: 'text/javascript', text: '1', size: 1 },
      }),
      entry(
        'GET',
        'https://ann:pw@tea.example/api/teas/17?fields=name&t=5',
        json(200, '{"id":17,"note":null}'),
      ),
      entry('GET', 'https://tea.example/api/teas/18?fields=id', json(200, '{"id":18,"note":"x"}')),
      entry('GET', 'https://tea.example/api/teas/19', json(404, '{"error":"none"}')),
      entry('POST', 'https://tea.example/api/sessions', json(201, JSON.stringify({ token })), {
        postData: {
          mimeType: 'application/json;charset=UTF-8',
          text: '{"email":"ann@mail.example","password":"hunter2"}',
        },
      }),
      entry('GET', `https://tea.example/api/resets/${token}`, json(200, '{}')),
      entry(
        'GET',
        'https://tea.example/api/users',
        json(200, '{"9b2f5f0e-5a3b-4c7d-8e9f-0a1b2c3d4e5f":{"name":"Ann"}}'),
      ),
      entry('DELETE', 'https://tea.example/api/sessions/9b2f5f0e-5a3b-4c7d-8e9f-0a1b2c3d4e5f', {
        status: 204,
        content: { size: 0, mimeType: 'x-unknown' },
      }),
      entry('OPTIONS', 'https://tea.example/api/sessions', { status: 204 }),
      entry('POST', 'https://metrics.example/collect', json(200, '{}')),
    ],
  },
};

test('a recording becomes a contract of what is an API in it', () => {
  const { document, left } = drafted(recording);
  const paths = document['paths'] as Record<string, Record<string, Record<string, unknown>>>;
  assert.deepEqual(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${String(operationId)}`),
    ),
    [
      'get /teas/{teaId} getTea',
      'post /sessions createSession',
      'get /resets/{resetId} getReset',
      'get /users listUsers',
      'delete /sessions/{sessionId} deleteSession',
    ],
  );
  assert.deepEqual(left, [
    { title: 'POST https://metrics.example/collect', why: 'is not of https://tea.example' },
  ]);
  const tea = paths['/teas/{teaId}']?.['get'];
  assert.deepEqual(tea?.['parameters'], [
    { name: 'teaId', in: 'path', required: true, schema: { type: 'integer' } },
    { name: 'fields', in: 'query', schema: { type: 'string' } },
    { name: 't', in: 'query', schema: { type: 'integer' } },
    { name: 'idempotency-key', in: 'header', schema: { type: 'string' } },
  ]);
  assert.deepEqual(Object.keys(tea['responses'] as object), ['200', '404']);
  assert.match(JSON.stringify(tea['responses']), /"note":\{"type":\["string","null"\]\}/);
  assert.match(
    JSON.stringify(paths['/users']),
    /"additionalProperties":\{"type":"object","required":\["name"\]/,
  );
});

test('no value of a request is in the contract', () => {
  for (const document of [collection, recording]) {
    const text = writeDocument(drafted(document).document, 'json');
    for (const secret of [
      'eyJ',
      'hunter2',
      's3cr3t',
      'abc-secret',
      'idem-1234',
      'ann',
      'Sencha',
      'pw@',
      '9b2f5f0e',
    ])
      assert.ok(!text.includes(secret), `${secret} in ${text}`);
  }
});

for (const [address, template] of [
  ['https://a.example/users/42/orders/7', '/users/{userId}/orders/{orderId}'],
  ['https://a.example/v1/2024-05-01/report', '/v1/{id}/report'],
  ['https://a.example/files/my-long-article-title-2', '/files/my-long-article-title-2'],
  ['https://a.example/x/507f1f77bcf86cd799439011/y', '/x/{xId}/y'],
  ['https://a.example/mail/ann%40mail.example', '/mail/{mailId}'],
  ['https://a.example/1/2/3', '/{id}/{id2}/{id3}'],
  ['{{host}}/teas/{{teaId}}', '/teas/{teaId}'],
  ['{{protocol}}://{{host}}/teas', '/teas'],
  ['localhost:3000/teas', '/teas'],
  ['a.example/teas', '/teas'],
] as const)
  test(`${address} has the template ${template}`, () => {
    const found = addressOf(address);
    assert.ok(found);
    assert.equal(
      `/${templateOf(found)
        .map((part) => ('literal' in part ? part.literal : `{${part.parameter}}`))
        .join('/')}`,
      template,
    );
  });

for (const [text, why] of [
  ['{', /no JSON/],
  ['[]', /no JSON|neither/],
  ['{"openapi":"3.0.0"}', /neither a collection/],
  ['{"info":{"name":"x"},"item":[]}', /no requests/],
  ['{"log":{"entries":[{"request":5},{"request":{"method":"GET","url":"ftp://x"}}]}}', /request of an API/],
] as const)
  test(`${text} is refused in words`, () => {
    const read = readRequests(text);
    assert.match('refused' in read ? read.refused : '', why);
  });

test('odd values are left out and break nothing', () => {
  const odd = {
    info: { name: 7 },
    item: [
      null,
      5,
      { item: 'x' },
      { request: { url: null } },
      { name: 1, request: '/teas' },
      { request: { method: 'PURGE', url: 'https://a.example/x' } },
    ],
  };
  const { operations, left } = drafted(odd);
  assert.equal(operations, 1);
  assert.deepEqual(left, [{ title: 'PURGE /x', why: 'has a method that OpenAPI has no word for' }]);
});
