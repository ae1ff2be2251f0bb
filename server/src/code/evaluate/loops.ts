/** Statements that are left by `break` and `continue`: whoever leaves early has not done the rest. */

import { type Completion, type Run } from './run.ts';
import { branch, merge, type Branch, type Journal } from './branches.ts';

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
      const nothing: Branch<unknown> = { result: undefined, completion: 'normal', changes: new Map() };
      return merge(run, [taken, ...loop.skipped, ...(isSure ? [] : [nothing])]);
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
  const changes: Branch<unknown>['changes'] = new Map(
    journalsUpTo(run.journal, until).flatMap((journal) =>
      [...journal.keys()].map((cell) => [cell, cell.value] as const),
    ),
  );
  (how === 'break' ? left.left : left.skipped).push({ result: undefined, completion: 'normal', changes });
  return how;
}

function journalsUpTo(innermost: Journal | undefined, last: Journal | undefined): readonly Journal[] {
  const journals: Journal[] = [];
  for (let journal = innermost; journal; journal = journal.outer) {
    journals.push(journal);
    if (journal === last) break;
  }
  return journals;
}
