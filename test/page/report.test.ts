/** The page of a report in a browser, where there is one: `CHROMIUM` names it. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test, type TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createHash } from 'node:crypto';
import { chromium, type Page } from 'playwright-core';
import type { ReportData, ReportOperation } from '../../server/src/report/data.ts';
import { reportPage } from '../../server/src/report/page.ts';
import { exampleFolder, jsonOf, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const skip = existsSync(executablePath) ? false : 'there is no browser';
const dist = fileURLToPath(new URL('../../server/dist/', import.meta.url));

interface Opened {
  readonly page: Page;
  /** What the page complained of or asked the network for. */
  readonly trouble: readonly string[];
}

async function opened(t: TestContext, data: ReportData, darkly = false): Promise<Opened> {
  const [script = '', style = ''] = ['report-page.js', 'report-page.css'].map((name) =>
    readFileSync(join(dist, name), 'utf8'),
  );
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  const html = reportPage(data, { script, style, scriptHash: hash(script), styleHash: hash(style) });
  const path = join(folderOf(t, {}), 'report.html');
  writeFileSync(path, html);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await browser.newPage({ colorScheme: darkly ? 'dark' : 'light' });
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) trouble.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, trouble };
}

const example = (): ReportData => jsonOf<ReportData>(runCli(['report', exampleFolder, '--format', 'json']));

async function paths(page: Page): Promise<readonly string[]> {
  return page.locator('summary .path').allTextContents();
}

test('states, words and groups choose what is shown', { skip }, async (t) => {
  const data = example();
  const { page, trouble } = await opened(t, data);
  assert.deepEqual(
    await paths(page),
    data.operations.map(({ path }) => path),
  );
  await page.getByRole('button', { name: 'Not in the code' }).click();
  const missing = data.operations.filter(({ state }) => state === 'unimplemented').map(({ path }) => path);
  assert.ok(missing.length > 1);
  assert.deepEqual(await paths(page), missing);
  await page.getByRole('button', { name: 'Not in the code' }).click();
  await page.getByLabel('Search').fill('unread-parameter ORDERS');
  assert.deepEqual(await paths(page), ['/v1/orders']);
  assert.match(await page.getByRole('status').innerText(), /^1 of 21 operations/);
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Group by').selectOption('spec');
  assert.deepEqual(
    (await page.locator('section h2').allInnerTexts()).map((title) => title.replace(/ \d+$/, '')),
    ['spec/accounts/openapi.yaml', 'spec/orders/openapi.yaml', 'In no spec'],
  );
  assert.deepEqual(trouble, []);
});

test('the keyboard reaches every row, and opens and closes it', { skip }, async (t) => {
  const { page } = await opened(t, example());
  await page.getByLabel('Group by').focus();
  await page.keyboard.press('Tab');
  const focused = (): Promise<string | undefined> =>
    page.evaluate("document.activeElement?.querySelector('.path')?.textContent");
  assert.equal(await focused(), '/api/accounts');
  await page.keyboard.press('ArrowRight');
  // The browser tells of an opened row in a later task, and only then is its inside made.
  await page.locator('details[open]', { hasText: 'http/undocumented-security' }).waitFor({ timeout: 5000 });
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.locator('details[open]').count(), 0);
  await page.keyboard.press('End');
  assert.equal(await focused(), (await paths(page)).at(-1));
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), (await paths(page)).at(-1));
});

test('every control has a name, and text enough contrast in both themes', { skip }, async (t) => {
  for (const darkly of [false, true]) {
    const { page } = await opened(t, example(), darkly);
    await page.locator('summary').first().click();
    for (const role of ['button', 'searchbox', 'combobox'] as const)
      for (const control of await page.getByRole(role).all())
        assert.notEqual(
          await control.evaluate('node => node.textContent + (node.labels?.[0]?.textContent ?? "")'),
          '',
        );
    const faint = await page.evaluate<readonly string[]>(`(() => {
      const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
      const light = (color) => numbers(color).slice(0, 3).map((each) => each / 255)
        .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
        .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
      const backOf = (node) => {
        for (let at = node; at; at = at.parentElement) {
          const back = getComputedStyle(at).backgroundColor;
          if ((numbers(back)[3] ?? 1) > 0) return back;
        }
        return 'rgb(255,255,255)';
      };
      return [...document.querySelectorAll('main *')]
        .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()))
        .filter((node) => {
          const [a, b] = [light(getComputedStyle(node).color), light(backOf(node))].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05) < 4.5;
        })
        .map((node) => node.className + ' ' + node.textContent);
    })()`);
    assert.deepEqual(faint, []);
  }
});

