/** Calls that register routes of Express: `router.get('/teas', guard, list)` and `router.route('/teas').get(list)`. */

import { isFirstOnLine, partsOf, type Range, type Source, type Token } from './source.ts';

export interface Registration {
  /** `router`, `this.app`. */
  readonly receiver: string;
  readonly method: Token;
  /** The literal of the path. */
  readonly path: Token;
  /** Behind the path: middlewares, the handler last. */
  readonly parts: readonly Range[];
  /** The whole statement, with its semicolon. */
  readonly statement: Range;
  /** From the dot in front of the method to the end of the call, where it is one of `route(…)`. */
  readonly link?: Range;
}

/** The one whose method is named at an offset; undefined where it is written in another way, in a loop as an argument, … */
export function registrationAt(source: Source, offset: number): Registration | undefined {
  const name = source.at(offset);
  const method = source.tokens[name ?? -1];
  const dot = source.tokens[(name ?? 0) - 1];
  const open = argumentsOf(source, (name ?? 0) + 1);
  const close = source.tokens[open]?.text === '(' ? source.pair(open) : undefined;
  const parts = close === undefined ? undefined : partsOf(source, open);
  if (name === undefined || method?.kind !== 'name' || dot?.text !== '.' || close === undefined || !parts)
    return undefined;
  const before = source.tokens[name - 2];
  if (before?.kind === 'name') {
    const start = receiverStart(source, name - 2);
    const [first, ...rest] = parts;
    const path = first && source.tokens[source.at(first.start) ?? -1];
    if (path?.kind !== 'text' || path.end !== first?.end) return undefined;
    return finished(source, { first: start, last: name - 2, close }, { method, path, parts: rest });
  }
  return linkOf(source, name, close, { method, parts });
}

/** The bracket of a call's arguments, behind those of its types: `get<Params>(`. */
function argumentsOf(source: Source, behind: number): number {
  const { tokens } = source;
  let [index, depth] = [behind, 0];
  while (/^[<>]+$/.test(tokens[index]?.text ?? '') || (depth > 0 && index < tokens.length)) {
    const text = tokens[index]?.text ?? '';
    if (text === '<') depth += 1;
    else if (/^>+$/.test(text)) depth -= text.length;
    index = (text === '(' || text === '{' || text === '[' ? (source.pair(index) ?? index) : index) + 1;
  }
  return index;
}

type Call = Pick<Registration, 'method' | 'path' | 'parts' | 'link'>;

/** Walks from `.get(…)` back over calls of the same kind to `router.route('/teas')`. */
function linkOf(
  source: Source,
  name: number,
  close: number,
  call: Pick<Call, 'method' | 'parts'>,
): Registration | undefined {
  const { tokens } = source;
  const dot = tokens[name - 1];
  const end = tokens[close];
  let index = name - 1;
  while (tokens[index]?.text === '.' && tokens[index - 1]?.text === ')') {
    const open = source.pair(index - 1);
    if (open === undefined) return undefined;
    const called = tokens[open - 1];
    if (called?.text === 'route') {
      const path = tokens[open + 1];
      if (path?.kind !== 'text' || open + 2 !== index - 1 || tokens[open - 2]?.text !== '.') return undefined;
      if (!dot || !end || tokens[open - 3]?.kind !== 'name') return undefined;
      const start = receiverStart(source, open - 3);
      const link = { start: dot.start, end: end.end };
      return finished(
        source,
        { first: start, last: open - 3, close: chainEnd(source, close) },
        { ...call, path, link },
      );
    }
    index = open - 2;
  }
  return undefined;
}

/** The last bracket of the calls that follow. */
function chainEnd(source: Source, close: number): number {
  const { tokens } = source;
  let last = close;
  while (
    tokens[last + 1]?.text === '.' &&
    tokens[last + 2]?.kind === 'name' &&
    tokens[last + 3]?.text === '('
  ) {
    const next = source.pair(last + 3);
    if (next === undefined) break;
    last = next;
  }
  return last;
}

function receiverStart({ tokens }: Source, last: number): number {
  let index = last;
  while (tokens[index - 1]?.text === '.' && tokens[index - 2]?.kind === 'name') index -= 2;
  return index;
}

interface Extent {
  readonly first: number;
  /** Of the receiver. */
  readonly last: number;
  readonly close: number;
}

/** Only a statement of its own, on lines of its own. */
function finished(source: Source, { first, last, close }: Extent, call: Call): Registration | undefined {
  const { tokens, text } = source;
  const [start, end, next, before] = [tokens[first], tokens[close], tokens[close + 1], tokens[first - 1]];
  if (!start || !end || !isFirstOnLine(text, start.start)) return undefined;
  if (before && !/^[;{})]$/.test(before.text) && !endsLine(text, before.end)) return undefined;
  // `const router = …` of another statement ends at the line; `return router\n.get()` would not.
  if (before && /^(?:return|=|=>|\(|,|\?|:|await)$/.test(before.text)) return undefined;
  const hasSemicolon = next?.text === ';';
  if (next && !hasSemicolon && !endsLine(text, end.end)) return undefined;
  return {
    ...call,
    receiver: text.slice(start.start, (tokens[last] ?? start).end),
    statement: { start: start.start, end: hasSemicolon ? next.end : end.end },
  };
}

function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)?(?:\r?\n|$)/.test(text.slice(offset));
}
