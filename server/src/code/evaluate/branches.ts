/** Ways that a program may take: what is written on one of them, and what may be so behind all. */

import type { Span } from '../../contract/span.ts';
import { type Completion, type Run, write } from './run.ts';
import { union } from './alternatives.ts';
import { type Cell, undefinedValue, type Value, type Verdict } from './values.ts';
import { depending, verdictsIn } from './verdicts.ts';

/** A cell, and what was written to it. */
export type Written = readonly [Cell, Value];

export interface Branch<T> {
  readonly result: T;
  readonly completion: Completion;
  readonly changes: ReadonlyMap<Cell, Value | undefined>;
  /** Quiet steps that had been taken where it began, and where it ended. */
  readonly began: number;
  readonly ended: number;
}

/** What stood in each cell that was written to, since a way of several began. */
export class Journal extends Map<Cell, Value | undefined> {
  /** That of the way around it. */
  readonly outer: Journal | undefined;
  /** Is what is written here written whenever the way around it is taken? */
  isSure: boolean;

  constructor(outer: Journal | undefined, isSure: boolean) {
    super();
    this.outer = outer;
    this.isSure = isSure;
  }
}

/** Is what is done now done wherever something that was made on the way `born` is there? */
export function isDoneWherever(run: Run, born: object | undefined): boolean {
  return isCertain(run, (way) => isOnWay(born, way));
}

/** Is what is done now done whenever the way `since` is taken, outside of all where that is undefined? */
export function isDoneSince(run: Run, since: Journal | undefined): boolean {
  return isCertain(run, (way) => way === since);
}

function isCertain({ journal }: Run, isThere: (way: Journal) => boolean): boolean {
  let way = journal;
  while (way && !isThere(way)) {
    if (!way.isSure) return false;
    way = way.outer;
  }
  return true;
}

function isOnWay(born: object | undefined, way: Journal): boolean {
  let journal = born instanceof Journal ? born : undefined;
  while (journal && journal !== way) journal = journal.outer;
  return journal === way;
}

/**
 * Evaluates one way of several and takes its writes back; `merge` then makes them count.
 * @param isSure There is no other way, as far as is known when it begins.
 */
export function branch<T>(
  run: Run,
  work: () => { readonly result: T; readonly completion: Completion },
  isSure = false,
): Branch<T> {
  const { journal: outer, quiet: began } = run;
  const changes = new Journal(outer, isSure);
  run.journal = changes;
  const { result, completion } = work();
  run.journal = outer;
  const ended = run.quiet;
  if (isFollowed(run)) run.quiet = began;
  // What stood there before goes back, and what was written takes its place in the journal.
  for (const [cell, before] of changes) {
    changes.set(cell, cell.value);
    cell.value = before;
  }
  return { result, completion, changes, began, ended };
}

/** A way on which nothing is done. */
export function straightOn({ quiet }: Run): Branch<undefined> {
  return { result: undefined, completion: 'normal', changes: new Map(), began: quiet, ended: quiet };
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
  if (isFollowed(run)) run.quiet = quietBehind(branches, run.quiet);
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

/** Does work in which an error may come, and gives what was written in it, in order. */
export function attempting<T>(
  run: Run,
  work: () => T,
): { readonly result: T; readonly attempted: readonly Written[] } {
  run.attempts.push([]);
  const result = work();
  const attempted = run.attempts.pop() ?? [];
  run.attempts.at(-1)?.push(...attempted);
  return { result, attempted };
}

/** What was written where an error may have come in between may stand there. */
export function writePerhaps(run: Run, written: readonly Written[]): void {
  const values = new Map<Cell, Value[]>();
  for (const [cell, value] of written) {
    const before = values.get(cell);
    if (before) before.push(value);
    else values.set(cell, [cell.value ?? undefinedValue, value]);
  }
  for (const [cell, all] of values) write(run, cell, union(all));
}

/** Has a start to be followed on all ways? Then none pays for another one. What probably leads nowhere is to end soon. */
function isFollowed({ summaries, asideLimit }: Run): boolean {
  return summaries === undefined && asideLimit === Infinity;
}

/** What was quiet on all ways counts by the longest; where something happened on one of them, that was worth it. */
function quietBehind(branches: readonly Branch<unknown>[], now: number): number {
  const ends = branches.map(({ ended }) => ended);
  return branches.some(({ began, ended }) => ended < began) ? Math.min(...ends) : Math.max(now, ...ends);
}

/** Evaluates work under a condition that the source does not decide. */
export function under<T>(run: Run, condition: Span, work: () => T): T {
  run.conditions.push(condition);
  const result = work();
  run.conditions.pop();
  return result;
}
