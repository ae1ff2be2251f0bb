/** Sends the status that the spec promises. */

import type { CodeOperation, Output } from '../../../../contract/operation.ts';
import { hasNoContent } from '../../../../contract/statuses.ts';
import { functionAround, parameterOf } from '../../../../code/edit/functions.ts';
import { namesOf, readSource, type Range, type Source } from '../../../../code/edit/source.ts';
import type { FeatureIndex } from '../../feature-index.ts';
import { fix, type FileEdit, type Fixer } from '../fix.ts';
import { decoratedStatus, type Change } from './decorated-status.ts';

export const sendStatus: Fixer = ({ index, entries }, { sent, promised }) => {
  const [from, ...others] = listOf(sent);
  const [to, ...more] = listOf(promised);
  const codes = entries.flatMap(({ code }) => code ?? []);
  const [code] = codes;
  if (from === undefined || to === undefined || others.length + more.length > 0 || !code || codes.length > 1)
    return [];
  const outputs = code.outputs.items.filter(({ status }) => status === from);
  const isShared = outputs.some((output) => isSentBy(index, output) > 1 || output.source !== undefined);
  if (!/^\d{3}$/.test(to) || isShared || (hasNoContent(to) && outputs.some(hasBody))) return [];
  const change = code.origin.framework === 'express' ? answersOf : decoratedStatus;
  const edits = change(index, code, outputs, { from, to });
  return [fix(`Send ${to} in place of ${from}`, edits ?? [])];
};

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
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
