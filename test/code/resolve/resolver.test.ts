import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createResolver } from '../../../server/src/code/resolve/resolver.ts';
import { fileId, type FileId } from '../../../server/src/contract/span.ts';

type Files = Readonly<Record<string, unknown>>;

/** Rows are `importing file`, `specifier`, and the file, `package name|subpath` or `missing` that it leads to. */
function check(
  files: Files,
  rows: readonly (readonly [from: string, specifier: string, expected: string])[],
): void {
  const configs = new Map<FileId, string>();
  for (const [file, value] of Object.entries(files)) {
    if (value !== '') configs.set(fileId(file), typeof value === 'string' ? value : JSON.stringify(value));
  }
  const resolver = createResolver({ has: (file) => Object.hasOwn(files, file), configs });
  for (const [from, specifier, expected] of rows) {
    const found = resolver.resolve(fileId(from), specifier);
    const shown =
      found.kind === 'file'
        ? found.file
        : found.kind === 'package'
          ? `package ${found.name}|${found.subpath}`
          : 'missing';
    assert.equal(shown, expected, `${specifier} in ${from}`);
  }
}

test('Relative specifiers find files and folders', () => {
  const files = {
    'src/app.ts': '',
    'src/users.ts': '',
    'src/users.controller.ts': '',
    'src/legacy.js': '',
    'src/data.json': '',
    'src/api.yaml': '',
    'src/routes.ts': '',
    'src/routes/index.ts': '',
    'src/routes/users/index.tsx': '',
    'bin/www': '',
    'server/index.mjs': '',
  };
  check(files, [
    ['src/app.ts', './users', 'src/users.ts'],
    ['src/app.ts', './users.controller', 'src/users.controller.ts'],
    ['src/app.ts', './legacy', 'src/legacy.js'],
    ['src/app.ts', './data', 'src/data.json'],
    ['src/app.ts', './data.json', 'src/data.json'],
    ['src/app.ts', './api.yaml', 'src/api.yaml'],
    ['src/app.ts', './routes', 'src/routes.ts'],
    ['src/app.ts', './routes/', 'src/routes/index.ts'],
    ['src/routes/users/index.tsx', '..', 'src/routes/index.ts'],
    ['src/routes/index.ts', '../users', 'src/users.ts'],
    ['src/routes/index.ts', './users', 'src/routes/users/index.tsx'],
    ['src/app.ts', '../server', 'server/index.mjs'],
    ['src/app.ts', '../bin/www', 'bin/www'],
    ['src/app.ts', './users?raw', 'src/users.ts'],
    ['src/app.ts', './nothing', 'missing'],
    ['src/app.ts', '/users', 'missing'],
    ['src/app.ts', '', 'missing'],
  ]);
});

test('Files outside of the workspace folder are reached', () => {
  check({ '../shared/paths.ts': '', 'app.ts': '' }, [
    ['app.ts', '../shared/paths', '../shared/paths.ts'],
    ['../shared/paths.ts', '../shared/paths.js', '../shared/paths.ts'],
  ]);
});

test('Output extensions mean their sources', () => {
  const files = {
    'a.ts': '',
    'b.tsx': '',
    'c.mts': '',
    'd.cts': '',
    'e.ts': '',
    'e.js': '',
    'f.js': '',
    'f.d.ts': '',
    'g.d.ts': '',
    'h.tsx': '',
  };
  check(files, [
    ['main.ts', './a.js', 'a.ts'],
    ['main.ts', './b.js', 'b.tsx'],
    ['main.ts', './b.jsx', 'b.tsx'],
    ['main.ts', './c.mjs', 'c.mts'],
    ['main.ts', './d.cjs', 'd.cts'],
    ['main.ts', './e.js', 'e.ts'],
    ['main.js', './e.js', 'e.js'],
    ['main.ts', './e', 'e.ts'],
    ['main.js', './e', 'e.js'],
    ['main.ts', './f', 'f.js'],
    ['main.ts', './f.js', 'f.js'],
    ['main.ts', './g', 'g.d.ts'],
    ['main.ts', './h.ts', 'h.tsx'],
    ['main.js', './a.js', 'a.ts'],
  ]);
});

test('A folder with a package.json is entered by its main', () => {
  check(
    {
      'lib/package.json': { main: 'entry' },
      'lib/entry.js': '',
      'lib/index.js': '',
      'built/package.json': { main: 'dist/start.js' },
      'built/src/start.ts': '',
      'loop/package.json': { main: '../loop' },
      'loop/index.js': '',
    },
    [
      ['app.js', './lib', 'lib/entry.js'],
      ['app.js', './built', 'built/src/start.ts'],
      ['app.js', './loop', 'loop/index.js'],
    ],
  );
});

