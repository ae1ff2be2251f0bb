/** find-my-way, the router of Fastify: `:name(regex)`, `::` for a colon, `?` on the last parameter, `*` at the end. */

import { constraintSpans } from './express-4.ts';
import type { SyntaxResult } from './express-5.ts';
import { optional, type Piece } from './forms.ts';

export function readFindMyWay(text: string): SyntaxResult {
  const pieces: Piece[] = [];
  let literal = '';
  let at = 0;
  const flush = (): void => {
    if (literal !== '') pieces.push({ kind: 'text', text: literal });
    literal = '';
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ':' && text[at + 1] === ':') {
      literal += ':';
      at += 2;
      continue;
    }
    if (char === '*') {
      if (at < text.length - 1) return { kind: 'invalid', why: '"*" may only stand at the end' };
      flush();
      pieces.push({ kind: 'rest', name: '*' });
      at += 1;
      continue;
    }
    if (char !== ':') {
      literal += char;
      at += 1;
      continue;
    }
    const name = /^[^/.(:?-]*/.exec(text.slice(at + 1))?.[0] ?? '';
    if (name === '') return { kind: 'invalid', why: '":" has no name behind it' };
    at += 1 + name.length;
    const limit = constraintAt(text, at);
    at += limit?.length ?? 0;
    const param: Piece = { kind: constraintSpans(limit) ? 'rest' : 'param', name };
    if (text[at] !== '?') {
      flush();
      pieces.push(param);
      continue;
    }
    at += 1;
    if (at < text.length) return { kind: 'invalid', why: 'only the last parameter may be optional' };
    const slash = literal.endsWith('/');
    if (slash) literal = literal.slice(0, -1);
    flush();
    pieces.push(optional(slash ? [{ kind: 'text', text: '/' }, param] : [param]));
  }
  flush();
  return { kind: 'pieces', pieces };
}

/** The parenthesised expression that begins here. */
function constraintAt(text: string, from: number): string | undefined {
  if (text[from] !== '(') return undefined;
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && --depth === 0) return text.slice(from, at + 1);
  }
  return undefined;
}
