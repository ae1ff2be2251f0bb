/** Linting what is not open, and what is on other hosts. */

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { lintAll, type LintSummary } from '../../server/src/lsp/protocol.ts';
import { editorOn } from '../support/open-editor.ts';

const teas = `openapi: 3.0.3
info: { title: teas, version: '1' }
servers: [{ url: 'http://tea.example' }]
paths: {}
`;
const builtIn = ['info-contact at info', 'info-description at info'];

test('closed documents are linted when somebody asks for all, and followed from then on', async (t) => {
  const editor = await editorOn(t, {
    'a/openapi.yaml': teas,
    'b/asyncapi.yaml': "asyncapi: 3.0.0\ninfo: { title: tea events, version: '1' }\n",
    'notes.yaml': 'about: openapi\nswagger: [what, is, it]\n',
    'ignored/openapi.yaml': teas,
    '.gitignore': 'ignored\n',
  });
  const summary = await editor.request<LintSummary>(lintAll, {});
  assert.equal(summary.documents, 2);
  assert.ok(summary.findings > 2);
  await editor.shows({ 'a/openapi.yaml': builtIn, 'ignored/openapi.yaml': [], 'notes.yaml': [] });
  assert.ok(editor.shown('b/asyncapi.yaml').length > 0);
  editor.write('a/openapi.yaml', teas.replace('info: {', 'info: { contact: { name: me },'));
  await editor.shows({ 'a/openapi.yaml': ['info-description at info'] });
  editor.open('a/openapi.yaml');
  editor.replace('a/openapi.yaml', 'contact:', 'description: about teas, contact:');
  await editor.shows({ 'a/openapi.yaml': [] });
  editor.close('a/openapi.yaml');
  await editor.shows({ 'a/openapi.yaml': ['info-description at info'] });
  editor.remove('a');
  await editor.until('it is gone', () => editor.diagnostics('a/openapi.yaml').length === 0);
});

/** Counts who asks. */
async function host(
  t: TestContext,
  answer: string,
): Promise<{ readonly origin: string; asked(): number; readonly server: Server }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/moved.yaml') response.writeHead(302, { location: 'http://tea.example/' }).end();
    else if (request.url === '/tea.yaml') response.end(answer);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    server,
  };
}

const referring = (ref: string): string => `${teas.replace('paths: {}\n', '')}paths:
  /teas: { get: { operationId: teas, responses: { '200': { description: it, content: { application/json: { schema: { $ref: '${ref}' } } } } } } }
`;

test('nothing is fetched from a host that the user did not approve, and documents of approved ones are used', async (t) => {
  const { origin, asked } = await host(t, 'type: object\nproperties: { name: { type: [] } }\n');
  const editor = await editorOn(t, { 'openapi.yaml': referring(`${origin}/tea.yaml`) });
  const refs = (): readonly string[] =>
    editor
      .diagnostics('openapi.yaml')
      .flatMap(({ code, message }) => (code === 'invalid-ref' ? [String(message)] : []));
  editor.open('openapi.yaml');
  await editor.until('it is told', () => refs().some((text) => text.includes('the host is not approved')));
  assert.equal(asked(), 0);
  editor.configure({ approvedHosts: ['127.0.0.1', 'http://localhost:1'] });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal(asked(), 0, 'another scheme, port or name is another host');
  editor.configure({ approvedHosts: [origin] });
  await editor.until('it is fetched', () => asked() === 1);
  await editor.until('it is used', () => refs().length === 0);
  editor.replace('openapi.yaml', 'title: teas', 'title: more teas');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal(asked(), 1, 'once is enough');
});

test('why a document of an approved host could not be had is told', async (t) => {
  const { origin } = await host(t, '');
  const editor = await editorOn(t, {
    'gone.yaml': referring(`${origin}/gone.yaml`),
    'moved.yaml': referring(`${origin}/moved.yaml`),
  });
  editor.configure({ approvedHosts: [origin] });
  editor.open('gone.yaml');
  editor.open('moved.yaml');
  const tells = (file: string, text: string): boolean =>
    editor.diagnostics(file).some(({ message }) => String(message).includes(text));
  await editor.until('404 is told', () => tells('gone.yaml', 'could not be fetched: the host answers 404'));
  await editor.until('the other address is told', () =>
    tells('moved.yaml', 'could not be fetched: it leads on to http://tea.example/'),
  );
});
