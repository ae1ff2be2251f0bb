/**
 * Requests that are the same value in every handler. What a helper makes of one (a context, a session, a logger) is then
 * found out once, however many handlers call it: only calls that use the request are evaluated for each.
 */

import { remember } from '../../evaluate/memory.ts';
import type { Run } from '../../evaluate/run.ts';
import type { Value } from '../../evaluate/values.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { requestModel } from './request.ts';

/** `handled` is the request of a handler, `failed` the one of which handlers of errors see nothing. */
export type StandingName = 'handled' | 'failed';

interface Standing {
  /** What is noted now. */
  readonly exchange: Exchange;
  readonly request: Value;
  taken: boolean;
}

const subjects: Readonly<Record<StandingName, object>> = { handled: {}, failed: {} };

/** Does `work` with a fresh exchange and its request; what was noted is a copy. Inside of itself it gives another request. */
export function exchanging<T>(
  run: Run,
  name: StandingName,
  work: (exchange: Exchange, request: Value) => T,
): { readonly result: T; readonly exchange: Exchange } {
  const standing = remember(run, subjects[name], [], (): Standing => {
    const exchange = createExchange();
    return { exchange, request: requestModel(exchange, name), taken: false };
  });
  if (standing.taken) {
    const exchange = createExchange();
    return { result: work(exchange, requestModel(exchange)), exchange };
  }
  const { exchange } = standing;
  Object.assign(exchange, createExchange());
  standing.taken = true;
  try {
    return { result: work(exchange, standing.request), exchange: { ...exchange } };
  } finally {
    standing.taken = false;
  }
}
