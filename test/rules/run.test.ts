/** What `run.ts` owes: severity, piles, order, faults contained, plain data. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collection, type UnknownReason } from '../../server/src/contract/knowledge.ts';
import { type Detection, defineRule, type Rule } from '../../server/src/drift/define-rule.ts';
import { rules } from '../../server/src/drift/registry.ts';
import { runRules } from '../../server/src/drift/run.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { code, output, place, served, spec } from '../support/build.ts';
import { findingsOf } from '../support/check.ts';
import { parseFixture } from '../support/fixture.ts';

const defaults = { severities: {} };
const link = linkContracts(
  [spec(['GET /flights', 'GET /gone'])],
  [code(['GET /flights', 'GET /seats', 'GET /gates', 'GET /crews'])],
);
const [model] = rules;
assert.ok(model);

function ruleThat(detect: () => Iterable<Detection<unknown>>): Rule {
  assert.ok(model);
  return defineRule<'matched', unknown>({
    ...model,
    id: 'http/made-up',
    on: 'matched',
    detect,
    message: () => 'made up',
    messageOfMany: () => 'many',
  });
}

test('routes of one router are told together, with each of them', () => {
  const [, together] = runRules([link], defaults)
    .filter(({ rule }) => rule.endsWith('d-operation'))
    .sort((a, b) => (a.rule < b.rule ? 1 : -1));
  assert.equal(together?.rule, 'http/undocumented-operation');
  assert.deepEqual(
    together.operations?.map(({ path }) => path),
    ['/seats', '/gates', '/crews'],
  );
  assert.deepEqual(together.at, place('app.ts', 'router'));
  assert.equal(together.related.length, 3);
  assert.match(
    together.message,
    /^3 routes of app\.ts are not in the spec: GET \/seats, GET \/gates and GET \/crews\.$/,
  );
});

test('a spec that documents no error hears once of ordinary ones', () => {
  const sends = (status: string) => ({
    outputs: collection([output('200', 'app.ts'), output(status, 'app.ts')]),
  });
  const routes = [
    served('GET /a', sends('400')),
    served('GET /b', sends('404')),
    served('GET /c', sends('403')),
  ];
  const [only, ...more] = runRules(
    [linkContracts([spec(['GET /a', 'GET /b', 'GET /c'])], [code(routes)])],
    defaults,
  );
  assert.deepEqual(more, []);
  assert.equal(only?.severity, 'info');
  assert.match(only.message, /^3 operations send 400, 403 and 404, which/);
});

test('two operations that share the place of a fault hear of it once, without that place as a related one', () => {
  const fixture = parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights: { get: { responses: { '200': { $ref: '#/components/responses/Flight' } } } }
  /next: { get: { responses: { '200': { $ref: '#/components/responses/Flight' } } } }
  /airport/{code}:
    get: { responses: { '200': { description: one airport } } }
    put: { responses: { '200': { description: one airport } } }
components:
  responses:
    Flight:
      description: a flight
      content: { application/json: { schema: { type: object, properties: { gate: { type: string } } } } }
//- app.ts
import express from 'express';
const app = express();
const show = (req, res) => res.json({ gate: 4 });
app.get('/flights', show);
app.get('/next', show);
app.get('/airports/:code', (req, res) => { res.json({}); });
app.put('/airports/:code', (req, res) => { res.json({}); });
app.listen(3000);
`);
  const told = findingsOf(fixture).filter(({ severity }) => severity !== 'info');
  assert.deepEqual(
    told.map(({ message }) => message),
    [
      '2 operations (GET /flights and GET /next): the spec has string for gate in the 200 response, the code sends 4: a client that follows the spec cannot read it.',
      'No route is called /airport/{code} (GET and PUT), but the code has /airports/{code}: write /airports/{code} in the spec, or rename the routes.',
    ],
  );
  for (const { at, related } of told)
    assert.ok(related.every((one) => one.at.file !== at.file || one.at.start !== at.start));
});

test('what one operation does in several places with one type is told for each, and never as many operations', () => {
  const fixture = parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [pilot, guest]
              properties:
                pilot: { type: object, required: [name], properties: { name: { type: string } } }
                guest: { type: object, required: [name], properties: { name: { type: string } } }
      responses: { '204': { description: added } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const Person = z.object({ name: z.string().min(3) });
const Flight = z.object({ pilot: Person, guest: Person });
const app = express();
app.post('/flights', (req, res) => {
  save(Flight.parse(req.body));
  res.status(204).end();
});
app.listen(3000);
`);
  assert.deepEqual(
    findingsOf(fixture)
      .filter(({ rule }) => rule === 'http/request-limits')
      .map(({ message }) => /for (.*?) in the request body/.exec(message)?.[1]),
    ['guest.name', 'pilot.name'],
  );
});

test('settings decide the severity, and whether a rule runs', () => {
  const severities = {
    'http/unimplemented-operation': 'info',
    'http/undocumented-operation': 'off',
  } as const;
  assert.deepEqual(
    runRules([link], { severities }).map(({ rule, severity }) => `${rule} ${severity}`),
    ['http/unimplemented-operation info'],
  );
});

test('what rests on a guess is info, whatever the settings say', () => {
  const guess = ruleThat(() => [{ at: place('app.ts', 'x'), state: {}, evidence: 'guessed' }]);
  const findings = runRules([link], { severities: { 'http/made-up': 'error' } }, [guess]);
  assert.deepEqual(
    findings.map(({ severity }) => severity),
    ['info'],
  );
});

test('a rule that throws is told once and takes nothing else down', () => {
  const broken = ruleThat(() => {
    throw new Error('no such thing');
  });
  const two = linkContracts([spec(['GET /a', 'GET /b'])], [code(['GET /a', 'GET /b', 'GET /c'])]);
  const findings = runRules([two], defaults, [broken, ...rules]);
  assert.deepEqual(findings.map(({ rule }) => rule).sort(), [
    'http/undocumented-operation',
    'internal/rule-failed',
  ]);
  assert.match(findings.find(({ rule }) => rule.startsWith('internal'))?.message ?? '', /no such thing/);
});

test('possible counterparts are not compared', () => {
  const wild = served('ALL /flights', { outputs: collection([output('418', 'app.ts')]) });
  assert.deepEqual(runRules([linkContracts([spec(['GET /flights'])], [code([wild])])], defaults), []);
});

test('a finding that another one covers says so and is info', () => {
  const typo = linkContracts([spec(['GET /airport', 'GET /a'])], [code(['GET /airports', 'GET /a'])]);
  assert.deepEqual(
    runRules([typo], defaults)
      .map(({ rule, severity, coveredBy }) => `${rule} ${severity} ${coveredBy ?? ''}`)
      .sort(),
    [
      'http/path-typo error ',
      'http/undocumented-operation info http/path-typo',
      'http/unimplemented-operation info http/path-typo',
    ],
  );
});

test('a typo is worth telling where the code was not read as a whole, a missing route is not', () => {
  const typo = linkContracts(
    [spec(['GET /airport', 'GET /a'])],
    [code(['GET /airports', 'GET /a'], { complete: false })],
  );
  const told = runRules([typo], defaults).map(({ rule, severity }) => `${rule} ${severity}`);
  assert.deepEqual(told.sort(), [
    'http/path-typo info',
    'http/undocumented-operation info',
    'http/unimplemented-operation info',
  ]);
  const missing = linkContracts([spec(['GET /airport', 'GET /a'])], [code(['GET /a'], { complete: false })]);
  assert.deepEqual(runRules([missing], defaults), []);
});

test('a route whose prefix was concluded is undocumented with a reservation', () => {
  const why: UnknownReason = { why: 'dynamic', what: 'prefix', at: place('app.ts', 'mount') };
  const open = { origin: { unknownPrefix: why } };
  const routes = [served('GET /a', open), served('GET /b', open), served('GET /c', open)];
  const findings = runRules([linkContracts([spec(['GET /v1/a', 'GET /v1/b'])], [code(routes)])], defaults);
  assert.deepEqual(
    findings.map(({ operation, severity }) => `${operation?.path ?? ''} ${severity}`),
    ['/v1/c info'],
  );
});

test('the order is that of places, and the same in every run', () => {
  const twice = [runRules([link], defaults), runRules([link], defaults)];
  assert.deepEqual(twice[0], twice[1]);
  const places = twice[0]?.map(({ at }) => `${at.file} ${String(at.start).padStart(9, '0')}`) ?? [];
  assert.deepEqual(places, [...places].sort());
});

/** Findings whose state does not come back from a clone or from JSON as it was. */
function lossy(all: readonly Rule[], files: string): readonly string[] {
  const { links } = { links: [link] };
  const found = files === '' ? runRules(links, defaults, all) : findingsOf(parseFixture(files));
  return found.flatMap(({ rule, state }) => {
    try {
      assert.deepStrictEqual(structuredClone(state), state);
      assert.deepStrictEqual(JSON.parse(JSON.stringify(state)), state);
      return [];
    } catch {
      return [rule];
    }
  });
}

