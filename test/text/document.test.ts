import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DocNode } from '../../server/src/contract/facts.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { formatPointer, lookUp, parsePointer, toJs } from '../../server/src/text/document-node.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';

function read(text: string, name = 'a.yaml') {
  const { root, problems, language } = readDocument(fileId(name), text);
  return {
    language,
    root,
    value: root && toJs(root),
    problems: problems.map(({ code, at }) => `${code} ${text.slice(at.start, at.end)}`),
  };
}

/** Every key and every written scalar of a document, as the text that its place covers. */
function covered(text: string, node: DocNode | undefined): readonly string[] {
  if (!node) return [];
  if (node.kind === 'scalar') return [text.slice(node.start, node.end)];
  if (node.kind === 'seq') return node.items.flatMap((item) => covered(text, item));
  return node.entries.flatMap((entry) => [
    text.slice(entry.keyStart, entry.keyEnd),
    ...covered(text, entry.value),
  ]);
}

const values: readonly (readonly [string, string, unknown])[] = [
  [
    'core schema',
    'a: 1e3\nb: 0o17\nc: 0x1F\nd: ~\ne: yes\nf: True\ng: .inf',
    { a: 1000, b: 15, c: 31, d: null, e: 'yes', f: true, g: '.inf' },
  ],
  ['dates stay text', 'a: 2020-01-01', { a: '2020-01-01' }],
  ['keys are text', '200: a\n2.0: b\nnull: c\n"x y": d', { 200: 'a', '2.0': 'b', null: 'c', 'x y': 'd' }],
  ['tags', 'a: !!str 1\nb: !Ref x\nc: !!int "3"', { a: '1', b: 'x', c: 3 }],
  ['flow', '{a: [1, {b: c}], d, "e":f}', { a: [1, { b: 'c' }], d: null, e: 'f' }],
  ['block scalars', 'a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
  ['aliases', 'a: &x { b: 1 }\nc: *x\nd: [*x]', { a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }] }],
  ['merge keys', 'a: &x { b: 1, c: 2 }\nd: { <<: *x, c: 3 }', { a: { b: 1, c: 2 }, d: { c: 3, b: 1 } }],
  ['explicit keys', '? a\n: 1\n? b', { a: 1, b: null }],
  ['the spec of a stream', 'kind: x\n---\nopenapi: 3.0.0\n---\nz: 1', { openapi: '3.0.0' }],
];

for (const [name, text, expected] of values) {
  test(`YAML: ${name}`, () => {
    const { value } = read(text);
    assert.deepEqual(value, expected);
  });
}

const repairs: readonly (readonly [string, string, unknown, readonly string[]])[] = [
  [
    'a colon in a value',
    'x:\n  a: b: c: d # e\n  f: 1',
    { x: { a: 'b: c: d', f: 1 } },
    ['document/yaml-syntax b: c: d'],
  ],
  [
    'a key too deep',
    'x:\n  a: b\n    c: d\n  e: f',
    { x: { a: 'b', c: 'd', e: 'f' } },
    ['document/yaml-syntax c'],
  ],
  [
    'a key too shallow',
    'x:\n  y:\n    a: 1\n   b: 2\n',
    { x: { y: { a: 1, b: 2 } } },
    ['document/yaml-syntax b'],
  ],
  [
    'no colon',
    'x:\n  get\n    a: 1\n    b: 2\n  c: 3',
    { x: { get: { a: 1, b: 2 }, c: 3 } },
    ['document/yaml-syntax get', 'document/yaml-syntax b'],
  ],
  ['an open quote', 'x:\n  a: "b\n  c: 1\n', { x: { a: 'ʺb', c: 1 } }, ['document/yaml-syntax "']],
  ['an open bracket', 'x:\n  a: [b, c\n  d: 1', { x: { a: ['b', 'c'], d: 1 } }, ['document/yaml-syntax [']],
  ['tabs', 'x:\n\ta: 1\n\tb:\n\t\tc: 2', { x: { a: 1, b: { c: 2 } } }, ['document/yaml-syntax \t']],
  ['text after a value', 'a: "b" c\nd: 1', { a: 'b', d: 1 }, ['document/yaml-syntax c']],
  ['an unknown alias', 'a: *b\nc: 1', { a: null, c: 1 }, ['document/alias *b']],
  ['an alias in its anchor', 'a: &a [*a]\nc: 1', { a: [null], c: 1 }, ['document/alias *a']],
  ['a duplicate key', 'a: 1\nb: 2\na: 3', { a: 3, b: 2 }, ['document/duplicate-key a']],
  ['a list as key', '? [a]\n: 1\nb: 2', { b: 2 }, ['document/complex-key [']],
];

for (const [name, text, value, problems] of repairs) {
  test(`YAML with ${name}`, () => {
    const actual = read(text);
    assert.deepEqual({ value: actual.value, problems: actual.problems }, { value, problems });
  });
}

test('places cover what was written, in YAML', () => {
  const text = '\uFEFF# c\r\na: 1 # x\r\n"b": \'c\'\r\nd:\r\n  - |\r\n    e\r\n\r\n  - f\r\n';
  assert.deepEqual(covered(text, read(text).root), ['a', '1', '"b"', "'c'", 'd', '|\r\n    e', 'f']);
});

test('a block mapping ends with its content', () => {
  const text = 'a:\n  b: 1\n  # comment\n\n\nc: 2';
  const node = lookUp(read(text).root, ['a']);
  assert.equal(node && text.slice(node.start, node.end), 'b: 1');
});

