/** Symbols: the outline of a specification or of the routes in a file, and every operation by its name. */

import type { FileId, Span } from '../../contract/span.ts';
import { type Located, type LocatedEntry, child, children, spanOf } from '../../specs/openapi/reader.ts';
import { stringOf, textOf, valueOf } from '../../text/document-node.ts';
import type { Entry } from '../../engine/entries.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { isDeprecated } from './operation-text.ts';

export type SymbolKind = 'group' | 'path' | 'operation' | 'schema' | 'component';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly deprecated: boolean;
  /** What is selected, inside of `whole`. */
  readonly at: Span;
  readonly whole: Span;
  readonly children: readonly OutlineSymbol[];
}

export function documentSymbols(index: FeatureIndex, file: FileId): readonly OutlineSymbol[] {
  const top = index.document(file);
  return top ? specSymbols(index, top) : routeSymbols(index, file);
}

/** Paths and components of a root document; operations or named parts of any other. */
function specSymbols(index: FeatureIndex, top: Located): readonly OutlineSymbol[] {
  const entries = children(top);
  const isRoot = index.ready.snapshot.specs.some(({ file }) => file === top.file);
  if (!isRoot) return entries.flatMap((entry) => partSymbol(index, entry));
  return entries.flatMap((entry): readonly OutlineSymbol[] => {
    switch (entry.key) {
      case 'paths':
      case 'webhooks':
        return children(entry).map((path) => pathSymbol(index, path));
      case 'components':
        return children(entry).flatMap((group) => groupSymbol(group));
      case 'definitions':
      case 'parameters':
      case 'responses':
      case 'securityDefinitions':
        return groupSymbol(entry);
      default:
        return [];
    }
  });
}

function symbol(
  entry: LocatedEntry,
  name: string,
  detail: string,
  kind: SymbolKind,
  inside: readonly OutlineSymbol[] = [],
): OutlineSymbol {
  const { start, end } = spanOf(entry);
  const at = entry.keyAt;
  const whole = { file: entry.file, start: Math.min(at.start, start), end: Math.max(at.end, end) };
  const deprecated = valueOf(entry.node, 'deprecated');
  const isMarked = deprecated?.kind === 'scalar' && deprecated.value === true;
  return { name, detail, kind, deprecated: isMarked, at, whole, children: inside };
}

const methods = /^(?:get|put|post|delete|options|head|patch|trace|query)$/i;

function pathSymbol(index: FeatureIndex, path: LocatedEntry): OutlineSymbol {
  return symbol(
    path,
    path.key,
    stringOf(valueOf(path.node, '$ref')) ?? '',
    'path',
    operationSymbols(index, path),
  );
}

function operationSymbols(index: FeatureIndex, item: Located): readonly OutlineSymbol[] {
  return children(item)
    .filter(({ key }) => methods.test(key))
    .map((entry) => {
      const [known] = index.entriesAtKey(entry.file, entry.keyAt.start);
      const name = known ? `${known.method} ${known.path}` : entry.key.toUpperCase();
      return symbol(
        entry,
        name,
        textOf(valueOf(entry.node, 'summary')) ?? textOf(valueOf(entry.node, 'operationId')) ?? '',
        'operation',
      );
    });
}

function groupSymbol(group: LocatedEntry): readonly OutlineSymbol[] {
  const kind = group.key === 'schemas' || group.key === 'definitions' ? 'schema' : 'component';
  const inside = children(group).map((each) => symbol(each, each.key, typeDetail(each), kind));
  return inside.length === 0 ? [] : [symbol(group, group.key, '', 'group', inside)];
}

function typeDetail({ node }: Located): string {
  return textOf(valueOf(node, 'type')) ?? stringOf(valueOf(node, '$ref')) ?? '';
}

/** The top level of a document that others refer to: a path item, a set of paths, or a set of components. */
function partSymbol(index: FeatureIndex, entry: LocatedEntry): readonly OutlineSymbol[] {
  const [known] = index.entriesAtKey(entry.file, entry.keyAt.start);
  if (known)
    return [symbol(entry, `${known.method} ${known.path}`, known.spec?.origin.summary ?? '', 'operation')];
  if (entry.node.kind !== 'map') return [];
  const inside = operationSymbols(index, entry);
  if (inside.length > 0) return [symbol(entry, entry.key, '', 'path', inside)];
  return [
    symbol(
      entry,
      entry.key,
      typeDetail(entry),
      child(entry, 'type') || child(entry, 'allOf') ? 'schema' : 'component',
    ),
  ];
}

/** The routes of a file by their router or controller. */
function routeSymbols(index: FeatureIndex, file: FileId): readonly OutlineSymbol[] {
  const groups = new Map<string, { title: string; at: Span; routes: OutlineSymbol[] }>();
  for (const { code, method, path } of unique(index.entriesIn(file))) {
    if (code?.at.file !== file) continue;
    const { group } = code.origin;
    const known = groups.get(group.id) ?? { title: group.title, at: group.at, routes: [] };
    groups.set(group.id, known);
    known.routes.push({
      name: `${method} ${path}`,
      detail: handlerLabel(index, code),
      kind: 'operation',
      deprecated: code.deprecated.known && code.deprecated.value,
      at: code.at,
      whole: code.at,
      children: [],
    });
  }
  return [...groups.values()].flatMap(({ title, at, routes }) => {
    const sorted = [...routes].sort((a, b) => a.at.start - b.at.start);
    const start = Math.min(...sorted.map((route) => route.at.start));
    const end = Math.max(...sorted.map((route) => route.at.end));
    const whole = {
      file,
      start: at.file === file ? Math.min(at.start, start) : start,
      end: at.file === file ? Math.max(at.end, end) : end,
    };
    const own = at.file === file ? at : { file, start, end: start };
    return [
      {
        name: title,
        detail: '',
        kind: 'group' as const,
        deprecated: false,
        at: own,
        whole,
        children: sorted,
      },
    ];
  });
}

/** A route that several specs have is one route. */
function unique(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.method} ${entry.path} ${entry.code ? entry.code.at.start : ''}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

export interface WorkspaceSymbol {
  /** `GET /users/{id}`. */
  readonly name: string;
  /** Where it is: the title of the spec, or the handler. */
  readonly container: string;
  readonly deprecated: boolean;
  readonly at: Span;
}

/** Nobody scrolls further; the editor asks again with every letter. */
const maxSymbols = 400;

/** Operations whose name has the letters of the query in their order, once for each side. */
export function workspaceSymbols(index: FeatureIndex, query: string): readonly WorkspaceSymbol[] {
  const letters = query.toLowerCase().replace(/\s+/g, '');
  const found = new Map<string, WorkspaceSymbol>();
  for (const entry of index.entries) {
    const name = `${entry.method} ${entry.path}`;
    if (!hasInOrder(`${name} ${entry.spec?.origin.operationId ?? ''}`.toLowerCase(), letters)) continue;
    for (const symbol of sidesOf(index, entry, name))
      found.set(`${name} ${symbol.at.file}:${symbol.at.start}`, symbol);
    if (found.size >= maxSymbols) break;
  }
  return [...found.values()];
}

function sidesOf(index: FeatureIndex, entry: Entry, name: string): readonly WorkspaceSymbol[] {
  const { spec, code } = entry;
  const deprecated = isDeprecated(entry);
  return [
    ...(code
      ? [{ name, container: handlerLabel(index, code), deprecated, at: handlerTarget(index, code).at }]
      : []),
    ...(spec ? [{ name, container: spec.origin.operationId ?? spec.at.file, deprecated, at: spec.at }] : []),
  ];
}

function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