test('Built-in modules and foreign packages are packages', () => {
  check({ 'package.json': { dependencies: { express: '^5.0.0' } }, 'fs.ts': '' }, [
    ['app.ts', 'node:fs/promises', 'package fs|promises'],
    ['app.ts', 'fs', 'package fs|'],
    ['app.ts', 'node:test', 'package test|'],
    ['app.ts', 'express', 'package express|'],
    ['app.ts', 'express/lib/router', 'package express|lib/router'],
    ['app.ts', '@nestjs/common', 'package @nestjs/common|'],
    ['app.ts', '@nestjs/core/router/x', 'package @nestjs/core|router/x'],
    ['app.ts', 'npm:express@5.1.0/router', 'package express|router'],
    ['app.ts', 'bun:test', 'package bun:test|'],
    ['app.ts', '~/x', 'missing'],
    ['app.ts', '@/x', 'missing'],
  ]);
});

test('tsconfig paths and baseUrl, with comments, extends and variants', () => {
  check(
    {
      'tsconfig.base.json': `{ // shared
        "compilerOptions": { "baseUrl": ".", "paths": { "@fleet/*": ["libs/*/src"], "@fleet/api/*": ["apps/api/*",], "config": ["config/local"] } } }`,
      'apps/api/tsconfig.json': {
        extends: '../../tsconfig.base',
        references: [{ path: './tsconfig.app.json' }],
      },
      'apps/api/tsconfig.app.json': { compilerOptions: { paths: { '@app/*': ['./src/*'] } } },
      'apps/api/src/main.ts': '',
      'apps/api/src/users.ts': '',
      'libs/auth/src/index.ts': '',
      'libs/extra.ts': '',
      'config/local.ts': '',
      'shared/tsconfig.json': { extends: ['./loop.json'] },
      'shared/loop.json': '',
    },
    [
      ['apps/api/src/main.ts', '@fleet/auth', 'libs/auth/src/index.ts'],
      ['apps/api/src/main.ts', '@fleet/api/src/users', 'apps/api/src/users.ts'],
      ['apps/api/src/main.ts', 'config', 'config/local.ts'],
      ['apps/api/src/main.ts', 'libs/extra', 'libs/extra.ts'],
      ['apps/api/src/main.ts', '@app/users', 'apps/api/src/users.ts'],
      ['apps/api/src/main.ts', '@fleet/nothing', 'missing'],
      ['apps/api/src/main.ts', 'lodash', 'package lodash|'],
      ['libs/auth/src/index.ts', '@fleet/auth', 'libs/auth/src/index.ts'],
      ['shared/x.ts', '@fleet/auth', 'libs/auth/src/index.ts'],
    ],
  );
});

test('baseUrl is no rival to an installed package in scripts, and declarations are none anywhere', () => {
  check(
    {
      'package.json': { dependencies: { config: '3', express: '5' } },
      'jsconfig.json': { compilerOptions: { baseUrl: '.', paths: { express: ['types/express'] } } },
      'config/index.js': '',
      'lib/util.js': '',
      'tsoa.json': {},
      'types/express.d.ts': '',
    },
    [
      ['app.ts', 'tsoa', 'package tsoa|'],
      ['app.ts', 'tsoa.json', 'tsoa.json'],
      ['app.js', 'config', 'package config|'],
      ['app.ts', 'config', 'config/index.js'],
      ['app.js', 'lib/util', 'lib/util.js'],
      ['app.ts', 'express', 'package express|'],
    ],
  );
});

test('rootDirs are laid over each other', () => {
  check(
    {
      'tsconfig.json': { compilerOptions: { rootDirs: ['src', 'generated'] } },
      'src/app.ts': '',
      'generated/api/routes.ts': '',
    },
    [['src/app.ts', './api/routes', 'generated/api/routes.ts']],
  );
});

test('Subpath imports follow conditions and patterns', () => {
  check(
    {
      'package.json': {
        imports: {
          '#db': { node: './dist/db.js', default: './dist/db-web.js' },
          '#lib/*': './src/lib/*.js',
          '#lib/secret/*': null,
          '#http': 'express',
        },
      },
      'src/db.ts': '',
      'src/lib/log.ts': '',
      'src/lib/secret/key.ts': '',
    },
    [
      ['src/app.ts', '#db', 'src/db.ts'],
      ['src/app.ts', '#lib/log', 'src/lib/log.ts'],
      ['src/app.ts', '#lib/secret/key', 'missing'],
      ['src/app.ts', '#http', 'package express|'],
      ['src/app.ts', '#nothing', 'missing'],
    ],
  );
});

