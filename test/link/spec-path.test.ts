import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../server/src/contract/path.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { specPaths } from '../../server/src/link/spec-path.ts';
import { code, served as route, spec } from '../support/build.ts';

function named(promised: readonly string[], served: readonly string[]): readonly string[] {
  const server = code([...served]);
  const rename = specPaths([linkContracts([spec([...promised])], [server])], server);
  return server.operations.items.map((operation) => formatPath(rename(operation, operation.key.path)));
}

test('a wildcard is called as the spec calls it', () => {
  assert.deepEqual(named(['GET /blobs/{blobPath}', 'GET /peers'], ['GET /blobs/*', 'GET /peers']), [
    '/blobs/{blobPath}',
    '/peers',
  ]);
});

test('a wildcard beside a parameter route keeps its own name', () => {
  assert.deepEqual(named(['GET /blobs/{blobPath}'], ['GET /blobs/{id}', 'GET /blobs/*']), [
    '/blobs/{id}',
    '/blobs/{rest}',
  ]);
});

test('the base of a deployment is named where the spec names it', () => {
  const server = code([route('GET /flights', { origin: { base: '/app' } })]);
  const names = (promised: string): readonly string[] => {
    const rename = specPaths([linkContracts([spec([promised])], [server])], server);
    return server.operations.items.map((operation) => formatPath(rename(operation, operation.key.path)));
  };
  assert.deepEqual(names('GET /app/flights'), ['/app/flights']);
  assert.deepEqual(names('GET /flights'), ['/flights']);
});
