/** Renaming: all places of a name and no other, written as they were. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renameableAt, renameSymbol } from '../../server/src/authoring/rename/rename.ts';
import { buildSymbols } from '../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { applied, changedLines, sourcesOf, type Files } from './support/sources.ts';

/** `place` holds `$0` where the cursor is. */
function renamed(files: Files, file: string, place: string, to: string): Files | string {
  const sources = sourcesOf(files);
  const symbols = buildSymbols(sources);
  const offset = (files[file] ?? '').indexOf(place.replace('$0', ''));
  assert.ok(offset >= 0, `${place} is in ${file}`);
  const at = renameableAt(symbols, fileId(file), offset + place.indexOf('$0'));
  if (!at) return 'nothing to rename';
  const made = renameSymbol(symbols, sources, at.symbol, to);
  return 'refused' in made ? made.refused : applied(files, made.edits);
}

function lines(files: Files, file: string, place: string, to: string): readonly string[] | string {
  const after = renamed(files, file, place, to);
  return typeof after === 'string' ? after : changedLines(files, after);
}

const pets: Files = {
  'openapi.yaml': `openapi: 3.1.0
info: { title: Pets, version: '1' }
tags:
  - name: pets
    description: Pets
security:
  - oauth: [read:pets]
paths:
  /pets/{petId}:
    parameters:
      - $ref: '#/components/parameters/PetId'
    get: # the pet
      operationId: getPet
      tags: [pets, "other"]
      responses:
        '200':
          description: A pet
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
              example: { id: 1, kind: cat }
          links:
            again:
              operationId: getPet
            path:
              operationRef: '#/paths/~1pets~1%7BpetId%7D/get'
  /pets:
    get:
      security:
        - oauth:
            - read:pets
      responses:
        '200':
          description: Pets
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: schemas.yaml#/Summary
                example:
                  - id: 3
  "/pets/{petId}/toys":
    parameters:
      - { name: petId, in: path, required: true, schema: { type: string } }
    get:
      responses: { default: { $ref: '#/paths/~1pets/get/responses/200' } }
components:
  parameters:
    PetId:
      name: petId
      in: path
      required: true
      schema: { $ref: '#/components/schemas/Pet/properties/id' }
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: https://example.com
          scopes:
            'read:pets': Read
  schemas:
    Pet:
      type: object
      required: [id, kind]
      properties:
        id: { type: integer }
        kind: { type: string, enum: [cat, Dog] }
      discriminator:
        propertyName: kind
        mapping:
          cat: '#/components/schemas/Cat'
      oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ]
    Cat:
      allOf:
        - $ref: schemas.yaml#/Named
        - required: [name]
          properties:
            kind: { const: cat }
            "lives left": { type: integer }
    Dog:
      properties:
        kind: { const: Dog }
        name: { type: string }
`,
  'schemas.yaml': `Summary:
  properties:
    id: { $ref: 'openapi.yaml#/components/schemas/Pet/properties/id' }
Named:
  properties:
    name: &text { type: string }
    nick: *text
`,
};

