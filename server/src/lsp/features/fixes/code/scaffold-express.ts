/** A route of Express for an operation that only the spec has, beside those that share most of its path. */

import type { SpecOperation } from '../../../../contract/operation.ts';
import { operationIds } from '../../../../contract/operation-ids.ts';
import { formatPath } from '../../../../contract/path.ts';
import type { Registration } from '../../../../code/edit/registration.ts';
import {
  indentAt,
  isFirstOnLine,
  lineEnd,
  literalText,
  readSource,
  sliceOf,
  type Range,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import type { Edit, FileEdit } from '../fix.ts';
import { importedFrom } from '../../../../code/edit/classes.ts';
import { fileId, type FileId } from '../../../../contract/span.ts';
import { besideIn, declareHandler, inlineLike } from './express-handlers.ts';
import { placeFor, sharedGuards, type Place, type Placed } from './place.ts';
import { expressPath, shadows, writtenAt, type Home, type Neighbour, type Written } from './routers.ts';

interface Known extends Written, Placed {
  readonly guards: readonly string[];
}

export function scaffoldExpress(index: FeatureIndex, spec: SpecOperation, home: Home): readonly FileEdit[] {
  const sources = new Map<string, Source | undefined>();
  const known = home.neighbours.flatMap((neighbour): readonly Known[] => {
    const written = writtenAt(index, neighbour, sources);
    if (!written) return [];
    const { source, registration } = written;
    const guards = registration.parts.slice(0, -1).map((part) => sliceOf(source, part));
    return [{ ...written, neighbour, guards, start: registration.statement.start }];
  });
  const [model] = known;
  // A route that is not written as a statement may stand anywhere in the order.
  if (!model || known.length < home.neighbours.length) return [];
  const { file } = model.neighbour.code.at;
  const { receiver, statement } = model.registration;
  const same = known.filter(
    ({ neighbour, registration }) => neighbour.code.at.file === file && registration.receiver === receiver,
  );
  const path = expressPath(home.relative);
  const place = same.length === known.length ? placeFor(spec, home, same) : undefined;
  if (path === undefined || !place || isRepeated(known)) return [];
  const guards = sharedGuards(spec, same);
  const indent = indentAt(model.source.text, statement.start);
  const handler = guards && handlerFor(index, spec, model, indent);
  if (!handler) return [];
  const parts = [...guards, handler.text].join(', ');
  const method = spec.key.method.toLowerCase();
  const chained = same.find(
    ({ neighbour, registration }) => registration.link && isSamePath(neighbour, home),
  );
  const edit = chained
    ? linkEdit(chained, method, parts)
    : statementEdit(model, place, { receiver, method, path: `/${path}`, parts });
  return edit ? [{ file, ...edit }, ...handler.edits] : [];
}

/** One call that registers several paths, as in a loop: what stands beside it would be registered as often. */
function isRepeated(known: readonly Known[]): boolean {
  const paths = new Map<number, string>();
  return known.some(({ neighbour: { code } }) => {
    const path = formatPath(code.key.path);
    const other = paths.get(code.at.start);
    paths.set(code.at.start, path);
    return other !== undefined && other !== path;
  });
}

function isSamePath({ relative }: Neighbour, home: Home): boolean {
  return (
    relative.length === home.relative.length &&
    shadows(relative, home.relative) &&
    shadows(home.relative, relative)
  );
}

interface Handler {
  readonly text: string;
  readonly edits: readonly FileEdit[];
}

function handlerFor(
  index: FeatureIndex,
  spec: SpecOperation,
  model: Known,
  indent: string,
): Handler | undefined {
  const { source, registration, neighbour } = model;
  const part = registration.parts.at(-1);
  if (!part) return undefined;
  const inner = registration.link ? `${indent}${source.step}` : indent;
  const inline = inlineLike(source, part, inner);
  if (inline !== undefined) return { text: inline, edits: [] };
  const [, object, name = ''] = /^(?:([\w$]+)\.)?([\w$]+)$/.exec(sliceOf(source, part)) ?? [];
  const wanted = nameFor(index, spec);
  const { file } = neighbour.code.at;
  const specifier = importedFrom(source, object ?? name);
  const home = specifier === undefined ? file : moduleOf(index, file, specifier);
  const text = home && index.ready.textOf(home);
  const other = home === file ? source : text === undefined ? undefined : readSource(text);
  if (name === '' || !home || !other) return undefined;
  const declared = declareHandler(other, name, wanted);
  if (!declared) return undefined;
  const edits = declared.map((edit) => ({ file: home, ...edit }));
  if (object !== undefined) return home === file ? undefined : { text: `${object}.${wanted}`, edits };
  const imported = home === file ? undefined : importEdit(source, name, wanted);
  if (home !== file && !imported) return undefined;
  return { text: wanted, edits: [...edits, ...(imported ? [{ file, ...imported }] : [])] };
}

/** The file that a relative import names. */
function moduleOf({ ready }: FeatureIndex, from: FileId, specifier: string): FileId | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const path = specifier
    .split('/')
    .reduce<readonly string[]>(
      (at, step) => (step === '.' ? at : step === '..' ? at.slice(0, -1) : [...at, step]),
      from.split('/').slice(0, -1),
    )
    .join('/');
  const plain = path.replace(/\.[cm]?js$/, '');
  return ['.ts', '.js', '.mjs', '.cjs', '.mts', '/index.ts', '/index.js']
    .map((ending) => fileId(`${plain}${ending}`))
    .find((file) => ready.textOf(file) !== undefined);
}

