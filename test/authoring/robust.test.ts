/** Authoring on hostile and half-typed texts: nothing is thrown, and every edit leaves a document that can be read. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { refactorings } from '../../server/src/authoring/refactor/refactorings.ts';
import { renameSymbol } from '../../server/src/authoring/rename/rename.ts';
import { selectionsAt } from '../../server/src/authoring/selections.ts';
import { buildSymbols } from '../../server/src/authoring/symbols/build.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { applied, sourcesOf, type Files } from './support/sources.ts';

const specs = fileURLToPath(new URL('../fixtures/specs', import.meta.url));

/** Documents that show what can be wrong with one. */
const fixtures = readdirSync(specs, { recursive: true })
  .map(String)
  .filter((name) => /\.(?:ya?ml|json)$/.test(name) && statSync(join(specs, name)).size < 20_000)
  .sort()
  .map((name) => [name, readFileSync(join(specs, name), 'utf8')] as const);

function faults(files: Files): number {
  return Object.entries(files).reduce(
    (sum, [name, text]) => sum + readDocument(fileId(name), text).problems.length,
    0,
  );
}

/** Offsets all over a text, the same each time. */
function offsetsIn(text: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((text.length * index) / count));
}

test('at every place of every fixture, what is offered leaves a document that can be read as well as before', () => {
  for (const [name, text] of fixtures) {
    const file = /json$/.test(name) ? 'openapi.json' : 'openapi.yaml';
    const files = { [file]: text };
    const sources = { ...sourcesOf(files), roots: [fileId(file)] };
    const symbols = buildSymbols(sources);
    const before = faults(files);
    for (const offset of offsetsIn(text, 40)) {
      const scene = { sources, file: fileId(file), offset, symbols: () => symbols, isQuick: true };
      for (const offer of refactorings(scene)) {
        const made = offer.edits();
        if ('refused' in made) continue;
        const after = faults(applied(files, made.edits));
        assert.ok(after <= before, `${name}, ${offer.id} at ${offset}: ${after} faults after ${before}`);
      }
      const root = sources.document(fileId(file))?.root;
      if (root) selectionsAt(root, offset);
    }
  }
});

test('every name of every fixture is renamed there and back, and the text is the same', () => {
  for (const [name, text] of fixtures) {
    const file = /json$/.test(name) ? 'openapi.json' : 'openapi.yaml';
    const files = { [file]: text };
    const open = (now: Files) => ({ ...sourcesOf(now), roots: [fileId(file)] });
    const sources = open(files);
    const symbols = buildSymbols(sources);
    for (const symbol of symbols.index.symbols) {
      const made = renameSymbol(symbols, sources, symbol, `${symbol.name}Zz`);
      // What is a number until it has quotes keeps them.
      const isText =
        /[a-z]/i.test(symbol.name) && !/^(?:true|false|null|on|off|yes|no|[yn])$/i.test(symbol.name);
      if ('refused' in made || symbols.implicit.has(symbol.id) || !isText) continue;
      const after = applied(files, made.edits);
      const again = buildSymbols(open(after));
      const [first] = symbol.occurrences;
      const other = again.index.symbols.find(
        (each) =>
          each.kind === symbol.kind &&
          each.name === `${symbol.name}Zz` &&
          each.occurrences.length === symbol.occurrences.length &&
          each.occurrences[0]?.role === first?.role,
      );
      assert.ok(other, `${name}: ${symbol.kind} ${symbol.name} is there under its new name`);
      const back = renameSymbol(again, open(after), other, symbol.name);
      // Paths that mean the same address are there in a fixture, and cannot be made by a rename.
      if ('refused' in back && symbol.kind === 'pathSegment') continue;
      assert.ok('edits' in back, `${name}: ${symbol.name}`);
      assert.equal(applied(after, back.edits)[file], text, `${name}: ${symbol.kind} ${symbol.name}`);
    }
  }
});

