/** Where the caret is in a text that is half typed. `|` is the caret. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectionAt, cursorsAt } from '../../server/src/text/cursor/cursor.ts';
import { toJs } from '../../server/src/text/document-node.ts';

/** Each as `key|value path «what is replaced» of others`. */
function found(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return cursorsAt(text, offset).map((cursor) => {
    const { part, path, start, end, others, lead, hasColon, commaAt, commaAfter } = cursor;
    const notes = [
      ...(lead === '' ? [] : [`lead ${JSON.stringify(lead)}`]),
      ...(hasColon ? ['colon'] : []),
      ...(commaAt === undefined ? [] : [`comma at ${commaAt}`]),
      ...(commaAfter ? ['comma after'] : []),
    ];
    return [
      part,
      `/${path.join('/')}`,
      `«${text.slice(start, end)}»`,
      ...(others.length > 0 ? [`beside ${others.join(' ')}`] : []),
      ...notes,
    ].join(' ');
  });
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['a key at the top', 'openapi: 3.1.0\nin|', ['key / «in» beside openapi']],
  ['an empty line at the top', 'openapi: 3.1.0\n|\npaths: {}\n', ['key / «» beside openapi paths']],
  ['a key in a mapping', 'info:\n  title: x\n  ver|\npaths: {}\n', ['key /info «ver» beside title']],
  [
    'an empty line below a key',
    'paths:\n  /a:\n    |\n',
    ['key /paths//a «»', 'key /paths//a/0 «» lead "- "', 'value /paths//a/0 «» lead "- "'],
  ],
  [
    'an empty line beside keys',
    'paths:\n  /a:\n    get:\n      tags: []\n    |\n',
    ['key /paths//a «» beside get'],
  ],
  ['a caret deeper than its keys', 'info:\n  title: x\n   |\n', ['key /info «   » beside title lead "  "']],
  [
    'a caret less deep than its keys',
    'info:\n    title: x\n  |\n',
    ['key /info «  » beside title lead "    "'],
  ],
  ['a value', 'a:\n  in: pa|th # where\n', ['value /a/in «path»']],
  ['a value that is not there', 'a:\n  in: |\n', ['value /a/in «»']],
  ['a value without a space', 'a:\n  in:|\n', ['value /a/in «» lead " "']],
  ['a text in quotes', `a:\n  $ref: '#/comp|'\n`, [`value /a/$ref «'#/comp'»`]],
  ['a key of an item', 'ps:\n  - name: x\n    i|\n', ['key /ps/0 «i» beside name']],
  ['a key of the second item', 'ps:\n  - name: x\n  - n|\n', ['key /ps/1 «n»', 'value /ps/1 «n»']],
  [
    'right behind the last dash',
    'ps:\n  - a\n  -|',
    ['key /ps/1 «» lead " "', 'value /ps/1 «» beside a lead " "'],
  ],
  ['behind a dash', 'ps:\n  - a\n  - |\n', ['key /ps/1 «»', 'value /ps/1 «» beside a']],
  [
    'in the column of dashes',
    'ps:\n  - a\n  |\n',
    ['key /ps/1 «» lead "- "', 'value /ps/1 «» beside a lead "- "'],
  ],
  [
    'in the column of dashes and of keys',
    'ps:\n- a\n|\n',
    ['key / «» beside ps', 'key /ps/1 «» lead "- "', 'value /ps/1 «» beside a lead "- "'],
  ],
  ['in a compact list of a list', 'a:\n  - - x: 1\n      y|\n', ['key /a/0/0 «y» beside x']],
  ['a scalar item', 'tags:\n  - pe|\n  - b\n', ['key /tags/0 «pe»', 'value /tags/0 «pe» beside b']],
  ['in braces', 'a: { in: path, na| }\n', ['key /a «na» beside in']],
  ['a value in braces', 'a: { in: | }\n', ['value /a/in «»']],
  ['in brackets', 'tags: [a, |]\n', ['value /tags/1 «» beside a']],
  ['in brackets of several lines', 'a:\n  b: [\n    { x: 1,\n    y|\n  ]\n', ['key /a/b/0 «y» beside x']],
  ['in an item with braces', 'a:\n  - { x: 1 }\n  - { x: 2, | }\n', ['key /a/1 «» beside x']],
  ['in a comment', 'a: 1 # com|ment\n', []],
  ['in a block scalar', 'a: |-\n  te‸xt\n'.replace('|', '¦'), []],
  ['below a finished text', 'a: text\n  more|\n', []],
  ['behind a value', 'a: text |\n', []],
  ['a key with its colon', 'a:\n  des|c: text\n  in: path\n', ['key /a «desc» beside in colon']],
  ['in JSON', '{\n  "info": {\n    "ti|"\n  }\n}', ['key /info «"ti"»']],
  ['in JSON without quotes', '{ "info": { ti| } }', ['key /info «ti»']],
  ['in JSON behind a comma', '{ "a": 1, | }', ['key / «» beside a']],
  ['in JSON where a comma is missing', '{\n  "a": 1\n  "|"\n}', ['key / «""» beside a comma at 10']],
  ['in JSON in front of another', '{\n  "|"\n  "a": 1\n}', ['key / «""» beside a comma after']],
  ['a value in JSON', '{ "a": [ { "in": "|" } ] }', ['value /a/0/in «""»']],
  ['an item in JSON', '{ "a": [ "x", "|" ] }', ['value /a/1 «""» beside x']],
  ['a value that is missing in JSON', '{ "a": |, "b": 1 }', ['value /a «»']],
  ['behind all of JSON', '{ "a": 1 } |', []],
  ['a document behind another', 'a: 1\n---\nb|', ['key / «b»']],
  ['carriage returns', 'a:\r\n  b: 1\r\n  c|\r\nd: 1\r\n', ['key /a «c» beside b']],
  ['behind characters of two units', 'a:\n  "😀": 1\n  c|\n', ['key /a «c» beside 😀']],
  ['YAML that begins with braces', '{ a: 1, |}', ['key / «» beside a']],
];

for (const [name, text, expected] of cases) {
  const caret = text.includes('‸') ? text.replace('‸', '|').replace('¦', '\u0001') : text;
  test(name, () => assert.deepEqual(found(caret.replace('\u0001', '>')), expected));
}

test('the collections around are read as they stand', () => {
  const marked = 'ps:\n  - name: x\n    schema:\n      type: object\n      required: [|]\n  - b: 1\nz: 1\n';
  const text = marked.replace('|', '');
  const [cursor] = cursorsAt(text, marked.indexOf('|'));
  assert.ok(cursor);
  const read = cursor.levels.map((level) => {
    const node = collectionAt(text, level);
    return node && JSON.stringify(toJs(node));
  });
  assert.deepEqual(read, [
    '{"ps":[{"name":"x","schema":{"type":"object","required":[]}},{"b":1}],"z":1}',
    '[{"name":"x","schema":{"type":"object","required":[]}},{"b":1}]',
    '{"name":"x","schema":{"type":"object","required":[]}}',
    '{"type":"object","required":[]}',
    '[]',
  ]);
});
