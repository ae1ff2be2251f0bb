/** What stands within a part of a document, by the words of its version: it costs what the part has, not the document. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { SpecVersion } from '../../specs/openapi/detect.ts';
import type { Located } from '../../specs/openapi/reader.ts';
import { object, type Kind, type Role, type Value } from '../../specs/openapi/vocabulary/model.ts';
import { formsOf, step } from '../../specs/openapi/vocabulary/vocabulary.ts';
import { specDocument, valueIn, type SpecDocument } from './completion/place.ts';
import type { FeatureIndex } from './feature-index.ts';

/** A value of a document, and what the specification takes it for. */
export interface SeenValue extends Located {
  readonly value: Value;
  /** Undefined for the top of a document and for items of lists. */
  readonly entry?: DocEntry;
  /** What its key means, where that is a name. */
  readonly keyRole?: Role;
}

export interface SeenPart {
  readonly version: SpecVersion;
  /** Outermost first. */
  readonly values: readonly SeenValue[];
}

/** Of files that only references lead to, nothing is known of what stands above the places that they lead to. */
const deepestName = 4;

/** Undefined for a file that is no part of a specification, or that there is no tree of. */
export function seenValues(index: FeatureIndex, span: Span): SeenPart | undefined {
  const { file } = span;
  const top = index.document(file);
  const text = index.ready.textOf(file);
  const document = top && text !== undefined ? specDocument(index, file, text) : undefined;
  if (!top || !document) return undefined;
  const values: SeenValue[] = [];
  const visit = (at: Located, value: Value | undefined, entry?: DocEntry, keyRole?: Role): void => {
    const known = value ?? valueOfFragment(index, file, document, at.pointer);
    if (known) values.push({ ...at, value: known, ...(entry && { entry }), ...(keyRole && { keyRole }) });
    if (known?.is === 'any') return;
    for (const inner of partsInPlace(at.node)) {
      const { token, start } = inner;
      if (start > span.end || inner.node.end < span.start) continue;
      const next = { file, node: inner.node, pointer: [...at.pointer, token] };
      visit(next, known && step(known, token, document.version), inner.entry, roleOfKeys(known));
    }
  };
  visit(top, document.isRoot ? object('document') : undefined);
  return { version: document.version, values };
}

function valueOfFragment(
  index: FeatureIndex,
  file: FileId,
  document: SpecDocument,
  pointer: readonly string[],
): Value | undefined {
  return document.isRoot || pointer.length > deepestName
    ? undefined
    : valueIn(index, file, document, pointer);
}

/** An entry of a mapping, or an item of a list. */
export interface Part {
  readonly token: string;
  readonly node: DocNode;
  /** Where it begins: with its key, if it has one. */
  readonly start: number;
  readonly entry?: DocEntry;
}

/** Entries and items that are written in place: what aliases and merge keys bring stands elsewhere. */
export function* partsInPlace(node: DocNode): Iterable<Part> {
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const { keyStart, keyEnd, value, key } = entry;
      if (keyStart >= node.start && value.start >= keyEnd && value.end <= node.end)
        yield { token: key, node: value, start: keyStart, entry };
    }
  } else if (node.kind === 'seq') {
    for (const [position, item] of node.items.entries())
      if (item.start >= node.start && item.end <= node.end)
        yield { token: String(position), node: item, start: item.start };
  }
}

function roleOfKeys(value: Value | undefined): Role | undefined {
  const map = value && formsOf(value).find((form) => form.is === 'map');
  return map?.is === 'map' ? map.keys : undefined;
}

/** The kind of object that a mapping is. */
export function kindOf({ value, node }: SeenValue): Kind | undefined {
  if (node.kind !== 'map') return undefined;
  const form = formsOf(value).find((each) => each.is === 'object');
  return form?.is === 'object' ? form.kind : undefined;
}

/** What a text means, where it is a name. */
export function roleOf({ value, node }: SeenValue): Role | undefined {
  if (node.kind !== 'scalar') return undefined;
  const form = formsOf(value).find((each) => each.is === 'text');
  return form?.is === 'text' ? form.role : undefined;
}
