/** Swagger UI in a browser, where there is one (`CHROMIUM` names it), under the policy of the panel. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const skip = existsSync(executablePath) ? false : 'there is no browser';
const dist = fileURLToPath(new URL('../../server/dist/', import.meta.url));

const policy =
  "default-src 'none'; script-src 'nonce-page'; style-src 'self'; img-src data:; form-action 'none'";
const html = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/swagger-ui-page.css">
<body class="vscode-dark"><main id="swagger-ui"></main>
<script nonce="page">window.said = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => window.said.push(m), setState: (s) => (window.state = s) });</script>
<script nonce="page" src="/swagger-ui-page.js"></script>`;

const uri = 'file:///openapi.yaml';
const document = {
  openapi: '3.1.0',
  info: { title: 'Teas', version: '1' },
  paths: { '/teas': { get: { summary: 'All teas', responses: { '200': { description: 'Teas' } } } } },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
};

test('Swagger UI shows what the editor sends, asks nobody, and takes no secrets', { skip }, async (t) => {
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/')
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    else response.writeHead(200, { 'content-type': url.endsWith('.css') ? 'text/css' : 'text/javascript' });
    response.end(url === '/' ? html : readFileSync(join(dist, url)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  t.after(async () => {
    await browser.close();
    server.close();
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  page.on('request', (request) => {
    if (!/^data:/.test(request.url()) && !request.url().startsWith(address)) complaints.push(request.url());
  });
  await page.goto(address);
  assert.deepEqual(await page.evaluate('window.said'), [{ kind: 'ready' }]);
  const say = (message: object): Promise<unknown> =>
    page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);

  await say({ uri, whole: { document } });
  await page.locator('.opblock-summary').first().click();
  await page.getByText('All teas').waitFor();
  assert.deepEqual(await page.evaluate('window.state'), { uri });
  assert.equal(await page.locator('html.dark-mode').count(), 1);
  assert.equal(await page.getByRole('button', { name: 'Authorize' }).isVisible(), false);
  assert.equal(await page.getByRole('button', { name: 'Try it out' }).count(), 0);

  // What is open stays open, and a document that cannot be read takes nothing away.
  await say({ uri, whole: { document: { ...document, info: { title: 'More teas', version: '2' } } } });
  await page.getByText('More teas').waitFor();
  assert.equal(await page.locator('.opblock.is-open').count(), 1);
  await say({ uri, whole: { refused: 'This document cannot be read yet.' } });
  await page.getByText('cannot be read yet').waitFor();
  assert.equal(await page.locator('.opblock').count(), 1);
  assert.deepEqual(complaints, []);
});
