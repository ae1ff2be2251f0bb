/** What counts as the same operation, and when nothing is claimed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collection, type UnknownReason } from '../../server/src/contract/knowledge.ts';
import type { CodeOperation } from '../../server/src/contract/operation.ts';
import type { Link } from '../../server/src/contract/pair.ts';
import { formatPath } from '../../server/src/contract/path.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { code, output, pathOf, place, promised, served, spec } from '../support/build.ts';

/** One line a pair: `=` exact, `~` suffix, `?` possible, `-` spec only, `+` code only; doubted ones in brackets. */
function told({ pairs }: Link): readonly string[] {
  const name = (one: { key: { method: string; path: Parameters<typeof formatPath>[0] } }): string =>
    `${one.key.method} ${formatPath(one.key.path)}`;
  return pairs.map((pair) => {
    if (pair.state === 'matched') {
      const sign = { exact: '=', suffix: '~', possible: '?' }[pair.match.how];
      return `${name(pair.spec)} ${sign} ${name(pair.code)}`;
    }
    const text = pair.state === 'spec-only' ? `- ${name(pair.spec)}` : `+ ${name(pair.code)}`;
    return pair.doubt ? `(${text})` : text;
  });
}

const dynamic: UnknownReason = { why: 'dynamic', what: 'prefix', at: place('app.ts', 'mount') };

test('method and shape of path decide, names and letter case do not', () => {
  const link = linkContracts(
    [spec(['GET /flights/{id}', 'PUT /Flights/{id}'])],
    [code(['GET /flights/{code}', 'PUT /flights/{x}'])],
  );
  assert.deepEqual(told(link), [
    'GET /flights/{id} = GET /flights/{code}',
    'PUT /Flights/{id} = PUT /flights/{x}',
  ]);
});

test('each side keeps what the other lacks', () => {
  const link = linkContracts(
    [spec(['GET /flights', 'GET /seats'])],
    [code(['GET /flights', 'GET /airports'])],
  );
  assert.deepEqual(told(link), ['GET /flights = GET /flights', '- GET /seats', '+ GET /airports']);
});

test('the base of the spec that fits best stands in front of its addresses', () => {
  const link = linkContracts(
    [spec(['GET /flights', 'GET /seats'], { bases: ['/v1', '/api/v2'] })],
    [code(['GET /api/v2/flights'])],
  );
  assert.deepEqual(told(link), ['GET /api/v2/flights = GET /api/v2/flights', '- GET /api/v2/seats']);
});

test('a mount that the spec lacks is taken off both sides, a route beside it keeps its whole address', () => {
  const link = linkContracts(
    [spec(['GET /flights', 'GET /seats', 'GET /gates'])],
    [code(['GET /api/flights', 'GET /api/seats', 'GET /api/airports', 'GET /health'])],
  );
  assert.deepEqual(told(link), [
    'GET /flights = GET /flights',
    'GET /seats = GET /seats',
    '- GET /gates',
    '+ GET /airports',
    '+ GET /health',
  ]);
  assert.deepEqual(link.alignments[0]?.mount, pathOf('/api'));
});

test('an address that stands in full in the spec is found beside a mount', () => {
  const link = linkContracts(
    [spec(['GET /flights', 'GET /seats', 'GET /crews', 'GET /api/v1/gates'])],
    [code(['GET /api/flights', 'GET /api/seats', 'GET /api/crews', 'GET /api/v1/gates'])],
  );
  assert.ok(told(link).every((line) => line.includes('=')));
});

test('a prefix of the spec that a gateway takes off', () => {
  const link = linkContracts(
    [spec(['GET /public/flights', 'GET /public/seats'])],
    [code(['GET /flights', 'GET /seats'])],
  );
  assert.deepEqual(told(link), ['GET /public/flights = GET /flights', 'GET /public/seats = GET /seats']);
});

test('a shorter form documents itself, the longest form remains', () => {
  const peers = served('PUT /peers/{id}/{to}', { variants: ['/peers/{id}'] });
  assert.deepEqual(told(linkContracts([spec(['PUT /peers/{id}'])], [code([peers])])), [
    'PUT /peers/{id} = PUT /peers/{id}',
    '+ PUT /peers/{id}/{to}',
  ]);
  assert.deepEqual(told(linkContracts([spec(['PUT /peers/{id}/{to}'])], [code([peers])])), [
    'PUT /peers/{id}/{to} = PUT /peers/{id}/{to}',
  ]);
});

