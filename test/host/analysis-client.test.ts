/** What the owner of the analysis worker does when that comes down. The worker is one that does as its texts say. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { AnalysisClient } from '../../server/src/host/analysis-client.ts';
import { LONG_TEXT } from '../../server/src/host/timing.ts';

/** Answers with the texts that it holds, as findings; a text can end it, when it comes in or later, or hang it. */
const worker = `
const { parentPort } = require('node:worker_threads');
const texts = new Map();
parentPort.on('message', ({ kind, folder, path, text, revision }) => {
  if (kind === 'edit') {
    if (text === undefined) texts.delete(path); else texts.set(path, text);
    if (text?.startsWith('half a cup')) process.exit(3);
  }
  if (kind !== 'analyse') return;
  for (const text of texts.values()) {
    if (text === 'throw') throw new Error('a fault of the test');
    if (text === 'exit') process.exit(7);
    while (text === 'hang');
  }
  const parts = [...texts].map(([path, text], index) => [index, JSON.stringify(path + ': ' + text)]);
  const findings = parts.map(([number]) => number);
  const result = { first: true, parts, complete: true, findings };
  for (const list of ['specs', 'codes', 'links', 'problems', 'skipped', 'held', 'documents']) result[list] = [];
  parentPort.postMessage({ kind: 'result', folder, revision, result });
});
`;

interface Watched {
  readonly client: AnalysisClient;
  readonly told: string[];
  until(line: string): Promise<void>;
}

function start(t: TestContext): Watched {
  const folder = mkdtempSync(join(tmpdir(), 'backend-contract-'));
  const script = join(folder, 'worker.cjs');
  writeFileSync(script, worker);
  const told: string[] = [];
  const client = new AnalysisClient(
    { script, storage: undefined, deadline: 1_500 },
    {
      result: (_folder, revision, { findings }) => told.push(`${revision}: ${findings.join(', ')}`),
      crashed: (reason, failed) => told.push(`${failed ? 'gave up' : 'crashed'}: ${reason}`),
      leftOut: (_folder, path) => told.push(`left out: ${path}`),
    },
  );
  t.after(async () => {
    await client.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    client,
    told,
    async until(line) {
      const end = performance.now() + 20_000;
      while (!told.includes(line)) {
        assert.ok(performance.now() < end, `${line} was not told: ${told.join('; ')}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

for (const [how, reason] of [
  ['throw', 'a fault of the test'],
  ['exit', 'it ended with code 7'],
  ['hang', 'it did not answer in time'],
] as const)
  test(`a text that makes the worker ${how} is left out after the second time`, async (t) => {
    const { client, told, until } = start(t);
    client.open('/tea');
    client.edit('/tea', 'pot.ts', 'a pot', 1);
    client.analyse('/tea', 1);
    await until('1: pot.ts: a pot');
    client.edit('/tea', 'cup.ts', how, 2);
    client.analyse('/tea', 2);
    await until('2: pot.ts: a pot');
    assert.deepEqual([...told].sort(), [
      '1: pot.ts: a pot',
      '2: pot.ts: a pot',
      `crashed: ${reason}`,
      `crashed: ${reason}`,
      'left out: cup.ts',
    ]);
    client.edit('/tea', 'cup.ts', how, 3);
    client.edit('/tea', 'cup.ts', 'a cup', 4);
    client.analyse('/tea', 4);
    await until('4: pot.ts: a pot, cup.ts: a cup');
    assert.equal(told.filter((line) => line === 'left out: cup.ts').length, 2);
  });

test('after three crashes in a short time it is over, and said', async (t) => {
  const { client, told, until } = start(t);
  client.open('/tea');
  for (const [revision, path] of ['one.ts', 'two.ts', 'three.ts'].entries())
    client.edit('/tea', path, 'throw', revision + 1);
  client.analyse('/tea', 3);
  await until('gave up: a fault of the test');
  client.analyse('/tea', 4);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(told.filter((line) => line.startsWith('gave up')).length, 1);
});

test('a worker that comes down is told everything again', async (t) => {
  const { client, until } = start(t);
  client.open('/tea');
  client.edit('/tea', 'pot.ts', 'a pot', 1);
  client.edit('/tea', 'cup.ts', 'exit', 2);
  client.analyse('/tea', 2);
  await until('crashed: it ended with code 7');
  client.edit('/tea', 'cup.ts', 'a cup', 3);
  client.analyse('/tea', 3);
  await until('3: pot.ts: a pot, cup.ts: a cup');
});

test('of what is typed into a long text until somebody asks, the worker hears the end', async (t) => {
  const { client, told, until } = start(t);
  const half = 'half a cup'.padEnd(LONG_TEXT);
  client.open('/tea');
  client.edit('/tea', 'cup.ts', half, 1);
  client.edit('/tea', 'pot.ts', 'a pot', 2);
  client.edit('/tea', 'cup.ts', 'a cup', 3);
  client.analyse('/tea', 3);
  await until('3: pot.ts: a pot, cup.ts: a cup');
  client.edit('/tea', 'pot.ts', half, 4);
  client.edit('/tea', 'pot.ts', undefined, 5);
  client.analyse('/tea', 5);
  await until('5: cup.ts: a cup');
  assert.equal(told.length, 2);
});

test('a text that was typed after the one that brings the worker down is kept', async (t) => {
  const { client, told, until } = start(t);
  client.open('/tea');
  client.edit('/tea', 'cup.ts', 'hang', 1);
  client.analyse('/tea', 1);
  await until('crashed: it did not answer in time');
  client.edit('/tea', 'cup.ts', 'a cup', 2);
  await until('1: cup.ts: a cup');
  assert.equal(told.filter((line) => line.startsWith('left out')).length, 0);
});
