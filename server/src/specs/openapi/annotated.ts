/**
 * Specifications that are gathered from comments: one document, woven from a definition and the YAML of many comments
 * as swagger-jsdoc does it, and read like any other.
 */

import type { Gathering, WrittenNode } from '../../contract/annotated.ts';
import type { AnnotationFacts, DocEntry, DocNode, DocumentFacts, FactsView } from '../../contract/facts.ts';
import type { Problem } from '../../contract/finding.ts';
import { collection, type UnknownReason } from '../../contract/knowledge.ts';
import type { SpecContract } from '../../contract/operation.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { moved } from '../../text/annotations.ts';
import { type DocMap, entryOf, valueOf } from '../../text/document-node.ts';
import { assembleSpec } from './assemble.ts';

export interface Annotated {
  /** Undefined where nothing is said of any operation. */
  readonly contract?: SpecContract;
  readonly problems: readonly Problem[];
}

/** The contract of what a program gathers from these files. `missing` says why there may be more of them. */
export function assembleAnnotated(
  gathering: Gathering,
  sources: readonly AnnotationFacts[],
  missing: readonly UnknownReason[],
  view: FactsView<DocumentFacts>,
): Annotated {
  const gaps = [...missing, ...pathGaps(gathering.definition)];
  const root = gathering.at.file;
  const loom = createLoom();
  const definition = loom.written(gathering.definition);
  const top = weave(
    definition,
    sources.map((facts) => ({ facts, place: loom.placeIn(facts.file) })),
  );
  const document: DocumentFacts = { kind: 'document', file: root, language: 'yaml', root: top, problems: [] };
  const { contract, problems } = assembleSpec(root, {
    has: (file) => file === root || view.has(file),
    get: (file) => (file === root ? document : view.get(file)),
  });
  if (contract.operations.items.length === 0 && (contract.opaque ?? []).length === 0)
    return { problems: sources.flatMap((facts) => facts.problems) };
  const isWhole = !loom.lacks() && gaps.length === 0;
  const valid = problems.filter(
    ({ code, at }) =>
      !(at.file === root && loom.unknown.has(at.start)) && (isWhole || code !== 'openapi/dangling-ref'),
  );
  const told = [root, ...sources.flatMap(({ file, blocks }) => (blocks.length > 0 ? [file] : []))];
  const files = new Set([...told, ...loom.defining, ...contract.files]);
  const whole: SpecContract = {
    ...contract,
    operations: collection(contract.operations.items, [...contract.operations.gaps, ...gaps]),
    opaque: [...(contract.opaque ?? []), ...gaps.map((reason) => ({ prefix: [], anywhere: true, reason }))],
    files: [...files],
    ...(isBaseOpen(gathering.definition) && { openBase: true as const }),
  };
  return {
    contract: loom.unwoven(root, whole),
    problems: [...loom.unwoven(root, valid), ...sources.flatMap((facts) => facts.problems)],
  };
}

/** Why the definition itself may have further paths. */
function pathGaps(definition: WrittenNode): readonly UnknownReason[] {
  const paths = definition.kind === 'map' && definition.entries.find(({ key }) => key === 'paths')?.value;
  const isOpen = paths ? paths.kind === 'map' && paths.open : definition.kind === 'map' && definition.open;
  return isOpen ? [{ why: 'dynamic', what: 'further paths of a specification', at: definition.at }] : [];
}

/** May the definition name servers that the source does not tell? */
function isBaseOpen(definition: WrittenNode): boolean {
  if (definition.kind !== 'map') return true;
  const based = definition.entries.filter(({ key }) => key === 'servers' || key === 'basePath');
  return based.length === 0 ? definition.open : based.some(({ value }) => isOpen(value));
}

