/**
 * A specification as people read it: an outline, and one operation in full. Descriptions are CommonMark as they are
 * written. `At` is how a place is told.
 */

import type { Finding } from '../../contract/finding.ts';
import type { SpecContract } from '../../contract/operation.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { Entry, OperationState } from '../../engine/entries.ts';
import { grouped } from '../../engine/lookup.ts';
import { child, children, descend, type Located } from '../../specs/openapi/reader.ts';
import { textOf, valueOf } from '../../text/document-node.ts';
import { pathAt } from './document-path.ts';
import type { FeatureIndex } from './feature-index.ts';
import { handlerLabel, handlerTarget } from './handlers.ts';
import { operationNode } from './operation-rows.ts';
import { isDeprecated } from './operation-text.ts';
import {
  previewBody,
  previewContents,
  previewParameter,
  type PreviewContent,
  type PreviewField,
} from './preview-schema.ts';

export interface Preview<At = Span> {
  readonly spec: FileId;
  readonly title: string;
  /** Of the contract (`info.version`), and of OpenAPI. */
  readonly version: string;
  readonly openapi: string;
  readonly description?: string;
  readonly servers: readonly string[];
  readonly groups: readonly PreviewGroup<At>[];
}

export interface PreviewGroup<At = Span> {
  /** Empty for operations without a tag. */
  readonly tag: string;
  readonly description?: string;
  readonly operations: readonly PreviewOperation<At>[];
}

export interface PreviewOperation<At = Span> {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  readonly state: OperationState;
  readonly findings: number;
  readonly at: At;
}

export interface PreviewDetails<At = Span> {
  readonly id: string;
  readonly description?: string;
  readonly security: readonly string[];
  readonly parameters: readonly PreviewField[];
  readonly bodies: readonly PreviewContent[];
  readonly answers: readonly PreviewAnswer[];
  readonly findings: readonly Pick<Finding, 'rule' | 'severity' | 'message'>[];
  readonly handler?: { readonly label: string; readonly at: At };
}

export interface PreviewAnswer {
  readonly status: string;
  readonly description: string;
  readonly contents: readonly PreviewContent[];
  readonly headers: readonly PreviewField[];
}

/** Undefined for a file that belongs to no specification. */
export function preview(index: FeatureIndex, file: FileId): Preview | undefined {
  const spec = specOf(index, file);
  const top = spec && index.reader.document(spec.file);
  if (!top) return undefined;
  const info = child(top, 'info');
  const description = info && written(info, 'description');
  return {
    spec: spec.file,
    title: spec.title,
    version: (info && written(info, 'version')) ?? '',
    openapi: spec.version,
    ...(description !== undefined && { description }),
    servers: serversOf(top),
    groups: groupsOf(index, spec, top),
  };
}

/** The specification that a file belongs to. */
export function specOf({ ready }: FeatureIndex, file: FileId): SpecContract | undefined {
  const { specs } = ready.snapshot;
  return specs.find((spec) => spec.file === file) ?? specs.find(({ files }) => files.includes(file));
}

function serversOf(top: Located): readonly string[] {
  const servers = child(top, 'servers');
  if (servers?.node.kind === 'seq')
    return servers.node.items.flatMap((item) => textOf(valueOf(item, 'url')) ?? []);
  const base = written(top, 'basePath');
  return base === undefined ? [] : [`${written(top, 'host') ?? ''}${base}`];
}

/** In the order of the document's tags, then of their appearance. An operation stands under its first tag. */
function groupsOf(index: FeatureIndex, spec: SpecContract, top: Located): readonly PreviewGroup[] {
  const tags = child(top, 'tags');
  const described = new Map(
    (tags?.node.kind === 'seq' ? tags.node.items : []).flatMap((item) => {
      const name = textOf(valueOf(item, 'name'));
      return name === undefined ? [] : [[name, textOf(valueOf(item, 'description'))] as const];
    }),
  );
  const entries = index.entries.filter((entry) => entry.spec?.origin.spec === spec.file);
  const byTag = grouped(entries, (entry) => entry.spec?.origin.tags[0] ?? '');
  const names = [...new Set([...described.keys(), ...byTag.keys()])].filter((name) => byTag.has(name));
  return names.map((tag) => {
    const description = described.get(tag);
    return {
      tag,
      ...(description !== undefined && { description }),
      operations: (byTag.get(tag) ?? []).flatMap(outlined),
    };
  });
}

