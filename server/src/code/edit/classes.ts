/** Methods of classes in a text, with their decorators, and imports. */

import { isFirstOnLine, lineEnd, namesOf, partsOf, sliceOf, type Range, type Source } from './source.ts';

export interface Decorator extends Range {
  /** `Get` of `@Get(':id')`. */
  readonly name: string;
  /** The index of the bracket of its arguments; undefined where there are none. */
  readonly open?: number;
}

export interface Method {
  readonly decorators: readonly Decorator[];
  /** From the first decorator to the last brace. */
  readonly whole: Range;
  readonly parameters: readonly Range[];
  /** The index of the bracket in front of the parameters. */
  readonly open: number;
  /** Is the type of what it gives written down? */
  readonly isTyped: boolean;
}

/** The method whose name stands at an offset. */
export function methodAt(source: Source, offset: number): Method | undefined {
  const { tokens } = source;
  const name = source.at(offset);
  if (name === undefined || tokens[name]?.kind !== 'name' || tokens[name + 1]?.text !== '(') return undefined;
  const close = source.pair(name + 1);
  const parameters = partsOf(source, name + 1);
  const open = close === undefined ? undefined : bodyBehind(source, close);
  const end = tokens[open === undefined ? -1 : (source.pair(open) ?? -1)];
  let first = name;
  while (/^(?:async|public|private|protected|static|override|readonly)$/.test(tokens[first - 1]?.text ?? ''))
    first -= 1;
  const decorators = decoratorsBefore(source, first);
  const start = decorators[0]?.start ?? tokens[first]?.start;
  if (!parameters || close === undefined || !end || start === undefined) return undefined;
  return {
    decorators,
    whole: { start, end: end.end },
    parameters,
    open: name + 1,
    isTyped: tokens[close + 1]?.text === ':',
  };
}

/** A brace behind one of these belongs to a type. */
const inType = /^(?:<|\||&|:|,|=>|\[|extends)$/;

function bodyBehind(source: Source, close: number): number | undefined {
  const { tokens } = source;
  for (let index = close + 1; index < tokens.length; index += 1) {
    const text = tokens[index]?.text ?? '';
    if (text === ';' || text === '}') return undefined;
    if (text === '{' && !inType.test(tokens[index - 1]?.text ?? '')) return index;
    if (text === '{' || text === '(' || text === '[') index = source.pair(index) ?? index;
  }
  return undefined;
}

/** Those that end in front of a token, in order. */
function decoratorsBefore(source: Source, index: number): readonly Decorator[] {
  const { tokens } = source;
  const found: Decorator[] = [];
  let last = index - 1;
  while (last > 0) {
    const open = tokens[last]?.text === ')' ? source.pair(last) : undefined;
    let name = open === undefined ? last : open - 1;
    const word = tokens[name];
    while (tokens[name - 1]?.text === '.' && tokens[name - 2]?.kind === 'name') name -= 2;
    const at = tokens[name - 1];
    const end = tokens[last];
    if (word?.kind !== 'name' || at?.text !== '@' || !end) break;
    found.unshift({
      name: word.text,
      start: at.start,
      end: end.end,
      ...(open !== undefined && { open }),
    });
    last = name - 2;
  }
  return found;
}

/** The index of the brace in front of an offset that closes behind it, the innermost. */
export function braceAround({ tokens, pair }: Source, offset: number): number | undefined {
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (!token || token.start >= offset || token.text !== '{') continue;
    const end = tokens[pair(index) ?? -1];
    if (end && end.start >= offset) return index;
  }
  return undefined;
}

interface ImportClause {
  readonly specifier: string;
  /** The index of the brace, undefined for imports without one. */
  readonly open?: number;
  readonly isType: boolean;
  /** The whole statement. */
  readonly whole: Range;
}

function importsOf(source: Source): readonly ImportClause[] {
  const { tokens, text } = source;
  return tokens.flatMap((token, index): readonly ImportClause[] => {
    if (token.kind !== 'name' || token.text !== 'import' || !isFirstOnLine(text, token.start)) return [];
    const isType = tokens[index + 1]?.text === 'type';
    let at = index + 1;
    let open: number | undefined;
    while (at < tokens.length && tokens[at]?.kind !== 'text') {
      if (tokens[at]?.text === '{') {
        open = at;
        at = source.pair(at) ?? at;
      }
      if (tokens[at]?.text === ';' || tokens[at]?.text === '(') return [];
      at += 1;
    }
    const end = tokens[at];
    if (!end) return [];
    const semicolon = tokens[at + 1]?.text === ';' ? tokens[at + 1] : undefined;
    return [
      {
        specifier: end.text.slice(1, -1),
        isType,
        whole: { start: token.start, end: (semicolon ?? end).end },
        ...(open !== undefined && { open }),
      },
    ];
  });
}