test('two thousand operations are there at once, and searching does not stutter', { skip }, async (t) => {
  const [model] = example().operations;
  assert.ok(model);
  const operations = Array.from({ length: 2000 }, (_, at): ReportOperation => ({
    ...model,
    id: String(at),
    path: `/area${at % 40}/items${at}/{id}`,
    tags: [`tag${at % 50}`],
  }));
  const { page, trouble } = await opened(t, { ...example(), operations });
  const took = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd');
  const typing = await page.evaluate<number>(`(async () => {
    const search = document.querySelector('#search');
    const started = performance.now();
    for (const value of ['a', 'ar', 'area7', 'area7/']) {
      search.value = value;
      search.dispatchEvent(new Event('input'));
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - started) / 4;
  })()`);
  assert.equal(await page.locator('summary').count(), 50);
  t.diagnostic(`loaded in ${Math.round(took)} ms, a keystroke takes ${Math.round(typing)} ms`);
  assert.ok(took < 5000 && typing < 1500, `${took} ms, ${typing} ms`);
  assert.deepEqual(trouble, []);
});

const themes = {
  light: {
    '--vscode-editor-background': '#ffffff',
    '--vscode-foreground': '#3b3b3b',
    '--vscode-descriptionForeground': '#3b3b3b',
    '--vscode-panel-border': '#e5e5e5',
    '--vscode-sideBar-background': '#f8f8f8',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-textLink-foreground': '#005fb8',
  },
  dark: {
    '--vscode-editor-background': '#1f1f1f',
    '--vscode-foreground': '#cccccc',
    '--vscode-descriptionForeground': '#9d9d9d',
    '--vscode-panel-border': '#2b2b2b',
    '--vscode-sideBar-background': '#181818',
    '--vscode-focusBorder': '#0078d4',
    '--vscode-textLink-foreground': '#4daafc',
  },
  contrast: {
    '--vscode-editor-background': '#000000',
    '--vscode-foreground': '#ffffff',
    '--vscode-descriptionForeground': '#ffffff',
    '--vscode-contrastBorder': '#6fc3df',
    '--vscode-sideBar-background': '#000000',
    '--vscode-focusBorder': '#f38518',
    '--vscode-textLink-foreground': '#21a6ff',
  },
} as const;

/** The panel of an editor: the same script and style, a nonce in place of hashes, and messages in place of data. */
function panel(theme: keyof typeof themes): string {
  const [script = '', style = ''] = ['report-page.js', 'report-page.css'].map((name) =>
    readFileSync(join(dist, name), 'utf8'),
  );
  const variables = Object.entries(themes[theme]).map(([name, value]) => `${name}: ${value};`);
  return `<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'">
<style nonce="n">html { ${variables.join(' ')} }</style><style nonce="n">${style}</style></head>
<body><main id="report"></main>
<script nonce="n">
  window.sent = [];
  window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(message), getState: () => undefined, setState: () => {} });
</script>
<script nonce="n">${script}</script></body></html>`;
}

test('a panel asks for its report, follows it, and opens places', { skip }, async (t) => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const data = example();
  const opening: ReportData = {
    ...data,
    operations: data.operations.map((one) => ({
      ...one,
      ...(one.inSpec && { inSpec: { ...one.inSpec, uri: `file:///x/${one.inSpec.file}` } }),
    })),
  };
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    const page = await browser.newPage({ colorScheme: theme === 'light' ? 'light' : 'dark' });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.setContent(panel(theme));
    const sent = (): Promise<unknown> => page.evaluate('window.sent');
    const tell = (reports: readonly ReportData[]): Promise<unknown> =>
      page.evaluate(`window.postMessage(${JSON.stringify({ reports })}, '*')`);
    assert.deepEqual(await sent(), [{ kind: 'ready' }]);
    assert.match(await page.getByRole('status').innerText(), /^Reading the workspace/);
    await tell([opening]);
    await page.locator('summary').first().click();
    await page.locator('details[open] button.place').first().click();
    const [, message] = (await sent()) as readonly unknown[];
    assert.deepEqual(message, { kind: 'goTo', place: opening.operations[0]?.inSpec });
    await page.locator('summary').first().focus();
    // What is open stays open, and what has the focus keeps it.
    await tell([{ ...opening, name: 'changed' }]);
    await page.getByRole('heading', { name: 'changed' }).waitFor();
    assert.equal(await page.locator('details[open]').count(), 1);
    assert.equal(
      await page.evaluate("document.activeElement?.querySelector('.path')?.textContent"),
      '/api/accounts',
    );
    const back = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    const wanted = { light: 'rgb(255, 255, 255)', dark: 'rgb(31, 31, 31)', contrast: 'rgb(0, 0, 0)' };
    assert.equal(back, wanted[theme]);
    const shots = process.env['SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: join(shots, `panel-${theme}.png`) });
    assert.deepEqual(trouble, []);
    await page.close();
  }
});
