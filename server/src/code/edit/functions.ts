/** Functions in a text: their parameters and bodies, and how one that takes the same would begin. */

import { partsOf, sliceOf, type Range, type Source } from './source.ts';

export interface FunctionText {
  /** Everything in front of the body, without what a name or a wrapper adds: `async (req, res) =>`. */
  readonly head: Range;
  readonly parameters: readonly Range[];
  /** With its braces. */
  readonly body: Range;
  readonly isAsync: boolean;
  readonly isArrow: boolean;
  /** Of `: Promise<void>` in front of the body. */
  readonly returns?: string;
}

/** The function that begins at the token `first` and has a body in braces. */
export function functionAt(source: Source, first: number): FunctionText | undefined {
  const { tokens } = source;
  let index = first;
  const isAsync = tokens[index]?.text === 'async';
  if (isAsync) index += 1;
  const isKeyword = tokens[index]?.text === 'function';
  if (isKeyword) {
    index += 1;
    if (tokens[index]?.kind === 'name') index += 1;
  }
  if (tokens[index]?.text !== '(') return undefined;
  const close = source.pair(index);
  const parameters = partsOf(source, index);
  if (close === undefined || !parameters) return undefined;
  const open = bodyAfter(source, close, !isKeyword);
  const end = open === undefined ? undefined : source.pair(open);
  const [start, brace, last, after] = [tokens[first], tokens[open ?? -1], tokens[end ?? -1], tokens[close]];
  if (!start || !brace || !last || !after) return undefined;
  const between = source.text
    .slice(after.end, brace.start)
    .replace(/=>\s*$/, '')
    .trim();
  return {
    head: { start: start.start, end: brace.start },
    parameters,
    body: { start: brace.start, end: last.end },
    isAsync,
    isArrow: !isKeyword,
    ...(between.startsWith(':') && { returns: between.slice(1).trim() }),
  };
}

/** The `{` behind the parameters, a type of what is returned and, for arrows, `=>`. */
function bodyAfter(source: Source, close: number, isArrow: boolean): number | undefined {
  const { tokens } = source;
  let index = close + 1;
  if (tokens[index]?.text === ':') {
    // A type with braces in it would be taken for the body.
    while (index < tokens.length && !['{', '=>', ';'].includes(tokens[index]?.text ?? '')) index += 1;
  }
  if (isArrow) {
    if (tokens[index]?.text !== '=>') return undefined;
    index += 1;
  }
  return tokens[index]?.text === '{' ? index : undefined;
}

/** `req: Request<Params>` as its name and type, without what the type is of. */
export function parameterOf(
  source: Source,
  range: Range,
): { readonly name: string; readonly type?: string } | undefined {
  const match = /^([A-Za-z_$][\w$]*)\??(?:\s*:\s*([\w$.]+)(?:\s*<[^]*>)?)?$/.exec(sliceOf(source, range));
  const [, name, type] = match ?? [];
  return name === undefined ? undefined : { name, ...(type !== undefined && { type }) };
}

/** The function of a handler's place, which may begin with what exports it. */
export function functionAround(source: Source, offset: number): FunctionText | undefined {
  let first = source.at(offset);
  while (first !== undefined && /^(?:export|default)$/.test(source.tokens[first]?.text ?? '')) first += 1;
  return first === undefined ? undefined : functionAt(source, first);
}