test('HEAD is served by GET and needs no documentation beside it', () => {
  assert.deepEqual(told(linkContracts([spec(['HEAD /flights'])], [code(['GET /flights'])])), [
    'HEAD /flights ? GET /flights',
    '+ GET /flights',
  ]);
  assert.deepEqual(
    told(linkContracts([spec(['GET /flights'])], [code(['GET /flights', 'HEAD /flights', 'HEAD /ping'])])),
    ['GET /flights = GET /flights', '+ HEAD /ping'],
  );
});

test('a route for all methods serves each and is documented by any', () => {
  const link = linkContracts([spec(['GET /flights', 'POST /flights'])], [code(['ALL /flights'])]);
  assert.deepEqual(told(link), ['GET /flights ? ALL /flights', 'POST /flights ? ALL /flights']);
});

test('a wildcard in place of the last parameter is a counterpart', () => {
  const link = linkContracts([spec(['GET /blobs/{path}'])], [code(['GET /blobs/*'])]);
  assert.deepEqual(told(link), ['GET /blobs/{path} = GET /blobs/{rest}']);
});

test('a wildcard is called as the spec calls that address', () => {
  const link = linkContracts([spec(['GET /blobs/{path}'])], [code(['GET /blobs/*', 'DELETE /blobs/*'])]);
  assert.deepEqual(told(link).slice(1), ['+ DELETE /blobs/{path}']);
});

test('a generic route may serve a word, and stays undocumented itself', () => {
  const link = linkContracts([spec(['GET /widgets/overview'])], [code(['GET /widgets/{id}'])]);
  assert.deepEqual(told(link), ['GET /widgets/overview ? GET /widgets/{id}', '+ GET /widgets/{id}']);
});

test('what one registration serves for several words, a parameter of the spec may stand for', () => {
  const once = place('app.ts', 'registered in a loop');
  const looped = (what: string): CodeOperation => ({ ...served(what), at: once });
  const link = linkContracts(
    [spec(['GET /{collection}/history', 'GET /{collection}/{id}', 'GET /version'], { bases: ['/api'] })],
    [
      code([
        ...['birds', 'trees'].map((word) => looped(`GET /api/${word}/history`)),
        ...['birds', 'trees'].map((word) => ({
          ...served(`GET /api/${word}/{id}`),
          at: place('app.ts', 'other'),
        })),
        ...['birds', 'trees'].map((word) => looped(`PUT /api/${word}/history`)),
        'GET /api/rocks/history',
        'GET /api/version',
      ]),
    ],
  );
  assert.deepEqual(told(link), [
    'GET /api/{collection}/history ? GET /api/birds/history',
    'GET /api/{collection}/history ? GET /api/trees/history',
    'GET /api/{collection}/{id} ? GET /api/birds/{id}',
    'GET /api/{collection}/{id} ? GET /api/trees/{id}',
    'GET /api/version = GET /api/version',
    '+ PUT /api/birds/history',
    '+ PUT /api/trees/history',
    '+ GET /api/rocks/history',
  ]);
});

test('routes that are registered each for itself are not what a parameter stands for', () => {
  const link = linkContracts(
    [spec(['GET /users/{id}', 'GET /users'])],
    [code(['GET /users/me', 'GET /users/search', 'GET /users'])],
  );
  assert.deepEqual(told(link), [
    '- GET /users/{id}',
    'GET /users = GET /users',
    '+ GET /users/me',
    '+ GET /users/search',
  ]);
});

test('a parameter route with an operation of its own is no dispatcher', () => {
  const link = linkContracts([spec(['GET /users/{id}', 'GET /users/me'])], [code(['GET /users/{id}'])]);
  assert.deepEqual(told(link), ['GET /users/{id} = GET /users/{id}', '- GET /users/me']);
  const [, alone] = link.pairs;
  assert.equal(alone?.state === 'spec-only' && alone.reaches?.title, 'GET /users/{id}');
});

test('a literal route wins over a parameter route', () => {
  const link = linkContracts(
    [spec(['GET /users/{id}', 'GET /users/me'])],
    [code(['GET /users/{id}', 'GET /users/me'])],
  );
  assert.deepEqual(told(link), ['GET /users/{id} = GET /users/{id}', 'GET /users/me = GET /users/me']);
});

