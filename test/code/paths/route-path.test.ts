import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsOf, type ParsedPath, type PathSyntax } from '../../../server/src/code/paths/parsed-path.ts';
import { expressSyntax, nestSyntax, parseRoutePath } from '../../../server/src/code/paths/route-path.ts';
import { formatPath } from '../../../server/src/contract/path.ts';

/** Forms, longest first; `pattern` for what cannot be listed; a mark where the text is refused or can never match. */
function show(parsed: ParsedPath): string {
  if (parsed.kind === 'pattern') return 'pattern';
  const marks = [
    ...(parsed.bare === true ? ['bare'] : []),
    ...(parsed.invalid === undefined ? [] : ['invalid']),
  ];
  return [formsOf(parsed).map(formatPath).join(' '), ...marks].join(' | ');
}

function check(syntax: PathSyntax, table: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(table)) {
    assert.equal(show(parseRoutePath(text, syntax)), expected, `${JSON.stringify(text)} in ${syntax}`);
  }
}

// Each row was compared with the library itself: the same sample addresses match the library's expression and the
// forms here, but for limits on parameters (`\d+`), which a path does not keep, and an empty rest.

test('Express 4 reads strings as path-to-regexp 0.1 does', () => {
  check('express-4', {
    '': '/',
    '/': '/',
    '/users/': '/users',
    '//a//b': '/a/b',
    '/users/:id': '/users/{id}',
    '/users/:id?': '/users/{id} /users',
    '/a/:x?/:y?': '/a/{x}/{y} /a/{x} /a',
    '/a/:x?/b': '/a/{x}/b /a/b',
    '/flights/:from-:to': '/flights/{from}-{to}',
    '/post/:id.:format?': '/post/{id}.{format} /post/{id}',
    '/x.json': '/x.json',
    '/:id(\\d+)': '/{id}',
    '/:type(users|posts)/x': '/{type}/x',
    '/a/(\\d+)': '/a/{_}',
    '/x/:a(\\d+)/c/:d?': '/x/{a}/c/{d} /x/{a}/c',
    '/a\\:b': '/a:b',
    '/%C3%A9': '/%C3%A9',
    '/@:name': '/@{name}',
  });
});

test('Express 4 reads wildcards', () => {
  check('express-4', {
    '*': '/*',
    '/*': '/*',
    '/files/*': '/files/*',
    '/files*': '/files*',
    '/a/*/b': '/a/*/b',
    '/*.json': '/*/{0}.json',
    '/ab*cd': '/ab{0}cd',
    '/:path*': '/{path}',
    '/:p(.*)': '/{p}',
    '/:p(*)': '/{p}',
    '/:p([\\s\\S]+)': '/{p}',
    '/:p([^/]+)': '/{p}',
    // The dot is a full stop and the star matches anything behind it.
    '/(.*)': '/.*',
  });
});

test('Express 4 reads what is left as a regular expression', () => {
  check('express-4', {
    '/ab?cd': '/abcd /acd',
    '/a(bc)?d': '/abcd /ad',
    '/(api|v1)/x': '/api/x /v1/x',
    '/api/(v1|v2)?/x': '/api/v1/x /api/v2/x /api/x',
    '/(api/)?x': '/api/x /x',
    '/[ab]c': '/{_}c',
    '/ab+cd': 'pattern',
    '/a|b': 'pattern',
    '/(a|b|c)/(d|e|f)': 'pattern',
  });
});

test('Braces mean nothing to Express 4', () => {
  check('express-4', { '/users{/:id}': '/users{/{id}}' });
});

test('Express 5 reads strings as path-to-regexp 8 does', () => {
  check('express-5', {
    '/users/:id': '/users/{id}',
    '/users{/:id}': '/users/{id} /users',
    '/a{/b{/:c}}': '/a/b/{c} /a/b /a',
    '/a{/:b}{/:c}': '/a/{b}/{c} /a/{b} /a',
    '{/:lang}/about': '/{lang}/about /about',
    '/files/*path': '/files/{path}',
    '/files{/*path}': '/files/{path} /files',
    '/{*path}': '/{path} /',
    '/a/*p/b': '/a/{p}/b',
    '/flights/:from-:to': '/flights/{from}-{to}',
    '/post/:id{.:format}': '/post/{id}.{format} /post/{id}',
    '/x/:"user-id"': '/x/{user-id}',
    '/:user_id/:$x': '/{user_id}/{$x}',
    '/v1/items\\:batch': '/v1/items:batch',
    '/a.b': '/a.b',
  });
});

test('What Express 5 refuses is read as it was meant', () => {
  check('express-5', {
    '/users/:id?': '/users/{id} /users | invalid',
    '/files/*': '/files/* | invalid',
    '*': '/* | invalid',
    '(.*)': '/* | invalid',
    '/:id(\\d+)': '/{id} | invalid',
    '/(api|v1)/x': '/api/x /v1/x | invalid',
    '/x{/:a': '/x{/{a} | invalid',
  });
});

test('path-to-regexp 6 has modifiers and groups with a prefix', () => {
  check('regexp-6', {
    '/users/:id?': '/users/{id} /users',
    '/:path*': '/{path} /',
    '/:path+': '/{path}',
    '/(.*)': '/*',
    '/a/(\\d+)': '/a/{0}',
    '/(api|v1)/x': '/api/x /v1/x',
    '/a{-:b}?': '/a-{b} /a',
    '{/a}?/b': '/a/b /b',
    '/:a.:b': '/{a}.{b}',
    '/files/*': '/files/* | invalid',
  });
});

test('Fastify has a wildcard at the end and doubled colons', () => {
  check('fastify', {
    '/users/:id': '/users/{id}',
    '/users/:id?': '/users/{id} /users',
    '/files/*': '/files/*',
    '/a/:b(^\\d+$)': '/a/{b}',
    '/a/:b-:c': '/a/{b}-{c}',
    '/a/:b.png': '/a/{b}.png',
    '/items::batch': '/items:batch',
    '/a/*/b': '/a/*/b | invalid',
  });
});

test('A path without a leading slash is the same path and can never match', () => {
  for (const syntax of ['express-4', 'express-5'] as const)
    check(syntax, { 'users/:id': '/users/{id} | bare' });
});

test('Addresses are no routes', () => {
  check('express-4', { 'https://hangar.example/x': 'pattern', '/x?y=1': 'pattern' });
});

test('Too many forms are a pattern', () => {
  check('express-5', {
    '{/a}{/b}{/c}': '/a/b/c /a/b /a/c /b/c /a /b /c /',
    '{/a}{/b}{/c}{/d}': 'pattern',
    ['{/a}'.repeat(400)]: 'pattern',
  });
});

test('Long and deeply nested texts do no harm', () => {
  for (const syntax of ['express-4', 'express-5', 'regexp-6', 'fastify'] as const) {
    for (const text of ['{'.repeat(1500), '/('.repeat(500), '/:a'.repeat(600), 'a'.repeat(1_000_000)]) {
      assert.ok(['path', 'pattern'].includes(parseRoutePath(text, syntax).kind));
    }
  }
});

test('The syntax follows the major version', () => {
  assert.equal(expressSyntax(4), 'express-4');
  assert.equal(expressSyntax(5), 'express-5');
  assert.equal(expressSyntax(undefined), 'express-5');
  assert.equal(nestSyntax(10), 'express-4');
  assert.equal(nestSyntax(11), 'express-5');
});
