/** The yardstick: reads every source file below the folders and parses it, nothing more. Prints the number of files. */

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// As a plain program would load it.
const ts = createRequire(import.meta.url)('typescript');
const skipped = new Set(['node_modules', 'dist', 'build', 'out', 'coverage']);

let count = 0;
const visit = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !skipped.has(entry.name)) visit(path);
    } else if (/\.[cm]?[jt]sx?$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) {
      ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, false);
      count += 1;
    }
  }
};
for (const folder of process.argv.slice(2)) visit(folder);
process.stdout.write(`${count}\n`);
