/** Places as people read them: files, lines and columns. The texts are read when the first place in them is shown. */

import type { FileId, Span } from '../contract/span.ts';
import type { LineIndex, Position } from '../text/line-index.ts';
import { createLineIndex } from '../text/line-index.ts';

/** Lines and columns count from 1; columns count UTF-16 units. `end` is exclusive. */
export interface Place {
  readonly file: FileId;
  readonly start: Position;
  readonly end: Position;
}

export interface Places {
  of(span: Span): Place;
  /** One line of a file without its end; lines count from 1. */
  line(file: FileId, line: number): string;
}

interface Source {
  readonly index: LineIndex;
  readonly lines: readonly string[];
}

/** `read` gives a file's text, and the empty text for one that cannot be read. */
export function createPlaces(read: (file: FileId) => string): Places {
  const sources = new Map<FileId, Source>();
  const source = (file: FileId): Source => {
    const known = sources.get(file);
    if (known !== undefined) return known;
    const text = read(file);
    const made = { index: createLineIndex(text), lines: text.split(/\r\n|\n|\r/) };
    sources.set(file, made);
    return made;
  };
  return {
    of({ file, start, end }) {
      const { index } = source(file);
      return { file, start: fromOne(index.position(start)), end: fromOne(index.position(end)) };
    },
    line: (file, line) => source(file).lines[line - 1] ?? '',
  };
}

function fromOne({ line, column }: Position): Position {
  return { line: line + 1, column: column + 1 };
}
