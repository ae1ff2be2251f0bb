/** The VS Code that comes inside code-server, with its window in a headless Chromium. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Answer, Question, SuiteResult } from './ask.ts';
import { resultFile, scratchVariable } from './ask.ts';
import { awaitResult } from './answering.ts';
import { settings, type Host, type HostOptions, type Run } from './host.ts';

export interface WebPrograms {
  readonly node: string;
  readonly server: string;
}

const browsers = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A browser of this machine; undefined if there is none. */
export function findBrowser(): string | undefined {
  return browsers.find((path) => path !== '' && existsSync(path));
}

/** What a busy machine may take to start a program or to draw a page, in milliseconds. */
const slow = 120_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startWeb(
  programs: WebPrograms,
  executablePath: string,
  options: HostOptions,
): Promise<Host> {
  const data = join(options.scratch, 'data');
  mkdirSync(join(data, 'Machine'), { recursive: true });
  writeFileSync(join(data, 'Machine/settings.json'), JSON.stringify(settings));
  const folders = ['--server-data-dir', data, '--accept-server-license-terms'];
  const installed = spawnSync(
    programs.node,
    [programs.server, ...folders, '--install-extension', options.vsix],
    {
      encoding: 'utf8',
    },
  );
  if (installed.status !== 0)
    throw new Error(`installing the VSIX failed: ${installed.stdout}${installed.stderr}`);
  const port = await freePort();
  const server = spawn(
    programs.node,
    [
      programs.server,
      ...folders,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--enable-smoke-test-driver', '--telemetry-level', 'off'],
      ...(options.trust ? ['--disable-workspace-trust'] : []),
    ],
    // A group of its own: the server leaves children behind when it ends.
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [scratchVariable]: options.scratch },
    },
  );
  const lines: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => lines.push(String(data)));
  const browser = await chromium.launch({ executablePath, args: flags });
  await listening(server, port);
  return {
    name: 'VS Code 1.139 in code-server',
    window: true,
    run: (run) => runIn(browser, server, port, options, run),
    async stop() {
      await browser.close();
      endGroup(server);
    },
  };
}

async function runIn(
  browser: Browser,
  server: ChildProcess,
  port: number,
  options: HostOptions,
  run: Run,
): Promise<SuiteResult> {
  rmSync(join(options.scratch, resultFile), { force: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...run.page });
  page.setDefaultTimeout(slow);
  if (process.env['E2E_VERBOSE'] !== undefined)
    page.on('console', (line) => process.stderr.write(`${line.text()}\n`));
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.testExtension)],
    ['extensionTestsPath', remote(options.tests)],
  ];
  const target = run.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [target]: run.workspace, payload: JSON.stringify(payload) });
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  try {
    return await awaitResult({
      scratch: options.scratch,
      milliseconds: run.milliseconds,
      answer: (question) => answerFrom(page, options, question),
      gone: () => (server.exitCode === null ? undefined : `exit code ${server.exitCode}`),
    });
  } catch (error) {
    await page.screenshot({ path: join(options.pictures, 'failure.png') });
    throw error;
  } finally {
    await page.close();
  }
}

async function answerFrom(page: Page, options: HostOptions, question: Question): Promise<Answer> {
  const texts = (values: readonly string[] = []): Answer => ({ window: true, texts: values });
  switch (question.kind) {
    case 'screenshot': {
      const path = join(options.pictures, `${question.name}.png`);
      if (question.clip === undefined) await page.screenshot({ path });
      else await page.locator(question.clip).first().screenshot({ path });
      return texts([path]);
    }
    case 'texts':
      return texts(await page.locator(question.selector).allInnerTexts());
    case 'attributes': {
      const found = await page.locator(question.selector).all();
      return texts(
        await Promise.all(found.map(async (each) => (await each.getAttribute(question.attribute)) ?? '')),
      );
    }
    case 'click':
      await page.locator(question.selector).first().click();
      return texts();
    case 'point':
      await page.locator(question.selector).first().hover();
      return texts();
    case 'press':
      await page.keyboard.press(question.keys);
      return texts();
    case 'page':
      return texts(await inPage(page, question));
  }
}

async function inPage(
  page: Page,
  { selector, fill, choose, click }: Question & { readonly kind: 'page' },
): Promise<readonly string[]> {
  for (const frame of page.frames().slice(1)) {
    const found = frame.locator(selector);
    if ((await found.count().catch(() => 0)) === 0) continue;
    if (fill !== undefined) await found.first().fill(fill);
    else if (choose !== undefined) await found.first().selectOption(choose);
    else if (click === true) await found.first().click();
    return await found.allInnerTexts();
  }
  return [];
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < slow / 100; attempt++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server does not listen');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function endGroup(server: ChildProcess): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
