/** What is left by `break`, `continue` and `return`: whoever leaves early has not done the rest. */

import type { Func, Stmt } from '../program/program.ts';
import { inHandler, type Completion, type Run } from './run.ts';
import { branch, merge, straightOn, type Branch, type Journal } from './branches.ts';
import type { Value } from './values.ts';

/** A loop or a `switch` that is being executed. */
export interface Breakable {
  readonly isLoop: boolean;
  /** Writes since it began, and since its current round began. */
  whole?: Journal | undefined;
  round?: Journal | undefined;
  /** What had been written where it was left, and where a round was. */
  readonly left: Branch<unknown>[];
  skipped: Branch<unknown>[];
}

/** Executes one round; not surely, where it may not come to it. */
export type Round = (isSure: boolean, body: () => Completion) => Completion;

/** Executes a loop: `rounds` asks for them one by one, and ends where one does not end normally. */
export function inLoop(run: Run, rounds: (round: Round) => Completion): Completion {
  return breakable(run, true, (loop) =>
    rounds((isSure, body) => {
      loop.skipped = [];
      const taken = branch(run, () => {
        loop.round = run.journal;
        return { result: undefined, completion: body() };
      });
      return merge(run, [taken, ...loop.skipped, ...(isSure ? [] : [straightOn(run)])]);
    }),
  );
}

/** Executes what `break` leads out of. */
export function inSwitch(run: Run, work: () => Completion): Completion {
  return breakable(run, false, work);
}

function breakable(run: Run, isLoop: boolean, work: (breakable: Breakable) => Completion): Completion {
  const entered: Breakable = { isLoop, left: [], skipped: [] };
  run.breakables.push(entered);
  const whole = branch(run, () => {
    entered.whole = run.journal;
    return { result: undefined, completion: work(entered) };
  });
  run.breakables.pop();
  return merge(run, [whole, ...entered.left]);
}

/** `break` and `continue`: what has been written up to here counts behind the loop, or in its next round. A label is not looked at. */
export function leave(run: Run, how: 'break' | 'continue'): Completion {
  const left = how === 'break' ? run.breakables.at(-1) : run.breakables.findLast(({ isLoop }) => isLoop);
  if (!left) return how;
  const until = how === 'break' ? left.whole : left.round;
  (how === 'break' ? left.left : left.skipped).push(writtenSince(run, until));
  return how;
}

/** A function that is being executed, and that may return before its end. */
export interface Returning {
  readonly values: Value[];
  /** Writes since it began; undefined where all that it does is done in any case. */
  whole?: Journal | undefined;
  /** What had been written where it returned. */
  readonly left: Branch<unknown>[];
}

/** Executes the body of a function, which adds what it returns to `values`. */
export function inFunction(run: Run, fn: Func, values: Value[], work: () => Completion): Completion {
  const entered: Returning = { values, left: [] };
  run.returns.push(entered);
  if (!inHandler(run) || !returnsEarly(fn)) {
    const completion = work();
    run.returns.pop();
    return completion;
  }
  const taken = branch(
    run,
    () => {
      entered.whole = run.journal;
      return { result: undefined, completion: work() };
    },
    true,
  );
  run.returns.pop();
  merge(run, [taken, ...entered.left]);
  return taken.completion;
}

/** `return`, or a budget that ends: what has been written up to here counts behind the call. */
export function leaveFunction(run: Run): 'return' {
  const left = run.returns.at(-1);
  if (!left?.whole) return 'return';
  left.left.push(writtenSince(run, left.whole));
  left.whole.isSure = false;
  return 'return';
}

const early = new WeakMap<Func['body'], boolean>();

/** Does it return elsewhere than at its end? */
function returnsEarly({ body }: Func): boolean {
  const known = early.get(body) ?? body.some((stmt) => stmt.k !== 'return' && mayReturn(stmt));
  early.set(body, known);
  return known;
}

function mayReturn(stmt: Stmt): boolean {
  switch (stmt.k) {
    case 'return':
      return true;
    case 'if':
      return stmt.a.some(mayReturn) || stmt.b?.some(mayReturn) === true;
    case 'for':
    case 'forOf':
    case 'forIn':
    case 'while':
    case 'block':
      return stmt.body.some(mayReturn);
    case 'try':
      return [stmt.body, stmt.handler, stmt.final].some((part) => part?.some(mayReturn) === true);
    case 'switch':
      return stmt.cases.some(({ body }) => body.some(mayReturn));
    default:
      return false;
  }
}

function writtenSince(run: Run, beginning: Journal | undefined): Branch<undefined> {
  const changes: Branch<unknown>['changes'] = new Map(
    journalsUpTo(run.journal, beginning).flatMap((journal) =>
      [...journal.keys()].map((cell) => [cell, cell.value] as const),
    ),
  );
  return { ...straightOn(run), changes };
}

function journalsUpTo(innermost: Journal | undefined, last: Journal | undefined): readonly Journal[] {
  const journals: Journal[] = [];
  for (let journal = innermost; journal; journal = journal.outer) {
    journals.push(journal);
    if (journal === last) break;
  }
  return journals;
}
