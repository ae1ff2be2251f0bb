/**
 * Everything that features look up, ordered for looking up. Make one for each `Ready` and keep it as long: making it
 * takes milliseconds, asking it takes none.
 *
 * Features are pure functions `(index, place) → plain data in Spans`; `to-lsp.ts` alone knows lines and URIs.
 */

import type { Finding } from '../../contract/finding.ts';
import type { Shapes } from '../../contract/shape.ts';
import type { FileId } from '../../contract/span.ts';
import { type Located, type Reader, createReader } from '../../specs/openapi/reader.ts';
import type { Ready } from '../ready.ts';
import { dtoFiles } from './dto.ts';
import { entriesOf, type Entry } from '../../engine/entries.ts';
import { grouped, once, placeMap, type PlaceMap } from '../../engine/lookup.ts';
import { byTarget, type Reference } from './spec-references.ts';
import { createSpecTexts, type SpecTexts } from './spec-texts.ts';

export interface FeatureIndex {
  readonly ready: Ready;
  /** In the order of the links: specs first, then what only code has. */
  readonly entries: readonly Entry[];
  /** Operations with a place of theirs in the file: the key of a spec, the registration or the handler in code. */
  entriesIn(file: FileId): readonly Entry[];
  /** The operations whose method key begins at this place. */
  entriesAtKey(file: FileId, start: number): readonly Entry[];
  /** The operations whose path key begins at this place. */
  entriesAtPath(file: FileId, start: number): readonly Entry[];
  readonly specFiles: ReadonlySet<FileId>;
  /** The top of a document of a spec; undefined for any other file. */
  document(file: FileId): Located | undefined;
  /** Follows `$ref`s between documents. */
  readonly reader: Reader;
  /** The findings that mark a place in the file. */
  findingsIn(file: FileId): readonly Finding[];
  /** References by what they lead to, as `file#pointer`; made when first asked for. */
  references(): ReadonlyMap<string, readonly Reference[]>;
  /** What names of the code's types mean, of all servers: names are unique, because they begin with the file. */
  served(): Shapes;
  /** Files that fields of request bodies are declared in. */
  dtoFiles(): ReadonlySet<FileId>;
  readonly texts: SpecTexts;
}

/** `previous` is the index of an earlier `Ready` of the same folder: what was read of texts that still are the same is kept. */
export function createIndex(ready: Ready, previous?: FeatureIndex): FeatureIndex {
  const entries = entriesOf(ready);
  const specFiles = new Set(ready.snapshot.specs.flatMap(({ files }) => files));
  const keys = once(() => placesOf(entries, ({ spec }) => spec?.at));
  const paths = once(() => placesOf(entries, ({ spec }) => spec?.origin.pathAt));
  const byFile = once(() => entriesByFile(entries));
  const findings = once(() => grouped(ready.findings, ({ at }) => at.file));
  const texts = createSpecTexts(ready, previous?.texts);
  const has = (file: FileId): boolean => specFiles.has(file);
  const reader = createReader({ has, get: (file) => texts.document(file) });
  return {
    ready,
    entries,
    entriesIn: (file) => byFile().get(file) ?? [],
    entriesAtKey: (file, start) => keys().at(file, start),
    entriesAtPath: (file, start) => paths().at(file, start),
    specFiles,
    document: (file) => (specFiles.has(file) ? reader.document(file) : undefined),
    reader,
    findingsIn: (file) => findings().get(file) ?? [],
    references: once(() => byTarget([...specFiles].flatMap((file) => texts.references(file)))),
    served: once(
      () => Object.assign({}, ...ready.snapshot.codes.map(({ shapes }) => shapes ?? {})) as Shapes,
    ),
    dtoFiles: once(() => dtoFiles(entries)),
    texts,
  };
}

function placesOf(
  entries: readonly Entry[],
  placeOf: (entry: Entry) => Parameters<PlaceMap<Entry>['add']>[0] | undefined,
): PlaceMap<Entry> {
  const places = placeMap<Entry>();
  for (const entry of entries) {
    const at = placeOf(entry);
    if (at) places.add(at, entry);
  }
  return places;
}

function entriesByFile(entries: readonly Entry[]): ReadonlyMap<FileId, readonly Entry[]> {
  const files = new Map<FileId, Entry[]>();
  for (const entry of entries) {
    const { spec, code } = entry;
    for (const at of [spec?.at, spec?.origin.pathAt, code?.at, code?.origin.handler?.at]) {
      if (!at) continue;
      const list = files.get(at.file);
      if (!list) files.set(at.file, [entry]);
      // Places of one entry come one after the other.
      else if (list.at(-1) !== entry) list.push(entry);
    }
  }
  return files;
}
