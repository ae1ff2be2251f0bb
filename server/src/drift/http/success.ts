/** The success statuses of an operation, compared as sets: shared by the three rules on statuses, so that each fault is told once. */

import type { CodeOperation, Output, SpecOperation } from '../../contract/operation.ts';
import { isCode, isRange, isSuccess } from './statuses.ts';

export interface WrongSuccess {
  readonly sent: readonly Output[];
  readonly promised: readonly Output[];
}

/**
 * What the code sends and what the spec promises where the two have nothing in common; undefined where they have,
 * where a side names none, or where the code may send another one. That the spec names no other has to be checked by who
 * claims it. A `default` does not count: it describes errors, next to a promised success.
 */
export function wrongSuccess(spec: SpecOperation, code: CodeOperation): WrongSuccess | undefined {
  const promised = spec.outputs.items.filter(
    ({ status }) => (isCode(status) || isRange(status)) && isSuccess(status),
  );
  const sent = code.outputs.items.filter(
    ({ status, shared }) => !shared && isCode(status) && isSuccess(status) && status !== '304',
  );
  if (promised.length === 0 || sent.length === 0 || code.unseenSuccess) return undefined;
  const meets = (status: string): boolean =>
    promised.some(
      (output) => output.status === status || (isRange(output.status) && output.status[0] === status[0]),
    );
  return sent.some(({ status }) => meets(status)) ? undefined : { sent, promised };
}
