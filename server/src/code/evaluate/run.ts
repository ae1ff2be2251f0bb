/** One evaluation of a server's program: its state, its limits, and how branches are taken and taken back. */

import type { DocumentFacts, FactsView } from '../../contract/facts.ts';
import type { Problem } from '../../contract/finding.ts';
import type { UnknownReason } from '../../contract/knowledge.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { ClassDecl, Func, Member, ModuleFacts, Param } from '../program/program.ts';
import { createIdentities, type Identities } from './identity.ts';
import type { NamedMembers } from './class-members.ts';
import type { CutCall } from './cuts.ts';
import type { Memory } from './memory.ts';
import type { Summaries } from './summaries.ts';
import type { TypeMemory } from '../shapes/memory.ts';
import type { Packages } from '../resolve/packages.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Scan } from '../scan.ts';
import { isDoneWherever, type Journal, type Written } from './branches.ts';
import {
  outside,
  undefinedValue,
  unknownValue,
  type ArrayValue,
  type Cell,
  type ClassValue,
  type ExternalValue,
  type FunctionValue,
  type ModelValue,
  type ObjectValue,
  type Scope,
  type Site,
  type UnknownValue,
  type Uses,
  type Value,
  type Verdict,
} from './values.ts';
import type { Breakable, Returning } from './leaving.ts';
import { leaveDepending } from './verdicts.ts';

/** Everything that assembly may read. */
export interface Project {
  readonly files: readonly FileId[];
  readonly view: FactsView<ModuleFacts>;
  /** YAML and JSON that the program loads. */
  readonly documents: FactsView<DocumentFacts>;
  readonly scans: ReadonlyMap<FileId, Scan>;
  readonly resolver: Resolver;
  readonly packages: Packages;
  readonly configs: ReadonlyMap<FileId, string>;
  /** What the user says about guards, by name. */
  readonly security?: { readonly guards: readonly string[]; readonly public: readonly string[] };
}

/** What a framework knows of the packages it consists of. */
export interface FrameworkModel {
  /** Packages that are known by what they do, also in the repository that they are made in. */
  readonly packages?: ReadonlySet<string>;
  /** A call or `new` on something of a package; undefined where the framework has nothing to say. */
  external?(
    run: Run,
    value: ExternalValue,
    how: 'call' | 'new',
    args: readonly Value[],
    site: Site,
    self?: Value,
  ): Value | undefined;
  /** A call of something that the workspace names and does not have: what a generator is to write. */
  missing?(run: Run, symbol: string, args: readonly Value[], site: Site): Value | undefined;
  /** A call, while the server starts, of a function that a generator wrote from what is read itself. */
  generated?(run: Run, callee: FunctionValue, args: readonly Value[], site: Site): Value | undefined;
  /** The value of a constant of a package: an enum member, a status code. */
  constant?(value: ExternalValue): Value | undefined;
  /** What a dependency injector hands to this constructor parameter or field; undefined where its written type decides. */
  inject?(run: Run, cls: ClassValue, place: Param | (Member & { readonly k: 'field' })): Value | undefined;
  /** `value instanceof parent` for a class of a package; undefined where the framework cannot tell. */
  isInstance?(value: Value, parent: ExternalValue): boolean | undefined;
  /** The value of a parameter or field of this type that nobody filled: a router that somebody will mount. */
  typed?(run: Run, module: string, path: readonly string[], at: Span): Value | undefined;
}

export interface ModuleRecord {
  readonly file: FileId;
  readonly scope: Scope;
  readonly exports: Map<string, Cell>;
  readonly stars: string[];
  readonly module: ObjectValue;
  state: 'running' | 'done';
  esm: boolean;
}

export interface Thrown {
  readonly value: Value;
  /** In the handler that is being evaluated, where there is one; `source` is then where it was really thrown. */
  readonly at: Span;
  readonly source?: Span;
  /** The call of what sorts an error that nobody was seen to throw. */
  readonly sorted?: Span;
  /** Thrown by a validator: unless it is caught and forgotten, input that does not pass is refused. */
  readonly verdict?: Verdict;
}

