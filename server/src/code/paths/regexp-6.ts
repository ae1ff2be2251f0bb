/** path-to-regexp 3 to 6: `:name(constraint)`, unnamed `(…)`, the modifiers `?`, `*` and `+`, and groups in braces. */

import { constraintSpans } from './express-4.ts';
import type { SyntaxResult } from './express-5.ts';
import { optional, type Piece } from './forms.ts';
import { regexPieces } from './regex-pieces.ts';
import { readRegex } from './regex-tree.ts';

/** An unnamed group stands for the texts it lists, or is a parameter with a number for a name. */
function unnamedPiece(group: string, name: string): Piece {
  const tree = readRegex([...group.slice(1, -1)]);
  const alternatives = tree.kind === 'tree' ? tree.alternatives : [];
  const read = regexPieces([[{ kind: 'group', alternatives, capture: name }]]);
  const [only, ...more] = read.kind === 'pieces' ? read.pieces : [];
  if (only === undefined || more.length > 0) return { kind: constraintSpans(group) ? 'rest' : 'param', name };
  return only;
}

/** Characters that belong to the parameter behind them and vanish with it. */
const prefixes = './';

export function readRegexp6(text: string): SyntaxResult {
  const pieces: Piece[] = [];
  let literal = '';
  let at = 0;
  let unnamed = 0;
  let problem: string | undefined;

  const flush = (): void => {
    if (literal !== '') pieces.push({ kind: 'text', text: literal });
    literal = '';
  };

  function constraint(): string | undefined {
    if (text[at] !== '(') return undefined;
    const from = at;
    let depth = 0;
    for (; at < text.length; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '(') depth += 1;
      else if (text[at] === ')' && --depth === 0) return text.slice(from, ++at);
    }
    problem ??= '"(" is not closed';
    return undefined;
  }

  /** A parameter at the current place, if there is one. */
  function parameter(): Piece | undefined {
    const name = text[at] === ':' ? /^\w+/.exec(text.slice(at + 1))?.[0] : undefined;
    if (text[at] === ':' && name === undefined) problem ??= '":" has no name behind it';
    if (name !== undefined) at += 1 + name.length;
    const limit = constraint();
    if (name === undefined) return limit === undefined ? undefined : unnamedPiece(limit, String(unnamed++));
    return { kind: constraintSpans(limit) ? 'rest' : 'param', name };
  }

  function modified(prefix: string, param: Piece | undefined, suffix: string): readonly Piece[] {
    const modifier = /^[?*+]/.exec(text.slice(at))?.[0];
    if (modifier !== undefined) at += 1;
    const repeats = modifier === '*' || modifier === '+';
    const whole: Piece[] = [];
    if (prefix !== '') whole.push({ kind: 'text', text: prefix });
    if (param !== undefined)
      whole.push(repeats && param.kind === 'param' ? { kind: 'rest', name: param.name } : param);
    if (suffix !== '') whole.push({ kind: 'text', text: suffix });
    return modifier === '?' || modifier === '*' ? [optional(whole)] : whole;
  }

  function braces(): readonly Piece[] {
    at += 1;
    const before = plain();
    const param = parameter();
    const after = plain();
    if (text[at] !== '}') problem ??= '"{" is not closed';
    at += 1;
    return modified(before, param, after);
  }

  function plain(): string {
    let out = '';
    while (at < text.length && !'{}():*+?'.includes(text[at] ?? ''))
      out += text[at] === '\\' ? (text[(at += 2) - 1] ?? '') : text[at++];
    return out;
  }

  while (problem === undefined && at < text.length) {
    const char = text[at] ?? '';
    if (char === '{') {
      flush();
      pieces.push(...braces());
    } else if (char === ':' || char === '(') {
      const last = literal.at(-1);
      const prefix = last !== undefined && prefixes.includes(last) ? last : '';
      literal = literal.slice(0, literal.length - prefix.length);
      flush();
      const param = parameter();
      if (param !== undefined) pieces.push(...modified(prefix, param, ''));
    } else if ('*+?})'.includes(char)) {
      problem = `"${char}" has nothing in front of it`;
    } else {
      literal += plain();
    }
  }
  flush();
  return problem === undefined ? { kind: 'pieces', pieces } : { kind: 'invalid', why: problem };
}
