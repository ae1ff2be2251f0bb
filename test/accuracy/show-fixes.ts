/**
 * Shows what quick fixes make of a real server, to be read as its reviewer would:
 *
 *     node --import ./test/support/register.mjs test/accuracy/show-fixes.ts <checkout> [--spec <file>…] [--root <folder>…] [--each 2]
 *
 * Prints the diffs of a few fixes of each kind (its rule, and the first word of its title). Nothing is written.
 */

import process from 'node:process';
import { parseArgs } from 'node:util';
import { mendsOf } from '../../server/src/lsp/features/fixes/fixes.ts';
import { applied } from '../lsp/features/support/apply.ts';
import { lineDiff } from '../support/line-diff.ts';
import { createLook, openCheckout } from './checkout.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    spec: { type: 'string', multiple: true },
    root: { type: 'string', multiple: true },
    each: { type: 'string', default: '2' },
  },
});
const [checkout] = positionals;
if (checkout === undefined) throw new Error('usage: show-fixes.ts <checkout>');
const opened = openCheckout(checkout, { specs: values.spec, roots: values.root });
const { folder } = opened;
const index = createLook(opened)();
const seen = new Map<string, number>();
for (const finding of index.ready.findings) {
  if (finding.coveredBy !== undefined) continue;
  for (const { title, edits } of mendsOf(index, finding)) {
    const kind = `${finding.rule} ${title.split(' ')[0] ?? ''}`;
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    if (count >= Number(values.each)) continue;
    process.stdout.write(`\n## ${finding.rule}: ${title}\n${finding.message}\n`);
    const before = new Map<string, string>(folder.texts);
    for (const [file, text] of applied(before, edits))
      if (before.get(file) !== text)
        process.stdout.write(`--- ${file}\n${lineDiff(before.get(file) ?? '', text, 3)}\n`);
  }
}
for (const [kind, count] of seen) process.stdout.write(`${String(count).padStart(5)} ${kind}\n`);