test('places cover what was written, in JSON', () => {
  const text = '\uFEFF{ "a": [1, "b"], "c": {"d": null} }';
  assert.deepEqual(covered(text, read(text, 'a.json').root), ['"a"', '1', '"b"', '"c"', '"d"', 'null']);
});

test('JSON is read past its faults', () => {
  const text = '{ // c\n"a": [1, 2,], "b" 1, c: 2 "d": , "e": {"f": [1}';
  const { value, problems } = read(text, 'a.json');
  assert.deepEqual(value, { a: [1, 2], b: 1, c: 2, d: null, e: { f: [1] } });
  assert.deepEqual(
    problems.map((problem) => problem.split(' ')[0]),
    [
      'document/json-comment',
      'document/json-trailing-comma',
      'document/json-syntax',
      'document/json-syntax',
      'document/json-syntax',
      'document/json-syntax',
      'document/json-syntax',
    ],
  );
});

test('a key of JSON that is still being typed is one fault, and the next key is one', () => {
  for (const [half, problem] of [
    ['descr', '"descr" needs double quotes.'],
    ['"descr', 'This string is not closed or has an invalid character.'],
    ['"descr"', 'The key "descr" has no value.'],
    ['"descr":', 'The key "descr" has no value.'],
  ] as const) {
    const text = `{\n  ${half}\n  "id": "x",\n  "tags": []\n}`;
    assert.deepEqual(
      readDocument(fileId('a.json'), text).problems.map(({ message }) => message),
      [problem],
      half,
    );
    assert.deepEqual(Object.entries(read(text, 'a.json').value as object).slice(1), [
      ['id', 'x'],
      ['tags', []],
    ]);
  }
});

test('what follows the end of JSON is one fault', () => {
  for (const [after, problem] of [
    [', "b": {"c": [2]}, "d": 3 }', 'The document has already ended.'],
    ['} , "b": 2 }', 'There is nothing that "}" could close.'],
  ] as const) {
    const { root, problems } = readDocument(fileId('a.json'), `{ "a": 1 }${after}`);
    assert.deepEqual(root && toJs(root), { a: 1 }, after);
    assert.deepEqual(
      problems.map(({ message }) => message),
      [problem],
    );
  }
});

test('the language follows the content before the name', () => {
  assert.equal(read('{"a": 1}', 'a.json').language, 'json');
  assert.equal(read('{"a": 1}', 'a').language, 'json');
  assert.equal(read('a: 1', 'a.json').language, 'yaml');
  assert.deepEqual(read('{"a": 1}', 'a.yaml').value, { a: 1 });
  assert.deepEqual(read('{a: 1} # c', 'a.yaml').value, { a: 1 });
});

const hostile: readonly (readonly [string, string, () => string, string | undefined])[] = [
  ['nested flow', 'a.yaml', () => '['.repeat(10_000) + ']'.repeat(10_000), 'document/too-deep'],
  ['nested maps', 'a.yaml', () => `a: ${'{a: '.repeat(10_000)}`, 'document/too-deep'],
  ['nested keys', 'a.yaml', () => `${'? '.repeat(10_000)}x`, 'document/complex-key'],
  ['nested compact maps', 'a.yaml', () => `${'a: '.repeat(10_000)}x`, 'document/yaml-syntax'],
  ['nested JSON', 'a.json', () => '['.repeat(100_000), 'document/too-deep'],
  [
    'an alias bomb',
    'a.yaml',
    () =>
      `a0: &a0 [x,x]\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join()}]`).join('\n')}`,
    'document/alias-limit',
  ],
  ['a long text', 'a.yaml', () => 'a: b\n'.repeat(10_000_000), 'document/too-large'],
  ['many faults', 'a.yaml', () => 'a: b: c\n'.repeat(20_000), 'document/yaml-syntax'],
  ['many quotes', 'a.yaml', () => 'a: "x\nb: 1\n'.repeat(5_000), 'document/yaml-syntax'],
  ['a binary', 'a.yaml', () => 'PK\u0003\u0004\0\0', 'document/binary'],
  ['nothing', 'a.yaml', () => ' \n', 'document/empty'],
  ['a byte order mark', 'a.json', () => '\uFEFF', 'document/empty'],
  ['a comment', 'a.yaml', () => '# nothing', undefined],
];

for (const [name, file, make, code] of hostile) {
  test(`hostile: ${name}`, () => {
    const text = make();
    const started = performance.now();
    const facts = readDocument(fileId(file), text);
    assert.ok(performance.now() - started < 10_000, 'in time');
    if (code === undefined) assert.deepEqual(facts.problems, []);
    else
      assert.ok(
        facts.problems.some((problem) => problem.code === code),
        JSON.stringify(facts.problems.slice(0, 3)),
      );
    assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
  });
}

test('pointers', () => {
  assert.deepEqual(parsePointer('/paths/~1a~0b/0'), ['paths', '/a~b', '0']);
  assert.equal(formatPointer(['paths', '/a~b', '0']), '/paths/~1a~0b/0');
  assert.equal(parsePointer('name'), undefined);
  const { root } = read('a: [x, { b/c: 1 }]');
  assert.deepEqual(lookUp(root, ['a', '1', 'b/c']), { kind: 'scalar', value: 1, start: 14, end: 15 });
  assert.equal(lookUp(root, ['a', '2']), undefined);
});

test('lines end as editors think', () => {
  const index = createLineIndex('a\nb\r\nc\rd');
  assert.deepEqual(
    [0, 1, 2, 4, 5, 7, 99, -1].map((offset) => Object.values(index.position(offset))),
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 0],
      [3, 0],
      [3, 1],
      [0, 0],
    ],
  );
});