const cases: readonly (readonly [
  what: string,
  file: string,
  place: string,
  to: string,
  ...lines: string[],
])[] = [
  [
    'an operationId with its links',
    'openapi.yaml',
    'operationId: get$0Pet',
    'readPet',
    'openapi.yaml: operationId: readPet',
    'openapi.yaml: operationId: readPet',
  ],
  [
    'a tag from one of its uses',
    'openapi.yaml',
    '[p$0ets',
    'all pets',
    'openapi.yaml: - name: all pets',
    'openapi.yaml: tags: [all pets, "other"]',
  ],
  ['a tag that nobody declares', 'openapi.yaml', '"oth$0er"', 'x"y', 'openapi.yaml: tags: [pets, "x\\"y"]'],
  [
    'a component, with references through it and its mapping, and its value on the wire stays',
    'openapi.yaml',
    'schemas/C$0at',
    'Kitten',
    "openapi.yaml: cat: '#/components/schemas/Kitten'",
    "openapi.yaml: oneOf: [ { $ref: '#/components/schemas/Kitten' }, { $ref: '#/components/schemas/Dog' } ]",
    'openapi.yaml: Kitten:',
  ],
  [
    'a component in another file',
    'schemas.yaml',
    'N$0amed',
    'Titled',
    'openapi.yaml: - $ref: schemas.yaml#/Titled',
    'schemas.yaml: Titled:',
  ],
  [
    'references through a component',
    'openapi.yaml',
    '    P$0et:\n',
    'Animal',
    'openapi.yaml: schema: { $ref: "#/components/schemas/Animal" }',
    "openapi.yaml: schema: { $ref: '#/components/schemas/Animal/properties/id' }",
    'openapi.yaml: Animal:',
    "schemas.yaml: id: { $ref: 'openapi.yaml#/components/schemas/Animal/properties/id' }",
  ],
  [
    'a path parameter wherever its declaration is used',
    'openapi.yaml',
    '/pets/{pe$0tId}:',
    'id',
    'openapi.yaml: /pets/{id}:',
    "openapi.yaml: operationRef: '#/paths/~1pets~1%7Bid%7D/get'",
    'openapi.yaml: name: id',
  ],
  [
    'the same parameter of another path is another one',
    'openapi.yaml',
    '{ name: pet$0Id',
    'x',
    'openapi.yaml: "/pets/{x}/toys":',
    'openapi.yaml: - { name: x, in: path, required: true, schema: { type: string } }',
  ],
  [
    'a segment of a path, wherever paths begin alike',
    'openapi.yaml',
    '  /pe$0ts:',
    'animals',
    'openapi.yaml: /animals/{petId}:',
    "openapi.yaml: operationRef: '#/paths/~1animals~1%7BpetId%7D/get'",
    'openapi.yaml: /animals:',
    'openapi.yaml: "/animals/{petId}/toys":',
    "openapi.yaml: responses: { default: { $ref: '#/paths/~1animals/get/responses/200' } }",
  ],
  [
    'a property: required, references through it, examples, not those of other schemas',
    'openapi.yaml',
    '        i$0d: {',
    'number',
    'openapi.yaml: example: { number: 1, kind: cat }',
    "openapi.yaml: schema: { $ref: '#/components/schemas/Pet/properties/number' }",
    'openapi.yaml: required: [number, kind]',
    'openapi.yaml: number: { type: integer }',
    "schemas.yaml: id: { $ref: 'openapi.yaml#/components/schemas/Pet/properties/number' }",
  ],
  [
    'a property that is required beside the schema that has it',
    'openapi.yaml',
    'required: [na$0me]',
    'title',
    'openapi.yaml: - required: [title]',
    'schemas.yaml: title: &text { type: string }',
  ],
  [
    'a property that tells schemas apart, in all of them',
    'openapi.yaml',
    'propertyName: ki$0nd',
    'type',
    'openapi.yaml: example: { id: 1, type: cat }',
    'openapi.yaml: required: [id, type]',
    'openapi.yaml: type: { type: string, enum: [cat, Dog] }',
    'openapi.yaml: propertyName: type',
    'openapi.yaml: type: { const: cat }',
    'openapi.yaml: type: { const: Dog }',
  ],
  [
    'a value of a discriminator',
    'openapi.yaml',
    'c$0at: ',
    'felix',
    'openapi.yaml: kind: { type: string, enum: [felix, Dog] }',
    "openapi.yaml: felix: '#/components/schemas/Cat'",
    'openapi.yaml: kind: { const: felix }',
  ],
  [
    'a security scheme',
    'openapi.yaml',
    '    oau$0th:',
    'login',
    'openapi.yaml: - login: [read:pets]',
    'openapi.yaml: - login:',
    'openapi.yaml: login:',
  ],
  [
    'a scope',
    'openapi.yaml',
    '[read:$0pets]',
    'pets',
    'openapi.yaml: - oauth: [pets]',
    'openapi.yaml: - pets',
    "openapi.yaml: 'pets': Read",
  ],
  [
    'an anchor of YAML',
    'schemas.yaml',
    '*te$0xt',
    'words',
    'schemas.yaml: name: &words { type: string }',
    'schemas.yaml: nick: *words',
  ],
  ['a key in quotes', 'openapi.yaml', '"lives$0 left"', 'left', 'openapi.yaml: "left": { type: integer }'],
];

for (const [what, file, place, to, ...expected] of cases)
  test(`renames ${what}`, () => assert.deepEqual(lines(pets, file, place, to), expected));

test('a component that is a value of a discriminator by its name gets a mapping that keeps the value', () => {
  const after = renamed(pets, 'openapi.yaml', 'schemas/D$0og', 'Hound');
  assert.ok(typeof after !== 'string');
  assert.match(
    after['openapi.yaml'] ?? '',
    /mapping:\n {10}cat: '#\/components\/schemas\/Cat'\n {10}Dog: '#\/components\/schemas\/Hound'\n/,
  );
  assert.match(after['openapi.yaml'] ?? '', /kind: \{ const: Dog \}/);
});

for (const [what, file, place, to, message] of [
  ['the name of another component', 'openapi.yaml', '    P$0et:\n', 'Dog', /something else here/],
  ['the name of another property', 'openapi.yaml', '        i$0d: {', 'kind', /something else here/],
  [
    'a name in a schema that holds together with this one',
    'openapi.yaml',
    '"lives$0 left"',
    'name',
    /something else here/,
  ],
  ['what is no name of a component', 'openapi.yaml', '    P$0et:\n', 'a pet', /made of letters/],
  ['braces in a parameter', 'openapi.yaml', '/pets/{pe$0tId}:', '{id}', /braces/],
] as const)
  test(`refuses ${what}`, () => assert.match(String(renamed(pets, file, place, to)), message));
