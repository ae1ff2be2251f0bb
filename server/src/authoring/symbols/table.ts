/** Collects occurrences under ids, and makes symbols of ids that turn out to be one name. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { sourceSpan } from '../../text/scalar-source.ts';
import type { SpecSources } from '../sources.ts';
import type { Occurrence, SpecSymbol, SymbolAt, SymbolIndex, SymbolKind } from './model.ts';

/** A key or value that holds a name. */
export interface Scalar {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
  /** What it means. */
  readonly value: string;
  readonly inFlow: boolean;
}

export interface Part {
  readonly from: number;
  readonly to: number;
  readonly inPointer?: boolean;
}

export interface SymbolTable {
  /** The first one for an id says what the symbol is. */
  declare(id: string, kind: SymbolKind, name: string, scope?: string): void;
  isDeclared(id: string): boolean;
  add(id: string, role: Occurrence['role'], scalar: Scalar, part?: Part): void;
  scope(id: string, scope: string): void;
  /** Both are one name: who renames one renames the other. */
  unite(first: string, second: string): void;
  finish(): SymbolIndex;
}

export function keyScalar(file: FileId, entry: DocEntry, inFlow: boolean): Scalar {
  return { file, start: entry.keyStart, end: entry.keyEnd, value: entry.key, inFlow };
}

/** Undefined for what is no value. Numbers are taken as they are written. */
export function valueScalar(
  sources: SpecSources,
  file: FileId,
  node: DocNode | undefined,
  inFlow: boolean,
): Scalar | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const { start, end } = node;
  const value =
    typeof node.value === 'string'
      ? node.value
      : (sources.text(file)?.slice(start, end) ?? String(node.value));
  return { file, start, end, value, inFlow };
}

/** Names by where they are written: the same key is the same name, on whatever way one comes to it. */
export function keyId(file: FileId, keyStart: number): string {
  return `key ${file} ${keyStart}`;
}

interface Entry {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly scopes: Set<string>;
}

export function createSymbolTable(sources: SpecSources): SymbolTable {
  const declared = new Map<string, Entry>();
  const added = new Map<string, Occurrence[]>();
  const parents = new Map<string, string>();
  /** Ids by kind and place: text that stands for two ids is one name. */
  const places = new Map<string, string>();

  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== id) parents.set(id, root);
    return root;
  };
  const unite = (first: string, second: string): void => {
    const [a, b] = [rootOf(first), rootOf(second)];
    // What is declared stays the one to ask.
    if (a !== b) parents.set(declared.has(a) ? b : a, declared.has(a) ? a : b);
  };

  return {
    declare(id, kind, name, scope) {
      const known = declared.get(id);
      if (!known) declared.set(id, { kind, name, scopes: new Set(scope === undefined ? [] : [scope]) });
      else if (scope !== undefined) known.scopes.add(scope);
    },
    isDeclared: (id) => declared.has(id),
    scope(id, scope) {
      declared.get(id)?.scopes.add(scope);
    },
    add(id, role, scalar, part = { from: 0, to: scalar.value.length }) {
      const { file, start, inFlow } = scalar;
      const place = `${declared.get(id)?.kind ?? ''} ${file} ${start} ${part.from}`;
      const there = places.get(place);
      if (there !== undefined) unite(there, id);
      else places.set(place, id);
      const source = sources.text(file)?.slice(start, scalar.end) ?? '';
      const written = sourceSpan(source, scalar.value, part.from, part.to);
      const occurrence: Occurrence = {
        at: {
          file,
          start: written ? start + written.start : start,
          end: written ? start + written.end : scalar.end,
        },
        role,
        scalar: { file, start, end: scalar.end },
        inFlow,
        from: part.from,
        to: part.to,
        inPointer: part.inPointer === true,
        isWritten: written !== undefined,
      };
      const list = added.get(id);
      if (list) list.push(occurrence);
      else added.set(id, [occurrence]);
    },
    unite,
    finish() {
      const groups = new Map<string, string[]>();
      for (const id of declared.keys()) {
        const root = rootOf(id);
        const group = groups.get(root);
        if (group) group.push(id);
        else groups.set(root, [id]);
      }
      const symbols: SpecSymbol[] = [];
      for (const ids of groups.values()) {
        const [first] = ids;
        const entry = first === undefined ? undefined : declared.get(first);
        if (first === undefined || !entry) continue;
        const scopes = new Set(ids.flatMap((id) => [...(declared.get(id)?.scopes ?? [])]));
        const occurrences = distinct(ids.flatMap((id) => added.get(id) ?? []));
        if (occurrences.length > 0)
          symbols.push({ id: first, kind: entry.kind, name: entry.name, occurrences, scopes: [...scopes] });
      }
      return createIndex(symbols);
    },
  };
}

/** A definition that is found as a use too is a definition. */
function distinct(all: readonly Occurrence[]): readonly Occurrence[] {
  const sorted = [...all].sort(
    (a, b) =>
      (a.role === b.role ? 0 : a.role === 'definition' ? -1 : 1) ||
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start),
  );
  const seen = new Set<string>();
  return sorted.filter(({ at, from }) => {
    const key = `${at.file} ${at.start} ${from}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function createIndex(symbols: readonly SpecSymbol[]): SymbolIndex {
  const byFile = new Map<FileId, SymbolAt[]>();
  const byDefinition = new Map<string, SpecSymbol>();
  const byScope = new Map<string, SpecSymbol[]>();
  for (const symbol of symbols) {
    for (const scope of symbol.scopes) {
      const list = byScope.get(scope);
      if (list) list.push(symbol);
      else byScope.set(scope, [symbol]);
    }
    for (const occurrence of symbol.occurrences) {
      const { file, start } = occurrence.scalar;
      const list = byFile.get(file);
      if (list) list.push({ symbol, occurrence });
      else byFile.set(file, [{ symbol, occurrence }]);
      if (occurrence.role === 'definition') byDefinition.set(`${file} ${start} ${symbol.kind}`, symbol);
    }
  }
  return {
    symbols,
    at: (file, offset) =>
      (byFile.get(file) ?? [])
        .filter(({ occurrence: { at } }) => at.start <= offset && offset <= at.end)
        .sort((a, b) => lengthOf(a) - lengthOf(b)),
    definedAt: (file, start) =>
      byDefinition.get(`${file} ${start} component`) ??
      byDefinition.get(`${file} ${start} securityScheme`) ??
      byDefinition.get(`${file} ${start} property`),
    inScope: (scope) => byScope.get(scope) ?? [],
  };
}

function lengthOf({ occurrence: { at } }: SymbolAt): number {
  return at.end - at.start;
}
