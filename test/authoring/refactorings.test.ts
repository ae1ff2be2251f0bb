/** Refactorings: what is offered at a place, and what becomes of the text. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refactoring } from '../../server/src/authoring/refactor/refactoring.ts';
import { refactorings } from '../../server/src/authoring/refactor/refactorings.ts';
import { buildSymbols } from '../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { applied, sourcesOf, type Files } from './support/sources.ts';

function offered(files: Files, file: string, place: string): readonly Refactoring[] {
  const sources = sourcesOf(files);
  const offset = (files[file] ?? '').indexOf(place.replace('$0', ''));
  assert.ok(offset >= 0, `${place} is in ${file}`);
  return refactorings({
    sources,
    file: fileId(file),
    offset: offset + place.indexOf('$0'),
    symbols: () => buildSymbols(sources),
    isQuick: true,
  });
}

function done(files: Files, file: string, place: string, id: string): Files | string {
  const found = offered(files, file, place).find((each) => each.id === id);
  if (!found) return `not offered: ${id}`;
  const made = found.edits();
  return 'refused' in made ? made.refused : applied(files, made.edits);
}

function textAfter(text: string, place: string, id: string, file = 'openapi.yaml'): string {
  const after = done({ [file]: text }, file, place, id);
  return typeof after === 'string' ? after : (after[file] ?? '');
}

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";

test('a schema in a response becomes a component, with its comments', () => {
  const text = `${head}paths:
  /users:
    get:
      operationId: listUsers
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: # all of them
                # a comment
                type: array
                items: { type: string } # names
    post:
      responses: { '204': { description: made } }
`;
  assert.equal(
    textAfter(text, 'sch$0ema:', 'extract'),
    `${head}paths:
  /users:
    get:
      operationId: listUsers
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: # all of them
                # a comment
                $ref: '#/components/schemas/ListUsersResponse'
    post:
      responses: { '204': { description: made } }
components:
  schemas:
    ListUsersResponse:
      type: array
      items: { type: string } # names
`,
  );
});

const parameters = `${head}paths:
  /users/{id}:
    get:
      parameters:
        - name: id
          in: path
          required: true
          # which one
          schema: { type: string }
        - { name: page, in: query, schema: { type: integer } }
      responses: { default: { description: x } }
    delete:
      parameters:
        - { in: path, name: id, required: true, schema: { type: string } }
      responses: { default: { description: x } }
components:
  parameters:
    Page: { name: page, in: query, schema: { type: integer } }
    Zone:
      name: zone
      in: query
`;

test('equal parameters become one component, in the order of the others', () =>
  assert.equal(
    textAfter(parameters, '- na$0me: id', 'extract all'),
    `${head}paths:
  /users/{id}:
    get:
      parameters:
        - $ref: '#/components/parameters/Id'
        - { name: page, in: query, schema: { type: integer } }
      responses: { default: { description: x } }
    delete:
      parameters:
        - { $ref: '#/components/parameters/Id' }
      responses: { default: { description: x } }
components:
  parameters:
    Id:
      name: id
      in: path
      required: true
      # which one
      schema: { type: string }
    Page: { name: page, in: query, schema: { type: integer } }
    Zone:
      name: zone
      in: query
`,
  ));

test('what is equal to a component refers to it', () =>
  assert.match(
    textAfter(parameters, '{ na$0me: page', 'use Page'),
    /- \{ \$ref: '#\/components\/parameters\/Page' \}/,
  ));

test('in JSON, too', () => {
  const text = `{
  "openapi": "3.0.0",
  "info": { "title": "T", "version": "1" },
  "paths": {
    "/users": {
      "get": {
        "operationId": "list",
        "responses": {
          "200": {
            "description": "ok",
            "content": {
              "application/json": {
                "schema": {
                  "type": "array",
                  "items": { "type": "string" }
                }
              }
            }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {}
  }
}
`;
  const after = textAfter(text, '"sch$0ema"', 'extract', 'openapi.json');
  assert.match(after, /"schema": \{\n {18}"\$ref": "#\/components\/schemas\/ListResponse"\n {16}\}/);
  assert.match(
    after,
    /"schemas": \{\n {6}"ListResponse": \{\n {8}"type": "array",\n {8}"items": \{ "type": "string" \}\n {6}\}\n {4}\}/,
  );
});

test('Swagger 2.0 has its components at the root', () => {
  const text = `swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a:
    get:
      responses:
        '404':
          description: none
          schema: { type: object, properties: { message: { type: string } } }
`;
  const after = textAfter(text, "'4$004'", 'extract');
  assert.match(
    after,
    /'404':\n {10}\$ref: '#\/responses\/NotFound'\nresponses:\n {2}NotFound:\n {4}description: none\n {4}schema: \{/,
  );
});

test('from a file of its own the component goes to the root document', () => {
  const files = {
    'openapi.yaml': `${head}paths:\n  /a:\n    $ref: paths/a.yaml\n`,
    'paths/a.yaml':
      'get:\n  operationId: getA\n  responses:\n    default:\n      description: x\n      content:\n        application/json:\n          schema:\n            enum: [a, b]\n',
  };
  const after = done(files, 'paths/a.yaml', 'sch$0ema:', 'extract');
  assert.ok(typeof after !== 'string', String(after));
  assert.match(after['openapi.yaml'] ?? '', /components:\n {2}schemas:\n {4}Error:\n {6}enum: \[a, b\]\n$/);
  assert.match(
    after['paths/a.yaml'] ?? '',
    /schema:\n {12}\$ref: '\.\.\/openapi\.yaml#\/components\/schemas\/Error'\n$/,
  );
});

test('what is extracted from a file of its own refers to the same places from the root document', () => {
  const schema = (inner: string): string =>
    `properties: { pot: { $ref: ${inner} }, self: { $ref: '#/get' } }`;
  const files = {
    'openapi.yaml': `${head}paths:\n  /a:\n    $ref: paths/a.yaml\n  /b:\n    $ref: b.yaml\n`,
    'paths/a.yaml': `get:\n  responses:\n    default:\n      description: x\n      content:\n        application/json:\n          schema:\n            ${schema('../schemas/pot.yaml')}\n`,
    'b.yaml': `get:\n  responses:\n    default:\n      description: x\n      content:\n        application/json:\n          schema:\n            ${schema('../schemas/pot.yaml')}\n`,
    'schemas/pot.yaml': 'type: string\n',
  };
  const after = done(files, 'paths/a.yaml', 'sch$0ema:', 'extract');
  assert.ok(typeof after !== 'string', String(after));
  assert.match(
    after['openapi.yaml'] ?? '',
    /\n {6}properties: \{ pot: \{ \$ref: \.\/schemas\/pot\.yaml \}, self: \{ \$ref: '\.\/paths\/a\.yaml#\/get' \} \}\n$/,
  );
  // The same words mean something else in another file.
  assert.equal(done(files, 'paths/a.yaml', 'sch$0ema:', 'extract all'), 'not offered: extract all');
});

test('anchors stay where they are', () => {
  const text = `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        one: &one { type: object, properties: {} }\n        two: *one\n`;
  assert.match(textAfter(text, 'on$0e: &one', 'extract'), /^Anchors/);
});

test('a reference is written out, and then extracted again', () => {
  const text = `${head}paths: {}
components:
  schemas:
    Order:
      type: object
      properties:
        line:
          $ref: '#/components/schemas/Line'
        lines: { type: array, items: { $ref: '#/components/schemas/Line' } }
    Line:
      # one
      type: object
      properties:
        tea: { type: string } # which
    Tree:
      properties:
        child: { $ref: '#/components/schemas/Tree' }
`;
  const after = textAfter(text, 'li$0ne:', 'inline');
  assert.match(
    after,
    /line:\n {10}type: object\n {10}properties:\n {12}tea: \{ type: string \} # which\n {8}lines:/,
  );
  assert.match(
    textAfter(text, "{ $r$0ef: '#/components/schemas/Line", 'inline'),
    /Comments in it have no place/,
  );
  assert.match(textAfter(text, 'ch$0ild: {', 'inline'), /refers to itself/);
});

test('a reference to another file is written out with its own references as they are seen from here', () => {
  const files = {
    'openapi.yaml': `${head}paths: {}\ncomponents:\n  schemas:\n    Order: { $ref: 'schemas/order.yaml' }\n`,
    'schemas/order.yaml':
      "properties:\n  line: { $ref: 'line.yaml#/Line' }\n  self: { $ref: '#/properties/line' }\n",
    'schemas/line.yaml': 'Line: { type: string }\n',
  };
  const after = done(files, 'openapi.yaml', 'Or$0der:', 'inline');
  assert.ok(typeof after !== 'string' || after.includes('refers to itself'), String(after));
  const single = { ...files, 'schemas/order.yaml': "properties:\n  line: { $ref: 'line.yaml#/Line' }\n" };
  const written = done(single, 'openapi.yaml', 'Or$0der:', 'inline');
  assert.ok(typeof written !== 'string', String(written));
  assert.match(
    written['openapi.yaml'] ?? '',
    /Order:\n {6}properties:\n {8}line: \{ \$ref: '\.\/schemas\/line\.yaml#\/Line' \}\n$/,
  );
});

test('a component that is used is not deleted, and it is said by whom; one that is not goes with what held it', () => {
  const text = `${head}paths: {}
components:
  parameters:
    Page: { name: page, in: query }
  schemas:
    A: { $ref: '#/components/schemas/B' }
    B: { type: object }
`;
  const [used] = offered({ 'openapi.yaml': text }, 'openapi.yaml', 'B$0: {').filter(
    ({ id }) => id === 'remove',
  );
  assert.match(String(used?.disabled), /1 place refers to "B", in openapi\.yaml/);
  assert.equal(
    textAfter(text, 'Pa$0ge:', 'remove'),
    `${head}paths: {}\ncomponents:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { type: object }\n`,
  );
});

test('entries are sorted with the comments above them; blank lines stay between', () => {
  const text = `openapi: 3.1.0
# all paths
paths:
  /b:
    # of b
    get: { responses: {} }

  # first
  # of all
  /a: { get: { responses: {} } } # a
info: { title: T, version: '1' }
`;
  assert.equal(
    textAfter(text, 'pa$0ths:', 'sort names'),
    `openapi: 3.1.0
# all paths
paths:
  # first
  # of all
  /a: { get: { responses: {} } } # a

  /b:
    # of b
    get: { responses: {} }
info: { title: T, version: '1' }
`,
  );
  assert.match(
    textAfter(text, 'open$0api', 'sort keys'),
    /^openapi: 3.1.0\ninfo: .*\n# all paths\npaths:\n {2}\/b:/,
  );
});

test('every operation gets an id, in the style of the others', () => {
  const text = `${head}paths:
  /users/{userId}/orders:
    get:
      summary: all
      responses: {}
    post: { responses: {} }
  /users/{userId}: { get: { tags: [a], responses: {} }, delete: { operationId: drop_user, responses: {} } }
`;
  assert.equal(
    textAfter(text, 'open$0api', 'operation ids'),
    `${head}paths:
  /users/{userId}/orders:
    get:
      summary: all
      operationId: list_user_orders
      responses: {}
    post: { operationId: create_user_order, responses: {} }
  /users/{userId}: { get: { tags: [a], operationId: get_user, responses: {} }, delete: { operationId: drop_user, responses: {} } }
`,
  );
});

test('3.0 becomes 3.1: null is a type, exclusive limits are numbers, comments stay', () => {
  const text = `openapi: 3.0.3 # for now
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        name:
          type: string # text
          nullable: true
        rank: { type: integer, minimum: 0, exclusiveMinimum: true, nullable: true }
        other:
          nullable: true
          allOf:
            - $ref: '#/components/schemas/A'
        size:
          type: number
          exclusiveMaximum: false
          maximum: 3
`;
  assert.equal(
    textAfter(text, 'open$0api', 'upgrade'),
    `openapi: 3.1.1 # for now
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        name:
          type: [string, 'null'] # text
        rank: { type: [integer, 'null'], exclusiveMinimum: 0 }
        other:
          oneOf:
            - $ref: '#/components/schemas/A'
            - { type: 'null' }
        size:
          type: number
          maximum: 3
`,
  );
  assert.match(textAfter(text.replace('3.0.3', '3.1.0'), 'open$0api', 'upgrade'), /^openapi: 3\.2\.0/);
});

test('an example becomes a schema: beside it, or where it was pasted', () => {
  const text = `${head}paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            example: { id: 7, tags: [], at: '2024-01-01T00:00:00Z', note: null }
components:
  schemas:
    Pasted: { "lines": [{ "tea": "green", "grams": 1 }, { "tea": "black", "grams": 2.5, "organic": true }] }
`;
  assert.match(
    textAfter(text, 'application$0/json', 'infer'),
    /json:\n {12}schema:\n {14}type: object\n {14}required:\n(?: {16}- \w+\n){4} {14}properties:\n {16}id:\n {18}type: integer\n/,
  );
  const pasted = textAfter(text, 'Past$0ed', 'infer');
  assert.match(
    pasted,
    /Pasted:\n {6}type: object\n {6}required:\n {8}- lines\n {6}properties:\n {8}lines:\n {10}type: array\n/,
  );
  assert.match(pasted, /grams:\n {16}type: number\n {14}organic:\n {16}type: boolean\n/);
});

test('a reference becomes one of several, with a discriminator', () => {
  const text = `${head}paths: {}
components:
  schemas:
    Order:
      properties:
        drink:
          $ref: '#/components/schemas/Tea'
    Tea:
      properties: { kind: { const: tea } }
`;
  assert.match(
    textAfter(text, 'dri$0nk:', 'one of'),
    /drink:\n {10}oneOf:\n {12}- \$ref: '#\/components\/schemas\/Tea'\n {10}discriminator:\n {12}propertyName: kind\n {12}mapping:\n {14}tea: '#\/components\/schemas\/Tea'\n {4}Tea:/,
  );
});

test('YAML is written as JSON and back, in the same order', () => {
  const text = `openapi: 3.1.0
info:
  title: T
  version: '1'
paths:
  /a:
    get:
      responses:
        default:
          description: |
            Two
            lines
        '200':
          description: 'on'
`;
  const json = done({ 'openapi.yaml': text }, 'openapi.yaml', 'open$0api', 'convert');
  assert.ok(typeof json !== 'string', String(json));
  const written = json['openapi.json'] ?? '';
  assert.ok(written.indexOf('"default"') < written.indexOf('"200"'));
  const yaml = done({ 'openapi.json': written }, 'openapi.json', '"open$0api"', 'convert');
  assert.ok(typeof yaml !== 'string', String(yaml));
  assert.equal(yaml['openapi.yaml'], text);
  assert.match(
    String(done({ 'openapi.yaml': text, 'openapi.json': '{}' }, 'openapi.yaml', 'open$0api', 'convert')),
    /already/,
  );
});

const splittable = `openapi: 3.1.0
# about
info: { title: T, version: '1' }
paths:
  # all
  /users/{id}:
    parameters:
      - $ref: '#/components/parameters/Id'
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: "#/components/schemas/User" }
          links:
            again: { operationRef: '#/paths/~1users~1%7Bid%7D/get' }
  /flow: { get: { responses: { default: { description: x } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: k }
  parameters:
    Id: { name: id, in: path, required: true, schema: { $ref: '#/components/schemas/User/properties/id' } }
  schemas:
    # a user
    User: # here
      # within
      type: object
      properties:
        id: &id { type: string } # anchored
        boss: { $ref: '#/components/schemas/User' }
        text: |
          one

            two
    Pet:
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', Dog: Dog } }
      oneOf:
        - $ref: '#/components/schemas/Cat'
    Cat:
      type: object
      description: >-
        folded
        text
`;

for (const eol of ['\n', '\r\n'])
  test(`split, then bundled, is the same text (${JSON.stringify(eol)})`, () => {
    const text = splittable.replaceAll('\n', eol);
    const files = done({ 'api/openapi.yaml': text }, 'api/openapi.yaml', 'open$0api', 'split');
    assert.ok(typeof files !== 'string', String(files));
    assert.deepEqual(Object.keys(files).sort(), [
      'api/components/parameters/Id.yaml',
      'api/components/schemas/Cat.yaml',
      'api/components/schemas/Pet.yaml',
      'api/openapi.yaml',
      'api/paths/flow.yaml',
      'api/paths/users_{id}.yaml',
    ]);
    assert.match(
      files['api/paths/users_{id}.yaml'] ?? '',
      /- \$ref: '\.\.\/components\/parameters\/Id\.yaml'/,
    );
    const again = done(files, 'api/openapi.yaml', 'open$0api', 'bundle');
    assert.ok(typeof again !== 'string', String(again));
    assert.equal(again['api/openapi.yaml'], text);
  });

test('what other files describe becomes a component, also where it refers to itself', () => {
  const files = {
    'openapi.yaml': `${head}paths:
  /a:
    $ref: paths.yaml#/a
`,
    'paths.yaml': `a:
  get:
    responses:
      default:
        description: x
        content: { application/json: { schema: { $ref: 'schemas.json#/Node' } } }
`,
    'schemas.json': `{
  "Node": { "type": "object", "properties": { "next": { "$ref": "#/Node" }, "leaf": { "$ref": "#/Leaf" } } },
  "Leaf": { "type": "string" }
}
`,
  };
  const after = done(files, 'openapi.yaml', 'open$0api', 'bundle');
  assert.ok(typeof after !== 'string', String(after));
  assert.equal(
    after['openapi.yaml'],
    `${head}paths:
  /a:
    get:
      responses:
        default:
          description: x
          content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } }
components:
  schemas:
    Leaf:
      type: string
    Node:
      type: object
      properties:
        next:
          $ref: '#/components/schemas/Node'
        leaf:
          $ref: '#/components/schemas/Leaf'
`,
  );
});

const unfinished = `${head}paths:
  /teas/{teaId}:
    get:
      parameters:
        - $ref: '#/components/parameters/TeaId'
        - $ref: '#/components/parameters/page_size'
      responses:
        '200':
          description: one
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Tea'
        '404': { $ref: 'errors.json#/responses/NotFound' }
        '500': { $ref: '#/components/responses/ServerError' }
components:
  parameters:
    Zone: { name: zone, in: query, schema: { type: string } }
  responses: {}
`;

test('what a reference leads to is made where there is nothing, by what it has to be', () => {
  const made = (place: string): string => textAfter(unfinished, place, 'create target');
  assert.equal(
    made("$re$0f: '#/components/schemas/Tea"),
    unfinished.replace('  responses: {}\n', `  responses: {}\n  schemas:\n    Tea:\n      type: object\n`),
  );
  const inOrder =
    '    TeaId:\n      name: teaId\n      in: path\n      required: true\n      schema:\n        type: string\n';
  assert.equal(
    made("- $re$0f: '#/components/parameters/TeaId"),
    unfinished.replace('    Zone:', `${inOrder}    Zone:`),
  );
  assert.match(
    made("- $re$0f: '#/components/parameters/page_size"),
    /page_size:\n {6}name: pageSize\n {6}in: query/,
  );
  assert.match(
    made("{ $re$0f: '#/components/responses/Server"),
    /responses:\n {4}ServerError:\n {6}description: Server error\n/,
  );
});

test('a file is made too, and a component in a file that is there', () => {
  const made = done(
    { 'openapi.yaml': unfinished },
    'openapi.yaml',
    "{ $re$0f: 'errors.json",
    'create target',
  );
  assert.deepEqual(JSON.parse((made as Files)['errors.json'] ?? ''), {
    responses: { NotFound: { description: 'Not found' } },
  });
  const there = { 'openapi.yaml': unfinished, 'errors.json': '{\n  "responses": {}\n}\n' };
  const added = done(there, 'openapi.yaml', "{ $re$0f: 'errors.json", 'create target') as Files;
  assert.deepEqual(JSON.parse(added['errors.json'] ?? ''), {
    responses: { NotFound: { description: 'Not found' } },
  });
  const empty = { 'openapi.yaml': unfinished, 'errors.json': '' };
  assert.match(
    String((done(empty, 'openapi.yaml', "{ $re$0f: 'errors.json", 'create target') as Files)['errors.json']),
    /NotFound/,
  );
});

test('nothing is made of what is there, of other hosts, and of files that are no documents', () => {
  for (const reference of [
    '#/components/parameters/Zone',
    'https://example.com/x.yaml',
    'notes.md',
    '../../x.yaml',
  ])
    assert.deepEqual(
      offered(
        { 'openapi.yaml': unfinished.replace('#/components/parameters/TeaId', reference) },
        'openapi.yaml',
        `- $re$0f: '${reference}`,
      ).filter(({ id }) => id === 'create target'),
      [],
      reference,
    );
});

const scattered = {
  'openapi.yaml': `${head}paths:
  /teas:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Tea' }
              example: { name: Sencha }
components:
  schemas:
    Pot: { $ref: 'schemas.yaml#/Pot' }
    Tea: # hot
      type: object
      properties:
        pot: { $ref: '#/components/schemas/Pot' }
        leaf: { $ref: schemas.yaml#/Leaf }
        mix: { $ref: '#/components/schemas/Tea/properties/leaf' }
`,
  'schemas.yaml': `Leaf: { type: string }
Pot:
  type: object
  properties:
    tea: { $ref: 'openapi.yaml#/components/schemas/Tea' }
`,
};

test('a component moves to another file, and everything refers to it there', () => {
  const after = done(scattered, 'openapi.yaml', 'Te$0a: #', 'move to schemas.yaml');
  assert.ok(typeof after !== 'string', String(after));
  assert.equal(
    after['schemas.yaml'],
    `Leaf: { type: string }
Pot:
  type: object
  properties:
    tea: { $ref: '#/Tea' }
Tea:
  type: object
  properties:
    pot: { $ref: './openapi.yaml#/components/schemas/Pot' }
    leaf: { $ref: '#/Leaf' }
    mix: { $ref: '#/Tea/properties/leaf' }
`,
  );
  assert.equal(
    after['openapi.yaml'],
    scattered['openapi.yaml']
      .replace("'#/components/schemas/Tea'", "'./schemas.yaml#/Tea'")
      .replace(/ {4}Tea: # hot[^]*/, ''),
  );
});

