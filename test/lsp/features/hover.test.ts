/** What people read when they hover. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../../server/src/lsp/features/hover.ts';
import { same, sceneAt } from './support/scene.ts';
import { guests, orders } from './support/tea-house.ts';

function hovered(source: string, file: string, place: string): string {
  const { index, file: at, offset, text, show } = sceneAt(source, file, place);
  const found = hover(index, at, offset);
  return found ? `${show(found.at)}\n${text(found.markdown)}` : 'nothing';
}

const tea = `
    **GET** \`/api/v1/teas/{teaId}\` — One \\*tea\\* \\| by id — _deprecated_

    Gives one tea. See [the shop](https://tea.example).

    - with milk

    | Parameter | Type | Example |  |
    | :-- | :-- | :-- | :-- |
    | \`teaId\` path | \`string (uuid)\` | \`3fa8-11\` |  |
    | \`milk\` query |  |  | only in the code |

    | Status | Answer | Body |  |
    | :-- | :-- | :-- | :-- |
    | \`200\` | the tea | \`Tea\` |  |
    | \`404\` | no such tea |  | never sent by the code |
    | \`418\` |  |  | only in the code |

    ℹ️ {teaId} is called id in code. [\`http/parameter-name\`](rule:http/parameter-name)  
    ℹ️ Never sends the documented 404. [\`http/unsent-status\`](rule:http/unsent-status)  
    ℹ️ The spec has origin in the 200 response, which the code never sends. [\`http/unsent-field\`](rule:http/unsent-field)  
    ⚠️ Reads the query parameter milk, which the spec does not list. [\`http/undocumented-parameter\`](rule:http/undocumented-parameter)  
    ⚠️ Sends 418, which the spec does not document. [\`http/undocumented-status\`](rule:http/undocumented-status)  
    ⚠️ The spec promises name in the 200 response, which the code never sends: a client that relies on it fails. [\`http/unsent-field\`](rule:http/unsent-field)

    Path: [\`app.use('/api')\`](app.ts:4‹use('/api'›) → [\`api.use('/v1')\`](api.ts:5‹use('/v1'›) → [\`teas.get('/teas/:id')\`](api.ts:6‹get('/teas/:id'›)

    Spec: [\`getTea\`](openapi.yaml:7‹get›) · Handler: [\`find\`](teas.ts:1‹find›)`;

for (const [file, place, at] of [
  ['api.ts', "get('/te$0as/:id', find", "api.ts:6‹get('/teas/:id', find)›"],
  ['api.ts', "teas/:id', fi$0nd)", "api.ts:6‹get('/teas/:id', find)›"],
  ['teas.ts', 'function fi$0nd', 'teas.ts:1‹find›'],
  ['openapi.yaml', 'g$0et:\n      operationId: getTea', 'openapi.yaml:7‹get›'],
  ['openapi.yaml', 'operationId: get$0Tea', 'openapi.yaml:8‹getTea›'],
] as const) {
  test(`the whole operation at ${place.replace(/\n.*/s, '')} in ${file}`, () => {
    same(hovered(orders, file, place), `    ${at}${tea}`);
  });
}

test('an inline handler is no operation inside of its body', () => {
  assert.equal(hovered(orders, 'api.ts', 'res.st$0atus(201)'), 'nothing');
});

test('what a middleware reads for every route is no parameter of this one', () => {
  const source = `//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get: { responses: { '200': { description: all } } }
//- app.js
const app = require('express')();
app.use((req, res, next) => { if (req.headers['x-tea-key']) req.known = true; next(); });
app.get('/teas', (req, res) => res.json([req.query.milk]));
app.listen(1);
`;
  const text = hovered(source, 'app.js', "get('/te$0as'");
  assert.match(text, /`milk` query/);
  assert.doesNotMatch(text, /x-tea-key/);
});

test('a route that no spec has', () => {
  same(
    hovered(orders, 'api.ts', "teas.po$0st('/teas'"),
    `
    api.ts:8‹post('/teas'›
    **POST** \`/api/v1/teas\` — _not in the spec_

    | Body | Type |
    | :-- | :-- |
    | any type | \`{ name }\` |

    | Status | Body |
    | :-- | :-- |
    | \`201\` | \`{ id }\` |

    ⚠️ Is not in the spec. [\`http/undocumented-operation\`](rule:http/undocumented-operation)

    Path: [\`app.use('/api')\`](app.ts:4‹use('/api'›) → [\`api.use('/v1')\`](api.ts:5‹use('/v1'›) → [\`teas.post('/teas')\`](api.ts:8‹post('/teas'›)

    Handler: [\`a handler in api.ts\`](api.ts:8‹›)`,
  );
});

test('a path lists its operations with their handlers', () => {
  same(
    hovered(orders, 'openapi.yaml', '/api/v1/te$0as'),
    `
    openapi.yaml:4‹/api/v1/teas/{teaId}›
    **GET** \`/api/v1/teas/{teaId}\` — One \\*tea\\* \\| by id — _deprecated_ → [\`find\`](teas.ts:1‹find›)  
    **PUT** \`/api/v1/teas/{teaId}\` → [\`replace\`](teas.ts:5‹replace›)`,
  );
});

