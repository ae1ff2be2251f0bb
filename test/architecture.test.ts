/** The layers of ARCHITECTURE.md, held by a test: who may import whom, and what no layer below `host` may touch. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { manifestConfiguration } from '../server/src/lsp/settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Layer {
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

/** Every layer may import itself. */
const layers: Readonly<Record<string, Layer>> = {
  contract: { may: [], packages: [] },
  text: { may: ['contract'], packages: ['yaml', 'jsonc-parser'] },
  specs: { may: ['contract', 'text'], packages: [] },
  authoring: { may: ['contract', 'text', 'specs'], packages: [] },
  code: { may: ['contract', 'text'], packages: [] },
  'code/ts': { may: ['code', 'contract', 'text'], packages: ['@ts-morph/common'] },
  'code/edit': { may: [], packages: ['js-tokens'] },
  config: { may: ['contract', 'text'], packages: [] },
  lint: { may: ['lint/health', 'contract', 'text', 'specs'], packages: ['@stoplight/*'] },
  'lint/health': { may: ['contract', 'text'], packages: [] },
  link: { may: ['contract'], packages: [] },
  drift: { may: ['contract'], packages: [] },
  draft: { may: ['contract', 'text', 'authoring'], packages: ['node:http'] },
  engine: { may: ['contract', 'text', 'specs', 'code', 'config', 'link', 'drift'], packages: ['picomatch'] },
  report: { may: ['contract', 'engine'], packages: [] },
  host: {
    may: ['contract', 'text', 'specs', 'code', 'config', 'lint', 'lint/health', 'link', 'drift', 'engine'],
    packages: ['node:*', 'ignore'],
  },
  lsp: {
    may: [
      ...['contract', 'text', 'specs', 'code/edit', 'authoring', 'config', 'lint/health', 'link', 'drift'],
      ...['draft', 'engine', 'report', 'host'],
    ],
    packages: ['node:*', 'vscode-languageserver*', 'vscode-uri', 'openapi-sampler'],
  },
  cli: {
    may: ['contract', 'text', 'config', 'lint/health', 'link', 'drift', 'draft', 'engine', 'report', 'host'],
    packages: ['node:*', 'commander', 'picocolors'],
  },
};

const pure = [
  'contract',
  'text',
  'specs',
  'authoring',
  'code',
  'config',
  'link',
  'drift',
  'engine',
  'report',
];

