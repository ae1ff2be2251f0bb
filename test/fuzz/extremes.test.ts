/** Sources of sizes and forms that only machines write, each checked in bounded time and beside a route that must still be found. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSound, timed } from './assert-sound.ts';

const server = `
import express from 'express';
import { value } from './extreme';
const app = express();
app.get('/before', (req, res) => { res.json(value) });
app.get(\`/\${value}\`, (req, res) => { res.json(value) });
app.get('/after', (req, res) => { res.sendStatus(204) });
`;

const extremes: Readonly<Record<string, string>> = {
  'a concatenation of 10,000 terms': `export const value = ${Array.from({ length: 10_000 }, (_, index) => `'${index}'`).join(' + ')};`,
  'an array nested 5,000 deep': `export const value = ${'['.repeat(5_000)}${']'.repeat(5_000)};`,
  'an array nested 1,000 deep': `export const value = ${'['.repeat(1_000)}${']'.repeat(1_000)};`,
  'an object nested 1,000 deep': `export const value = ${'{ a: '.repeat(1_000)}1${' }'.repeat(1_000)};`,
  'conditions nested 2,000 deep': `export const value = ${'a ? b : '.repeat(2_000)} c;`,
  'blocks nested 1,000 deep': `export let value = 1; ${'{'.repeat(1_000)} value = 2; ${'}'.repeat(1_000)}`,
  'branches nested 400 deep': `export let value = 1; ${'if (x) { value += 1; '.repeat(400)}${'}'.repeat(400)}`,
  'a chain of 5,000 calls': `export const value = start()${'.next()'.repeat(5_000)};`,
  'an array of 50,000 items': `export const value = [${Array.from({ length: 50_000 }, (_, index) => `'${index}'`).join(', ')}];`,
  'an object of 20,000 keys': `export const value = { ${Array.from({ length: 20_000 }, (_, index) => `k${index}: ${index}`).join(', ')} };`,
  'a table of 50,000 rows that is iterated': `export const rows = [${'[1, 2], '.repeat(50_000)}]; export const value = rows.map(([a, b]) => a + b).filter(Boolean).join('/');`,
  'doubling text': `export let value = 'ab'; ${'value = value + value; '.repeat(60)}`,
  'doubling lists': `export let value = ['ab']; ${'value = [...value, ...value]; '.repeat(40)}`,
  'doubling choices': `${Array.from({ length: 40 }, (_, index) => `const p${index} = x${index} ? '/a' : '/b';`).join('\n')} export const value = ${Array.from({ length: 40 }, (_, index) => `p${index}`).join(' + ')};`,
  'endless loops': `export let value = 0; while (true) value++; for (;;) { value += 1 } do { value-- } while (value);`,
  recursion: `const f = (n) => g(n + 1); const g = (n) => [f(n), f(n)]; export const value = f(0);`,
  'recursion of fibonacci': `const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); export const value = fib(60);`,
  'a combinator': `const y = (f) => ((x) => f((v) => x(x)(v)))((x) => f((v) => x(x)(v))); export const value = y((self) => (n) => self(n))(1);`,
  'an object in itself': `export const value = {}; value.self = value; value.list = [value]; const copy = { ...value, deep: JSON.parse(JSON.stringify(value)) };`,
  'a class that extends itself': `export class value extends value { x = new value(); } new value();`,
  'constructors in a circle': `class A { b = new B(); } class B { a = new A(); } export const value = new A();`,
  'getters in a circle': `export const value = { get a() { return this.b }, get b() { return this.a } }; value.a;`,
  'a long line': `export const value = '${'x'.repeat(500_000)}';`,
  'types in a circle': `type A = B | A[]; type B = A & { a: A }; export const value: A = x as unknown as A; interface C extends C {} export const c: C = y;`,
};

for (const [name, extreme] of Object.entries(extremes)) {
  test(name, () => {
    const files = new Map([
      ['package.json', '{"dependencies":{"express":"4"}}'],
      ['server.ts', server],
      ['extreme.ts', extreme],
    ]);
    const snapshot = timed(files);
    assertSound(files, snapshot);
    const titles = snapshot.codes.flatMap(({ operations }) => operations.items.map(({ title }) => title));
    assert.ok(titles.includes('GET /before') && titles.includes('GET /after'), titles.join());
  });
}

const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'imports in a circle': {
    'a.ts': `import express from 'express'; import { b } from './b'; export const a = express.Router(); a.use('/b', b); a.get('/x', (q, s) => s.json());`,
    'b.ts': `import express from 'express'; import { a } from './a'; export const b = express.Router(); b.use('/a', a); b.get('/y', (q, s) => s.json()); const app = express(); app.use('/r', b); app.use(a);`,
  },
  'routers that mount themselves': {
    'a.js': `const app = require('express')(); const r = require('express').Router(); r.use('/r', r); app.use(app); app.use('/x', r); r.get('/y', (q, s) => s.end()); r.use((q, s, n) => r(q, s, n)); for (const x of [1,2,3]) r.use(r);`,
  },
  're-exports in a circle': {
    'a.ts': `export * from './b'; export { c } from './b'; import express from 'express'; import { c } from './b'; express().get('/' + c, c);`,
    'b.ts': `export * from './a'; export { c } from './a';`,
  },
  'modules of Nest in a circle': {
    'a.ts': `import { Module, Controller, Get, forwardRef } from '@nestjs/common'; import { NestFactory } from '@nestjs/core'; import { B } from './b'; @Controller('x') export class X { constructor(private x: X) {} @Get() get() { return this.x.get(); } } @Module({ imports: [forwardRef(() => B), A], controllers: [X], providers: [X] }) export class A {} NestFactory.create(A);`,
    'b.ts': `import { Module, forwardRef } from '@nestjs/common'; import { A } from './a'; @Module({ imports: [forwardRef(() => A)] }) export class B {}`,
  },
  'routes without end': {
    'a.js': `const app = require('express')(); const add = (n) => { app.get('/' + n, (q, s) => s.end()); add(n + 1); add(n + 2) }; add(0); let i = 0; while (i >= 0) { app.post('/p' + i, (q, s) => s.end()); i++ }`,
  },
};

for (const [name, program] of Object.entries(programs)) {
  test(name, () => {
    const files = new Map(Object.entries(program));
    assertSound(files, timed(files));
  });
}
