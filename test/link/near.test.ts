import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../server/src/contract/path.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { code, spec } from '../support/build.ts';

/** The nearest of the first operation of the spec: `kind METHOD /path -> suggestion`, with `!` where it is mutual. */
function nearest(promises: readonly string[], routes: readonly string[]): string | undefined {
  const common = ['GET /one', 'GET /two', 'GET /three'];
  const link = linkContracts([spec([...promises, ...common])], [code([...routes, ...common])]);
  const [pair] = link.pairs;
  if (pair?.state !== 'spec-only') return pair?.state;
  const [miss] = pair.near;
  if (!miss) return undefined;
  const { method, path } = miss.operation.key;
  return `${miss.kind} ${method} ${formatPath(path)} -> ${miss.suggestion}${miss.mutual ? ' !' : ''}`;
}

test('singular and plural', () => {
  assert.equal(
    nearest(['GET /submission/{id}/mails'], ['GET /submissions/{key}/mails']),
    'path GET /submissions/{key}/mails -> /submissions/{id}/mails !',
  );
});

test('one letter', () => {
  assert.equal(nearest(['GET /airprts'], ['GET /airports']), 'path GET /airports -> /airports !');
  assert.equal(nearest(['GET /aiprorts'], ['GET /airports']), 'path GET /airports -> /airports !');
});

test('one letter behind a plural', () => {
  assert.equal(nearest(['GET /airports'], ['GET /airportsx']), 'path GET /airportsx -> /airportsx !');
  assert.equal(
    nearest(['GET /all-airportss'], ['GET /all_airports']),
    'path GET /all_airports -> /all_airports !',
  );
});

test('hyphens', () => {
  assert.equal(
    nearest(['GET /boarding-passes'], ['GET /boardingPass']),
    'path GET /boardingPass -> /boardingPass !',
  );
});

test('another order', () => {
  assert.equal(
    nearest(['GET /recipient/goals/{id}'], ['GET /recipient/{id}/goals']),
    'path GET /recipient/{id}/goals -> /recipient/{id}/goals !',
  );
});

test('a parameter in the syntax of a template, in several segments at once', () => {
  assert.equal(
    nearest(['GET /event/id/${eventId}'], ['GET /events/id/{eventId}']),
    'path GET /events/id/{eventId} -> /events/id/{eventId} !',
  );
  assert.equal(nearest(['GET /events/:id'], ['GET /events/{id}']), 'path GET /events/{id} -> /events/{id} !');
});

test('another method, if it is the only one left', () => {
  assert.equal(nearest(['PATCH /flights'], ['PUT /flights']), 'method PUT /flights -> /flights !');
  assert.equal(
    nearest(['PATCH /flights', 'PUT /flights'], ['POST /flights']),
    'method POST /flights -> /flights',
  );
});

test('what has a counterpart of its own is no more than a hint', () => {
  assert.equal(nearest(['GET /user', 'GET /users'], ['GET /users']), 'path GET /users -> /users');
});

test('strangers are not near, and short words are not near each other', () => {
  assert.equal(nearest(['GET /flights'], ['GET /airports']), undefined);
  assert.equal(nearest(['GET /cat'], ['GET /cut']), undefined);
});

test('mutual means both ways', () => {
  const link = linkContracts(
    [spec(['GET /flight', 'GET /fligths', 'GET /one'])],
    [code(['GET /flights', 'GET /one'])],
  );
  const mutual = link.pairs.filter((pair) => pair.state === 'spec-only' && pair.near[0]?.mutual === true);
  assert.equal(mutual.length, 1);
});
