/** What handlers ask for only to refuse requests in which it is there: nothing that a client may send. */

import type { Expr } from '../program/program.ts';
import type { Completion } from './run.ts';
import type { Presence, UnknownValue, Value } from './values.ts';

/** Of something that is read, or asked for, for the first time. */
export function startPresence(answers: Presence['answers']): Presence {
  return { times: 1, refusals: 0, answers };
}

/** Whether something is there: `condition`, with what is known of the value that was asked for. */
export function presenceOf(value: Value, condition: UnknownValue): UnknownValue {
  return value.t === 'unknown' && value.presence ? { ...condition, presence: value.presence } : condition;
}

/**
 * Goes the way on which a condition holds: `if ('id' in body) throw …`, `if (query.old) return res.status(400).end()`.
 * What was given a name before may be read behind the condition too, so that this counts as no refusal.
 */
export function notingRefusal(condition: Expr, value: Value, goOn: () => Completion): Completion {
  const presence = condition.k !== 'id' && value.t === 'unknown' ? value.presence : undefined;
  if (!presence) return goOn();
  const before = presence.answers();
  const completion = goOn();
  const { refused, taken } = presence.answers();
  const isRefused = completion === 'throw' || (completion === 'return' && refused > before.refused);
  if (isRefused && taken === before.taken) presence.refusals += 1;
  return completion;
}

/** Is it only asked for, and the request refused where it is there? */
export function isOnlyRefused({ times, refusals }: Presence): boolean {
  return refusals > 0 && refusals === times;
}
