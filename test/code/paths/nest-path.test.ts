import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertLegacyNestPath, normalizeNestPath } from '../../../server/src/code/paths/nest-path.ts';

test('Paths get one leading slash and lose the others', () => {
  const table = {
    '': '/',
    '/': '/',
    users: '/users',
    '/users/': '/users',
    'users//a/': '/users/a',
    '{/:id}': '{/:id}',
  };
  for (const [path, expected] of Object.entries(table)) assert.equal(normalizeNestPath(path), expected);
});

test('Unnamed wildcards get names as in NestJS 11', () => {
  const table = {
    '*': '{*path}',
    '/*': '/{*path}',
    'users/*': 'users/{*path}',
    '(.*)': '{*path}',
    '/a/(.*)': '/a/{*path}',
    '/a/+': '/a/*path',
    '/a/*/b': '/a/*path2/b',
    '/a/*/*/b': '/a/*path2/*path4/b',
    '/files*': '/files*',
    '/users/:id': '/users/:id',
  };
  for (const [path, expected] of Object.entries(table))
    assert.equal(convertLegacyNestPath(path), expected, path);
});
