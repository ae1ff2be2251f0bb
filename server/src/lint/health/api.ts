/** An OpenAPI document as rules of contract health look at it: operations with references followed, over all its files. */

import type { DocEntry, DocNode, DocumentFacts } from '../../contract/facts.ts';
import type { Span } from '../../contract/span.ts';
import { entryOf, lookUp, parsePointer, stringOf, textOf } from '../../text/document-node.ts';
import { folderOf, joined } from '../../text/relative-path.ts';
import { createRecall, type Memory, type Read, type Recall } from './memory.ts';
import {
  entriesIn,
  inOneSection,
  inParts,
  type CutPart,
  type CutParts,
  type EntryInSection,
  type Part,
  type Place,
  type Section,
  type Sectioned,
} from './sections.ts';

/** A value below a key. */
export interface Entry {
  readonly key: string;
  /** Of the key. */
  readonly at: Place;
  /** With references followed. */
  readonly value: Part;
}

/** What a document and those that it refers to say. */
export interface Reading {
  /** What a reference leads to, the part itself where it is none; undefined where it leads nowhere. */
  follow(part: Part): Part | undefined;
  /** What stands below a key, with references followed. */
  get(part: Part | undefined, ...keys: readonly string[]): Part | undefined;
  entries(part: Part | undefined): readonly Entry[];
  items(part: Part | undefined): readonly Part[];
  /** An answer that rests on `subject` and on references that are followed for it: it is given again while they stand. */
  readonly once: Recall['once'];
}

export interface Api extends Reading {
  readonly root: Part;
  readonly pathItems: readonly PathItem[];
  /** Of `components/schemas` or `definitions`. */
  readonly schemas: readonly Entry[];
  spanOf(place: Place): Span;
}

/** A path item, which may be a reference: what is found out about it hangs on the entry. */
export interface PathItem {
  readonly path: string;
  readonly entry: DocEntry;
  readonly value: Part;
}

export interface DocumentState {
  /** Absolute, with `/` as separator. */
  readonly path: string;
  readonly facts: DocumentFacts;
  /** The parts of the document, where it is cut into some. */
  readonly parts?: CutParts | undefined;
  /** A file that a document refers to; undefined where there is none. */
  read(path: string): { readonly text: string; readonly facts: DocumentFacts } | undefined;
}

/** What is kept from one state of a document to the next. */
export interface Kept {
  readonly memory: Memory;
  readonly sections: WeakMap<CutPart, Section>;
  /** What references lead to, by the document that they stand in and their text. */
  readonly targets: Map<string, Map<string, FoundTarget>>;
  /** Other documents, by path. */
  others: ReadonlyMap<string, OtherDocument | undefined>;
}

interface OtherDocument {
  readonly text: string;
  readonly document: Sectioned | undefined;
}

interface FoundTarget extends Read {
  readonly part: Part | undefined;
}

export function createKept(): Kept {
  return { memory: new WeakMap(), sections: new WeakMap(), targets: new Map(), others: new Map() };
}

/** References of a document that are kept, those that are half-typed among them. */
const MOST_TARGETS = 50_000;

/** Longer chains of references are circles. */
const longestChain = 30;