test('the state of every finding is plain data', () => {
  for (const { invalid } of rules) for (const { files } of invalid) assert.deepEqual(lossy(rules, files), []);
});

test('a state that is not plain data is noticed', () => {
  const fancy = ruleThat(() => [
    { at: place('app.ts', 'x'), state: { when: new Date(0), missing: undefined } },
  ]);
  assert.deepEqual(lossy([fancy], ''), ['http/made-up']);
});

test('limits that several fields share are told together', () => {
  const told = findingsOf(
    parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [code, gate, seats]
              properties: { code: { type: string }, gate: { type: string }, seats: { type: integer } }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  z.object({ code: z.string().min(1), gate: z.string().min(1), seats: z.number().int().min(1) }).parse(req.body);
  res.sendStatus(201);
});
app.listen(3000);
`),
  ).filter(({ rule }) => rule === 'http/request-limits');
  assert.deepEqual(
    told.map(({ message }) => message.replace(/, the code takes.*/, '')),
    [
      'POST /flights: the spec has string for code and gate in the request body',
      'POST /flights: the spec has integer for seats in the request body',
    ],
  );
});

test('one of several answers is one that the code may send', () => {
  const [finding] = findingsOf(
    parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: all flights
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { id: { type: string } } } }
//- app.ts
import express from 'express';
const app = express();
app.get('/flights', (req, res) => {
  if (req.query.page) return res.json({ total: 1, data: [{ id: 'a' }] });
  res.json([{ id: 'a' }]);
});
app.listen(3000);
`),
  );
  assert.match(finding?.message ?? '', / in the spec, the code may send \{ total: 1, /);
});

