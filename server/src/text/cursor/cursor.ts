/**
 * Where in a YAML or JSON document somebody types, found by a look at its text. A document that is half typed has no
 * tree that could be trusted, and a long one takes too long to be read at each key that is struck.
 */

import type { DocNode, DocumentFacts } from '../../contract/facts.ts';
import { fileId } from '../../contract/span.ts';
import { readDocument } from '../document.ts';
import { blockCursors } from './block.ts';
import { flowCursor, endOfFlow } from './flow.ts';

/** A collection around the cursor. */
export interface Level {
  /** Where it begins: its first line, the text behind the dash of an item, or its bracket. */
  readonly start: number;
  /** The column of its keys or dashes; undefined for one in brackets. */
  readonly column: number | undefined;
}

export interface Cursor {
  readonly language: DocumentFacts['language'];
  /** How the collection is written: in lines, in brackets among YAML, or as JSON. */
  readonly style: 'block' | 'flow' | 'json';
  /**
   * Tokens of the JSON pointer, outermost first: to the mapping that a key is typed in, or to the value that is typed.
   * Items of lists have their number.
   */
  readonly path: readonly string[];
  readonly part: 'key' | 'value';
  /** The word that is being typed, with its quotes: what is replaced. */
  readonly start: number;
  readonly end: number;
  /** The part of the word in front of the caret, without a quote. */
  readonly typed: string;
  readonly quote: '' | '"' | "'";
  /** The other keys of the mapping; of an item of a list the texts of the others. */
  readonly others: readonly string[];
  /** A key that has its colon already. */
  readonly hasColon: boolean;
  /** What has to stand in front: indentation, a dash, or the space behind a colon. */
  readonly lead: string;
  /** What stands in front of the keys of the collection, on lines of their own. */
  readonly indent: string;
  /** Where a comma is missing in front of what is typed. */
  readonly commaAt?: number;
  /** Is there something behind it that a comma has to part it from? */
  readonly commaAfter: boolean;
  /** `levels[n]` is the collection that `path[n]` is an entry of; a key that is typed is in the last one. */
  readonly levels: readonly Level[];
}

/**
 * What may be typed at an offset. Several where that is open: an empty line may get a key or an item of a list, and a
 * word may become a key or be a value. None inside of comments, block scalars and texts of several lines.
 */
export function cursorsAt(text: string, offset: number): readonly Cursor[] {
  const start = /^\uFEFF?\s*/.exec(text)?.[0].length ?? 0;
  if (text[start] === '{' && offset > start) {
    const cursor = flowCursor(text, { start, path: [], levels: [] }, offset, 'json');
    return cursor ? [cursor] : [];
  }
  return blockCursors(text, offset);
}

/** Is the last token of the path the number of an item? */
export function isItem(text: string, { path, levels, lead }: Cursor): boolean {
  if (/-\s*$/.test(lead)) return true;
  const holder = levels[path.length - 1];
  if (!holder) return false;
  if (holder.column === undefined) return text[holder.start] === '[';
  return /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*-(?:\s|$)/.test(text.slice(holder.start, holder.start + 1_000));
}

/** Characters of a collection that are read at most: looking around must stay quick. */
const longest = 60_000;

/** The collection as it stands in the text, its offsets aside; undefined for one that is too long. */
export function collectionAt(text: string, level: Level): DocNode | undefined {
  const end =
    level.column === undefined ? endOfFlow(text, level.start) : endOfBlock(text, level.start, level.column);
  if (end - level.start > longest) return undefined;
  const pad = level.column === undefined || isLineStart(text, level.start) ? '' : ' '.repeat(level.column);
  return readDocument(fileId('part.yaml'), pad + text.slice(level.start, end)).root;
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

function endOfBlock(text: string, start: number, column: number): number {
  let line = text.indexOf('\n', start) + 1;
  while (line > 0 && line < text.length) {
    let at = line;
    while (text[at] === ' ') at += 1;
    const char = text[at];
    if (char !== '\n' && char !== '\r' && char !== '#' && at - line < column && char !== undefined)
      return line;
    if (line - start > longest) return line;
    line = text.indexOf('\n', line) + 1;
  }
  return text.length;
}
