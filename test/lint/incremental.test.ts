/**
 * Linting edit after edit finds what a fresh run of Spectral, with its rules as they come, finds in each text. SEED and
 * RUNS to soak; EDITS is how many edits are made to each document.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { fileId } from '../../server/src/contract/span.ts';
import { builtInRuleset } from '../../server/src/lint/built-in.ts';
import { createKeptLints, type KeptLints } from '../../server/src/lint/incremental/kept.ts';
import { checkHealth } from '../../server/src/lint/health/run.ts';
import { lint, type Linted, type LintHost } from '../../server/src/lint/lint.ts';
import { createRules, type Rules } from '../../server/src/lint/rules.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { editAtRandom } from '../support/random-edits.ts';
import { randomSpec } from '../support/random-spec.ts';
import { createRandom } from '../support/random.ts';

const seed = Number(process.env['SEED'] ?? 20_261_129);
const runs = Number(process.env['RUNS'] ?? 1);
const edits = Number(process.env['EDITS'] ?? 8);

interface Subject {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly others: ReadonlyMap<string, string>;
}

function generated(from: number): readonly Subject[] {
  return (['2.0', '3.0.3', '3.1.0'] as const).flatMap((version) =>
    (['yaml', 'json'] as const).map((format) => ({
      name: `generated ${version} ${format}`,
      path: `/library/openapi.${format}`,
      text: randomSpec({
        version,
        format,
        resources: 6,
        mistakes: 0.12,
        cycles: from % 2 === 0 ? 0 : 0.3,
        seed: from,
      }),
      others: new Map(),
    })),
  );
}

const folders = ['specs', 'workspaces'].map((name) =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)),
);

function written(): readonly Subject[] {
  return folders.flatMap((folder) => {
    const files = readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.includes('node_modules'));
    const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
    return files
      .filter((file) => /^["\s{]*(?:openapi|swagger)"?\s*:/m.test(texts.get(file) ?? ''))
      .map((file) => ({
        name: file.slice(folder.length + 1),
        path: file,
        text: texts.get(file) ?? '',
        others: texts,
      }));
  });
}

interface Tally {
  edits: number;
  quick: number;
}

const tally: Tally = { edits: 0, quick: 0 };

async function follow(subject: Subject, from: number): Promise<void> {
  const random = createRandom(from);
  const format = subject.path.endsWith('.json') ? 'json' : 'yaml';
  const kept = createKeptLints();
  const rules = createRules(builtInRuleset('openapi')).rulesFor(subject.path);
  const history: string[] = [];
  let { text } = subject;
  let before = text;
  let whole = text;
  await compare(subject, kept, rules, text, 'as it is');
  await compare(subject, kept, rules, text, 'again');
  for (let count = 0; count < edits; count += 1) {
    const isBroken = readDocument(fileId(basename(subject.path)), text).problems.length > 0;
    if (!isBroken) whole = text;
    // A text that does not parse is mostly mended next.
    const back = isBroken ? whole : before;
    const isUndone = back !== text && random.chance(isBroken ? 0.6 : 0.2);
    const made = isUndone ? { name: 'undo', text: back } : editAtRandom(text, random, format);
    history.push(made.name);
    before = text;
    text = made.text;
    await compare(subject, kept, rules, text, `seed ${from}, after ${history.join('; ')}`);
  }
}

async function compare(
  subject: Subject,
  kept: KeptLints,
  rules: Rules,
  text: string,
  when: string,
): Promise<void> {
  const { path } = subject;
  const host: LintHost = {
    path,
    read(other) {
      const found =
        subject.others.get(other) ?? (existsSync(other) ? readFileSync(other, 'utf8') : undefined);
      return found === undefined
        ? undefined
        : { text: found, facts: readDocument(fileId(basename(other)), found) };
    },
    remote: () => undefined,
    idOf: (other) => fileId(other.startsWith(dirname(path)) ? other.slice(dirname(path).length + 1) : other),
  };
  const file = host.idOf(path);
  const document = kept.read(path, file, text);
  const quick = await kept.lint(document, host, rules);
  tally.edits += 1;
  if (quick.isQuick) tally.quick += 1;
  const fresh = async (with_: Rules): Promise<Linted> =>
    lint({ ...host, facts: readDocument(file, text) }, with_);
  const stock = await fresh(stockRules());
  // Spectral as it comes ends at a function that throws.
  const full = stock.problems.some(({ code }) => code === 'lint/failed')
    ? await fresh(createRules(builtInRuleset('openapi')).rulesFor(path))
    : stock;
  const lines = ({ findings }: Linted): readonly string[] =>
    findings.map((finding) => JSON.stringify(finding));
  const [ours, theirs] = [lines(quick.linted), lines(full)];
  const differences = {
    missing: theirs.filter((line) => !ours.includes(line)),
    extra: ours.filter((line) => !theirs.includes(line)),
  };
  assert.deepEqual(
    differences,
    { missing: [], extra: [] },
    `${subject.name}, ${quick.isQuick ? 'quick' : 'full'}, ${when}`,
  );
  assert.deepEqual(ours, theirs);
  assert.deepEqual(quick.linted.problems, full.problems, when);
  const freshly = { ...host, facts: readDocument(file, text) };
  assert.deepEqual(quick.health(), checkHealth(freshly), when);
  assert.deepEqual(quick.linted.dependsOn.toSorted(), full.dependsOn.toSorted());
}

function stockRules(): Rules {
  const ruleset = new spectralCore.Ruleset({ extends: [rulesets.oas as RulesetDefinition] });
  return { ruleset, takeThrown: () => [], checksOf: () => undefined, watch: {} };
}

for (let run = 0; run < runs; run += 1) {
  const from = seed + run;
  for (const subject of [...generated(from), ...written()])
    test(`${subject.name}, seed ${from}`, async () => follow(subject, from));
}

test('most edits are taken in without a run over the whole document', () => {
  assert.ok(tally.quick > tally.edits / 3, `${tally.quick} of ${tally.edits}`);
});
