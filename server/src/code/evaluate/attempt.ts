/**
 * The boundary around a part of the evaluation: a fault of ours in one module or one handler becomes a visible
 * problem and a reason for not knowing, and everything else is still evaluated.
 */

import type { UnknownReason } from '../../contract/knowledge.ts';
import type { Span } from '../../contract/span.ts';
import type { Run } from './run.ts';

/** Does the work; when it fails, puts the run back to where it was and says why the part at `at` is not known. */
export function attempt(run: Run, at: Span, work: () => void): UnknownReason | undefined {
  const { journal, quiet, quietLimit, asideLimit, depthLimit, stepLimit, lasting, entered, undo } = run;
  const { stack, sites, conditions, deciding, returns, breakables, attempts, thrown, homes } = run;
  const lists: readonly unknown[][] = [
    stack,
    sites,
    conditions,
    returns,
    breakables,
    attempts,
    thrown,
    homes,
    run.making,
  ];
  // What lies below these lengths is put back by whoever took it away, or was not touched.
  const lengths = lists.map((list) => list.length);
  try {
    work();
    return undefined;
  } catch (error) {
    lists.forEach((list, index) => list.splice(lengths[index] ?? 0));
    Object.assign(run, {
      journal,
      quiet,
      quietLimit,
      asideLimit,
      depthLimit,
      stepLimit,
      lasting,
      entered,
      undo,
    });
    Object.assign(run, { stack, sites, conditions, deciding, returns, breakables, attempts, thrown, homes });
    run.faults.push({
      code: 'internal/evaluation',
      severity: 'warning',
      message: `This could not be evaluated, which is a fault of Backend Contract (${describe(error)}). It is left out; please report it.`,
      at,
    });
    return { why: 'limit', what: 'a fault of the evaluation', at };
  }
}

function describe(error: unknown): string {
  // Where the stack ends depends on the machine, so only the kind of the error is told.
  if (error instanceof RangeError) return 'nested too deeply';
  return error instanceof Error ? error.message : 'unknown';
}