test('a reference to another file shows what is there and who needs it', () => {
  same(
    hovered(orders, 'openapi.yaml', 'schemas.yaml#/T$0ea'),
    `
    openapi.yaml:20‹'schemas.yaml#/Tea'›
    **Tea**

    A tea in stock.

    \`NewTea & { id?: string }\`

    \`\`\`json
    {
      "name": "Sencha",
      "origin": "japan",
      "id": "string"
    }
    \`\`\`

    Used by [\`GET /api/v1/teas/{teaId}\`](openapi.yaml:7‹get›)`,
  );
});

test('a schema shows its properties, and operations that need it through others', () => {
  same(
    hovered(orders, 'openapi.yaml', 'New$0Tea:\n'),
    `
    openapi.yaml:38‹NewTea›
    **NewTea**

    | Property | Type | Example |
    | :-- | :-- | :-- |
    | \`name\`, required | \`string\` | \`Sencha\` |
    | \`origin\` | \`Origin\` |  |

    \`\`\`json
    {
      "name": "Sencha",
      "origin": "japan"
    }
    \`\`\`

    Used by [\`PUT /api/v1/teas/{teaId}\`](openapi.yaml:22‹put›), [\`GET /api/v1/teas/{teaId}\`](openapi.yaml:7‹get›)`,
  );
});

test('a status shows its body and where the code sends it', () => {
  same(
    hovered(orders, 'openapi.yaml', "'2$000':\n"),
    `
    openapi.yaml:16‹'200'›
    \`200\` — the tea

    | Body | Type |
    | :-- | :-- |
    | \`application/json\` | \`NewTea & { id?: string }\` |

    Sent by find: [\`200\`](teas.ts:3‹json›)`,
  );
  same(
    hovered(orders, 'openapi.yaml', "'4$004'"),
    `
    openapi.yaml:21‹'404'›
    \`404\` — no such tea

    Never sent by find.

    ℹ️ Never sends the documented 404. [\`http/unsent-status\`](rule:http/unsent-status)`,
  );
});

test('the path of a controller is prefix, version, controller and method', () => {
  const text = hovered(guests, 'src/guests.controller.ts', "@G$0et(':id')");
  assert.match(
    text,
    /Path: \[`app\.setGlobalPrefix\('api'\)`\]\(src\/main\.ts:8.*?\) → \[`\/v2`\].* → \[`@Controller\(\{ path: 'guests', version: '2' \}\)`\].* → \[`@Get\(':id'\)`\]/,
  );
  assert.equal(
    hovered(guests, 'src/guests.controller.ts', 'on$0e(').split('\n').slice(1).join('\n'),
    text.split('\n').slice(1).join('\n'),
  );
});

test('an operation in a file of its own is the same operation', () => {
  const text = hovered(guests, 'spec/paths/guests.json', '"po$0st"');
  assert.match(text, /\*\*POST\*\* `\/api\/v2\/guests` — A new guest/);
  assert.match(text, /\| `application\/json` \| `CreateGuest` \|/);
});

test('a finding says why it matters where nothing else is to be said', () => {
  const text = hovered(orders, 'teas.ts', 'status(4$018)');
  assert.match(text, /^teas\.ts:2‹418›\n\w/);
  assert.match(text, /\[`http\/undocumented-status`\]\(rule:http\/undocumented-status\)$/);
});

test('what users wrote is text: no HTML, no images, no commands, no broken tables', () => {
  const source = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get:
      summary: "a|b \`c\` <img src=x> [run](command:evil) # 1."
      description: "<script>x</script> ![pixel](https://spy.example/x.png) [run](command:evil) [shop](https://tea.example)\\n\\n[a]: command:evil"
      parameters:
        - { name: "q|\`r", in: query, schema: { type: string, enum: ["a|b"] }, example: "x|y" }
      responses: { '200': { description: "1 | 2\\n3" } }
`;
  const text = hovered(source, 'openapi.yaml', 'g$0et:');
  assert.doesNotMatch(text, /(?<!\\)<(?:script|img)|(?<!\\)!\[|[^\\]\]\(command|^\[a\]:/m);
  assert.match(text, /\[shop\]\(https:\/\/tea\.example\)/);
  assert.match(text, /\| ``q\\\|`r`` query \| `"a\\\|b"` \| `x\\\|y` \|/);
  assert.match(text, /\| `200` \| 1 \\\| 2 3 \|/);
});

test('nothing is said about a place that means nothing, in any file', () => {
  assert.equal(hovered(orders, 'app.ts', 'expr$0ess()'), 'nothing');
  assert.equal(hovered(orders, 'openapi.yaml', 'title: Ord$0ers'), 'nothing');
});

test('a word of the specification, with its section', () => {
  same(
    hovered(orders, 'openapi.yaml', 'request$0Body:'),
    `
    openapi.yaml:24‹requestBody›
    **requestBody** — request body

    The body that it takes.

    [Operation Object, OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html#operation-object)`,
  );
  same(
    hovered(orders, 'openapi.yaml', '{ name: teaId, in: pa$0th'),
    `
    openapi.yaml:36‹path›
    **path** — Between the braces of the path; is required.`,
  );
});

test('names that authors choose are no words of the specification', () => {
  assert.equal(hovered(orders, 'openapi.yaml', 'na$0me: { type: string, example: Sencha }'), 'nothing');
});