export interface Run {
  readonly project: Project;
  readonly frameworks: readonly FrameworkModel[];
  /** Files whose top level is evaluated in full, as the server does at its start; others give what is asked of them. */
  readonly started: ReadonlySet<FileId>;
  readonly modules: Map<FileId, ModuleRecord>;
  readonly wants: Set<FileId>;
  /** Faults of ours, told as problems, and what of the registration is not known for them. */
  readonly faults: Problem[];
  readonly gaps: UnknownReason[];
  /** Calls that the start was not followed to the end of, though they may register something. */
  readonly cutCalls: CutCall[];
  /** Properties that the handler has set of values that are known by their types alone. */
  written?: Set<string> | undefined;
  /** Classes of which an instance is being made, innermost last. */
  readonly making: ClassValue['decl'][];
  /** Functions whose calls left traces: made while the server started, or for a value that stays. */
  readonly called: Set<Func>;
  /** Did a handler register something? Then what is registered depends on handlers, and no edit of one can be taken in. */
  late: boolean;
  /** Inside of how many values that stay the evaluation is. */
  lasting: number;
  /** What was found out about handlers; and the files entered for what is being found out. */
  readonly memory: Memory;
  entered: Set<FileId> | undefined;
  readonly identities: Identities;
  /** Null for a class with names that have to be evaluated. */
  readonly members: WeakMap<ClassDecl, NamedMembers | null>;
  readonly singletons: Map<ClassValue['decl'], Value>;
  readonly globals: ObjectValue;
  stack: Func[];
  /** The call sites of `stack`. */
  sites: Span[];
  /** The outermost of these calls that was given an error that nobody was seen to throw. */
  sorting: Span | undefined;
  /** Conditions that the source does not decide and that the evaluation is inside of. */
  conditions: Span[];
  /** What validators found, on which it depends whether what is evaluated happens. */
  deciding: readonly Verdict[];
  returns: Returning[];
  /** Loops and `switch`es that are being executed, the innermost last. */
  breakables: Breakable[];
  /** All that was written inside of the `try`s that are being executed, the innermost last. */
  attempts: Written[][];
  thrown: Thrown[][];
  /** Where errors that were caught had been thrown. */
  readonly origins: WeakMap<Value, Thrown>;
  journal: Journal | undefined;
  /** How to take back what a handler did to lists of the server: what one request does to them is not what the next finds. */
  undo: (() => void)[] | undefined;
  /** Steps taken in all, and how many may be taken. */
  steps: number;
  stepLimit: number;
  /** Steps since something of interest happened (a route was registered), and how many are worth taking. */
  quiet: number;
  quietLimit: number;
  /** Where a call that left the modules of the server's start has to end, in steps taken in all. */
  asideLimit: number;
  depthLimit: number;
  /** How many calls were not entered, or not followed to their end. */
  cuts: number;
  /** Handlers that are being evaluated, innermost last: what they cause is placed in them. */
  homes: Span[];
  /** What was found out about written types. */
  readonly types: TypeMemory;
  /** How often handlers have refused a request: answered with an error, or handed one on. */
  refused: number;
  /** Results of calls, kept while handlers are evaluated; and what the handler has done with its request so far. */
  summaries: Summaries | undefined;
  uses: Uses | undefined;
}

export type Completion = 'normal' | 'return' | 'throw' | 'break' | 'continue';

/** The result of a call that can only throw. */
export const neverValue: UnknownValue = unknownValue({ why: 'pending' });

