/** Reads across the files of a spec: follows `$ref`s, and keeps account of what was read, wanted and found wrong. */

import type { DocEntry, DocNode, DocumentFacts, Doubt, FactsView } from '../../contract/facts.ts';
import type { Problem } from '../../contract/finding.ts';
import type { UnknownReason } from '../../contract/knowledge.ts';
import type { FileId, Span } from '../../contract/span.ts';
import {
  type DocMap,
  type EntryTables,
  entryIn,
  entryOf,
  isEmpty,
  stringOf,
} from '../../text/document-node.ts';
import { createAnchorIndex } from './anchors.ts';
import { type Fragment, parseReference } from './reference.ts';

/** A node and where it stands. `pointer` are the tokens of its JSON pointer in `file`. */
export interface Located<N extends DocNode = DocNode> {
  readonly file: FileId;
  readonly node: N;
  readonly pointer: readonly string[];
}

export interface LocatedEntry extends Located {
  readonly key: string;
  readonly keyAt: Span;
}

export type Followed =
  { readonly found: true; readonly at: Located } | { readonly found: false; readonly reason: UnknownReason };

export interface Reader {
  /** The top of a document; undefined where it is missing, unreadable, or not read yet. */
  document(file: FileId): Located | undefined;
  /** Follows `$ref`s until there is none. A node without one is its own end. */
  follow(from: Located): Followed;
  /** Follows one `$ref`, for those who look at what stands beside it. */
  step(from: Located): Followed;
  /** The node as a mapping. Anything else but nothing is reported once, as `what`, and noted as a gap; so is a doubt. */
  map(from: Located, what: string, gaps?: UnknownReason[]): Located<DocMap> | undefined;
  /** The items of a list. Anything else but nothing is reported once, as `what`, and noted as a gap; so is a doubt. */
  list(from: Located | undefined, what: string, gaps?: UnknownReason[]): readonly Located[];
  /** Why a node may lack something, or not stand where it belongs: a fault of syntax beside it. */
  doubt(at: Located): UnknownReason | undefined;
  /** Why a node may belong elsewhere: then its being there proves nothing either. */
  astray(at: Located | undefined): UnknownReason | undefined;
  report(severity: Problem['severity'], code: string, message: string, at: Span): void;
  readonly problems: readonly Problem[];
  wants(): readonly FileId[];
  files(): readonly FileId[];
}

const MAX_STEPS = 64;

