/** The page of the preview in a browser, where there is one (`CHROMIUM` names it), with the editor's end played by the test. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test, type TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { folderOf } from '../support/folder.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const skip = existsSync(executablePath) ? false : 'there is no browser';
const dist = fileURLToPath(new URL('../../server/dist/', import.meta.url));
const at = { uri: 'file:///openapi.yaml', range: {} };

interface Editor {
  readonly page: Page;
  /** What the page has said so far. */
  said(): Promise<readonly Record<string, unknown>[]>;
  say(message: object): Promise<void>;
}

async function opened(t: TestContext): Promise<Editor> {
  const [script = '', style = ''] = ['preview-page.js', 'preview-page.css'].map((name) =>
    readFileSync(join(dist, name), 'utf8'),
  );
  const path = join(folderOf(t, {}), 'preview.html');
  const api = `window.said = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => window.said.push(m), getState: () => undefined, setState: () => undefined });`;
  writeFileSync(
    path,
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; form-action 'none'"><style>${style}</style><main id="preview"></main><script>${api}</script><script>${script.replaceAll('</script', '<\\/script')}</script>`,
  );
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 700, height: 700 } });
  await page.goto(pathToFileURL(path).href);
  return {
    page,
    said: () => page.evaluate('window.said'),
    say: (message) => page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`),
  };
}

const operation = {
  id: 'put teas',
  method: 'PUT',
  path: '/teas/{teaId}',
  deprecated: false,
  state: 'matched',
  findings: 0,
  at,
};
const owner = { server: 'https://teas.example/v1' };
const preview = {
  spec: 'openapi.yaml',
  title: 'Teas',
  version: '1',
  openapi: '3.1',
  servers: [],
  groups: [{ tag: '', operations: [operation] }],
};
const form = {
  id: 'put teas',
  method: 'PUT',
  path: '/teas/{teaId}',
  servers: [
    { url: 'https://teas.example/v1', variables: [] },
    {
      url: 'http://{host}:{port}',
      variables: [
        { name: 'host', value: 'localhost' },
        { name: 'port', value: '3000', values: ['3000', '4000'] },
      ],
    },
  ],
  environments: [
    { name: 'Staging', server: 'https://{region}.staging.example', variables: { region: 'eu' } },
    { name: 'Second', variables: { host: 'second.example' } },
  ],
  parameters: [
    { key: 'teaId', in: 'path', required: true, type: 'string', value: 'sencha' },
    { key: 'dry', in: 'query', required: false, type: 'boolean', value: '' },
  ],
  bodies: [{ mediaType: 'application/json', example: '{ "name": "Sencha" }' }],
  credentials: [{ scheme: 'token', kind: 'bearer' }],
};

test(
  'an operation is tried: the page says what was filled in, and shows what came back',
  { skip },
  async (t) => {
    const { page, say, said } = await opened(t);
    await say({ uri: 'file:///openapi.yaml', preview });
    await page.locator('summary').first().click();
    await page.getByRole('button', { name: 'Try it' }).click();
    assert.deepEqual((await said()).at(-1), { kind: 'try', id: 'put teas' });
    await say({ tryForm: form });
    await page.getByRole('button', { name: 'Send PUT' }).waitFor();
    assert.deepEqual((await said()).at(-1), { kind: 'secrets', id: 'put teas', owner });

    await page.getByRole('button', { name: 'token: give a secret' }).click();
    assert.deepEqual((await said()).at(-1), {
      kind: 'secret',
      id: 'put teas',
      owner,
      credential: form.credentials[0],
    });
    await say({ secrets: { id: 'put teas', given: ['token'] } });
    await page.getByRole('button', { name: 'token: kept for this server' }).waitFor();

    await page.getByLabel('Server', { exact: true }).fill('http://localhost:3000');
    await page.getByLabel('teaId').fill('green tea');
    // What is typed in the document meanwhile takes nothing away.
    await say({ preview: { ...preview, title: 'Teas and more' } });
    await page.getByText('Teas and more').waitFor();
    assert.equal(await page.getByLabel('teaId').inputValue(), 'green tea');

    await page.getByRole('button', { name: 'Send PUT' }).click();
    assert.deepEqual((await said()).at(-1), {
      kind: 'send',
      id: 'put teas',
      filled: {
        server: 'http://localhost:3000',
        values: { 'path teaId': 'green tea', 'query dry': '' },
        mediaType: 'application/json',
        body: '{ "name": "Sencha" }',
      },
    });
    const result = {
      status: 404,
      statusText: 'Not Found',
      milliseconds: 12,
      headers: [['x-a', '1']],
      clipped: false,
    };
    await say({ tried: { id: 'put teas', result: { ...result, body: '{"message":"<b>none</b>"}' } } });
    await page.getByText('404').waitFor();
    assert.equal(await page.locator('.tried .body').innerText(), '{\n  "message": "<b>none</b>"\n}');
    const pictures = process.env['PAGE_PICTURES'];
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'try-it.png') });
    await say({ tried: { id: 'put teas', result: { refused: 'It was not sent.' } } });
    await page.getByText('It was not sent.').waitFor();
  },
);

test('an environment fills in the address, and secrets are asked for it alone', { skip }, async (t) => {
  const { page, say, said } = await opened(t);
  await say({ uri: 'file:///openapi.yaml', preview });
  await page.locator('summary').first().click();
  await say({ tryForm: form });
  await page.getByLabel('Environment', { exact: true }).selectOption('Staging');
  assert.deepEqual((await said()).at(-1), {
    kind: 'secrets',
    id: 'put teas',
    owner: { server: 'https://eu.staging.example', environment: 'Staging' },
  });
  await page.getByLabel('region', { exact: true }).fill('us');
  await page.getByRole('button', { name: 'Send PUT' }).click();
  const sent = (await said()).at(-1);
  assert.equal(sent?.['environment'], 'Staging');
  const { server, variables } = sent['filled'] as Record<string, unknown>;
  assert.deepEqual([server, variables], ['https://{region}.staging.example', { region: 'us' }]);

  // Without an address of its own, its variables are those of the specification's.
  await page.getByLabel('Environment', { exact: true }).selectOption('Second');
  await page.getByLabel('Server', { exact: true }).fill('http://{host}:{port}');
  await page.getByLabel('port', { exact: true }).selectOption('4000');
  assert.equal(await page.getByLabel('host', { exact: true }).inputValue(), 'second.example');
  assert.deepEqual((await said()).at(-1)?.['owner'], {
    server: 'http://second.example:4000',
    environment: 'Second',
  });
  await page.getByRole('button', { name: 'Environments' }).click();
  assert.deepEqual((await said()).at(-1), { kind: 'environments' });
});

test('what is open stays what was chosen, however often the page is drawn', { skip }, async (t) => {
  const { page, say } = await opened(t);
  const other = { ...operation, id: 'get teas', method: 'GET', path: '/teas' };
  const drawn = (title: string, operations: readonly object[]): object => ({
    preview: { ...preview, title, groups: [{ tag: '', operations }] },
  });
  await say({ uri: 'file:///openapi.yaml', ...drawn('one', [operation, other]) });
  await page.getByText('one').waitFor();
  // Drawn between the press and the release, and right behind the click.
  const summary = page.locator('details.put > summary');
  const box = await summary.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await say(drawn('two', [operation, { ...other, summary: 'All' }]));
  await page.getByText('two').waitFor();
  await page.mouse.up();
  await page.evaluate(
    `window.postMessage(${JSON.stringify(drawn('three', [{ ...operation, findings: 2 }, other]))}, '*')`,
  );
  await page.getByText('three').waitFor();
  assert.equal(await page.locator('details.put').getAttribute('open'), '');
  await page.locator('details.put > summary').click();
  await say(drawn('four', [operation, other]));
  await page.getByText('four').waitFor();
  assert.equal(await page.locator('details[open]').count(), 0);
  await page.locator('details.get > summary').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('details.get[open]').count(), 1);
});
