/** Another status of a method whose decorators say it. */

import { STATUS_CODES } from 'node:http';
import type { CodeOperation, Output } from '../../../../contract/operation.ts';
import { importNames, methodAt, type Decorator, type Method } from '../../../../code/edit/classes.ts';
import {
  indentAt,
  lineEnd,
  literalText,
  namesOf,
  partsOf,
  quoted,
  readSource,
  type Range,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import type { Edit, FileEdit } from '../fix.ts';

/** Statuses, as they are written in contracts. */
export interface Change {
  readonly from: string;
  readonly to: string;
}

interface StatusDecorator {
  readonly name: string;
  readonly module: string;
  /** The second argument is what the status means. */
  readonly explains?: true;
}

const statusDecorators: Readonly<Record<string, StatusDecorator>> = {
  nest: { name: 'HttpCode', module: '@nestjs/common' },
  'routing-controllers': { name: 'HttpCode', module: 'routing-controllers' },
  tsoa: { name: 'SuccessResponse', module: 'tsoa', explains: true },
};

/** Undefined where something else than the method and its decorators decides the status. */
export function decoratedStatus(
  { ready }: FeatureIndex,
  { at: route, origin: { framework, handler } }: CodeOperation,
  outputs: readonly Output[],
  change: Change,
): readonly FileEdit[] | undefined {
  const means = statusDecorators[framework];
  const text = handler && ready.textOf(handler.at.file);
  const source = text === undefined ? undefined : readSource(text);
  const method = source && handler && methodAt(source, handler.at.start);
  if (!means || !handler || !source || !method) return undefined;
  const { file } = handler.at;
  const isWithin = ({ at }: Output): boolean =>
    at.file === file && method.whole.start <= at.start && at.start < method.whole.end;
  const inBody = setInBody(source, method, change);
  if (!outputs.every(isWithin) || !inBody) return undefined;
  // What a method returns without saying a status is where its name is: the decorator of the route decides.
  const starts = [
    ...new Set(outputs.map(({ at }) => (at.start === handler.at.start ? route.start : at.start))),
  ];
  const edits = starts.map((start) => editAt(source, method, start, means, change));
  if (edits.includes(undefined)) return undefined;
  const all = new Map([...edits.flatMap((one) => one ?? []), ...inBody].map((edit) => [edit.start, edit]));
  return [...all.values()].map((edit) => ({ file, ...edit }));
}

/** Numbers in `this.setStatus(200)`; undefined where something else is set. */
function setInBody(source: Source, { whole }: Method, { from, to }: Change): readonly Edit[] | undefined {
  const { tokens } = source;
  const set = namesOf(source, 'setStatus').flatMap((index) => {
    const [token, value] = [tokens[index], tokens[index + 2]];
    const isCall = tokens[index + 1]?.text === '(' && token && whole.start < token.start;
    return isCall && token.end < whole.end ? [value?.kind === 'number' ? value : undefined] : [];
  });
  if (set.includes(undefined)) return undefined;
  return set.flatMap((value) =>
    value?.text === from ? [{ start: value.start, end: value.end, text: to }] : [],
  );
}

/** What stands where a status comes from: a number, a decorator that says it, or that of the route. */
function editAt(
  source: Source,
  method: Method,
  start: number,
  means: StatusDecorator,
  change: Change,
): readonly Edit[] | undefined {
  const token = source.tokens[source.at(start) ?? -1];
  if (token?.kind === 'number') return [{ start, end: token.end, text: change.to }];
  const redirect = method.decorators.find(({ name }) => name === 'Redirect');
  if (redirect) return means.name === 'HttpCode' ? redirected(source, redirect, means, change.to) : undefined;
  const decorator = method.decorators.find((one) => one.start === start);
  if (!decorator) return undefined;
  return decorator.name === means.name || /^On(?:Undefined|Null)$/.test(decorator.name)
    ? said(source, decorator, means, change)
    : added(source, method, decorator, means, change.to);
}

/** In place of the status that a decorator has. */
function said(
  source: Source,
  { open }: Decorator,
  means: StatusDecorator,
  { from, to }: Change,
): readonly Edit[] | undefined {
  const [status, meaning] = (open === undefined ? undefined : partsOf(source, open)) ?? [];
  if (!status) return undefined;
  const written = writtenStatus(source, to, means);
  const imports = importNames(source, means.module, written.names);
  const isText = literalText(source.tokens[source.at(status.start) ?? -1]) !== undefined;
  const explained = meaning && source.tokens[source.at(meaning.start) ?? -1];
  const phrase = STATUS_CODES[to];
  const edits = [{ ...status, text: isText ? quoted(source, to) : written.text }];
  if (explained && means.explains && phrase !== undefined && literalText(explained) === STATUS_CODES[from])
    edits.push({ start: explained.start, end: explained.end, text: quoted(source, phrase) });
  return imports && [...edits, ...imports];
}

/** `@Redirect('/url', 302)`: without the second argument it is 302. */
function redirected(
  source: Source,
  { open }: Decorator,
  means: StatusDecorator,
  to: string,
): readonly Edit[] | undefined {
  const [url, status, ...more] = (open === undefined ? undefined : partsOf(source, open)) ?? [];
  if (means.module !== '@nestjs/common' || !url || more.length > 0) return undefined;
  const { text, names } = writtenStatus(source, to, means);
  const imports = importNames(source, means.module, names);
  const edit: Edit = status ? { ...status, text } : { start: url.end, end: url.end, text: `, ${text}` };
  return imports && [edit, ...imports];
}

/** Behind the decorator of the route. */
function added(
  source: Source,
  { decorators }: Method,
  route: Range,
  means: StatusDecorator,
  to: string,
): readonly Edit[] | undefined {
  const end = lineEnd(source.text, route.end);
  if (end === undefined || decorators.some(({ name }) => name === means.name)) return undefined;
  const { decorator, names } = decoratorText(source, means, to);
  const imports = importNames(source, means.module, names);
  const indent = indentAt(source.text, route.end);
  return imports && [{ start: end, end, text: `${source.eol}${indent}@${decorator}` }, ...imports];
}

interface DecoratorText {
  /** Without the `@`. */
  readonly decorator: string;
  /** What it needs imported. */
  readonly names: readonly string[];
}

/** The decorator of a framework that says a status. */
export function statusDecorator(
  source: Source,
  framework: string,
  status: string,
): DecoratorText | undefined {
  const means = statusDecorators[framework];
  return means && decoratorText(source, means, status);
}

function decoratorText(source: Source, means: StatusDecorator, status: string): DecoratorText {
  const { text, names } = writtenStatus(source, status, means);
  const phrase = STATUS_CODES[status];
  const meaning = means.explains && phrase !== undefined ? `, ${quoted(source, phrase)}` : '';
  return { decorator: `${means.name}(${text}${meaning})`, names: [means.name, ...names] };
}

interface WrittenStatus {
  readonly text: string;
  /** What it needs imported. */
  readonly names: readonly string[];
}

function writtenStatus(source: Source, status: string, { module }: StatusDecorator): WrittenStatus {
  return module === '@nestjs/common' ? statusText(status, source) : { text: status, names: [] };
}

/** `HttpStatus.NO_CONTENT` where the file writes statuses so. */
function statusText(status: string, source: Source): WrittenStatus {
  const name = statusNames[status];
  return name !== undefined && namesOf(source, 'HttpStatus').length > 1
    ? { text: `HttpStatus.${name}`, names: ['HttpStatus'] }
    : { text: status, names: [] };
}

const statusNames: Readonly<Record<string, string>> = {
  '200': 'OK',
  '201': 'CREATED',
  '202': 'ACCEPTED',
  '204': 'NO_CONTENT',
  '206': 'PARTIAL_CONTENT',
  '301': 'MOVED_PERMANENTLY',
  '302': 'FOUND',
  '303': 'SEE_OTHER',
  '307': 'TEMPORARY_REDIRECT',
  '308': 'PERMANENT_REDIRECT',
};
