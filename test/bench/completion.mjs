/**
 * How long answers take while somebody types in a long specification, over the protocol: an edit and the question right
 * behind it, at places all over the document: completion, hover, definition, and what is drawn on a screen. Beside it yaml-language-server with the same document and the
 * schema of OpenAPI 3.0, where its folder is given.
 *
 *   node --import ./test/support/register.mjs test/bench/completion.mjs [--lines 100000] [--edits 40] [--peer <folder>]
 */

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { median } from './measure.mjs';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '100000' },
    edits: { type: 'string', default: '40' },
    peer: { type: 'string' },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(tmpdir(), 'backend-contract-bench/completion');
const schema = 'node_modules/@stoplight/spectral-rulesets/dist/oas/schemas/oas/v3.0.json';
const text = specOf(Number(values.lines));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'openapi.yaml'), text);
const uri = pathToFileURL(join(folder, 'openapi.yaml')).toString();

process.stdout.write(`${text.split('\n').length} lines, ${text.length} characters\n\n`);
process.stdout.write(
  '| server | question | median | p95 | longest | items or answers |\n|---|---|--:|--:|--:|--:|\n',
);
await measure('backend-contract', [join(root, 'server/dist/server.cjs'), '--stdio'], async (connection) => {
  await new Promise((resolve) =>
    connection.onNotification('backendContract/status', ({ phase }) => phase === 'ready' && resolve()),
  );
});
if (values.peer)
  await measure(
    'yaml-language-server',
    [join(values.peer, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'],
    () => undefined,
  );

async function measure(name, command, isReady) {
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const yaml = {
    validate: true,
    completion: true,
    hover: true,
    schemas: { [pathToFileURL(join(root, schema)).toString()]: '*.yaml' },
  };
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : null)),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).toString(),
    workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
    initializationOptions: { isTrusted: true },
  });
  const waiting = isReady(connection);
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  await waiting;
  // Whatever is loaded or compiled at the first question is not asked again.
  await question(connection, 20, 6);

  const lines = text.split('\n');
  const places = lines.flatMap((line, at) =>
    line === '      operationId: x' || /^ {6}operationId:/.test(line) ? [at] : [],
  );
  const count = Number(values.edits);
  const keys = [];
  const references = [];
  let items = [0, 0];
  const times = { hover: [], definition: [], hints: [], tokens: [], folds: [] };
  const counts = { hover: 0, definition: 0, hints: 0, tokens: 0, folds: 0 };
  let version = 1;
  const edit = (range, newText) =>
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: (version += 1) },
      contentChanges: [{ range, text: newText }],
    });
  for (let round = 0; round < count; round += 1) {
    const line = places[Math.floor(((round * 37) % count) * (places.length / count))];
    const caret = { line, character: 0 };
    let begun = performance.now();
    await edit({ start: caret, end: caret }, '      \n');
    items[0] = (await question(connection, line, 6)).length;
    keys.push(performance.now() - begun);
    const written = { start: caret, end: { line: line + 1, character: 0 } };
    begun = performance.now();
    await edit(written, "      parameters: [{ $ref: '' }]\n");
    items[1] = (await question(connection, line, "      parameters: [{ $ref: '".length)).length;
    references.push(performance.now() - begun);
    await edit({ start: caret, end: { line: line + 1, character: 0 } }, '');
    for (const [what, method, params] of others(line)) {
      begun = performance.now();
      await edit({ start: caret, end: caret }, ' ');
      const answer = await connection.sendRequest(method, params).catch(() => null);
      times[what].push(performance.now() - begun);
      if (answer !== null) counts[what] += 1;
      await edit({ start: caret, end: { line, character: 1 } }, '');
    }
  }
  row(name, 'keys', keys, items[0]);
  row(name, 'references', references, items[1]);
  for (const [what, all] of Object.entries(times)) row(name, what, all, counts[what]);
  connection.dispose();
  child.kill();
}

/** What else is asked while somebody types, around a line with an operationId; a reference stands four lines below. */
function others(line) {
  const textDocument = { uri };
  const position = { line: line + 4, character: 30 };
  const range = {
    start: { line: Math.max(0, line - 20), character: 0 },
    end: { line: line + 40, character: 0 },
  };
  return [
    ['hover', 'textDocument/hover', { textDocument, position }],
    ['definition', 'textDocument/definition', { textDocument, position }],
    ['hints', 'textDocument/inlayHint', { textDocument, range }],
    ['tokens', 'textDocument/semanticTokens/range', { textDocument, range }],
    ['folds', 'textDocument/foldingRange', { textDocument }],
  ];
}

async function question(connection, line, character) {
  const found = await connection.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position: { line, character },
  });
  return found?.items ?? found ?? [];
}

function row(name, what, all, items) {
  const sorted = [...all].sort((a, b) => a - b);
  const ms = (value) => `${value.toFixed(1)} ms`;
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  process.stdout.write(
    `| ${name} | ${what} | ${ms(median(sorted))} | ${ms(p95)} | ${ms(sorted.at(-1) ?? 0)} | ${items} |\n`,
  );
}

/** A specification with as many lines: operations with parameters, bodies and answers, and schemas that they refer to. */
function specOf(lines) {
  const paths = [];
  const schemas = [];
  const number = Math.ceil(lines / 50);
  for (let at = 0; at < number; at += 1) {
    paths.push(`  /area${at % 40}/things${at}/{thingId}:
    get:
      operationId: getThing${at}
      summary: Gets a thing
      tags: [area${at % 40}]
      parameters:
        - $ref: '#/components/parameters/ThingId'
        - name: limit
          in: query
          schema: { type: integer, minimum: 1, maximum: 100 }
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing${at}'
        '404':
          description: There is none
    put:
      operationId: putThing${at}
      tags: [area${at % 40}]
      parameters:
        - $ref: '#/components/parameters/ThingId'
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Thing${at}'
      responses:
        '204':
          description: It is written`);
    schemas.push(`    Thing${at}:
      type: object
      required: [id, name]
      properties:
        id:
          type: string
          format: uuid
        name:
          type: string
          maxLength: 100
        size:
          type: integer
        next:
          $ref: '#/components/schemas/Thing${(at + 1) % number}'
        tags:
          type: array
          items:
            type: string`);
  }
  return `openapi: 3.0.3
info:
  title: Generated
  version: '1'
paths:
${paths.join('\n')}
components:
  parameters:
    ThingId:
      name: thingId
      in: path
      required: true
      schema:
        type: string
  schemas:
${schemas.join('\n')}
`;
}
