/** Edits of documents: what they write, and that the document says afterwards what it said before and the edit. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { lookUp, toJs } from '../../server/src/text/document-node.ts';
import type { Plain } from '../../server/src/text/document-style.ts';
import {
  appendItem,
  insertEntry,
  openForEditing,
  renameKey,
  type Editable,
  type TextEdit,
} from '../../server/src/text/edit-document.ts';
import { removeEntry } from '../../server/src/text/remove-parts.ts';

interface Edited {
  readonly text: string;
  readonly value: unknown;
}

type Edit = (document: Editable, node: never) => TextEdit | undefined;

function edited(file: string, text: string, pointer: readonly string[], edit: Edit): Edited | undefined {
  const { root, language } = readDocument(fileId(file), text);
  const made = edit(openForEditing(text, language), lookUp(root, pointer) as never);
  if (!made) return undefined;
  const next = text.slice(0, made.start) + made.text + text.slice(made.end);
  const read = readDocument(fileId(file), next);
  assert.deepEqual(read.problems, [], next);
  return { text: next, value: read.root && toJs(read.root, 1_000) };
}

const added: Plain = { description: 'Conflict', content: { 'text/plain': {} } };

const cases: readonly (readonly [name: string, file: string, before: string, after: string])[] = [
  [
    'block, between two, with comments kept',
    'a.yaml',
    "responses:\n  '200':\n    description: brewed # at last\n  # what went wrong\n  '500': { description: broken }\nx: 1\n",
    "responses:\n  '200':\n    description: brewed # at last\n  '409':\n    description: Conflict\n    content:\n      text/plain: {}\n  # what went wrong\n  '500': { description: broken }\nx: 1\n",
  ],
  [
    'block with a folded text before it, double quotes and four spaces',
    'a.yaml',
    'info:\n    title: "Tea"\nresponses:\n    "200":\n        description: |\n            brewed\n            and poured\n\nx: 1\n',
    'info:\n    title: "Tea"\nresponses:\n    "200":\n        description: |\n            brewed\n            and poured\n    "409":\n        description: Conflict\n        content:\n            text/plain: {}\n\nx: 1\n',
  ],
  [
    'CRLF',
    'a.yaml',
    "responses:\r\n  '200': { description: brewed }\r\n",
    "responses:\r\n  '200': { description: brewed }\r\n  '409':\r\n    description: Conflict\r\n    content:\r\n      text/plain: {}\r\n",
  ],
  [
    'statuses in other quotes than texts',
    'a.yaml',
    'info: { title: "Tea", version: "1", x: "y" }\nresponses:\n  \'200\': { description: brewed }\n',
    'info: { title: "Tea", version: "1", x: "y" }\nresponses:\n  \'200\': { description: brewed }\n  \'409\':\n    description: Conflict\n    content:\n      text/plain: {}\n',
  ],
  [
    'braces in YAML',
    'a.yaml',
    "responses: { '200': { description: brewed } }\n",
    "responses: { '200': { description: brewed }, '409': { description: Conflict, content: { text/plain: {} } } }\n",
  ],
  [
    'statuses without quotes',
    'a.yaml',
    'responses:\n  200:\n    description: brewed\n',
    'responses:\n  200:\n    description: brewed\n  409:\n    description: Conflict\n    content:\n      text/plain: {}\n',
  ],
  [
    'statuses without quotes in braces',
    'a.yaml',
    'responses: { 200: { description: brewed } }\n',
    'responses: { 200: { description: brewed }, 409: { description: Conflict, content: { text/plain: {} } } }\n',
  ],
  [
    'empty braces in YAML',
    'a.yaml',
    'responses: {}\n',
    "responses:\n  '409':\n    description: Conflict\n    content:\n      text/plain: {}\n",
  ],
  [
    'JSON',
    'a.json',
    '{\n  "responses": {\n    "200": { "description": "brewed" },\n    "500": {}\n  }\n}\n',
    '{\n  "responses": {\n    "200": { "description": "brewed" },\n    "409": {\n      "description": "Conflict",\n      "content": {\n        "text/plain": {}\n      }\n    },\n    "500": {}\n  }\n}\n',
  ],
  [
    'JSON on one line',
    'a.json',
    '{"responses": {"200": {}}}',
    '{"responses": {"200": {}, "409": { "description": "Conflict", "content": { "text/plain": {} } }}}',
  ],
];

for (const [name, file, before, after] of cases)
  test(`an entry more: ${name}`, () => {
    const found = edited(file, before, ['responses'], (document, node) =>
      insertEntry(document, node, '409', added, (key) => Number(key) < 409),
    );
    assert.equal(found?.text, after);
    const responses = (found?.value as { responses: Record<string, unknown> }).responses;
    assert.deepEqual(responses['409'], added);
  });

test('an entry in front of all others', () => {
  const found = edited('a.yaml', "responses:\n  '500': {}\n", ['responses'], (document, node) =>
    insertEntry(document, node, '409', {}, () => false),
  );
  assert.equal(found?.text, "responses:\n  '409': {}\n  '500': {}\n");
});

test('an item more', () => {
  const query: Plain = { name: 'cup', in: 'query' };
  const append: Edit = (document, node) => appendItem(document, node, query);
  const text = (before: string, file = 'a.yaml'): string | undefined =>
    edited(file, before, ['parameters'], append)?.text;
  assert.equal(
    text('parameters:\n  - name: pot\n    in: query # which\nx: 1\n'),
    'parameters:\n  - name: pot\n    in: query # which\n  - name: cup\n    in: query\nx: 1\n',
  );
  assert.equal(
    text('parameters:\n- name: pot\n  in: query\nx: 1\n'),
    'parameters:\n- name: pot\n  in: query\n- name: cup\n  in: query\nx: 1\n',
  );
  assert.equal(text('parameters: []\n'), 'parameters: [{ name: cup, in: query }]\n');
  assert.equal(
    text('{"parameters": [{"name": "pot"}]}', 'a.json'),
    '{"parameters": [{"name": "pot"}, { "name": "cup", "in": "query" }]}',
  );
});

test('an entry less', () => {
  const remove: Edit = (document, node) => removeEntry(document, node, 'put');
  const text = (before: string, file = 'a.yaml'): string | undefined =>
    edited(file, before, [], remove)?.text;
  assert.equal(text('get: {}\nput:\n  # all of it\n  x: 1\npost: {}\n'), 'get: {}\npost: {}\n');
  assert.equal(text('get: {}\nput:\n  x: 1\n'), 'get: {}\n');
  assert.equal(text('{ "get": {}, "put": {} }', 'a.json'), '{ "get": {} }');
  assert.equal(text('{ "put": {}, "get": {} }', 'a.json'), '{ "get": {} }');
  assert.equal(text('put: {}\n'), undefined, 'the only one');
});

test('a key renamed keeps its quotes', () => {
  const rename: Edit = (document, node) => renameKey(document, node, '200', '201');
  const text = (before: string, file = 'a.yaml'): string | undefined =>
    edited(file, before, [], rename)?.text;
  assert.equal(text("'200': {}\n"), "'201': {}\n");
  assert.equal(text('"200": {}\n'), '"201": {}\n');
  assert.equal(text('{ "200": {} }', 'a.json'), '{ "201": {} }');
  assert.equal(text("'200': {}\n'201': {}\n"), undefined, 'there is one already');
});

test('what an edit could break is not edited', () => {
  const insert: Edit = (document, node) => insertEntry(document, node, '409', {});
  assert.equal(
    edited('a.yaml', "base: &b { '200': {} }\nresponses:\n  <<: *b\n  '500': {}\n", ['responses'], insert),
    undefined,
  );
  assert.equal(edited('a.yaml', "responses:\n  '409': {}\n", ['responses'], insert), undefined);
});

test('references and lists of texts look as most others do', () => {
  const before = `a:
  "$ref": './b.yaml'
  tags: [ one, two ]
list:
  - 1
x:
  y: 1
`;
  const value: Plain = { $ref: './c.yaml', tags: ['one'], list: [2], parameters: [{ $ref: '#/p' }] };
  const after = edited('a.yaml', before, ['x'], (document, node) => insertEntry(document, node, 'z', value));
  assert.equal(
    after?.text.slice(before.length),
    `  z:
    "$ref": './c.yaml'
    tags: [ one ]
    list:
      - 2
    parameters:
      - "$ref": '#/p'
`,
  );
});

test('in JSON a list whose items begin beside its bracket goes on so', () => {
  const before = '{\n  "list": [{\n      "a": 1\n    }\n  ]\n}\n';
  const after = edited('a.json', before, ['list'], (document, node) => appendItem(document, node, { b: 2 }));
  assert.equal(after?.text, '{\n  "list": [{\n      "a": 1\n    }, {\n      "b": 2\n    }\n  ]\n}\n');
});
