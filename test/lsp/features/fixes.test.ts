/** Quick fixes: what they write, and that afterwards their finding is gone and nothing else came. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileId } from '../../../server/src/contract/span.ts';
import type { FeatureIndex } from '../../../server/src/lsp/features/feature-index.ts';
import { fixesAt, type FixOf } from '../../../server/src/lsp/features/fixes/fixes.ts';
import { parseFixture } from '../../support/fixture.ts';
import { indexOf } from './support/scene.ts';

interface Fixed {
  readonly titles: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/** Applies the first fix of a rule's first finding, and checks what holds for all fixes. */
function fixed(source: string, rule: string, title?: string): Fixed {
  const files = new Map(parseFixture(source).files);
  const index = indexOf(files);
  const all = fixesOf(index, rule);
  const chosen = all.find(({ fix }) => title === undefined || fix.title === title);
  assert.ok(chosen, `no fix of ${rule}; found ${index.ready.findings.map((one) => one.rule).join(', ')}`);
  const next = applied(files, chosen);
  const after = indexOf(next);
  const { finding } = chosen;
  assert.deepEqual(
    after.ready.snapshot.problems.map(({ message }) => message),
    index.ready.snapshot.problems.map(({ message }) => message),
  );
  const texts = (of: FeatureIndex): readonly string[] => of.ready.findings.map(({ message }) => message);
  assert.ok(!texts(after).includes(finding.message), `still there: ${finding.message}`);
  assert.deepEqual(
    texts(after).filter((message) => !texts(index).includes(message)),
    [],
    'nothing else came',
  );
  return { titles: all.map(({ fix }) => fix.title), files: next };
}

function fixesOf(index: FeatureIndex, rule: string): readonly FixOf[] {
  return index.ready.findings
    .filter((finding) => finding.rule === rule)
    .flatMap(({ at }) => fixesAt(index, at).filter(({ finding }) => finding.rule === rule));
}

function applied(files: ReadonlyMap<string, string>, { fix }: FixOf): ReadonlyMap<string, string> {
  const next = new Map(files);
  for (const edit of [...fix.edits].sort((a, b) => b.start - a.start)) {
    const text = next.get(edit.file) ?? '';
    next.set(edit.file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  }
  return next;
}

const code = `
//- package.json
{ "name": "tea-house", "dependencies": { "express": "^4.0.0" } }
//- app.js
const express = require('express');
const app = express();
app.use(express.json());
app.get('/teas', (req, res) => res.json([req.query.origin]));
app.get('/teas/:id', (req, res) => {
  if (req.params.id === 'none') return res.status(404).json({ message: 'no such tea' });
  res.json({ name: 'oolong' });
});
app.post('/teas', function addTea(req, res) {
  const { name, price } = req.body;
  res.status(201).json({ name, price });
});
app.listen(3000);
`;

const spec = `openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    get:
      operationId: listTeas
      parameters:
        - name: origin
          in: query
          schema: { type: string }
      responses:
        '200':
          description: all of them
    post:
      operationId: addTea
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: { name: { type: string }, price: { type: number } }
      responses:
        '201': { description: added }
  /teas/{id}:
    get:
      operationId: getTea
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: a tea }
        '404': { description: none }
`;

const whole = (changed: string): string => `${code}//- openapi.yaml\n${changed}`;

function without(text: string): string {
  assert.ok(spec.includes(text));
  return spec.replace(text, '');
}

function specOf({ files }: Fixed): string {
  // The fixture format ends files with an empty line.
  return (files.get('openapi.yaml') ?? '').replace(/\n\n$/, '\n');
}

test('a spec without drift has no fixes', () => {
  const index = indexOf(new Map(parseFixture(whole(spec)).files));
  assert.deepEqual(
    index.ready.findings.map(({ message }) => message),
    [],
  );
});

test('document a status, in its place among the others', () => {
  const result = fixed(whole(without("        '404': { description: none }\n")), 'http/undocumented-status');
  assert.equal(result.titles[0], 'Document 404 in the spec');
  assert.match(specOf(result), /a tea }\n {8}'404':\n {10}description: Not Found\n {10}content:\n/);
  assert.match(specOf(result), /message:\n {20}type: string\n/);
});

test('remove a status that is never sent', () => {
  const more = spec.replace(
    "'404': { description: none }",
    "'404': { description: none }\n        '410': { description: gone }",
  );
  const result = fixed(whole(more), 'http/unsent-status');
  assert.equal(specOf(result), spec);
});

