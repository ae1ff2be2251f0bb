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
  assert.match(await page.locator('details[open]').innerText(), /http\/undocumented-security/);
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
