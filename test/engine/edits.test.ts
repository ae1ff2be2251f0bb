/** Typing in source files: what an edit leaves standing is kept, and the outcome is that of a fresh start. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Demand } from '../../server/src/engine/work.ts';
import { createEngine, type Engine } from '../../server/src/engine/engine.ts';
import type { EngineSettings } from '../../server/src/engine/settings.ts';
import { analyse, judgeSnapshot } from '../../server/src/engine/snapshot.ts';
import { createJudge, type Judge } from '../../server/src/drift/run.ts';
import { Folder, settle } from '../support/memory-folder.ts';

const settings: EngineSettings = { bindings: [], rules: { severities: {} } };
const workspace = fileURLToPath(new URL('../fixtures/workspaces/example', import.meta.url));

function exampleFolder(): Folder {
  const folder = new Folder();
  for (const name of readdirSync(workspace, { recursive: true }).map(String)) {
    if (/\.(?:ts|js|ya?ml|json)$/.test(name) && !name.includes('node_modules'))
      folder.set(name.replaceAll('\\', '/'), readFileSync(join(workspace, name), 'utf8'));
  }
  return folder;
}

function open(folder: Folder): Engine {
  const demand: Demand = (item) => folder.perform(item);
  const engine = createEngine(settings, demand, 'edits');
  engine.apply(folder.changes());
  settle(engine, folder);
  return engine;
}

/** `judged` is what remembers earlier findings, as an editor's does. */
function outcome(engine: Engine, judged?: Judge): unknown {
  const snapshot = engine.snapshot();
  return structuredClone({ snapshot, findings: judgeSnapshot(snapshot, settings, judged).findings });
}

/** What people type: whole lines in the middle of something, and halves of lines. */
const typed = [
  "    if (!req.query.page) return res.status(418).json({ message: 'no page' });",
  '    const seen = new Map();',
  "    throw new Error('not here');",
  '    return undefined;',
  '    // a remark',
  '    // backend-contract-ignore -- typed',
  '// backend-contract-internal',
  "router.get('/typed', (req, res) => res.json([]));",
  '    if (',
  '}',
  '',
];

interface Typed {
  readonly file: number;
  readonly line: number;
  readonly what: string;
  readonly text: string;
}

const edit: fc.Arbitrary<Typed> = fc.record({
  file: fc.nat(),
  line: fc.nat(),
  what: fc.constantFrom('insert', 'delete', 'repeat', 'undo'),
  text: fc.constantFrom(...typed),
});

/** What once ended elsewhere: a line gone from a handler, then an edit of another file. */
const failedBefore: [Typed[]][] = [
  [
    [
      { file: 12, line: 1590898330, what: 'delete', text: '' },
      { file: 338925144, line: 0, what: 'insert', text: '    // a remark' },
      { file: 0, line: 0, what: 'undo', text: '' },
    ],
  ],
];

/** A run is the same every time; `SEED` and `RUNS` search further. */
const search = {
  seed: Number(process.env['SEED'] ?? 20),
  numRuns: Number(process.env['RUNS'] ?? 60),
};

test('typing anywhere ends where a fresh start does', () => {
  const original = exampleFolder();
  const sources = [...original.texts.keys()].filter((file) => /\.[jt]s$/.test(file)).sort();
  assert.ok(sources.length > 5);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (script) => {
      const folder = exampleFolder();
      const engine = open(folder);
      const judged = createJudge();
      let found = outcome(engine, judged);
      for (const { file, line, what, text } of script) {
        const name = sources[file % sources.length];
        assert.ok(name !== undefined);
        const lines = (folder.texts.get(name) ?? '').split('\n');
        const at = line % lines.length;
        if (what === 'insert') lines.splice(at, 0, text);
        else if (what === 'delete') lines.splice(at, 1);
        else if (what === 'repeat') lines.splice(at, 0, lines[at] ?? '');
        const next = what === 'undo' ? original.texts.get(name) : lines.join('\n');
        engine.apply([folder.set(name, next ?? '')]);
        settle(engine, folder);
        found = outcome(engine, judged);
      }
      assert.deepEqual(found, outcome(open(folder)));
    }),
    { ...search, examples: failedBefore },
  );
});

