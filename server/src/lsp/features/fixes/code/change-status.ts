/** Sends the status that the spec promises. */

import type { CodeOperation, Output } from '../../../../contract/operation.ts';
import { importNames, methodAt } from '../../../../code/edit/classes.ts';
import { functionAround, parameterOf } from '../../../../code/edit/functions.ts';
import {
  indentAt,
  lineEnd,
  namesOf,
  readSource,
  type Range,
  type Source,
} from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { fix, type FileEdit, type Fixer } from '../fix.ts';
import { statusText } from './scaffold-nest.ts';

export const sendStatus: Fixer = ({ index, entries }, { sent, promised }) => {
  const [from, ...others] = listOf(sent);
  const [to, ...more] = listOf(promised);
  const codes = entries.flatMap(({ code }) => code ?? []);
  const [code] = codes;
  if (from === undefined || to === undefined || others.length + more.length > 0 || !code || codes.length > 1)
    return [];
  const outputs = code.outputs.items.filter(({ status }) => status === from);
  const isShared = outputs.some((output) => isSentBy(index, output) > 1 || output.source !== undefined);
  if (!/^\d{3}$/.test(to) || isShared || (isEmpty(to) && outputs.some(hasBody))) return [];
  const isExpress = code.origin.framework === 'express';
  const edits = isExpress
    ? answersOf(index, code, outputs, { from, to })
    : decorators(index, code, outputs, to);
  return [fix(`Send ${to} in place of ${from}`, edits ?? [])];
};

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Nothing follows such a status (RFC 9110 section 6.4.1). */
function isEmpty(status: string): boolean {
  return status === '204' || status === '304';
}

function hasBody({ bodies }: Output): boolean {
  return bodies.items.length > 0;
}

/** Operations that answer from the same place. */
function isSentBy({ entries }: FeatureIndex, { at }: Output): number {
  const codes = new Set(entries.flatMap(({ code }) => code ?? []));
  return [...codes].filter(({ outputs }) =>
    outputs.items.some((other) => other.at.file === at.file && other.at.start === at.start),
  ).length;
}

interface Change {
  readonly from: string;
  readonly to: string;
}

/** All answers of the handler with this status; undefined where another function may send some. */
function answersOf(
  { ready }: FeatureIndex,
  { origin: { handler } }: CodeOperation,
  outputs: readonly Output[],
  { from, to }: Change,
): readonly FileEdit[] | undefined {
  const text = handler && ready.textOf(handler.at.file);
  const source = text === undefined ? undefined : readSource(text);
  const known = source && handler && functionAround(source, handler.at.start);
  const [, response] = known?.parameters ?? [];
  const name = source && response && parameterOf(source, response)?.name;
  const answers = known && name !== undefined ? answersIn(source, known.body, name) : undefined;
  if (!answers || !handler) return undefined;
  const sent = answers.filter(({ status }) => status === from);
  const places = new Set(sent.map(({ start }) => start));
  if (outputs.some(({ at }) => at.file !== handler.at.file || !places.has(at.start))) return undefined;
  return sent.map(({ start, end, isImplied }) => ({
    file: handler.at.file,
    start,
    end: isImplied ? start : end,
    text: isImplied ? `status(${to}).` : to,
  }));
}

interface Answer extends Range {
  readonly status: string;
  /** No status is written: it is 200. The range is that of `json` then, else of the number. */
  readonly isImplied: boolean;
}

/** What is sent by calls of the response, in order; undefined where it goes elsewhere, or a status is no number. */
function answersIn(source: Source, body: Range, name: string): readonly Answer[] | undefined {
  const { tokens } = source;
  const uses = namesOf(source, name).filter((index) => {
    const token = tokens[index];
    return token && body.start < token.start && token.end < body.end && tokens[index - 1]?.text !== '.';
  });
  const answers = uses.map((index) =>
    tokens[index + 1]?.text === '.' ? answerOf(source, index + 1) : undefined,
  );
  return answers.includes(undefined) ? undefined : answers.flatMap((one) => one ?? []);
}

/** Of a chain of calls from its first dot on: nothing for one that sends nothing. */
function answerOf(source: Source, dot: number): readonly Answer[] | undefined {
  const { tokens } = source;
  for (let at = dot; tokens[at]?.text === '.' && tokens[at + 2]?.text === '(';) {
    const [called, value] = [tokens[at + 1], tokens[at + 3]];
    if (called?.text === 'status' || called?.text === 'sendStatus') {
      if (value?.kind !== 'number' || source.pair(at + 2) !== at + 4) return undefined;
      return [{ status: value.text, start: value.start, end: value.end, isImplied: false }];
    }
    if (called && /^(?:json|jsonp|send|end|render)$/.test(called.text))
      return [{ status: '200', start: called.start, end: called.end, isImplied: true }];
    at = (source.pair(at + 2) ?? tokens.length) + 1;
  }
  return [];
}

/** Of Nest, one by one. */
function decorators(
  { ready }: FeatureIndex,
  code: CodeOperation,
  outputs: readonly Output[],
  to: string,
): readonly FileEdit[] | undefined {
  const edits = outputs.map(({ at }) => {
    const text = ready.textOf(at.file);
    const source = text === undefined ? undefined : readSource(text);
    const first = source?.at(at.start);
    if (!source || first === undefined) return undefined;
    const token = source.tokens[first];
    if (token?.kind === 'number') return [{ file: at.file, start: token.start, end: token.end, text: to }];
    return token?.text === '@' ? decorated(source, code, at.file, first, to) : undefined;
  });
  return edits.includes(undefined) ? undefined : edits.flatMap((one) => one ?? []);
}

/** `@HttpCode(…)`, in place of the one that there is or behind the route's decorator. */
function decorated(
  source: Source,
  code: CodeOperation,
  file: FileEdit['file'],
  at: number,
  to: string,
): readonly FileEdit[] | undefined {
  const { tokens, text, eol } = source;
  const name = tokens[at + 1]?.text;
  const { text: status, names } = statusText(to, source);
  const open = at + 2;
  const close = tokens[open]?.text === '(' ? source.pair(open) : undefined;
  const [bracket, last] = [tokens[open], tokens[close ?? -1]];
  if (!bracket || !last) return undefined;
  const imports = importNames(source, '@nestjs/common', names);
  if (!imports) return undefined;
  const added = imports.map((edit) => ({ file, ...edit }));
  if (name === 'HttpCode') return [{ file, start: bracket.end, end: last.start, text: status }, ...added];
  const { handler } = code.origin;
  const method = handler && methodAt(source, handler.at.start);
  const isRoute = method?.decorators.some(({ start }) => start === tokens[at]?.start);
  const end = lineEnd(text, last.end);
  if (!isRoute || end === undefined || method?.decorators.some((one) => one.name === 'HttpCode'))
    return undefined;
  const indent = indentAt(text, last.end);
  return [{ file, start: end, end, text: `${eol}${indent}@HttpCode(${status})` }, ...added];
}
