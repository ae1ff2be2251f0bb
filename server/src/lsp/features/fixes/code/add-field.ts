/** Properties of the spec's body that the class, type or schema of it does not have yet. */

import { shapeBehind, type Field, type Shape, type Shapes } from '../../../../contract/shape.ts';
import { braceAround, importedFrom, importNames, widthOf } from '../../../../code/edit/classes.ts';
import {
  indentAt,
  isFirstOnLine,
  isName,
  lineEnd,
  partsOf,
  quoted,
  readSource,
  sliceOf,
  type Source,
} from '../../../../code/edit/source.ts';
import { fix, type Edit, type Fixer } from '../fix.ts';
import { DtoWriter } from './dto-text.ts';
import { schemaText, type SchemaLibrary } from './schema-text.ts';

export const addField: Fixer = ({ index, entries }, { names }) => {
  const [entry] = entries;
  const { code, spec } = entry ?? {};
  const wanted = Array.isArray(names) ? names.map(String) : [];
  if (!code || !spec || wanted.length === 0) return [];
  const shapes = index.ready.snapshot.specs.find(({ file }) => file === spec.origin.spec)?.shapes ?? {};
  const promised = fieldsOf(spec.bodies.items[0]?.shape, shapes);
  const written = fieldsOf(code.bodies.items[0]?.shape, index.served());
  const siblings = Object.values(written ?? {}).map(({ at }) => at);
  const file = siblings[0]?.file;
  const text = file === undefined ? undefined : index.ready.textOf(file);
  const source = text === undefined ? undefined : readSource(text);
  if (!promised || !file || !source || siblings.some((at) => at.file !== file)) return [];
  const braces = new Set(siblings.map(({ start }) => braceAround(source, start)));
  const [open] = braces;
  const fields = wanted.flatMap((name): readonly (readonly [string, Field])[] => {
    const field = promised[name];
    return field ? [[name, field]] : [];
  });
  if (braces.size !== 1 || open === undefined || fields.length < wanted.length) return [];
  const holder = holderOf(source, open);
  const last = Math.max(...siblings.map(({ start }) => start));
  const scene = { source, open, fields, shapes, last, count: siblings.length };
  const edits =
    holder === undefined
      ? undefined
      : typeof holder === 'object'
        ? inSchema(scene, holder)
        : inMembers(scene, code.origin.framework);
  const what = typeof holder === 'object' ? 'schema' : holder;
  const title = `Add ${wanted.join(', ')} to the ${what} of the body`;
  return [
    fix(
      title,
      (edits ?? []).map((edit) => ({ file, ...edit })),
    ),
  ];
};

interface AddScene {
  readonly source: Source;
  /** The index of the brace that the properties stand in. */
  readonly open: number;
  readonly fields: readonly (readonly [string, Field])[];
  readonly shapes: Shapes;
  /** Where the last of the properties begins, and how many there are. */
  readonly last: number;
  readonly count: number;
}

interface SchemaCall {
  readonly library: SchemaLibrary;
  readonly name: string;
}

function fieldsOf(shape: Shape | undefined, shapes: Shapes): Readonly<Record<string, Field>> | undefined {
  const object = shapeBehind(shape, shapes);
  return object?.kind === 'object' ? object.fields : undefined;
}

const libraries: Readonly<Record<string, SchemaLibrary>> = {
  zod: 'zod',
  'zod/v4': 'zod',
  'zod/v3': 'zod',
  'nestjs-zod/z': 'zod',
  joi: 'joi',
  '@hapi/joi': 'joi',
  celebrate: 'joi',
  yup: 'yup',
};

/** What a brace belongs to, as far as something can be added to it. */
function holderOf(source: Source, open: number): 'class' | 'type' | SchemaCall | undefined {
  const { tokens } = source;
  const before = tokens[open - 1]?.text;
  if (before === '(') return schemaCall(source, open - 1);
  for (let index = open - 1; index > 0 && !/^[;{}(]$/.test(tokens[index]?.text ?? ''); index -= 1) {
    const { text = '' } = tokens[index] ?? {};
    if (text === 'class') return 'class';
    if (text === 'interface') return 'type';
    if (text === '=') return tokens[index - 2]?.text === 'type' ? 'type' : undefined;
    if (/^[)\]]$/.test(text)) index = source.pair(index) ?? 0;
  }
  return undefined;
}

/** `z.object(`, `Joi.object().keys(`. */
function schemaCall(source: Source, bracket: number): SchemaCall | undefined {
  const { tokens } = source;
  let called = bracket - 1;
  if (tokens[called]?.text === 'keys' && tokens[called - 2]?.text === ')')
    called = (source.pair(called - 2) ?? 0) - 1;
  const [object, dot, root] = [tokens[called], tokens[called - 1], tokens[called - 2]];
  const isCall = /^(?:object|strictObject|looseObject)$/.test(object?.text ?? '') && dot?.text === '.';
  const library = isCall && root ? libraries[importedFrom(source, root.text) ?? ''] : undefined;
  return library && root && tokens[called - 3]?.text !== '.' ? { library, name: root.text } : undefined;
}

