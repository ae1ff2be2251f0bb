/**
 * Documents as a few arrays of numbers and one string, for crossing from one thread to another: a tree of a million
 * objects takes the receiver most of a second to take in, these arrays no time at all. Nodes are made when asked for.
 */

import type { DocEntry, DocNode, DocumentFacts, Doubt } from '../contract/facts.ts';
import type { Problem } from '../contract/finding.ts';
import type { FileId } from '../contract/span.ts';

export interface FlatDocument {
  readonly file: FileId;
  readonly language: DocumentFacts['language'];
  readonly problems: readonly Problem[];
  readonly doubts?: readonly Doubt[];
  /** Four numbers a node: kind, start, end, and what its kind says (see `Kind`). The root is node 0, if there is one. */
  readonly nodes: Uint32Array;
  /** Maps: count, then four numbers an entry (text of the key, its start and end, node). Lists: count, then nodes. */
  readonly links: Uint32Array;
  /** Where each text begins in `texts`, and where the last one ends. */
  readonly bounds: Uint32Array;
  readonly texts: string;
}

/** The fourth number of a node: maps and lists: an index into `links`; texts and numbers: an index into `bounds`. */
const Kind = { map: 0, seq: 1, string: 2, number: 3, true: 4, false: 5, null: 6 } as const;

export function flattenDocument({ file, language, problems, doubts, root }: DocumentFacts): FlatDocument {
  const nodes: number[] = [];
  const links: number[] = [];
  const bounds: number[] = [];
  const parts: string[] = [];
  const texts = new Map<string, number>();
  const known = new Map<DocNode, number>();
  let length = 0;

  const textNumber = (text: string): number => {
    const there = texts.get(text);
    if (there !== undefined) return there;
    texts.set(text, bounds.length);
    bounds.push(length);
    parts.push(text);
    length += text.length;
    return bounds.length - 1;
  };

  /** Anchors and merge keys share nodes, so a node is written once. Documents nest no deeper than their readers allow. */
  const nodeNumber = (node: DocNode): number => {
    const there = known.get(node);
    if (there !== undefined) return there;
    const number = nodes.length / 4;
    known.set(node, number);
    nodes.push(0, node.start, node.end, 0);
    const [kind, payload] = contentOf(node);
    nodes[number * 4] = kind;
    nodes[number * 4 + 3] = payload;
    return number;
  };

  const contentOf = (node: DocNode): readonly [number, number] => {
    if (node.kind === 'map') {
      const at = links.length;
      links.push(node.entries.length);
      for (const { key, keyStart, keyEnd } of node.entries) links.push(textNumber(key), keyStart, keyEnd, 0);
      node.entries.forEach(({ value }, index) => (links[at + 4 + index * 4] = nodeNumber(value)));
      return [Kind.map, at];
    }
    if (node.kind === 'seq') {
      const at = links.length;
      links.push(node.items.length);
      for (let index = 0; index < node.items.length; index += 1) links.push(0);
      node.items.forEach((item, index) => (links[at + 1 + index] = nodeNumber(item)));
      return [Kind.seq, at];
    }
    const { value } = node;
    if (typeof value === 'string') return [Kind.string, textNumber(value)];
    if (typeof value === 'number') return [Kind.number, textNumber(numberText(value))];
    return [value === null ? Kind.null : value ? Kind.true : Kind.false, 0];
  };

  if (root) nodeNumber(root);
  bounds.push(length);
  return {
    file,
    language,
    problems,
    ...(doubts && { doubts }),
    nodes: Uint32Array.from(nodes),
    links: Uint32Array.from(links),
    bounds: Uint32Array.from(bounds),
    texts: parts.join(''),
  };
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** What `postMessage` may move instead of copying; the sender has no use of the document any more. */
export function flatTransfers({ nodes, links, bounds }: FlatDocument): ArrayBuffer[] {
  return [nodes, links, bounds].map(({ buffer }) => buffer as ArrayBuffer);
}

/** The document again. Its nodes are made when they are looked at, and each is the same object every time. */
export function openDocument(flat: FlatDocument): DocumentFacts {
  const { file, language, problems, doubts, nodes, links, bounds, texts } = flat;
  const made = new Map<number, DocNode>();
  const textAt = (index: number): string => texts.slice(bounds[index], bounds[index + 1]);

  const nodeAt = (number: number): DocNode => {
    const there = made.get(number);
    if (there) return there;
    const node = makeNode(number);
    made.set(number, node);
    return node;
  };

  const makeNode = (number: number): DocNode => {
    const first = number * 4;
    const kind = nodes[first];
    const start = nodes[first + 1] ?? 0;
    const end = nodes[first + 2] ?? 0;
    const payload = nodes[first + 3] ?? 0;
    switch (kind) {
      case Kind.map:
        return lazyMap(start, end, () => entriesAt(payload));
      case Kind.seq:
        return lazySeq(start, end, () => itemsAt(payload));
      case Kind.string:
        return { kind: 'scalar', value: textAt(payload), start, end };
      case Kind.number:
        return { kind: 'scalar', value: Number(textAt(payload)), start, end };
      default:
        return { kind: 'scalar', value: kind === Kind.null ? null : kind === Kind.true, start, end };
    }
  };

  const entriesAt = (at: number): readonly DocEntry[] =>
    Array.from({ length: links[at] ?? 0 }, (_, index) => {
      const first = at + 1 + index * 4;
      return {
        key: textAt(links[first] ?? 0),
        keyStart: links[first + 1] ?? 0,
        keyEnd: links[first + 2] ?? 0,
        value: nodeAt(links[first + 3] ?? 0),
      };
    });

  const itemsAt = (at: number): readonly DocNode[] =>
    Array.from({ length: links[at] ?? 0 }, (_, index) => nodeAt(links[at + 1 + index] ?? 0));

  const facts = { kind: 'document' as const, file, language, problems, ...(doubts && { doubts }) };
  return nodes.length === 0 ? facts : { ...facts, root: nodeAt(0) };
}

function lazyMap(start: number, end: number, make: () => readonly DocEntry[]): DocNode {
  let made: readonly DocEntry[] | undefined;
  return {
    kind: 'map',
    get entries() {
      return (made ??= make());
    },
    start,
    end,
  };
}

function lazySeq(start: number, end: number, make: () => readonly DocNode[]): DocNode {
  let made: readonly DocNode[] | undefined;
  return {
    kind: 'seq',
    get items() {
      return (made ??= make());
    },
    start,
    end,
  };
}
