/** Operations that are tried from the preview, against a server of the test. */

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { InPage } from '../driver/ask.ts';
import { open } from './editor.ts';
import { pause, until, type Bench, type Case } from './harness.ts';

export const tryItCases: readonly Case[] = [
  {
    name: 'an operation is tried from the preview, against the server that is chosen',
    run: (bench) =>
      withServer(async (port, asked) => {
        const inPage = pageOf(bench);
        const row = 'details.operation.get';
        await openForm(inPage, row);
        await until('the server is chosen', () =>
          inPage(`${row} .try input[aria-label=Server]`, { fill: `http://127.0.0.1:${port}` }),
        );
        for (const input of ['accountId', 'limit'])
          await inPage(`${row} .try input[aria-label=${input}]`, { fill: '7' });
        assert.equal(asked.length, 0, 'nothing is sent before the click');
        await inPage(`${row} .send`, { click: true });
        if (!(await hasWindow(bench))) return;
        await until('the answer is shown', () => answered(bench, row));
        assert.equal(asked.length, 1);
        assert.match(asked[0]?.line ?? '', /^GET \/\w+/);
        await bench.ask({ kind: 'screenshot', name: 'try-it' });
      }),
  },
  {
    name: 'an environment fills in the address, and has a secret that the page never sees',
    run: (bench) =>
      withServer(async (port, asked) => {
        if (!(await hasWindow(bench))) return;
        const { ask } = bench;
        const settings = vscode.workspace.getConfiguration('backendContract');
        const environments = [
          { name: 'Test', server: 'http://127.0.0.1:{port}', variables: { port: String(port) } },
        ];
        await settings.update('tryIt.environments', environments, vscode.ConfigurationTarget.Workspace);
        await pause(1_000);
        const inPage = pageOf(bench);
        const row = 'details.operation.get[data-row*="{accountId}"]';
        await openForm(inPage, row);
        await until('the environment is chosen', () =>
          inPage(`${row} .try select[aria-label=Environment]`, { choose: 'Test' }),
        );
        await inPage(`${row} .try input[aria-label=accountId]`, { fill: '7' });
        await inPage(`${row} .try button.link:has-text("secret")`, { click: true });
        const prompt = '.quick-input-widget .quick-input-title';
        await until('the secret is asked for', async () =>
          ((await ask({ kind: 'texts', selector: prompt })) ?? []).some((text) =>
            text.includes(`login for http://127.0.0.1:${port} (Test)`),
          ),
        );
        await ask({ kind: 'screenshot', name: 'try-it-secret' });
        for (const keys of [...'s3cret', 'Enter']) await ask({ kind: 'press', keys });
        await until('the secret is kept', () => inPage(`${row} .try button.link:has-text("kept")`));

        // Editors that run tests refuse to ask in a dialog, so this one does not write.
        await inPage(`${row} .send`, { click: true });
        await until('the answer is shown', () => answered(bench, row));
        assert.deepEqual(asked, [{ line: 'GET /accounts/7', authorization: 'Bearer s3cret' }]);
        await ask({ kind: 'screenshot', name: 'try-it-environment' });
        const page = await ask({ kind: 'page', selector: 'body' });
        assert.equal(page?.join('').includes('s3cret'), false, 'the page never has the secret');
        await settings.update('tryIt.environments', undefined, vscode.ConfigurationTarget.Workspace);
      }),
  },
];

interface Asked {
  readonly line: string;
  readonly authorization?: string;
}

/** A server that takes everything, on an account's contract that is open. */
async function withServer(run: (port: number, asked: readonly Asked[]) => Promise<void>): Promise<void> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { authorization } = request.headers;
    asked.push({
      line: `${request.method ?? ''} ${request.url ?? ''}`,
      ...(authorization !== undefined && { authorization }),
    });
    response.setHeader('content-type', 'application/json').end('{"tried":true}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await open('spec/accounts/openapi.yaml');
    await vscode.commands.executeCommand('backendContract.openPreview');
    await run((server.address() as AddressInfo).port, asked);
  } finally {
    server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

type LookInPage = (selector: string, act?: InPage) => Promise<boolean>;

/** Is there something in the page that a selector matches? Hosts without a window cannot tell. */
function pageOf({ ask }: Bench): LookInPage {
  return async (selector, act = {}) => {
    const texts = await ask({ kind: 'page', selector, ...act });
    return texts === undefined || texts.length > 0;
  };
}

async function hasWindow({ ask }: Bench): Promise<boolean> {
  return (await ask({ kind: 'page', selector: 'body' })) !== undefined;
}

async function answered({ ask }: Bench, row: string): Promise<boolean> {
  const texts = (await ask({ kind: 'page', selector: `${row} .tried .body` })) ?? [];
  return texts.some((text) => text.includes('tried'));
}

/**
 * Opens the form of an operation. The preview may have opened the operation for the cursor, and the button is gone once it
 * was pressed: whether it was, only the form tells.
 */
async function openForm(inPage: LookInPage, row: string): Promise<void> {
  await until('it can be tried', async () => {
    if (await inPage(`${row} form.try`)) return true;
    await inPage(`${row}:not([open]) > summary`, { click: true });
    await inPage(`${row}[open] .try-it`, { click: true });
    return false;
  });
}