test('write the status that is sent', () => {
  const result = fixed(
    whole(spec.replace("'201': { description: added }", "'200': { description: added }")),
    'http/success-status',
  );
  assert.equal(result.titles[0], 'Document 201 in place of 200');
  assert.equal(specOf(result), spec);
});

test('document a parameter, in a list of its own where there is none', () => {
  const parameters =
    '      parameters:\n        - name: origin\n          in: query\n          schema: { type: string }\n';
  const result = fixed(whole(without(parameters)), 'http/undocumented-parameter');
  assert.equal(
    specOf(result),
    spec.replace(
      '          schema: { type: string }\n      responses',
      '          schema:\n            type: string\n      responses',
    ),
  );
});

test('document all parameters that a handler reads', () => {
  const reading = code.replace('[req.query.origin]', '[req.query.origin, req.query.kind, req.query.page]');
  for (const parameters of [
    '',
    '      parameters: [{ name: origin, in: query, schema: { type: string } }]\n',
    undefined,
  ]) {
    const listed = /      parameters:\n {8}- name: origin\n[^]*?type: string \}\n/;
    const document = parameters === undefined ? spec : spec.replace(listed, parameters);
    const sources = `${reading}//- openapi.yaml\n${document}`;
    const count = parameters === '' ? 3 : 2;
    const title = `Document all ${count} parameters that the handler reads`;
    const after = indexOf(fixed(sources, 'http/undocumented-parameter', title).files);
    assert.deepEqual(
      after.ready.findings.map(({ message }) => message),
      [],
    );
  }
});

test('write the default and the style of a parameter, and that an operation is deprecated', () => {
  const changed = spec.replace(
    'schema: { type: string }\n      responses',
    "schema: { type: string, default: 'Fujian' }\n      responses",
  );
  assert.notEqual(changed, spec);
  const reads = (read: string): string => whole(changed).replace('res.json([req.query.origin])', read);
  const other = fixed(reads(`res.json([req.query.origin || 'Assam'])`), 'http/parameter-default');
  assert.equal(other.titles[0], 'Document "Assam" as the default');
  assert.match(specOf(other), /default: 'Assam' }/);
  const list = whole(
    spec.replace('schema: { type: string }\n      resp', 'schema: { type: array, items: {} }\n      resp'),
  );
  const commas = fixed(
    list.replace('req.query.origin]', `req.query.origin.split(',')]`),
    'http/parameter-list',
  );
  assert.match(specOf(commas), /in: query\n {10}explode: false\n/);
  const old = whole(spec).replace("app.get('/teas',", "/** @deprecated */\napp.get('/teas',");
  assert.match(specOf(fixed(old, 'http/undocumented-deprecation')), /\n {6}deprecated: true\n/);
});

test('document headers, also beside others', () => {
  const told = whole(spec)
    .replace(
      'res.json([req.query.origin])',
      "res.set({ 'X-Total-Count': '1', Link: '' }).json([req.query.origin])",
    )
    .replace('res.status(201).json', "res.location('/teas/1').status(201).json");
  const first = fixed(told, 'http/undocumented-header');
  assert.equal(first.titles[0], 'Document X-Total-Count, Link in the spec');
  assert.match(
    specOf(first),
    /description: all of them\n {10}headers:\n {12}X-Total-Count:\n {14}schema:\n {16}type: string\n {12}Link:\n/,
  );
  const listed = told.replace(
    'description: all of them\n',
    'description: all of them\n          headers:\n            Age: { schema: { type: string } }\n',
  );
  assert.match(
    specOf(fixed(listed, 'http/undocumented-header')),
    /Age: .*\n {12}Link:\n[^]*\n {12}X-Total-Count:\n/,
  );
  assert.match(
    specOf(fixed(told, 'http/undocumented-header', 'Document Location in the spec')),
    /description: added, headers: \{ Location: \{ schema: \{ type: string \} \} \} \}/,
  );
});

test('document a route in the path item that there is', () => {
  const start = spec.indexOf('    post:');
  const less = spec.slice(0, start) + spec.slice(spec.indexOf('  /teas/{id}'));
  const result = fixed(whole(less), 'http/undocumented-operation');
  assert.equal(result.titles[0], 'Document POST /teas in openapi.yaml');
  assert.match(
    specOf(result),
    /all of them\n {4}post:\n {6}operationId: addTea\n {6}requestBody:\n[^]*'201':\n {10}description: Created\n[^]*\n {2}\/teas\/\{id\}:/,
  );
});

