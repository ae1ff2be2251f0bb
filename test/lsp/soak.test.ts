/**
 * A long day: files are typed in at the speed of fingers, saved, deleted, renamed and changed on disk while they are open,
 * and branches of hundreds of files come and go. At the end everything is shown that a fresh start shows.
 * SOAK_SEED repeats a run, SOAK_EDITS makes it longer.
 */

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { startEditor, type Editor } from '../support/lsp-client.ts';
import { createRandom } from '../support/random.ts';

const example = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));
const seed = Number(process.env['SOAK_SEED'] ?? 1);
const edits = Number(process.env['SOAK_EDITS'] ?? 1_000);
/** Between two keystrokes, in milliseconds: a quick typist, so that the test does not take all day. */
const pace = 4;
const branchSize = 500;
const patience = 60_000;

/** Each can be typed after the last line that has `after`, and be a whole then. */
const snippets = [
  {
    file: 'apps/orders/src/routes/orders.ts',
    after: 'const { limit, status } = req.query;',
    text: '\n  if (req.query.tea) return res.status(418).json({ cup: req.query.tea });',
  },
  {
    file: 'apps/orders/src/routes/carts.ts',
    after: "import { Router } from 'express';",
    text: '\nconst pot = new Map<string, number>();',
  },
  {
    file: 'apps/accounts/src/accounts/accounts.controller.ts',
    after: 'export class AccountsController {',
    text: "\n  @Get('typed/:cup')\n  typed() {\n    return [];\n  }\n",
  },
  {
    file: 'spec/orders/openapi.yaml',
    after: 'paths:',
    text: "\n  /typed/{cup}:\n    get:\n      responses: { '200': { description: typed } }",
  },
  {
    file: 'spec/accounts/schemas.yaml',
    after: '',
    text: '\nTyped:\n  type: object\n  properties: { cup: { type: string } }\n',
  },
  { file: 'spec/orders/paths/order.yaml', after: 'get:', text: '\n  summary: "typed: and quoted"' },
] as const;

test(`a day of ${edits} edits, seed ${seed}`, async (t) => {
  t.diagnostic(`SOAK_SEED=${seed}`);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'backend-contract-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(example, folder, { recursive: true });
  const editor = await startEditor(folder);
  t.after(() => editor.stop());
  const random = createRandom(seed);
  const open = new Set<string>();
  const state: Day = { editor, random, open, typed: 0, branch: 0 };
  const deeds = [type, type, type, save, closeOne, changeOnDisk, renameOnDisk, deleteOnDisk, switchBranch];
  while (state.typed < edits) await random.pick(deeds)(state);
  // A text that ends half-typed has no fresh start to compare with: it is held.
  for (const file of open) editor.edit(file, whole(editor, file));

  const fresh = await startEditor(folder);
  t.after(() => fresh.stop());
  for (const file of open) {
    fresh.open(file);
    fresh.edit(file, [replacement(fresh.text(file), editor.text(file))]);
  }
  const end = performance.now() + patience;
  const agree = (): boolean =>
    editor.status()?.phase === 'ready' &&
    fresh.status()?.phase === 'ready' &&
    isDeepStrictEqual(editor.everything(), fresh.everything());
  // Twice with a pause, because linting has no status of its own.
  let times = 0;
  while (times < 2 && performance.now() < end) {
    times = agree() ? times + 1 : 0;
    await sleep(1_000);
  }
  assert.deepEqual(editor.everything(), fresh.everything());
  assert.deepEqual(figures(editor), figures(fresh));
});

interface Day {
  readonly editor: Editor;
  readonly random: ReturnType<typeof createRandom>;
  readonly open: Set<string>;
  typed: number;
  /** Files of the branch that is checked out beyond the example's. */
  branch: number;
}

type Deed = (day: Day) => Promise<void>;

