/** Routes are documented in comments above them, where the specification is gathered from such comments (swagger-jsdoc). */

import type { CodeOperation } from '../../../contract/operation.ts';
import { formatPath, paramNames } from '../../../contract/path.ts';
import type { FileId } from '../../../contract/span.ts';
import type { Draft } from '../../../draft/schema.ts';
import { eolOf, type Plain } from '../../../text/document-style.ts';
import { lineStart, openForEditing } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import type { FileEdit } from './fix.ts';
import type { Home } from './route-places.ts';

/** Undefined where the file has no such comments, or the route no place for one. */
export function commentAbove(
  index: FeatureIndex,
  { spec, path }: Home,
  { key, at }: CodeOperation,
  draft: (names: readonly string[]) => Draft,
): FileEdit | undefined {
  const text = index.ready.textOf(at.file) ?? '';
  const style = commentStyle(index, spec.file, at.file, text);
  const start = lineStart(text, at.start);
  const [indent, registering] = /^([ \t]*)(.*)$/.exec(text.slice(start, at.start))?.slice(1) ?? [];
  if (!style || indent === undefined || !/^(?:[\w$]+\.)+$/.test(registering ?? '')) return undefined;
  // What there is already may be meant for readers, or be one that could not be read.
  if (/\*\/\s*$/.test(text.slice(0, start))) return undefined;
  const item: Plain = { [key.method.toLowerCase()]: draft(paramNames(path)) };
  const lines = style.write({ [formatPath(path)]: item }).split(/\r?\n/);
  const eol = eolOf(text);
  const comment = ['/**', ` * ${style.tag}`, ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
  return { file: at.file, start, end: start, text: comment.map((line) => `${indent}${line}${eol}`).join('') };
}

interface CommentStyle {
  /** `@openapi` or `@swagger`. */
  readonly tag: string;
  write(value: Plain): string;
}

/** That of the first operation which the file documents so. */
function commentStyle(
  index: FeatureIndex,
  spec: FileId,
  file: FileId,
  text: string,
): CommentStyle | undefined {
  const neighbour = index.entries.find(
    (entry) => entry.spec?.origin.spec === spec && entry.spec.at.file === file,
  );
  const at = neighbour?.spec?.at.start;
  const [, tag, body] =
    (at === undefined
      ? undefined
      : /^\/\*\*\s*\*\s*(@(?:openapi|swagger))\b([^]*?)\*\//.exec(text.slice(text.lastIndexOf('/**', at)))) ??
    [];
  if (tag === undefined || body === undefined) return undefined;
  const written = body.replaceAll(/^[ \t]*\*[ \t]?/gm, '').replace(/^\s*\n/, '');
  return { tag, write: (value) => openForEditing(written, 'yaml').style().block(value) };
}
