/**
 * Lints specifications with Spectral as it comes and with ours (`lint/examples/`), in turns, and compares what they
 * find. Spectral as it comes is what vscode-spectral runs on every keystroke.
 *
 *   node --import ./test/support/register.mjs test/bench/lint.mjs [--rounds 4] openapi.yaml …
 */

import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import spectralCore from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { builtInRuleset } from '../../server/src/lint/built-in.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { createRules } from '../../server/src/lint/rules.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { median } from './measure.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '4' } },
});

process.stdout.write(
  '| specification | lines | ours | Spectral | ours ÷ Spectral | findings |\n|---|---|---|---|---|---|\n',
);
for (const name of positionals) {
  const path = resolve(process.env.INIT_CWD ?? '.', name);
  const text = readFileSync(path, 'utf8');
  const ours = [];
  const stock = [];
  let same = true;
  let count = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Who goes first in a process pays for compiling, so they take turns in that too.
    const order = round % 2 === 0 ? [stock, ours] : [ours, stock];
    const found = new Map();
    for (const list of order) {
      const rules = () => (list === ours ? ourRules(path) : stockRules());
      found.set(list, await timed(list, () => run(path, text, rules())));
    }
    const [quick, full] = [found.get(ours), found.get(stock)];
    count = full.length;
    same &&= JSON.stringify(quick) === JSON.stringify(full);
  }
  const [fast, slow] = [median(ours), median(stock)];
  const columns = [basename(path), text.split('\n').length, seconds(fast), seconds(slow)];
  columns.push((fast / slow).toFixed(2), same ? `${count}, the same` : 'NOT THE SAME');
  process.stdout.write(`| ${columns.join(' | ')} |\n`);
}

function ourRules(path) {
  return createRules(builtInRuleset('openapi')).rulesFor(path);
}

function stockRules() {
  return { ruleset: new spectralCore.Ruleset({ extends: [rulesets.oas] }), takeThrown: () => [] };
}

async function run(path, text, rules) {
  const host = {
    path,
    facts: readDocument(basename(path), text),
    read: () => undefined,
    remote: () => undefined,
    idOf: (other) => basename(other),
  };
  return (await lint(host, rules)).findings;
}

async function timed(list, work) {
  const start = performance.now();
  const result = await work();
  list.push(performance.now() - start);
  return result;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
