/** Ten specifications as people write them: all versions, both languages, one file and many, each in a style of its own. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './sources.ts';

export interface SpecFiles {
  readonly name: string;
  readonly root: string;
  readonly files: Files;
}

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

function specIn(name: string, folder: string, change = (text: string): string => text): SpecFiles {
  const names = readdirSync(join(fixtures, folder), { recursive: true })
    .map((each) => String(each).replaceAll('\\', '/'))
    .filter((each) => /\.(?:ya?ml|json)$/.test(each));
  const files = Object.fromEntries(
    names.map((each) => [each, change(readFileSync(join(fixtures, folder, each), 'utf8'))]),
  );
  const root = names.find((each) => /^(?:openapi|swagger)\.(?:yaml|json)$/.test(each)) ?? '';
  return { name, root, files };
}

export const tenSpecs: readonly SpecFiles[] = [
  specIn('library, 2.0 with lists at the column of their keys', 'authoring/library'),
  specIn('payments, 3.0 in JSON', 'authoring/payments'),
  specIn('chat, 3.1 with webhooks and definitions within schemas', 'authoring/chat'),
  specIn('weather, 3.2 with streams', 'authoring/weather'),
  specIn('shop, 3.0 in braces, with anchors and merge keys', 'authoring/shop'),
  specIn('fleet, 3.0 in JSON with tabs', 'authoring/fleet'),
  specIn('museum, 3.1 in many scripts, lines as on Windows', 'authoring/museum', (text) =>
    text.replaceAll('\n', '\r\n'),
  ),
  specIn('tickets, 3.0 in five files', 'authoring/tickets'),
  specIn('accounts, 3.0', 'workspaces/example/spec/accounts'),
  specIn('the parity API, in many files', 'parity/api'),
];