/** `import { … } from '…'`, over several lines where it would be longer than most people let lines become. */
export function importLine(
  { quote, semicolons, step, eol }: Pick<Source, 'quote' | 'semicolons' | 'step' | 'eol'>,
  specifier: string,
  names: readonly string[],
  width = 80,
): string {
  const from = `from ${quote}${specifier}${quote}${semicolons ? ';' : ''}`;
  const line = `import { ${names.join(', ')} } ${from}`;
  return line.length <= width
    ? line
    : `import {${eol}${names.map((name) => `${step}${name},${eol}`).join('')}} ${from}`;
}

/** Lines of prettier's usual length. */
const usualWidth = 80;

/** How long lines may be here, as far as the file shows. */
export function widthOf({ text }: Source): number {
  const lengths = text.split('\n').map((line) => line.trimEnd().length);
  return lengths.reduce(
    (longest, length) => (length > longest && length <= 120 ? length : longest),
    usualWidth,
  );
}

/** Names that are imported by then; what is there already is left. Undefined where the file has no import to put them beside. */
export function importNames(
  source: Source,
  specifier: string,
  names: readonly string[],
): readonly (Range & { readonly text: string })[] | undefined {
  const { text, eol, step } = source;
  const imports = importsOf(source);
  const known = imports.find((one) => one.specifier === specifier && !one.isType && one.open !== undefined);
  const written =
    known?.open === undefined ? undefined : partsOf(source, known.open)?.map((part) => sliceOf(source, part));
  const missing = [...new Set(names)].filter((name) => !(written ?? []).includes(name));
  if (missing.length === 0) return [];
  const last = imports.at(-1);
  if (!known || !written || known.open === undefined) {
    const end = last && lineEnd(text, last.whole.end);
    if (end === undefined) return undefined;
    return [{ start: end, end, text: `${eol}${importLine(source, specifier, missing, widthOf(source))}` }];
  }
  const [open, close] = [source.tokens[known.open], source.tokens[source.pair(known.open) ?? -1]];
  if (!open || !close || /\/[/*]/.test(text.slice(open.end, close.start))) return undefined;
  const isSorted = written.every((name, index) => index === 0 || (written[index - 1] ?? '') <= name);
  const all = isSorted ? [...written, ...missing].sort() : [...written, ...missing];
  const isOnLines = text.slice(open.end, close.start).includes('\n');
  const line = `{ ${all.join(', ')} }`;
  const length = known.whole.end - known.whole.start - (close.end - open.start) + line.length;
  const list =
    isOnLines || length > widthOf(source)
      ? `{${eol}${all.map((name) => `${step}${name},${eol}`).join('')}}`
      : line;
  return [{ start: open.start, end: close.end, text: list }];
}

/** What the file imports from, in order. */
export function specifiersOf(source: Source): readonly string[] {
  return importsOf(source).map(({ specifier }) => specifier);
}

/** Behind `index`, the end of the list of names that it is in. */
function afterNames({ tokens }: Source, index: number): number {
  let at = index + 1;
  const isListed = (): boolean =>
    tokens[at]?.kind === 'name' &&
    !/^(?:from|require)$/.test(tokens[at]?.text ?? '') &&
    /^[,{]$/.test(tokens[at - 1]?.text ?? '');
  while (/^(?:,|\})$/.test(tokens[at]?.text ?? '') || isListed()) at += 1;
  return at;
}

/** Where a name comes from: `import { name }`, `import * as name`, `import name`, `const name = require(…)`. */
export function importedFrom(source: Source, name: string): string | undefined {
  const { tokens } = source;
  for (const index of namesOf(source, name)) {
    const at = afterNames(source, index);
    const isImport = tokens[at]?.text === 'from' && tokens[at + 1]?.kind === 'text';
    const isRequire =
      tokens[at]?.text === '=' && tokens[at + 1]?.text === 'require' && tokens[at + 3]?.kind === 'text';
    const specifier = isImport ? tokens[at + 1] : isRequire ? tokens[at + 3] : undefined;
    if (specifier) return specifier.text.slice(1, -1);
  }
  return undefined;
}
