/** What is read of the texts of specifications, when the first question comes, and kept for as long as they are the same. */

import type { DocumentFacts } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { openForEditing, type Editable } from '../../text/edit-document.ts';
import { readDocument } from '../../text/document.ts';
import type { Ready } from '../ready.ts';
import { type Reference, referencesIn, type TextReferences } from './spec-references.ts';

/** Characters that are read in less time than an editor's loop may be held for. JSON is read twenty times as fast. */
const quickYaml = 200_000;
const quickJson = 4_000_000;

function isQuick(text: string): boolean {
  return text.length <= (/^\uFEFF?\s*[{[]/.test(text) ? quickJson : quickYaml);
}

/** A file of code: specifications may stand in its comments. */
export function isSource(file: FileId): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

export interface SpecTexts {
  /** Undefined for a file that cannot be read, or that nobody gave a tree of and that is too long to be read here. */
  document(file: FileId): DocumentFacts | undefined;
  references(file: FileId): readonly Reference[];
  /** The text for edits of it; undefined where there is no tree of it. */
  editable(file: FileId): Editable | undefined;
  /** For the next one: what was read of which text. */
  readonly read: ReadonlyMap<FileId, ReadText>;
}

interface ReadText {
  readonly text: string;
  document?: DocumentFacts;
  /** Of this text once somebody asked for them, until then of an earlier one. */
  references?: TextReferences;
  editable?: Editable;
}

export function createSpecTexts(ready: Ready, previous?: SpecTexts): SpecTexts {
  const read = new Map(previous?.read);
  const checked = new Set<FileId>();
  const current = (file: FileId): ReadText | undefined => {
    if (checked.has(file)) return read.get(file);
    checked.add(file);
    const text = ready.textOf(file);
    const known = read.get(file);
    if (text === undefined) read.delete(file);
    else if (known?.text !== text)
      read.set(file, { text, ...(known?.references && { references: known.references }) });
    return read.get(file);
  };
  const document = (file: FileId): DocumentFacts | undefined => {
    const given = ready.documentOf?.(file);
    if (given) return given;
    // What stands in comments of code is a part of a document that no file is.
    if (isSource(file)) return undefined;
    const known = current(file);
    if (known && isQuick(known.text)) known.document ??= readDocument(file, known.text);
    return known?.document;
  };
  return {
    read,
    document,
    references(file) {
      const known = isSource(file) ? undefined : current(file);
      if (!known) return [];
      if (known.references?.text !== known.text)
        known.references = referencesIn(file, known.text, known.references);
      return known.references.all;
    },
    editable(file) {
      const known = current(file);
      const language = document(file)?.language;
      if (known && language) known.editable ??= openForEditing(known.text, language);
      return known?.editable;
    },
  };
}