test('a renamed field of a request is told under the name that it has in the spec', () => {
  const [finding] = findingsOf(
    parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /flights:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { code: { type: string }, seatCount: { type: integer } }, required: [code, seatCount] }
      responses: { '201': { description: added } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const app = express();
app.use(express.json());
app.post('/flights', (req, res) => {
  z.object({ code: z.string(), seat_count: z.number() }).parse(req.body);
  res.sendStatus(201);
});
app.listen(3000);
`),
  );
  assert.match(finding?.message ?? '', /: seatCount in the request body is called seat_count in the code/);
});

test('what a type does not list is not said to be never sent', () => {
  const messages = findingsOf(
    parseFixture(`
//- openapi.yaml
openapi: 3.1.0
info: { title: Flights, version: '1' }
paths:
  /typed: { get: { responses: { '200': { $ref: '#/components/responses/Flight' } } } }
  /made: { get: { responses: { '200': { $ref: '#/components/responses/Flight' } } } }
components:
  responses:
    Flight:
      description: a flight
      content:
        application/json:
          schema: { type: object, properties: { id: { type: string }, gate: { type: string } }, required: [id, gate] }
//- app.ts
import express from 'express';
const app = express();
interface Flight { id: string }
interface BoardedFlight extends Flight { gate: string }
app.get('/typed', async (req, res) => { const flight: Flight = await load(); res.json(flight); });
app.get('/made', (req, res) => { res.json({ id: 'a' }); });
app.listen(3000);
`),
  ).map(({ message }) => message);
  assert.equal(messages.length, 2);
  const all = messages.join('\n');
  assert.match(all, /^GET \/made: .* gate .*, which the code never sends/m);
  assert.match(all, /^GET \/typed: .* gate .*, which the type of what the code sends does not have/m);
});
