import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fileId } from '../../server/src/contract/span.ts';
import { detectSpec } from '../../server/src/specs/openapi/detect.ts';
import { joinPath, parseReference } from '../../server/src/specs/openapi/reference.ts';

test('specs are known by their text', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['openapi: 3.0.1\ninfo: {}', '3.0'],
    ['\uFEFF# c\n---\n\'openapi\' : "3.1.0"\npaths: {}', '3.1'],
    ['---\n  info:\n    title: a\n  openapi: 3.2.0\n', '3.2'],
    ['swagger: "2.0"\npaths: {}', '2.0'],
    ['swagger: 2\npaths: {}', '2.0'],
    ['openapi: 4.0.0\npaths: {}', '3.2'],
    ['{"info":{"x":"}"},"openapi":"3.0.0","paths":{}}', '3.0'],
    ['{ "swagger" : "2.0", "paths": {} }', '2.0'],
    ['{"dependencies":{"openapi":"3.0.0","paths":"1"}}', undefined],
    ['config:\n  openapi: 3.0.0\n  paths: x', undefined],
    ['swagger: true\npaths: {}', undefined],
    ['openapi: 3.0.0', undefined],
    ['', undefined],
  ];
  for (const [text, version] of cases) assert.equal(detectSpec(text), version, text);
});

test('references name files and fragments', () => {
  const from = fileId('api/root.yaml');
  const file = (text: string) => {
    const reference = parseReference(from, text);
    return reference.kind === 'file' ? [reference.file, reference.fragment] : [reference.uri];
  };
  const pointer = (...tokens: string[]) => ({ kind: 'pointer', tokens });
  assert.deepEqual(file('#/a/b~1c'), ['api/root.yaml', pointer('a', 'b/c')]);
  assert.deepEqual(file('./x%20y.yaml#/a%7Eb'), ['api/x y.yaml', pointer('a~b')]);
  assert.deepEqual(file('../../out.yaml'), ['../out.yaml', pointer()]);
  assert.deepEqual(file('..\\win.yaml#/a'), ['win.yaml', pointer('a')]);
  assert.deepEqual(file('100%.yaml#name'), ['api/100%.yaml', { kind: 'anchor', name: 'name' }]);
  assert.deepEqual(file('https://a.example/b.yaml#/c'), ['https://a.example/b.yaml']);
  assert.equal(joinPath(from, '/top.yaml'), 'top.yaml');
});
