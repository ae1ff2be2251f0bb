import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formsOf, type ParsedPath } from '../../../server/src/code/paths/parsed-path.ts';
import { parseRegexPath } from '../../../server/src/code/paths/regex-path.ts';
import { formatPath } from '../../../server/src/contract/path.ts';

function show(parsed: ParsedPath): string {
  return parsed.kind === 'pattern' ? 'pattern' : formsOf(parsed).map(formatPath).join(' ');
}

function check(rows: readonly (readonly [expression: RegExp, route: string, mount?: string])[]): void {
  for (const [expression, route, mount] of rows) {
    const { source, flags } = expression;
    assert.equal(show(parseRegexPath(source, flags)), route, String(expression));
    if (mount !== undefined)
      assert.equal(show(parseRegexPath(source, flags, 'mount')), mount, `${String(expression)} as mount`);
  }
}

test('Expressions that describe paths are read as paths', () => {
  check([
    [/^\/rx\/(\d+)$/, '/rx/{0}'],
    [/^\/a\/b\/?$/, '/a/b'],
    [/^\/users\/(?<id>[^/]+)$/, '/users/{id}'],
    [/^\/a(?:\/(\d+))?$/, '/a/{0} /a'],
    [/^\/a\/(\d+)-(\d+)$/, '/a/{0}-{1}'],
    [/^\/a\/(\d+-\d+)$/, '/a/{0}'],
    [/^\/p\/(\d{4})\/(\d{2})$/, '/p/{0}/{1}'],
    [/^\/[a-z][a-z0-9]*\/x$/i, '/{_}/x'],
    [/^\/v\d+\/users$/, '/v{_}/users'],
    [/^\/x.json$/, '/x.json'],
    [/^\/([\w-]+)\.json$/, '/{0}.json'],
    [/^\/commits\/(\w+)(?:\.\.(\w+))?$/, '/commits/{0}..{1} /commits/{0}'],
    [/^\/?$/, '/'],
    [/^\/\u0061\x62$/, '/ab'],
  ]);
});

test('Alternatives are listed', () => {
  check([
    [/^\/(api|v1)\/x$/, '/api/x /v1/x'],
    [/^\/a$|^\/b$/, '/a /b'],
    [/^\/(en|de)(\/.*)?$/, '/en/* /de/* /en /de'],
    [/^\/(?:a|b|c)\/(\d+)\/?$/, '/a/{0} /b/{0} /c/{0}'],
  ]);
});

test('An open end is a rest for a route and nothing for a mount', () => {
  check([
    [/^\/a/, '/a*', '/a'],
    [/^\/api\//, '/api/*', '/api'],
    [/^\/api(\/|$)/, '/api/* /api', '/api'],
    [/^\/api(?=\/|$)/, '/api/* /api', '/api'],
    [/^\/files\/(.*)$/, '/files/*', '/files/*'],
  ]);
});

test('An open beginning is a rest', () => {
  check([
    [/\/foo$/, '/*/foo'],
    [/.*fly$/, '/*/{_}fly'],
    [/.*/, '/*'],
  ]);
});

test('What no path can express is a pattern', () => {
  check([
    [/foo/, 'pattern'],
    [/^(?!\/api).*/, 'pattern'],
    [/^((?!api).)*$/, 'pattern'],
    [/^\/a+$/, 'pattern'],
    [/^\/(a)\1$/, 'pattern'],
    [/^\/\bx$/, 'pattern'],
  ]);
});

test('Broken and hostile expressions are read without harm', () => {
  for (const source of [
    '(',
    ')',
    '[',
    '\\',
    'a**',
    '(?<',
    '{',
    '('.repeat(10_000),
    '(a|b)'.repeat(5000),
    '\\u{ffffffff}',
  ]) {
    assert.ok(['path', 'pattern'].includes(parseRegexPath(source, '').kind), source.slice(0, 10));
  }
});
