/** A snapshot: all that follows from the facts, immutable. */

import type { Finding, Problem } from '../contract/finding.ts';
import type { CodeContract, SpecContract } from '../contract/operation.ts';
import type { Link } from '../contract/pair.ts';
import { judge, type Judge, type Judgement } from '../drift/run.ts';
import type { BindingOverride } from '../link/bind.ts';
import { bindSpecs } from '../link/bind.ts';
import { keepPairs } from '../link/keep.ts';
import { linkContracts } from '../link/link.ts';
import type { CodeAssembly } from './assemble-codes.ts';
import type { SpecAssembly } from './assemble-specs.ts';
import type { SkippedSpec } from './copies.ts';
import type { EngineSettings } from './settings.ts';
import type { Store } from './store.ts';

export interface Snapshot {
  /** False while work is owed: then more may come, and what is here may change. */
  readonly complete: boolean;
  readonly specs: readonly SpecContract[];
  readonly codes: readonly CodeContract[];
  readonly links: readonly Link[];
  readonly problems: readonly Problem[];
  readonly skipped: readonly SkippedSpec[];
}

export function takeSnapshot(
  store: Store,
  settings: EngineSettings,
  specs: SpecAssembly,
  codes: CodeAssembly,
  { complete, earlier }: { readonly complete: boolean; readonly earlier: readonly Link[] },
): Snapshot {
  return {
    complete,
    specs: specs.contracts,
    codes: codes.contracts,
    links: keepPairs(linksOf(settings, specs.contracts, codes.contracts), earlier),
    problems: sorted([...specs.problems, ...codes.problems, ...fileProblems(store)]),
    skipped: specs.skipped,
  };
}

/** Runs the rules over a snapshot. `judged` remembers what it found in earlier ones. */
export function judgeSnapshot(
  snapshot: Snapshot,
  settings: EngineSettings,
  judged: Judge = judge,
): Judgement {
  return judged(snapshot.links, settings.rules);
}

/** The findings alone. */
export function analyse(snapshot: Snapshot, settings: EngineSettings): readonly Finding[] {
  return judgeSnapshot(snapshot, settings).findings;
}

function linksOf(
  settings: EngineSettings,
  specs: readonly SpecContract[],
  codes: readonly CodeContract[],
): readonly Link[] {
  const bindings = bindSpecs(specs, codes, [...settings.bindings, ...namedBindings(settings)]);
  return bindings.map((binding) => linkContracts(binding.specs, binding.codes));
}

/** Whoever names one spec and its roots, or one root and its specs, has said that they belong together. */
function namedBindings({ specs, roots, bindings }: EngineSettings): readonly BindingOverride[] {
  if (specs === undefined || roots === undefined || (specs.length > 1 && roots.length > 1)) return [];
  return specs
    .filter((spec) => !bindings.some((binding) => binding.spec === spec))
    .map((spec) => ({ spec, roots }));
}

function fileProblems(store: Store): readonly Problem[] {
  return store.files().flatMap((file) => store.get(file)?.problems ?? []);
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, start, end } = problem.at;
    unique.set(`${file}\0${start}\0${end}\0${problem.code}\0${problem.message}`, problem);
  }
  return [...unique.values()].sort(
    (a, b) => compare(a.at.file, b.at.file) || a.at.start - b.at.start || compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