function isOpen(node: WrittenNode): boolean {
  switch (node.kind) {
    case 'unknown':
      return true;
    case 'scalar':
      return typeof node.value === 'string' && /^\{unknown\}/.test(node.value);
    case 'seq':
      return node.open || node.items.some(isOpen);
    case 'map':
      return (
        node.open || node.entries.some(({ key, value }) => /^(?:url|variables)$/.test(key) && isOpen(value))
      );
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Keys of a document below which nothing is that a reference leads to. */
const harmless: ReadonlySet<string> = new Set([
  'info',
  'servers',
  'tags',
  'externalDocs',
  'host',
  'basePath',
  'schemes',
  'openapi',
  'swagger',
]);

/** A value of a program has one place, and so has its key. */
function entryFor(key: string, value: DocNode): DocEntry {
  return { key, keyStart: value.start, keyEnd: Math.min(value.start + 1, value.end), value };
}

/** Offsets of a woven document: the number of the file, times more than any file is long, and the offset in it. */
const stride = 2 ** 32;

interface Loom {
  /** Files in which parts of the definition stand. */
  readonly defining: ReadonlySet<FileId>;
  placeIn(file: FileId): (range: Range) => Range;
  written(node: WrittenNode): DocNode;
  /** Where something stands that the source does not tell. */
  readonly unknown: ReadonlySet<number>;
  /** May something be in it that references lead to? */
  lacks(): boolean;
  /** The same data with places in files. */
  unwoven<T>(root: FileId, data: T): T;
}

function createLoom(): Loom {
  const files: FileId[] = [];
  const unknown = new Set<number>();
  const defining = new Set<FileId>();
  let lacking = false;
  const placeIn = (file: FileId): ((range: Range) => Range) => {
    if (!files.includes(file)) files.push(file);
    const base = files.indexOf(file) * stride;
    return ({ start, end }) => ({ start: base + start, end: base + end });
  };
  const placeOf = (at: Span): Range => {
    defining.add(at.file);
    return placeIn(at.file)(at);
  };

  function written(node: WrittenNode): DocNode {
    const top = node.kind === 'map' ? node : { entries: [], open: true, at: node.at };
    const at = placeOf(top.at);
    const entries = top.entries.map(({ key, value }) => entryFor(key, inside(value, !harmless.has(key))));
    if (top.open) {
      lacking = true;
      if (!entries.some(({ key }) => key === 'security'))
        entries.push(entryFor('security', nothingKnown(at)));
    }
    return { kind: 'map', entries, ...at };
  }

  function inside(node: WrittenNode, matters: boolean): DocNode {
    const at = placeOf(node.at);
    const isOpen = node.kind === 'unknown' || (node.kind === 'map' && node.open);
    if (isOpen && matters) lacking = true;
    switch (node.kind) {
      case 'scalar':
        return { kind: 'scalar', value: node.value, ...at };
      case 'seq':
        return { kind: 'seq', items: node.items.map((item) => inside(item, matters)), ...at };
      case 'unknown':
        return nothingKnown(at);
      case 'map':
        return {
          kind: 'map',
          entries: node.entries.map(({ key, value }) => entryFor(key, inside(value, matters))),
          ...at,
        };
    }
  }

  /** A reference that nobody can follow is what it comes to. */
  function nothingKnown(at: Range): DocNode {
    unknown.add(at.start);
    const value: DocNode = { kind: 'scalar', value: 'unknown:part', ...at };
    return { kind: 'map', entries: [{ key: '$ref', keyStart: at.start, keyEnd: at.start, value }], ...at };
  }

  function spanOf(root: FileId, { start, end }: Range): Span {
    const from = Math.floor(start / stride);
    const to = Math.floor(end / stride);
    const first = start % stride;
    return { file: files[from] ?? root, start: first, end: from === to ? end % stride : first };
  }

  function unwoven(root: FileId, node: unknown): unknown {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map((item: unknown) => unwoven(root, item));
    if ('file' in node && 'start' in node && 'end' in node) {
      const span = node as Span;
      return span.file === root ? { ...span, ...spanOf(root, span) } : span;
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, unwoven(root, value)]));
  }

  return {
    defining,
    placeIn,
    written,
    unknown,
    lacks: () => lacking,
    unwoven: <T>(root: FileId, data: T) => unwoven(root, data) as T,
  };
}