export function createReader(view: FactsView<DocumentFacts>): Reader {
  const problems: Problem[] = [];
  const reported = new Set<string>();
  const wanted = new Set<FileId>();
  const read = new Map<FileId, DocumentFacts>();
  const anchors = createAnchorIndex();
  // Each reference is resolved once, however often it is met.
  const steps = new Map<DocNode, Followed | 'under way'>();
  // Thousands of references lead into the same few mappings of components.
  const tables: EntryTables = new Map();

  const report: Reader['report'] = (severity, code, message, at) => {
    const key = placeKey(code, at);
    if (reported.has(key)) return;
    reported.add(key);
    problems.push({ code: `openapi/${code}`, severity, message, at });
  };

  function open(file: FileId): DocumentFacts | undefined {
    const known = read.get(file);
    if (known) return known;
    const facts = view.get(file);
    if (facts) {
      read.set(file, facts);
      problems.push(...facts.problems);
    } else if (view.has(file)) wanted.add(file);
    return facts;
  }

  function document(file: FileId): Located | undefined {
    const facts = open(file);
    return facts?.root && { file, node: facts.root, pointer: [] };
  }

  function step(from: Located): Followed {
    const entry = refOf(from.node);
    if (!entry) return { found: true, at: from };
    const known = steps.get(from.node);
    if (known && known !== 'under way') return known;
    // A pointer may lead through the very reference that it belongs to.
    if (known) return cycle(from, entry);
    steps.set(from.node, 'under way');
    const result = resolve(from, entry);
    steps.set(from.node, result);
    return result;
  }

  function cycle(from: Located, entry: DocEntry): Followed {
    const at = spanOf({ file: from.file, node: entry.value });
    report('error', 'ref-cycle', 'This $ref leads back to itself.', at);
    return { found: false, reason: { why: 'unresolved', symbol: stringOf(entry.value) ?? '', at } };
  }

  function resolve(from: Located, entry: DocEntry): Followed {
    const text = stringOf(entry.value) ?? '';
    const at = spanOf({ file: from.file, node: entry.value });
    const missing: Followed = { found: false, reason: { why: 'unresolved', symbol: text, at } };
    const reference = parseReference(from.file, text);
    if (reference.kind === 'absolute') {
      const known = anchors.byId(reference.uri, [...read.values()]);
      const target = known && within(known, reference.fragment);
      if (target) return { found: true, at: target };
      const host = /^[a-z][a-z\d+.-]*:\/\/([^/?#]+)/i.exec(reference.uri)?.[1];
      const again = reported.has(`remote ${host ?? reference.uri}`);
      reported.add(`remote ${host ?? reference.uri}`);
      const what =
        host === undefined ? `"${reference.uri}"` : `"${reference.uri}", or anything else of ${host},`;
      if (!again)
        report(
          'info',
          'remote-ref',
          `${what} is not read: nothing is fetched. What it describes stays unknown.`,
          at,
        );
      return missing;
    }
    const top = document(reference.file);
    if (!top) {
      if (wanted.has(reference.file)) return { found: false, reason: { why: 'pending' } };
      const known = anchors.byId(text.replace(/#.*$/, ''), [...read.values()]);
      const target = known && within(known, reference.fragment);
      if (target) return { found: true, at: target };
      if (read.has(reference.file))
        report('error', 'dangling-ref', `Nothing in "${reference.file}" could be read.`, at);
      else report('error', 'dangling-ref', `There is no file "${reference.file}".`, at);
      return missing;
    }
    const target = within(top, reference.fragment);
    if (target) return { found: true, at: target };
    // A cycle is reported where it closes, and what was not read may hold what is missing.
    if (wanted.size === 0 && !read.get(reference.file)?.doubts && !reported.has(placeKey('ref-cycle', at))) {
      report('error', 'dangling-ref', `"${text}" leads to nothing in "${reference.file}".`, at);
    }
    return missing;
  }

  function follow(from: Located): Followed {
    let current = from;
    for (let count = 0; count < MAX_STEPS; count++) {
      if (!refOf(current.node)) return { found: true, at: current };
      const next = step(current);
      if (!next.found) return next;
      current = next.at;
    }
    const entry = refOf(from.node);
    return entry ? cycle(from, entry) : { found: true, at: from };
  }

  function within(top: Located, fragment: Fragment): Located | undefined {
    if (fragment.kind === 'anchor') return anchors.byName(top, fragment.name);
    let current = top;
    for (const token of fragment.tokens) {
      let next = child(current, token, tables);
      // The pointer may lead through another reference, as in `#/paths/~1users/get` where `/users` is a `$ref`.
      if (!next && refOf(current.node)) {
        const followed = follow(current);
        next = followed.found ? child(followed.at, token, tables) : undefined;
      }
      if (!next) return undefined;
      current = next;
    }
    return current;
  }

  function doubtsAt({ file, node }: Located): readonly Doubt[] {
    const doubts = read.get(file)?.doubts ?? [];
    return doubts.filter(
      ({ from, start, end }) => node.start >= from && node.start < end && node.end >= start,
    );
  }

  function invalid(from: Located, what: string, kind: string, gaps: UnknownReason[] | undefined): void {
    report('error', 'invalid-structure', `${what} must be a ${kind}.`, spanOf(from));
    gaps?.push({ why: 'unsupported', construct: `${what} as no ${kind}`, at: spanOf(from) });
  }

  const doubt: Reader['doubt'] = (at) => reasonOf(at, doubtsAt(at)[0]);

  function noteDoubt(at: Located, gaps: UnknownReason[] | undefined): void {
    const reason = gaps && doubt(at);
    if (reason) gaps.push(reason);
  }

  return {
    document,
    follow,
    step,
    map(from, what, gaps) {
      noteDoubt(from, gaps);
      if (from.node.kind === 'map') return { ...from, node: from.node };
      if (!isEmpty(from.node)) invalid(from, what, 'mapping', gaps);
      return undefined;
    },
    list(from, what, gaps) {
      if (!from) return [];
      noteDoubt(from, gaps);
      if (isEmpty(from.node)) return [];
      if (from.node.kind === 'seq') {
        return from.node.items.map((node, index) => ({
          file: from.file,
          node,
          pointer: [...from.pointer, String(index)],
        }));
      }
      invalid(from, what, 'list', gaps);
      return [];
    },
    doubt,
    astray: (at) =>
      at &&
      reasonOf(
        at,
        doubtsAt(at).find(({ fault }) => fault <= at.node.start),
      ),
    report,
    problems,
    wants: () => [...wanted].sort(),
    files: () => [...read.keys()].sort(),
  };
}

function placeKey(code: string, at: Span): string {
  return `${code} ${at.file} ${at.start}`;
}

export function spanOf({ file, node }: Pick<Located, 'file' | 'node'>): Span {
  return { file, start: node.start, end: node.end };
}

export function keySpan(file: FileId, entry: DocEntry): Span {
  return { file, start: entry.keyStart, end: entry.keyEnd };
}

function reasonOf({ file }: Located, doubt: Doubt | undefined): UnknownReason | undefined {
  const fact = 'there is a syntax error beside it';
  return doubt && { why: 'aside', fact, at: { file, start: doubt.start, end: doubt.start } };
}

/** The `$ref` of a node; only text refers to anything. */
export function refOf(node: DocNode): DocEntry | undefined {
  const entry = entryOf(node, '$ref');
  return entry && stringOf(entry.value) !== undefined ? entry : undefined;
}

/** @param tables Given by those who ask for many. */
export function child(from: Located, key: string, tables?: EntryTables): LocatedEntry | undefined {
  const { node, file } = from;
  if (node.kind === 'seq') {
    const item = /^(?:0|[1-9]\d*)$/.test(key) ? node.items[Number(key)] : undefined;
    return (
      item && { file, node: item, pointer: [...from.pointer, key], key, keyAt: spanOf({ file, node: item }) }
    );
  }
  const entry = tables && node.kind === 'map' ? entryIn(tables, node, key) : entryOf(node, key);
  return entry && located(from, entry);
}

/** What stands at the end of a way down; undefined where that breaks off. References on it are not followed. */
export function descend(from: Located | undefined, tokens: readonly string[]): Located | undefined {
  return tokens.reduce<Located | undefined>((at, token) => at && child(at, token), from);
}

/** Where a document declares its security schemes, whatever its version. */
export function securitySchemesIn(top: Located | undefined): Located | undefined {
  return descend(top, ['components', 'securitySchemes']) ?? descend(top, ['securityDefinitions']);
}

export function children(from: Located): readonly LocatedEntry[] {
  return from.node.kind === 'map' ? from.node.entries.map((entry) => located(from, entry)) : [];
}

/** The items of a list. */
export function items(from: Located): readonly Located[] {
  return from.node.kind === 'seq'
    ? from.node.items.map((node, at) => ({ file: from.file, node, pointer: [...from.pointer, String(at)] }))
    : [];
}

function located(from: Located, entry: DocEntry): LocatedEntry {
  return {
    file: from.file,
    node: entry.value,
    pointer: [...from.pointer, entry.key],
    key: entry.key,
    keyAt: keySpan(from.file, entry),
  };
}

export function isExtension(key: string): boolean {
  return key.startsWith('x-') || key.startsWith('X-');
}
