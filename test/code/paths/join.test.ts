import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinParsed, joinPaths } from '../../../server/src/code/paths/join.ts';
import { formsOf } from '../../../server/src/code/paths/parsed-path.ts';
import { parseRoutePath } from '../../../server/src/code/paths/route-path.ts';
import { formatPath, parseTemplate } from '../../../server/src/contract/path.ts';

const express5 = (text: string) => parseRoutePath(text, 'express-5');

function joined(prefix: string, route: string): string {
  const parsed = joinParsed(express5(prefix), express5(route));
  return parsed.kind === 'pattern' ? 'pattern' : formsOf(parsed).map(formatPath).join(' ');
}

test('Paths are put behind each other', () => {
  assert.equal(
    formatPath(joinPaths(parseTemplate('/api/'), parseTemplate('/users/{id}'))),
    '/api/users/{id}',
  );
  assert.equal(formatPath(joinPaths([], parseTemplate('/users'))), '/users');
  assert.equal(formatPath(joinPaths([{ rest: 'a' }], [{ rest: 'b' }])), '/{a}');
});

test('Every form of a mount meets every form of a route', () => {
  assert.equal(joined('/api', '/users{/:id}'), '/api/users/{id} /api/users');
  assert.equal(joined('{/:lang}', '/about{/us}'), '/{lang}/about/us /{lang}/about /about/us /about');
  assert.equal(joined('/', '/'), '/');
});

test('Marks of either side stay', () => {
  const bare = joinParsed(express5('api'), express5('/users'));
  assert.equal(bare.kind === 'path' && bare.bare, true);
  const invalid = joinParsed(express5('/api'), express5('/:id?'));
  assert.equal(invalid.kind === 'path' && invalid.invalid !== undefined, true);
});

test('A pattern on either side is a pattern, and so are too many forms', () => {
  assert.equal(joined('/a+', '/users'), 'pattern');
  assert.equal(joined('/users', '/a+'), 'pattern');
  assert.equal(joined('{/a}{/b}', '{/c}{/d}'), 'pattern');
});
