/** Completion answers at every place of every document, however far it is typed, and what it writes can be read. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fileId } from '../../../server/src/contract/span.ts';
import { completions } from '../../../server/src/lsp/features/completion/complete.ts';
import { withoutStops, type Completion } from '../../../server/src/lsp/features/completion/item.ts';
import type { FeatureIndex } from '../../../server/src/lsp/features/feature-index.ts';
import { readDocument } from '../../../server/src/text/document.ts';
import { exampleFolder } from '../../support/cli.ts';
import { parseFixture } from '../../support/fixture.ts';
import { indexOf } from './support/scene.ts';
import { guests, orders } from './support/tea-house.ts';

const parity = fileURLToPath(new URL('../../fixtures/parity/api', import.meta.url));

function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  return new Map(
    names
      .filter((name) => /\.(?:ts|ya?ml|json)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

const worlds: readonly (readonly [string, ReadonlyMap<string, string>])[] = [
  ['the example', filesOf(exampleFolder)],
  ['the parity API', filesOf(parity)],
  ['the tea house', parseFixture(orders).files],
  ['its guests, in JSON', parseFixture(guests).files],
];

function ask(index: FeatureIndex, name: string, text: string, offset: number): readonly Completion[] {
  return completions(index, { file: fileId(name), text, offset, before: offset }) ?? [];
}

function applied(text: string, { start, end, insert, also }: Completion): string {
  return [{ start, end, text: withoutStops(insert) }, ...also]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

function syntaxFaults(name: string, text: string): readonly string[] {
  return readDocument(fileId(name), text).problems.map(
    ({ code, message, at }) => `${code} ${message} at ${at.start}`,
  );
}

/** Places that are asked at, apart: prime, so that all kinds of places come. */
const step = 61;

for (const [title, files] of worlds) {
  const index = indexOf(files);
  const documents = [...files].filter(([name]) => !name.endsWith('.ts'));

  test(`${title}: every prefix has an answer, on one line around the caret`, () => {
    let count = 0;
    for (const [name, text] of documents) {
      for (let offset = 0; offset <= text.length; offset += step) {
        const prefix = text.slice(0, offset);
        for (const { start, end, also, filter, insert } of ask(index, name, prefix, offset)) {
          count += 1;
          assert.ok(
            start <= offset && offset <= end && !prefix.slice(start, end).includes('\n'),
            `${name} ${offset}`,
          );
          assert.ok(
            also.every((edit) => edit.end <= start),
            `${name} ${offset}`,
          );
          assert.ok(filter !== '' && insert !== '', `${name} ${offset}`);
        }
      }
    }
    assert.ok(count > 100);
  });

  test(`${title}: what is taken at any place can be read`, () => {
    for (const [name, text] of documents) {
      if (syntaxFaults(name, text).length > 0) continue;
      for (let offset = 0; offset <= text.length; offset += step) {
        const items = ask(index, name, text, offset);
        // One of each kind at a place tells as much as all of them.
        const some = [...new Map(items.map((item) => [item.kind, item])).values()];
        for (const item of some) {
          // JSON has no values that are not there yet.
          if (item.again === true && name.endsWith('.json')) continue;
          const after = applied(text, item);
          assert.deepEqual(
            syntaxFaults(name, after),
            [],
            `${item.label} in ${name} at ${offset}:\n${after.slice(Math.max(0, item.start - 200), item.start + 300)}`,
          );
        }
      }
    }
  });

  test(`${title}: on a new line below every fifth line too`, () => {
    for (const [name, text] of documents) {
      if (!/\.ya?ml$/.test(name) || syntaxFaults(name, text).length > 0) continue;
      let count = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        count += 1;
        if (count % 5 !== 0) continue;
        const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
        const indent = /^ */.exec(line)?.[0].length ?? 0;
        for (const column of [indent, indent + 2, Math.max(0, indent - 2), indent + 1]) {
          const typed = `${text.slice(0, end)}\n${' '.repeat(column)}${text.slice(end)}`;
          const items = ask(index, name, typed, end + 1 + column);
          const some = [...new Map(items.map((item) => [item.kind, item])).values()];
          for (const item of some) {
            const after = applied(typed, item);
            assert.deepEqual(
              syntaxFaults(name, after),
              [],
              `${item.label} in ${name} below «${line}» in column ${column}:\n${after.slice(Math.max(0, item.start - 200), item.start + 300)}`,
            );
          }
        }
      }
    }
  });
}
