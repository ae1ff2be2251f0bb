/** Regular expressions as routes: `app.get(/^\/rx\/(\d+)$/, …)`. */

import { sequences, toPath, parsedFrom, type FlatPiece, type Piece } from './forms.ts';
import { maxLength, patternPath, type ParsedPath } from './parsed-path.ts';
import { readRegex } from './regex-tree.ts';
import { regexPieces } from './regex-pieces.ts';

/** A route must match to the end of the path, a mount only from its beginning. */
export type RegexUse = 'route' | 'mount';

/**
 * Reads a regular expression as a path: captures become parameters named as Express gives them out (`0`, `1`, or
 * their name), an expression without `$` goes on with a rest segment. `flags` make no difference to the shape.
 */
export function parseRegexPath(source: string, _flags: string, use: RegexUse = 'route'): ParsedPath {
  if (source.length > maxLength) return patternPath('too long');
  const tree = readRegex([...source]);
  if (tree.kind === 'unreadable') return patternPath(`a regular expression with ${tree.why}`);
  const read = regexPieces(tree.alternatives);
  if (read.kind === 'unreadable') return patternPath(`a regular expression with ${read.why}`);
  return anchoredForms(read.pieces, use);
}

/** The forms of pieces that may hold anchors. */
export function anchoredForms(pieces: readonly Piece[], use: RegexUse): ParsedPath {
  const all = sequences(pieces);
  if (all === undefined) return patternPath('a regular expression with too many alternatives');
  const forms: (readonly FlatPiece[])[] = [];
  for (const sequence of all) {
    const form = anchored(sequence, use);
    if (form === 'anywhere')
      return patternPath('a regular expression that may match in the middle of a path');
    if (form !== 'never') forms.push(form);
  }
  const bare = forms.length > 0 && forms.every(isBare);
  return parsedFrom(forms.map(toPath), bare ? { bare } : {});
}

/** Can never match: a path begins with a slash and this begins with something else. */
export function isBare(form: readonly FlatPiece[]): boolean {
  const [first] = form;
  if (first === undefined || first.kind === 'rest') return false;
  return first.kind !== 'text' || !first.text.startsWith('/');
}

function anchored(
  sequence: readonly FlatPiece[],
  use: RegexUse,
): readonly FlatPiece[] | 'never' | 'anywhere' {
  const isAnchor = (piece: FlatPiece): boolean => piece.kind === 'start' || piece.kind === 'end';
  const body = sequence.filter((piece) => !isAnchor(piece));
  const starts = sequence.findLastIndex((piece) => piece.kind === 'start');
  const ends = sequence.findIndex((piece) => piece.kind === 'end');
  if (sequence.slice(0, starts + 1).some((piece) => !isAnchor(piece))) return 'never';
  if (ends >= 0 && sequence.slice(ends).some((piece) => !isAnchor(piece))) return 'never';
  const form: FlatPiece[] = [...body];
  // Express takes off what a mount matched, and does so from the beginning of the address only.
  if (starts < 0 && use === 'mount') return isBare(form) ? 'never' : form;
  if (starts < 0 && form[0]?.kind !== 'rest') {
    if (isBare(form)) return 'anywhere';
    form.unshift({ kind: 'rest', name: '_' });
  }
  if (ends < 0 && use === 'route' && form.at(-1)?.kind !== 'rest') form.push({ kind: 'rest', name: '_' });
  return form;
}