test('a page for every address and a wildcard that refuses implement nothing', () => {
  const refusing = served('ALL /api/*', { outputs: collection([output('404', 'app.ts')]) });
  const link = linkContracts([spec(['GET /api/flights'])], [code(['GET /*', refusing])]);
  assert.deepEqual(told(link), ['- GET /api/flights', '(+ GET /{rest})', '+ ALL /api/{rest}']);
});

test('a parameter in the syntax of a template is not served by a parameter', () => {
  const link = linkContracts(
    [spec([promised('GET /events/${id}'), 'GET /flights'])],
    [code(['GET /events/{id}', 'GET /flights'])],
  );
  assert.deepEqual(told(link).slice(0, 1), ['- GET /events/${id}']);
});

test('routes behind one unknown prefix take the prefix on which most agree', () => {
  const open = { origin: { unknownPrefix: dynamic } };
  const link = linkContracts(
    [spec(['GET /forms', 'GET /forms/{id}', 'GET /users'], { bases: ['/api/v1'] })],
    [code([served('GET /forms', open), served('GET /forms/{formId}', open), served('GET /admin', open)])],
  );
  assert.deepEqual(told(link), [
    'GET /api/v1/forms = GET /api/v1/forms',
    'GET /api/v1/forms/{id} = GET /api/v1/forms/{formId}',
    '- GET /api/v1/users',
    '+ GET /api/v1/admin',
  ]);
});

test('a lone route of unknown prefix matches by its end and is never undocumented', () => {
  const open = { origin: { unknownPrefix: dynamic } };
  const link = linkContracts(
    [spec(['GET /v1/flights', 'GET /seats'])],
    [code([served('GET /flights', open), served('GET /gates', open), 'GET /seats'])],
  );
  assert.deepEqual(told(link), [
    'GET /v1/flights ~ GET /flights',
    'GET /seats = GET /seats',
    '(+ GET /gates)',
  ]);
});

test('the deployment base may stand in front', () => {
  const based = { origin: { base: '/app' } };
  const routes = [served('GET /flights', based), served('GET /seats', based)];
  assert.deepEqual(
    told(linkContracts([spec(['GET /flights', 'GET /seats'], { bases: ['/app'] })], [code(routes)])),
    ['GET /app/flights = GET /app/flights', 'GET /app/seats = GET /app/seats'],
  );
  assert.deepEqual(told(linkContracts([spec(['GET /flights', 'GET /seats'])], [code(routes)])), [
    'GET /flights = GET /flights',
    'GET /seats = GET /seats',
  ]);
});

test('where paths of the spec have the deployment base, routes that it lacks have it too', () => {
  const based = { origin: { base: '/app' } };
  const routes = [served('GET /flights', based), served('GET /seats', based), served('GET /gates', based)];
  assert.deepEqual(told(linkContracts([spec(['GET /app/flights', 'GET /app/seats'])], [code(routes)])), [
    'GET /app/flights = GET /app/flights',
    'GET /app/seats = GET /app/seats',
    '+ GET /app/gates',
  ]);
});

test('nothing is missing in code that could not be read as a whole', () => {
  const lone = spec(['GET /flights', 'GET /files/{id}']);
  assert.deepEqual(told(linkContracts([lone], [code(['GET /flights'], { complete: false })])), [
    'GET /flights = GET /flights',
    '(- GET /files/{id})',
  ]);
  const proxy = { prefix: pathOf('/files'), anywhere: false, reason: dynamic };
  assert.deepEqual(told(linkContracts([lone], [code(['GET /flights'], { opaque: [proxy] })])).slice(1), [
    '(- GET /files/{id})',
  ]);
  const elsewhere = { ...proxy, prefix: pathOf('/images') };
  assert.deepEqual(told(linkContracts([lone], [code(['GET /flights'], { opaque: [elsewhere] })])).slice(1), [
    '- GET /files/{id}',
  ]);
  const detached = [served('GET /files/{id}', { origin: { unknownPrefix: dynamic } })];
  assert.deepEqual(told(linkContracts([lone], [code(['GET /flights'], { detached })])).slice(1), [
    '(- GET /files/{id})',
  ]);
});

test('nothing is missing in a spec that could not be read as a whole, but only where it could not', () => {
  const routes = code(['GET /flights', 'GET /seats', 'GET /gates']);
  assert.deepEqual(told(linkContracts([spec(['GET /flights'], { complete: false })], [routes])).slice(1), [
    '(+ GET /seats)',
    '(+ GET /gates)',
  ]);
  const opaque = [{ prefix: pathOf('/seats'), anywhere: false, reason: dynamic }];
  const torn = spec(['GET /flights'], { complete: false, opaque });
  assert.deepEqual(told(linkContracts([torn], [routes])).slice(1), ['(+ GET /seats)', '+ GET /gates']);
});

