/**
 * Documents every route of a real server that no specification has, as the quick fixes do, and looks at what is left:
 *
 *     node --import ./test/support/register.mjs test/accuracy/document-all.ts <checkout> [--spec <file>…] [--root <folder>…] [--out <folder>]
 *
 * Nothing is written but the changed documents, below `--out`. Prints as JSON how many routes were
 * undocumented, how many are left (wildcards and handlers of all methods have no place in OpenAPI), what linting finds at
 * the level of errors that it did not find before, and which findings came. Ends with 1 where something is left.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Finding } from '../../server/src/contract/finding.ts';
import { fileId } from '../../server/src/contract/span.ts';
import type { FeatureIndex } from '../../server/src/lsp/features/feature-index.ts';
import { mendsOf } from '../../server/src/lsp/features/fixes/fixes.ts';
import { lintErrors } from '../lint/support/lint-text.ts';
import { applied } from '../lsp/features/support/apply.ts';
import { settle } from '../support/memory-folder.ts';
import { createLook, openCheckout } from './checkout.ts';

const rule = 'http/undocumented-operation';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    spec: { type: 'string', multiple: true },
    root: { type: 'string', multiple: true },
    out: { type: 'string' },
  },
});
const [checkout] = positionals;
if (checkout === undefined) throw new Error('usage: document-all.ts <checkout>');
const opened = openCheckout(checkout, { specs: values.spec, roots: values.root });
const { engine, folder } = opened;
const look = createLook(opened);

/** Those that ask for something to be done. */
function undocumented(index: FeatureIndex): readonly Finding[] {
  return index.ready.findings.filter((one) => one.rule === rule && one.severity !== 'info');
}

function routesIn(findings: readonly Finding[]): number {
  return findings.reduce((sum, { operations }) => sum + (operations?.length ?? 1), 0);
}

function lint(index: FeatureIndex): Promise<readonly string[]> {
  return lintErrors(
    index.ready.snapshot.specs.map(({ file }) => file),
    folder.texts,
  );
}

/** Applies the fix of one finding after the other, and looks again behind each. */
function documentAll(from: FeatureIndex): FeatureIndex {
  let now = from;
  let refused = 0;
  for (;;) {
    const left = undocumented(now);
    const finding = left[refused];
    if (!finding) return now;
    const [fix] = mendsOf(now, finding);
    if (!fix) {
      refused += 1;
      console.error(`no fix: ${finding.message}`);
      continue;
    }
    const changed = [...applied(folder.texts, fix.edits)].filter(
      ([file, text]) => folder.texts.get(fileId(file)) !== text,
    );
    engine.apply(changed.map(([file, text]) => folder.set(file, text)));
    settle(engine, folder);
    now = look();
    if (routesIn(undocumented(now)) >= routesIn(left)) throw new Error(`${fix.title} changed nothing`);
  }
}

const first = look();
const told = undocumented(first);
const earlier = new Set(await lint(first));
const original = new Map(folder.texts);
const index = documentAll(first);
const after = await lint(index);
const known = new Set(first.ready.findings.map(({ message }) => message));
const came = index.ready.findings.filter(
  ({ message, severity, rule: id }) => severity !== 'info' && id !== rule && !known.has(message),
);
const result = {
  told: routesIn(told),
  left: routesIn(undocumented(index)),
  errors: after.filter((message) => !earlier.has(message)),
  came: came.map((one) => `${one.rule}: ${one.message}`),
  problems: index.ready.snapshot.problems.length - first.ready.snapshot.problems.length,
};
console.log(JSON.stringify(result, undefined, 2));
if (values.out !== undefined)
  for (const [file, text] of folder.texts) {
    if (original.get(file) === text) continue;
    for (const [side, content] of [
      ['before', original.get(file) ?? ''],
      ['after', text],
    ] as const) {
      const path = join(values.out, side, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
process.exitCode = result.left > 0 || result.errors.length > 0 || result.problems > 0 ? 1 : 0;
