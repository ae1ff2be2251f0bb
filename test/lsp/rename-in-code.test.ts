/** Properties renamed in specification and code together, over the protocol. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Editor } from '../support/lsp-client.ts';
import { editorOn, placeIn } from '../support/open-editor.ts';

const files = {
  'package.json': '{ "dependencies": { "@nestjs/common": "11.0.0", "@nestjs/core": "11.0.0" } }\n',
  'openapi.yaml': `openapi: 3.1.0
info: { title: Teas, version: '1' }
paths:
  /teas:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewTea' } } }
      responses:
        '201':
          description: a tea
          content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } }
components:
  schemas:
    NewTea:
      type: object
      required: [steeping]
      properties:
        steeping: { type: number }
        origin: { type: string }
    Tea:
      type: object
      required: [title]
      properties:
        title: { type: string }
`,
  'src/main.ts': `import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NewTea } from './new-tea';
import { seconds } from './seconds';

@Controller('teas')
class TeasController {
  @Post()
  add(@Body() tea: NewTea) {
    console.log(tea.origin);
    return { title: \`\${seconds(tea)} s, \${tea.steeping}\` };
  }
}

@Module({ controllers: [TeasController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe());
  await app.listen(3000);
}
bootstrap();
`,
  'src/new-tea.ts': `import { IsNumber, IsOptional, IsString } from 'class-validator';

export class NewTea {
  @IsNumber()
  steeping!: number;

  @IsOptional()
  @IsString()
  origin?: string;
}
`,
  'src/seconds.ts': `import type { NewTea } from './new-tea';

export const seconds = ({ steeping }: NewTea): number => steeping * 60;
export const from = (row: any): string => row.origin;
`,
};

/** Changed lines, by file. */
function linesOf(editor: Editor, edit: WorkspaceEdit): readonly string[] {
  return (edit.documentChanges ?? [])
    .flatMap((change) => ('edits' in change ? [change] : []))
    .flatMap(({ textDocument, edits }) => {
      const path = Object.keys(files).find((one) => editor.uri(one) === textDocument.uri) ?? '';
      const before = editor.text(path).split('\n');
      const document = TextDocument.create('', '', 0, editor.text(path));
      const plain = edits.flatMap((one) => ('newText' in one ? [one] : []));
      const after = TextDocument.applyEdits(document, plain).split('\n');
      return after.flatMap((line, index) => (line === before[index] ? [] : [`${path}: ${line.trim()}`]));
    })
    .sort();
}

test('a property is renamed in schema, class and all that uses it, from either side', async (t) => {
  const editor = await editorOn(t, files);
  const lines = [
    'openapi.yaml: minutes: { type: number }',
    'openapi.yaml: required: [minutes]',
    'src/main.ts: return { title: `${seconds(tea)} s, ${tea.minutes}` };',
    'src/new-tea.ts: minutes!: number;',
    'src/seconds.ts: export const seconds = ({ minutes: steeping }: NewTea): number => steeping * 60;',
  ];
  for (const at of [
    placeIn(editor, 'openapi.yaml', '        steep$0ing: { type'),
    placeIn(editor, 'src/new-tea.ts', 'steep$0ing!'),
  ]) {
    const prepared = await editor.request<{ placeholder: string } | null>('textDocument/prepareRename', at);
    assert.equal(prepared?.placeholder, 'steeping');
    const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'minutes' });
    assert.deepEqual(linesOf(editor, edit), lines);
  }
});

test('a property of an answer that is written out is renamed where it is written', async (t) => {
  const editor = await editorOn(t, files);
  const at = placeIn(editor, 'openapi.yaml', '        tit$0le: { type');
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'name' });
  assert.deepEqual(linesOf(editor, edit), [
    'openapi.yaml: name: { type: string }',
    'openapi.yaml: required: [name]',
    'src/main.ts: return { name: `${seconds(tea)} s, ${tea.steeping}` };',
  ]);
});

test('where a use cannot be told nothing is renamed, and it is said which', async (t) => {
  const editor = await editorOn(t, files);
  const at = placeIn(editor, 'openapi.yaml', '        ori$0gin: { type');
  await assert.rejects(
    editor.request('textDocument/rename', { ...at, newName: 'country' }),
    /"row.origin" in line 4 of src\/seconds.ts/,
  );
});
