/**
 * `x-backend-contract-ignore`, wherever it stands in the documents of a spec:
 *
 *     x-backend-contract-ignore: true                                       every rule
 *     x-backend-contract-ignore: the gateway serves it                      every rule, with the reason
 *     x-backend-contract-ignore: { http/unsent-status: sent by the gateway }
 *     x-backend-contract-ignore: [http/unsent-status, http/unread-body: streamed]
 *
 * It means what it stands in, and whatever refers to that by `$ref`.
 */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { Ignore } from '../../contract/ignore.ts';
import type { Span } from '../../contract/span.ts';
import { booleanOf, entryOf, formatPointer, isEmpty, textOf } from '../../text/document-node.ts';
import { child, children, keySpan, type Located, type Reader, refOf, spanOf } from './reader.ts';
import { IGNORE_KEY, namesRules } from './vendor.ts';

interface Holder {
  readonly at: Located;
  readonly entry: DocEntry;
}

interface Reference {
  readonly at: Located;
  readonly whole: Span;
}

export function readIgnores(reader: Reader): readonly Ignore[] {
  const holders: Holder[] = [];
  const references: Reference[] = [];
  const wholes = new Map<DocNode, Span>();
  const seen = new Set<DocNode>();
  const walk = (at: Located, whole: Span): void => {
    const { node } = at;
    // An alias leads to a node that was seen already.
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    wholes.set(node, whole);
    const entry = entryOf(node, IGNORE_KEY);
    if (entry && !isEmpty(entry.value)) holders.push({ at, entry });
    if (refOf(node)) references.push({ at, whole });
    if (node.kind === 'seq')
      for (const index of node.items.keys()) {
        const item = child(at, String(index));
        if (item) walk(item, spanOf(item));
      }
    else
      for (const inner of children(at))
        walk(inner, { file: inner.file, start: inner.keyAt.start, end: inner.node.end });
  };
  for (const file of reader.files()) {
    const top = reader.document(file);
    if (top) walk(top, { ...spanOf(top), start: 0 });
  }
  if (holders.length === 0) return [];
  const referring = referringTo(reader, references);
  return holders.flatMap(({ at, entry }) => {
    const own = wholes.get(at.node);
    const covers = [...(own ? [own] : []), ...(referring.get(at.node) ?? [])];
    return readIgnore(entry).map((read): Ignore => ({
      about: 'findings',
      ...read,
      at: keySpan(at.file, entry),
      covers,
      pointer: formatPointer(at.pointer),
    }));
  });
}

/** For each node, where references lead to it, directly or by way of others. */
function referringTo(
  reader: Reader,
  references: readonly Reference[],
): ReadonlyMap<DocNode, readonly Span[]> {
  const found = new Map<DocNode, Span[]>();
  for (const { at, whole } of references) {
    const passed = new Set<DocNode>([at.node]);
    let current = at;
    while (refOf(current.node)) {
      const next = reader.step(current);
      if (!next.found || passed.has(next.at.node)) break;
      current = next.at;
      passed.add(current.node);
      const list = found.get(current.node);
      if (list) list.push(whole);
      else found.set(current.node, [whole]);
    }
  }
  return found;
}

type Read = Pick<Ignore, 'rules' | 'reason'>;

function readIgnore({ value }: DocEntry): readonly Read[] {
  if (booleanOf(value) === false) return [];
  if (booleanOf(value) === true) return [{ rules: [] }];
  if (value.kind === 'map') return value.entries.map(({ key, value: reason }) => named(key, reason));
  if (value.kind === 'seq')
    return value.items.flatMap((item): readonly Read[] => {
      if (item.kind === 'map') return item.entries.map(({ key, value: reason }) => named(key, reason));
      const rule = textOf(item);
      return rule === undefined ? [] : [{ rules: [rule] }];
    });
  const text = textOf(value) ?? '';
  return [namesRules(value) ? { rules: [text] } : { rules: [], reason: text }];
}

function named(rule: string, node: DocNode): Read {
  const reason = textOf(node)?.trim() ?? '';
  return { rules: [rule], ...(reason !== '' && { reason }) };
}