/** Letter by letter; sometimes it is left half-typed, sometimes taken back. */
const type: Deed = async (day) => {
  const { editor, random, open } = day;
  const { file, after, text } = random.pick(snippets);
  if (!open.has(file)) {
    editor.open(file);
    open.add(file);
  }
  const before = editor.text(file);
  if (before.includes(text)) return put(editor, file, before.replace(text, ''));
  const at = after === '' ? before.length : before.lastIndexOf(after) + after.length;
  if (at < after.length) return;
  const letters = random.chance(0.2) ? Math.floor(random.next() * text.length) : text.length;
  for (let end = 1; end <= letters; end += 1) {
    put(editor, file, before.slice(0, at) + text.slice(0, end) + before.slice(at));
    day.typed += 1;
    await sleep(pace);
  }
  if (letters < text.length && random.chance(0.5)) put(editor, file, before);
};

const save: Deed = async ({ editor, random, open }) => {
  const file = pickOpen(random, open);
  if (file !== undefined) editor.write(file, editor.text(file));
  await sleep(pace);
};

const closeOne: Deed = async ({ editor, random, open }) => {
  const file = pickOpen(random, open);
  if (file === undefined) return;
  editor.close(file);
  open.delete(file);
  await sleep(pace);
};

/** A formatter, or a generator: the editor does not hold what the disk does. */
const changeOnDisk: Deed = async ({ editor, random }) => {
  const { file } = random.pick(snippets);
  const comment = file.endsWith('.ts') ? '// formatted\n' : '# formatted\n';
  const original = originalOf(file);
  editor.write(file, random.chance(0.5) ? comment + original : original);
  await sleep(pace);
};

const renameOnDisk: Deed = async ({ editor }) => {
  const file = 'spec/orders/components/responses.yaml';
  editor.write('spec/orders/components/renamed.yaml', originalOf(file));
  editor.remove(file);
  await sleep(60);
  editor.write(file, originalOf(file));
  editor.remove('spec/orders/components/renamed.yaml');
};

const deleteOnDisk: Deed = async ({ editor, random }) => {
  const { file } = random.pick(snippets);
  editor.remove(file);
  await sleep(40);
  editor.write(file, originalOf(file));
};

/** Hundreds of files at once, there and back again. */
const switchBranch: Deed = async (day) => {
  const { editor, random } = day;
  if (day.branch > 0) {
    editor.remove('apps/orders/src/branch');
    editor.remove('spec/branch.yaml');
    day.branch = 0;
  } else if (random.chance(0.3)) {
    for (let index = 0; index < branchSize; index += 1)
      editor.write(`apps/orders/src/branch/file${index}.ts`, `export const cup${index} = ${index};\n`);
    const contract = { openapi: '3.0.3', info: { title: 'branch', version: '1' }, paths: {} };
    editor.write('spec/branch.yaml', JSON.stringify(contract));
    day.branch = branchSize;
  }
  await sleep(pace);
};

function pickOpen(random: Day['random'], open: ReadonlySet<string>): string | undefined {
  return open.size === 0 ? undefined : random.pick([...open]);
}

function originalOf(file: string): string {
  return readFileSync(join(example, file), 'utf8');
}

function put(editor: Editor, file: string, text: string): void {
  editor.edit(file, [replacement(editor.text(file), text)]);
}

/** The whole text as one edit. */
function replacement(before: string, text: string): object {
  const lines = before.split('\n');
  const end = { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
  return { range: { start: { line: 0, character: 0 }, end }, newText: text };
}

/** The example's own text, with every snippet that is wholly there. */
function whole(editor: Editor, file: string): readonly object[] {
  const text = editor.text(file);
  let made = originalOf(file);
  for (const snippet of snippets.filter((each) => each.file === file && text.includes(each.text)))
    made =
      snippet.after === ''
        ? made + snippet.text
        : made.replace(snippet.after, () => snippet.after + snippet.text);
  return [replacement(text, made)];
}

function figures(editor: Editor): object {
  const { specs, operations, routes, states, errors, warnings } = editor.status() ?? {};
  return { specs, operations, routes, states, errors, warnings };
}