interface Source {
  /** Relative to server/src. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sourceFolder = join(root, 'server/src');
const sources: readonly Source[] = readdirSync(sourceFolder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(sourceFolder, name), 'utf8');
    // Imports stand in front; further down, examples of rules hold imports that are not the file's own.
    const head = text.slice(
      0,
      /^(?:const|let|function|interface|type|class|declare|export (?!\{|type \{))/m.exec(text)?.index,
    );
    const imports = [...head.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm)];
    return {
      path: name.split(sep).join('/'),
      text,
      imports: imports.map((match) => match[1] ?? match[2] ?? ''),
    };
  });

function layerOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return `${first}/${second}` in layers ? `${first}/${second}` : first;
}

function violations(source: Source): readonly string[] {
  const name = layerOf(source.path);
  const layer = layers[name];
  if (layer === undefined) return [`${source.path} is in no layer`];
  return source.imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const allowed = layer.packages.some((each) =>
        each.endsWith('*') ? specifier.startsWith(each.slice(0, -1)) : each === specifier,
      );
      return allowed ? [] : [`${source.path} imports the package ${specifier}`];
    }
    const target = posix.join(posix.dirname(source.path), specifier);
    const other = layerOf(target);
    if (other === name || layer.may.includes(other)) return [];
    return [`${source.path} imports ${target}: ${name} may not use ${other}`];
  });
}

test('layers import only downwards, and third parties only in their owner', () => {
  assert.ok(sources.length > 0);
  assert.deepEqual(sources.flatMap(violations), []);
});

test('relative imports name files that exist', () => {
  const paths = new Set(sources.map(({ path }) => path));
  const missing = sources.flatMap(({ path, imports }) =>
    imports
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.join(posix.dirname(path), specifier))
      .filter((target) => !paths.has(target))
      .map((target) => `${path} imports ${target}`),
  );
  assert.deepEqual(missing, []);
});

test('below host there is no promise, clock, process or global state', () => {
  const banned: readonly (readonly [string, RegExp])[] = [
    ['async', /\basync\b(?!['"`\w])(?=\s*(?:\(|function|\w+\s*\())/],
    ['await', /^\s*(?:const .*= )?await\s/m],
    ['Promise', /\bnew Promise\b|\bPromise\./],
    ['the clock', /\bDate\.now\(|\bnew Date\(|\bperformance\.now\(|\bsetTimeout\(/],
    ['process', /\bprocess\.(?:env|cwd|argv|exit|stdout)/],
    ['chance', /\bMath\.random\(/],
    ['module-level let', /^(?:export )?let\s/m],
    ['console', /\bconsole\.\w+\(/],
  ];
  const found = sources
    .filter(({ path }) => pure.includes(path.split('/')[0] ?? ''))
    .flatMap(({ path, text }) => {
      const code = withoutText(text);
      return banned.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path} uses ${what}`);
    });
  assert.deepEqual(found, []);
});

/** Examples of rules and tables of names speak of what the code itself must not do. */
function withoutText(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/`(?:[^`\\]|\\[\s\S])*`/g, '``')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/\/\/.*$/gm, '');
}

/** Nest and decorators build on Express: an application underneath, routers that are mounted. `http` is what frameworks share,
 * `classes` those whose handlers are methods. */
const buildsOn: Readonly<Record<string, readonly string[]>> = {
  'code/frameworks/express/': ['code/frameworks/http/'],
  'code/frameworks/classes/': ['code/frameworks/http/'],
  'code/frameworks/decorated/': [
    'code/frameworks/http/',
    'code/frameworks/express/',
    'code/frameworks/classes/',
  ],
  'code/frameworks/nest/': ['code/frameworks/http/', 'code/frameworks/express/', 'code/frameworks/classes/'],
};

test('a framework imports only what it builds on, a rule never another rule', () => {
  const crossing = sources.flatMap(({ path, imports }) => {
    const family = /^(code\/frameworks\/[^/]+\/|drift\/rules\/[^/]+\/[^/]+$)/.exec(path)?.[0];
    if (family === undefined) return [];
    const siblings = family.startsWith('code') ? /^code\/frameworks\/[^/]+\// : /^drift\/rules\//;
    return imports
      .map((specifier) => posix.join(posix.dirname(path), specifier))
      .filter(
        (target) =>
          siblings.test(target) &&
          ![family, ...(buildsOn[family] ?? [])].some((each) => target.startsWith(each)),
      )
      .map((target) => `${path} imports ${target}`);
  });
  assert.deepEqual(crossing, []);
});

test('exports are named, and nothing re-exports a folder', () => {
  const defaults = sources.filter(({ text }) => /^export default\b/m.test(text)).map(({ path }) => path);
  const barrels = sources.filter(({ text }) => /^export \* from/m.test(text)).map(({ path }) => path);
  assert.deepEqual({ defaults, barrels }, { defaults: [], barrels: [] });
});

test('only the client imports vscode, and the client imports of the server only what they say to each other', () => {
  const folder = join(root, 'client/src');
  for (const name of readdirSync(folder, { recursive: true })
    .map(String)
    .filter((each) => each.endsWith('.ts'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const target = resolve(folder, dirname(name), specifier);
      const isShared = target === join(sourceFolder, 'lsp/protocol.ts');
      assert.ok(isShared || !relative(folder, target).startsWith('..'), `${name} imports ${specifier}`);
    }
  }
  assert.deepEqual(
    sources.filter(({ imports }) => imports.includes('vscode')).map(({ path }) => path),
    [],
  );
});

test('every version is exact, and the lockfile names no registry', () => {
  for (const file of ['package.json', 'client/package.json', 'server/package.json']) {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({
      ...manifest['dependencies'],
      ...manifest['devDependencies'],
    })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, `${name} in ${file}`);
    }
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  assert.doesNotMatch(lock, /"resolved": "https?:/);
});

test('what the manifest names exists', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    contributes: { commands: { command: string }[]; grammars: { path: string; scopeName: string }[] };
  };
  const client = join(root, 'client/src');
  const extension = readdirSync(client, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(client, name), 'utf8'))
    .join('\n');
  for (const { command } of manifest.contributes.commands) {
    assert.ok(extension.includes(`'${command}'`), `${command} is registered`);
  }
  for (const { path, scopeName } of manifest.contributes.grammars) {
    const grammar = JSON.parse(readFileSync(join(root, path), 'utf8')) as { scopeName: string };
    assert.equal(grammar.scopeName, scopeName);
  }
});

test('files that the manifest names are there', () => {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const named = [
    ...text.matchAll(/"(?:\.\/)?((?:client\/media|syntaxes|server)\/[^"]+\.(?:png|svg|md|json))"/g),
  ];
  assert.ok(named.length >= 5);
  for (const [, path = ''] of named) assert.ok(existsSync(join(root, path)), `${path} is there`);
});

test('the settings of the manifest are those of the table (UPDATE=1 rewrites them)', () => {
  const path = join(root, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { contributes: Record<string, unknown> };
  const wanted = manifestConfiguration();
  if (process.env['UPDATE'] !== undefined) {
    manifest.contributes['configuration'] = wanted;
    writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  assert.deepEqual(manifest.contributes['configuration'], wanted);
});