function outlined(entry: Entry): readonly PreviewOperation[] {
  const { id, method, path, spec, state, findings } = entry;
  if (!spec) return [];
  const { summary } = spec.origin;
  return [
    {
      id,
      method,
      path,
      ...(summary !== undefined && { summary }),
      deprecated: isDeprecated(entry),
      state,
      findings: findings.length,
      at: spec.at,
    },
  ];
}

export function previewDetails(index: FeatureIndex, id: string): PreviewDetails | undefined {
  const entry = index.entries.find((one) => one.id === id);
  const node = entry?.spec && operationNode(index, entry.spec);
  if (!entry?.spec || !node) return undefined;
  const description = written(node, 'description');
  const { spec, code } = entry;
  return {
    id,
    ...(description !== undefined && { description }),
    security:
      spec.security.required.known && spec.security.required.value
        ? spec.security.schemes.items.map(({ name, scopes }) =>
            scopes.length > 0 ? `${name} (${scopes.join(', ')})` : name,
          )
        : [],
    parameters: parametersOf(index, spec.at.file, node).flatMap(
      (one) => previewParameter(index.reader, one) ?? [],
    ),
    bodies: previewBody(index.reader, node),
    answers: answersOf(index, node),
    findings: entry.findings.map(({ rule, severity, message }) => ({ rule, severity, message })),
    ...(code && { handler: { label: handlerLabel(index, code), at: handlerTarget(index, code).at } }),
  };
}

/** Those of the operation, and those of its path item that it does not write anew (OpenAPI 3.1 section 4.8.9.1). */
export function parametersOf(index: FeatureIndex, file: FileId, operation: Located): readonly Located[] {
  const own = listed(operation, 'parameters');
  const top = index.reader.document(file);
  // The path item around it.
  const item = descend(top, operation.pointer.slice(0, -1));
  const named = [...own, ...(item ? listed(item, 'parameters') : [])].flatMap((one) => {
    const field = previewParameter(index.reader, one);
    return field ? [[`${field.in ?? ''} ${field.key}`, one] as const] : [];
  });
  return [...new Map(named.toReversed()).values()].toReversed();
}

function listed(at: Located, key: string): readonly Located[] {
  const list = child(at, key);
  if (list?.node.kind !== 'seq') return [];
  return list.node.items.flatMap((_, position) => child(list, String(position)) ?? []);
}

function answersOf({ reader }: FeatureIndex, operation: Located): readonly PreviewAnswer[] {
  const responses = child(operation, 'responses');
  return (responses ? children(responses) : [])
    .filter(({ key }) => !key.startsWith('x-'))
    .map((response) => {
      const followed = reader.follow(response);
      const at = followed.found ? followed.at : response;
      const headers = child(at, 'headers');
      return {
        status: response.key,
        description: written(at, 'description') ?? '',
        contents: previewContents(reader, at),
        headers: (headers ? children(headers) : []).flatMap(
          (header) => previewParameter(reader, header, header.key) ?? [],
        ),
      };
    });
}

/** The operation that stands around an offset, for previews that follow the cursor. */
export function previewAt(index: FeatureIndex, file: FileId, offset: number): string | undefined {
  const top = index.document(file);
  if (!top) return undefined;
  const starts = new Set(
    pathAt(top.node, offset).steps.flatMap(({ entry }) => (entry ? [entry.keyStart] : [])),
  );
  return index.entriesIn(file).find(({ spec }) => spec?.at.file === file && starts.has(spec.at.start))?.id;
}

function written({ node }: Located, key: string): string | undefined {
  return textOf(valueOf(node, key));
}