test('an edit in a handler does not start the server again', () => {
  const folder = new Folder();
  folder.set('package.json', '{"name":"kites","dependencies":{"express":"^4.0.0"}}');
  folder.set(
    'src/app.js',
    `const express = require('express');\nconst app = express();\nconst kites = require('./kites');\napp.get('/kites/:id', kites.fly);\napp.get('/wind', (req, res) => res.json({}));\napp.listen(1);\n`,
  );
  const kites = (status: number): string =>
    `\nexports.fly = (req, res) => {\n  if (req.query.high) return res.sendStatus(${status});\n  res.json({});\n};\n`;
  folder.set('src/kites.js', kites(404));
  const engine = open(folder);
  const routes = (): readonly unknown[] =>
    (engine.snapshot().codes[0]?.operations.items ?? []).map(({ title, outputs }) => [
      title,
      ...outputs.items.map(
        ({ status, at }) => `${status} at ${folder.texts.get(at.file)?.slice(at.start, at.end)}`,
      ),
    ]);
  const before = engine.snapshot().codes[0]?.operations.items;
  engine.apply([folder.set('src/kites.js', `// taller\n${kites(409)}`)]);
  settle(engine, folder);
  const after = engine.snapshot().codes[0]?.operations.items;
  assert.deepEqual(routes(), [
    ['GET /kites/{id}', '409 at 409', '200 at json'],
    ['GET /wind', '200 at json'],
  ]);
  // What the other handler was found to do is the same object: it was not evaluated again.
  assert.equal(after?.[1]?.outputs.items[0]?.at, before?.[1]?.outputs.items[0]?.at);
});

test('what a service throws stands at the call of each handler, before and after an edit', () => {
  const folder = new Folder();
  folder.set('package.json', '{"name":"kites","dependencies":{"@nestjs/common":"^11.0.0"}}');
  const controller = (first: string): string => `import { Controller, Get } from '@nestjs/common';
import { KiteService } from './kite.service';
@Controller('kites')
export class KiteController {
  constructor(private readonly service: KiteService) {}
  @Get('one')
  one() {
    ${first}
    return this.service.fly();
  }
  @Get('two')
  two() {
    return this.service.fly();
  }
}
`;
  folder.set(
    'src/kite.service.ts',
    `import { Injectable, NotFoundException } from '@nestjs/common';
@Injectable()
export class KiteService {
  fly() {
    if (Math.random() > 0.5) throw new NotFoundException();
    return { high: true };
  }
}
`,
  );
  folder.set(
    'src/main.ts',
    `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KiteController } from './kite.controller';
import { KiteService } from './kite.service';
@Module({ controllers: [KiteController], providers: [KiteService] })
class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(1));
`,
  );
  folder.set('src/kite.controller.ts', controller(''));
  const engine = open(folder);
  const errors = (): readonly unknown[] =>
    (engine.snapshot().codes[0]?.operations.items ?? []).flatMap(({ title, outputs }) =>
      outputs.items
        .filter(({ status }) => status === '404')
        .map(({ at }) => `${title} at ${folder.texts.get(at.file)?.slice(at.start, at.end)}`),
    );
  const expected = ['GET /kites/one at this.service.fly()', 'GET /kites/two at this.service.fly()'];
  assert.deepEqual(errors(), expected);
  for (const line of ['const half = 1;', '']) {
    engine.apply([folder.set('src/kite.controller.ts', controller(line))]);
    settle(engine, folder);
    assert.deepEqual(errors(), expected);
  }
});

test('a comment that is typed silences at once, and the server does not start again', () => {
  const folder = new Folder();
  folder.set('openapi.yaml', 'openapi: 3.0.0\npaths:\n  /wind: { get: { responses: { default: {} } } }\n');
  folder.set('package.json', '{"name":"kites","dependencies":{"express":"^4.0.0"}}');
  const app = (comment: string, after = ''): string =>
    `const express = require('express');\nconst app = express();\napp.get('/wind', require('./wind').blow);\n${comment}app.get('/kites', (req, res) => res.json([]));\n${after}app.listen(1);\n`;
  folder.set('src/wind.js', 'exports.blow = (req, res) => res.json({});\n');
  folder.set('src/app.js', app(''));
  const engine = open(folder);
  const told = (): readonly string[] => analyse(engine.snapshot(), settings).map(({ rule }) => rule);
  const first = engine.snapshot().codes[0]?.operations.items[0]?.outputs.items[0];
  assert.deepEqual(told(), ['http/undocumented-operation']);
  for (const [comment, after, expected] of [
    ['// backend-contract-ignore http/undocumented-operation -- later\n', '', []],
    ['// backend-contract-internal -- later\n', '', []],
    ['// a remark\n', '', ['http/undocumented-operation']],
    ['', '// backend-contract-internal\n', ['http/undocumented-operation', 'ignore/unused']],
  ] as const) {
    engine.apply([folder.set('src/app.js', app(comment, after))]);
    settle(engine, folder);
    assert.deepEqual(told(), expected);
    assert.deepEqual(outcome(engine), outcome(open(folder)));
    assert.equal(engine.snapshot().codes[0]?.operations.items[0]?.outputs.items[0]?.at, first?.at);
  }
});
