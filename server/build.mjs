/**
 * Builds the bundles. Bundles are CommonJS because their code cache can then be kept (see `host/code-cache.ts`),
 * and `module` comes first in `mainFields` because jsonc-parser's UMD main loads its parts at run time by names
 * that a bundler cannot see.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const server = dirname(fileURLToPath(import.meta.url));
const root = dirname(server);
const stampFile = join(server, 'dist', '.stamp');

/** Builds unless nothing changed since the last build. Returns whether it built. */
export async function build() {
  const stamp = stampOf([join(server, 'src'), join(server, 'page'), join(root, 'client', 'src')]);
  if (readStamp() === stamp) return false;
  const { build: bundle } = await import('esbuild');
  const shared = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
  const out = (name) => join(server, 'dist', name);
  await Promise.all([
    bundle({
      ...shared,
      define: { BUILD: JSON.stringify(stamp) },
      entryPoints: [join(server, 'src/cli/bin.ts')],
      outfile: out('cli.cjs'),
    }),
    bundle({ ...shared, entryPoints: [join(server, 'src/cli/main.ts')], outfile: out('main.cjs') }),
    bundle({
      ...shared,
      entryPoints: [join(server, 'src/code/ts/analysis.ts')],
      outfile: out('analysis.cjs'),
    }),
    bundle({ ...shared, entryPoints: [join(server, 'src/lsp/server.ts')], outfile: out('server.cjs') }),
    bundle({
      ...shared,
      define: { BUILD: JSON.stringify(stamp) },
      entryPoints: [join(server, 'src/host/workers/analysis.ts')],
      outfile: out('analysis-worker.cjs'),
    }),
    bundle({
      ...shared,
      // Of the bundler that loads rulesets; it is there on macOS only, and only for watching.
      external: ['fsevents'],
      // Spectral's functions are known by their names: without them every rule would look at the whole document.
      // `keepNames` would put calls of a helper into functions that JSONPath libraries write elsewhere as text.
      minify: false,
      minifyWhitespace: true,
      entryPoints: [join(server, 'src/host/workers/lint.ts')],
      outfile: out('lint-worker.cjs'),
    }),
    bundle({
      ...shared,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      entryPoints: ['report', 'preview', 'swagger-ui'].flatMap((name) =>
        ['ts', 'css'].map((kind) => join(server, 'page', `${name}.${kind}`)),
      ),
      entryNames: '[name]-page',
      outdir: join(server, 'dist'),
    }),
    bundle({
      ...shared,
      external: ['vscode'],
      entryPoints: [join(root, 'client/src/extension.ts')],
      outfile: join(root, 'client/dist/extension.cjs'),
    }),
  ]);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}

function stampOf(folders) {
  const hash = createHash('sha256');
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
      if (!/\.(?:ts|json|css)$/.test(name)) continue;
      const stat = statSync(join(folder, name));
      hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