/** Behind the last entry of the object that a schema is made of. */
function inSchema(
  { source, open, fields, shapes }: AddScene,
  { library, name }: SchemaCall,
): readonly Edit[] | undefined {
  const last = partsOf(source, open)?.at(-1);
  const style = { library, name, quoted: (text: string) => quoted(source, text) };
  const entries = fields.map(([key, field]) => {
    const schema = isName(key) ? schemaText(field, style, shapes) : undefined;
    return schema === undefined ? undefined : `${key}: ${schema}`;
  });
  if (!last || !allThere(entries)) return undefined;
  if (!isFirstOnLine(source.text, last.start)) return onOneLine(source, open, entries);
  const gap = `${source.eol}${indentAt(source.text, last.start)}`;
  return [{ start: last.end, end: last.end, text: entries.map((one) => `,${gap}${one}`).join('') }];
}

function allThere<T>(items: readonly (T | undefined)[]): items is readonly T[] {
  return !items.includes(undefined);
}

/** Of an object that stands on one line: on it, or each entry on a line of its own where it would become too long. */
function onOneLine(source: Source, open: number, entries: readonly string[]): readonly Edit[] | undefined {
  const { text, eol, step, tokens } = source;
  const [first, last] = [tokens[open], tokens[source.pair(open) ?? -1]];
  const parts = partsOf(source, open)?.map((part) => sliceOf(source, part));
  if (!first || !last || !parts || text.slice(first.start, last.end).includes('\n')) return undefined;
  const all = [...parts, ...entries];
  const line = `{ ${all.join(', ')} }`;
  const lineStart = text.lastIndexOf('\n', first.start) + 1;
  const rest = /^[^\r\n]*/.exec(text.slice(last.end))?.[0] ?? '';
  const length = first.start - lineStart + line.length + rest.length;
  const indent = indentAt(text, first.start);
  const comma = endsWithCommas(text) ? ',' : '';
  const lines = `{${eol}${all.map((one) => `${indent}${step}${one}`).join(`,${eol}`)}${comma}${eol}${indent}}`;
  return [{ start: first.start, end: last.end, text: length <= widthOf(source) ? line : lines }];
}

/** Does a comma stand behind the last of several lines, as far as the file shows? */
function endsWithCommas(text: string): boolean {
  return /,[ \t]*\r?\n\s*[}\])]/.test(text) || !/[\w)\]'"`][ \t]*\r?\n\s*[}\])]/.test(text);
}

/** Behind the last property of a class or a type. */
function inMembers(
  { source, open, fields, shapes, last, count }: AddScene,
  framework: string,
): readonly Edit[] | undefined {
  const end = propertyEnd(source, last);
  if (end === undefined) return undefined;
  const writer = new DtoWriter(
    { ...styleIn(source, open), suffix: 'Dto', ...(framework === 'tsoa' && { annotates: true as const }) },
    shapes,
  );
  const properties = fields.map(([name, field]) => writer.property(name, field, ''));
  if (properties.includes(undefined) || writer.classes.length > 0) return undefined;
  const imports = [...writer.imports].map(([from, added]) => importNames(source, from, [...added]));
  if (imports.includes(undefined)) return undefined;
  const indent = indentAt(source.text, last);
  const isAlone = count === 1 && writer.imports.size > 0;
  const gap = `${source.eol}${isAlone || hasGaps(source, open) ? source.eol : ''}`;
  const added = properties.map(
    (property) => `${gap}${(property?.lines ?? []).map((line) => `${indent}${line}`).join(source.eol)}`,
  );
  return [{ start: end, end, text: added.join('') }, ...imports.flatMap((one) => one ?? [])];
}

function propertyEnd({ tokens, text, at, pair }: Source, start: number): number | undefined {
  let index = at(start);
  if (index === undefined) return undefined;
  for (; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.text === '}') return undefined;
    if (token.text === ';') return lineEnd(text, token.end);
    if (/^[({[]$/.test(token.text)) index = pair(index) ?? index;
    const end = tokens[index];
    const next = tokens[index + 1];
    if (end && next && (next.text === '}' || next.text === '@') && isFirstOnLine(text, next.start))
      return lineEnd(text, end.end);
  }
  return undefined;
}

function styleIn(source: Source, open: number): Omit<ConstructorParameters<typeof DtoWriter>[0], 'suffix'> {
  const [first, last] = [source.tokens[open], source.tokens[source.pair(open) ?? -1]];
  const body = first && last ? sliceOf(source, { start: first.start, end: last.end }) : '';
  return {
    quote: source.quote,
    semicolons: source.semicolons,
    step: source.step,
    eol: source.eol,
    hasValidators: /^\s*@\w/m.test(body) && source.text.includes('class-validator'),
    asserts: /^\s*(?:readonly )?\w+!:/m.test(body),
    isReadonly: /^\s*readonly \w+[!?]?:/m.test(body),
  };
}

/** Do blank lines stand between the properties? */
function hasGaps(source: Source, open: number): boolean {
  const [first, last] = [source.tokens[open], source.tokens[source.pair(open) ?? -1]];
  return (
    first !== undefined &&
    last !== undefined &&
    /;[ \t]*\r?\n[ \t]*\r?\n/.test(source.text.slice(first.end, last.start))
  );
}
