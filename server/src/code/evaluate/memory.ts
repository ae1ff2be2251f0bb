/**
 * What was found out about handlers: evaluated once, wherever they stand. Where edits are to be taken in, each result
 * knows the files whose functions were entered for it; an edit of one of them makes it forgotten.
 */

import type { FileId } from '../../contract/span.ts';
import type { Func } from '../program/program.ts';
import type { Run } from './run.ts';

interface Named {
  readonly files: ReadonlySet<FileId>;
  readonly value: unknown;
}

interface Remembered extends Named {
  /** Whatever else the result depends on, compared by identity. */
  readonly circumstances: readonly unknown[];
}

export interface Memory {
  /** Is it noted what is entered? Costs a little, so only where edits are to come. */
  readonly tracks: boolean;
  readonly results: Map<object, Remembered[]>;
  /** Results whose circumstances have a name. */
  readonly named: Map<object, Map<string, Named>>;
  /** Files entered below each function, in any of its calls. */
  readonly below: Map<Func, Set<FileId>>;
}

/** Results for one subject that have names: errors of all places that throw. */
const nameLimit = 4_096;
/** Results for one subject. More places for one handler are rare, and a result is made again if need be. */
const entryLimit = 64;

export function createMemory(tracks: boolean): Memory {
  return { tracks, results: new Map(), named: new Map(), below: new Map() };
}

/** The result of `work` for `subject`, the first time it is asked for under these circumstances. */
export function remember<T>(run: Run, subject: object, circumstances: readonly unknown[], work: () => T): T {
  const { memory } = run;
  const known = memory.results.get(subject)?.find((one) => sameItems(one.circumstances, circumstances));
  if (known) {
    note(run, known.files);
    return known.value as T;
  }
  const { result: value, files } = noting(run, work);
  const entries = memory.results.get(subject) ?? [];
  // Circumstances that an edit made go on for ever: the latest count.
  if (entries.length >= entryLimit) entries.shift();
  entries.push({ circumstances, files, value });
  memory.results.set(subject, entries);
  return value;
}

/** The result of `work` for `subject`, the first time it is asked for under this name. */
export function rememberNamed<T>(run: Run, subject: object, name: string, work: () => T): T {
  const { named } = run.memory;
  const entries = named.get(subject) ?? new Map<string, Named>();
  named.set(subject, entries);
  const known = entries.get(name);
  if (known) {
    note(run, known.files);
    return known.value as T;
  }
  const { result: value, files } = noting(run, work);
  // Names that an edit made go on for ever: the latest count.
  const [oldest] = entries.keys();
  if (oldest !== undefined && entries.size >= nameLimit) entries.delete(oldest);
  entries.set(name, { files, value });
  return value;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Forgets what was found out with the help of these files. */
export function forget({ memory, summaries }: Run, changed: ReadonlySet<FileId>): void {
  const touched = (files: ReadonlySet<FileId> | undefined): boolean =>
    files !== undefined && [...changed].some((file) => files.has(file));
  for (const [subject, entries] of memory.results) {
    const kept = entries.filter(({ files }) => !touched(files));
    if (kept.length === 0) memory.results.delete(subject);
    else if (kept.length < entries.length) memory.results.set(subject, kept);
  }
  for (const entries of memory.named.values())
    for (const [name, { files }] of entries) if (touched(files)) entries.delete(name);
  for (const fn of summaries?.keys() ?? []) if (touched(memory.below.get(fn))) summaries?.delete(fn);
  for (const [fn, files] of memory.below) if (touched(files)) memory.below.delete(fn);
}

/** Evaluates a call of `fn`, a function of `file`, and notes what is entered below it. */
export function entering<T>(run: Run, fn: Func, file: FileId, work: () => T): T {
  const { memory } = run;
  if (!memory.tracks) return work();
  const { result, files } = noting(run, work);
  files.add(file);
  const below = memory.below.get(fn);
  if (below) for (const one of files) below.add(one);
  else memory.below.set(fn, new Set(files));
  return result;
}

/** Something of `file` was read without a call: an edit of it matters all the same. */
export function noteFile(run: Run, file: FileId): void {
  run.entered?.add(file);
}

/** A call of `fn` was answered from a summary. */
export function noteSummary(run: Run, fn: Func): void {
  const below = run.memory.below.get(fn);
  if (below) note(run, below);
}

function note(run: Run, files: ReadonlySet<FileId>): void {
  if (run.entered) for (const file of files) run.entered.add(file);
}

function noting<T>(run: Run, work: () => T): { readonly result: T; readonly files: Set<FileId> } {
  if (!run.memory.tracks) return { result: work(), files: new Set() };
  const outer = run.entered;
  const files = new Set<FileId>();
  run.entered = files;
  const result = work();
  run.entered = outer;
  note(run, files);
  return { result, files };
}
