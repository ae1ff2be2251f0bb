/**
 * YAML and JSON files as values. A loaded document is something of a package until somebody looks into it: most are
 * handed on (to a page of documentation, to a validator) without being read by the program.
 */

import type { DocNode } from '../../contract/facts.ts';
import { fileId, type FileId, type Span } from '../../contract/span.ts';
import { lookUp, parsePointer, stringOf, valueOf } from '../../text/document-node.ts';
import { folderOf, joined } from '../../text/relative-path.ts';
import type { Run } from './run.ts';
import {
  arrayOf,
  boolean,
  number,
  objectOf,
  text,
  unknownValue,
  type ExternalValue,
  type Value,
} from './values.ts';

const prefix = 'document:';
/** References that lead to references: more than any real document has. */
const maxHops = 8;

/** Is it imported as a document? JSON is read as the module that it is. */
export function isDocument(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

export function documentAt(file: FileId, path: readonly string[], at: Span): ExternalValue {
  return { t: 'external', module: `${prefix}${file}`, path, at };
}

/** Is it a document, or a part of one? */
export function isLoaded({ module }: ExternalValue): boolean {
  return module.startsWith(prefix);
}

/** What a program finds at a place of a document; undefined for what is no document, or not there. */
export function insideDocument(run: Run, value: ExternalValue): Value | undefined {
  if (!isLoaded(value) || value.args) return undefined;
  const file = fileId(value.module.slice(prefix.length));
  const root = rootOf(run, file);
  const node = lookUp(root, value.path);
  return node && valueOfNode(run, file, node, 0);
}

function rootOf(run: Run, file: FileId): DocNode | undefined {
  const { documents } = run.project;
  const facts = documents.get(file);
  if (!facts && documents.has(file)) run.wants.add(file);
  return facts?.root;
}

function valueOfNode(run: Run, file: FileId, node: DocNode, hops: number): Value {
  const at: Span = { file, start: node.start, end: node.end };
  switch (node.kind) {
    case 'seq':
      return arrayOf(
        node.items.map((item) => valueOfNode(run, file, item, 0)),
        at,
      );
    case 'map': {
      const reference = stringOf(valueOf(node, '$ref'));
      if (reference !== undefined) return referred(run, file, reference, hops, at);
      const object = objectOf([], at);
      for (const { key, value } of node.entries)
        object.props.set(key, { value: undefined, lazy: () => valueOfNode(run, file, value, 0) });
      return object;
    }
    case 'scalar':
      if (typeof node.value === 'string') return text(node.value, at);
      if (typeof node.value === 'number') return number(node.value, at);
      return node.value === null ? { t: 'null' } : boolean(node.value);
  }
}

/** What a `$ref` (JSON Reference) names, as the loaders of specifications put it in its place. */
function referred(run: Run, file: FileId, reference: string, hops: number, at: Span): Value {
  const [address = '', fragment = ''] = reference.split('#');
  const target = address === '' ? file : fileId(joined(`/${folderOf(file)}`, address).replace(/^\/+/, ''));
  const tokens = /^[a-z][a-z0-9+.-]+:/i.test(address) ? undefined : parsePointer(fragment);
  const node = tokens && hops < maxHops ? lookUp(rootOf(run, target), tokens) : undefined;
  return node
    ? valueOfNode(run, target, node, hops + 1)
    : unknownValue({ why: 'unresolved', symbol: reference, at });
}
