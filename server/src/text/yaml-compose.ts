/**
 * Concrete syntax tokens of YAML to document nodes.
 *
 * The library's own composer gives up the shape of a document after a fault: a stray colon in a description moves
 * all keys that follow into the description. A spec is mostly broken while somebody types in it, so this one is
 * built around repair: each fault costs as little as possible of what stands around it.
 */

import type { CST } from 'yaml';

import type { DocEntry, DocNode } from '../contract/facts.ts';
import type { ProblemSink } from './document-problems.ts';
import { reportDuplicateKey } from './document-problems.ts';
import { MAX_DEPTH, MAX_EXPANDED_NODES } from './limits.ts';
import { createRepairs, hasExplicitMark, type Item } from './yaml-repair.ts';
import { plainValue, scalarText } from './yaml-scalar.ts';

export interface Composed {
  readonly root: DocNode;
  /** Offset of a quotation mark that swallowed lines which are plainly not part of its string. */
  readonly runaway?: number;
  /** Offset of the first tab that was meant to indent. */
  readonly tab?: number;
}

interface Props {
  readonly anchor?: string;
  readonly tag?: string;
}

interface Anchored {
  readonly node: DocNode;
  /** Nodes in it with every alias written out. */
  readonly size: number;
}

type Scalar = Extract<DocNode, { kind: 'scalar' }>;
type MutableMap = { kind: 'map'; entries: DocEntry[]; start: number; end: number };

const SYNTAX = 'document/yaml-syntax';

