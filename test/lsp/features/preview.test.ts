/** The preview: an outline by tags, an operation with its fields, and which one the cursor stands in. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../../server/src/contract/span.ts';
import { preview, previewAt, previewDetails } from '../../../server/src/lsp/features/preview.ts';
import type { PreviewField } from '../../../server/src/lsp/features/preview-schema.ts';
import { same, scene, sceneAt } from './support/scene.ts';
import { guests, orders } from './support/tea-house.ts';

const shop = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Shop, version: 1.2.0, description: '**All** of it' }
servers: [{ url: 'https://shop.example/v1' }]
tags:
  - { name: carts, description: What people carry }
  - { name: unused }
paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid }, description: Of the thing }
      - { name: lang, in: query, schema: { type: string, enum: [de, en] } }
    get:
      summary: Read a thing
      description: Reads *it*.
      deprecated: true
      parameters:
        - { name: lang, in: query, required: true, schema: { type: string, default: en } }
      responses:
        '200':
          description: The thing
          headers: { ETag: { schema: { type: string }, description: Of the state } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
              example: { name: chair }
        '404': { $ref: '#/components/responses/Missing' }
  /carts:
    post:
      tags: [carts]
      requestBody:
        content:
          application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } }
      responses: { '204': { description: Done } }
components:
  responses: { Missing: { description: Nothing there } }
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1, description: What it is called }
        parts: { type: array, items: { $ref: '#/components/schemas/Thing' } }
`;

function fieldsText(fields: readonly PreviewField[], indent = ''): string {
  return fields
    .map(
      ({ key, in: where, type, required, limits, description, fields: inner }) =>
        [
          `${indent}${key}${required ? '!' : ''}${where === undefined ? '' : ` (${where})`}: ${type}`,
          ...limits,
          ...(description === undefined ? [] : [description]),
        ].join(' · ') + (inner.length > 0 ? `\n${fieldsText(inner, `${indent}  `)}` : ''),
    )
    .join('\n');
}

test('operations stand under their first tags, in the order of the tags', () => {
  const { index, show } = scene(shop);
  const outline = preview(index, fileId('openapi.yaml'));
  assert.ok(outline);
  const { title, version, openapi, description, servers, groups } = outline;
  assert.deepEqual(
    [title, version, openapi, description, servers],
    ['Shop', '1.2.0', '3.1', '**All** of it', ['https://shop.example/v1']],
  );
  same(
    groups
      .flatMap(({ tag, description: about, operations }) => [
        `${tag} | ${about ?? ''}`,
        ...operations.map((one) =>
          [
            one.method,
            one.path,
            one.summary ?? '',
            one.deprecated ? 'deprecated' : '',
            one.state,
            show(one.at),
          ].join(' | '),
        ),
      ])
      .join('\n'),
    `
    carts | What people carry
    POST | /carts |  |  | aside | openapi.yaml:28‹post›
     | 
    GET | /things/{id} | Read a thing | deprecated | aside | openapi.yaml:12‹get›`,
  );
  assert.equal(preview(index, fileId('other.yaml')), undefined);
});

test('an operation has the parameters of its path, and recursion ends', () => {
  const { index } = scene(shop);
  const [carts, things] = (preview(index, fileId('openapi.yaml'))?.groups ?? []).flatMap(
    ({ operations }) => operations,
  );
  const details = previewDetails(index, things?.id ?? '');
  assert.ok(details);
  assert.equal(details.description, 'Reads *it*.');
  same(
    fieldsText(details.parameters),
    `
    id! (path): string (uuid) · Of the thing
    lang! (query): string · default en`,
  );
  same(
    details.answers
      .flatMap(({ status, description, headers, contents }) => [
        `${status} ${description}`,
        ...headers.map((header) => fieldsText([header])),
        ...contents.map(
          ({ mediaType, schema, example }) =>
            `${mediaType} ${schema?.type ?? ''} ${example === undefined ? '' : JSON.stringify(JSON.parse(example))}\n${fieldsText(schema?.fields ?? [], '  ')}`,
        ),
      ])
      .join('\n'),
    `
    200 The thing
    ETag: string · Of the state
    application/json Thing {"name":"chair"}
      name!: string · minLength 1 · What it is called
      parts: Thing[]
    404 Nothing there`,
  );
  same(
    fieldsText(previewDetails(index, carts?.id ?? '')?.bodies[0]?.schema?.fields ?? []),
    `
    name!: string · minLength 1 · What it is called
    parts: Thing[]`,
  );
});

test('what was found and who serves it stand in the operation', () => {
  const { index, show } = scene(orders);
  const [first] = (preview(index, fileId('openapi.yaml'))?.groups ?? []).flatMap(
    ({ operations }) => operations,
  );
  const details = previewDetails(index, first?.id ?? '');
  assert.equal(first?.state, 'drift');
  assert.equal(details?.findings.length, first.findings);
  assert.equal(details.handler && show(details.handler.at), 'teas.ts:1‹find›');
});

test('the cursor leads to the operation around it, in any file of the specification', () => {
  const file = 'spec/paths/guests.json';
  const at = (place: string): string | undefined => {
    const { index, offset } = sceneAt(guests, file, place);
    return previewAt(index, fileId(file), offset);
  };
  const { index } = scene(guests);
  const id = preview(index, fileId(file))?.groups[0]?.operations[0]?.id;
  assert.ok(id);
  assert.equal(at('"po$0st"'), id);
  assert.equal(at('"resp$0onses"'), id);
  assert.equal(at('$0{\n  "post"'), undefined);
});
