/** Chooses the host: the desktop one where it can be had, else the one from npm, else none. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadDesktop, startDesktop } from './desktop.ts';
import type { Host, HostOptions } from './host.ts';
import { installWeb, webPrograms } from './install-web.ts';
import { findBrowser, startWeb } from './web.ts';

/** Starts a host. A text says why this machine can have none. */
export type Start = (options: HostOptions) => Promise<Host>;

/**
 * Downloads or installs what is missing, which takes minutes the first time.
 *
 * @returns How to start a host, or why this machine can have none.
 */
export async function prepareHost(): Promise<Start | string> {
  const wanted = process.env['E2E_HOST'];
  if (wanted === 'none') return 'E2E_HOST is none';
  if (wanted !== 'web') {
    const desktop = await downloadDesktop(
      join(fileURLToPath(new URL('../host/', import.meta.url)), 'node_modules/.desktop'),
    );
    if (desktop !== undefined) return async (options) => startDesktop(desktop, options);
    if (wanted === 'desktop') return 'VS Code desktop cannot be downloaded or shown here';
  }
  const browser = findBrowser();
  if (browser === undefined)
    return 'VS Code desktop cannot be downloaded or shown here, and there is no Chromium for the one from npm';
  const obstacle = installWeb();
  if (obstacle !== undefined) return `VS Code from npm cannot be installed: ${obstacle}`;
  return (options) => startWeb(webPrograms, browser, options);
}
