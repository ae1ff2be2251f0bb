/** What clients get for errors: what the project's own handlers of errors make of them, else what they carry. */

import type { UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { callValue } from '../../evaluate/calls.ts';
import { identityOf, numberOf } from '../../evaluate/identity.ts';
import { rememberNamed } from '../../evaluate/memory.ts';
import { type Run, type Thrown } from '../../evaluate/run.ts';
import { branch, merge } from '../../evaluate/branches.ts';
import { way } from '../../evaluate/statements.ts';
import { alternatives, union } from '../../evaluate/alternatives.ts';
import { isUnseen } from '../../evaluate/text-parts.ts';
import { placeOf, type FunctionValue, type NativeValue, type Value } from '../../evaluate/values.ts';
import { errorObject, statusesOf } from './errors.ts';
import { createExchange, missError, type Exchange, type SentOutput } from './exchange.ts';
import { nextModel } from './next.ts';
import { responseModel } from './response.ts';
import { exchanging } from './standing.ts';

/** Handlers of errors below which an operation stands, nearest first. */
export type ErrorHandlers = readonly (FunctionValue | NativeValue)[];

/** Answers what a handler threw or handed on. */
export function answerThrown(run: Run, exchange: Exchange, thrown: Thrown, handlers: ErrorHandlers): void {
  const { value, at, source, sorted } = thrown;
  const before = exchange.outputs.length;
  answerError(run, exchange, value, at, source, handlers);
  if (!sorted) return;
  for (const [index, output] of exchange.outputs.entries())
    if (index >= before) exchange.outputs[index] = { ...output, sorted };
}

/** Of an error that nobody was seen to throw, what sorts it says what all of them may become: none of it is certain. */
export function doubtSorted({ outputs }: Exchange): void {
  const found = new Map<string, Set<number | undefined>>();
  const keyOf = ({ sorted }: SentOutput): string => (sorted ? `${sorted.file} ${sorted.start}` : '');
  for (const output of outputs)
    if (output.sorted) found.set(keyOf(output), (found.get(keyOf(output)) ?? new Set()).add(output.status));
  for (const [index, output] of outputs.entries())
    if ((found.get(keyOf(output))?.size ?? 0) > 1) outputs[index] = { ...output, evidence: 'guessed' };
}

/** Answers an error that was thrown or handed on at `at`; `source` is where that really was. */
function answerError(
  run: Run,
  exchange: Exchange,
  error: Value,
  at: Span,
  source: Span | undefined,
  handlers: ErrorHandlers,
): void {
  const [handler] = handlers;
  if (!handler) {
    const seen = alternatives(error).filter((one) => !isUnseen(one));
    if (seen.length > 0) carriedStatus(run, exchange, union(seen), at, source);
    return;
  }
  for (const one of alternatives(error)) {
    const answer = answerOf(run, handler, one, at);
    // A handler that sorts errors says of one that nobody knows what all of them may become.
    const isSorted = one.t === 'unknown' && new Set(answer.outputs.map(({ status }) => status)).size > 1;
    for (const output of answer.outputs) {
      const evidence = isSorted ? 'guessed' : output.evidence;
      if (output.status === 200) missError(exchange, { why: 'dynamic', what: errorAsSuccess, at });
      else exchange.outputs.push({ ...output, evidence, at, source: source ?? output.at });
    }
    if (!isUnseen(one) && (answer.gaps.length > 0 || answer.outputs.length === 0)) {
      const carried = statusesOf(run, one, at);
      if (answer.outputs.length === 0 && carried.length > 0) carriedStatus(run, exchange, one, at, source);
      else if (answer.gaps[0]) missError(exchange, answer.gaps[0]);
    }
    if (answer.handsOn && handlers.length > 1) answerError(run, exchange, one, at, source, handlers.slice(1));
  }
}

/** What always says 200, and in its body what went wrong, is none of the successes that a contract tells of. */
const errorAsSuccess = 'an error that is answered as a success';

interface ErrorAnswer {
  readonly outputs: readonly SentOutput[];
  readonly gaps: readonly UnknownReason[];
  /** To the next handler of errors. */
  readonly handsOn: boolean;
  /** How often it was seen to refuse. */
  readonly refused: number;
}

/**
 * What one handler makes of one error. It sees nothing of the request that failed, and what it writes is taken back,
 * so the same error at the same handler is answered the same: most handlers throw what a few guards and services throw.
 */
function answerOf(run: Run, handler: FunctionValue | NativeValue, error: Value, at: Span): ErrorAnswer {
  const name = run.homes.length + run.stack.length > 0 ? undefined : identityOf(run.identities, error);
  // Where it is called from is told where the evaluation ends early, and nowhere else.
  const place = placeOf(error) ?? at;
  if (name === undefined) return askHandler(run, handler, error, place);
  const subject = handler.t === 'function' ? handler.fn : handler;
  const before = run.refused;
  const answer = rememberNamed(run, subject, `${numberOf(run.identities, handler)} ${name}`, () =>
    askHandler(run, handler, error, place),
  );
  run.refused = before + answer.refused;
  return answer;
}

function askHandler(run: Run, handler: FunctionValue | NativeValue, error: Value, at: Span): ErrorAnswer {
  const inner = createExchange();
  const { uses, refused: before } = run;
  run.uses = inner.uses;
  run.thrown.push([]);
  exchanging(run, 'failed', (_, request) => {
    const models = [errorObject(error), request, responseModel(run, inner), nextModel(run, inner)];
    merge(run, [
      way(run, () => {
        callValue(run, handler, models, { at, file: at.file });
        return 'throw';
      }),
      branch(run, () => ({ result: undefined, completion: 'normal' })),
    ]);
  });
  run.thrown.pop();
  run.uses = uses;
  return {
    outputs: inner.outputs,
    gaps: inner.outputGaps,
    handsOn: inner.errors.length > 0,
    refused: run.refused - before,
  };
}
function carriedStatus(run: Run, exchange: Exchange, error: Value, at: Span, source: Span | undefined): void {
  const statuses = statusesOf(run, error, at);
  if (statuses.length === 0) {
    // A plain error: 500 by default, which no contract is expected to list.
    exchange.outputs.push({
      status: 500,
      mediaType: undefined,
      ...exchange.errorAnswer?.(error, 500, at),
      at,
      ...(source && { source }),
      evidence: 'guessed',
    });
  }
  for (const status of statuses) {
    if (status === undefined) missError(exchange, { why: 'dynamic', what: 'status of an error', at });
    else
      exchange.outputs.push({
        status,
        mediaType: undefined,
        ...exchange.errorAnswer?.(error, status, at),
        at,
        ...(source && { source }),
        evidence: 'inferred',
      });
  }
}
