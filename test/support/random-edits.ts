/** What people do to a text: letters, lines, whole blocks, and things that do not parse until they are mended. */

import type { Random } from './random.ts';

export interface MadeEdit {
  readonly name: string;
  readonly text: string;
}

/** @param format JSON has its own way of being broken */
export function editAtRandom(text: string, random: Random, format: 'yaml' | 'json'): MadeEdit {
  for (;;) {
    const [name, edit] = random.pick(EDITS);
    const lines = text.split('\n');
    const at = Math.floor(random.next() * lines.length);
    const result = edit({ lines, at, line: lines[at] ?? '', random, format });
    if (result === undefined) continue;
    const edited = result.join('\n');
    if (edited !== text)
      return { name: `${name} at line ${at + 1}: ${(lines[at] ?? '').trim().slice(0, 60)}`, text: edited };
  }
}

interface Spot {
  readonly lines: readonly string[];
  readonly at: number;
  readonly line: string;
  readonly random: Random;
  readonly format: 'yaml' | 'json';
}

type Edit = (spot: Spot) => readonly string[] | undefined;

function replaceLine({ lines, at }: Spot, ...by: readonly string[]): readonly string[] {
  return lines.toSpliced(at, 1, ...by);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A key at the indentation of a path item or a component, with all that is below it: the first line and the one behind. */
function blockAt({ lines, at }: Spot): readonly [number, number] | undefined {
  let from = at;
  while (from > 0 && (indentOf(lines[from] ?? '') > 6 || (lines[from] ?? '').trim() === '')) from -= 1;
  const indent = indentOf(lines[from] ?? '');
  if (indent === 0 || !/[\w/"}]"?\s*:/.test(lines[from] ?? '')) return undefined;
  let to = from + 1;
  while (to < lines.length && (indentOf(lines[to] ?? '') > indent || /^\s*[}\]],?$/.test(lines[to] ?? ''))) {
    to += 1;
    if (indentOf(lines[to - 1] ?? '') === indent) break;
  }
  return [from, to];
}

const WORDS = [
  'description',
  'type',
  'example',
  'enum',
  'required',
  'default',
  'title',
  'content',
  'in',
  'schema',
  'items',
];

const LETTER: Edit = (spot) => {
  const { line, random } = spot;
  if (line.trim() === '') return undefined;
  const at = Math.floor(random.next() * (line.length + 1));
  const letter = random.pick([...'abx1 :-"\'{}[],#&*~/<$'] as const);
  return replaceLine(spot, line.slice(0, at) + letter + line.slice(at + (random.chance(0.3) ? 1 : 0)));
};

