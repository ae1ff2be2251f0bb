/**
 * Documents as rules of contract health read them: in sections, which stay the same objects as long as their texts do.
 * A document that an editor has may be cut into many; any other is one section.
 */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { lookUp, valueOf } from '../../text/document-node.ts';

/** A part of a document that is cut: see `lint/incremental/parts.ts`, which has more to say of it. */
export interface CutPart {
  readonly key: string;
  /** With offsets relative to `origin`. */
  readonly entry: DocEntry;
  readonly origin: number;
}

export interface CutParts {
  readonly parts: ReadonlyMap<string, CutPart>;
  /** Where `origin` of each part is in the document. */
  readonly starts: ReadonlyMap<CutPart, number>;
  partsIn(path: readonly string[]): readonly CutPart[] | undefined;
  reach(
    path: readonly string[],
  ): { readonly part: CutPart | undefined; readonly key: string; readonly depth: number } | undefined;
}

export interface Section {
  readonly file: FileId;
  /** Path of its document, absolute, with `/` as separator. */
  readonly document: string;
  /** Names it among the sections of its document. */
  readonly key: string;
}

/** Offsets as the nodes of a section have them. */
export interface Place {
  readonly section: Section;
  readonly start: number;
  readonly end: number;
}

/** A value, and the section that it stands in. */
export interface Part {
  readonly node: DocNode;
  readonly section: Section;
}

export interface EntryInSection {
  readonly entry: DocEntry;
  readonly section: Section;
}

export interface Sectioned {
  /** With places in the document as it is now; its section is another one in every state of a document that is cut. */
  readonly root: Part;
  /** Of the section that a pointer leads to, whether there is one or not. */
  keyOf(pointer: readonly string[]): string;
  section(key: string): Section | undefined;
  find(pointer: readonly string[]): Part | undefined;
  /** What stands in the mapping at a path, each in its section. */
  list(path: readonly string[]): readonly EntryInSection[];
  /** What is to be added to the offsets of a section. */
  shiftOf(section: Section): number;
}

export function inOneSection(file: FileId, document: string, root: DocNode): Sectioned {
  const section: Section = { file, document, key: '' };
  const find = finderIn(root);
  const partOf = (node: DocNode | undefined): Part | undefined => node && { node, section };
  return {
    root: { node: root, section },
    keyOf: () => '',
    section: () => section,
    find: (pointer) => partOf(find(pointer)),
    list: (path) => listed(partOf(find(path))),
    shiftOf: () => 0,
  };
}

/** @param known sections of earlier states of the document */
export function inParts(
  file: FileId,
  document: string,
  root: DocNode,
  index: CutParts,
  known: WeakMap<CutPart, Section>,
): Sectioned {
  const top: Section = { file, document, key: '' };
  const sectionOf = (part: CutPart): Section => {
    const section = known.get(part) ?? { file, document, key: part.key };
    known.set(part, section);
    return section;
  };
  const find = (pointer: readonly string[]): Part | undefined => {
    const reached = index.reach(pointer);
    if (!reached) return above(lookUp(root, pointer));
    const { part, depth } = reached;
    const node = part && lookUp(part.entry.value, pointer.slice(depth));
    return part && node && { node, section: sectionOf(part) };
  };
  const above = (node: DocNode | undefined): Part | undefined => node && { node, section: top };
  return {
    root: { node: root, section: top },
    keyOf: (pointer) => index.reach(pointer)?.key ?? '',
    section(key) {
      const part = index.parts.get(key);
      return key === '' ? top : part && sectionOf(part);
    },
    find,
    list(path) {
      const parts = index.partsIn(path);
      if (parts) return parts.map((part) => ({ entry: part.entry, section: sectionOf(part) }));
      return listed(find(path));
    },
    shiftOf({ key }) {
      const part = index.parts.get(key);
      return part ? (index.starts.get(part) ?? 0) - part.origin : 0;
    },
  };
}

export function entriesIn({ node, section }: Part): readonly EntryInSection[] {
  return node.kind === 'map' ? node.entries.map((entry) => ({ entry, section })) : [];
}

function listed(part: Part | undefined): readonly EntryInSection[] {
  return part ? entriesIn(part) : [];
}

/** Entries from which on a mapping gets an index. */
const LARGE = 24;

/** Like `lookUp`, for many pointers into one document. */
function finderIn(root: DocNode): (pointer: readonly string[]) => DocNode | undefined {
  const indexes = new Map<DocNode, ReadonlyMap<string, DocNode>>();
  const step = (node: DocNode | undefined, token: string): DocNode | undefined => {
    if (node?.kind !== 'map') return lookUp(node, [token]);
    if (node.entries.length < LARGE) return valueOf(node, token);
    const index = indexes.get(node) ?? new Map(node.entries.map(({ key, value }) => [key, value]));
    indexes.set(node, index);
    return index.get(token);
  };
  return (pointer) => pointer.reduce<DocNode | undefined>(step, root);
}
