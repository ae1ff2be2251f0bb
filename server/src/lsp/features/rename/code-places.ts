/** Where a name of a path stands in the code of one route: in the text of its path, and wherever it is read. */

import type { CodeOperation, PathLink, SpecOperation } from '../../../contract/operation.ts';
import { literalOf, paramNames, parseTemplate } from '../../../contract/path.ts';
import type { FileId, Span } from '../../../contract/span.ts';
import type { SourceEdit } from '../../../authoring/edits.ts';
import type { FeatureIndex } from '../feature-index.ts';
import {
  namesElsewhere,
  parameterEdit,
  pathLiteral,
  readEdit,
  segmentEdit,
  typeEdits,
  type PathLiteral,
} from './code-text.ts';

/** Where a name stands in the code of a route. */
export interface Found {
  readonly literal: PathLiteral;
  /** Of a segment: which one of the literal's own. */
  readonly index?: number;
  readonly edits: readonly SourceEdit[];
}

export type Located = Found | { readonly refused: string } | undefined;

/** Where another route that is registered by the same text has the same segment. */
export function segmentIn(
  index: FeatureIndex,
  code: CodeOperation | undefined,
  { literal, index: own }: Found,
): { readonly position?: number } {
  if (!code || own === undefined) return {};
  const chain = code.origin.chain ?? [];
  let position = code.key.path.length;
  for (const link of [...chain].reverse()) {
    position -= parseTemplate(link.path).length;
    const other = literalAt(index, link);
    if (other && other.file === literal.file && other.start === literal.start)
      return { position: position + own };
  }
  return {};
}

export function placeKey(file: FileId, start: number): string {
  return `${file} ${start}`;
}

export function literalAt({ ready }: FeatureIndex, link: PathLink): PathLiteral | undefined {
  const at = link.text ?? link.at;
  const text = ready.textOf(at.file);
  return text === undefined ? undefined : pathLiteral(text, at);
}

/** `spec`: the operation that has to have the same name at the same place, if one has to. */
export function locateParameter(
  index: FeatureIndex,
  spec: SpecOperation | undefined,
  code: CodeOperation,
  name: string,
  to: string,
): Located {
  const names = paramNames(code.key.path);
  // Parameters of paths meet by their position; where the two sides have names of their own, nothing is tied.
  if (!names.includes(name)) return undefined;
  if (spec && names[paramNames(spec.key.path).indexOf(name)] !== name) return undefined;
  const links = (code.origin.chain ?? []).filter(({ path }) =>
    paramNames(parseTemplate(path)).includes(name),
  );
  const [link] = links;
  const literal = link && literalAt(index, link);
  const edit = literal && parameterEdit(literal, name, to);
  if (!edit || links.length > 1) return unproven(code, `where its path names "${name}"`);
  const input = code.inputs.items.find((one) => one.in === 'path' && one.name === name);
  if (!input?.places) return unproven(code, `every place that reads "${name}"`);
  const reads = input.places.map((at) => readEdit(index.ready.textOf(at.file) ?? '', at, name, to));
  if (reads.some((read) => read === undefined)) return unproven(code, `how "${name}" is read`);
  const types = typeEdits(index.ready.textOf(link.at.file) ?? '', link.at, name, to);
  if (!types) return unproven(code, `whether the type of its parameters names "${name}"`);
  const known = [...input.places, { file: literal.file, start: edit.start, end: edit.end }];
  if (
    regionsOf(index, code).some((around) =>
      namesElsewhere(index.ready.textOf(around.file) ?? '', around, name, known),
    )
  )
    return unproven(code, `all that names "${name}": a type or documentation does, too`);
  return { literal, edits: [edit, ...types, ...reads.filter((read) => read !== undefined)] };
}

/** The registration, with the other decorators of its method, and the handler. */
function regionsOf({ ready }: FeatureIndex, { at, origin }: CodeOperation): readonly Span[] {
  const text = ready.textOf(at.file) ?? '';
  const handler = origin.handler ? [origin.handler.at] : [];
  if (text[at.start] !== '@') {
    const lineEnd = text.indexOf('\n', at.end);
    return [{ ...at, end: lineEnd < 0 ? text.length : lineEnd }, ...handler];
  }
  const before = text.slice(0, at.start);
  const start = Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('}\n'), 0);
  const from = Math.max(at.end, ...handler.filter(({ file }) => file === at.file).map(({ end }) => end));
  // A method ends in front of the decorators of the next one, or with its class.
  const next = /\n[ \t]*@\w|\n\}/.exec(text.slice(from));
  return [{ file: at.file, start, end: next ? from + next.index : text.length }, ...handler];
}

export function locateSegment(
  index: FeatureIndex,
  code: CodeOperation,
  position: number | undefined,
  name: string,
  to: string,
): Located {
  const { path } = code.key;
  const segment = position === undefined ? undefined : path[position];
  const literalText = segment && literalOf(segment);
  // A parameter or a wildcard serves the new address as it does the old one.
  if (position === undefined || literalText === undefined) return undefined;
  if (literalText !== name)
    return literalText.toLowerCase() === name.toLowerCase()
      ? unproven(code, `whether "${literalText}" is meant`)
      : undefined;
  const place = linkOf(code.origin.chain ?? [], path.length, position);
  const literal = place && literalAt(index, place.link);
  const edit = literal && segmentEdit(literal, place.index, name, to);
  return edit && literal
    ? { literal, index: place.index, edits: [edit] }
    : unproven(code, `where "${name}" is written in its path`);
}

/** The link that adds a segment, and which of its own it is. */
function linkOf(
  chain: readonly PathLink[],
  length: number,
  position: number,
): { readonly link: PathLink; readonly index: number } | undefined {
  const lengths = chain.map(({ path }) => parseTemplate(path).length);
  // What configuration puts in front is in no link.
  let left = position - (length - lengths.reduce((sum, each) => sum + each, 0));
  for (const [number, link] of chain.entries()) {
    const own = lengths[number] ?? 0;
    if (left >= 0 && left < own) return { link, index: left };
    left -= own;
  }
  return undefined;
}

export function unproven(code: CodeOperation, what: string): { readonly refused: string } {
  return {
    refused: `It cannot be told of ${code.title} (${code.at.file}) ${what}; rename it there by hand.`,
  };
}
