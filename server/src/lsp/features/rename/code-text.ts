/** Names of a contract in source code: where exactly they stand in a text, and how another one is written there. */

import type { FileId, Span } from '../../../contract/span.ts';
import type { SourceEdit } from '../../../authoring/edits.ts';

/** The path that a call or decorator registers, where it is written there as one text. */
export interface PathLiteral {
  readonly file: FileId;
  /** Of what stands between the quotes. */
  readonly start: number;
  readonly text: string;
}

/** `at` is the place of a link in a route's chain: from the method's name to the path. */
export function pathLiteral(source: string, { file, start, end }: Span): PathLiteral | undefined {
  const match = /(['"`])([^'"`\\\r\n]*)\1\s*\)?$/.exec(source.slice(start, end));
  const [, , text] = match ?? [];
  if (!match || text === undefined || text.includes('${')) return undefined;
  // Of several texts (`get(['/a', '/b']`) each may be the one.
  if (/['"`]/.test(source.slice(start, start + match.index))) return undefined;
  return { file, start: start + match.index + 1, text };
}

/** Renames `:id` in a path; undefined where it is not there just once. */
export function parameterEdit(literal: PathLiteral, name: string, to: string): SourceEdit | undefined {
  const found = [...literal.text.matchAll(/:([A-Za-z_$][\w$]*)|\{([^{}]+)\}/g)].filter(
    (match) => (match[1] ?? match[2]) === name,
  );
  const [only] = found;
  if (!only || found.length > 1) return undefined;
  const start = literal.start + only.index + 1;
  return { file: literal.file, start, end: start + name.length, text: to };
}

/**
 * Renames a parameter in the types that a call is written with: `get<{ id: string }>('/:id'`. Undefined where a name
 * stands for them, whose fields are not known here.
 */
export function typeEdits(
  source: string,
  link: Span,
  name: string,
  to: string,
): readonly SourceEdit[] | undefined {
  const [, head = '', types] = /^([\w$.]*\s*)<([^]*)>\s*\(/.exec(source.slice(link.start, link.end)) ?? [];
  if (types === undefined) return [];
  const [, fields] = /^\s*\{([^{}]*)\}/.exec(types) ?? [];
  if (fields === undefined)
    return /^\s*(?:any|unknown|object|\{\}|ParamsDictionary)\s*(?:,|$)/.test(types) ? [] : undefined;
  const start = link.start + head.length + 1 + types.indexOf('{') + 1;
  return [...fields.matchAll(/(?:^|[;,\s])([A-Za-z_$][\w$]*)\??\s*:/dg)].flatMap(({ 1: field, indices }) => {
    const at = indices?.[1]?.[0];
    if (field !== name || at === undefined) return [];
    return [{ file: link.file, start: start + at, end: start + at + name.length, text: to }];
  });
}

/** Renames one segment of a path, counted from its beginning; undefined where it is another text. */
export function segmentEdit(
  literal: PathLiteral,
  index: number,
  name: string,
  to: string,
): SourceEdit | undefined {
  const segments = [...literal.text.matchAll(/[^/]+/g)];
  const segment = segments[index];
  if (segment?.[0] !== name) return undefined;
  const start = literal.start + segment.index;
  return { file: literal.file, start, end: start + name.length, text: to };
}

/**
 * Renames a parameter where it is read: `params.id`, `params['id']`, `{ id } = params`, `@Param('id')`, the key of a
 * schema. Undefined for what is written in another way.
 */
export function readEdit(source: string, at: Span, name: string, to: string): SourceEdit | undefined {
  const { file } = at;
  const written = source.slice(at.start, at.end);
  if (written === name) return identifierEdit(source, at, to);
  const literals = [...written.matchAll(/(['"`])((?:(?!\1)[^\\\r\n])*)\1/g)].filter(
    ([, , text]) => text === name,
  );
  const [only] = literals;
  if (!only || literals.length > 1) return undefined;
  const start = at.start + only.index + 1;
  return { file, start, end: start + name.length, text: to };
}

function identifierEdit(source: string, { file, start, end }: Span, to: string): SourceEdit {
  const before = source.slice(Math.max(0, start - 60), start);
  const after = source.slice(end, end + 20);
  // What is taken apart keeps the name of its variable.
  const isShorthand = /[{,]\s*$/.test(before) && /^\s*[,}=]/.test(after);
  return { file, start, end, text: isShorthand ? `${to}: ${source.slice(start, end)}` : to };
}

/**
 * Does the code around a handler still name the parameter in a way that was not seen as a read: in a type of the
 * request, in a branch that is never taken, in documentation of decorators?
 */
export function namesElsewhere(source: string, around: Span, name: string, known: readonly Span[]): boolean {
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const patterns = [
    `params\\s*(?:\\?|!)?\\.\\s*(${word})(?![\\w$])`,
    `params\\s*(?:\\?\\.)?\\[\\s*['"\`](${word})['"\`]`,
    `[{,]\\s*(${word})\\s*[,}=:][^{}]*(?:\\}\\s*=\\s*[\\w.]*params(?![\\w$]))`,
    `(?:Request|RequestHandler|params\\s+as|params\\s*:)\\s*<?\\s*\\{[^{}]*?(?<![\\w$])(${word})(?![\\w$])`,
    `@Api\\w*\\([^)]*['"\`](${word})['"\`]`,
  ];
  const text = source.slice(around.start, around.end);
  return patterns.some((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'gd'))].some(({ indices }) => {
      const start = around.start + (indices?.[1]?.[0] ?? 0);
      return !known.some((span) => span.start <= start && start < span.end);
    }),
  );
}