/** Undefined for a document that is no OpenAPI. */
export function readApi(input: DocumentState, kept: Kept): Api | undefined {
  const { path, facts, parts } = input;
  const { root: node, file } = facts;
  if (!node || (textOf(lookUp(node, ['openapi'])) ?? textOf(lookUp(node, ['swagger']))) === undefined)
    return undefined;
  const home = parts ? inParts(file, path, node, parts, kept.sections) : inOneSection(file, path, node);
  const others = new Map<string, OtherDocument | undefined>();
  const open = (document: string): Sectioned | undefined => {
    if (document === path) return home;
    if (!others.has(document)) others.set(document, reopened(input, document, kept.others.get(document)));
    return others.get(document)?.document;
  };
  kept.others = others;
  const isCurrent = ({ document, key, section }: Read): boolean => open(document)?.section(key) === section;
  const { note, once } = createRecall(kept.memory, isCurrent);

  for (const [document, { size }] of kept.targets) if (size > MOST_TARGETS) kept.targets.delete(document);
  const targetOf = ({ section }: Part, ref: string): Part | undefined => {
    const known = kept.targets.get(section.document)?.get(ref);
    const target = known && isCurrent(known) ? known : lookedUp(section.document, ref, open);
    if (!target) return undefined;
    if (target !== known) {
      const targets = kept.targets.get(section.document) ?? new Map<string, FoundTarget>();
      kept.targets.set(section.document, targets.set(ref, target));
    }
    note(target);
    return target.part;
  };
  const follow = (part: Part): Part | undefined => {
    let at: Part | undefined = part;
    for (let step = 0; at && step < longestChain; step += 1) {
      const ref = refOf(at.node);
      if (ref === undefined) return at;
      at = targetOf(at, ref);
    }
    return undefined;
  };
  const followed = (all: readonly EntryInSection[]): readonly Entry[] => {
    const found: Entry[] = [];
    for (const { entry, section } of all) {
      const value = follow({ node: entry.value, section });
      if (value) found.push({ key: entry.key, at: keyPlace(section, entry), value });
    }
    return found;
  };
  const reading: Reading = {
    follow,
    get(part, ...keys) {
      let at = part;
      for (const key of keys) {
        const entry = at && entryOf(at.node, key);
        at = at && entry && follow({ ...at, node: entry.value });
      }
      return at;
    },
    entries(part) {
      return part ? followed(entriesIn(part)) : [];
    },
    items(part) {
      if (part?.node.kind !== 'seq') return [];
      return part.node.items.flatMap((item) => follow({ ...part, node: item }) ?? []);
    },
    once,
  };
  const listed = (...keys: readonly string[]): readonly EntryInSection[] | undefined => {
    const value = reading.get(home.root, ...keys);
    const isInPlace = value?.node === lookUp(home.root.node, keys);
    return value && (isInPlace ? home.list(keys) : entriesIn(value));
  };
  let schemas: readonly Entry[] | undefined;
  return {
    ...reading,
    root: home.root,
    pathItems: (listed('paths') ?? []).map(({ entry, section }) => ({
      path: entry.key,
      entry,
      value: { node: entry.value, section },
    })),
    get schemas() {
      return (schemas ??= followed(listed('components', 'schemas') ?? listed('definitions') ?? []));
    },
    spanOf({ section, start, end }) {
      const by = open(section.document)?.shiftOf(section) ?? 0;
      return { file: section.file, start: start + by, end: end + by };
    },
  };
}

/** Undefined for a reference that leads out of all documents. */
function lookedUp(
  from: string,
  ref: string,
  open: (path: string) => Sectioned | undefined,
): FoundTarget | undefined {
  const [name = '', fragment = ''] = ref.split('#', 2);
  if (/^[a-z][a-z0-9+.-]*:/i.test(name)) return undefined;
  const document = name === '' ? from : joined(folderOf(from), decoded(name));
  const pointer = parsePointer(decoded(fragment));
  if (!pointer) return undefined;
  const there = open(document);
  const key = there?.keyOf(pointer) ?? '';
  return {
    id: `${document}\0${key}`,
    document,
    key,
    section: there?.section(key),
    part: there?.find(pointer),
  };
}

/** Another document as it is now, which is the same object as before where it says the same. */
function reopened(
  { read }: DocumentState,
  path: string,
  before: OtherDocument | undefined,
): OtherDocument | undefined {
  const now = read(path);
  if (!now || now.text === before?.text) return now && before;
  const { root, file } = now.facts;
  return { text: now.text, document: root && inOneSection(file, path, root) };
}

export function keyPlace(section: Section, { keyStart, keyEnd }: DocEntry): Place {
  return { section, start: keyStart, end: keyEnd };
}

/** The key at the top of the document that is there first; the document's first character where none is. */
export function topKey({ root }: Pick<Api, 'root'>, ...paths: readonly (readonly string[])[]): Place {
  const { node, section } = root;
  for (const path of paths) {
    const parent = lookUp(node, path.slice(0, -1));
    const entry = parent && entryOf(parent, path.at(-1) ?? '');
    if (entry) return keyPlace(section, entry);
  }
  return { section, start: node.start, end: node.start + 1 };
}

/** Asked of every value: without the detour over `entryOf`. */
function refOf(node: DocNode): string | undefined {
  if (node.kind !== 'map') return undefined;
  for (const { key, value } of node.entries) if (key === '$ref') return stringOf(value);
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
