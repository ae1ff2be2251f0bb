/** The common ground of all path syntaxes: pieces of a path, some of them optional, and how to list their forms. */

import { isRest, shapeKey, type Path, type Segment, type SegmentPart } from '../../contract/path.ts';
import { maxForms, patternPath, type ParsedPath } from './parsed-path.ts';

/** A piece of a path as written. Text may hold slashes. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** Some text without a slash. */
  | { readonly kind: 'param'; readonly name: string }
  /** Any text. */
  | { readonly kind: 'rest'; readonly name: string }
  /** One of several sequences; an optional piece has an empty one. The fuller ones come first. */
  | { readonly kind: 'choice'; readonly of: readonly (readonly Piece[])[] }
  /** Where a regular expression must begin and end. */
  | { readonly kind: 'start' | 'end' };

export type FlatPiece = Exclude<Piece, { kind: 'choice' }>;

/** Sequences looked at before those of the same shape are counted once. */
const maxSequences = 256;

export function optional(pieces: readonly Piece[]): Piece {
  return { kind: 'choice', of: [pieces, []] };
}

/** Every sequence that the choices allow, or undefined for too many. */
export function sequences(pieces: readonly Piece[]): readonly (readonly FlatPiece[])[] | undefined {
  let done: (readonly FlatPiece[])[] = [[]];
  for (const piece of pieces) {
    const tails: (readonly FlatPiece[])[] = [];
    if (piece.kind === 'choice') {
      for (const alternative of piece.of) {
        const inner = sequences(alternative);
        if (inner === undefined) return undefined;
        tails.push(...inner);
      }
    } else {
      tails.push([piece]);
    }
    if (done.length * tails.length > maxSequences) return undefined;
    done = done.flatMap((head) => tails.map((tail) => [...head, ...tail]));
  }
  return done;
}

/** The parsed path whose forms are these sequences; a pattern where they are too many. */
export function parsedFrom(
  forms: readonly Path[],
  flags: { readonly bare?: true; readonly invalid?: string } = {},
): ParsedPath {
  const byShape = new Map<string, Path>();
  for (const form of forms) {
    if (!byShape.has(shapeKey(form))) byShape.set(shapeKey(form), form);
  }
  if (byShape.size > maxForms) return patternPath(`stands for ${byShape.size} different paths`);
  const [path, ...variants] = [...byShape.values()].sort((a, b) => weight(b) - weight(a));
  return path === undefined ? patternPath('matches no path') : { kind: 'path', path, variants, ...flags };
}

/**
 * Cuts pieces into segments. Empty segments vanish: Express and Nest ignore a trailing slash by default, and no
 * spec has doubled ones.
 */
export function toPath(pieces: readonly FlatPiece[]): Path {
  const segments: Segment[] = [];
  let parts: SegmentPart[] = [];
  const cut = (): void => {
    if (parts.length > 0) segments.push({ parts });
    parts = [];
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'text') {
      piece.text.split('/').forEach((text, part) => {
        if (part > 0) cut();
        if (text !== '') append(parts, text);
      });
    } else if (piece.kind === 'param') {
      parts.push({ param: piece.name });
    } else if (piece.kind === 'rest' && parts.length > 0 && goesOn(pieces[index + 1])) {
      // `/ab*cd`: what it is written for is one segment.
      parts.push({ param: piece.name });
    } else if (piece.kind === 'rest') {
      // In `/files*` the wildcard also completes the segment; as the rest may be empty, `/files` stands for that.
      const joined = parts.length > 0;
      cut();
      const last = segments.at(-1);
      if (last === undefined || !isRest(last)) segments.push({ rest: piece.name, ...(joined && { joined }) });
    }
  }
  cut();
  return suffixed(segments, pieces);
}

/** Does this piece go on with the segment that the one in front of it is in? */
function goesOn(next: FlatPiece | undefined): boolean {
  return next?.kind === 'param' || (next?.kind === 'text' && !next.text.startsWith('/'));
}

function append(parts: SegmentPart[], text: string): void {
  const last = parts.at(-1);
  if (last !== undefined && 'text' in last) parts[parts.length - 1] = { text: last.text + text };
  else parts.push({ text });
}

/** In `/*.json` the text completes a segment of the wildcard: `{…}.json` behind any number of segments. */
function suffixed(segments: readonly Segment[], pieces: readonly FlatPiece[]): Path {
  const names = new Set<string>();
  pieces.forEach((piece, index) => {
    if (piece.kind === 'rest' && goesOn(pieces[index + 1])) names.add(piece.name);
  });
  return segments.map((segment, index) => {
    const before = segments[index - 1];
    if (isRest(segment) || before === undefined || !isRest(before) || !names.has(before.rest)) return segment;
    return { parts: [{ param: before.rest }, ...segment.parts] };
  });
}

function weight(path: Path): number {
  return path.reduce((sum, segment) => sum + 1000 + (isRest(segment) ? 1 : segment.parts.length * 2), 0);
}
