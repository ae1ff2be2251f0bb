/**
 * What editors show of specifications at this moment. Other features answer from the last results of the analysis;
 * whoever edits texts must not edit those of a moment ago.
 */

import type { Position, Range } from 'vscode-languageserver';
import type { DocumentFacts } from '../contract/facts.ts';
import type { FileId, Span } from '../contract/span.ts';
import type { SpecSources } from '../authoring/sources.ts';
import { buildSymbols, type SpecSymbols } from '../authoring/symbols/build.ts';
import type { Walks } from '../authoring/symbols/collect.ts';
import { readDocument } from '../text/document.ts';
import { createLineIndex, type LineIndex } from '../text/line-index.ts';
import type { FeatureIndex } from './features/feature-index.ts';
import type { Folder } from './folder.ts';

/** The documents of a folder as they are now. Good until the folder is told of something. */
export interface CurrentSpecs {
  readonly sources: SpecSources;
  symbols(): SpecSymbols;
  /** Are the names known already? Nobody waits for them who only moves the cursor. */
  readonly isQuick: boolean;
  offset(file: FileId, position: Position): number;
  range(span: Span): Range;
}

interface ReadNow {
  readonly text: string;
  readonly document: DocumentFacts;
}

/** Characters of all documents, beyond which finding all names takes longer than a moved cursor should. */
const quickLength = 150_000;

export class Authoring {
  readonly #current = new WeakMap<Folder, { revision: number; index: FeatureIndex; specs: CurrentSpecs }>();
  readonly #read = new WeakMap<Folder, Map<FileId, ReadNow>>();
  readonly #walks: Walks = new WeakMap();

  /** Undefined before the first results. */
  specs(folder: Folder): CurrentSpecs | undefined {
    const { index, revision } = folder;
    if (!index) return undefined;
    const known = this.#current.get(folder);
    if (known?.revision === revision && known.index === index) return known.specs;
    const read = this.#read.get(folder) ?? new Map<FileId, ReadNow>();
    this.#read.set(folder, read);
    const specs = currentSpecs(folder, index, read, this.#walks);
    this.#current.set(folder, { revision, index, specs });
    return specs;
  }
}

function currentSpecs(
  folder: Folder,
  { ready }: FeatureIndex,
  read: Map<FileId, ReadNow>,
  walks: Walks,
): CurrentSpecs {
  const texts = new Map<FileId, string | undefined>();
  const lines = new Map<FileId, LineIndex>();
  const text = (file: FileId): string | undefined => {
    if (!texts.has(file)) texts.set(file, folder.textNow(file));
    return texts.get(file);
  };
  const document = (file: FileId): DocumentFacts | undefined => {
    const now = text(file);
    if (now === undefined) return undefined;
    const given = ready.textOf(file) === now ? ready.documentOf?.(file) : undefined;
    if (given) return given;
    const known = read.get(file);
    if (known?.text === now) return known.document;
    const made = readDocument(file, now);
    read.set(file, { text: now, document: made });
    return made;
  };
  const lineIndex = (file: FileId): LineIndex => {
    const known = lines.get(file);
    if (known) return known;
    const made = createLineIndex(text(file) ?? '');
    lines.set(file, made);
    return made;
  };
  const sources: SpecSources = { roots: ready.snapshot.specs.map(({ file }) => file), document, text };
  let symbols: SpecSymbols | undefined;
  return {
    sources,
    symbols: () => (symbols ??= buildSymbols(sources, walks)),
    get isQuick() {
      if (symbols) return true;
      let length = 0;
      for (const { files } of ready.snapshot.specs)
        for (const file of files) length += text(file)?.length ?? 0;
      return length <= quickLength;
    },
    offset: (file, { line, character }) => lineIndex(file).offset(line, character),
    range({ file, start, end }) {
      const position = (offset: number): Position => {
        const { line, column } = lineIndex(file).position(offset);
        return { line, character: column };
      };
      return { start: position(start), end: position(end) };
    },
  };
}
