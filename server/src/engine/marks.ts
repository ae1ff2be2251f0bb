/** What comments and the configuration say about routes: what is not to be told, and what no contract has to know. */

import type { Mark, ModuleFacts } from '../code/program/program.ts';
import { type Ignore, isCovered } from '../contract/ignore.ts';
import { known } from '../contract/knowledge.ts';
import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import { formatPath } from '../contract/path.ts';
import type { FileId } from '../contract/span.ts';

export function ignoresOf(modules: Iterable<ModuleFacts>): readonly Ignore[] {
  return [...modules]
    .flatMap(({ file, marks }) => (marks ?? []).flatMap((mark) => ignoreOf(file, mark)))
    .sort((a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start));
}

function ignoreOf(file: FileId, { about, rules, reason, s, e, from, to }: Mark): readonly Ignore[] {
  if (about === 'deprecated') return [];
  return [
    {
      about,
      rules,
      ...(reason !== undefined && { reason }),
      at: { file, start: s, end: e },
      covers: [{ file, start: from, end: to }],
    },
  ];
}

/** The contract with what `@deprecated` above a registration or a handler says, where no decorator says so. */
export function withDeprecations(contract: CodeContract, modules: Iterable<ModuleFacts>): CodeContract {
  const marks = [...modules].flatMap(({ file, marks: all }) =>
    (all ?? []).flatMap((mark) => (mark.about === 'deprecated' ? [{ ...mark, file }] : [])),
  );
  if (marks.length === 0) return contract;
  const read = (operation: CodeOperation): CodeOperation => {
    const { at, deprecated, origin } = operation;
    if (deprecated.known && deprecated.value) return operation;
    const places = [at, ...(origin.handler ? [origin.handler.at] : [])];
    const mark = marks.find(({ file, from, to }) =>
      places.some((place) => place.file === file && from <= place.start && place.start < to),
    );
    return mark
      ? { ...operation, deprecated: known(true, 'inferred', { file: mark.file, start: mark.s, end: mark.e }) }
      : operation;
  };
  return { ...contract, operations: { ...contract.operations, items: contract.operations.items.map(read) } };
}

/** A route of the configuration: `/internal/**`, `GET /metrics`, `/users/{id}/debug`. */
export interface RoutePattern {
  readonly written: string;
  readonly method?: string;
  readonly path: RegExp;
}

/** `*` stands for one segment or a part of one, `**` for any number of them, a parameter for any parameter. */
export function routePattern(written: string): RoutePattern {
  const [, method, path = ''] = /^(?:([A-Za-z]+)\s+)?(.*)$/.exec(written.trim()) ?? [];
  const segments = path.split('/').filter((segment) => segment !== '');
  const source = segments.map((segment) => (segment === '**' ? '(?:/[^/]+)*' : `/${segmentSource(segment)}`));
  return {
    written,
    ...(method !== undefined && { method: method.toUpperCase() }),
    path: new RegExp(`^${source.join('') || '/'}$`, 'i'),
  };
}

function segmentSource(segment: string): string {
  return segment
    .split(/(\*|\{[^{}]*\}|^:\w+)/)
    .map((part) =>
      part === '*'
        ? '[^/]*'
        : /^[{:]/.test(part)
          ? '(?:\\{[^/]*\\}|\\*)'
          : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
}

/** The contract with its internal routes hidden, by a comment or by the configuration. */
export function withInternal(contract: CodeContract, patterns: readonly RoutePattern[]): CodeContract {
  const comments = (contract.ignores ?? []).filter(({ about }) => about === 'internal');
  if (comments.length === 0 && patterns.length === 0) return contract;
  const hide = (operation: CodeOperation): CodeOperation => {
    const hidden =
      operation.origin.hidden ?? byComment(operation, comments) ?? byPattern(operation, patterns);
    return hidden === operation.origin.hidden
      ? operation
      : { ...operation, origin: { ...operation.origin, ...(hidden !== undefined && { hidden }) } };
  };
  return {
    ...contract,
    operations: { ...contract.operations, items: contract.operations.items.map(hide) },
    detached: contract.detached.map(hide),
  };
}

function byComment({ at, origin }: CodeOperation, comments: readonly Ignore[]): string | undefined {
  const places = [at, origin.group.at, ...(origin.handler ? [origin.handler.at] : [])];
  const comment = comments.find((each) => places.some((place) => isCovered(each, place)));
  return comment && (comment.reason ?? 'backend-contract-internal');
}

function byPattern({ key, origin }: CodeOperation, patterns: readonly RoutePattern[]): string | undefined {
  const pattern = patterns.find(
    ({ method, path }) =>
      (method === undefined || method === key.method) &&
      [formatPath(key.path), `${origin.base ?? ''}${formatPath(key.path)}`].some((each) => path.test(each)),
  );
  return pattern && `internal: ${pattern.written}`;
}
