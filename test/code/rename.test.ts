/** Renaming what code declares: all places that use it, or a reason. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renameInSources } from '../../server/src/code/ts/rename.ts';
import { fileId } from '../../server/src/contract/span.ts';
import { applied, changedLines } from '../authoring/support/sources.ts';
import { parseFixture } from '../support/fixture.ts';

/** `place` is a text with `$0` in front of the name that is declared there. */
function renamed(source: string, file: string, place: string, name: string, to: string): unknown {
  const { files } = parseFixture(source);
  const offset = (files.get(file)?.indexOf(place.replace('$0', '')) ?? -1) + place.indexOf('$0');
  const at = { file: fileId(file), start: offset, end: offset + name.length };
  const result = renameInSources(
    {
      path: '/project',
      files: [...files.keys()].map(fileId),
      read: (one) => files.get(one),
      readPath: (path) => files.get(path.replace('/project/', '')),
    },
    { declared: [at], name, to },
  );
  if ('refused' in result) return result.refused;
  const texts = Object.fromEntries(files);
  return changedLines(texts, applied(texts, result.edits));
}

const teas = `
//- tsconfig.json
{ "compilerOptions": { "baseUrl": "src", "paths": { "@teas/*": ["teas/*"] } } }
//- src/teas/tea.dto.ts
export class TeaDto {
  name!: string;
  steeping?: number;
}
export class CupDto {
  name!: string;
}
//- src/teas/tea.service.ts
import { CupDto, TeaDto } from '@teas/tea.dto';
export function titleOf(tea: TeaDto): string {
  const { name, steeping } = tea;
  return name + steeping + tea['name'];
}
export function like(cup: CupDto): TeaDto {
  return { name: cup.name, steeping: 3 };
}
//- src/teas/tea.controller.ts
import { Body, Controller, Post } from '@nestjs/common';
import type { TeaDto } from './tea.dto';
import { titleOf } from './tea.service';
@Controller('teas')
export class TeaController {
  @Post()
  add(@Body() tea: TeaDto) {
    return { title: titleOf(tea), name: tea.name, all: [tea].map((one) => one.name) };
  }
}
`;

test('every use of the property of a class, and of no other', () =>
  assert.deepEqual(renamed(teas, 'src/teas/tea.dto.ts', 'TeaDto {\n  $0name', 'name', 'title'), [
    'src/teas/tea.dto.ts: title!: string;',
    'src/teas/tea.service.ts: const { title: name, steeping } = tea;',
    "src/teas/tea.service.ts: return name + steeping + tea['title'];",
    'src/teas/tea.service.ts: return { title: cup.name, steeping: 3 };',
    'src/teas/tea.controller.ts: return { title: titleOf(tea), name: tea.title, all: [tea].map((one) => one.title) };',
  ]));

const rest = (code: string): string => `
//- src/tea.dto.ts
export interface Tea {
  name: string;
}
//- src/app.ts
import { db } from 'somewhere';
import type { Tea } from './tea.dto';
${code}
`;

const refused = (code: string, message: RegExp): void =>
  assert.match(String(renamed(rest(code), 'src/tea.dto.ts', '$0name', 'name', 'title')), message);

test('a use of something without a type is refused with its place', () =>
  refused(
    'export const first = (tea: any, other: Tea) => tea.name + other.name;',
    /"tea.name" in line 3 of src\/app.ts/,
  ));

test('a value that goes to code without types is refused', () =>
  refused('export const keep = (tea: Tea) => db.save(tea);', /"tea" in line 3 of src\/app.ts/));

test('a name in a text is refused', () =>
  refused("export const order = () => db.orderBy('name');", /'name'.* in line 3/));

test('what would no longer compile is refused', () =>
  refused(
    'const row = { name: "sencha" };\nexport const tea: Tea = row;',
    /no longer compile: src\/app.ts: Property 'title' is missing/,
  ));

test('of an object that is written out, the key alone', () =>
  assert.deepEqual(
    renamed(
      '\n//- src/app.ts\nexport const tea = (name: string) => ({ name, kind: 1 });\n',
      'src/app.ts',
      '{ $0name',
      'name',
      'title',
    ),
    ['src/app.ts: export const tea = (name: string) => ({ title: name, kind: 1 });'],
  ));

const sent = (code: string, place: string): unknown =>
  renamed(`\n//- src/app.ts\n${code}\n`, 'src/app.ts', place, 'title', 'name');

test('the place of a value, or of the object around it, leads to its key', () => {
  const code = 'export const tea = () => ({ of: { title: 1 }, title: "sencha" });';
  const line = 'src/app.ts: export const tea = () => ({ of: { title: 1 }, name: "sencha" });';
  assert.deepEqual(sent(code, '$0"sencha"'), [line]);
  assert.deepEqual(sent(code, '$0{ of'), [line]);
});

test('where two objects have the value under the same key nobody knows which is sent', () =>
  assert.match(
    String(
      sent(
        'const defaults = { title: "sencha" };\nexport const tea = () => ({ title: defaults.title });',
        '$0"sencha"',
      ),
    ),
    /"title: defaults.title" in line 2/,
  ));