/** Composes one document of a stream. */
export function composeYaml(document: CST.Document, text: string, sink: ProblemSink): Composed {
  const anchors = new Map<string, Anchored>();
  const openAnchors = new Set<string>();
  let size = 0;
  let runaway: number | undefined;
  let unclosed = false;
  let tab: number | undefined;

  const syntax = (message: string, start: number, end = start + 1): void =>
    sink.add(SYNTAX, message, start, Math.min(end, text.length));
  const { splitMultilineKey, splitCompactMap, columnOf } = createRepairs(text, syntax);

  function compose(
    token: CST.Token | null | undefined,
    props: Props,
    emptyAt: number,
    indent: number,
    depth: number,
  ): DocNode {
    if (props.anchor === undefined) return composeBare(token, props, emptyAt, indent, depth);
    const before = size;
    openAnchors.add(props.anchor);
    const node = composeBare(token, props, emptyAt, indent, depth);
    openAnchors.delete(props.anchor);
    anchors.set(props.anchor, { node, size: size - before });
    return node;
  }

  function composeBare(
    token: CST.Token | null | undefined,
    props: Props,
    emptyAt: number,
    indent: number,
    depth: number,
  ): DocNode {
    size++;
    if (!token) return empty(emptyAt);
    if (depth > MAX_DEPTH) {
      sink.addOnce(
        'document/too-deep',
        `Nested deeper than ${MAX_DEPTH} levels; what is inside was not read.`,
        token.offset,
        token.offset + 1,
        'warning',
      );
      return empty(token.offset);
    }
    switch (token.type) {
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
      case 'block-scalar':
        return composeScalar(token, props, indent);
      case 'alias':
        return resolveAlias(token);
      case 'block-map': {
        const map: MutableMap = { kind: 'map', entries: [], start: token.offset, end: token.offset };
        fillBlockMap(map, token, depth);
        return finishMap(map);
      }
      case 'block-seq':
        return composeBlockSeq(token, depth);
      case 'flow-collection':
        return composeFlow(token, indent, depth);
      case 'error':
        syntax(sentence(token.message), token.offset, token.offset + token.source.length);
        return empty(token.offset);
      default:
        return empty(token.offset);
    }
  }

  function composeScalar(token: CST.FlowScalar | CST.BlockScalar, props: Props, indent: number): DocNode {
    if (token.type !== 'block-scalar') reportTrailing(token.end);
    const read = scalarText(token, (offset, message) =>
      syntax(sentence(message), Math.min(offset, text.length)),
    );
    if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
      if (runaway === undefined && leavesBlock(token, indent)) runaway = token.offset;
      else if (!isClosed(token))
        syntax('The quotation mark that is opened here is never closed.', token.offset);
    }
    const value = read.plain ? plainValue(read.text, props.tag) : quotedValue(read.text, props.tag);
    return { kind: 'scalar', value, start: token.offset, end: read.end };
  }

  /** A quoted string whose further lines stand no deeper than the key in front of it is one that was never closed. */
  function leavesBlock(token: CST.FlowScalar, indent: number): boolean {
    if (!token.source.includes('\n')) return false;
    return token.source
      .split('\n')
      .slice(1)
      .some((line) => line.trim() !== '' && line.length - line.trimStart().length <= indent);
  }

  function reportTrailing(end: readonly CST.SourceToken[] | undefined): void {
    if (!end) return;
    for (const token of end as readonly CST.Token[]) {
      if (token.type === 'space' || token.type === 'newline' || token.type === 'comment') continue;
      if (token.type === 'comma' || token.type.startsWith('flow-')) continue;
      const source = 'source' in token ? token.source : '';
      syntax('There is text after the end of the value.', token.offset, token.offset + source.length);
      return;
    }
  }

  function resolveAlias(token: CST.FlowScalar): DocNode {
    reportTrailing(token.end);
    const name = token.source.slice(1);
    const end = token.offset + token.source.length;
    const found = anchors.get(name);
    if (openAnchors.has(name)) {
      sink.add('document/alias', `The alias *${name} stands inside of its own anchor.`, token.offset, end);
      return { kind: 'scalar', value: null, start: token.offset, end };
    }
    if (!found) {
      sink.add('document/alias', `There is no anchor &${name} in front of this alias.`, token.offset, end);
      return { kind: 'scalar', value: null, start: token.offset, end };
    }
    if (size + found.size > MAX_EXPANDED_NODES) {
      sink.addOnce(
        'document/alias-limit',
        'The aliases of this document write out to too many values; this one was not read.',
        token.offset,
        end,
        'warning',
      );
      return { kind: 'scalar', value: null, start: token.offset, end };
    }
    size += found.size;
    // A scalar costs nothing to copy, and then its place is where the reader looks for it.
    return found.node.kind === 'scalar' ? { ...found.node, start: token.offset, end } : found.node;
  }

  function composeBlockSeq(token: CST.BlockSequence, depth: number): DocNode {
    const items: DocNode[] = [];
    for (const item of token.items) {
      const dash = item.start.find((part) => part.type === 'seq-item-ind');
      if (!dash && !item.value) continue;
      if (!dash) syntax('The items of a list begin with "- ".', item.value?.offset ?? token.offset);
      items.push(
        compose(item.value, propsOf(item.start), (dash?.offset ?? token.offset) + 1, token.indent, depth + 1),
      );
    }
    return {
      kind: 'seq',
      items,
      start: token.offset,
      end: Math.max(token.offset + 1, items.at(-1)?.end ?? 0),
    };
  }

  function fillBlockMap(map: MutableMap, token: CST.BlockMap, depth: number): void {
    const queue: Item[] = [...token.items].reverse();
    // Where badly indented items go, and their column: further ones of the same column follow without a report.
    // `excused`: the next ones follow from a fault that is reported already.
    let excused = false;
    let strayed:
      { readonly into: MutableMap; readonly column: number; readonly keys: Map<string, number> } | undefined;
    for (let item = queue.pop(); item; item = queue.pop()) {
      if (!item.key && !item.sep && !item.value) {
        const mark = item.start.find((part) => part.type === 'explicit-key-ind');
        if (!mark) continue;
      }
      const split = splitMultilineKey(item);
      if (split) {
        queue.push(split.second);
        item = split.first;
        excused = true;
      }
      const repaired = splitCompactMap(item);
      if (repaired) {
        for (const next of [...repaired.rest].reverse()) queue.push(next);
        item = repaired.item;
      }
      const column = columnOf(item);
      let target = map;
      if (column !== undefined && map.entries.length > 0 && column > token.indent) {
        if (strayed?.column !== column) {
          const into = adopt(map) ?? map;
          strayed = { into, column, keys: new Map(into.entries.map(({ key, keyStart }) => [key, keyStart])) };
          if (!excused) reportIndent(item);
          excused = false;
        }
        target = strayed.into;
      } else {
        strayed = undefined;
        excused = split !== undefined;
      }
      noteTabs(item);
      addItem(target, item, Math.max(token.indent, 0), depth);
      if (target !== map) {
        map.end = Math.max(map.end, target.end);
        if (strayed) checkStrayKey(target, strayed.keys);
      }
    }
  }

  function reportIndent(item: Item): void {
    const key = item.key;
    if (!key || key.type === 'error') return;
    syntax('This key is not indented like its neighbours.', key.offset, key.offset + 1);
  }

  /** The mapping under the last key, where something indented more deeply most probably belongs. */
  function adopt(map: MutableMap): MutableMap | undefined {
    const last = map.entries.at(-1);
    if (!last) return undefined;
    const { value } = last;
    // INVARIANT: anchored mappings are shared, so only those that nobody else can see are extended.
    if (value.kind === 'map' && ![...anchors.values()].some(({ node }) => node === value))
      return value as MutableMap;
    if (value.kind !== 'scalar' || value.value !== null || value.start !== value.end) return undefined;
    const adopted: MutableMap = { kind: 'map', entries: [], start: value.start, end: value.end };
    map.entries[map.entries.length - 1] = { ...last, value: adopted };
    return adopted;
  }

  /** The mapping was checked for duplicate keys before the stray ones came to it. */
  function checkStrayKey(map: MutableMap, keys: Map<string, number>): void {
    const entry = map.entries.at(-1);
    if (!entry) return;
    const start = keys.get(entry.key);
    if (start === undefined) keys.set(entry.key, entry.keyStart);
    else if (start !== entry.keyStart)
      reportDuplicateKey(sink, text, entry.key, { start }, { start: entry.keyStart, end: entry.keyEnd });
  }

  /** A tab below a key ends what the key holds, as far as the lexer can tell. */
  function noteTabs(item: Item): void {
    if (item.value || !item.sep) return;
    const last = item.sep.at(-1);
    if (last?.type === 'space' && last.source.includes('\t') && text[last.offset - 1] === '\n')
      tab ??= last.offset;
  }

  function addItem(map: MutableMap, item: Item, indent: number, depth: number): void {
    const explicit = hasExplicitMark(item);
    const key = readKey(item);
    const sep = item.sep ?? [];
    const colon = sep.find((part) => part.type === 'map-value-ind');
    const emptyAt = colon ? colon.offset + 1 : key.end;
    // An empty list of separators is a flow mapping's `{ key }`, which is legal, or a key that was split off above.
    if (!colon && !explicit && key.readable && sep.length > 0) {
      syntax('A colon is missing after this key.', key.start, key.end);
    }
    const value = compose(item.value, propsOf(sep), emptyAt, indent, depth + 1);
    map.end = Math.max(map.end, value.end, key.end);
    if (key.readable) map.entries.push({ key: key.text, keyStart: key.start, keyEnd: key.end, value });
  }

  interface Key {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly readable: boolean;
  }

  function readKey(item: Item): Key {
    const { key } = item;
    const at = item.start.at(-1);
    const emptyAt = item.sep?.[0]?.offset ?? (at ? at.offset + at.source.length : 0);
    if (!key) return { text: '', start: emptyAt, end: emptyAt, readable: true };
    const props = propsOf(item.start);
    if (
      key.type === 'scalar' ||
      key.type === 'single-quoted-scalar' ||
      key.type === 'double-quoted-scalar' ||
      key.type === 'block-scalar'
    ) {
      const read = scalarText(key, (offset, message) =>
        syntax(sentence(message), Math.min(offset, text.length)),
      );
      const node: Scalar = { kind: 'scalar', value: read.text, start: key.offset, end: read.end };
      if (props.anchor !== undefined) anchors.set(props.anchor, { node, size: 1 });
      if (key.type !== 'block-scalar') reportTrailing(key.end);
      return { text: read.text, start: key.offset, end: read.end, readable: true };
    }
    if (key.type === 'alias') {
      const node = resolveAlias(key);
      if (node.kind === 'scalar')
        return { text: String(node.value), start: node.start, end: node.end, readable: true };
    }
    if (key.type === 'error') syntax(sentence(key.message), key.offset, key.offset + key.source.length);
    else
      sink.add(
        'document/complex-key',
        'A mapping or a list cannot be a key here.',
        key.offset,
        key.offset + 1,
        'warning',
      );
    return { text: '', start: key.offset, end: key.offset + 1, readable: false };
  }

  function composeFlow(token: CST.FlowCollection, indent: number, depth: number): DocNode {
    const isMap = token.start.type === 'flow-map-start';
    const closing = token.end.find((part) => part.type === 'flow-map-end' || part.type === 'flow-seq-end');
    const map: MutableMap = { kind: 'map', entries: [], start: token.offset, end: token.offset + 1 };
    const items: DocNode[] = [];
    let end = token.offset + 1;
    token.items.forEach((item, index) => {
      checkCommas(item, index, token);
      if (!item.key && !item.value && !item.sep) return;
      if (isMap) {
        addItem(map, flowEntry(item), indent, depth);
        end = map.end;
        return;
      }
      if (item.key || item.sep) {
        const single: MutableMap = { kind: 'map', entries: [], start: item.key?.offset ?? end, end };
        addItem(single, item, indent, depth + 1);
        items.push(finishMap(single));
      } else {
        items.push(compose(item.value, propsOf(item.start), end, indent, depth + 1));
      }
      end = Math.max(end, items.at(-1)?.end ?? end);
    });
    if (closing) end = closing.offset + 1;
    else reportUnclosed(token);
    reportTrailing(token.end.filter((part) => part !== closing));
    if (!isMap) return { kind: 'seq', items, start: token.offset, end };
    map.end = end;
    return finishMap(map);
  }

  /** One missing bracket leaves all the outer ones open too. */
  function reportUnclosed(token: CST.FlowCollection): void {
    if (!unclosed) syntax(`This "${token.start.source}" or one in it is never closed.`, token.offset);
    unclosed = true;
  }

  function checkCommas(item: Item, index: number, token: CST.FlowCollection): void {
    const commas = item.start.filter((part) => part.type === 'comma');
    const isEmpty = !item.key && !item.value && !item.sep;
    const [comma] = index === 0 || (isEmpty && index < token.items.length - 1) ? commas : commas.slice(1);
    if (comma) syntax('There is nothing in front of this comma.', comma.offset);
    if (commas.length === 0 && index > 0 && !isEmpty)
      syntax('A comma is missing here.', (item.key ?? item.value)?.offset ?? token.offset);
  }

  /** Reports duplicate keys and resolves merge keys (`<<`, YAML 1.1, https://yaml.org/type/merge.html). */
  function finishMap(map: MutableMap): DocNode {
    const seen = new Map<string, DocEntry>();
    let merges = false;
    for (const entry of map.entries) {
      if (entry.key === '<<') {
        merges = true;
        continue;
      }
      const earlier = seen.get(entry.key);
      if (earlier)
        reportDuplicateKey(
          sink,
          text,
          entry.key,
          { start: earlier.keyStart },
          { start: entry.keyStart, end: entry.keyEnd },
        );
      else seen.set(entry.key, entry);
    }
    if (!merges) return map;
    const own = map.entries.filter(({ key }) => key !== '<<');
    const merged: DocEntry[] = [];
    for (const entry of map.entries) {
      if (entry.key !== '<<') continue;
      for (const source of entry.value.kind === 'seq' ? entry.value.items : [entry.value]) {
        if (source.kind !== 'map') {
          sink.add(
            'document/merge-key',
            'Only a mapping can be merged.',
            entry.keyStart,
            entry.keyEnd,
            'warning',
          );
          continue;
        }
        for (const candidate of source.entries) {
          if (seen.has(candidate.key)) continue;
          seen.set(candidate.key, candidate);
          merged.push(candidate);
          size++;
        }
      }
    }
    return { ...map, entries: [...own, ...merged] };
  }

  const root = compose(document.value, propsOf(document.start), document.offset, -1, 0);
  reportTrailing(document.end);
  return { root, ...(runaway === undefined ? {} : { runaway }), ...(tab === undefined ? {} : { tab }) };
}

function empty(at: number): Scalar {
  return { kind: 'scalar', value: null, start: at, end: at };
}

/** `{ key }` has no value, and needs no colon to say so. */
function flowEntry(item: Item): Item {
  const key = item.key ?? item.value ?? null;
  if (item.sep?.some((part) => part.type === 'map-value-ind')) return item;
  return item.key ? { ...item, sep: [] } : { start: item.start, key, sep: [] };
}

function isClosed({ source }: CST.FlowScalar): boolean {
  return source.length > 1 && source.at(-1) === source[0];
}

function propsOf(tokens: readonly CST.SourceToken[]): Props {
  let anchor: string | undefined;
  let tag: string | undefined;
  for (const token of tokens) {
    if (token.type === 'anchor') anchor = token.source.slice(1);
    else if (token.type === 'tag') tag = token.source;
  }
  return { ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }) };
}

function quotedValue(text: string, tag: string | undefined): string | number | boolean | null {
  return tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null'
    ? plainValue(text, tag)
    : text;
}

function sentence(message: string): string {
  const text = message.replace(/\s+at line \d+[\s\S]*$/, '').trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