export function createRun(
  project: Project,
  frameworks: readonly FrameworkModel[],
  started: ReadonlySet<FileId>,
  memory: Memory,
): Run {
  return {
    project,
    frameworks,
    started,
    modules: new Map(),
    wants: new Set(),
    faults: [],
    gaps: [],
    cutCalls: [],
    making: [],
    called: new Set(),
    late: false,
    lasting: 0,
    memory,
    entered: undefined,
    identities: createIdentities(),
    members: new WeakMap(),
    singletons: new Map(),
    globals: { t: 'object', props: new Map(), open: true, at: { file: '' as FileId, start: 0, end: 0 } },
    stack: [],
    sites: [],
    sorting: undefined,
    conditions: [],
    deciding: [],
    returns: [],
    breakables: [],
    attempts: [],
    thrown: [[]],
    origins: new WeakMap(),
    journal: undefined,
    undo: undefined,
    steps: 0,
    stepLimit: 0,
    quiet: 0,
    quietLimit: quietSteps,
    asideLimit: Infinity,
    depthLimit: 48,
    cuts: 0,
    homes: [],
    types: {
      names: new Map(),
      shapes: new Map(),
      pending: new Map(),
      making: new Set(),
      prisma: new Map(),
      resolving: [],
    },
    refused: 0,
    summaries: undefined,
    uses: undefined,
  };
}

/** Counts one step of work; true when the budget is used up and evaluation should wind down. */
export function spent(run: Run): boolean {
  run.steps += 1;
  run.quiet += 1;
  return exhausted(run);
}

/** Is the budget used up? */
export function exhausted(run: Run): boolean {
  return run.quiet > run.quietLimit || run.steps > run.stepLimit || run.steps > run.asideLimit;
}

/** Work that grows with the size of data counts by its size. */
export function charge(run: Run, size: number): void {
  run.steps += size;
  run.quiet += size;
}

/** Something of interest happened: what led here was worth its steps. */
export function progress(run: Run): void {
  run.quiet = 0;
  if (run.asideLimit < Infinity) run.asideLimit = run.steps + excursion;
  if (run.summaries && run.lasting === 0) run.late = true;
}

/** A statement of a module that registers nothing within so many steps does something else. */
const quietSteps = 20_000;
/** What a call may use of the steps that its caller has left. */
const share = 0.75;
/** What a call may use that leaves the modules of the server's start, and how much of that its caller pays for. */
const asideSteps = 2_000;
const asideShare = 0.125;
/** What it may use with all that it calls: those calls leave as well, and what they may do grows with their depth. */
const excursion = 50_000;

/**
 * Evaluates a call into a file with a part of what is left, so that the caller can go on after a call that leads
 * nowhere. A start that connects, migrates and checks for many lines before it registers its routes calls modules
 * that lead to none: those get little, and cost less.
 */
export function withShare<T>(run: Run, file: FileId, work: () => T): T {
  const { quiet, quietLimit } = run;
  const aside = run.summaries === undefined && !run.started.has(file);
  const most = (quietLimit - quiet) * share;
  const given = quiet + (aside ? Math.min(most, asideSteps) : most);
  run.quietLimit = given;
  const result = aside ? onExcursion(run, work) : work();
  run.quietLimit = quietLimit;
  // What it took to wind down is not on its caller.
  if (run.quiet > given) run.quiet = given;
  if (aside && run.quiet > quiet) run.quiet = quiet + (run.quiet - quiet) * asideShare;
  return result;
}

/** Does work that probably registers nothing, and that may not use much before it does. */
export function onExcursion<T>(run: Run, work: () => T): T {
  const leaves = run.asideLimit === Infinity;
  if (leaves) run.asideLimit = run.steps + excursion;
  const result = work();
  if (leaves) run.asideLimit = Infinity;
  return result;
}

export function limitReason(at: Span): UnknownReason {
  return { why: 'limit', what: 'evaluation budget', at };
}

export function read(run: Run, cell: Cell): Value {
  if (cell.lazy) {
    const { lazy } = cell;
    cell.lazy = undefined;
    cell.value = lastingly(run, lazy);
  }
  return cell.value ?? undefinedValue;
}

export function write(run: Run, cell: Cell, value: Value): void {
  if (run.journal && cell.born !== run.journal && !run.journal.has(cell)) run.journal.set(cell, cell.value);
  run.attempts.at(-1)?.push([cell, value]);
  cell.lazy = undefined;
  cell.value = value;
}

