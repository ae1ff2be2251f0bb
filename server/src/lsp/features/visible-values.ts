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
    for (const inner of parts(at.node, span)) {
      const { token } = inner;
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

interface Inner {
  readonly token: string;
  readonly node: DocNode;
  readonly entry?: DocEntry;
}

/** Entries and items that are written in place, as far as they touch the span. */
function* parts(node: DocNode, { start, end }: Span): Iterable<Inner> {
  const touches = (from: number, to: number): boolean => from <= end && start <= to;
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const { keyStart, keyEnd, value, key } = entry;
      const isInPlace = keyStart >= node.start && value.start >= keyEnd && value.end <= node.end;
      if (isInPlace && touches(keyStart, value.end)) yield { token: key, node: value, entry };
    }
  } else if (node.kind === 'seq') {
    for (const [position, item] of node.items.entries())
      if (item.start >= node.start && item.end <= node.end && touches(item.start, item.end))
        yield { token: String(position), node: item };
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