const monorepo = {
  'package.json': { name: 'fleet', workspaces: ['packages/*'] },
  'packages/dual/package.json': {
    name: '@fleet/dual',
    exports: {
      '.': { types: './dist/index.d.ts', import: './dist/esm/index.mjs', require: './dist/cjs/index.js' },
      './routes/*': './dist/routes/*.js',
      './src': { '@fleet/source': './source/only.ts', default: './dist/none.js' },
    },
  },
  'packages/dual/src/index.ts': '',
  'packages/dual/src/routes/users.ts': '',
  'packages/dual/src/inner.ts': '',
  'packages/dual/source/only.ts': '',
  'packages/out/package.json': { name: 'out', main: 'target/main.js', types: 'target/main.d.ts' },
  'packages/out/tsconfig.json': { compilerOptions: { outDir: 'target', rootDir: 'code' } },
  'packages/out/code/main.ts': '',
  'packages/js/package.json': { name: 'js', main: 'lib/start' },
  'packages/js/lib/start.js': '',
  'packages/bare/package.json': { name: 'bare' },
  'packages/bare/src/index.ts': '',
  'packages/ghost/package.json': { name: 'ghost', main: 'dist/index.js' },
};

test('Packages of the workspace lead to their sources', () => {
  check(monorepo, [
    ['packages/js/lib/start.js', '@fleet/dual', 'packages/dual/src/index.ts'],
    ['packages/js/lib/start.js', '@fleet/dual/routes/users', 'packages/dual/src/routes/users.ts'],
    ['packages/js/lib/start.js', '@fleet/dual/inner', 'packages/dual/src/inner.ts'],
    ['packages/js/lib/start.js', '@fleet/dual/src', 'packages/dual/source/only.ts'],
    ['packages/js/lib/start.js', 'out', 'packages/out/code/main.ts'],
    ['packages/bare/src/index.ts', 'js', 'packages/js/lib/start.js'],
    ['packages/bare/src/index.ts', 'bare', 'packages/bare/src/index.ts'],
    ['packages/bare/src/index.ts', 'ghost', 'missing'],
    ['packages/bare/src/index.ts', '@fleet/other', 'package @fleet/other|'],
  ]);
});

test('Local dependencies under another name, and published releases of a package of the workspace', () => {
  check(
    {
      'package.json': { name: 'validator', version: '5.1.0', main: 'dist/index.js' },
      'src/index.ts': '',
      'shared/package.json': { name: '@acme/shared', main: 'index.js' },
      'shared/index.js': '',
      'new/package.json': { dependencies: { validator: '^5.0.0', common: 'file:../shared' } },
      'old/package.json': { dependencies: { validator: '^3.0.0' } },
    },
    [
      ['new/app.js', 'validator', 'src/index.ts'],
      ['old/app.js', 'validator', 'package validator|'],
      ['new/app.js', 'common', 'shared/index.js'],
    ],
  );
});

test('Build output of the own package leads to its source', () => {
  check({ 'package.json': { name: 'hangar' }, 'src/server.ts': '', 'bin/www': '' }, [
    ['bin/www', '../dist/server', 'src/server.ts'],
  ]);
});

test('Aliases of package.json', () => {
  check(
    {
      'package.json': {
        _moduleAliases: { '@root': '.', '@models': './app/models', '@dist': 'dist' },
        babel: { plugins: [['module-resolver', { root: ['./app'], alias: { services: './app/services' } }]] },
        scripts: { start: 'NODE_PATH=lib node app' },
      },
      'app/models/user.js': '',
      'app/services/mail.js': '',
      'app/http/router.js': '',
      'lib/log.js': '',
      'root.js': '',
    },
    [
      ['app/index.js', '@models/user', 'app/models/user.js'],
      ['app/index.js', '@root/root', 'root.js'],
      ['app/index.js', 'services/mail', 'app/services/mail.js'],
      ['app/index.js', 'http/router', 'package http|router'],
      ['app/index.js', 'models/user', 'app/models/user.js'],
      ['app/index.js', 'log', 'lib/log.js'],
      ['app/index.js', '@models/nobody', 'missing'],
    ],
  );
});

test('Names that only a bundler understands lead to the files that they can only mean', () => {
  check(
    {
      'package.json': { dependencies: { express: '4', shared: '1' } },
      'api/src/routes/http.js': '',
      'api/src/server.js': '',
      'lib/constants.js': '',
      'src/log.js': '',
      'src/lib/text.js': '',
      'shared/text.js': '',
    },
    [
      ['api/src/server.js', 'api/routes/http', 'api/src/routes/http.js'],
      ['api/src/server.js', 'lib/constants', 'lib/constants.js'],
      ['api/src/server.js', 'lib/text', 'src/lib/text.js'],
      ['api/src/server.js', 'shared/text', 'package shared|text'],
      ['api/src/server.js', 'api/nobody', 'package api|nobody'],
    ],
  );
});

test('Broken configuration is as good as none', () => {
  check(
    {
      'package.json': '{ "name": 3, "imports": 7, "dependencies": [',
      'tsconfig.json':
        '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "a": 1, "b/*": [1, "x/*"] }, "rootDirs": "src" }',
      'x/y.ts': '',
    },
    [
      ['app.ts', 'a', 'missing'],
      ['app.ts', 'b/y', 'x/y.ts'],
      ['app.ts', '#x', 'missing'],
      ['app.ts', './x/y', 'x/y.ts'],
    ],
  );
});
