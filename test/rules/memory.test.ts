/** Rules over links that are made again and again: they look only at what is new, and find what they find of all. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collection, known } from '../../server/src/contract/knowledge.ts';
import type { Body, CodeContract, CodeOperation } from '../../server/src/contract/operation.ts';
import type { Link } from '../../server/src/contract/pair.ts';
import type { Shape, ShapeId } from '../../server/src/contract/shape.ts';
import { defineRule, type Rule } from '../../server/src/drift/define-rule.ts';
import { rules } from '../../server/src/drift/registry.ts';
import { createJudge, judge } from '../../server/src/drift/run.ts';
import { keepPairs } from '../../server/src/link/keep.ts';
import { linkContracts } from '../../server/src/link/link.ts';
import { code, output, place, promised, served, spec } from '../support/build.ts';

const settings = { severities: {} };

function body(shape: Shape): Body {
  return {
    mediaType: 'application/json',
    shape,
    required: known(true, 'declared', place('app.ts', 'body')),
    evidence: 'declared',
    at: place('app.ts', 'body'),
  };
}

/** An object with one text, by its name. */
function named(field: string): Shape {
  const at = place('app.ts', field);
  return {
    kind: 'object',
    open: false,
    fields: { [field]: { shape: { kind: 'string' }, required: true, at } },
  };
}

const answering = (shape: Shape) => ({
  outputs: collection([{ ...output('200', 'app.ts'), bodies: collection([body(shape)]) }]),
});
const seat = 'Seat' as ShapeId;
const row = 'Row' as ShapeId;
const ref: Shape = { kind: 'ref', id: row };
const promises = spec([
  promised('GET /flights', answering(named('name'))),
  promised('GET /rows', answering({ kind: 'array', items: named('number') })),
]);

/** The routes of a server whose rows are lists of what `Seat` stands for. */
function server(flights: CodeOperation, rows: CodeOperation, items: Shape): CodeContract {
  const list: Shape = { kind: 'array', items: { kind: 'ref', id: seat } };
  return { ...code([flights, rows]), shapes: { [row]: list, [seat]: items } };
}

test('what is found after edits is what a fresh run finds', () => {
  const remembering = createJudge();
  const flights = served('GET /flights', answering(named('name')));
  const rows = served('GET /rows', answering(ref));
  const seats = named('number');
  let links: readonly Link[] = [];
  const counts = [
    server(flights, rows, seats),
    server(served('GET /flights', answering(named('title'))), rows, seats),
    // Not the handler changed, but a type that its answer leads to.
    server(flights, rows, named('label')),
    server(flights, rows, seats),
  ].map((each) => {
    links = keepPairs([linkContracts([promises], [each])], links);
    const found = remembering(links, settings);
    assert.deepEqual(found, judge(links, settings));
    return found.findings.length;
  });
  assert.equal(counts[0], 0);
  assert.ok((counts[1] ?? 0) > 0 && (counts[2] ?? 0) > 0, counts.join());
  assert.equal(counts[3], 0);
});

test('a rule looks once at a pair that stays, and what it found is the same finding', () => {
  const [model] = rules;
  assert.ok(model);
  let looked = 0;
  const counting: Rule = defineRule<'matched', string>({
    ...model,
    id: 'http/made-up',
    on: 'matched',
    *detect({ code: { at, title } }) {
      looked += 1;
      yield { at, state: title };
    },
    message: (title) => title,
  });
  const remembering = createJudge([counting]);
  const [one, two] = ['GET /flights', 'GET /rows'].map((what) => served(what));
  assert.ok(one && two);
  const other = served('GET /flights', { outputs: collection([output('409', 'app.ts')]) });
  const first = keepPairs([linkContracts([promises], [code([one, two])])], []);
  const before = remembering(first, settings).findings;
  assert.equal(looked, 2);
  const second = keepPairs([linkContracts([promises], [code([other, two])])], first);
  const after = remembering(second, settings).findings;
  assert.equal(looked, 3);
  assert.deepEqual(
    after.map((finding) => before.includes(finding)),
    after.map(({ message }) => message === 'GET /rows'),
  );
});

test('a rule that comes to speak looks at every pair', () => {
  const remembering = createJudge();
  const links = [linkContracts([promises], [code(['GET /flights', 'GET /seats'])])];
  const off = { severities: { 'http/undocumented-operation': 'off' } } as const;
  const told = [off, settings].map((each) => remembering(links, each).findings.map(({ rule }) => rule));
  assert.deepEqual(
    told.map((all) => all.includes('http/undocumented-operation')),
    [false, true],
  );
});
