/**
 * path-to-regexp 0.1: the path is a regular expression in which `:name`, `*` and `.` mean something else and
 * everything left over (`?`, `+`, `(…)`, `|`, `[…]`) means what it means in a regular expression.
 */

import { anchoredForms } from './regex-path.ts';
import { matchesSlash, regexPieces } from './regex-pieces.ts';
import { readRegex, type RegexNode } from './regex-tree.ts';
import { patternPath, type ParsedPath } from './parsed-path.ts';

/** What the library replaces: an escape, a parameter, a dot or star, a group right behind a slash. */
const special = /\\.|(\/)?(\.)?:(\w+)(\(.*?\))?(\*)?(\?)?|[.*]|\/\(/g;

export function parseExpress4(text: string): ParsedPath {
  const tree = readRegex(symbols(text));
  if (tree.kind === 'unreadable') return patternPath(tree.why);
  // The library puts `^` in front of the whole text and `$` behind it, so that a bare `|` splits the anchors too.
  const last = tree.alternatives.length - 1;
  const read = regexPieces(
    tree.alternatives.map((nodes, index) => [
      ...(index === 0 ? [{ kind: 'start' } as const] : []),
      ...nodes,
      ...(index === last ? [{ kind: 'end' } as const] : []),
    ]),
  );
  return read.kind === 'unreadable' ? patternPath(read.why) : anchoredForms(read.pieces, 'route');
}

function symbols(text: string): readonly (string | RegexNode)[] {
  const out: (string | RegexNode)[] = [];
  let from = 0;
  let wildcards = 0;
  for (const match of text.matchAll(special)) {
    out.push(...text.slice(from, match.index));
    from = match.index + match[0].length;
    const [all, slash, dot, name, constraint, star, optional] = match;
    if (name !== undefined) {
      const inner: RegexNode[] = [];
      if (slash !== undefined) inner.push({ kind: 'char', char: '/' });
      if (dot !== undefined) inner.push({ kind: 'char', char: '.' });
      inner.push({ kind: 'param', name, slash: star !== undefined || constraintSpans(constraint) });
      const group: RegexNode = { kind: 'group', alternatives: [inner] };
      out.push(optional === undefined ? group : { kind: 'repeat', of: group, min: 0, max: 1 });
    } else if (all === '*') {
      out.push({ kind: 'param', name: String(wildcards++), slash: true });
    } else if (all === '.') {
      out.push({ kind: 'char', char: '.' });
    } else if (all === '/(') {
      out.push('/', '(', '?', ':');
    } else {
      out.push(...all);
    }
  }
  out.push(...text.slice(from));
  return out;
}

/** Does what a parameter is limited to let a slash through? In a constraint, a star alone means anything. */
export function constraintSpans(constraint: string | undefined): boolean {
  if (constraint === undefined) return false;
  const tree = readRegex([...constraint.replace(/\\.|\(\*\)/, (part) => (part === '(*)' ? '(.*)' : part))]);
  return tree.kind === 'tree' && tree.alternatives.some((nodes) => nodes.some(matchesSlash));
}
