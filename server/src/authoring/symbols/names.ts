/** Keys that are names, and the references that lead to or through them. */

import type { DocEntry } from '../../contract/facts.ts';
import { parseReference } from '../../specs/openapi/reference.ts';
import { refOf } from '../../specs/openapi/reader.ts';
import { entryOf, stringOf } from '../../text/document-node.ts';
import { isComponent, isFlow, type Visited } from '../grammar.ts';
import type { Collected, Collector } from './collect.ts';
import type { SymbolKind } from './model.ts';
import { pathPieces } from './paths.ts';
import { keyId, keyScalar, valueScalar, type Scalar, type SymbolTable } from './table.ts';

/** Declares what is under keys that are names. */
export function declareNames(
  { objects }: Collected,
  { reader, sources, resolve }: Collector,
  table: SymbolTable,
): void {
  for (const object of objects) {
    const kind = object.entry && kindOf(object);
    if (kind && object.entry) declareKey(object, object.entry, kind, table);
    if (object.role === 'schema') declareAnchors(object);
  }
  // A file that is no object itself holds named ones: they are components when something refers to them by their keys.
  const wholes = new Set(objects.filter(({ pointer }) => pointer.length === 0).map(({ file }) => file));
  for (const object of objects) {
    const text = referenceText(object);
    const last = text === undefined ? undefined : resolve(object.file, text)?.steps.at(-1)?.entry;
    if (!last || last.pointer.length !== 1 || wholes.has(last.file)) continue;
    const top = reader.document(last.file)?.node;
    const entry = entryOf(top, last.key);
    if (!top || !entry || entry.keyStart !== last.keyAt.start) continue;
    const id = keyId(last.file, entry.keyStart);
    if (table.isDeclared(id)) continue;
    table.declare(id, 'component', entry.key, `keys ${last.file} ${top.start}`);
    table.add(id, 'definition', keyScalar(last.file, entry, isFlow(sources.text(last.file) ?? '', top)));
  }

  function declareAnchors({ file, node, inFlow }: Visited): void {
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const entry = entryOf(node, key);
      const scalar = valueScalar(sources, file, entry?.value, inFlow);
      if (!scalar) continue;
      const id = `anchor ${file} ${scalar.value}`;
      table.declare(id, 'schemaAnchor', scalar.value, `anchors ${file}`);
      table.add(id, 'definition', scalar);
    }
  }
}

function declareKey(object: Visited, entry: DocEntry, kind: SymbolKind, table: SymbolTable): void {
  const id = keyId(object.file, entry.keyStart);
  const container = `${object.parent?.node.start ?? 0} ${object.under ?? ''}`;
  table.declare(id, kind, entry.key, `keys ${object.file} ${container}`);
  table.add(id, 'definition', keyScalar(object.file, entry, object.inFlow));
}

const named: ReadonlySet<string> = new Set([
  ...['webhooks', 'callbacks', 'links', 'headers', 'examples', 'channels', 'messages', 'patternProperties'],
]);

function kindOf(object: Visited): SymbolKind | undefined {
  const { under = '', role } = object;
  if (isComponent(object)) return role === 'securityScheme' ? 'securityScheme' : 'component';
  if (under === 'properties') return 'property';
  if (under === '$defs' || under === 'definitions') return 'component';
  if (under === 'variables') return 'serverVariable';
  return named.has(under) && under !== 'patternProperties' ? 'name' : undefined;
}

/** Marks every name in every reference. */
export function markReferences({ objects }: Collected, collector: Collector, table: SymbolTable): void {
  for (const object of objects) {
    const { file, node, inFlow } = object;
    for (const key of ['$ref', '$dynamicRef']) {
      const entry = key === '$ref' ? refOf(node) : entryOf(node, key);
      const scalar =
        entry &&
        stringOf(entry.value) !== undefined &&
        valueScalar(collector.sources, file, entry.value, inFlow);
      if (scalar) markReference(scalar, collector, table);
    }
    if (object.role === 'link') {
      const scalar = valueScalar(collector.sources, file, entryOf(node, 'operationRef')?.value, inFlow);
      if (scalar) markReference(scalar, collector, table);
    }
  }
}

/** A text that refers as `$ref` does. */
export function markReference(scalar: Scalar, { resolve }: Collector, table: SymbolTable): void {
  const reference = parseReference(scalar.file, scalar.value);
  if (reference.kind === 'absolute') return;
  if (reference.fragment.kind === 'anchor') {
    const id = `anchor ${reference.file} ${reference.fragment.name}`;
    const from = scalar.value.indexOf('#') + 1;
    if (table.isDeclared(id))
      table.add(id, 'use', scalar, { from, to: scalar.value.length, inPointer: true });
    return;
  }
  for (const { token, entry } of resolve(scalar.file, scalar.value)?.steps ?? []) {
    const id = keyId(entry.file, entry.keyAt.start);
    if (table.isDeclared(id))
      table.add(id, 'use', scalar, { from: token.from, to: token.to, inPointer: true });
    if (!entry.key.startsWith('/')) continue;
    for (const piece of pathPieces(entry.key)) {
      const pieceId = `${id} ${piece.id}`;
      const from = token.at[piece.from] ?? token.from;
      const to = token.at[piece.to] ?? token.to;
      if (table.isDeclared(pieceId)) table.add(pieceId, 'use', scalar, { from, to, inPointer: true });
    }
  }
}

function referenceText({ node }: Visited): string | undefined {
  const entry = refOf(node);
  return entry && stringOf(entry.value);
}
