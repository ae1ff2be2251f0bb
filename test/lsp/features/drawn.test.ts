/** What an editor draws into specifications, and who refers to whom. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId, type Span } from '../../../server/src/contract/span.ts';
import { calleesOf, callersOf, hierarchyAt } from '../../../server/src/lsp/features/call-hierarchy.ts';
import { foldingRanges } from '../../../server/src/lsp/features/folding-ranges.ts';
import { semanticTokens } from '../../../server/src/lsp/features/semantic-tokens.ts';
import { specHints } from '../../../server/src/lsp/features/spec-hints.ts';
import { same, scene, sceneAt } from './support/scene.ts';
import { orders } from './support/tea-house.ts';

const spec = `
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
tags:
- name: teas
  description: |
    All of
    the teas.
# Paths
# are below.
paths:
  /teas: { $ref: paths.yaml#/teas }
  /teas/{teaId}:
    parameters:
      - $ref: '#/components/parameters/TeaId'
    get:
      operationId: getTea
      tags: [teas]
      deprecated: true
      responses:
        '200': { $ref: '#/components/responses/One' }
        default: { $ref: '#/components/responses/Gone' }
components:
  parameters:
    TeaId: { name: teaId, in: path, required: true, schema: { type: string } }
  responses:
    One:
      description: one
      content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } }
    Gone: { $ref: '#/components/responses/Nowhere' }
  schemas:
    Tea:
      type: object
      required: [name, "origin"]
      properties:
        name: { type: string }
        "origin": { $ref: '#/components/schemas/Origin' }
        notes: { type: array, items: { $ref: '#/components/schemas/Note' } }
        self: { $ref: '#/components/schemas/Tea' }
    Origin: { type: string, enum: [japan, china] }
    Note: {}
//- paths.yaml
teas:
  get:
    tags: [teas]
    responses:
      '200':
        description: all
        content:
          application/json:
            schema: { type: array, items: { $ref: 'openapi.yaml#/components/schemas/Tea' } }
  post: { responses: { '201': { description: made } } }
`;

const everything = (file: string): Span => ({ file: fileId(file), start: 0, end: 1e6 });

function hints(file: string, from?: string, to?: string): string {
  const { index, show } = scene(spec);
  const text = index.ready.textOf(fileId(file)) ?? '';
  const span = {
    file: fileId(file),
    start: from === undefined ? 0 : text.indexOf(from),
    end: to === undefined ? text.length : text.indexOf(to),
  };
  return specHints(index, span)
    .map(({ at, label }) => `${show(at)} ${label}`)
    .join('\n');
}

test('hints say what stands behind a reference, and which properties are required', () =>
  same(
    hints('openapi.yaml'),
    `
    openapi.yaml:11‹paths.yaml#/teas› GET, POST
    openapi.yaml:14‹#/components/parameters/TeaId› path teaId: string
    openapi.yaml:20‹#/components/responses/One› { name, origin, notes?, self? }
    openapi.yaml:28‹#/components/schemas/Tea› { name, origin, notes?, self? }
    openapi.yaml:35‹name› *
    openapi.yaml:36‹"origin"› *
    openapi.yaml:36‹#/components/schemas/Origin› "japan" | "china"
    openapi.yaml:38‹#/components/schemas/Tea› { name, origin, notes?, self? }
    `.replaceAll(/‹(#[^›]*)›/g, "‹'$1'›"),
  ));

test('a file that only references lead to has them too', () =>
  same(
    hints('paths.yaml'),
    `paths.yaml:9‹'openapi.yaml#/components/schemas/Tea'› { name, origin, notes?, self? }`,
  ));

test('hints are those of the part that is asked for', () =>
  same(hints('openapi.yaml', 'Origin: {', '    Note'), ''));

test('names have the colours of what they name', () => {
  const { index, show } = scene(spec);
  const shown = (file: string): string =>
    semanticTokens(index, everything(file))
      .map(({ at, type, modifiers }) => [show(at), type, ...modifiers].join(' '))
      .join('\n');
  same(
    shown('openapi.yaml'),
    `
    openapi.yaml:4‹teas› enumMember declaration
    openapi.yaml:16‹getTea› function declaration deprecated
    openapi.yaml:17‹teas› enumMember
    openapi.yaml:24‹TeaId› parameter declaration
    openapi.yaml:24‹teaId› parameter
    openapi.yaml:26‹One› variable declaration
    openapi.yaml:29‹Gone› variable declaration
    openapi.yaml:31‹Tea› type declaration
    openapi.yaml:33‹name› property
    openapi.yaml:33‹origin› property
    openapi.yaml:35‹name› property declaration
    openapi.yaml:36‹origin› property declaration
    openapi.yaml:37‹notes› property declaration
    openapi.yaml:38‹self› property declaration
    openapi.yaml:39‹Origin› type declaration
    openapi.yaml:40‹Note› type declaration
    `,
  );
  same(shown('paths.yaml'), 'paths.yaml:3‹teas› enumMember');
});

test('all that has more lines than one can be folded, the outermost first', () => {
  const { index } = scene(spec);
  const file = fileId('paths.yaml');
  const text = index.ready.textOf(file) ?? '';
  const lines = (limit: number): readonly string[] =>
    (foldingRanges(index, file, limit) ?? []).map(({ start, end }) =>
      [start, end].map((offset) => text.slice(0, offset).split('\n').length).join('-'),
    );
  assert.deepEqual(lines(100), ['1-10', '2-9', '4-9', '5-9', '7-9', '8-9']);
  assert.deepEqual(lines(2), ['1-10', '2-9']);
  assert.equal(foldingRanges(index, fileId('other.yaml'), 10), undefined);
});

test('lists under their key, texts of several lines and comments can be folded', () => {
  const { index } = scene(spec);
  const text = index.ready.textOf(fileId('openapi.yaml')) ?? '';
  const folded = (foldingRanges(index, fileId('openapi.yaml'), 100) ?? []).map(({ start, end, kind }) => {
    const [first = ''] = text.slice(start, end).split('\n');
    return `${first.trim()} … ${text.slice(0, end).split('\n').at(-1)?.trim() ?? ''}${kind ? ` (${kind})` : ''}`;
  });
  for (const expected of [
    '# Paths … # are below. (comment)',
    'tags: … the teas.',
    'description: | … the teas.',
  ])
    assert.ok(folded.includes(expected), `${expected} in ${folded.join('\n')}`);
});

test('a closing bracket stays in view', () => {
  const { index } = scene(
    `\n//- openapi.json\n{\n  "openapi": "3.1.0",\n  "info": {\n    "title": "T",\n    "version": "1"\n  },\n  "paths": {}\n}\n`,
  );
  const text = index.ready.textOf(fileId('openapi.json')) ?? '';
  assert.deepEqual(
    (foldingRanges(index, fileId('openapi.json'), 10) ?? []).map(({ start, end }) => text.slice(start, end)),
    ['"info": {\n    "title": "T",\n    "version": "1"'],
  );
});

function calls(source: string, file: string, place: string, of: typeof callersOf): readonly string[] {
  const { index, file: at, offset, show } = sceneAt(source, file, place);
  const item = hierarchyAt(index, at, offset);
  assert.ok(item, place);
  return of(index, item).map((call) => `${call.item.name} ← ${call.places.map(show).join(', ')}`);
}

test('callers of a schema are the components and operations that refer to it', () => {
  assert.deepEqual(calls(spec, 'openapi.yaml', 'Te$0a:', callersOf), [
    'One ← openapi.yaml:28‹#/components/schemas/Tea›',
    'Tea ← openapi.yaml:38‹#/components/schemas/Tea›',
    'GET /teas ← paths.yaml:9‹openapi.yaml#/components/schemas/Tea›',
  ]);
  assert.deepEqual(calls(spec, 'openapi.yaml', "200': { $ref: '#/components/resp$0onses", callersOf), [
    'GET /teas/{teaId} ← openapi.yaml:20‹#/components/responses/One›',
  ]);
});

test('what it refers to is called by it, each once', () => {
  assert.deepEqual(calls(spec, 'openapi.yaml', 'Te$0a:', calleesOf), [
    'Origin ← openapi.yaml:36‹#/components/schemas/Origin›',
    'Note ← openapi.yaml:37‹#/components/schemas/Note›',
    'Tea ← openapi.yaml:38‹#/components/schemas/Tea›',
  ]);
  assert.deepEqual(calls(orders, 'openapi.yaml', 'g$0et:\n      operationId', calleesOf), [
    'Tea ← openapi.yaml:20‹schemas.yaml#/Tea›',
  ]);
});
