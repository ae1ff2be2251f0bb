/** path-to-regexp 8: `:name`, `*name`, `{optional}`, quoted names and escapes; other signs are reserved. */

import { optional, type Piece } from './forms.ts';

export type SyntaxResult =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'invalid'; readonly why: string };

const idStart = /^[$_\p{ID_Start}]$/u;
const idContinue = /^[$\u200c\u200d\p{ID_Continue}]$/u;
const maxDepth = 40;

export function readExpress5(text: string): SyntaxResult {
  const chars = [...text];
  let at = 0;
  let problem: string | undefined;

  function sequence(end: '}' | undefined, depth: number): readonly Piece[] {
    const pieces: Piece[] = [];
    let literal = '';
    const flush = (): void => {
      if (literal !== '') pieces.push({ kind: 'text', text: literal });
      literal = '';
    };
    while (problem === undefined && at < chars.length) {
      const char = chars[at++] ?? '';
      if (char === end) {
        flush();
        return pieces;
      }
      if (char === '\\') {
        const escaped = chars[at++];
        if (escaped === undefined) problem = 'nothing stands behind the last "\\"';
        literal += escaped ?? '';
      } else if (char === ':' || char === '*') {
        flush();
        const name = parameterName();
        if (name === '')
          problem = char === '*' ? 'the wildcard "*" has no name' : '":" has no name behind it';
        pieces.push({ kind: char === ':' ? 'param' : 'rest', name });
      } else if (char === '{') {
        flush();
        if (depth >= maxDepth) problem = 'groups are nested too deeply';
        else pieces.push(optional(sequence('}', depth + 1)));
      } else if ('}()[]+?!'.includes(char)) {
        problem = `"${char}" is reserved`;
      } else {
        literal += char;
      }
    }
    if (end !== undefined) problem ??= '"{" is not closed';
    flush();
    return pieces;
  }

  function parameterName(): string {
    let name = '';
    if (idStart.test(chars[at] ?? '')) {
      do name += chars[at++] ?? '';
      while (idContinue.test(chars[at] ?? ''));
      return name;
    }
    if (chars[at] !== '"') return '';
    for (at += 1; at < chars.length && chars[at] !== '"'; at += 1) {
      if (chars[at] === '\\') at += 1;
      name += chars[at] ?? '';
    }
    if (at >= chars.length) problem ??= 'a quoted name is not closed';
    at += 1;
    return name;
  }

  const pieces = sequence(undefined, 0);
  return problem === undefined ? { kind: 'pieces', pieces } : { kind: 'invalid', why: problem };
}
