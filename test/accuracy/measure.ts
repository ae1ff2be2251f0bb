/**
 * How many drifts are found that are seeded into the specification of a real server, and how much else is told then:
 *
 *     node --import ./test/support/register.mjs test/accuracy/measure.ts <checkout> --spec <file> --root <folder> [--each 8]
 *
 * The specification is one document. What is found without any seed is the base; everything new beside it is the answer
 * to a seed. Seeds are taken evenly from all operations that are matched, `--each` of every category. Prints a line of
 * JSON a category, and a table.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { Finding } from '../../server/src/contract/finding.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { settle } from '../support/memory-folder.ts';
import { openCheckout } from './checkout.ts';
import { isJson, methods, seedsAt, type Json, type Seed } from './seeds.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    spec: { type: 'string' },
    root: { type: 'string', multiple: true },
    each: { type: 'string', default: '8' },
  },
});
const [checkout] = positionals;
if (checkout === undefined || values.spec === undefined)
  throw new Error('usage: measure.ts <checkout> --spec <file> --root <folder>');
const spec = fileId(values.spec);
const document = parse(readFileSync(join(checkout, spec), 'utf8')) as Json;

const { engine, folder, settings } = openCheckout(checkout, { specs: [spec], roots: values.root ?? ['.'] });
engine.apply([folder.set(spec, JSON.stringify(document))]);
settle(engine, folder);

/** A finding on one operation with its words; one that speaks of several, for each without them. */
function keysOf({ rule, operation, operations, message }: Finding): readonly string[] {
  if (operations) return operations.map(({ method, path }) => `${rule}\n${method} ${path}\n`);
  return [`${rule}\n${operation ? `${operation.method} ${operation.path}` : ''}\n${message}`];
}

function found(): ReadonlySet<string> {
  const findings = analyse(engine.snapshot(), settings);
  return new Set(findings.filter(({ coveredBy }) => coveredBy === undefined).flatMap(keysOf));
}

const before = found();
const matched = engine
  .snapshot()
  .links.flatMap(({ pairs }) => pairs)
  .flatMap((pair) => (pair.state === 'matched' && pair.match.how === 'exact' ? [pair.spec.title] : []));

interface Tally {
  seeded: number;
  found: number;
  right: number;
  wrong: number;
}

const all = Object.entries(isJson(document['paths']) ? document['paths'] : {}).flatMap(([path, item]) =>
  methods.flatMap((method): readonly Seed[] => {
    const name = `${method.toUpperCase()} ${path}`;
    const known =
      isJson(item) &&
      method in item &&
      matched.some((title) => title.endsWith(path) && title.startsWith(method.toUpperCase()));
    return known ? seedsAt(document, { path, method, name }) : [];
  }),
);
const tallies = new Map<string, Tally>();
for (const category of new Set(all.map((seed) => seed.category))) {
  const seeds = all.filter((seed) => seed.category === category);
  const tally: Tally = { seeded: 0, found: 0, right: 0, wrong: 0 };
  tallies.set(category, tally);
  const step = Math.max(1, Math.floor(seeds.length / Number(values.each)));
  for (const seed of seeds.filter((_, index) => index % step === 0).slice(0, Number(values.each)))
    measure(seed, tally);
  console.log(JSON.stringify({ category, ...tally }));
}

/** Operations are told with the base of the server in front. */
function isOf(told: string, operation: string): boolean {
  const [method = '', ...path] = operation.split(' ');
  return told.startsWith(`${method} `) && told.endsWith(path.join(' '));
}

function measure(seed: Seed, tally: Tally): void {
  const changed = structuredClone(document);
  seed.apply(changed);
  engine.apply([folder.set(spec, JSON.stringify(changed))]);
  settle(engine, folder);
  const fresh = [...found()].filter((key) => !before.has(key)).map((key) => key.split('\n'));
  const right = fresh.filter(
    ([rule = '', told = '']) =>
      seed.rules.includes(rule) &&
      (isOf(told, seed.operation) || matched.some((other) => isOf(told, other) && seed.also(other))),
  );
  tally.seeded += 1;
  tally.found += right.length > 0 ? 1 : 0;
  tally.right += right.length;
  tally.wrong += fresh.length - right.length;
  if (process.env['SHOW'] === '1' && (right.length === 0 || right.length < fresh.length))
    console.error(
      `${right.length === 0 ? 'missed' : 'more'}: ${seed.category} ${seed.operation}`,
      fresh
        .filter((one) => !right.includes(one))
        .map(([rule, told, message]) => `${rule ?? ''} ${told ?? ''} ${message ?? ''}`),
    );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

for (const [category, { seeded, found: hits, right, wrong }] of tallies)
  console.log(
    `| ${category} | ${String(seeded)} | ${percent(hits, seeded)} | ${percent(right, right + wrong)} |`,
  );
