/** Definitions, references and counterparts, in both directions and across files. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definition } from '../../../server/src/lsp/features/definition.ts';
import { counterparts, references } from '../../../server/src/lsp/features/references.ts';
import { sceneAt } from './support/scene.ts';
import { guests, orders } from './support/tea-house.ts';

function goTo(source: string, file: string, place: string): readonly string[] {
  const { index, file: at, offset, show } = sceneAt(source, file, place);
  return (definition(index, at, offset)?.targets ?? []).map((target) => show(target.at));
}

function placesOf(source: string, file: string, place: string, withDeclaration = true): readonly string[] {
  const { index, file: at, offset, show } = sceneAt(source, file, place);
  return references(index, at, offset, { withDeclaration }).map(show);
}

for (const [what, source, file, place, ...targets] of [
  ['a registration leads to its operation', orders, 'api.ts', "'/te$0as/:id', find", 'openapi.yaml:7‹get›'],
  ['the name of a handler does, too', orders, 'teas.ts', 'fi$0nd(req', 'openapi.yaml:7‹get›'],
  [
    'so does an arrow function by the name it is given',
    orders,
    'teas.ts',
    're$0place =',
    'openapi.yaml:22‹put›',
  ],
  ['a handler in a registration is the business of its language', orders, 'api.ts', "'/teas/:id', fi$0nd"],
  ['a route without an operation leads nowhere', orders, 'api.ts', "po$0st('/teas'"],
  [
    'a method key leads to its handler',
    orders,
    'openapi.yaml',
    'g$0et:\n      operationId',
    'teas.ts:1‹find›',
  ],
  ['an operationId does', orders, 'openapi.yaml', 'operationId: put$0Tea', 'teas.ts:5‹replace›'],
  [
    'a path leads to all of its handlers',
    orders,
    'openapi.yaml',
    '/api/v$01/teas',
    'teas.ts:1‹find›',
    'teas.ts:5‹replace›',
  ],
  ['a $ref leads to another document', orders, 'openapi.yaml', 'schemas.yaml#/T$0ea', 'schemas.yaml:1‹Tea›'],
  ['and back', orders, 'schemas.yaml', 'schemas/New$0Tea', 'openapi.yaml:38‹NewTea›'],
  ['a status leads to where it is sent', orders, 'openapi.yaml', "'2$000':\n", 'teas.ts:3‹json›'],
  [
    'a parameter of the path leads to where it is read or registered, in every operation that has it',
    orders,
    'openapi.yaml',
    'name: tea$0Id',
    'teas.ts:3‹id›',
    "api.ts:7‹put('/teas/:id'›",
  ],
  [
    'a decorator leads to its operation',
    guests,
    'src/guests.controller.ts',
    "@G$0et(':id')",
    'spec/openapi.json:7‹"get"›',
  ],
  [
    'an operation in a file of its own is found',
    guests,
    'src/guests.controller.ts',
    'cre$0ate(',
    'spec/paths/guests.json:2‹"post"›',
  ],
  [
    'a decorated parameter leads to the parameter of the spec',
    guests,
    'src/guests.controller.ts',
    "Param('i$0d')",
    'spec/openapi.json:9‹"guestId"›',
  ],
  [
    'a parameter of the spec leads to the decorated one',
    guests,
    'spec/openapi.json',
    '"guest$0Id", "in"',
    "src/guests.controller.ts:6‹@Param('id') id: string›",
  ],
  [
    'a DTO leads to the schema of its name',
    guests,
    'src/create-guest.dto.ts',
    'class Create$0GuestDto',
    'spec/openapi.json:15‹"CreateGuest"›',
  ],
  [
    'a schema leads to the DTO of its name',
    guests,
    'spec/openapi.json',
    '"Create$0Guest"',
    'src/create-guest.dto.ts:2‹CreateGuestDto›',
  ],
  ['nothing else leads anywhere', orders, 'app.ts', 'app.lis$0ten'],
] as const) {
  test(what, () => assert.deepEqual(goTo(source, file, place), targets));
}

test('what is asked about is marked, and a peek shows the whole of the target', () => {
  const { index, file, offset, show } = sceneAt(orders, 'api.ts', "g$0et('/teas/:id'");
  const found = definition(index, file, offset);
  assert.equal(found && show(found.origin), "api.ts:6‹get('/teas/:id', find)›");
  const [target] = found?.targets ?? [];
  assert.equal(target && show(target.whole), 'openapi.yaml:7‹get: …›');
});

test('the places of an operation are the same from wherever they are asked for', () => {
  const places = ['openapi.yaml:7‹get›', "api.ts:6‹get('/teas/:id'›", 'teas.ts:1‹find›'];
  assert.deepEqual(placesOf(orders, 'openapi.yaml', 'operationId: get$0Tea'), places);
  assert.deepEqual(placesOf(orders, 'api.ts', "g$0et('/teas/:id'"), places);
  assert.deepEqual(placesOf(orders, 'teas.ts', 'fi$0nd(req'), places);
  assert.deepEqual(placesOf(orders, 'teas.ts', 'fi$0nd(req', false), places.slice(0, 2));
});

test('the uses of a component, from its key and from any reference to it', () => {
  const uses = [
    'openapi.yaml:38‹NewTea›',
    'openapi.yaml:28‹#/components/schemas/NewTea›',
    'schemas.yaml:4‹openapi.yaml#/components/schemas/NewTea›',
  ];
  assert.deepEqual(placesOf(orders, 'openapi.yaml', 'New$0Tea:\n'), uses);
  assert.deepEqual(placesOf(orders, 'openapi.yaml', 'schemas/New$0Tea'), uses);
  assert.deepEqual(placesOf(orders, 'openapi.yaml', 'New$0Tea:\n', false), uses.slice(1));
});

test('the users of a schema are found from its DTO', () => {
  assert.deepEqual(placesOf(guests, 'src/create-guest.dto.ts', 'class Create$0GuestDto'), [
    'src/create-guest.dto.ts:2‹CreateGuestDto›',
    'spec/openapi.json:15‹"CreateGuest"›',
    'spec/paths/guests.json:5‹../openapi.json#/components/schemas/CreateGuest›',
  ]);
});

test('the name of a security scheme leads to the scheme', () => {
  const source = orders
    .replace('      deprecated: true\n', '      security: [{ login: [] }]\n')
    .replace(
      'components:\n',
      "components:\n  securitySchemes:\n    login: { type: http, scheme: bearer, description: 'Guests only.' }\n",
    );
  assert.deepEqual(goTo(source, 'openapi.yaml', 'security: [{ lo$0gin'), ['openapi.yaml:36‹login›']);
});

test('references are found in a document of one long line', () => {
  const schemas = Array.from(
    { length: 2_000 },
    (_, each) => `"S${each}":{"$ref":"#/components/schemas/S${each + 1}"}`,
  );
  const text = `{"openapi":"3.1.0","info":{"title":"Teas # 1","version":"1"},"paths":{},"components":{"schemas":{${schemas.join()},"S2000":{}}}}`;
  assert.equal(placesOf(`\n//- openapi.json\n${text}\n`, 'openapi.json', '"S20$000":').length, 2);
});

test('a reference in a comment is none', () => {
  const source = orders.replace("      '404'", "      # schema: { $ref: 'schemas.yaml#/Tea' }\n      '404'");
  assert.equal(placesOf(source, 'schemas.yaml', 'T$0ea:').length, 2);
});

test('the other side is found from anywhere inside of an operation or handler', () => {
  const other = (source: string, file: string, place: string, side: 'spec' | 'code'): readonly string[] => {
    const { index, file: at, offset, show } = sceneAt(source, file, place);
    return counterparts(index, at, offset, side).map((one) => `${one.title} ${show(one.at)}`);
  };
  assert.deepEqual(other(orders, 'teas.ts', 'res.js$0on', 'spec'), [
    'GET /api/v1/teas/{teaId} openapi.yaml:7‹get›',
  ]);
  assert.deepEqual(other(orders, 'openapi.yaml', 'description: no su$0ch', 'code'), ['find teas.ts:1‹find›']);
  assert.deepEqual(other(orders, 'openapi.yaml', 'title: Or$0ders', 'code'), []);
  assert.deepEqual(other(guests, 'spec/paths/guests.json', '"ma$0de"', 'code'), [
    'GuestsController.create src/guests.controller.ts:9‹create›',
  ]);
});
