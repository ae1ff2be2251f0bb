import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileId } from '../../server/src/contract/span.ts';
import { readText } from '../../server/src/host/read-text.ts';
import { folderOf } from '../support/folder.ts';

const file = fileId('a.yaml');
const limit = 1000;

test('text is read without its byte order mark, in UTF-8 and UTF-16', (context) => {
  const text = 'tea: “grün”\r\n';
  const bigEndian = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const folder = folderOf(context, {
    plain: text,
    utf8: `\ufeff${text}`,
    utf16le: Buffer.from(`\ufeff${text}`, 'utf16le'),
    utf16be: bigEndian,
    empty: '',
  });
  for (const name of ['plain', 'utf8', 'utf16le', 'utf16be']) {
    const read = readText(join(folder, name), file, limit);
    assert.equal(read.text, text, name);
    assert.equal(read.problem, undefined, name);
  }
  assert.equal(readText(join(folder, 'empty'), file, limit).text, '');
});

test('other encodings are read as far as possible, with the place of the first wrong byte', (context) => {
  const bytes = Buffer.from('title: caf\xe9 au lait', 'latin1');
  const folder = folderOf(context, { latin1: bytes });
  const { text, problem } = readText(join(folder, 'latin1'), file, limit);
  assert.equal(text, 'title: café au lait');
  assert.equal(problem?.code, 'file/encoding');
  assert.equal(problem?.at.start, bytes.indexOf(0xe9));
});

test('a character that is cut off at the end of the file is found', (context) => {
  const folder = folderOf(context, { cut: Buffer.from([0x61, 0x62, 0xe2, 0x82]) });
  const { problem } = readText(join(folder, 'cut'), file, limit);
  assert.equal(problem?.code, 'file/encoding');
  assert.ok((problem?.at.start ?? 0) >= 2);
});

test('a zero between quotes makes no binary of a program', (context) => {
  const text = `${'// a program with keys of two parts\n'.repeat(10)}const key = \`one\0two\`;\n`;
  const folder = folderOf(context, {
    program: Buffer.from(text),
    wide: Buffer.from(text, 'utf16le'),
    cut: Buffer.concat([Buffer.from(text), Buffer.from([0xe2, 0x82])]),
  });
  const read = (name: string) => readText(join(folder, name), file, limit);
  assert.deepEqual([read('program').text, read('program').problem], [text, undefined]);
  assert.equal(read('wide').problem?.code, 'file/binary');
  assert.equal(read('cut').problem?.code, 'file/binary');
});

test('what is no text is a problem and not a text', (context) => {
  const folder = folderOf(context, { binary: Buffer.from([0x47, 0, 1, 2, 3]), large: 'x'.repeat(limit + 1) });
  mkdirSync(join(folder, 'folder'));
  const codes = ['binary', 'large', 'folder', 'missing'].map((name) => {
    const { text, problem } = readText(join(folder, name), file, limit);
    assert.equal(text, '', name);
    return problem?.code;
  });
  assert.deepEqual(codes, ['file/binary', 'file/too-large', 'file/unreadable', 'file/unreadable']);
});

test(
  'a file without permission is a problem',
  { skip: process.getuid?.() === 0 && 'root may read everything' },
  (context) => {
    const folder = folderOf(context, { secret: 'x' });
    chmodSync(join(folder, 'secret'), 0);
    const { problem } = readText(join(folder, 'secret'), file, limit);
    assert.match(problem?.message ?? '', /permission denied/);
  },
);
