/** Mutations of source texts, as typing, merging and generating make them: of tokens, of lines, of the end. */

import fc from 'fast-check';

export type Mutation = (text: string) => string;

/** Any number of tokens of a language: words, numbers, white space, else single characters. */
const token = /[A-Za-z_$][\w$]*|\d+|\s+|[^\w\s$]/g;

const strays = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '`',
  '"',
  "'",
  '/',
  '/*',
  '//',
  '=>',
  '...',
  '?.',
  '??=',
  '${',
  '@',
  '#',
  ',',
  ';',
  ':',
  '*',
  'await ',
  'async ',
  'function ',
  'class ',
  'export ',
  'import ',
  'new ',
  'return ',
  'throw ',
  'for (;;) ',
  'while (true) ',
  'yield ',
  'undefined',
  'null',
  'this',
  'super',
  'arguments',
  'module.exports = ',
  '__proto__',
  'constructor',
  'prototype',
  '\0',
  '\uFEFF',
  '\uD800',
];

/** One mutation; `donors` are texts of which lines are inserted. */
export function mutation(donors: readonly string[]): fc.Arbitrary<Mutation> {
  const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const inTokens = (
    change: (tokens: string[], index: number, other: number) => void,
  ): fc.Arbitrary<Mutation> =>
    fc.tuple(at, at).map(
      ([first, second]) =>
        (text) =>
          editParts(text.match(token) ?? [], '', change, first, second),
    );
  const inLines = (change: (lines: string[], index: number, other: number) => void): fc.Arbitrary<Mutation> =>
    fc.tuple(at, at).map(
      ([first, second]) =>
        (text) =>
          editParts(text.split('\n'), '\n', change, first, second),
    );
  return fc.oneof(
    inTokens(remove),
    inTokens(duplicate),
    inTokens(swap),
    inLines(remove),
    inLines(duplicate),
    inLines(swap),
    fc.tuple(at, fc.constantFrom(...strays)).map(
      ([where, stray]) =>
        (text: string) =>
          insertAt(text, where, stray),
    ),
    fc.tuple(at, fc.constantFrom(...donors), at).map(
      ([where, donor, line]) =>
        (text: string) =>
          insertAt(text, where, partAt(donor.split('\n'), line)),
    ),
    at.map((where) => (text: string) => text.slice(0, Math.floor(where * text.length))),
  );
}

function editParts(
  parts: readonly string[],
  glue: string,
  change: (parts: string[], index: number, other: number) => void,
  first: number,
  second: number,
): string {
  const edited = [...parts];
  if (edited.length > 0)
    change(edited, Math.floor(first * edited.length), Math.floor(second * edited.length));
  return edited.join(glue);
}

function remove(parts: string[], index: number): void {
  parts.splice(index, 1);
}

function duplicate(parts: string[], index: number): void {
  parts.splice(index, 0, parts[index] ?? '');
}

function swap(parts: string[], index: number, other: number): void {
  const kept = parts[index] ?? '';
  parts[index] = parts[other] ?? '';
  parts[other] = kept;
}

function insertAt(text: string, where: number, part: string): string {
  const index = Math.floor(where * text.length);
  return text.slice(0, index) + part + text.slice(index);
}

function partAt(parts: readonly string[], where: number): string {
  return parts[Math.floor(where * parts.length)] ?? '';
}