test('a component gets a file of its own, and keeps its name', () => {
  const after = done(scattered, 'openapi.yaml', 'Te$0a: #', 'move');
  assert.ok(typeof after !== 'string', String(after));
  assert.match(
    after['openapi.yaml'] ?? '',
    / {4}Tea: # hot\n {6}\$ref: '\.\/components\/schemas\/Tea\.yaml'\n/,
  );
  assert.match(after['components/schemas/Tea.yaml'] ?? '', /mix: \{ \$ref: '#\/properties\/leaf' \}/);
});

test('a component does not move to where its name is taken, or away from what knows it by name alone', () => {
  const taken = { ...scattered, 'schemas.yaml': `${scattered['schemas.yaml']}Tea: {}\n` };
  assert.equal(
    done(taken, 'openapi.yaml', 'Te$0a: #', 'move to schemas.yaml'),
    'There is a Tea in schemas.yaml already.',
  );
  const known = {
    ...scattered,
    'openapi.yaml': `${scattered['openapi.yaml']}    Drink: { oneOf: [{ $ref: '#/components/schemas/Tea' }], discriminator: { propertyName: kind, mapping: { t: Tea } } }\n`,
  };
  assert.match(
    String(done(known, 'openapi.yaml', 'Te$0a: #', 'move to schemas.yaml')),
    /named in a place that/,
  );
});