test('document a route with a path of its own, with its parameters', () => {
  const result = fixed(whole(spec.slice(0, spec.indexOf('  /teas/{id}'))), 'http/undocumented-operation');
  assert.match(
    specOf(result),
    /\n {2}\/teas\/\{id\}:\n {4}get:\n {6}operationId: getTea\n {6}parameters:\n {8}- name: id\n {10}in: path\n {10}required: true\n/,
  );
});

test('remove an operation, and its path when it was the last', () => {
  const more = `${spec}  /cups:\n    get:\n      responses:\n        '200': { description: cups }\n`;
  const result = fixed(whole(more), 'http/unimplemented-operation');
  assert.equal(result.titles[0], 'Remove GET /cups from the spec');
  assert.equal(specOf(result), spec);
});

test('rename a path, and a method', () => {
  const typo = fixed(whole(spec.replace('/teas/{id}:', '/tea/{id}:')), 'http/path-typo');
  assert.equal(specOf(typo), spec);
  const method = fixed(whole(spec.replace('    post:', '    put:')), 'http/method-mismatch');
  assert.equal(specOf(method), spec);
});

test('a rule is turned off in the configuration, made or edited', () => {
  const drifted = whole(without("        '404': { description: none }\n"));
  const rule = 'http/undocumented-status';
  const index = indexOf(new Map(parseFixture(drifted).files));
  const silence = fixesOf(index, rule).at(-1);
  assert.equal(silence?.fix.title, `Turn off ${rule} in backend-contract.config.yaml`);
  assert.deepEqual(silence.fix.edits, [
    {
      file: fileId('backend-contract.config.yaml'),
      start: 0,
      end: 0,
      text: `rules:\n  ${rule}: off\n`,
      create: true,
    },
  ]);
  const configured = indexOf(
    new Map(
      parseFixture(`${drifted}//- backend-contract.config.yaml\nrules:\n  http/path-typo: error # ours\n`)
        .files,
    ),
  );
  const edit = fixesOf(configured, rule).at(-1)?.fix.edits[0];
  assert.equal(edit?.text, `\n  ${rule}: 'off'`);
});

test('JSON specs, and documents that a path item refers to', () => {
  const paths = { '/teas/{id}': { get: { responses: { '200': { description: 'a tea' } } } } };
  const json = JSON.stringify(
    { openapi: '3.0.3', info: { title: 'Teas', version: '1' }, paths },
    undefined,
    2,
  );
  const inJson = fixed(`${code}//- openapi.json\n${json}\n`, 'http/undocumented-status');
  const written = JSON.parse(inJson.files.get('openapi.json') ?? '') as { paths: typeof paths };
  assert.deepEqual(Object.keys(written.paths['/teas/{id}'].get.responses), ['200', '404']);
  const referring = fixed(
    `${code}//- openapi.yaml\nopenapi: 3.1.0\ninfo: { title: Teas, version: '1' }\npaths:\n  /teas/{id}: { $ref: tea.yaml }\n//- tea.yaml\nget:\n  responses:\n    '200': { description: a tea }\n`,
    'http/undocumented-status',
  );
  assert.match(referring.files.get('tea.yaml') ?? '', /a tea }\n {4}'404':\n/);
});

const noisy = (more = ''): string => `${whole(without("        '404': { description: none }\n"))}${more}`;
const status = 'http/undocumented-status';

