/** What is read of the texts of specifications, when the first question comes, and kept for as long as they are the same. */

import type { DocumentFacts } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { readDocument } from '../../text/document.ts';
import type { Ready } from '../ready.ts';
import { type Reference, referencesIn } from './spec-references.ts';

export interface SpecTexts {
  /** Undefined for a file that cannot be read. */
  document(file: FileId): DocumentFacts | undefined;
  references(file: FileId): readonly Reference[];
  /** For the next one: what was read of which text. */
  readonly read: ReadonlyMap<FileId, ReadText>;
}

interface ReadText {
  readonly text: string;
  document?: DocumentFacts;
  references?: readonly Reference[];
}

export function createSpecTexts(ready: Ready, previous?: SpecTexts): SpecTexts {
  const read = new Map(previous?.read);
  const checked = new Set<FileId>();
  const current = (file: FileId): ReadText | undefined => {
    if (checked.has(file)) return read.get(file);
    checked.add(file);
    const text = ready.textOf(file);
    if (text === undefined) read.delete(file);
    else if (read.get(file)?.text !== text) read.set(file, { text });
    return read.get(file);
  };
  return {
    read,
    document(file) {
      const given = ready.documentOf?.(file);
      if (given) return given;
      const known = current(file);
      if (known) known.document ??= readDocument(file, known.text);
      return known?.document;
    },
    references(file) {
      const known = current(file);
      if (known) known.references ??= referencesIn(file, known.text);
      return known?.references ?? [];
    },
  };
}