test('wired, ignored and hidden operations raise nothing', () => {
  const link = linkContracts(
    [
      spec([
        promised('GET /a', { origin: { wired: 'x-eov-operation-handler' } }),
        promised('GET /b', { origin: { ignored: 'x-internal' } }),
      ]),
    ],
    [code([served('GET /c', { origin: { hidden: '@ApiExcludeEndpoint()' } })])],
  );
  assert.deepEqual(told(link), ['(- GET /a)', '(- GET /b)', '(+ GET /c)']);
});

test('a spec of another server says nothing about this one', () => {
  const link = linkContracts([spec(['GET /a', 'GET /b', 'GET /c', 'GET /d'])], [code(['GET /x', 'GET /y'])]);
  assert.ok(told(link).every((line) => line.startsWith('(')));
  assert.equal(link.alignments[0]?.poor, true);
});

test('a small spec of which a large server serves nothing is of something else', () => {
  const small = [spec(['GET /_config', 'POST /_config/{name}'])];
  const routes = ['GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e', 'GET /f', 'GET /g', 'GET /h', 'GET /i'];
  assert.ok(told(linkContracts(small, [code(routes)])).every((line) => line.startsWith('(')));
  assert.deepEqual(told(linkContracts(small, [code(['GET /a'])])).slice(0, 2), [
    '- GET /_config',
    '- POST /_config/{name}',
  ]);
  assert.deepEqual(told(linkContracts([spec([])], [code(['GET /a'])])), ['+ GET /a'], 'a spec that is begun');
  assert.equal(told(linkContracts(small, [code([...routes, 'GET /_config'])]))[1], '- POST /_config/{name}');
});

test('a single operation that ends like some route of a large server is of something else', () => {
  const routes = ['GET /libraries/{id}/search', 'GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e'];
  const link = linkContracts([spec(['GET /search'])], [code(routes)]);
  assert.ok(
    told(link).every((line) => line.startsWith('(')),
    told(link).join('\n'),
  );
  const more = linkContracts(
    [spec(['GET /search', 'GET /facets'])],
    [code(['GET /api/search', 'GET /api/facets'])],
  );
  assert.deepEqual(told(more), ['GET /search = GET /search', 'GET /facets = GET /facets']);
});

test('a server in which no route was seen proves nothing', () => {
  assert.deepEqual(told(linkContracts([spec(['GET /a'])], [code([])])), ['(- GET /a)']);
});

test('two specs of one server document it together', () => {
  const one = spec(['GET /flights'], { file: 'v1.yaml', bases: ['/v1'] });
  const two = spec(['GET /flights', 'GET /seats'], { file: 'v2.yaml', bases: ['/v2'] });
  const link = linkContracts([one, two], [code(['GET /v1/flights', 'GET /v2/flights'])]);
  assert.deepEqual(told(link), [
    'GET /v1/flights = GET /v1/flights',
    'GET /v2/flights = GET /v2/flights',
    '- GET /v2/seats',
  ]);
});

test('only the first of several routes at one address is compared in depth', () => {
  const again = served('GET /flights', {}, 'peers.ts');
  const link = linkContracts([spec(['GET /flights'])], [code(['GET /flights', again])]);
  assert.deepEqual(told(link), ['GET /flights = GET /flights', 'GET /flights ? GET /flights']);
});

test('with one side empty there are no pairs', () => {
  assert.deepEqual(linkContracts([], [code(['GET /a'])]).pairs, []);
  assert.deepEqual(linkContracts([spec(['GET /a'])], []).pairs, []);
});

test('thousands of operations link fast, the unmatched ones too', () => {
  const words = ['flights', 'seats', 'gates', 'crews', 'meals'];
  const names = Array.from({ length: 3000 }, (_, i) => `/area${i % 40}/${words[i % 5] ?? ''}${i}/{id}`);
  const contract = spec(names.map((name) => `GET ${name}`));
  const server = code(names.map((name, i) => `GET ${i % 2 === 0 ? name : `${name}/more${i}`}`));
  const started = performance.now();
  const link = linkContracts([contract], [server]);
  const took = performance.now() - started;
  assert.equal(link.pairs.length, 4500);
  // Tens of milliseconds on an idle machine; a quadratic search takes many seconds.
  assert.ok(took < 2000, `${took} ms`);
});
