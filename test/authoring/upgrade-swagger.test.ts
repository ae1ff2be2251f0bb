/** From OpenAPI 2.0 to 3.0: the text that comes of it, and that it promises the same. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { upgrade } from '../../server/src/authoring/refactor/upgrade.ts';
import { buildSymbols } from '../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { promisesOf } from './support/promises.ts';
import { applied, sourcesOf, type Files } from './support/sources.ts';

function upgraded(files: Files, root = 'swagger.yaml', version = '2.0'): Files | string {
  const sources = { ...sourcesOf(files), roots: [fileId(root)] };
  const [collected] = buildSymbols(sources).collected;
  assert.ok(collected);
  const made = upgrade(sources, collected, version);
  return 'refused' in made ? made.refused : applied(files, made.edits);
}

const harbour = `# The harbour
swagger: '2.0'
info: { title: Harbour, version: '1' } # mine
host: harbour.example
basePath: /api
schemes: [https, http]
consumes: [application/json]
produces:
  - application/json

paths:
  /ships/{id}:
    parameters:
      - { name: id, in: path, required: true, type: string, format: uuid }
    get:
      operationId: getShip
      parameters:
        # How much
        - name: fields
          in: query
          description: Only these
          type: array
          items: { type: string, enum: [name, flag] }
        - $ref: '#/parameters/Page'
      responses:
        '200':
          description: A ship
          schema: { $ref: '#/definitions/Ship' } # the ship
          examples:
            application/json: { name: Aurora }
          headers:
            X-Rate: { type: integer, description: Left }
        '404': { $ref: '#/responses/Missing' }
    put:
      consumes: [application/json, application/xml]
      parameters:
        - in: body
          name: ship
          required: true
          description: The new one
          schema:
            $ref: '#/definitions/Ship'
      responses:
        '204': { description: Done }
  /ships:
    post:
      schemes: [https]
      parameters:
        - $ref: '#/parameters/Ship'
      responses: { '201': { description: Made } }
  /manifests:
    post:
      consumes: [multipart/form-data]
      produces: [application/pdf]
      parameters:
        - { name: manifest, in: formData, type: file, required: true, description: As a file }
        - $ref: '#/parameters/Note'
        - { name: tags, in: formData, type: array, items: { type: string } }
      responses:
        default: { description: The receipt, schema: { type: file } }
definitions:
  # What sails
  Ship:
    type: object
    discriminator: kind
    required: [name, kind]
    properties:
      kind: { type: string }
      name: { type: string }
      flag: { type: string, x-nullable: true }
parameters:
  Page: { name: page, in: query, type: integer, minimum: 1 }
  Ship: { name: ship, in: body, schema: { $ref: '#/definitions/Ship' } }
  Note: { name: note, in: formData, type: string }
responses:
  Missing:
    description: None
securityDefinitions:
  basic: { type: basic }
  oauth:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://harbour.example/authorize
    tokenUrl: https://harbour.example/token
    scopes: { 'read:ships': Read }
`;

const after = `# The harbour
openapi: 3.0.4
info: { title: Harbour, version: '1' } # mine
servers:
  - url: https://harbour.example/api
  - url: http://harbour.example/api

paths:
  /ships/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getShip
      parameters:
        # How much
        - name: fields
          in: query
          description: Only these
          schema:
            type: array
            items: { type: string, enum: [name, flag] }
          style: form
          explode: false
        - $ref: '#/components/parameters/Page'
      responses:
        '200':
          description: A ship
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Ship' } # the ship
              example: { name: Aurora }
          headers:
            X-Rate: { description: Left, schema: { type: integer } }
        '404': { $ref: '#/components/responses/Missing' }
    put:
      requestBody:
        required: true
        description: The new one
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Ship'
          application/xml:
            schema:
              $ref: '#/components/schemas/Ship'
      responses:
        '204': { description: Done }
  /ships:
    post:
      requestBody:
        $ref: '#/components/requestBodies/Ship'
      responses: { '201': { description: Made } }
      servers:
        - url: https://harbour.example/api
  /manifests:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required:
                - manifest
              properties:
                manifest:
                  type: string
                  format: binary
                  description: As a file
                note:
                  type: string
                tags:
                  type: array
                  items: { type: string }
            encoding:
              tags:
                style: form
                explode: false
      responses:
        default: { description: The receipt, content: { application/pdf: { schema: { type: string, format: binary } } } }
components:
  schemas:
    # What sails
    Ship:
      type: object
      discriminator:
        propertyName: kind
      required: [name, kind]
      properties:
        kind: { type: string }
        name: { type: string }
        flag: { type: string, nullable: true }
  requestBodies:
    Ship: { content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }
  parameters:
    Page: { name: page, in: query, schema: { type: integer, minimum: 1 } }
  responses:
    Missing:
      description: None
  securitySchemes:
    basic: { type: http, scheme: basic }
    oauth:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://harbour.example/authorize
          tokenUrl: https://harbour.example/token
          scopes: { 'read:ships': Read }
`;

test('a document of 2.0 becomes one of 3.0, with its comments, order and quotes', () => {
  const made = upgraded({ 'swagger.yaml': harbour });
  assert.ok(typeof made !== 'string', String(made));
  assert.equal(made['swagger.yaml'], after);
});

const fixture = readFileSync(new URL('../fixtures/specs/swagger-2.0/swagger.json', import.meta.url), 'utf8');

const shared = {
  'swagger.json': `{
  "swagger": "2.0",
  "info": { "title": "Many files", "version": "1" },
  "basePath": "/v1",
  "paths": {
    "/pots": { "$ref": "pots.yaml#/pots" },
    "/cups": { "get": { "parameters": [{ "$ref": "pots.yaml#/size" }], "responses": { "200": { "description": "x" } } } }
  },
  "definitions": { "Pot": { "type": "object", "properties": { "lid": { "$ref": "pots.yaml#/Lid" } } } }
}
`,
  'pots.yaml': `pots:
  post:
    parameters:
      - { in: body, name: pot, schema: { $ref: 'swagger.json#/definitions/Pot' } }
    responses:
      '201': { description: made, schema: { $ref: '#/Lid' } }
size: { name: size, in: query, type: array, collectionFormat: multi, items: { type: integer } }
Lid: { type: string, x-nullable: true }
`,
};

for (const [what, files, root] of [
  ['the harbour', { 'swagger.yaml': harbour }, 'swagger.yaml'],
  ['a document in JSON', { 'swagger.json': fixture }, 'swagger.json'],
  ['several files', shared, 'swagger.json'],
] as const)
  test(`${what}: what it promises stays the same, on the way to 3.2 too`, () => {
    let now: Files = files;
    for (const version of ['2.0', '3.0', '3.1']) {
      const made = upgraded(now, root, version);
      assert.ok(typeof made !== 'string', String(made));
      now = made;
      assert.deepEqual(promisesOf(now, root), promisesOf(files, root), `after ${version}`);
    }
    assert.match(now[root] ?? '', /3\.2\.0/);
  });

test('what has no counterpart is refused, and so is what anchors hold together', () => {
  const refused = (from: string, to: string): unknown =>
    upgraded({ 'swagger.yaml': harbour.replace(from, to) });
  assert.match(
    String(refused('type: array\n', 'type: array\n          collectionFormat: tsv\n')),
    /written with tabs/,
  );
  assert.match(
    String(
      refused(
        '      - { name: id, in: path',
        '      - { name: all, in: body, schema: {} }\n      - { name: id, in: path',
      ),
    ),
    /a body for all of its operations/,
  );
  assert.match(String(refused("'404': {", "'404': &missing {")), /anchors/);
});