/** Keys of a comment that are parts of the document. Any other is a path: the older way leaves out `paths`. */
const parts: ReadonlySet<string> = new Set([
  'paths',
  'components',
  'definitions',
  'securityDefinitions',
  'responses',
  'parameters',
  'schemas',
]);

interface Source {
  readonly facts: AnnotationFacts;
  readonly place: (range: Range) => Range;
}

/** Puts the comments into the definition, in their order; what is said twice of one thing is put together. */
function weave(definition: DocNode, sources: readonly Source[]): DocMap {
  let top: DocMap =
    definition.kind === 'map'
      ? definition
      : { kind: 'map', entries: [], start: definition.start, end: definition.end };
  const say = (key: string, said: DocEntry): void => {
    top = merged(top, { kind: 'map', entries: [{ ...said, key }], start: top.start, end: top.end });
  };
  for (const { facts, place } of sources) {
    const done = new Map<DocNode, DocNode>();
    for (const block of facts.blocks) {
      const root = moved(block, place, done);
      if (root.kind !== 'map') continue;
      for (const entry of root.entries) {
        if (parts.has(entry.key)) say(entry.key, entry);
        else if (entry.key === 'tags') say('tags', { ...entry, value: asList(entry.value) });
        else if (entry.key.startsWith('/'))
          say('paths', {
            ...entry,
            value: { kind: 'map', entries: [entry], start: entry.keyStart, end: entry.value.end },
          });
      }
    }
  }
  return withVersion(top);
}

function asList(node: DocNode): DocNode {
  return node.kind === 'seq' ? node : { kind: 'seq', items: [node], start: node.start, end: node.end };
}

/** Mappings become one, lists are joined, and of anything else the later counts. */
function merged(first: DocMap, second: DocMap): DocMap {
  const entries = [...first.entries];
  for (const entry of second.entries) {
    const at = entries.findLastIndex(({ key }) => key === entry.key);
    const before = entries[at];
    if (before) entries[at] = { ...before, value: mergedValue(before, entry) };
    else entries.push(entry);
  }
  return { ...first, entries };
}

function mergedValue({ value: first }: DocEntry, { value: second }: DocEntry): DocNode {
  if (first.kind === 'map' && second.kind === 'map') return merged(first, second);
  if (first.kind === 'seq' && second.kind === 'seq')
    return { ...first, items: [...first.items, ...second.items] };
  return second;
}

/** A definition without a version, or one that is not known: what is written as only OpenAPI 2.0 has it is that. */
function withVersion(top: DocMap): DocMap {
  if (entryOf(top, 'openapi') || entryOf(top, 'swagger')) return top;
  const is2 =
    ['definitions', 'securityDefinitions', 'basePath'].some((key) => entryOf(top, key)) ||
    operationsIn(top).some((operation) => isOlder(operation));
  const at = { start: top.start, end: top.start };
  const [key, value] = is2 ? ['swagger', '2.0'] : ['openapi', '3.0.0'];
  const entry = {
    key,
    keyStart: top.start,
    keyEnd: top.start,
    value: { kind: 'scalar' as const, value, ...at },
  };
  return { ...top, entries: [entry, ...top.entries] };
}

function operationsIn(top: DocMap): readonly DocNode[] {
  const paths = valueOf(top, 'paths');
  const items = paths?.kind === 'map' ? paths.entries.map(({ value }) => value) : [];
  return items.flatMap((item) => (item.kind === 'map' ? item.entries.map(({ value }) => value) : []));
}

function isOlder(operation: DocNode): boolean {
  const parameters = valueOf(operation, 'parameters');
  const listed = parameters?.kind === 'seq' ? parameters.items : [];
  const isBody = (node: DocNode): boolean => {
    const place = valueOf(node, 'in');
    return place?.kind === 'scalar' && (place.value === 'body' || place.value === 'formData');
  };
  return ['produces', 'consumes'].some((key) => entryOf(operation, key)) || listed.some(isBody);
}