test('a finding is ignored in code, as far in as what it is about', () => {
  const { files } = fixed(noisy(), status, `Ignore ${status} here`);
  const text = files.get('app.js') ?? '';
  assert.match(text, /=> {\n {2}\/\/ backend-contract-ignore http\/undocumented-status -- TODO: why\n {2}if/);
});

test('a finding about the spec is ignored in code where the route is registered', () => {
  const source = whole(
    spec.replace(
      "'200': { description: a tea }",
      "'200': { description: a tea }\n        '410': { description: gone }",
    ),
  );
  const { files } = fixed(source, 'http/unsent-status', 'Ignore http/unsent-status here');
  assert.match(
    files.get('app.js') ?? '',
    /\n\/\/ backend-contract-ignore http\/unsent-status -- TODO: why\napp\.get\('\/teas\/:id'/,
  );
});

test('a finding is ignored in the spec, beside what is ignored there already', () => {
  const title = `Ignore ${status} for this operation, in the spec`;
  const added = fixed(noisy(), status, title);
  assert.match(
    specOf(added),
    /\n {6}x-backend-contract-ignore:\n {8}http\/undocumented-status: 'TODO: why'\n/,
  );
  for (const there of ['[http/unread-body]', '{ http/unread-body: no }']) {
    const source = noisy().replace(
      'operationId: getTea',
      `operationId: getTea\n      x-backend-contract-ignore: ${there}`,
    );
    const index = indexOf(new Map(parseFixture(source).files));
    const chosen = fixesOf(index, status).find(({ fix }) => fix.title === title);
    assert.match(chosen?.fix.edits[0]?.text ?? '', /^, \{? ?http\/undocumented-status: /);
  }
});

test('a route is marked as internal, and all of a router', () => {
  const one = without(spec.slice(spec.indexOf('    post:'), spec.indexOf('  /teas/{id}')));
  const { files } = fixed(whole(one), 'http/undocumented-operation', 'Mark this route as internal');
  assert.match(files.get('app.js') ?? '', /\n\/\/ backend-contract-internal -- TODO: why\napp\.post/);
});

test('a finding is added to the baseline that the configuration names, and to no other', () => {
  const titlesOf = (source: string): readonly string[] =>
    fixesOf(indexOf(new Map(parseFixture(source).files)), status).map(({ fix }) => fix.title);
  assert.ok(!titlesOf(noisy()).some((title) => title.includes('baseline')));
  const config = '//- backend-contract.config.yaml\nbaseline: known.json\n';
  for (const [known, expected] of [
    ['', ['http/undocumented-status GET /teas/{} status=404']],
    ['//- known.json\n{ "findings": ["z"] }\n', ['http/undocumented-status GET /teas/{} status=404', 'z']],
  ] as const) {
    const files = new Map(parseFixture(noisy(config + known)).files);
    const chosen = fixesOf(indexOf(files), status).find(
      ({ fix }) => fix.title === 'Add to the baseline (known.json)',
    );
    assert.ok(chosen);
    const next = JSON.parse(applied(files, chosen).get('known.json') ?? '') as { findings: unknown };
    assert.deepEqual(next.findings, expected);
  }
});

test('a rule is made quieter, whatever the configuration says of it now', () => {
  const rule = 'http/undocumented-operation';
  const config = `//- backend-contract.config.yaml\nrules:\n  ${rule}: error # ours\n`;
  const one = without(spec.slice(spec.indexOf('    post:'), spec.indexOf('  /teas/{id}')));
  const files = new Map(parseFixture(whole(one) + config).files);
  const all = fixesOf(indexOf(files), rule).filter(({ fix }) => fix.title.includes('config'));
  assert.deepEqual(
    all.map(({ fix }) => fix.title),
    [
      `Make ${rule} a note in backend-contract.config.yaml`,
      `Turn off ${rule} in backend-contract.config.yaml`,
    ],
  );
  const [note] = all;
  assert.ok(note);
  assert.match(
    applied(files, note).get('backend-contract.config.yaml') ?? '',
    /^rules:\n {2}http\/undocumented-operation: info # ours\n/,
  );
});

test('a comment that ignores nothing is removed', () => {
  for (const [line, left] of [
    ['// backend-contract-ignore http/undocumented-operation -- no\napp.listen', 'app.listen'],
    ['app.listen(3000); // backend-contract-ignore http/undocumented-operation\n//', 'app.listen(3000);\n//'],
  ] as const) {
    const source = whole(spec).replace('app.listen', line);
    const { files, titles } = fixed(source, 'ignore/unused');
    assert.equal(titles[0], 'Remove this comment');
    assert.equal(files.get('app.js'), parseFixture(source).files.get('app.js')?.replace(line, left));
  }
});

test('where the specification stands in comments, a route gets one above it', () => {
  const source = `
//- package.json
{ "dependencies": { "express": "4.18.2", "swagger-jsdoc": "6.2.8" } }
//- app.js
const app = require('express')();
require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: { title: 'Teas' } }, apis: ['./app.js'] });
/**
 * @swagger
 * /teas:
 *   get:
 *     responses:
 *       "200":
 *         description: all
 */
app.get('/teas', (req, res) => res.json([]));

if (app) {
  // Deprecated.
  app.post('/teas/:id', (req, res) => res.status(201).send('🍵'));
}
/** Not yet. */
app.put('/teas', (req, res) => res.sendStatus(204));
app.listen(80);
`;
  const { files, titles } = fixed(source, 'http/undocumented-operation');
  assert.deepEqual(
    titles.filter((title) => title.startsWith('Document')),
    ['Document POST /teas/{id} in a comment'],
  );
  assert.match(
    files.get('app.js') ?? '',
    /if \(app\) \{\n {2}\/\/ Deprecated\.\n {2}\/\*\*\n {3}\* @swagger\n {3}\* \/teas\/\{id\}:\n {3}\* {3}post:\n {3}\* {5}parameters:\n[^]*\n {3}\* {7}"201":\n[^]*\n {3}\*\/\n {2}app\.post/,
  );
});

test('no fix changes a specification in comments, and one that silences stands outside of them', () => {
  const source = `
//- app.js
const app = require('express')();
require('swagger-jsdoc')({ definition: { openapi: '3.0.0', info: { title: 'Teas' } }, apis: ['./app.js'] });
/**
 * @openapi
 * /teas:
 *   get:
 *     parameters: [{ name: origin, in: query, schema: { type: string } }]
 *     responses: { 200: { description: all }, 404: { description: none } }
 */
app.get('/teas', (req, res) => res.json([req.query.kind]));
app.get('/cups', (req, res) => res.json([]));
app.listen(3000);
`;
  const { files } = parseFixture(source);
  const index = indexOf(files);
  const { findings } = index.ready;
  assert.ok(findings.length >= 4, findings.map(({ message }) => message).join('\n'));
  const text = files.get('app.js') ?? '';
  const [from, to] = [text.indexOf('/**'), text.indexOf('*/')];
  for (const { rule } of findings) {
    const all = fixesOf(index, rule);
    assert.ok(
      all.some(({ fix }) => fix.title === `Ignore ${rule} here`),
      rule,
    );
    for (const { fix } of all)
      for (const { file, start } of fix.edits)
        assert.ok(file !== 'app.js' || start <= from || start > to, `${fix.title} writes at ${start}`);
  }
});

const shared = `
//- package.json
{ "name": "tea-house", "dependencies": { "express": "^4.0.0" } }
//- app.ts
import express, { Request, Response } from 'express';
import { Cup, Tea, findCup, requireLogin } from './tea';
const app = express();
app.use(express.json());
app.get('/teas', (req: Request, res: Response<Tea[]>) => {
  if (!req.query.kind) return res.status(404).json({ message: 'none' });
  res.json([]);
});
app.get('/teas/:id/cups', requireLogin, (req: Request<{ id: string }>, res: Response<Cup>) => {
  if (req.params.id === '0') return res.status(404).json({ message: 'none' } as never);
  res.json(findCup(req.params.id));
});
app.post('/teas', requireLogin, (req: Request<object, object, Tea>, res: Response) => {
  const { name, leaves } = req.body;
  res.status(201).json({ name, leaves });
});
app.listen(3000);
//- tea.ts
export interface Tea { name: string; leaves: number }
export interface Cup { size: number; tea: Tea }
export declare function findCup(id: string): Cup;
export function requireLogin(req, res, next) {
  if (!req.headers.authorization) return res.status(401).end();
  next();
}
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  '/teas':
    get:
      tags: [tea]
      parameters:
        - { name: kind, in: query, schema: { type: string } }
      responses:
        '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Tea' } } } } }
        '404': { $ref: '#/components/responses/None' }
    post:
      tags: [tea]
      security: [{ token: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } } }
      responses:
        '201': { description: added }
        '401': { description: no }
  '/teas/{id}':
    parameters:
      - $ref: '#/components/parameters/Id'
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  responses:
    None: { description: none, content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
  schemas:
    Tea:
      type: object
      required: [name, leaves]
      properties: { name: { type: string }, leaves: { type: number } }
`;

test('a drafted operation refers to what the spec has, and adds what has a name', () => {
  const result = fixed(shared, 'http/undocumented-operation');
  assert.match(
    specOf(result),
    /\n {2}'\/teas\/\{id\}\/cups':\n {4}get:\n {6}tags: \[tea\]\n {6}parameters:\n {8}- \$ref: '#\/components\/parameters\/Id'\n {6}responses:\n {8}'200':\n {10}description: OK\n {10}content:\n {12}application\/json:\n {14}schema:\n {16}\$ref: '#\/components\/schemas\/Cup'\n {8}'401':\n {10}description: Unauthorized\n {8}'404':\n {10}\$ref: '#\/components\/responses\/None'\n {6}security:\n {8}- token: \[\]\ncomponents:/,
  );
  assert.match(
    specOf(result),
    /\n {4}Cup:\n {6}type: object\n {6}required: \[size, tea\]\n {6}properties:\n {8}size:\n {10}type: number\n {8}tea:\n {10}\$ref: '#\/components\/schemas\/Tea'\n$/,
  );
});

test('bodies of errors that would be written again and again are a component', () => {
  const failing = [1, 2, 3]
    .map(
      (one) =>
        `app.get('/pots/${one}', (req, res) => (req.query.hot ? res.json([]) : res.status(500).json({ code: ${one}, message: 'cold' })));\n`,
    )
    .join('')
    .replaceAll(/code: \d/g, 'code: 1');
  const sources = whole(spec).replace('app.listen', `${failing}app.listen`);
  const text = specOf(fixed(sources, 'http/undocumented-operation'));
  assert.equal(text.match(/\$ref: '#\/components\/responses\/InternalServerError'/g)?.length, 3, text);
  assert.match(
    text,
    /components:\n {2}responses:\n {4}InternalServerError:\n {6}description: Internal Server Error\n {6}content:\n/,
  );
  const statuses = [500, 502, 503];
  const different = specOf(
    fixed(
      sources.replaceAll('status(500)', () => `status(${String(statuses.pop())})`),
      'http/undocumented-operation',
    ),
  );
  assert.equal(different.match(/\$ref: '#\/components\/schemas\/Error'/g)?.length, 3, different);
  assert.match(different, /components:\n {2}schemas:\n {4}Error:\n {6}type: object\n/);
});

test('a path that stands in another file goes from both, unless others refer to it', () => {
  const sources = (more: string): string => `${code}//- openapi.yaml
${spec}  /pots:
    $ref: paths.yaml#/pots
${more}//- paths.yaml
pots:
  get: { responses: { '200': { description: pots } } }
cups:
  get: { responses: { '200': { description: cups } } }
`;
  const { files } = fixed(sources(''), 'http/unimplemented-operation');
  assert.doesNotMatch(files.get('openapi.yaml') ?? '', /pots/);
  assert.doesNotMatch(files.get('paths.yaml') ?? '', /pots/);
  const index = indexOf(new Map(parseFixture(sources('  /cans:\n    $ref: paths.yaml#/pots\n')).files));
  const [both] = fixesOf(index, 'http/unimplemented-operation');
  assert.doesNotMatch(both?.fix.edits.map(({ file }) => file).join(' ') ?? '', /paths/);
});

test('a field that the code demands is documented as required', () => {
  const sources = `
//- package.json
{ "dependencies": { "express": "4.18.2", "zod": "3.23.0" } }
//- app.ts
import express from 'express';
import { z } from 'zod';
const app = express();
app.use(express.json());
app.post('/teas', (req, res) => {
  const tea = z.object({ name: z.string(), origin: z.string() }).parse(req.body);
  res.status(201).json({ name: tea.name + tea.origin });
});
app.listen(80);
//- openapi.yaml
openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: { type: string }
      responses:
        '201': { description: added }
`;
  const text = specOf(fixed(sources, 'http/undocumented-field'));
  assert.match(text, /required: \[name, origin\]\n +properties:\n +name: .*\n +origin:\n +type: string\n/);
});

test('a response that is named after something else is not referred to', () => {
  const sources = (name: string): string => `
//- package.json
{ "dependencies": { "express": "4.18.2" } }
//- app.js
const express = require('express');
const app = express();
const find = (kind) => (req, res) =>
  req.params.id ? res.json({ kind }) : res.status(404).json({ message: 'not here' });
app.get('/articles/:id', find('article'));
app.get('/users/:id', find('user'));
app.listen(80);
//- openapi.yaml
openapi: 3.0.3
info: { title: Blog, version: '1' }
paths:
  /articles/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: an article }
        '404': { $ref: '#/components/responses/${name}' }
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: a user }
components:
  responses:
    ${name}:
      description: Not there
      content:
        application/json:
          schema: { type: object, required: [message], properties: { message: { type: string } } }
`;
  const referring = (name: string): number =>
    specOf(fixed(sources(name), 'http/undocumented-status')).split(`/${name}'`).length - 1;
  assert.equal(referring('NotFound'), 2);
  assert.equal(referring('ArticleNotFound'), 1);
});

test('an error that many operations lack is written once', () => {
  const routes = ['teas', 'pots', 'cups'].map(
    (name) =>
      `app.get('/${name}', (req, res) => (busy ? res.status(503).json({ code: 1, message: 'later' }) : res.json([])));\n`,
  );
  const paths = ['teas', 'pots', 'cups'].map(
    (name) => `  /${name}:\n    get:\n      responses:\n        '200': { description: all }\n`,
  );
  const referring = (more: string): number => {
    const sources = `
//- package.json
{ "dependencies": { "express": "4.18.2" } }
//- app.js
const express = require('express');
const { busy } = require('./load');
const app = express();
${routes.join('')}app.listen(80);
//- openapi.yaml
openapi: 3.0.3
info: { title: Teas, version: '1' }
paths:
${paths.join('')}${more}`;
    const text = specOf(fixed(sources, 'http/undocumented-status'));
    return text.match(/\$ref: '#\/components\/responses\/ServiceUnavailable'/g)?.length ?? 0;
  };
  assert.equal(referring(''), 3);
  // A spec that writes it where it is needed goes on to do so: the same in two ways helps nobody.
  const inPlace = (body: string): string =>
    `  /old: { get: { responses: { '404': { description: gone, content: { application/json: { schema: ${body} } } } } } }\n`;
  const fields = 'message: { type: string }, code: { type: integer }';
  assert.equal(
    referring(inPlace(`{ type: object, properties: { ${fields} }, required: [code, message] }`)),
    0,
  );
  assert.equal(referring(inPlace('{ type: object, properties: { text: { type: string } } }')), 3);
});

const table = `
//- package.json
{ "dependencies": { "express": "4.18.2" } }
//- app.js
const express = require('express');
const app = express();
const teas = express.Router();
app.use('/api/teas', teas);
teas.get('/:teaName', (req, res) => res.json([req.params.teaName]));
teas.get('/:teaName/cups/:cup', function getAll(req, res) {
  if (!req.params.cup) return res.status(404).send('none');
  res.send('cup of ' + req.params.teaName);
});
teas.delete('/:teaName', (req, res) => res.sendStatus(204));
app.get('/api/pots', (req, res) => res.json([]));
app.listen(80);
//- openapi.yaml
openapi: 3.0.3
info: { title: Teas, version: '1' }
paths:
  # Teas
  /api/teas/{tea}:
    get:
      "tags": [ tea, pot ]
      operationId: getTea
      parameters:
        - in: path
          name: tea
          required: true
          schema: { type: string }
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: { type: array, items: { type: string } }
    delete:
      "tags": [ tea, pot ]
      operationId: deleteTea
      parameters:
        - in: path
          name: tea
          required: true
          schema: { type: string }
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: { type: object }
  # Pots
  /api/pots:
    get:
      operationId: listPots
      responses:
        "200":
          description: pots
`;

test('a new path is written as those beside it: quotes, brackets, names of parameters, above the title of what follows', () => {
  const files = new Map(parseFixture(table).files);
  const [first] = fixesOf(indexOf(files), 'http/undocumented-operation');
  assert.ok(first);
  // The other name is told of where its neighbours are told of.
  const text = applied(files, first).get('openapi.yaml') ?? '';
  assert.equal(
    text.slice(text.indexOf('  /api/teas/{tea}/cups'), text.indexOf('  /api/pots')),
    `  /api/teas/{tea}/cups/{cup}:
    get:
      tags: [ tea, pot ]
      operationId: getTeaCup
      parameters:
        - in: path
          name: tea
          required: true
          schema:
            type: string
        - in: path
          name: cup
          required: true
          schema:
            type: string
      responses:
        "200":
          description: OK
          content:
            text/html:
              schema:
                type: string
        "404":
          description: Not Found
          content:
            text/html:
              schema:
                type: string
  # Pots
`,
  );
});

test('a status without a body takes the body with it, and the words that only name the status', () => {
  const text = specOf(fixed(table, 'http/success-status'));
  assert.match(text, /\n {8}"204":\n {10}description: No Content\n {2}# Pots\n/);
});

const kettles = (paths: string, more = ''): string => `
//- package.json
{ "dependencies": { "express": "4.18.2", "passport": "0.7.0" } }
//- app.js
const express = require('express');
const passport = require('passport');
const app = express();
const kettles = express.Router();
const guard = passport.authenticate('jwt');
kettles.get('/:id', (req, res) => res.json({ id: req.params.id }));
kettles.put('/:id', guard, (req, res) => res.json({ id: req.params.id }));
kettles.get('/:id/log', (req, res) => res.json([]));
kettles.all('/:id/any', (req, res) => res.json([]));
kettles.get('/files/*', (req, res) => res.json([]));
app.use('/kettles', kettles);
app.listen(80);
//- openapi.yaml
openapi: 3.1.0
info: { title: Kettles, version: '1' }
paths:
${paths}components:
  securitySchemes:
    token: { type: http, scheme: bearer }
${more}`;

const kettle = `  /kettles/{kettle}:
    summary: One kettle
    parameters:
      - { name: kettle, in: path, required: true, schema: { type: string } }
`;

test('of the routes of a router those are documented that an operation can say', () => {
  const files = new Map(parseFixture(kettles('  {}\n')).files);
  const [first] = fixesOf(indexOf(files), 'http/undocumented-operation');
  assert.equal(first?.fix.title, 'Document 3 of 5 routes in openapi.yaml');
  const left = fixesOf(indexOf(applied(files, first)), 'http/undocumented-operation').map(
    ({ fix }) => fix.title,
  );
  assert.deepEqual(
    left.filter((title) => title.startsWith('Document')),
    [],
  );
});

test('the first paths of a document, in braces and in JSON', () => {
  const document = JSON.stringify(
    {
      openapi: '3.1.0',
      info: { title: 'Kettles', version: '1' },
      paths: {},
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    undefined,
    2,
  );
  const json = kettles('').replace(/\/\/- openapi\.yaml[^]*/, `//- openapi.json\n${document}\n`);
  for (const source of [kettles('  {}\n'), json, kettles('').replace('paths:\n', 'paths: {}\n')]) {
    const { files } = fixed(
      source.replace(/kettles\.(?:all|get\('\/files).*\n/g, ''),
      'http/undocumented-operation',
    );
    const text = files.get('openapi.yaml') ?? files.get('openapi.json') ?? '';
    assert.match(text, /kettles\/\{id\}[^]*kettles\/\{id\}\/log/);
  }
});

test('behind the summary and the parameters of a path item, whose parameters are not said again', () => {
  const other = `  /kettles/{kettle}/log:\n    get: { parameters: [{ name: kettle, in: path, required: true, schema: { type: string } }], responses: { '200': { description: all } } }\n`;
  const files = new Map(
    parseFixture(
      kettles(
        `${kettle}    put: { security: [{ token: [] }], responses: { '200': { description: one } } }\n${other}`,
      ),
    ).files,
  );
  const [first] = fixesOf(indexOf(files), 'http/undocumented-operation');
  assert.ok(first);
  const text = applied(files, first).get('openapi.yaml') ?? '';
  assert.match(
    text,
    /schema: \{ type: string \} \}\n {4}get:\n {6}responses:\n {8}'200':\n[^]*\n {4}put: \{/,
  );
});

test('security: required where the code asks for a credential, and open where it does not', () => {
  const all = (security: string): string =>
    `${kettle}    get:\n      security: [{ token: [] }]\n      responses: { '200': { description: one } }\n    put:\n      summary: Fill it\n${security}      responses: { '200': { description: one } }\n`;
  const required = specOf(fixed(kettles(all('')), 'http/undocumented-security'));
  assert.match(required, /put:\n {6}summary: Fill it\n {6}responses: .*\n {6}security:\n {8}- token: \[\]\n/);
  const opened = specOf(fixed(kettles(all('      security: [{ token: [] }]\n')), 'http/unenforced-security'));
  assert.match(opened, /get:\n {6}responses/);
  assert.match(opened, /put:\n {6}summary: Fill it\n {6}security: \[\{ token: \[\] \}\]\n/);
  const general = specOf(
    fixed(
      kettles(
        `${kettle}    get:\n      responses: { '200': { description: one } }\n`,
        'security:\n  - token: []\n',
      ),
      'http/unenforced-security',
    ),
  );
  assert.match(general, /get:\n {6}responses: .*\n {6}security: \[\]\n/);
});
