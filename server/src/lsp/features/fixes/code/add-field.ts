/** Properties of the spec's body that the class of it does not have yet. */

import type { Field, Shape, Shapes } from '../../../../contract/shape.ts';
import { braceAround, importNames } from '../../../../code/edit/classes.ts';
import {
  indentAt,
  isFirstOnLine,
  lineEnd,
  readSource,
  sliceOf,
  type Source,
} from '../../../../code/edit/source.ts';
import { fix, type Fixer } from '../fix.ts';
import { DtoWriter } from './dto-text.ts';

export const addField: Fixer = ({ index, entries }, { names }) => {
  const [entry] = entries;
  const { code, spec } = entry ?? {};
  const wanted = Array.isArray(names) ? names.map(String) : [];
  if (!code || !spec || wanted.length === 0) return [];
  const shapes = index.ready.snapshot.specs.find(({ file }) => file === spec.origin.spec)?.shapes ?? {};
  const promised = fieldsOf(spec.bodies.items[0]?.shape, shapes);
  const codeShapes = Object.assign(
    {},
    ...index.ready.snapshot.codes.map((one) => one.shapes ?? {}),
  ) as Shapes;
  const written = fieldsOf(code.bodies.items[0]?.shape, codeShapes);
  const siblings = Object.values(written ?? {}).map(({ at }) => at);
  const file = siblings[0]?.file;
  const text = file === undefined ? undefined : index.ready.textOf(file);
  const source = text === undefined ? undefined : readSource(text);
  if (!promised || !file || !source || siblings.some((at) => at.file !== file)) return [];
  const braces = new Set(siblings.map(({ start }) => classAround(source, start)));
  const [open] = braces;
  if (braces.size !== 1 || open === undefined) return [];
  const last = Math.max(...siblings.map(({ start }) => start));
  const end = propertyEnd(source, last);
  const all = wanted.map((name) => promised[name]);
  if (end === undefined || all.includes(undefined)) return [];
  const writer = new DtoWriter({ ...styleIn(source, open), suffix: 'Dto' }, shapes);
  const properties = wanted.map((name, at) => writer.property(name, all[at] as Field, ''));
  if (properties.includes(undefined) || writer.classes.length > 0) return [];
  const imports = [...writer.imports].map(([from, added]) => importNames(source, from, [...added]));
  if (imports.includes(undefined)) return [];
  const indent = indentAt(source.text, last);
  const isAlone = siblings.length === 1 && writer.imports.size > 0;
  const gap = `${source.eol}${isAlone || hasGaps(source, open) ? source.eol : ''}`;
  const added = properties.map(
    (property) => `${gap}${(property?.lines ?? []).map((line) => `${indent}${line}`).join(source.eol)}`,
  );
  const edits = [{ start: end, end, text: added.join('') }, ...imports.flatMap((one) => one ?? [])];
  return [
    fix(
      `Add ${wanted.join(', ')} to the class of the body`,
      edits.map((edit) => ({ file, ...edit })),
    ),
  ];
};

function fieldsOf(shape: Shape | undefined, shapes: Shapes): Readonly<Record<string, Field>> | undefined {
  let current = shape;
  for (let count = 0; count < 8 && current?.kind === 'ref'; count += 1) current = shapes[current.id];
  return current?.kind === 'object' ? current.fields : undefined;
}

/** The brace of the class that a property stands in. */
function classAround(source: Source, offset: number): number | undefined {
  const open = braceAround(source, offset);
  let index = (open ?? 0) - 1;
  while (index > 0 && !/^[;{}]$/.test(source.tokens[index]?.text ?? '')) {
    if (source.tokens[index]?.text === 'class') return open;
    index -= 1;
  }
  return undefined;
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
    hasValidators: source.text.includes('class-validator'),
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
