/**
 * Drifts that are seeded into the parity API, one at a time: exactly what was seeded has to be found, as far as the source
 * proves it (`known.ts`). The figures per category stand in README.md; `UPDATE=1` writes them anew.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeMutations } from './code/index.ts';
import { contractMutations } from './contract/index.ts';
import { isKnown, provable } from './known.ts';
import { openLaboratory } from './laboratory.ts';
import { categories, type Category, type Mutation } from './mutation.ts';

interface Tally {
  seeded: number;
  expected: number;
  found: number;
  surplus: number;
}

const empty = (): Tally => ({ seeded: 0, expected: 0, found: 0, surplus: 0 });

const tallies = new Map<Category, Tally>(categories.map((category) => [category, empty()]));
const byImplementation = new Map<string, Tally>(
  Object.keys(codeMutations).map((implementation) => [implementation, empty()]),
);

/** An expectation that names no operation is met by findings on any of them. */
function meets(finding: string, expected: string): boolean {
  return finding === expected || (!expected.includes(' ') && finding.startsWith(`${expected} `));
}

function missedOf({ expect }: Mutation, findings: readonly string[]): readonly string[] {
  return expect.filter((one) => !findings.some((finding) => meets(finding, one)));
}

function surplusOf({ expect }: Mutation, findings: readonly string[]): readonly string[] {
  return findings.filter((finding) => !expect.some((one) => meets(finding, one)));
}

function count(implementation: string, mutation: Mutation, findings: readonly string[]): void {
  const { category, expect } = mutation;
  for (const tally of [tallies.get(category), byImplementation.get(implementation)]) {
    assert.ok(tally);
    tally.seeded += 1;
    tally.expected += expect.length;
    tally.found += expect.length - missedOf(mutation, findings).length;
    tally.surplus += surplusOf(mutation, findings).length;
  }
}

for (const implementation of Object.keys(codeMutations)) {
  test(`drifts seeded into ${implementation}`, () => {
    const laboratory = openLaboratory(implementation);
    const wrong: string[] = [];
    for (const seeded of [...contractMutations, ...(codeMutations[implementation] ?? [])]) {
      const mutation = provable(implementation, seeded);
      const findings = laboratory.findingsWith(mutation.edits);
      count(implementation, mutation, findings);
      const differences = [
        ...missedOf(mutation, findings).map((one) => `missed: ${one}`),
        ...surplusOf(mutation, findings).map((one) => `surplus: ${one}`),
      ];
      const known = isKnown(implementation, mutation);
      if (known !== differences.length > 0)
        wrong.push(`${mutation.name}: ${known ? 'known as wrong, and right' : differences.join('; ')}`);
    }
    assert.deepEqual(wrong, []);
  });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function cells(name: string, { seeded, expected, found, surplus }: Tally): readonly string[] {
  return [name, String(seeded), percent(found, expected), percent(found, found + surplus)];
}

/** As Prettier lays it out. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' '): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
}

function total(): Tally {
  const sum = { seeded: 0, expected: 0, found: 0, surplus: 0 };
  for (const { seeded, expected, found, surplus } of tallies.values()) {
    sum.seeded += seeded;
    sum.expected += expected;
    sum.found += found;
    sum.surplus += surplus;
  }
  return sum;
}

/** JavaScript without types says less, and what it does not say is not claimed. */
const untyped = 'express-joi';

test('nearly all that is seeded is found, and nearly nothing else', () => {
  const { found, surplus } = total();
  assert.ok(found / (found + surplus) >= 0.99, `precision ${percent(found, found + surplus)}`);
  for (const [name, tally] of byImplementation)
    if (name !== untyped)
      assert.ok(tally.found / tally.expected >= 0.95, `${name}: ${percent(tally.found, tally.expected)}`);
});

/** As README.md calls them. */
const names: Readonly<Record<string, string>> = {
  'express-zod': 'Express, Zod',
  'express-joi': 'Express, Joi, JavaScript without types',
  'express-validator': 'Express, express-validator',
  'nest-class-validator': 'NestJS, class-validator',
  'nest-zod': 'NestJS, Zod',
  'routing-controllers': 'routing-controllers',
  tsoa: 'tsoa',
};

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const table = /(<!-- accuracy -->\n)[\s\S]*?(<!-- \/accuracy -->)/;

test('README.md has the figures', () => {
  const columns = ['Seeded', 'Found', 'Of what is found, right'];
  const figures = [
    tableOf([
      ['What drifts', ...columns],
      ...[...tallies].map(([category, tally]) => cells(category, tally)),
      cells('all', total()),
    ]),
    tableOf([
      ['Where', ...columns],
      ...[...byImplementation].map(([implementation, tally]) => cells(names[implementation] ?? '', tally)),
    ]),
  ].join('\n\n');
  const text = readFileSync(readme, 'utf8');
  const wanted = text.replace(table, (_, open: string, close: string) => `${open}\n${figures}\n\n${close}`);
  if (process.env['UPDATE'] === '1') writeFileSync(readme, wanted);
  assert.match(text, table);
  assert.equal(readFileSync(readme, 'utf8'), wanted);
});
