/** What is shown of what several parts say of one file. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver';
import { Publisher } from '../../server/src/lsp/publisher.ts';

function said(code: string, line: number): Diagnostic {
  const range = { start: { line, character: 2 }, end: { line, character: 9 } };
  return { code, range, message: code };
}

test('a reference that leads nowhere is told once, whoever tells it first', () => {
  const shown: (readonly (string | number | undefined)[])[] = [];
  const publisher = new Publisher((_, all) => shown.push(all.map(({ code }) => code)));
  const uri = 'file:///teas/openapi.yaml';
  const lint = [said('invalid-ref', 3), said('invalid-ref', 5), said('info-contact', 0)];
  publisher.say('lint', uri, new Map([[uri, lint]]));
  publisher.say('drift', 'file:///teas', new Map([[uri, [said('openapi/dangling-ref', 3)]]]));
  publisher.forget('drift', 'file:///teas');
  assert.deepEqual(shown, [
    ['info-contact', 'invalid-ref', 'invalid-ref'],
    ['info-contact', 'openapi/dangling-ref', 'invalid-ref'],
    ['info-contact', 'invalid-ref', 'invalid-ref'],
  ]);
});
