/**
 * Edits of a specification, linted one after the other as the lint worker does, beside one run of Spectral with its
 * rules as they come over the whole document. Processor time in this process, without the protocol around it.
 *
 *   node --import ./test/support/register.mjs test/bench/lint-edits.mjs [--edits 30] [--no-spectral] [openapi.yaml …]
 *
 * Without a file, one of 100,000 lines is made up. One word in a line gets a letter, and loses it again.
 */

import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import spectralCore from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';
import { builtInRuleset } from '../../server/src/lint/built-in.ts';
import { createKeptLints } from '../../server/src/lint/incremental/kept.ts';
import { createRules } from '../../server/src/lint/rules.ts';
import { randomSpec } from '../support/random-spec.ts';
import { createRandom } from '../support/random.ts';
import { median } from './measure.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { edits: { type: 'string', default: '30' }, 'no-spectral': { type: 'boolean', default: false } },
});
const made = {
  version: '3.0.3',
  format: 'yaml',
  resources: 730,
  mistakes: 0.02,
  seed: 1,
};
const documents = positionals.map((name) => {
  const path = resolve(process.env.INIT_CWD ?? '.', name);
  return { path, text: readFileSync(path, 'utf8') };
});
if (documents.length === 0) documents.push({ path: '/made-up/openapi.yaml', text: randomSpec(made) });

const print = (line) => process.stdout.write(`${line}\n`);
print(
  '| specification | lines | first | edit, median | p95 | of that, health | taken in | Spectral | edit ÷ Spectral |',
);
print('|---|---|---|---|---|---|---|---|---|');
for (const document of documents) await compare(document);

async function compare({ path, text }) {
  const kept = createKeptLints();
  const rules = createRules(builtInRuleset('openapi')).rulesFor(path);
  const host = { path, read: () => undefined, remote: () => undefined, idOf: (other) => basename(other) };
  const lint = async (content) => {
    const started = process.cpuUsage();
    const document = kept.read(path, basename(path), content);
    const { health, isQuick } = await kept.lint(document, host, rules);
    const linted = since(started);
    health();
    return { all: since(started), health: since(started) - linted, isQuick };
  };
  const first = await lint(text);
  const edits = [];
  for (const place of placesIn(text, Number(values.edits))) {
    edits.push(await lint(`${text.slice(0, place)}x${text.slice(place)}`));
    edits.push(await lint(text));
  }
  const times = edits.map(({ all }) => all).sort((a, b) => a - b);
  const edit = median(times);
  const p95 = times[Math.min(times.length - 1, Math.floor(times.length * 0.95))];
  const stock = values['no-spectral'] ? undefined : await runSpectral(path, text);
  const taken = `${edits.filter(({ isQuick }) => isQuick).length} of ${edits.length}`;
  const cells = [basename(path), text.split('\n').length, ...[first.all, edit, p95].map(ms)];
  cells.push(ms(median(edits.map(({ health }) => health))), taken);
  cells.push(
    stock === undefined ? '–' : ms(stock),
    stock === undefined ? '–' : `1 : ${Math.round(stock / edit)}`,
  );
  print(`| ${cells.join(' | ')} |`);
}

/** Behind words that are values in lines of path items and components. */
function placesIn(text, count) {
  const random = createRandom(7);
  const ends = [...text.matchAll(/^ {4,}(?:- )?"?[\w$-]+"?: "?[A-Za-z][\w .,]*(?="?,?$)/gm)].map(
    (match) => match.index + match[0].length,
  );
  return Array.from({ length: count }, () => random.pick(ends));
}

async function runSpectral(path, text) {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset({ extends: [rulesets.oas] });
  const started = process.cpuUsage();
  await spectral.run(new spectralCore.Document(text, parsers.Yaml, path));
  return since(started);
}

/** Milliseconds of processor time. */
function since(started) {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function ms(value) {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
