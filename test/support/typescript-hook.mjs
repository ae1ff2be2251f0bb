/** Transpiles `.ts` modules on load and keeps the result, so that a second run does not need the transpiler. */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../node_modules/.cache/test-sources/', import.meta.url));

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const text = readFileSync(file, 'utf8');
  return { format: 'module', source: await transpiled(file, text), shortCircuit: true };
}

async function transpiled(file, text) {
  const kept = join(
    cache,
    `${createHash('sha256').update(file).update('\0').update(text).digest('hex')}.mjs`,
  );
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { transform } = await import('esbuild');
    const { code } = await transform(text, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcefile: file,
      sourcemap: 'inline',
      sourcesContent: false,
    });
    mkdirSync(cache, { recursive: true });
    const partial = `${kept}.${process.pid}`;
    writeFileSync(partial, code);
    renameSync(partial, kept);
    return code;
  }
}
