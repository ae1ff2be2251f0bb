/**
 * Documents that are taken apart and put together again, for changes that move much: comments, order and quotes stay with
 * what they belong to. What is small is done by `edit-document.ts`, which leaves the rest of the text alone.
 */

import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { yamlStyle, type Plain, eolOf, stepOf } from './document-style.ts';
import type { TextEdit } from './edit-document.ts';
import { applyEdits } from './transplant.ts';

export type TreeNode = Node;
export type TreeMap = YAMLMap;
/** A key with its value, and the comments of both. */
export type TreeEntry = Pair;

export interface Tree {
  readonly root: TreeNode | null;
  /** The node at the tokens of a pointer. */
  at(pointer: readonly string[]): TreeNode | undefined;
  make(value: Plain): TreeNode;
  entry(key: string, value: TreeNode | Plain): TreeEntry;
  write(): string;
}

/** Undefined for a text with faults, and for one with anchors: what they stand for depends on the order. */
export function openTree(text: string, language: 'yaml' | 'json'): Tree | undefined {
  const document: Document = parseDocument(text, { merge: false, logLevel: 'silent' });
  if (document.errors.length > 0 || hasAnchors(document)) return undefined;
  const make = (value: Plain): TreeNode => document.createNode(value, { aliasDuplicateObjects: false });
  return {
    root: document.contents,
    at(pointer) {
      let node: unknown = document.contents;
      for (const token of pointer)
        node = isMap(node)
          ? entryIn(node, token)?.value
          : isSeq(node)
            ? node.items[Number(token)]
            : undefined;
      return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
    },
    make,
    entry: (key, value) => document.createPair(key, isNode(value) ? value : make(value)),
    write() {
      const eol = eolOf(text);
      const step = stepOf(text);
      const written =
        language === 'json'
          ? `${JSON.stringify(document.toJS(), null, step)}\n`
          : closeBrackets(document.toString(yamlStyle(text, step)), text);
      return written.replaceAll('\n', eol);
    },
  };
}

/** The library writes `[ a ]` or `{a}`; nearly everybody writes `[a]` and `{ a }`. */
function closeBrackets(written: string, before: string): string {
  if (!/\[[^\s\]]/.test(before)) return written;
  const edits: TextEdit[] = [];
  visit(parseDocument(written), {
    Seq: (_, { flow, range }) => {
      const [start, end] = range ?? [0, 0];
      const inside = written.slice(start + 1, end - 1);
      if (flow !== true || inside.trim() === '' || inside.includes('\n')) return;
      edits.push({ start: start + 1, end: start + 1 + inside.length - inside.trimStart().length, text: '' });
      edits.push({ start: end - 1 - (inside.length - inside.trimEnd().length), end: end - 1, text: '' });
    },
  });
  return applyEdits(written, edits);
}

function hasAnchors(document: Document): boolean {
  let found = false;
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && (node as { anchor?: string }).anchor === undefined) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function isNode(value: TreeNode | Plain): value is TreeNode {
  return isMap(value) || isSeq(value) || isScalar(value);
}

export function isTreeMap(node: unknown): node is TreeMap {
  return isMap(node);
}

export function keyOf({ key }: TreeEntry): string {
  return isScalar(key) ? String(key.value) : '';
}

export function entryIn(map: TreeMap, key: string): TreeEntry | undefined {
  return map.items.find((entry) => keyOf(entry) === key);
}

export function nodeIn(map: TreeMap, key: string): TreeNode | undefined {
  const value = entryIn(map, key)?.value;
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
}

/** Plain data; undefined where there is none. */
export function plainOf(node: TreeNode | undefined): Plain | undefined {
  if (isScalar(node)) return node.value as Plain;
  if (isMap(node))
    return Object.fromEntries(
      node.items.map((entry) => [keyOf(entry), plainOf(entry.value as TreeNode) ?? null]),
    );
  return isSeq(node) ? node.items.map((item) => plainOf(item as TreeNode) ?? null) : undefined;
}

export function textIn(map: TreeMap, key: string): string | undefined {
  const value = plainOf(nodeIn(map, key));
  return typeof value === 'string' ? value : undefined;
}

/** Takes an entry out, comments included. */
export function take(map: TreeMap, key: string): TreeEntry | undefined {
  const index = map.items.findIndex((entry) => keyOf(entry) === key);
  return index < 0 ? undefined : map.items.splice(index, 1)[0];
}

/** Where an entry stands among the others; behind them where it is not there. */
export function placeOf(map: TreeMap, ...keys: readonly string[]): number {
  const index = map.items.findIndex((entry) => keys.includes(keyOf(entry)));
  return index < 0 ? map.items.length : index;
}

export function put(map: TreeMap, entry: TreeEntry, place = map.items.length): void {
  map.items.splice(place, 0, entry);
}

export function rename(entry: TreeEntry, to: string): void {
  if (isScalar(entry.key)) entry.key.value = to;
}

/** Gives a scalar another value, quoted as it is. */
export function setText(node: TreeNode | undefined, to: string): void {
  if (isScalar(node)) node.value = to;
}

export function emptyMap(): TreeMap {
  return new YAMLMap();
}

export function itemsOf(node: TreeNode | undefined): TreeNode[] {
  return isSeq(node) ? (node as YAMLSeq<TreeNode>).items : [];
}

/** A node stands in one place only: each place but the first needs one of its own. */
export function copyOf(node: TreeNode): TreeNode {
  return node.clone() as TreeNode;
}