/** Evaluates as if nothing were going on around: outside of all branches, calls and conditions. */
export function isolated<T>(run: Run, work: () => T): T {
  const {
    stack,
    sites,
    conditions,
    deciding,
    returns,
    attempts,
    thrown,
    homes,
    journal,
    quiet,
    quietLimit,
    asideLimit,
  } = run;
  run.stack = [];
  run.sites = [];
  run.conditions = [];
  run.deciding = [];
  run.returns = [];
  run.attempts = [];
  run.thrown = [[]];
  run.homes = [];
  run.journal = undefined;
  run.quiet = 0;
  run.quietLimit = run.summaries ? quietLimit : quietSteps;
  run.asideLimit = Infinity;
  const result = work();
  run.stack = stack;
  run.sites = sites;
  run.conditions = conditions;
  run.deciding = deciding;
  run.returns = returns;
  run.attempts = attempts;
  run.thrown = thrown;
  run.homes = homes;
  run.journal = journal;
  run.quiet = quiet;
  run.quietLimit = quietLimit;
  run.asideLimit = asideLimit;
  return result;
}

/** Evaluates what stays, whoever asks for it first. */
export function lastingly<T>(run: Run, work: () => T): T {
  const { undo } = run;
  run.undo = undefined;
  run.lasting += 1;
  const result = isolated(run, work);
  run.lasting -= 1;
  run.undo = undo;
  return result;
}

/** Call it before a list is changed in place. On the other ways it is as it was, so it may lack what is added. */
export function touch(run: Run, list: ArrayValue): void {
  if (run.undo && list.shared) {
    const before = { ...list, items: [...list.items] };
    run.undo.push(() => {
      for (const key of ['each', 'loose', 'verdict'] as const) delete list[key];
      Object.assign(list, before);
    });
  }
  if (!inHandler(run) || isDoneWherever(run, list.born)) return;
  list.loose = true;
  leaveDepending(list, run.deciding);
}

/** Evaluates and takes back what was done to lists that were there before. */
export function untouched(run: Run, work: () => void): void {
  const outer = run.undo;
  run.undo = [];
  work();
  for (const restore of run.undo.reverse()) restore();
  run.undo = outer;
}

/** Is a handler being evaluated, and not what stays? */
export function inHandler(run: Run): boolean {
  return run.summaries !== undefined && run.lasting === 0;
}

/** The way on which a handler makes a value now; of what stays nobody says. */
export function bornNow(run: Run): { readonly born?: object } {
  return inHandler(run) ? { born: run.journal ?? outside } : {};
}

/** A list as a handler finds it: what was made empty while the server started, requests have filled. */
export function found(run: Run, list: ArrayValue): ArrayValue {
  return list.shared && list.items.length === 0 && run.homes.length > 0 ? { ...list, open: true } : list;
}

/** Evaluates a handler of requests, which is written here. */
export function atHome<T>(run: Run, home: Span, work: () => T): T {
  run.homes.push(home);
  const result = work();
  run.homes.pop();
  return result;
}

/** The place in the innermost handler that leads to `span`: itself where it stands there, else the call that goes towards it. */
export function placeIn(run: Run, span: Span): { readonly at: Span; readonly source?: Span } {
  const home = run.homes.at(-1);
  if (!home || within(span, home)) return { at: span };
  const call = run.sites.findLast((site) => within(site, home));
  return call ? { at: call, source: span } : { at: span };
}

/** What is sent or thrown now, where an error that nobody was seen to throw is being sorted. */
export function sortedIn({ sorting }: Run): { readonly sorted?: Span } {
  return sorting ? { sorted: sorting } : {};
}

function within(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

export function isModel<M extends ModelValue['model']>(
  value: Value,
  kind: M['kind'],
): value is { readonly t: 'model'; readonly model: M } {
  return value.t === 'model' && value.model.kind === kind;
}
