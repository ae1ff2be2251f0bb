/**
 * Edits of a large specification over the protocol, ours beside yaml-language-server with the schema of OpenAPI, and
 * beside a plain run of Spectral over the whole document, which is what vscode-spectral makes at every keystroke.
 *
 *   node --import ./test/support/register.mjs test/bench/specs.mjs [--resources 730] [--edits 20] [--no-peers]
 *
 * An edit makes an operation id a list, which all three find to be wrong, and the next one makes it a text again. It is
 * done when that line is marked, or is not marked any more. The pause that ours makes on purpose is taken off; the peers'
 * are left, because they cannot be told. Hover is asked for meanwhile. yaml-language-server is installed on demand.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import spectralCore from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { EDIT_DELAY, LINT_WAITS_LONGER } from '../../server/src/host/timing.ts';
import { randomSpec } from '../support/random-spec.ts';
import { createRandom } from '../support/random.ts';
import { median } from './measure.mjs';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '730' },
    edits: { type: 'string', default: '20' },
    'no-peers': { type: 'boolean', default: false },
  },
});
const PEER = 'yaml-language-server@1.25.0';
const scratch = join(tmpdir(), 'backend-contract-bench');
const folder = join(scratch, 'specs');
const file = join(folder, 'openapi.yaml');
const uri = pathToFileURL(file).toString();
const resources = Number(values.resources);
const text = randomSpec({ version: '3.0.3', format: 'yaml', resources, mistakes: 0.02, seed: 1 });
const lines = text.split('\n');
mkdirSync(folder, { recursive: true });
writeFileSync(file, text);

const print = (line) => process.stdout.write(`${line}\n`);
print(`${lines.length} lines.\n`);
print('| server | first diagnostics | edit, median | p95 | hover meanwhile, p95 | longest hover |');
print('|---|--:|--:|--:|--:|--:|');
const server = fileURLToPath(new URL('../../server/dist/server.cjs', import.meta.url));
const ours = await measure(
  'Backend Contract',
  [server],
  EDIT_DELAY + LINT_WAITS_LONGER,
  Number(values.edits),
);
if (!values['no-peers']) {
  const theirs = await measure(
    'yaml-language-server',
    [await installPeer()],
    0,
    Math.min(4, Number(values.edits)),
  );
  const whole = await runSpectral();
  print(`| Spectral, whole run | ${ms(whole)} | ${ms(whole)} | | | |`);
  print(
    `\nAn edit is ${ratio(theirs.edit, ours.edit)} × faster than with yaml-language-server, and ${ratio(whole, ours.edit)} × ` +
      `faster than a whole run of Spectral; the first diagnostics take ${(ours.first / whole).toFixed(2)} of such a run.`,
  );
}

async function measure(name, args, pause, count) {
  const begun = performance.now();
  const child = spawn(process.execPath, [...args, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let shown;
  connection.onNotification('textDocument/publishDiagnostics', (said) => {
    if (said.uri === uri) shown = said.diagnostics;
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yamlSettings() : null)),
  );
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(folder).toString(), name: 'specs' }];
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: workspaceFolders[0].uri,
    workspaceFolders,
    capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    initializationOptions: { isTrusted: true, storage: join(scratch, 'storage') },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { yaml: yamlSettings() },
  });
  const textDocument = { uri, languageId: 'yaml', version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  // A peer that finds nothing says so.
  while (shown === undefined) await sleep(5);
  const first = performance.now() - begun;
  // The first marks may be of syntax or drift alone; an edit that is seen shows that the rest is there.
  const times = [];
  const hovers = [];
  let version = 1;
  const edit = async (line, content, isMarked) => {
    const start = { line, character: 0 };
    const range = { start, end: { line, character: 10_000 } };
    const started = performance.now();
    let isDone = false;
    version += 1;
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text: content }],
    });
    const asking = ask(() => isDone);
    while (shown.some(({ range: { start: at } }) => at.line === line) !== isMarked) await sleep(2);
    const taken = performance.now() - started - pause;
    isDone = true;
    await asking;
    return taken;
  };
  const ask = async (isDone) => {
    while (!isDone()) {
      const started = performance.now();
      const position = { line: 3, character: 3 };
      await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
      hovers.push(performance.now() - started);
      await sleep(20);
    }
  };
  // An id that several operations have is marked anyway.
  const places = lines.flatMap((line, at) =>
    /^ +operationId: \w+$/.test(line) && lines.lastIndexOf(line) === lines.indexOf(line) ? [at] : [],
  );
  const random = createRandom(7);
  for (let at = 0; at <= count; at += 1) {
    const line = random.pick(places);
    const broken = lines[line].replace(/: (\w+)$/, ': [$1]');
    const both = [await edit(line, broken, true), await edit(line, lines[line], false)];
    if (at > 0) times.push(...both);
  }
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
  const sorted = times.sort((a, b) => a - b);
  hovers.sort((a, b) => a - b);
  const p95 = (all) => all[Math.min(all.length - 1, Math.floor(all.length * 0.95))] ?? 0;
  const cells = [first, median(sorted), p95(sorted), p95(hovers), hovers.at(-1) ?? 0];
  print(`| ${name} | ${cells.map(ms).join(' | ')} |`);
  return { first, edit: median(sorted) };
}

function yamlSettings() {
  const schema = new URL(
    '../../node_modules/@stoplight/spectral-rulesets/dist/oas/schemas/oas/v3.0.json',
    import.meta.url,
  );
  return { validate: true, hover: true, completion: true, schemas: { [schema]: 'openapi.yaml' } };
}

async function installPeer() {
  const home = join(scratch, 'peers');
  const bin = join(home, 'node_modules/yaml-language-server/bin/yaml-language-server');
  if (!existsSync(bin)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const done = spawnSync(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund', PEER], {
      cwd: home,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (done.status !== 0) throw new Error(`${PEER} cannot be installed.`);
  }
  return bin;
}

/** Milliseconds. */
async function runSpectral() {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset({ extends: [rulesets.oas] });
  const started = performance.now();
  await spectral.run(new spectralCore.Document(text, parsers.Yaml, file));
  return performance.now() - started;
}

function ratio(theirs, mine) {
  return Math.round(theirs / mine);
}

function ms(value) {
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