const VALUE: Edit = (spot) => {
  const { line, random, format } = spot;
  const match = /^(\s*(?:- )?"?[\w$-]+"?: )([^{[|>].*?)(,?)$/.exec(line);
  if (!match) return undefined;
  const [, head = '', , comma = ''] = match;
  const value = random.pick([
    'some words',
    '17',
    'true',
    'null',
    'string',
    'eval(1)',
    '-1',
    'in',
    '2026-01-01',
  ]);
  return replaceLine(
    spot,
    `${head}${format === 'json' && /[a-z( ]/i.test(value) && !/^(true|null)$/.test(value) ? `"${value}"` : value}${comma}`,
  );
};

const WORD: Edit = (spot) => {
  const { line, random } = spot;
  const at = /[\w.]+(?="?,?$)/.exec(line)?.index;
  return at === undefined
    ? undefined
    : replaceLine(spot, `${line.slice(0, at)}${random.pick(['x', 'y', 'ref'])}${line.slice(at)}`);
};

const REFERENCE: Edit = ({ lines, random, format }) => {
  const places = lines.flatMap((line, index) => (line.includes('$ref') ? [index] : []));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const [, head = '', tail = ''] =
    /^(.*?\$ref"?: )(?:"[^"]*"|'[^']*'|[^,]*)(,?.*)$/.exec(lines[at] ?? '') ?? [];
  if (head === '') return undefined;
  const others = lines.flatMap((line) => /\$ref"?: ["']?([^"',]+)/.exec(line)?.[1] ?? []);
  const ref = random.chance(0.6)
    ? random.pick(others)
    : random.pick([
        ...[
          '#/components/schemas/Nowhere',
          '#/components/schemas',
          '#/definitions/Book',
          '#/components/schemas/Book',
        ],
        ...[
          '#/components/schemas/Book/properties/id',
          '#/components/schemas/BookList/properties/items/items/properties',
        ],
        ...[
          '#/paths/~1books/get',
          './other.yaml#/Book',
          '#/components/schemas/Book%20',
          '#',
          'Book',
          '#/info/title',
        ],
        ...[
          '#/components/responses/Missing',
          '#/components/schemas/BookChange/allOf/1',
          '#/components/schemas/constructor',
        ],
      ]);
  return lines.toSpliced(
    at,
    1,
    `${head}${format === 'json' ? JSON.stringify(ref) : `'${ref}'`}${tail.startsWith(',') ? ',' : ''}`,
  );
};

const INSERT: Edit = (spot) => {
  const { line, random, format } = spot;
  const indent = ' '.repeat(indentOf(line));
  const key = random.pick(WORDS);
  const value = random.pick(['new', '3', 'string', '[a, a]', '{ a: 1 }', '']);
  const written =
    format === 'json'
      ? `${indent}"${key}": ${/^[a-z]/.test(value) || value === '' ? `"${value}"` : value === '3' ? '3' : '["a"]'},`
      : `${indent}${key}: ${value}`;
  return replaceLine(spot, written, line);
};

const EDITS: readonly (readonly [string, Edit])[] = [
  ['letter', LETTER],
  ['value', VALUE],
  ['value', VALUE],
  ['word', WORD],
  ['word', WORD],
  ['reference', REFERENCE],
  ['insert', INSERT],
  ['insert', INSERT],
  ['delete a line', (spot) => replaceLine(spot)],
  ['double a line', (spot) => replaceLine(spot, spot.line, spot.line)],
  ['indent', (spot) => replaceLine(spot, `${spot.random.pick(['  ', ' ', '    ', '\t'])}${spot.line}`)],
  [
    'dedent',
    (spot) =>
      spot.line.startsWith('  ') ? replaceLine(spot, spot.line.slice(spot.random.pick([1, 2]))) : undefined,
  ],
  [
    'comment',
    (spot) =>
      spot.format === 'yaml'
        ? replaceLine(spot, `${spot.random.pick(['', '  ', '        '])}# note`, spot.line)
        : undefined,
  ],
  ['empty line', (spot) => replaceLine(spot, '', spot.line)],
  [
    'swap lines',
    ({ lines, at }) =>
      at + 1 < lines.length ? lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '') : undefined,
  ],
  [
    'delete a block',
    (spot) => {
      const block = blockAt(spot);
      return block && spot.lines.toSpliced(block[0], block[1] - block[0]);
    },
  ],
  [
    'double a block under another name',
    (spot) => {
      const block = blockAt(spot);
      if (!block) return undefined;
      const [head = '', ...rest] = spot.lines.slice(...block);
      const key = /[\w/{}-]*[\w}](?="?\s*:)/.exec(head)?.[0];
      if (key === undefined) return undefined;
      const copy = [head.replace(key, `${key}${spot.random.pick(['Copy', '2', '/all'])}`), ...rest];
      const comma =
        spot.format === 'json' && !/,$/.test(copy.at(-1) ?? '')
          ? copy.toSpliced(-1, 1, `${copy.at(-1) ?? ''},`)
          : copy;
      return spot.lines.toSpliced(block[0], 0, ...comma);
    },
  ],
  [
    'rename a block',
    (spot) => {
      const block = blockAt(spot);
      if (!block) return undefined;
      const head = spot.lines[block[0]] ?? '';
      return spot.lines.toSpliced(
        block[0],
        1,
        head.replace(/(\w)("?\s*:)/, `$1${spot.random.pick(['x', 's', '{id}'])}$2`),
      );
    },
  ],
  [
    'move a block',
    (spot) => {
      const block = blockAt(spot);
      if (!block) return undefined;
      const moved = spot.lines.slice(...block);
      const rest = spot.lines.toSpliced(block[0], moved.length);
      const to = rest.findIndex(
        (line, index) =>
          index > spot.random.next() * rest.length && indentOf(line) === indentOf(moved[0] ?? ''),
      );
      return to === -1 ? undefined : rest.toSpliced(to, 0, ...moved);
    },
  ],
  [
    'shift a block',
    (spot) => {
      const block = blockAt(spot);
      const by = spot.random.pick([2, -2]);
      return (
        block &&
        spot.lines.map((line, index) =>
          index < block[0] || index >= block[1] ? line : by > 0 ? `  ${line}` : line.replace(/^ {2}/, ''),
        )
      );
    },
  ],
];
