/** Ways that a program may take: what is written on one of them, and what may be so behind all. */

import type { Span } from '../../contract/span.ts';
import { type Completion, type Run, write } from './run.ts';
import { type Cell, undefinedValue, union, type Value, type Verdict } from './values.ts';
import { depending, verdictsIn } from './verdicts.ts';

export interface Branch<T> {
  readonly result: T;
  readonly completion: Completion;
  readonly changes: ReadonlyMap<Cell, Value | undefined>;
}

/** What stood in each cell that was written to, since a way of several began. */
export class Journal extends Map<Cell, Value | undefined> {
  /** That of the way around it. */
  readonly outer: Journal | undefined;

  constructor(outer: Journal | undefined) {
    super();
    this.outer = outer;
  }
}

/** Evaluates one way of several and takes its writes back; `merge` then makes them count. */
export function branch<T>(
  run: Run,
  work: () => { readonly result: T; readonly completion: Completion },
): Branch<T> {
  const outer = run.journal;
  const changes = new Journal(outer);
  run.journal = changes;
  const { result, completion } = work();
  run.journal = outer;
  // What stood there before goes back, and what was written takes its place in the journal.
  for (const [cell, before] of changes) {
    changes.set(cell, cell.value);
    cell.value = before;
  }
  return { result, completion, changes };
}

/** Takes the ways of a condition. Where they part, what validators have found decides. */
export function parting<T>(
  run: Run,
  condition: Value,
  ways: readonly (() => Branch<T>)[],
): readonly Branch<T>[] {
  const verdicts = verdictsIn(condition);
  if (verdicts.length === 0) return ways.map((take) => take());
  const ends = new Set<string>();
  const { deciding } = run;
  run.deciding = [...deciding, ...verdicts];
  const branches = ways.map((take) => {
    const before = run.refused;
    const taken = take();
    ends.add(`${run.refused > before} ${endsHere(run, taken.completion)}`);
    return taken;
  });
  run.deciding = deciding;
  if (ends.size > 1) for (const verdict of verdicts) verdict.decides = true;
  return branches;
}

/** Does the handler end with this? Where something that it calls returns, it goes on. */
export function endsHere(run: Run, completion: Completion): boolean {
  const home = run.homes.at(-1);
  const innermost = run.stack.at(-1);
  return (
    completion === 'throw' ||
    (completion === 'return' && innermost?.s === home?.start && innermost?.e === home?.end)
  );
}

/**
 * Joins alternative ways: a cell may be afterwards what any way that goes on has made of it.
 * @param verdicts What decides which way is taken, where validators have found it.
 */
export function merge(
  run: Run,
  branches: readonly Branch<unknown>[],
  verdicts: readonly Verdict[] = [],
): Completion {
  const going = branches.filter(({ completion }) => completion === 'normal');
  if (going.length > 0) {
    const cells = new Set<Cell>();
    for (const { changes } of going) for (const cell of changes.keys()) cells.add(cell);
    for (const cell of cells) {
      const values = going.map(
        ({ changes }) => (changes.has(cell) ? changes.get(cell) : cell.value) ?? undefinedValue,
      );
      write(run, cell, depending(union(values), verdicts));
    }
    return 'normal';
  }
  const [first] = branches;
  if (!first) return 'normal';
  return branches.every(({ completion }) => completion === first.completion) ? first.completion : 'return';
}

/** Evaluates work under a condition that the source does not decide. */
export function under<T>(run: Run, condition: Span, work: () => T): T {
  run.conditions.push(condition);
  const result = work();
  run.conditions.pop();
  return result;
}
