/**
 * All features at every prefix of texts that are hard to read and to edit: lines that end in two characters, tabs,
 * anchors, merge keys, keys that stand twice, characters of two code units. Nothing is thrown, nothing points outside, and
 * no edit loses what was there.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refactorings } from '../../../server/src/authoring/refactor/refactorings.ts';
import { buildSymbols } from '../../../server/src/authoring/symbols/build.ts';
import type { DocNode } from '../../../server/src/contract/facts.ts';
import { fileId } from '../../../server/src/contract/span.ts';
import { completions } from '../../../server/src/lsp/features/completion/complete.ts';
import { mendsOf } from '../../../server/src/lsp/features/fixes/fixes.ts';
import type { FeatureIndex } from '../../../server/src/lsp/features/feature-index.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { applied as appliedTo, sourcesOf } from '../../authoring/support/sources.ts';
import { applied } from './support/apply.ts';
import { askFile, askPlace, existsIn } from './support/ask.ts';
import { indexOf } from './support/scene.ts';

const code = `const express = require('express');
const app = express();
app.use(express.json());
app.get('/teas/:id', (req, res) => {
  if (req.query.hot) return res.status(409).json({ message: 'cold' });
  res.set('X-Tea', '🍵').json({ id: req.params.id, name: req.query.name });
});
app.post('/teas', (req, res) => res.status(201).json({ name: req.body.name, origin: req.body.origin }));
app.put('/teas/:id', (req, res) => res.json({ id: req.params.id }));
app.delete('/pots/:pot', (req, res) => res.sendStatus(204));
app.listen(3000);
`;

const spec = `# 🫖 𝒯ea
openapi: "3.0.3"
info: { title: '🍵 teas', version: '1' }
x-answers: &answers
  '200': &ok
    description: "all 🍵"
  '418': {description: 'a pot'	}	# with tabs
paths:
  /teas/{id}: &one
    parameters:
      - &id {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getTea
      parameters:
        - {$ref: '#/components/parameters/Hot'}
      responses:
        '200': *ok
  # 🏺
  /teas:
    post:
      requestBody:
        content:
          application/json:
            schema: &tea
              type: object
              properties: { name: { type: string } }
      responses:
        <<: *answers
        '201':
          description: |
            made 𝒯ea
            in lines
  /pots/{pot}:
    parameters: [ *id ]
    get:
      summary: once
      summary: twice
      responses: *answers
components:
  parameters:
    "Hot": {name: hot, in: query, schema: {type: string}}
  schemas:
    Tea: *tea
`;

const worlds: readonly (readonly [title: string, name: string, text: () => string])[] = [
  ['lines end in one character', 'openapi.yaml', () => spec],
  ['lines end in two', 'openapi.yaml', () => spec.replaceAll('\n', '\r\n')],
  ['JSON in tabs', 'openapi.json', () => JSON.stringify(json, undefined, '\t')],
];

const json = {
  openapi: '3.1.0',
  info: { title: '🍵', version: '1' },
  paths: {
    '/teas/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'one 𝒯ea' } },
      },
    },
  },
  components: {},
};

function world(name: string, text: string): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', '{ "dependencies": { "express": "4.18.2" } }\n'],
    ['app.js', code],
    [name, text],
  ]);
}

function faultsOf(name: string, text: string): number {
  return readDocument(fileId(name), text).problems.length;
}

/** All scalars by their pointers; keys are counted where they stand twice. */
function leaves(node: DocNode | undefined, at = ''): readonly string[] {
  if (!node) return [];
  if (node.kind === 'scalar') return [`${at} = ${String(node.value)}`];
  if (node.kind === 'seq') return node.items.flatMap((item, index) => leaves(item, `${at}/${index}`));
  return node.entries.flatMap(({ key, value }) => leaves(value, `${at}/${key}`));
}

/** What is documented stands beside what is there. */
function fixesAddOnly(index: FeatureIndex, files: ReadonlyMap<string, string>, name: string): number {
  const text = files.get(name) ?? '';
  const before = leaves(readDocument(fileId(name), text).root);
  let count = 0;
  for (const finding of index.ready.findings)
    for (const { title, edits } of mendsOf(index, finding)) {
      const after = applied(files, edits).get(name) ?? '';
      assert.ok(faultsOf(name, after) <= faultsOf(name, text), `${title}:\n${after}`);
      if (!/^(?:Document|Mark)/.test(title) || /in place of/.test(title)) continue;
      const now = new Set(leaves(readDocument(fileId(name), after).root));
      const lost = before.filter((leaf) => !now.has(leaf) && !/\/(?:required|enum)\//.test(leaf));
      assert.deepEqual(lost, [], `${title}:\n${after}`);
      if (after !== text) count += 1;
    }
  return count;
}

function askAt(index: FeatureIndex, files: ReadonlyMap<string, string>, name: string, offset: number): void {
  const file = fileId(name);
  const text = files.get(name) ?? '';
  askPlace(index, file, offset, existsIn(files));
  for (const { start, end } of completions(index, { file, text, offset, before: offset }) ?? [])
    assert.ok(0 <= start && start <= end && end <= text.length);
  const sources = { ...sourcesOf({ [name]: text }), roots: [file] };
  const symbols = buildSymbols(sources);
  for (const offer of refactorings({ sources, file, offset, symbols: () => symbols, isQuick: true })) {
    const made = offer.edits();
    if ('refused' in made) continue;
    const after = appliedTo({ [name]: text }, made.edits)[name] ?? '';
    assert.ok(faultsOf(name, after) <= faultsOf(name, text), `${offer.id} at ${offset}:\n${after}`);
  }
}

for (const [title, name, write] of worlds)
  test(`${title}: at every prefix`, () => {
    const whole = write();
    let edits = 0;
    for (let length = whole.length; length > 0; length -= 13) {
      const files = world(name, whole.slice(0, length));
      const index = indexOf(files);
      askFile(index, fileId(name), existsIn(files));
      for (const offset of [length, length - 1, Math.floor(length / 2)]) askAt(index, files, name, offset);
      edits += fixesAddOnly(index, files, name);
    }
    assert.ok(edits > 0, 'there were fixes');
  });