/** Beside the other name in `import { list } from …` or `const { list } = require(…)`. */
function importEdit(source: Source, model: string, name: string): Edit | undefined {
  const { tokens } = source;
  const open = tokens.findIndex(
    ({ text }, at) =>
      text === '{' &&
      /^(?:import|const|let|var)$/.test(tokens[at - 1]?.text ?? '') &&
      besideIn(source, at, model, name) !== undefined,
  );
  return open < 0 ? undefined : besideIn(source, open, model, name);
}

/** The last word of the operation's id, where that can be a name. */
export function nameFor({ entries }: FeatureIndex, spec: SpecOperation): string {
  const own = spec.origin.operationId?.split(/[._/]/).at(-1);
  if (own !== undefined && /^[a-z][A-Za-z0-9]*$/.test(own)) return own;
  // Without their ids: a function is named as functions are, however the spec writes its own names.
  const others = entries.flatMap((entry) =>
    entry.spec?.origin.spec === spec.origin.spec ? [named(entry.spec)] : [],
  );
  return operationIds(others)(named(spec));
}

function named({ key }: SpecOperation): { readonly method: string; readonly path: string } {
  return { method: key.method, path: formatPath(key.path) };
}

function linkEdit({ source, registration }: Known, method: string, parts: string): Edit | undefined {
  const { link } = registration;
  if (!link) return undefined;
  // The last of its chain: the statement ends with it.
  const { statement } = registration;
  const end = source.text[statement.end - 1] === ';' ? statement.end - 1 : statement.end;
  const isOnLines = isFirstOnLine(source.text, link.start);
  const indent = indentAt(source.text, link.start);
  return { start: end, end, text: `${isOnLines ? `${source.eol}${indent}` : ''}.${method}(${parts})` };
}

interface Call {
  readonly receiver: string;
  readonly method: string;
  readonly path: string;
  readonly parts: string;
}

function statementEdit(
  { source, registration }: Known,
  { beside: { registration: beside }, inFront }: Place<Known>,
  { receiver, method, path, parts }: Call,
): Edit | undefined {
  const { text, eol, semicolons } = source;
  const indent = indentAt(text, beside.statement.start);
  const quote = registration.path.text.charAt(0);
  const end = semicolons ? ';' : '';
  const literal = `${quote}${path}${quote}`;
  if (literalText(registration.path) === undefined) return undefined;
  const call = registration.link
    ? chainText(source, registration, indent, { receiver, method, literal, parts })
    : `${receiver}.${method}(${literal}, ${parts})`;
  // A blank line between statements over several lines, as between those that are there.
  const isLong = /\n/.test(sliceOf(source, beside.statement)) || call.includes('\n');
  const gap = isLong || hasGap(source, beside.statement) ? `${eol}${eol}` : eol;
  if (inFront)
    return {
      start: beside.statement.start,
      end: beside.statement.start,
      text: `${call}${end}${gap}${indent}`,
    };
  const stop = lineEnd(text, beside.statement.end);
  return stop === undefined ? undefined : { start: stop, end: stop, text: `${gap}${indent}${call}${end}` };
}

function chainText(
  { text, eol, step }: Source,
  { link }: Registration,
  indent: string,
  { receiver, method, literal, parts }: Omit<Call, 'path'> & { readonly literal: string },
): string {
  const isOnLines = link !== undefined && isFirstOnLine(text, link.start);
  const gap = isOnLines ? `${eol}${indent}${step}` : '';
  return `${receiver}${gap}.route(${literal})${gap}.${method}(${parts})`;
}

/** Do blank lines stand on both sides of it? */
function hasGap({ text }: Source, { start, end }: Range): boolean {
  return /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, start)) && /^[^\n]*\n[ \t]*\r?\n/.test(text.slice(end));
}
