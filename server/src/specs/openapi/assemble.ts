/**
 * OpenAPI 2.0, 3.0, 3.1 and 3.2 documents as one contract.
 *
 * Assembly is pure and total: it never throws, it reads only facts, and what is missing or broken becomes a problem
 * with a place and a gap in what it would have told us.
 */

import type { Assembled, DocumentFacts, FactsView } from '../../contract/facts.ts';
import { collection, type UnknownReason } from '../../contract/knowledge.ts';
import type { SpecContract, SpecOperation } from '../../contract/operation.ts';
import type { FileId } from '../../contract/span.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { checkOperationIds, checkPathParameters, checkPaths } from './checks.ts';
import type { Context } from './context.ts';
import { type SpecVersion, specVersion } from './detect.ts';
import { readIgnores } from './ignores.ts';
import { readOperation } from './operation.ts';
import { type PathItem, readPaths } from './path-items.ts';
import { child, type Located, type Reader, createReader, spanOf } from './reader.ts';
import { createSchemaReader } from './schema.ts';
import { documentBases, serverBases } from './servers.ts';

/** Assembles the spec whose top is the document `root`. Problems include those of every document that it reads. */
export function assembleSpec(root: FileId, view: FactsView<DocumentFacts>): Assembled<SpecContract> {
  const reader = createReader(view);
  const top = reader.document(root);
  if (top?.node.kind !== 'map') return finish(reader, emptyContract(root, reader, top));
  const version = readVersion(reader, top);
  const siblings = version === '3.1' || version === '3.2' ? 'count' : 'ignored';
  const context: Context = { reader, top, version, schemas: createSchemaReader(reader, siblings) };
  const { items, opaque } = readPaths(context);
  const operations = items.flatMap((item) =>
    item.operations.map((found) => readOperation(context, item, found, root)),
  );
  const shapes = context.schemas.named();
  // What is not read yet would be reported as missing.
  if (reader.wants().length === 0) {
    checkPaths(reader, items);
    checkPathParameters(reader, operations);
    checkOperationIds(reader, operations);
  }
  const ignores = readIgnores(reader);
  return finish(reader, {
    side: 'spec',
    file: root,
    title: titleOf(root, top),
    version,
    operations: collection(
      operations,
      opaque.map(({ reason }) => reason),
    ),
    opaque,
    bases: documentBases(
      top,
      reader,
      items.flatMap((item) => innerServers(reader, item)),
    ),
    files: reader.files(),
    ...(ignores.length > 0 && { ignores }),
    shapes,
  });
}

function finish(reader: Reader, contract: SpecContract): Assembled<SpecContract> {
  const wants = reader.wants();
  return { contract, problems: [...reader.problems].sort(byPlace), wants };
}

function byPlace(
  a: { at: { file: string; start: number } },
  b: { at: { file: string; start: number } },
): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.start - b.at.start;
}

function emptyContract(root: FileId, reader: Reader, top: Located | undefined): SpecContract {
  const start = top?.node.start ?? 0;
  const at = { file: root, start, end: start };
  if (top) reader.report('error', 'not-a-spec', 'An OpenAPI document is a mapping at its top.', at);
  const gap: UnknownReason =
    reader.wants().length > 0 ? { why: 'pending' } : { why: 'unresolved', symbol: root, at };
  return {
    side: 'spec',
    file: root,
    title: root,
    version: '3.0',
    operations: collection<SpecOperation>([], [gap]),
    bases: [[]],
    files: reader.files(),
  };
}

function readVersion(reader: Reader, top: Located): SpecVersion {
  const entry = child(top, 'openapi') ?? child(top, 'swagger');
  const start = { file: top.file, start: top.node.start, end: top.node.start };
  if (!entry) {
    reader.report(
      'info',
      'no-version',
      'This document has no "openapi" key; it is read as far as it has paths.',
      start,
    );
    return child(top, 'definitions') || child(top, 'basePath') ? '2.0' : '3.0';
  }
  const text = textOf(entry.node) ?? '';
  const version = specVersion(entry.key, text);
  if (version) return version;
  reader.report(
    'warning',
    'unknown-version',
    `"${text}" is no version of OpenAPI that can be read.`,
    spanOf(entry),
  );
  return entry.key === 'swagger' ? '2.0' : '3.0';
}

function titleOf(root: FileId, top: Located): string {
  return textOf(valueOf(valueOf(top.node, 'info'), 'title')) ?? root;
}

function innerServers(reader: Reader, { layers, operations }: PathItem): ReturnType<typeof serverBases> {
  const scopes = [...layers, ...operations.map(({ operation }) => operation)];
  return scopes.flatMap((scope) => serverBases(reader.list(child(scope, 'servers'), 'The servers')));
}