const hostile = `openapi: 3.1.0
info: { title: "𝒯eas 🍵", version: '1' }
paths:
  /teas/{ident}: &item
    parameters: [{ name: ident, in: path, required: true, schema: { type: string } }]
    get:
      operationId: "find \\U0001F375"
      tags: ['🍵 it''s']
      responses: { default: { description: x } }
    <<: { summary: merged }
  /teas/{ident}/again: *item
tags:
  - name: "🍵 it's"
components:
  schemas:
    "Tea":
      properties:
        "\\u0061b": { type: string }
        ab: { type: integer }
      required: [ ab ]
`;

for (const eol of ['\n', '\r\n'])
  test(`at every prefix of a text nothing is thrown (${JSON.stringify(eol)})`, () => {
    const text = hostile.replaceAll('\n', eol);
    for (let length = 0; length <= text.length; length += 3) {
      const files = { 'openapi.yaml': text.slice(0, length) };
      const sources = { ...sourcesOf(files), roots: [fileId('openapi.yaml')] };
      const symbols = buildSymbols(sources);
      for (const symbol of symbols.index.symbols) {
        const made = renameSymbol(symbols, sources, symbol, 'zz');
        if ('edits' in made) applied(files, made.edits);
      }
      const scene = {
        sources,
        file: fileId('openapi.yaml'),
        offset: Math.max(0, length - 2),
        symbols: () => symbols,
        isQuick: true,
      };
      for (const offer of refactorings(scene)) offer.edits();
    }
  });

/** A root document and 29 files: paths and schemas that refer to each other in all directions. */
function manyFiles(): Files {
  const files: Record<string, string> = {};
  const numbers = Array.from({ length: 14 }, (_, index) => index + 1);
  files['openapi.yaml'] =
    `openapi: 3.0.3\ninfo: { title: Many, version: '1' }\npaths:\n` +
    numbers.map((n) => `  /things${n}/{id}:\n    $ref: paths/things${n}.yaml\n`).join('') +
    `components:\n  schemas:\n    Shared: { $ref: 'schemas/shared.yaml#/Shared' }\n`;
  for (const n of numbers) {
    files[`paths/things${n}.yaml`] =
      `parameters:\n  - { name: id, in: path, required: true, schema: { type: string } }\n` +
      `get:\n  operationId: getThing${n}\n  responses:\n    '200':\n      description: One\n      content:\n` +
      `        application/json:\n          schema: { $ref: '../schemas/thing${n}.yaml' }\n`;
    files[`schemas/thing${n}.yaml`] =
      `type: object\nproperties:\n  shared: { $ref: "shared.yaml#/Shared" }\n` +
      `  key: { $ref: './shared.yaml#/Shared/properties/key' }\n  Shared: { type: string }\n`;
  }
  files['schemas/shared.yaml'] =
    `# Shared by all\nShared:\n  type: object\n  required: [key]\n  properties:\n    key: { type: string }\n`;
  return files;
}

test('a rename in 30 files changes exactly the places of the name', () => {
  const files = manyFiles();
  assert.equal(Object.keys(files).length, 30);
  const sources = sourcesOf(files);
  const symbols = buildSymbols(sources);
  const start = (files['schemas/shared.yaml'] ?? '').indexOf('Shared:\n');
  const symbol = symbols.index.definedAt(fileId('schemas/shared.yaml'), start);
  assert.ok(symbol);
  const made = renameSymbol(symbols, sources, symbol, 'Common');
  assert.ok('edits' in made);
  const after = applied(files, made.edits);
  for (const [file, text] of Object.entries(files)) {
    const expected = file.startsWith('schemas/thing')
      ? text.replaceAll('shared.yaml#/Shared', 'shared.yaml#/Common')
      : file === 'schemas/shared.yaml'
        ? text.replace('\nShared:', '\nCommon:')
        : text.replace("shared.yaml#/Shared'", "shared.yaml#/Common'");
    assert.equal(after[file], expected, file);
  }
});
